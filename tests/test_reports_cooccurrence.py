from dataclasses import replace

from rubricate.reports.cooccurrence import cooccurrence, cooccurrence_matrix
from rubricate.reports.tally import tally, tally_batch
from tests.reports_data import CODEBOOK, FOUND, TEXTS, Codebook, as_csv, code, coded

HEADER = (
    "code_a,code_b,linked,both,both_apart,a,b,total,"
    "expected,jaccard,dice,cosine,lift,npmi,phi,log_likelihood"
)  # fmt: skip


def test_every_pair_of_codes_that_can_apply_is_there_also_those_that_never_meet():
    assert as_csv(cooccurrence(tally_batch(coded(), CODEBOOK), CODEBOOK)) == [
        HEADER,
        "sanctions,war,0,0,0,2,1,4,0.5,0,0,0,0,-1,-0.57735,1.72609",
        "sanctions,energy,0,2,2,2,3,4,1.5,0.666667,0.8,0.816497,1.33333,0.415037,0.57735,1.72609",
        "war,energy,0,1,1,1,3,4,0.75,0.333333,0.5,0.57735,1.33333,0.207519,0.333333,0.679596",
    ]


def test_measures_without_a_meaning_are_empty():
    lines = as_csv(cooccurrence(tally_batch(coded(found=[]), CODEBOOK), CODEBOOK))
    assert lines[1] == "sanctions,war,0,0,0,0,0,4,0,,,,,,,"


def test_a_code_and_those_above_it_are_linked_and_left_out_unless_asked_for():
    tree = Codebook(
        "t", (code("a", "x"), code("b", "y", parent="a"), code("c", "z", parent="b"), code("d", "w"))
    )
    sums = tally_batch(coded({"one": ["x y z w"]}, [], tree), tree)
    pairs = cooccurrence(sums, tree, linked=True)[["code_a", "code_b", "linked"]].to_numpy().tolist()
    assert pairs == [["a", "b", 1], ["a", "c", 1], ["a", "d", 0], ["b", "c", 1], ["b", "d", 0], ["c", "d", 0]]
    assert cooccurrence(sums, tree)["linked"].tolist() == [0, 0, 0]


def test_codes_that_share_all_their_words_have_nothing_apart():
    found = [row for row in FOUND if row[2] != "Sanctions"]
    table = cooccurrence(tally_batch(coded(found=found), CODEBOOK), CODEBOOK)
    assert table.loc[1, ["both", "both_apart"]].tolist() == [2, 1]


def test_the_matrix_holds_pairs_and_on_its_diagonal_the_codes_own_passages():
    assert as_csv(cooccurrence_matrix(tally_batch(coded(), CODEBOOK), CODEBOOK)) == [
        "code,sanctions,war,energy",
        "sanctions,2,0,2",
        "war,0,1,1",
        "energy,2,1,3",
    ]


def test_without_documents_no_code_can_apply_and_there_are_no_pairs():
    nothing = tally([], CODEBOOK)
    assert as_csv(cooccurrence(nothing, CODEBOOK)) == [HEADER]
    assert as_csv(cooccurrence_matrix(nothing, CODEBOOK)) == ["code"]


def test_a_code_of_a_language_of_which_no_passage_counts_has_no_pairs():
    persian = coded({"x": ["جنگ"]}, [], language="fa")
    left_out = tally([coded(), replace(persian, counted=~persian.counted)], CODEBOOK)
    assert as_csv(cooccurrence(left_out, CODEBOOK)) == as_csv(
        cooccurrence(tally([coded()], CODEBOOK), CODEBOOK)
    )
    assert as_csv(cooccurrence_matrix(left_out, CODEBOOK))[0] == "code,sanctions,war,energy"


def test_one_passage_is_enough():
    sums = tally_batch(coded({"b": TEXTS["b"]}), CODEBOOK)
    assert as_csv(cooccurrence(sums, CODEBOOK))[3] == "war,energy,0,1,1,1,1,1,1,1,1,1,1,,,"


def test_total_counts_all_passages_also_where_one_of_the_codes_cannot_apply():
    persian = coded({"fa": ["جنگ"]}, [("fa", 1, "جنگ", "persian", "جنگ", False)], language="fa")
    table = cooccurrence(tally([coded(), persian], CODEBOOK), CODEBOOK)
    assert table.loc[len(table) - 1, ["code_a", "code_b", "both", "total"]].tolist() == [
        "energy",
        "persian",
        0,
        5,
    ]
