"""Rows of repairs.csv, looked up for all words of a text at once."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from rubricate.corpus.words.borders import code_points
from rubricate.corpus.words.characters import LETTER, MARK, classify, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rubricate.corpus.study.repair_rows import RepairRow

_SPACES = re.compile(r"\s+")
_LENGTH_BITS = 32  # of a key, below the first letter


def inside_word(text: str, place: int) -> bool:
    """Whether a word goes on across a place of the text."""
    return 0 < place < len(text) and _in_word(text[place - 1]) and _in_word(text[place])


def _in_word(character: str) -> bool:
    return kind_of(character) in (LETTER, MARK)


class RowIndex:
    """Rows by the word with which they begin; a text is cut into words once, however many rows there are.

    Rows that begin with anything else (a sign, a space, a character that is a word of its own) are few
    and searched one by one.
    """

    def __init__(self, rows: Sequence[RepairRow]) -> None:
        import numpy as np

        self._by_word: dict[str, list[RepairRow]] = {}
        self._others: list[RepairRow] = []
        for row in rows:
            if word := "".join(takewhile(_in_word, row.before)):
                self._by_word.setdefault(word, []).append(row)
            else:
                self._others.append(row)
        keys = [ord(word[0]) << _LENGTH_BITS | len(word) for word in self._by_word]
        self._keys = np.array(keys, np.int64)

    def candidates(self, text: str) -> Iterator[tuple[int, RepairRow]]:
        """Places where a row may begin, with the row: where it does begin is among them."""
        if self._by_word and text:
            yield from self._at_words(text)
        for row in self._others:
            yield from ((place, row) for place in _places(text, _SPACES.split(row.before)))

    def _at_words(self, text: str) -> Iterator[tuple[int, RepairRow]]:
        import numpy as np

        codes = code_points(text)
        kinds = classify(codes)
        inside = np.zeros(len(kinds) + 2, bool)
        inside[1:-1] = (kinds == LETTER) | (kinds == MARK)
        edges = np.flatnonzero(inside[1:] != inside[:-1])
        start, end = edges[::2], edges[1::2]
        # Most words have not even the first letter and the length of one that is looked for.
        keep = np.isin(codes[start].astype(np.int64) << _LENGTH_BITS | (end - start), self._keys)
        for one, other in zip(start[keep].tolist(), end[keep].tolist(), strict=True):
            for row in self._by_word.get(text[one:other], ()):
                yield one, row


def _places(text: str, chunks: Sequence[str]) -> Iterator[int]:
    """Where a row may begin that begins with no letter; ``chunks`` are its words, the first empty where it
    begins with white space.
    """
    first = chunks[0] or chunks[1]
    place = text.find(first)
    while place >= 0:
        start = place
        if chunks[0]:
            yield place
        while not chunks[0] and start and text[start - 1].isspace():
            start -= 1
            yield start
        place = text.find(first, place + 1)
