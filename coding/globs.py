"""Globs that are more than a word with its beginning: which words they hold for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rubricate.codebooks.regexes import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Found = tuple[int, list[str]]

_INDEXED = 2  # letters at an end that leave few enough words to look at one by one


class Globs:
    """Globs with the numbers of their slots, ordered by the letters that their words begin or end with.

    A glob with less than two such letters is looked for in all words at once, by RE2.
    """

    def __init__(self, globs: Iterable[tuple[int, str]]) -> None:
        self._heads: dict[str, list[Found]] = {}
        self._tails: dict[str, list[Found]] = {}
        self._others: list[tuple[int, str]] = []
        self._any: list[int] = []
        for slot, glob in globs:
            self._add(slot, glob)
        self._head_lengths = sorted({len(head) for head in self._heads})
        self._tail_lengths = sorted({len(tail) for tail in self._tails})

    def _add(self, slot: int, glob: str) -> None:
        if not glob.strip("*"):
            self._any.append(slot)
            return
        ends = re.split(r"[*?]", glob)
        head, tail = ends[0], ends[-1]
        if max(len(head), len(tail)) < _INDEXED:
            self._others.append((slot, _regex(glob)))
        elif len(head) >= len(tail):
            self._heads.setdefault(head, []).append((slot, glob.split("*")))
        else:
            self._tails.setdefault(tail, []).append((slot, glob.split("*")))

    def pairs(self, words: list[str]) -> Iterator[tuple[int, int]]:
        """Every (index of the word, slot) pair in which the glob holds for the word, in no order."""
        for index, slot, parts in self._candidates(words):
            if _holds(parts, words[index]):
                yield index, slot
        yield from ((index, slot) for slot in self._any for index in range(len(words)))
        if self._others and words:
            yield from self._by_scan(words)

    def _candidates(self, words: list[str]) -> Iterator[tuple[int, int, list[str]]]:
        """Index of the word, slot and parts of every glob of which the word has the beginning or the end."""
        for length in self._head_lengths:
            yield from _known(self._heads, [word[:length] for word in words])
        for length in self._tail_lengths:
            yield from _known(self._tails, [word[-length:] for word in words])

    def _by_scan(self, words: list[str]) -> Iterator[tuple[int, int]]:
        import numpy as np

        text = "\n".join(words)
        starts = np.cumsum([0, *(len(word) + 1 for word in words)])
        for slot, pattern in self._others:
            for match in compiled(pattern).finditer(text):
                yield int(np.searchsorted(starts, match.start(), side="right")) - 1, slot


def _known(globs: dict[str, list[Found]], ends: list[str]) -> Iterator[tuple[int, int, list[str]]]:
    """Of the ends of words those that globs have, each with its index; shorter words have none of these."""
    for index in [index for index, end in enumerate(ends) if end in globs]:
        yield from ((index, slot, parts) for slot, parts in globs[ends[index]])


def _regex(glob: str) -> str:
    body = re.escape(glob).replace(r"\*", ".*").replace(r"\?", ".")
    return f"(?m)^{body}$"


def _holds(parts: list[str], word: str) -> bool:
    """Whether a word is these parts with anything between them; each part is taken as early as possible."""
    head, tail = parts[0], parts[-1]
    if len(parts) == 1:
        return len(word) == len(head) and _stands(head, word, 0)
    at, end = len(head), len(word) - len(tail)
    if at > end or not _stands(head, word, 0) or not _stands(tail, word, end):
        return False
    for part in parts[1:-1]:
        at = _next(part, word, at)
        if at < 0:
            return False
        at += len(part)
    return at <= end


def _stands(part: str, word: str, at: int) -> bool:
    if "?" not in part:
        return word.startswith(part, at)
    pairs = zip(part, word[at : at + len(part)], strict=True)
    return all(wanted in ("?", seen) for wanted, seen in pairs)


def _next(part: str, word: str, at: int) -> int:
    if "?" not in part:
        return word.find(part, at)
    places = range(at, len(word) - len(part) + 1)
    return next((place for place in places if _stands(part, word, place)), -1)
