"""The lines of texts as arrays against the lines of each text as Python cuts it."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from rubricate.corpus.cleaning.line_table import LineTable, table_of_lines, where

TEXTS = st.lists(
    st.text(st.sampled_from("aB .\n\n\t\u00a0\u3000۱制😀\ud800"), max_size=60)
    | st.sampled_from(["", "\n", " \n ", " " * 30 + "a" + " " * 30, "a" * 40 + " b", "a" * 16 + " b\n"]),
    min_size=1,
    max_size=5,
)


def lines_of(table: LineTable, number: int) -> range:
    """The numbers of the lines of a text."""
    behind = [*table.line[1:], len(table.start) + 1]
    return range(table.line[number], behind[number] - 1)


@given(TEXTS)
@example([" " * 9 + "a\n" + " " * 9 + "\na" + " " * 9, "a"])
def test_lines_are_those_that_python_cuts(texts: list[str]) -> None:
    table = table_of_lines(texts)
    for number, text in enumerate(texts):
        lines = lines_of(table, number)
        assert [table[line] for line in lines] == [line.strip() for line in text.split("\n")]
        start, raw_start = table.start[lines], table.raw_start[lines]
        indents = [len(raw) - len(raw.lstrip()) for raw in text.split("\n")]
        assert [
            indent for indent, line in zip((start - raw_start).tolist(), lines, strict=True) if table[line]
        ] == [indent for indent, raw in zip(indents, text.split("\n"), strict=True) if raw.strip()]
        assert table.text[table.offset[number] :].startswith(text)


@given(TEXTS)
def test_edges_and_first_words_are_those_of_the_lines(texts: list[str]) -> None:
    table = table_of_lines(texts)
    filled = (table.end > table.start).nonzero()[0]
    lines = [table[line] for line in filled.tolist()]
    assert list(map(chr, table.firsts(filled).tolist())) == [line[0] for line in lines]
    assert list(map(chr, table.lasts(filled).tolist())) == [line[-1] for line in lines]
    assert list(map(chr, table.seconds(filled).tolist())) == [line[:2][-1] for line in lines]
    assert table.first_words(filled).tolist() == [len(line.partition(" ")[0]) for line in lines]


@given(TEXTS)
def test_every_character_lies_in_its_line(texts: list[str]) -> None:
    table = table_of_lines(texts)
    offsets = list(range(len(table.text)))
    assert table.lines_at(offsets).tolist() == [table.text.count("\n", 0, offset) for offset in offsets]


def test_a_test_is_asked_once_for_each_character() -> None:
    asked: list[str] = []

    def test(character: str) -> bool:
        asked.append(character)
        return character == "b"

    codes = table_of_lines(["abba"]).codes
    assert where(codes, test).tolist() == [False, True, True, False]
    assert asked == ["a", "b"]
    assert where(codes[:0], test).tolist() == []
