"""Ordering rows: the same as numpy's, whatever the numbers are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.coding.ordering import order_by, runs

_KEYS = {
    "small": st.integers(0, 3),
    "negative": st.integers(-5, 5),
    "like offsets": st.integers(0, 2**21),
    "beyond 16 bits": st.integers(-(2**17), 2**17),
    "too long to be packed": st.sampled_from([-(2**62), -1, 0, 2**40, 2**62]),
}
_NARROW = (bool, np.int16, np.uint16, np.int32, np.uint32)


@given(data=st.data(), kinds=st.lists(st.sampled_from(sorted(_KEYS)), min_size=1, max_size=4))
def test_rows_are_ordered_as_lexsort_orders_them(data: st.DataObject, kinds: list[str]) -> None:
    size = data.draw(st.integers(0, 12))
    keys = [
        np.array(data.draw(st.lists(_KEYS[kind], min_size=size, max_size=size)), np.int64) for kind in kinds
    ]
    assert order_by(*keys).tolist() == np.lexsort(keys[::-1]).tolist()


@given(
    data=st.data(),
    kinds=st.lists(st.sampled_from([bool, np.int16, np.uint16, np.int32, np.uint32]), min_size=1),
)
def test_narrow_columns_are_ordered_over_their_whole_range(data: st.DataObject, kinds: list[type]) -> None:
    size = data.draw(st.integers(0, 6))
    values = {kind: st.booleans() if kind is bool else _of(kind) for kind in kinds}
    keys = [np.array(data.draw(st.lists(values[kind], min_size=size, max_size=size)), kind) for kind in kinds]
    assert order_by(*keys).tolist() == np.lexsort(keys[::-1]).tolist()


def _of(kind: type) -> st.SearchStrategy[int]:
    limits = np.iinfo(kind)
    return st.integers(limits.min, limits.max) | st.sampled_from([limits.min, limits.max])


def test_rows_that_are_equal_stay_as_they_are() -> None:
    assert order_by(np.array([1, 1, 0]), np.array([2, 2, 9])).tolist() == [2, 0, 1]


@pytest.mark.parametrize(
    ("values", "begins", "number"),
    [
        ([], [], []),
        ([4], [0], [0]),
        ([4, 4, 4], [0], [0, 0, 0]),
        ([-1, 4, 4, 9], [0, 1, 3], [0, 1, 1, 2]),
    ],
)
def test_runs_are_told_by_where_they_begin(values: list[int], begins: list[int], number: list[int]) -> None:
    found = runs(np.array(values, np.int64))
    assert [column.tolist() for column in found] == [begins, number]
