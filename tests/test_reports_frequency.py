from dataclasses import replace
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rubricate.codebooks.codebook import Codebook
from rubricate.coding.flags import FLAGS
from rubricate.reports.frequency import frequency, frequency_by_document
from rubricate.reports.tally import tally, tally_batch
from tests.reports_data import CODEBOOK, FOUND, TEXTS, as_csv, code, coded


def test_frequency_of_every_code():
    assert as_csv(frequency(tally_batch(coded(), CODEBOOK), CODEBOOK)) == [
        "code,label,parent,coded_by,passages,passage_share,documents,document_share,mean_document_share,"
        "mentions,mentions_per_1000_words,negated,passages_with_subcodes,documents_with_subcodes,"
        "applied_to_passages,passages_total,documents_total,words_total",
        "conflict,Conflict,,rules,,,,,,,,,3,2,0,4,2,16",
        "sanctions,Sanctions,conflict,rules,2,0.5,1,0.5,0.333333,3,187.5,1,2,1,4,4,2,16",
        "war,War,conflict,rules,1,0.25,1,0.5,0.5,2,125,0,1,1,4,4,2,16",
        "energy,Energy,,rules,3,0.75,2,1,0.833333,3,187.5,0,3,2,4,4,2,16",
        "persian,Persian,,rules,,,,,,,,,,,0,4,2,16",
        "by_hand,By_Hand,,hand,,,,,,,,,,,0,4,2,16",
    ]


def test_a_code_is_measured_against_the_documents_it_can_apply_to():
    persian = coded({"fa": ["جنگ"]}, [("fa", 1, "جنگ", "persian", "جنگ", False)], language="fa")
    table = frequency(tally([coded(), persian], CODEBOOK), CODEBOOK).set_index("code")
    assert table.loc["persian", ["passages", "passage_share", "document_share"]].tolist() == [1, 1.0, 1.0]
    assert table.loc["persian", ["applied_to_passages", "passages_total"]].tolist() == [1, 5]
    assert table.loc["energy", ["passage_share", "applied_to_passages"]].tolist() == [0.75, 4]
    assert table.loc["persian", "mentions_per_1000_words"] == 1000


def test_looked_for_and_not_found_is_zero_and_not_empty():
    row = frequency(tally_batch(coded(found=[]), CODEBOOK), CODEBOOK).set_index("code").loc["war"]
    assert row["passages":"documents_with_subcodes"].tolist() == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]


def test_in_documents_without_passages_nothing_was_looked_for():
    lines = as_csv(frequency(tally_batch(coded({"c": []}), CODEBOOK), CODEBOOK))
    assert lines[3] == "war,War,conflict,rules,,,,,,,,,,,0,0,0,0"


def test_documents_without_passages_are_in_no_denominator():
    with_and_without = tally([coded({"b": TEXTS["b"]}), coded({"c": []})], CODEBOOK)
    without = tally([coded({"b": TEXTS["b"]})], CODEBOOK)
    assert frequency(with_and_without, CODEBOOK).equals(frequency(without, CODEBOOK))


def nowhere(documents):
    return dict.fromkeys(FLAGS, np.zeros(documents, bool))


def negated(*batches):
    return dict(frequency(tally(batches, CODEBOOK), CODEBOOK)[["code", "negated"]].dropna().to_numpy())


def test_negated_counts_the_mentions_that_were_judged_and_is_empty_where_none_was():
    english = coded({"a": TEXTS["a"]})
    unjudged = replace(coded(found=[(*row[:-1], False) for row in FOUND]), judged=nowhere(3))
    assert negated(unjudged) == {}
    assert negated(english, unjudged) == {"sanctions": 1, "energy": 0}  # war is only mentioned where unjudged
    assert negated(coded(found=[])) == {"sanctions": 0, "war": 0, "energy": 0}
    assert negated(coded({"c": []}), replace(coded({"b": TEXTS["b"]}), judged=nowhere(1))) == {}


def test_without_documents_every_code_still_has_its_row():
    lines = as_csv(frequency(tally([], CODEBOOK), CODEBOOK))
    assert lines[3] == "war,War,conflict,rules,,,,,,,,,,,0,0,0,0"


def test_without_codes_there_are_no_rows():
    nobody = Codebook("empty", ())
    sums = tally_batch(coded(found=[], codebook=nobody), nobody)
    assert len(frequency(sums, nobody)) == len(frequency_by_document(sums, nobody)) == 0


def test_frequency_by_document():
    lines = as_csv(frequency_by_document(tally_batch(coded({"b": TEXTS["b"], "c": []}), CODEBOOK), CODEBOOK))
    assert lines == [
        "document,code,passages,mentions,mentions_per_1000_words,passages_total",
        "b,conflict,,,,1",
        "b,sanctions,0,0,0,1",
        "b,war,1,2,333.333,1",
        "b,energy,1,1,166.667,1",
        "b,persian,,,,1",
        "b,by_hand,,,,1",
        "c,conflict,,,,0",
        "c,sanctions,,,,0",
        "c,war,,,,0",
        "c,energy,,,,0",
        "c,persian,,,,0",
        "c,by_hand,,,,0",
    ]


ONE = Codebook("one", (code("war", "war"),))


@given(st.lists(st.lists(st.booleans(), min_size=1, max_size=7), min_size=1, max_size=8))
def test_mean_document_share_is_the_mean_of_the_documents_own_shares(rows):
    texts = {f"d{n}": ["war" if hit else "peace" for hit in row] for n, row in enumerate(rows)}
    found = [
        (f"d{n}", place + 1, "war", "war", "war", False)
        for n, row in enumerate(rows)
        for place, hit in enumerate(row)
        if hit
    ]
    table = frequency(tally_batch(coded(texts, found, ONE), ONE), ONE)
    exact = sum((Fraction(sum(row), len(row)) for row in rows), Fraction()) / len(rows)
    np.testing.assert_allclose(table["mean_document_share"], float(exact), rtol=1e-15)
