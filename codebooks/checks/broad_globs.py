"""Globs that hold for a great part of all words."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from rubricate.codebooks.checks.doubt import Doubt
from rubricate.codebooks.checks.words import glob_holds
from rubricate.codebooks.yaml_fields import shown
from rubricate.corpus.words.lemmas import listed_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rubricate.codebooks.checks.words import Worded
    from rubricate.codebooks.codebook import Codebook

BROAD = 0.01
"""The share of a word list from which on a glob is broad: no theme has a hundredth of all words."""

_ASKED = 4000
"""So many words of a list, evenly spread, stand for all of it."""

_SHOWN = 4
_LAST = "\U0010ffff"


def broad_globs(_: Codebook, entries: Sequence[Worded]) -> Iterator[Doubt]:
    """A doubt for every entry of one word that is a glob and finds BROAD of the word list or more."""
    for each in entries:
        slots = each.term.slots if each.term else ()
        if len(slots) != 1 or slots[0].kind != "glob":
            continue
        asked, found = _found(slots[0].text, each.language)
        if found and len(found) >= BROAD * asked:
            some = ", ".join(found[:: -(-len(found) // _SHOWN)])
            message = (
                f"{shown(each.entry.text)} finds one word in {round(asked / len(found))} of the word list, "
                f"such as {some}; write more letters"
            )
            yield Doubt("broad_glob", each.entry.mark, each.code.id, each.entry.id, message)


def _found(glob: str, language: str) -> tuple[int, list[str]]:
    """How many words are asked, and those among them for which a glob holds."""
    words, backwards = _words(language)
    head = glob.split("*", maxsplit=1)[0].split("?", maxsplit=1)[0]
    tail = glob.rsplit("*", maxsplit=1)[-1].rsplit("?", maxsplit=1)[-1]
    near = _beginning(words, head)
    if len(tail) > len(head):
        near = [word[::-1] for word in _beginning(backwards, tail[::-1])]
    if len(near) < BROAD * len(words):
        return len(words), []
    return len(words), sorted(word for word in near if glob_holds(glob, word))


def _beginning(words: Sequence[str], letters: str) -> Sequence[str]:
    """Those of some sorted words that begin with some letters."""
    return words[bisect_left(words, letters) : bisect_left(words, letters + _LAST)]


@cache
def _words(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words of a language's list, sorted, and the same backwards, sorted."""
    known = listed_words(language)
    words = known[:: max(1, len(known) // _ASKED)]
    return words, tuple(sorted(word[::-1] for word in words))
