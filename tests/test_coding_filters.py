"""Filters: which segments count by their flags, and what that changes in the tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.codebooks import parse_codebook
from rubricate.coding.flags import FLAGS
from rubricate.coding.passes import CorpusHash, record_pass
from rubricate.coding.settings import FILTERS, Settings
from rubricate.reports.entries import entries, expansions
from rubricate.reports.frequency import frequency
from rubricate.reports.parts import parts
from rubricate.reports.tally import tally_batch
from tests.flagged import coded, document

BOOK = "codes: {war: {terms: {any: [war]}}, oil: {terms: {any: [oil]}}}"
TEXTS = {
    "a": ("No war. War may come.\n\nHe said war came. Why war?", "en"),
    "b": ("War and oil.", "en"),
    "c": ("No war.", "tr"),
}


def batch(**filters):
    some = [document(text, language, name) for name, (text, language) in TEXTS.items()]
    return coded(*some, settings=Settings(**filters), codebook=BOOK)


def hits(batch):
    """(document, start) of every segment."""
    rows = batch.segments
    return [
        (batch.documents[one].id, start)
        for one, start in zip(rows.document.tolist(), rows.start.tolist(), strict=True)
    ]


ALL = [("a", 3), ("a", 8), ("a", 31), ("a", 45), ("b", 0), ("b", 8), ("c", 3)]


@pytest.mark.parametrize(
    ("flag", "raised"),
    [("negated", ("a", 3)), ("hedged", ("a", 8)), ("attributed", ("a", 31)), ("question", ("a", 45))],
)
def test_drop_leaves_out_what_has_the_flag_and_only_leaves_out_the_rest(flag, raised):
    assert hits(batch()) == ALL
    assert batch().filtered == 0
    kept, only = batch(**{flag: "drop"}), batch(**{flag: "only"})
    assert hits(kept) == [hit for hit in ALL if hit != raised]
    assert kept.filtered == 1
    assert hits(only) == [raised]
    assert only.filtered == len(ALL) - 1


def test_what_was_not_judged_has_no_flag():
    assert ("c", 3) in hits(batch(negated="drop"))
    assert ("c", 3) not in hits(batch(negated="only"))


def test_several_filters_hold_together():
    assert hits(batch(negated="drop", question="drop")) == [
        hit for hit in ALL if hit[1] != 45 and hit != ("a", 3)
    ]
    assert hits(batch(negated="only", question="only")) == []


@given(st.fixed_dictionaries({flag: st.sampled_from(FILTERS) for flag in FLAGS}))
def test_filters_choose_among_the_segments_that_are_found_without_them(filters):
    rows, chosen = batch().segments, batch(**filters)
    passes = [
        all(
            choice == "keep" or bool(getattr(rows, flag)[index]) == (choice == "only")
            for flag, choice in filters.items()
        )
        for index in range(len(rows))
    ]
    assert hits(chosen) == [hit for hit, one in zip(ALL, passes, strict=True) if one]
    assert chosen.filtered == passes.count(False)


def test_filters_change_mentions_and_passages_but_no_denominator_and_no_matches():
    book = parse_codebook(BOOK)
    kept, dropped = (tally_batch(batch(**filters), book) for filters in ({}, {"negated": "drop"}))
    whole, less = frequency(kept, book).set_index("code"), frequency(dropped, book).set_index("code")
    assert whole.loc["war", ["passages", "mentions", "negated", "documents"]].tolist() == [4, 6, 1, 3]
    assert less.loc["war", ["passages", "mentions", "negated", "documents"]].tolist() == [4, 5, 0, 3]
    totals = ["applied_to_passages", "passages_total", "documents_total", "words_total"]
    assert whole[totals].equals(less[totals])
    assert entries(dropped, book)["matches"].tolist() == entries(kept, book)["matches"].tolist() == [6, 1]
    assert entries(dropped, book)["mentions"].tolist() == [5, 1]
    assert expansions(dropped, book).equals(expansions(kept, book))
    settings = Settings()
    assert (kept.parts["body"][2], dropped.parts["body"][2]) == (7, 6)
    assert parts(dropped, settings)["words"].equals(parts(kept, settings)["words"])


def test_negated_is_all_mentions_where_only_those_count_and_empty_where_none_was_judged():
    book = parse_codebook(BOOK)
    only = frequency(tally_batch(batch(negated="only"), book), book).set_index("code")
    assert only.loc["war", ["mentions", "negated"]].tolist() == [1, 1]
    assert only.loc["oil", ["mentions", "negated"]].tolist() == [0, 0]
    turkish = coded(document("no war", "tr"), settings=Settings(negated="only"), codebook=BOOK)
    row = frequency(tally_batch(turkish, book), book).set_index("code").loc["war"]
    assert row["mentions"] == 0
    assert row[["negated"]].isna().all()


def test_a_code_that_drops_negated_segments_has_none_for_a_filter():
    book = "codes: {war: {negated: drop, terms: {any: [war]}}}"
    (one,) = (coded(document("No war. War."), settings=Settings(negated="only"), codebook=book),)
    assert len(one.segments) == 0
    assert one.filtered == 1


@pytest.mark.parametrize("flag", FLAGS)
def test_filters_are_part_of_a_passs_id(flag):
    book = parse_codebook(BOOK)
    plain, filtered = (record_pass(CorpusHash(), book, Settings(**choice)) for choice in ({}, {flag: "drop"}))
    assert plain.id != filtered.id
    assert filtered.content["settings"][flag] == "drop"
