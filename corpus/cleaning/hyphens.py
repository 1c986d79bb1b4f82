"""What becomes of a hyphen or dash where a line or page ends."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from rubricate.corpus.words.characters import DASHES, SINGLE, SINGLE_MARK, kind_of
from rubricate.corpus.words.lemmas import is_listed

if TYPE_CHECKING:
    from collections.abc import Iterator

BREAKABLE = "\u00ad¬"
"""What is only written where a line breaks a word: the soft hyphen, and what some programs put for it."""

FIRST_UNSPACED = "\u0e00"
"""The first character of a script that writes without spaces."""

_LAST_WORD = re.compile(r"\w+$")
_FIRST_WORD = re.compile(r"\w+")
_WORDS = re.compile(r"\w+(?:-\w+)*")
_LONGEST = 64  # no word is longer
_HYPHENS = "-‐"
_EDGES = frozenset(DASHES) | frozenset(BREAKABLE)
_FEW = 16  # hyphens, that are looked for in the text one by one; for more it is cut into its words


def ends_in_dash(line: str) -> bool:
    """Whether a line ends with a hyphen or dash that touches its word, so that no space comes behind it."""
    return line[-1] in _EDGES and not line[-2:-1].isspace()


def without_space(before: str, line: str) -> bool:
    """Whether two lines are joined without a space, because their script writes none (Han, kana, Thai)."""
    if before[-1] < FIRST_UNSPACED or line[0] < FIRST_UNSPACED:
        return False
    return all(kind_of(character) in (SINGLE, SINGLE_MARK) for character in (before[-1], line[0]))


class Hyphens:
    """Asks a document and the word list of its language whether a hyphen at a line end is one of spelling."""

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._language = language
        self._asked = 0
        self._small = ""
        self._words: frozenset[str] = frozenset()

    def kept(self, before: str, line: str) -> str:
        """What stays of the dash at the end of ``before`` when ``line`` is put behind it: itself or nothing.

        A hyphen stays unless the joined form occurs in the document and the hyphenated one does not, or,
        where neither occurs, the joined form is a known word and a half is not.
        """
        if before[-1] in BREAKABLE:
            return ""
        return "" if before[-1] in _HYPHENS and self._was_one_word(before[:-1], line) else before[-1]

    def _was_one_word(self, before: str, line: str) -> bool:
        found, following = _LAST_WORD.search(before[-_LONGEST:]), _FIRST_WORD.match(line[:_LONGEST])
        if not found or not following:
            return False
        half, other = found[0], following[0]
        if not (half.isalpha() and other.isalpha() and other.islower()):
            return False
        one, two = half.casefold(), other.casefold()
        whole, hyphenated = self._has(one + two), self._has(f"{one}-{two}")
        if whole or hyphenated:
            return whole and not hyphenated
        known = is_listed(one + two, self._language)
        return known and not (is_listed(one, self._language) and is_listed(two, self._language))

    def _has(self, word: str) -> bool:
        """Whether the text has a word: in small letters, in capitals, or with capitals where words begin."""
        self._asked += 1
        if self._asked == 1:
            self._small = self._text.lower()
        written = {word, word.capitalize(), word.title(), word.upper()}
        if self._asked > _FEW:  # to search the text for each would take hours for a book's
            self._words = self._words or frozenset(_parts(self._text))
            return not self._words.isdisjoint(written)
        if word not in self._small and word.upper().lower() == word:
            return False  # nor in any other letters: one search instead of four
        return any(_stands_in(form, self._text) for form in written)


def _stands_in(word: str, text: str) -> bool:
    """Whether a word stands in a text, and not inside a longer one."""
    start = text.find(word)
    while start >= 0:
        before, behind = text[start - 1 : start], text[start + len(word) : start + len(word) + 1]
        if not _in_word(before) and not _in_word(behind):
            return True
        start = text.find(word, start + 1)
    return False


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _parts(text: str) -> Iterator[str]:
    """The words of a text, the hyphenated pairs of words, and the words in these."""
    for found in _WORDS.findall(text):
        pieces = found.split("-")
        yield from pieces
        yield from map("-".join, pairwise(pieces))
