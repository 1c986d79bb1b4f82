"""How the numbers of lists are written and counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.corpus.readers.list_numbers import BULLET, Level, advance, numeral


@pytest.mark.parametrize(
    ("number", "style", "text"),
    [
        (9, "decimal", "9"),
        (9, "decimalZero", "09"),
        (10, "decimalZero", "10"),
        (0, "decimal", "0"),
        (26, "lowerLetter", "z"),
        (27, "lowerLetter", "aa"),
        (53, "upperLetter", "AAA"),
        (999, "lowerLetter", "999"),
        (0, "lowerLetter", "0"),
        (52, "lowerAlphabetic", "az"),
        (703, "upperAlphabetic", "AAA"),
        (1994, "lowerRoman", "mcmxciv"),
        (4000, "upperRoman", "4000"),
        (3, "russianLower", "в"),
        (2, "arabicAlpha", "ب"),
        (7, "none", ""),
        (7, "koreanCounting", "7"),
    ],
)
def test_numbers_are_written_as_the_list_wants_them(number: int, style: str, text: str) -> None:
    assert numeral(number, style) == text


VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


@given(st.integers(1, 3999))
def test_roman_numerals_read_back_as_their_number(number: int) -> None:
    values = [VALUES[letter] for letter in numeral(number, "lowerRoman")]
    following = [*values[1:], 0]
    assert sum(-v if v < after else v for v, after in zip(values, following, strict=True)) == number


def counted(levels: dict[int, Level], depths: list[int]) -> list[str]:
    counts: dict[int, int] = {}
    return [advance(levels, counts, depth) for depth in depths]


def test_a_deeper_level_begins_anew_behind_an_item_of_a_higher_one() -> None:
    levels = {0: Level("decimal", (0, ".")), 1: Level("lowerLetter", (0, ".", 1))}
    assert counted(levels, [0, 1, 1, 0, 1]) == ["1.", "1.a", "1.b", "2.", "2.a"]
    assert counted({**levels, 1: Level("lowerLetter", (1,), restarts=False)}, [0, 1, 0, 1]) == [
        *("1.", "a", "2.", "b")
    ]


def test_levels_may_start_elsewhere_and_be_shown_in_digits() -> None:
    levels = {0: Level("upperRoman", (0,), start=4), 1: Level("decimal", (0, ".", 1), plain=True)}
    assert counted(levels, [0, 1]) == ["IV", "4.1"]
    assert counted(levels, [1, 1]) == ["4.1", "4.2"]  # above which nothing was counted


def test_bullets_and_levels_that_nobody_described_have_no_label() -> None:
    levels = {0: Level(BULLET, ("•",)), 1: Level("decimal", (0, 1, ")"))}
    assert counted(levels, [0, 1, 7, 10**9, -3]) == ["", "1)", "", "", ""]
    assert counted({}, [0]) == [""]
