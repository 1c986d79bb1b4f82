"""Which characters make words, join them, or part them: one table for every script."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OTHER, LETTER, MARK, SINGLE, SINGLE_MARK, SPACE, DASH, TERMINAL, CLOSER, OPENER = range(10)
"""Classes of characters. LETTER and MARK run together to words; every SINGLE (Han, kana, Thai, Lao,
Khmer, Myanmar) is a word of its own with the SINGLE_MARKs behind it; DASH is what can join two words
like an unspaced hyphen; TERMINAL can end a sentence, with CLOSERs behind it."""

DASHES = "-‐‑‒–—―−﹘﹣－־"
HYPHENS = "-‐‑﹣－"
"""The dashes that can stand inside a word."""
QUOTES = {"'": "‘’‚‛`´ʼʹ′＇", '"': "“”„‟«»″＂"}
ZWNJ = "\u200c"
IGNORED = "\u00ad\u061c\u200d\u200e\u200f\u2060\ufeff" + "".join(
    map(
        chr,
        (*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)),
    )
)
"""Invisible characters that neither part nor make words: soft hyphen, joiners, direction marks, variation
selectors (an emoji is no word because one stands behind it)."""

TERMINALS = ".!?…؟۔。！？｡।॥"
UNSPACED_TERMINALS = "。！？｡"
"""Terminals that end a sentence without a space behind them."""

_CLOSERS = ")]}”’\"'»›」』）】》〉〕〗¹²³⁴⁵⁶⁷⁸⁹⁰"
_OPENERS = "([{“‘\"'«‹「『（【《〈〔〖¿¡"
_SINGLE_RANGES = (
    (0x0E00, 0x0F00),  # Thai, Lao
    (0x1000, 0x10A0),  # Myanmar
    (0x1780, 0x1800),  # Khmer
    (0x3005, 0x3008),  # iteration marks, ideographic zero
    (0x3021, 0x302A),  # Hangzhou numerals
    (0x3040, 0x3100),  # kana
    (0x31F0, 0x3200),
    (0x3400, 0x4DC0),  # Han
    (0x4E00, 0xA000),
    (0xA9E0, 0xAA00),  # Myanmar extensions
    (0xAA60, 0xAA80),
    (0xF900, 0xFB00),  # Han compatibility
    (0xFF66, 0xFF9E),  # half-width kana
    (0x1B000, 0x1B170),  # kana supplement
    (0x20000, 0x40000),  # Han, planes 2 and 3
)


_NAMED = {
    character: kind
    for characters, kind in (
        ("".join(QUOTES.values()), OTHER),  # ʼ is a letter to Unicode, and an apostrophe to its readers
        (_CLOSERS, CLOSER),
        (_OPENERS, OPENER),  # a straight quote is both; the sentence rules ask for either
        (DASHES + ZWNJ, DASH),
        (IGNORED, MARK),
        (TERMINALS, TERMINAL),
        ("_", LETTER),
    )
    for character in characters
}
"""Characters whose class is not that of their general category; of two classes the last holds."""

_CATEGORIES = {
    **dict.fromkeys(("Cc", "Cf", "Cn", "Co", "Cs"), OTHER),
    **dict.fromkeys(("Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl"), LETTER),
    **dict.fromkeys(("Mn", "Mc", "Me"), MARK),
    **dict.fromkeys(("No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"), OTHER),
    **dict.fromkeys(("Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp"), OTHER),
}
"""General category → class, but for white space and what is named above."""


@cache
def kind_of(character: str) -> int:
    """The class of a single character."""
    if character in _NAMED:
        return _NAMED[character]
    kind = _general_class(character)
    if any(start <= ord(character) < end for start, end in _SINGLE_RANGES):
        return {LETTER: SINGLE, MARK: SINGLE_MARK}.get(kind, kind)
    return kind


BMP = 0x10000
_ALL = 0x110000
_NOT_ASKED = 255


def classify(codes: NDArray[np.uint16] | NDArray[np.uint32]) -> NDArray[np.uint8]:
    """The class of each code point."""
    import numpy as np

    # Nearly all characters are below 256: their low bytes go through the table in one sweep.
    kinds = np.frombuffer(bytearray(codes.astype(np.uint8)).translate(_low_classes()), np.uint8)
    beyond = np.flatnonzero(codes > 255)
    kinds[beyond] = _classes(codes[beyond])
    return kinds


@cache
def _low_classes() -> bytes:
    """The classes of the code points below 256."""
    return bytes(map(kind_of, map(chr, range(256))))


@cache
def _known() -> NDArray[np.uint8]:
    """The class of every code point that a text had so far; to look all of them up would take longer than to
    read a short text.
    """
    import numpy as np

    return np.full(_ALL, _NOT_ASKED, np.uint8)


def _classes(codes: NDArray[np.uint16] | NDArray[np.uint32]) -> NDArray[np.uint8]:
    import numpy as np

    known = _known()
    new = codes[known[codes] == _NOT_ASKED]
    for code in np.unique(new).tolist():
        known[code] = kind_of(chr(code))
    return known[codes]


def _general_class(character: str) -> int:
    return SPACE if character.isspace() else _CATEGORIES[unicodedata.category(character)]
