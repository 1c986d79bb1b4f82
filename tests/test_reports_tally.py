from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.codebooks.codebook import Codebook
from rubricate.coding.batch import Batch, Segments
from rubricate.coding.flags import FLAGS
from rubricate.coding.settings import Settings
from rubricate.corpus.document import Document, Repair
from rubricate.corpus.passages import Passages
from rubricate.reports.cooccurrence import cooccurrence, cooccurrence_matrix
from rubricate.reports.entries import entries, expansions
from rubricate.reports.frequency import frequency, frequency_by_document
from rubricate.reports.parts import parts
from rubricate.reports.tally import branches, merge, tally, tally_batch
from tests.reports_data import CODEBOOK, FOUND, TEXTS, code, coded, no_duplicates


def every_table(sums, codebook):
    return [
        frequency(sums, codebook),
        frequency_by_document(sums, codebook),
        cooccurrence(sums, codebook, linked=True),
        cooccurrence_matrix(sums, codebook),
        entries(sums, codebook),
        expansions(sums, codebook),
        parts(sums, Settings()),
    ]


def assert_same_tables(one, other, codebook):
    for left, right in zip(every_table(one, codebook), every_table(other, codebook), strict=True):
        pd.testing.assert_frame_equal(left, right, check_exact=True)


def test_sums_of_one_batch():
    sums = tally_batch(coded(), CODEBOOK)
    assert sums.documents == ("a", "b", "c")
    assert sums.passages.tolist() == [3, 1, 0]
    assert sums.words.tolist() == [10, 6, 0]
    assert sums.document_passages.dense().tolist() == [[0, 2, 0, 2, 0, 0], [0, 0, 1, 1, 0, 0], [0] * 6]
    assert sums.document_mentions.dense().tolist() == [[0, 3, 0, 2, 0, 0], [0, 0, 2, 1, 0, 0], [0] * 6]
    assert sums.negated.tolist() == [0, 1, 0, 0, 0, 0]
    assert sums.both.dense()[1:4, 1:4].tolist() == [[2, 0, 2], [0, 1, 1], [2, 1, 3]]
    assert sums.judged_mentions.tolist() == [0, 3, 2, 3, 0, 0]
    assert sums.applies.tolist() == [False, True, True, True, False, False]
    assert sums.counted.tolist() == [True, True, False]


def test_a_code_was_looked_for_only_where_passages_count():
    sums = tally_batch(coded({"c": []}), CODEBOOK)
    assert not sums.looked_for.any()
    assert not sums.applies.any()
    assert (sums.languages, sums.repeated.tolist()) == (frozenset(), [False])
    batch = coded({"b": TEXTS["b"]}, [])
    left_out = replace(batch, counted=~batch.counted)
    sums = tally([left_out, coded({"a": TEXTS["a"]}, [], language="fa")], CODEBOOK)
    assert sums.applies.tolist() == [False, False, False, False, True, False]
    assert (sums.languages, sums.repeated.tolist()) == (frozenset({"fa"}), [True, False])


def test_repairs_are_counted():
    mended = coded({"b": TEXTS["b"]}, repairs=(Repair("dash", 0, 0, "-", "–"),) * 2, line_joins=5)
    assert tally([mended, coded(), mended], CODEBOOK).repairs == 4


def test_branches_lead_from_a_code_to_all_above_it():
    tree = Codebook("t", (code("a"), code("b", parent="a"), code("c", parent="b"), code("d", parent="a")))
    assert branches(tree).astype(int).tolist() == [[1, 0, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0], [1, 0, 0, 1]]


def test_a_passage_with_two_subcodes_counts_once_for_the_group():
    found = [*FOUND, ("a", 1, "and", "war", "war", False)]
    sums = tally_batch(coded(found=found), CODEBOOK)
    assert sums.passages_with_subcodes.tolist() == [3, 2, 2, 3, 0, 0]
    assert sums.documents_with_subcodes.tolist() == [2, 1, 2, 2, 0, 0]


def test_codes_that_only_share_words_are_not_apart():
    found = [row for row in FOUND if row[2] in {"oil", "oil embargo"}]
    sums = tally_batch(coded(found=found), CODEBOOK)
    assert sums.both.dense()[1, 3] == 1
    assert sums.both_apart.dense()[1, 3] == 0


def test_one_segment_that_shares_no_word_makes_codes_meet_apart():
    sums = tally_batch(coded(), CODEBOOK)
    assert sums.both_apart.dense()[1, 3] == 2


def test_an_entry_is_alone_where_it_made_all_segments_of_the_code():
    sums = tally_batch(coded(), CODEBOOK)
    assert sums.entry_passages.tolist() == [2, 0, 1, 1, 2, 1, 0]
    assert sums.entry_documents.tolist() == [1, 0, 1, 1, 2, 1, 0]
    assert sums.only_here.tolist() == [1, 0, 0, 1, 2, 1, 0]


def test_no_batches_and_no_codes_have_tables_too():
    nobody = Codebook("empty", ())
    for codebook, batches in ((CODEBOOK, []), (nobody, []), (nobody, [coded(found=[], codebook=nobody)])):
        assert every_table(tally(batches, codebook), codebook)


def test_a_batch_without_documents_changes_nothing():
    empty = coded(texts={})
    assert_same_tables(tally([coded()], CODEBOOK), tally([empty, coded(), empty], CODEBOOK), CODEBOOK)


@given(st.lists(st.integers(0, 1), min_size=6, max_size=6), st.data())
def test_tables_do_not_depend_on_how_documents_are_divided_into_batches(kinds, data):
    texts = {f"d{number}": TEXTS["ab"[kind]] for number, kind in enumerate(kinds)}
    found = [
        (f"d{number}", *row[1:]) for number, kind in enumerate(kinds) for row in FOUND if row[0] == "ab"[kind]
    ]
    cuts = sorted({0, len(kinds), *data.draw(st.lists(st.integers(0, len(kinds))))})
    groups = [list(texts)[first:last] for first, last in pairwise(cuts)]
    batches = [coded(texts={name: texts[name] for name in group}, found=found) for group in groups]
    whole = tally_batch(coded(texts=texts, found=found), CODEBOOK)
    assert_same_tables(whole, tally(batches, CODEBOOK), CODEBOOK)


def test_adding_is_associative():
    one, two, three = (tally_batch(coded(texts={name: TEXTS[name]}), CODEBOOK) for name in ("a", "b", "c"))
    assert_same_tables(merge(merge(one, two), three), merge(one, merge(two, three)), CODEBOOK)


# Random segments: word, words, code; six words to a passage, four passages to a document.
SEGMENTS = st.lists(st.tuples(st.integers(0, 47), st.integers(0, 3), st.integers(0, 3)), max_size=40)
FOUR = Codebook("four", tuple(code(name, name) for name in "wxyz"))


def random_batch(rows):
    word, words, codes = (np.array([row[place] for row in sorted(rows)], np.int64) for place in range(3))
    passage, none = word // 6, np.zeros(len(word), np.int64)
    unused = np.zeros(8, np.int64)
    return Batch(
        documents=(Document("d1", "", ()), Document("d2", "", ())),
        passages=Passages(np.repeat([0, 1], 4), unused, unused, unused, unused, unused + 6),
        marks=no_duplicates(8),
        counted=np.ones(8, bool),
        segments=Segments(
            *(passage // 4, passage, none, codes, codes, none, none, word, words, none, none),
            **dict.fromkeys(FLAGS, none > 0),
        ),
        matches=np.bincount(codes, minlength=4),
        forms={},
        applicable=np.ones((2, 4), bool),
        judged=dict.fromkeys(FLAGS, np.ones(2, bool)),
        filtered=0,
        parts={},
    )


def meet_apart(rows, passage, one, other):
    """The definition: some segment of the one and some of the other share no word."""
    here = [(set(range(word, word + words)), kind) for word, words, kind in rows if word // 6 == passage]
    return any(
        not left & right for left, kind in here if kind == one for right, again in here if again == other
    )


@given(SEGMENTS)
def test_both_apart_is_what_its_definition_says(rows):
    sums = tally_batch(random_batch(rows), FOUR)
    for one in range(4):
        for other in set(range(4)) - {one}:
            slowly = sum(meet_apart(rows, passage, one, other) for passage in range(8))
            assert sums.both_apart.dense()[one, other] == slowly


@given(SEGMENTS)
def test_pair_sums_are_symmetric_and_bounded_by_the_codes_own(rows):
    sums = tally_batch(random_batch(rows), FOUR)
    both, apart = sums.both.dense(), sums.both_apart.dense()
    assert (both == both.T).all()
    assert (apart == apart.T).all()
    assert ((apart >= 0) & (apart <= both)).all()
    assert (both <= np.minimum.outer(both.diagonal(), both.diagonal())).all()


def test_parts_and_forms_are_added():
    one = replace(coded(), parts={"body": (1, 2, 3)}, forms={(0, "sanction"): 1})
    two = replace(coded(), parts={"body": (1, 1, 1), "table": (4, 5, 6)}, forms={(0, "sanction"): 2})
    sums = tally([one, two], CODEBOOK)
    assert sums.parts == {"body": (2, 3, 4), "table": (4, 5, 6)}
    assert sums.forms == {(0, "sanction"): 3}


@pytest.mark.parametrize("count", [1, 2, 3, 7, 8])
def test_any_number_of_batches_stays_in_order(count):
    batches = [coded(texts={f"d{number}": ["Peace."]}, found=[]) for number in range(count)]
    assert tally(batches, CODEBOOK).documents == tuple(f"d{number}" for number in range(count))
