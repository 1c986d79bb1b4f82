"""What becomes of a hyphen or dash where a line or page ends."""

from __future__ import annotations

import re

from rubricate.corpus.words.characters import DASHES
from rubricate.corpus.words.lemmas import is_listed

_LAST_WORD = re.compile(r"\w+$")
_FIRST_WORD = re.compile(r"\w+")
_HYPHENS = "-‐"
_EDGE_DASHES = frozenset(DASHES)


def ends_in_dash(line: str) -> bool:
    """Whether a line ends with a hyphen or dash that touches its word, so that no space comes behind it."""
    return line[-1] in _EDGE_DASHES and not line[-2:-1].isspace()


class Hyphens:
    """Asks a document and the word list of its language whether a hyphen at a line end is one of spelling."""

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._language = language
        self._folded = ""

    def kept(self, before: str, line: str) -> str:
        """What stays of the dash at the end of ``before`` when ``line`` is put behind it: itself or nothing.

        A hyphen stays unless the joined form occurs in the document and the hyphenated one does not, or,
        where neither occurs, the joined form is a known word and a half is not.
        """
        return "" if before[-1] in _HYPHENS and self._was_one_word(before[:-1], line) else before[-1]

    def _was_one_word(self, before: str, line: str) -> bool:
        found, following = _LAST_WORD.search(before), _FIRST_WORD.match(line)
        if not found or not following:
            return False
        half, other = found[0], following[0]
        if not (half.isalpha() and other.isalpha() and other.islower()):
            return False
        one, two = half.casefold(), other.casefold()
        self._folded = self._folded or self._text.casefold()
        whole, hyphenated = self._has(one + two), self._has(f"{one}-{two}")
        if whole or hyphenated:
            return whole and not hyphenated
        known = is_listed(one + two, self._language)
        return known and not (is_listed(one, self._language) and is_listed(two, self._language))

    def _has(self, word: str) -> bool:
        found = word in self._folded and re.search(rf"\b{re.escape(word)}\b", self._folded)
        return bool(found)
