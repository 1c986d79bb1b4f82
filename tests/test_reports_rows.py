"""documents.csv, passages.csv, segments.csv and the wide tables: one row for each thing of a batch."""

from dataclasses import replace

import numpy as np
import pytest

from rubricate.codebooks import parse_codebook
from rubricate.codebooks.codebook import Codebook
from rubricate.coding.apply import apply_codebook
from rubricate.coding.flags import FLAGS
from rubricate.coding.settings import Settings
from rubricate.corpus.document import Document, Paragraph
from rubricate.corpus.passages import UNITS
from rubricate.reports.documents import documents
from rubricate.reports.errors import ReportError
from rubricate.reports.passages import passages
from rubricate.reports.segments import segments
from rubricate.reports.tally import tally_batch
from rubricate.reports.wide import documents_wide, passages_wide
from tests.reports_data import CODEBOOK, TEXTS, as_csv, code, coded


def test_documents_with_their_counts_and_variables():
    batch = coded(
        {"b": TEXTS["b"], "c": []}, citekey="key", title="T", date="2018-05-08", variables={"year": "2018"}
    )
    assert as_csv(documents(batch, ["year", "outlet"])) == [
        "document,citekey,title,date,language,file,sha256,words,paragraphs,passages,passages_coded,year,outlet",
        "b,key,T,2018-05-08,en,,,6,1,1,1,2018,",
        "c,key,T,2018-05-08,en,,,0,0,0,0,2018,",
    ]


def test_coded_passages_are_counted_once_each():
    assert documents(coded())[["passages", "passages_coded"]].to_numpy().tolist() == [[3, 2], [1, 1], [0, 0]]


def test_passages_hold_their_words_verbatim():
    assert as_csv(passages(coded({"b": TEXTS["b"]}))) == [
        "passage,document,part,heading,page,speaker,start,end,words,duplicate_of,similarity,text",
        'b#p1,b,body,,,,0,28,6,,,"War, and more war, over oil."',
    ]


@pytest.mark.parametrize(
    ("unit", "ids"),
    [
        ("paragraph", ["x#p1", "x#p2"]),
        ("sentence", ["x#p1.s1", "x#p1.s2", "x#p2.s1"]),
        ("document", ["x"]),
    ],
)
def test_passage_ids_name_the_paragraph_and_sentence_from_one(unit, ids):
    table = passages(coded({"x": ["One. Two.", "Three."]}, [], unit=unit))
    assert table["passage"].tolist() == ids
    assert (table["part"] == ("" if unit == "document" else "body")).all()


def test_segments_lead_back_to_the_words():
    assert as_csv(segments(coded(), CODEBOOK)) == [
        "segment,document,citekey,paragraph,passage,part,heading,page,speaker,code,hit,sentence,entry,"
        "entry_text,matched_words,negated,hedged,attributed,question,start,end",
        "a#0-9:sanctions,a,,a#p1,a#p1,body,,,,sanctions,Sanctions,Sanctions and an oil embargo.,"
        "sanction,sanction,Sanctions,0,0,0,0,0,9",
        "a#17-20:energy,a,,a#p1,a#p1,body,,,,energy,oil,Sanctions and an oil embargo.,"
        "oil,oil,oil,0,0,0,0,17,20",
        "a#17-28:sanctions,a,,a#p1,a#p1,body,,,,sanctions,oil embargo,Sanctions and an oil embargo.,"
        "oil embargo,oil embargo,oil embargo,0,0,0,0,17,28",
        "a#34-43:sanctions,a,,a#p2,a#p2,body,,,,sanctions,sanctions,No sanctions on gas.,"
        "sanction,sanction,sanctions,1,0,0,0,34,43",
        "a#47-50:energy,a,,a#p2,a#p2,body,,,,energy,gas,No sanctions on gas.,gas,gas,gas,0,0,0,0,47,50",
        'b#0-3:war,b,,b#p1,b#p1,body,,,,war,War,"War, and more war, over oil.",war,war,War,0,0,0,0,0,3',
        'b#14-17:war,b,,b#p1,b#p1,body,,,,war,war,"War, and more war, over oil.",war,war,war,0,0,0,0,14,17',
        'b#24-27:energy,b,,b#p1,b#p1,body,,,,energy,oil,"War, and more war, over oil.",'
        "oil,oil,oil,0,0,0,0,24,27",
    ]


def test_negated_is_empty_where_it_was_not_judged():
    found = [("a", 1, "جنگ", "persian", "جنگ", False)]
    assert segments(coded({"a": ["جنگ"]}, found, language="fa"), CODEBOOK)["negated"].isna().tolist() == [
        True
    ]
    assert segments(coded(), CODEBOOK)["negated"].tolist() == [0, 0, 0, 1, 0, 0, 0, 0]


def test_each_flag_has_a_column_that_is_empty_where_that_flag_was_not_judged():
    found = [("a", 1, "جنگ", "persian", "جنگ", False)]
    batch = coded({"a": ["جنگ"]}, found, language="fa")
    batch = replace(batch, segments=replace(batch.segments, question=np.array([True])))
    flags = segments(batch, CODEBOOK)[list(FLAGS)]
    assert flags.isna().to_numpy().tolist() == [[True, True, True, False]]
    assert flags["question"].tolist() == [1]


@pytest.mark.parametrize("unit", list(UNITS))
def test_heading_is_the_path_of_the_section_also_of_a_heading_itself(unit):
    """``# One``, a text, ``## Empty sanctions``, ``# Last``."""
    blocks = [
        ("heading", "One", ""),
        ("body", "War.", "One"),
        ("heading", "No war", "One"),
        ("heading", "War", ""),
    ]
    places, text = [], ""
    for part, block, above in blocks:
        places.append(Paragraph(len(text), len(text) + len(block), part, above))
        text += block + "\n\n"
    one = Document("d", text, tuple(places), language="en")
    codebook = parse_codebook("codes: {war: {terms: [war]}}")
    (batch,) = apply_codebook(codebook, [one], Settings(unit, ("heading", "body")))
    assert segments(batch, codebook)["heading"].tolist() == ["One", "One > No war", "War"]
    shown = passages(batch)["heading"].tolist()
    own = ["One", "One > No war", "War"]
    assert shown == {"heading": own, "turn": [""], "document": [""]}.get(unit, ["One", *own])


def test_segments_are_the_same_whatever_is_counted():
    whole, sentence = (segments(coded(unit=unit), CODEBOOK) for unit in ("document", "sentence"))
    assert whole["passage"].tolist() == ["a"] * 5 + ["b"] * 3
    assert sentence["passage"][0] == "a#p1.s1"
    assert whole.drop(columns="passage").equals(sentence.drop(columns="passage"))


def test_every_segment_stands_where_it_says():
    batch = coded()
    text = {document.id: document.text for document in batch.documents}
    for row in segments(batch, CODEBOOK).itertuples():
        assert text[row.document][row.start : row.end] == row.hit


def test_passages_wide_has_one_or_zero_and_empty_where_a_code_cannot_apply():
    assert as_csv(passages_wide(coded(), CODEBOOK)) == [
        "passage,document,conflict,sanctions,war,energy,persian,by_hand",
        "a#p1,a,,1,0,1,,",
        "a#p2,a,,1,0,1,,",
        "a#p3,a,,0,0,0,,",
        "b#p1,b,,0,1,1,,",
    ]


def test_documents_wide_has_variables_and_mentions():
    batch = coded(variables={"outlet": "irna"})
    table = documents_wide(tally_batch(batch, CODEBOOK), batch.documents, CODEBOOK, ["outlet"])
    assert as_csv(table) == [
        "document,outlet,conflict,sanctions,war,energy,persian,by_hand",
        "a,irna,,3,0,2,,",
        "b,irna,,0,2,1,,",
        "c,irna,,,,,,",
    ]


@pytest.mark.parametrize("texts", [{}, {"c": []}, {"a": ["Peace."]}])
def test_nothing_found_makes_empty_tables_with_all_their_columns(texts):
    batch = coded(texts, [])
    full = coded()
    assert segments(batch, CODEBOOK).dtypes.equals(segments(full, CODEBOOK).dtypes)
    assert passages(batch).dtypes.equals(passages(full).dtypes)
    assert passages_wide(batch, CODEBOOK).dtypes.equals(passages_wide(full, CODEBOOK).dtypes)
    assert documents(batch).dtypes.equals(documents(full).dtypes)
    assert len(documents(batch)) == len(texts)


def test_a_variable_may_not_hide_a_column():
    with pytest.raises(
        ReportError, match=r'documents\.csv: the variable "words".*the column "words" \(words of'
    ):
        documents(coded(), ["words"])


def test_a_code_may_not_have_the_name_of_a_variable_or_of_a_column():
    batch = coded(found=[])
    with pytest.raises(ReportError, match=r'documents_wide\.csv: the code "war".*variable of the corpus'):
        documents_wide(tally_batch(batch, CODEBOOK), batch.documents, CODEBOOK, ["war"])
    taken = Codebook("taken", (code("passage", "x"),))
    with pytest.raises(ReportError, match=r'passages_wide\.csv: the code "passage".*rename the code'):
        passages_wide(coded(found=[], codebook=taken), taken)
