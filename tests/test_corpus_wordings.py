from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rubricate.corpus.duplicates.wordings import Column, Table, Wordings, ranges

ROWS = st.lists(st.lists(st.integers(0, 2**31 - 1) | st.integers(0, 300), max_size=5), max_size=6)


def test_ranges_stand_one_behind_the_other() -> None:
    assert ranges(np.array([5, 0, 7]), np.array([2, 0, 3])).tolist() == [5, 6, 7, 8, 9]
    assert ranges(np.zeros(0, np.int64), np.zeros(0, np.int64)).tolist() == []


@given(st.lists(st.lists(st.integers(-9, 9))))
def test_a_column_holds_what_was_added_in_order(pieces: list[list[int]]) -> None:
    column = Column("int32")
    for piece in pieces:
        column.extend(piece)
    assert column.values.tolist() == [value for piece in pieces for value in piece]
    assert len(column) == len(column.values)


@given(st.lists(ROWS, max_size=3), st.data())
def test_rows_come_back_as_they_were_added(batches: list[list[list[int]]], data: st.DataObject) -> None:
    wordings = Wordings()
    for batch in batches:
        words = [word for row in batch for word in row]
        wordings.add(np.array(words, np.int32), np.array([len(row) for row in batch], np.int64))
    rows = [row for batch in batches for row in batch]
    assert len(wordings) == len(rows)
    asked = data.draw(st.lists(st.integers(0, len(rows) - 1))) if rows else []
    words, counts = wordings.rows(np.array(asked, np.int64))
    assert counts.tolist() == [len(rows[index]) for index in asked]
    assert words.tolist() == [word for index in asked for word in rows[index]]


@given(st.lists(st.lists(st.integers(0, 5) | st.just(2**32 - 1), max_size=9), max_size=6))
def test_a_table_finds_all_numbers_under_a_key_in_order(batches: list[list[int]]) -> None:
    table, slowly, number = Table(), {}, 0
    for batch in batches:
        table.add(np.array(batch, np.uint64), np.arange(number, number + len(batch)))
        for key in batch:
            slowly.setdefault(key, []).append(number)
            number += 1
    keys = [0, 2, 3, 2**32 - 1]
    index, found = table.find(np.array(keys, np.uint64))
    expected = [(at, one) for at, key in enumerate(keys) for one in slowly.get(key, [])]
    assert list(zip(index.tolist(), found.tolist(), strict=True)) == expected
