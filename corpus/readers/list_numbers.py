"""The numbers that word processors show before paragraphs: they are not in the text, but counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ALPHABETS = {
    "lowerLetter": _LATIN,
    "upperLetter": _LATIN.upper(),
    "russianLower": "абвгдежзиклмнопрстуфхцчшщыэюя",
    "russianUpper": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ",
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
}
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LARGEST_ROMAN = 3999
_MOST_LETTERS = 4  # beyond "dddd" nobody counts in letters
_DEEPEST = 9  # word processors have nine or ten levels

LONGEST_LABEL = 255
"""Characters that may stand around the numbers of a label: it is stored once and shown many times."""

BULLET = "bullet"
"""The format of a level whose items have a mark, but no number."""


@dataclass(frozen=True, slots=True)
class Level:
    """How the items of one level of a list are numbered.

    ``label`` is made of texts and levels (from 0) whose numbers stand between them: ``(0, ".", 1, ")")``
    is "2.1)". ``plain`` shows all of them in decimal digits. ``restarts`` is False where the count goes on
    behind an item of a higher level.
    """

    format: str = BULLET
    label: tuple[str | int, ...] = ()
    start: int = 1
    restarts: bool = True
    plain: bool = False


def advance(levels: Mapping[int, Level], counts: dict[int, int], depth: int) -> str:
    """Count an item of level ``depth`` in ``counts`` and return its label; empty for a bullet."""
    depth = min(max(depth, 0), _DEEPEST)
    level = levels.get(depth, Level())
    counts[depth] = counts.get(depth, level.start - 1) + 1
    for deeper in [other for other in counts if other > depth]:
        if levels.get(deeper, level).restarts:
            del counts[deeper]
    if level.format == BULLET:
        return ""
    return "".join(
        piece if isinstance(piece, str) else _shown(levels, counts, piece, level.plain)
        for piece in level.label
    ).strip()


def _shown(levels: Mapping[int, Level], counts: Mapping[int, int], depth: int, plain: bool) -> str:
    level = levels.get(depth, Level())
    if level.format == BULLET:
        return ""
    return numeral(counts.get(depth, level.start), "decimal" if plain else level.format)


def numeral(number: int, style: str) -> str:
    """A number in letters, Roman or decimal digits; formats that are not known count in decimal ones.

    ``lowerLetter`` goes on behind z with aa, bb, …; ``lowerAlphabetic`` with aa, ab, ….

    >>> numeral(4, "upperRoman"), numeral(28, "lowerLetter"), numeral(28, "lowerAlphabetic")
    ('IV', 'bb', 'ab')
    """
    if style == "none":
        return ""
    if style in ("lowerRoman", "upperRoman") and 0 < number <= _LARGEST_ROMAN:
        return _in_case(_roman(number), style)
    if style in ("lowerAlphabetic", "upperAlphabetic") and number > 0:
        return _in_case(_alphabetic(number), style)
    alphabet = _ALPHABETS.get(style, "")
    if alphabet and 0 < number <= _MOST_LETTERS * len(alphabet):
        times, place = divmod(number - 1, len(alphabet))
        return alphabet[place] * (times + 1)
    return f"{number:02}" if style == "decimalZero" else str(number)


def _in_case(letters: str, style: str) -> str:
    return letters.upper() if style.startswith("upper") else letters


def _roman(number: int) -> str:
    letters = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        letters += sign * times
    return letters


def _alphabetic(number: int) -> str:
    letters = ""
    while number:
        number, place = divmod(number - 1, len(_LATIN))
        letters = _LATIN[place] + letters
    return letters
