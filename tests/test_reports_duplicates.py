"""What becomes of the tables where passages repeat each other, from the documents on."""

import csv

import pytest

from rubricate.codebooks import parse_codebook
from rubricate.coding import apply
from rubricate.coding.apply import apply_codebook
from rubricate.coding.settings import DUPLICATES, Settings
from rubricate.corpus.document import Document, Paragraph
from rubricate.reports.write import Record, write_tables

CODEBOOK = parse_codebook("""
codes:
  embargo: {terms: [embargo, oil embargo]}
  fuel: {terms: [oil]}
""")

PORT = "The oil embargo closed the port for a year, and nobody said why."  # 13 words
AGAIN = "The oil embargo closed the port for a year, and nobody said why. Oil rose."  # 11 of 13 shingles
OTHER = "No embargo was ever meant to last as long as this one did."
DOCUMENTS = {
    "a": [
        ("body", PORT),
        ("body", OTHER),
        ("references", "Oil. The oil embargo closed the port for a year."),
    ],
    "b": [("body", PORT), ("body", "Oil.")],
    "c": [("list", AGAIN), ("body", "Oil.")],
    "d": [("body", PORT), ("heading", "Oil")],
}


def documents():
    for name, blocks in DOCUMENTS.items():
        text, paragraphs = "", []
        for part, block in blocks:
            paragraphs.append(Paragraph(len(text), len(text) + len(block), part))
            text += block + "\n\n"
        yield Document(name, text, tuple(paragraphs), language="en", variables={"outlet": "x"})


def written(folder, duplicates, unit="paragraph"):
    """The tables of a pass, each as the lines of its file without the header, and the sums."""
    settings = Settings(unit=unit, duplicates=duplicates)
    batches = apply_codebook(CODEBOOK, documents(), settings)
    sums = write_tables(folder, batches, CODEBOOK, settings=settings, record=lambda: Record("p"))
    return {path.stem: path.read_text().splitlines()[1:] for path in folder.glob("*.csv")}, sums


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    return {choice: written(tmp_path_factory.mktemp(choice) / "out", choice)[0] for choice in DUPLICATES}


def cells(lines, *columns):
    return [",".join(line.split(",")[column] for column in columns) for line in lines]


def without_text(lines):
    return [line.split(',"')[0].removesuffix(",Oil.").removesuffix(f",{OTHER}") for line in lines]


def test_passages_lists_all_with_the_passage_that_they_repeat(tables):
    near = [
        "a#p1,a,body,,,,0,64,13,,",
        "a#p2,a,body,,,,66,124,13,,",
        "b#p1,b,body,,,,0,64,13,a#p1,1",
        "b#p2,b,body,,,,66,70,1,,",
        "c#p1,c,list,,,,0,74,15,a#p1,0.846154",
        "c#p2,c,body,,,,76,80,1,,",
        "d#p1,d,body,,,,0,64,13,a#p1,1",
    ]
    assert without_text(tables["near"]["passages"]) == near
    assert without_text(tables["keep"]["passages"]) == near
    assert without_text(tables["exact"]["passages"]) == [
        *near[:4],
        "c#p1,c,list,,,,0,74,15,,",
        *near[5:],
    ]


def test_segments_are_those_of_passages_that_count(tables):
    keep = [
        "a#4-7:fuel",
        "a#4-15:embargo",
        "a#69-76:embargo",
        "b#4-7:fuel",
        "b#4-15:embargo",
        "b#66-69:fuel",
        "c#4-7:fuel",
        "c#4-15:embargo",
        "c#65-68:fuel",
        "c#76-79:fuel",
        "d#4-7:fuel",
        "d#4-15:embargo",
    ]
    assert cells(tables["keep"]["segments"], 0) == keep
    assert cells(tables["exact"]["segments"], 0) == [*keep[:3], *keep[5:10]]
    assert cells(tables["near"]["segments"], 0) == [*keep[:3], keep[5], keep[9]]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (
            "keep",
            [
                "embargo,Embargo,,rules,5,0.714286,4,1,0.75,5,72.4638,1,5,4,7,7,4,69",
                "fuel,Fuel,,rules,6,0.857143,4,1,0.875,7,101.449,0,6,4,7,7,4,69",
            ],
        ),
        (
            "exact",
            [
                "embargo,Embargo,,rules,3,0.6,2,0.666667,0.5,3,69.7674,1,3,2,5,5,3,43",
                "fuel,Fuel,,rules,4,0.8,3,1,0.833333,5,116.279,0,4,3,5,5,3,43",
            ],
        ),
        (
            "near",
            [
                "embargo,Embargo,,rules,2,0.5,1,0.333333,0.333333,2,71.4286,1,2,1,4,4,3,28",
                "fuel,Fuel,,rules,3,0.75,3,1,0.833333,3,107.143,0,3,3,4,4,3,28",
            ],
        ),
    ],
)
def test_every_count_and_denominator_is_over_what_counts(tables, choice, expected):
    assert tables[choice]["frequency"] == expected


def test_a_document_that_only_repeats_others_has_empty_cells(tables):
    assert tables["near"]["frequency_by_document"] == [
        "a,embargo,2,2,76.9231,2",
        "a,fuel,1,1,38.4615,2",
        "b,embargo,0,0,0,1",
        "b,fuel,1,1,1000,1",
        "c,embargo,0,0,0,1",
        "c,fuel,1,1,1000,1",
        "d,embargo,,,,0",
        "d,fuel,,,,0",
    ]
    assert tables["near"]["documents_wide"] == ["a,x,2,1", "b,x,0,1", "c,x,0,1", "d,x,,"]
    assert tables["exact"]["documents_wide"] == ["a,x,2,1", "b,x,0,1", "c,x,1,3", "d,x,,"]
    assert tables["keep"]["documents_wide"] == ["a,x,2,1", "b,x,1,2", "c,x,1,3", "d,x,1,1"]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("keep", ["a,26,3,2,2", "b,14,2,2,2", "c,16,2,2,2", "d,13,2,1,1"]),
        ("exact", ["a,26,3,2,2", "b,1,2,1,1", "c,16,2,2,2", "d,0,2,0,0"]),
        ("near", ["a,26,3,2,2", "b,1,2,1,1", "c,1,2,1,1", "d,0,2,0,0"]),
    ],
)
def test_documents_count_what_counts_and_all_their_paragraphs(tables, choice, expected):
    assert cells(tables[choice]["documents"], 0, 7, 8, 9, 10) == expected


@pytest.mark.parametrize(
    ("choice", "pair", "matrix", "passages"),
    [
        ("keep", "embargo,fuel,0,4,1,5,6,7,4.28571", ["embargo,5,4", "fuel,4,6"], 7),
        ("exact", "embargo,fuel,0,2,1,3,4,5,2.4", ["embargo,3,2", "fuel,2,4"], 5),
        ("near", "embargo,fuel,0,1,0,2,3,4,1.5", ["embargo,2,1", "fuel,1,3"], 4),
    ],
)
def test_codes_co_occur_in_passages_that_count(tables, choice, pair, matrix, passages):
    assert cells(tables[choice]["cooccurrence"], *range(9)) == [pair]
    assert tables[choice]["cooccurrence_matrix"] == matrix
    assert len(tables[choice]["passages_wide"]) == passages


def test_passages_wide_has_the_rows_that_count(tables):
    assert tables["exact"]["passages_wide"] == [
        "a#p1,a,1,1",
        "a#p2,a,1,0",
        "b#p2,b,0,1",
        "c#p1,c,1,1",
        "c#p2,c,0,1",
    ]
    assert tables["near"]["passages_wide"] == ["a#p1,a,1,1", "a#p2,a,1,0", "b#p2,b,0,1", "c#p2,c,0,1"]


@pytest.mark.parametrize(
    ("choice", "one", "two", "oil", "forms"),
    [
        ("keep", "5,1,1,1,0.2,1", "4,4,4,4,0.8,4", "7,7,6,4,1,6", ["5", "4", "7"]),
        ("exact", "3,1,1,1,0.333333,1", "2,2,2,2,0.666667,2", "5,5,4,3,1,4", ["3", "2", "5"]),
        ("near", "2,1,1,1,0.5,1", "1,1,1,1,0.5,1", "3,3,3,3,1,3", ["2", "1", "3"]),
    ],
)
def test_entries_and_their_forms_are_counted_in_what_counts(tables, choice, one, two, oil, forms):
    assert cells(tables[choice]["entries"], *range(3, 10)) == [
        f"embargo,{one}",
        f"oil embargo,{two}",
        f"oil,{oil}",
    ]
    assert cells(tables[choice]["expansions"], 3) == forms


@pytest.mark.parametrize(
    ("choice", "body", "lists"),
    [("keep", "1,6,54,9", "1,1,15,3"), ("exact", "1,4,28,5", "1,1,15,3"), ("near", "1,4,28,5", "1,0,0,0")],
)
def test_parts_that_are_analysed_leave_duplicates_out_and_the_others_are_as_they_were(
    tables, choice, body, lists
):
    rows = dict(line.split(",", 1) for line in tables[choice]["parts"])
    assert (rows["body"], rows["list"]) == (body, lists)
    assert (rows["references"], rows["heading"]) == ("0,1,10,3", "0,1,1,1")


@pytest.mark.parametrize(
    ("choice", "sums"), [("keep", (3, 2, 41)), ("exact", (2, 2, 26)), ("near", (3, 2, 41))]
)
def test_the_sums_say_how_many_passages_and_words_are_duplicates(tmp_path, choice, sums):
    tally = written(tmp_path / "out", choice)[1]
    assert (tally.duplicates, tally.exact_duplicates, tally.duplicate_words) == sums
    assert tally.repeated.tolist() == [False, False, False, choice != "keep"]


@pytest.mark.parametrize("unit", ["paragraph", "sentence", "heading", "document"])
@pytest.mark.parametrize("choice", DUPLICATES)
def test_tables_do_not_depend_on_batches(tmp_path, monkeypatch, choice, unit):
    whole = written(tmp_path / "one", choice, unit)[0]
    monkeypatch.setattr(apply, "BATCH", 1)
    assert written(tmp_path / "many", choice, unit)[0] == whole


def test_of_a_paragraph_only_the_sentences_that_repeat_are_left_out(tmp_path):
    tables = written(tmp_path / "out", "near", "sentence")[0]
    assert cells(tables["passages"], 0, 9) == [
        "a#p1.s1,",
        "a#p2.s1,",
        "b#p1.s1,a#p1.s1",
        "b#p2.s1,",
        *("c#p1.s1,a#p1.s1", "c#p1.s2,", "c#p2.s1,", "d#p1.s1,a#p1.s1"),
    ]
    rows = dict(line.split(",", 1) for line in tables["parts"])
    assert (rows["body"], rows["list"]) == ("1,4,28,5", "1,1,2,1")


def test_of_documents_that_are_the_same_the_first_counts(tmp_path, monkeypatch):
    monkeypatch.setitem(DOCUMENTS, "e", DOCUMENTS["b"])
    tables = written(tmp_path / "out", "exact", "document")[0]
    with (tmp_path / "out" / "passages.csv").open(newline="") as file:
        rows = [(row["passage"], row["duplicate_of"], row["similarity"]) for row in csv.DictReader(file)]
    assert rows == [("a", "", ""), ("b", "", ""), ("c", "", ""), ("d", "", ""), ("e", "b", "1")]
    assert cells(tables["frequency"], 4, 14, 15, 16) == ["4,4,4,4", "4,4,4,4"]


def test_an_unknown_choice_is_refused():
    with pytest.raises(KeyError, match="most"):
        list(apply_codebook(CODEBOOK, documents(), Settings(duplicates="most")))


def tables_of(folder, found, codebook, **settings):
    """The tables of a pass over documents of (name, language, paragraphs), as lines without the header."""
    texts = {name: "\n\n".join(text for _, text in blocks) for name, _, blocks in found}
    made = []
    for name, language, blocks in found:
        places, start = [], 0
        for part, text in blocks:
            places.append(Paragraph(start, start + len(text), part))
            start += len(text) + 2
        made.append(Document(name, texts[name], tuple(places), language=language))
    chosen = Settings(**settings)
    batches = apply_codebook(codebook, made, chosen)
    write_tables(folder, batches, codebook, settings=chosen, record=lambda: Record("p"))
    return {path.stem: path.read_text().splitlines()[1:] for path in folder.glob("*.csv")}


LANGUAGES = parse_codebook("""
codes:
  embargo: {terms: [embargo]}
  persian: {terms: {fa: [embargo]}}
  canadian: {terms: {fr: [embargo]}}
""")


def test_texts_of_different_languages_count_each_though_their_words_are_the_same(tmp_path):
    found = [("a", "en", [("body", PORT)]), ("b", "fa", [("body", PORT)])]
    tables = tables_of(tmp_path / "out", found, LANGUAGES, duplicates="exact")
    assert cells(tables["documents"], 0, 9) == ["a,1", "b,1"]
    assert cells(tables["frequency"], 0, 4, 15, 16) == ["embargo,1,2,2", "persian,1,2,2", "canadian,,2,2"]


def test_a_document_without_a_language_is_in_that_of_the_codebook(tmp_path):
    found = [("a", "en", [("body", PORT)]), ("b", "", [("body", PORT)]), ("c", "fr", [("body", PORT)])]
    tables = tables_of(tmp_path / "out", found, LANGUAGES, duplicates="near")
    assert cells(tables["documents"], 0, 9) == ["a,1", "b,0", "c,1"]


def test_a_code_whose_only_document_is_left_out_whole_was_not_looked_for(tmp_path):
    """The Persian text is all page furniture; the last one repeats the first as far as it is analysed."""
    found = [
        ("a", "en", [("body", PORT)]),
        ("b", "fa", [("boilerplate", PORT)]),
        ("c", "en", [("body", PORT), ("references", PORT)]),
    ]
    tables = tables_of(tmp_path / "out", found, LANGUAGES, duplicates="exact")
    assert tables["frequency"] == [
        "embargo,Embargo,,rules,1,1,1,1,1,1,76.9231,0,1,1,1,1,1,13",
        "persian,Persian,,rules,,,,,,,,,,,0,1,1,13",
        "canadian,Canadian,,rules,,,,,,,,,,,0,1,1,13",
    ]
    assert cells(tables["entries"], *range(3, 10)) == [
        "embargo,1,1,1,1,1,1",
        "embargo,,,,,,",
        "embargo,,,,,,",
    ]
    assert tables["cooccurrence"] == []
    assert tables["cooccurrence_matrix"] == ["embargo,1"]
    assert tables["frequency_by_document"] == [
        *("a,embargo,1,1,76.9231,1", "a,persian,,,,1", "a,canadian,,,,1"),
        *(f"{name},{code},,,,0" for name in "bc" for code in ("embargo", "persian", "canadian")),
    ]
    assert tables["documents_wide"] == ["a,1,,", "b,,,", "c,,,"]
    assert tables["passages_wide"] == ["a#p1,a,1,,"]


def test_a_document_in_which_nothing_was_analysed_is_in_no_denominator(tmp_path):
    found = [("a", "en", [("body", "An embargo.")]), ("b", "en", [("boilerplate", "Home > News")])]
    tables = tables_of(tmp_path / "out", found, LANGUAGES)
    assert tables["frequency"][0] == "embargo,Embargo,,rules,1,1,1,1,1,1,500,0,1,1,1,1,1,2"
    assert tables["documents_wide"] == ["a,1,,", "b,,,"]


def test_negated_is_empty_in_languages_without_negating_words(tmp_path):
    turkish = parse_codebook("codes: {embargo: {terms: [embargo]}, turkish: {terms: {tr: [embargo]}}}")
    tables = tables_of(tmp_path / "out", [("a", "tr", [("body", "embargo")])], turkish)
    assert cells(tables["segments"], 0, 15) == ["a#0-7:turkish,"]
    assert cells(tables["frequency"], 0, 9, 11) == ["embargo,,", "turkish,1,"]
