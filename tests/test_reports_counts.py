"""Sparse counts, against the same sums made with dense arrays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.reports.counts import Counts, counted, numbered, pairs, summed, unrolled

SHAPE = (3, 4)


def array(*values: int) -> np.ndarray:
    return np.array(values, np.int64)


cells = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(-3, 3)), max_size=12)


def both_ways(triples: list[tuple[int, int, int]]) -> tuple[Counts, np.ndarray]:
    dense = np.zeros(SHAPE, np.int64)
    for row, column, count in triples:
        dense[row, column] += count
    place = array(*(row * SHAPE[1] + column for row, column, _ in triples))
    return summed(place, array(*(count for *_, count in triples)), SHAPE), dense


@given(cells, cells)
def test_sums_differences_and_rows_below_are_those_of_dense_arrays(one, other):
    first, dense_first = both_ways(one)
    second, dense_second = both_ways(other)
    assert (first + second).dense().tolist() == (dense_first + dense_second).tolist()
    assert (first - second).dense().tolist() == (dense_first - dense_second).tolist()
    assert first.above(second).dense().tolist() == [*dense_first.tolist(), *dense_second.tolist()]
    assert first.column_sums().tolist() == dense_first.sum(axis=0).tolist()
    assert (first.count != 0).all()


def test_counts_are_of_pairs_and_lie_where_the_pairs_say():
    found = counted(array(1, 0, 1, 1), array(1, 0, 1, 0), (2, 2))
    assert found.dense().tolist() == [[1, 0], [1, 2]]
    assert found.diagonal().tolist() == [1, 2]
    assert (found.row.tolist(), found.column.tolist()) == ([0, 1, 1], [0, 0, 1])


def test_nothing_is_counted_of_nothing():
    none = counted(array(), array(), (0, 0))
    assert (none.dense().shape, none.column_sums().tolist(), none.diagonal().tolist()) == ((0, 0), [], [])
    assert (none + none).dense().tolist() == []


@pytest.mark.parametrize(
    ("group", "expected"),
    [((), []), ((5,), [(0, 0)]), ((1, 1, 3), [(0, 0), (0, 1), (1, 0), (1, 1), (2, 2)])],
)
def test_pairs_are_all_ordered_pairs_of_a_group(group, expected):
    one, other = pairs(array(*group))
    assert list(zip(one.tolist(), other.tolist(), strict=True)) == expected


def test_lists_are_unrolled_with_the_place_that_asked_for_them():
    members, owner = unrolled(array(2, 0, 2), [[7], [8, 9], [1, 2]])
    assert (members.tolist(), owner.tolist()) == ([1, 2, 7, 1, 2], [0, 0, 1, 2, 2])
    assert unrolled(array(), [[7]])[0].tolist() == []


@given(st.lists(st.integers(0, 9), max_size=8), st.integers(10, 60))
def test_places_are_numbered_in_ascending_order_however_many_there_could_be(given, size):
    places, number, count = numbered(array(*given), size)
    assert places.tolist() == sorted(set(given))
    assert places[number].tolist() == given
    assert count.tolist() == [given.count(place) for place in places.tolist()]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), max_size=12), st.integers(4, 200))
def test_counts_are_the_same_in_a_matrix_that_is_mostly_empty(cells, columns):
    found = counted(array(*(row for row, _ in cells)), array(*(column for _, column in cells)), (3, columns))
    assert dict(zip(found.place.tolist(), found.count.tolist(), strict=True)) == {
        row * columns + column: cells.count((row, column)) for row, column in sorted(cells)
    }
