"""Rows that are taken by a pattern are those that the csv module reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rubricate.corpus.errors import FileError
from rubricate.corpus.readers import csv_rows
from rubricate.corpus.readers.csv_rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    Rows = Iterable[tuple[int, list[str]]]

CELLS = st.text('ab,;\t" é中😀\0\n', max_size=6)


def told(rows: Rows) -> list[object]:
    """The rows, and behind them what the user is told where they cannot be read on."""
    found: list[object] = []
    try:
        found.extend(rows)
    except FileError as error:
        found.append(str(error))
    return found


def by_the_module(text: str, delimiter: str) -> list[object]:
    return told(csv_rows._any_rows("a.csv", text.splitlines(keepends=True), delimiter, 1))


def by_pattern(text: str, delimiter: str = ",", size: int = 1) -> list[object]:
    return told(rows_of("a.csv", pieces(text, size), delimiter))


def pieces(text: str, size: int) -> list[str]:
    lines = text.splitlines(keepends=True)
    return ["".join(lines[start : start + size]) for start in range(0, len(lines), size)]


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


@given(
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=6),
    delimiter=st.sampled_from(",;\t"),
    size=st.integers(1, 4),
    end=st.sampled_from(["", "\n", "\n\n"]),
)
def test_rows_written_with_quotation_marks_come_back(
    rows: list[list[str]], delimiter: str, size: int, end: str
) -> None:
    text = "\n".join(delimiter.join(map(quoted, row)) for row in rows) + end
    found = by_pattern(text, delimiter, size)
    assert found == by_the_module(text, delimiter)
    assert [row for _, row in found] == rows  # type: ignore[misc]


@given(
    text=st.text('a,"\n', max_size=40) | st.text('ab,;" é中😀\0\n\n""', max_size=80),
    delimiter=st.sampled_from(",;\t"),
    size=st.integers(1, 4),
    longest=st.sampled_from([0, 3, 8, 1000]),
)
@example('a,b\nc,"d\n', ",", 1, 1000)  # never closed
@example('a,b\nc,"d"e\n', ",", 1, 1000)  # no line end behind the quotation mark
@example('a,b\nc,d"e"\nf,g\n', ",", 2, 1000)  # inside a cell without
@example("a,b\n\nc,d\ne\n", ",", 1, 1000)
@example('a,b\n"c\n\nd",e\nf,g', ",", 1, 3)
def test_any_text_is_read_as_the_csv_module_reads_it(
    text: str, delimiter: str, size: int, longest: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_rows, "_LONGEST_PLAIN", longest)
        assert by_pattern(text, delimiter, size) == by_the_module(text, delimiter)


def test_a_row_tells_the_line_in_which_it_begins() -> None:
    assert by_pattern('a,b\n"c\nd",e\n\nf,"g""h"\n') == [
        (1, ["a", "b"]),
        (2, ["c\nd", "e"]),
        (5, ["f", 'g"h']),
    ]


def test_no_text_has_no_rows() -> None:
    assert by_pattern("") == []
    assert told(rows_of("a.csv", [""], ",")) == []


def test_a_column_more_than_a_pattern_may_have_changes_nothing() -> None:
    for columns in (1, 2, 99, 100, 101, 5000):
        text = ",".join(["a"] * columns) + "\n" + ",".join(['"b\n"'] * columns) + "\n"
        assert by_pattern(text) == [(1, ["a"] * columns), (2, ["b\n"] * columns)]


def test_a_cell_longer_than_the_module_allows_by_itself_is_read() -> None:
    long = "a" * 200_000
    for last in ("", "\n", "x\n"):  # the last of them not as plain rows have it
        assert by_pattern(f'id,text\n1,"{long}"\n2,{long}{last}')[1] == (2, ["1", long])


def test_a_row_of_more_than_64_mib_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_rows, "LARGEST_TEXT", 20)
    monkeypatch.setattr(csv_rows, "_LONGEST_PLAIN", 10)
    expected = "a.csv: the row that begins in line 2 is longer than 64 MiB; split it"
    for text in ('id,text\n1,"aaaa\naaaaaaaaaaaaaaaaa"\n', 'id,text\n1,"aaaa\naaaaaaaaaaaaaaaa\naaaaaaaaa'):
        assert by_pattern(text, size=9) == [(1, ["id", "text"]), expected]
