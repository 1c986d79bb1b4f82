from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rubricate.corpus.duplicates.shingles import (
    BANDS,
    FoldedWords,
    agreements,
    band_keys,
    similarities,
    sketches,
    smallest_shingles,
    whole_keys,
)
from rubricate.corpus.words.borders import Vocabulary, find_words


def shingled(folded: FoldedWords, vocabulary: Vocabulary, text: str) -> list[int]:
    words = find_words(text, vocabulary)
    numbers: list[int] = folded.shingles(folded.numbers(vocabulary, words.id)).tolist()
    return numbers


def test_a_shingle_is_three_words_whatever_their_case_and_marks() -> None:
    folded, vocabulary = FoldedWords(), Vocabulary()
    one = shingled(folded, vocabulary, "the old port of the OLD, port")
    assert len(one) == 5
    assert one[0] == one[4]
    assert len(set(one)) == 4
    assert shingled(folded, vocabulary, "old port") == shingled(folded, vocabulary, "") == []


def test_shingles_do_not_depend_on_what_was_read_before() -> None:
    other, vocabulary = FoldedWords(), Vocabulary()
    shingled(other, vocabulary, "quite other words, of which port is one")
    assert shingled(other, vocabulary, "the old port") == shingled(
        FoldedWords(), Vocabulary(), "the old port"
    )


def test_the_same_words_in_another_order_have_another_key() -> None:
    texts = ["a b c d e", "a b c d e", "b a c d e", "d e a b c"]
    rows = [shingled(FoldedWords(), Vocabulary(), text) for text in texts]
    shingles = np.array([value for row in rows for value in (*row, 0, 0)], np.uint64)
    first = np.array([0, 5, 10, 15])
    keys = whole_keys(shingles, first, first + 5).tolist()
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3


@given(st.permutations([3, 3, 5, 5, 7, 7, 7, 9]), st.permutations([3, 3, 5, 5, 7, 7, 7, 9]))
def test_a_key_tells_rows_of_the_same_shingles_apart_by_their_order(one: list[int], other: list[int]) -> None:
    """A B B A and B A A B have the same sums of values and of values times places."""
    shingles = np.array([*one, 0, 0, *other, 0, 0], np.uint64)
    keys = whole_keys(shingles, np.array([0, 10]), np.array([10, 20])).tolist()
    assert (keys[0] == keys[1]) == (one == other)


def test_equal_sets_have_equal_keys_and_sketches_and_others_hardly_any() -> None:
    shingles = np.array([1, 2, 3, 3, 2, 1, 7, 8, 9, 0, 0], np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    first = np.array([0, 3, 6])
    smallest = smallest_shingles(shingles, first, first + 5)
    keys, sketch = band_keys(smallest), sketches(smallest)
    assert keys.shape == (BANDS, 3)
    assert (keys < 2**32).all()
    assert (keys[:, 0] == keys[:, 1]).all()
    assert (keys[:, 0] != keys[:, 2]).all()
    assert len(np.unique(keys[:, 0])) == BANDS
    assert agreements(sketch[[0, 0]], sketch[[1, 2]]).tolist()[0] == 16
    assert agreements(sketch[[0]], sketch[[2]])[0] < 5


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_agreements_count_equal_groups_of_four_bits(one: int, other: int) -> None:
    equal = sum(left == right for left, right in zip(f"{one:016x}", f"{other:016x}", strict=True))
    assert agreements(np.array([one], np.uint64), np.array([other], np.uint64)).tolist() == [equal]


def test_similarity_is_shared_over_all_each_shingle_as_often_as_it_stands_there() -> None:
    shingles = np.array([1, 2, 3, 4, 3, 3, 4, 5, 9, 3, 3, 3], np.uint64)
    counts, one, other = np.array([4, 4, 1, 3]), np.array([0, 0, 1, 1, 0]), np.array([1, 2, 1, 3, 3])
    assert similarities(shingles, counts, one, other).tolist() == [2 / 6, 0.0, 1.0, 2 / 5, 1 / 6]
    assert similarities(shingles, counts, one[:0], other[:0]).tolist() == []
