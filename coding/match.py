"""Finding terms in a reading: word lookups joined to phrases on arrays.

The word that occurs least in the reading is the anchor of a phrase; its neighbours are looked up only
where the anchor stands. Python runs per distinct word, and per match only for gaps other than a plain
space or hyphen, for terms without words and for regexes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.coding.gaps import literal_gaps_hold
from rubricate.coding.plan import NO_SLOT, Terms
from rubricate.coding.spans import find_spans
from rubricate.corpus.words.characters import DASH, DASHES, SPACE, ZWNJ

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]

_WIDE_JOINT = re.compile(rf"\s+|[{re.escape(DASHES)}{ZWNJ}]|[{re.escape(DASHES)}{ZWNJ}]\s*\n\s*")


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """Places where terms stand: ``term`` (index), ``start`` and ``end`` in the joined text, ``word`` and
    ``words`` (the first matched word and how many; 0 for a term without words).
    """

    term: Ints
    start: Ints
    end: Ints
    word: Ints
    words: Ints

    def __len__(self) -> int:
        return len(self.term)

    def take(self, which: Ints | Bools) -> Matches:
        """The matches at these indices, or where this is true."""
        return Matches(
            self.term[which], self.start[which], self.end[which], self.word[which], self.words[which]
        )


def find_terms(terms: Terms, reading: Reading, spoken: Bools | None = None) -> Matches:
    """Every match of every term, in the paragraphs where ``spoken`` is true (None: in all)."""
    found = [
        find_phrases(terms, reading, None if spoken is None else reading.words_in(spoken)),
        *(
            _find_wordless(index, find_spans(term, reading, spoken), reading)
            for index, term in enumerate(terms.terms)
            if not term.slots
        ),
    ]
    return joined(found)


def joined(parts: list[Matches]) -> Matches:
    """Several matches one after another."""
    import numpy as np

    return Matches(*(np.concatenate([getattr(part, name) for part in parts]) for name in Matches.__slots__))


def find_phrases(terms: Terms, reading: Reading, at: Ints | None) -> Matches:
    """Every match of the terms that have words, in stretches of words (positions; None: in all words)."""
    import numpy as np

    words = reading.words
    word_ids, slots = terms.lexicon.pairs(reading.vocabulary)
    fills = _Fills(word_ids, slots, len(reading.vocabulary.words), len(terms.lexicon.slots))
    at = np.flatnonzero(fills.any[words.id]) if at is None else at[fills.any[words.id[at]]]
    at, slot = fills.expand(at, words.id[at])
    first, term = _anchored(terms, at, slot, len(terms.lexicon.slots))
    length = terms.length[term]
    fits = (first >= 0) & (first + length <= len(words))
    first, term, length = first[fits], term[fits], length[fits]
    for place in range(terms.slots.shape[1]):
        keep = _fills_place(terms, reading, fills, first, term, length, place)
        first, term, length = first[keep], term[keep], length[keep]
    start, end = words.start[first].copy(), words.end[first + length - 1].copy()
    keep = literal_gaps_hold(terms, reading, first, term, length, start, end)
    return Matches(term, start, end, first, length).take(keep)


class _Fills:
    """Which words fill which slots, for lookups by array."""

    def __init__(self, word_ids: Ints, slots: Ints, words: int, all_slots: int) -> None:
        import numpy as np

        self._keys = word_ids * max(all_slots, 1) + slots
        self._all_slots = max(all_slots, 1)
        self._slots = slots
        self._first = np.searchsorted(word_ids, np.arange(words))
        self._count = np.bincount(word_ids, minlength=words)
        self.any = self._count > 0

    def expand(self, at: Ints, word_id: NDArray[np.int32]) -> tuple[Ints, Ints]:
        """Each position once for every slot that its word fills."""
        import numpy as np

        count = self._count[word_id]
        behind = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        return np.repeat(at, count), self._slots[np.repeat(self._first[word_id], count) + behind]

    def holds(self, word_id: NDArray[np.int32], slot: Ints) -> Bools:
        """Whether each word fills the slot beside it."""
        import numpy as np

        key = word_id.astype(np.int64) * self._all_slots + slot
        place = np.minimum(np.searchsorted(self._keys, key), len(self._keys) - 1)
        holds: Bools = self._keys[place] == key
        return holds


def _anchored(terms: Terms, at: Ints, slot: Ints, slots: int) -> tuple[Ints, Ints]:
    """(first word, term) for every term whose anchor slot is filled at a position."""
    import numpy as np

    frequency = np.append(np.bincount(slot, minlength=slots), len(at) + 1)  # the last one stands for NO_SLOT
    place = np.argmin(frequency[terms.slots], axis=1)
    phrases = np.flatnonzero(terms.length > 0)
    anchor = terms.slots[phrases, place[phrases]]
    order = np.argsort(anchor, kind="stable")
    count = np.bincount(anchor, minlength=slots)
    first = np.cumsum(count) - count
    repeats = count[slot]
    behind = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    term = phrases[order[np.repeat(first[slot], repeats) + behind]]
    return np.repeat(at, repeats) - place[term], term


def _fills_place(
    terms: Terms, reading: Reading, fills: _Fills, first: Ints, term: Ints, length: Ints, place: int
) -> Bools:
    """Whether the word at a place of each match fits, and joins the word before it."""
    import numpy as np

    keep = np.ones(len(first), bool)
    reaching = np.flatnonzero(length > place)
    at, which = first[reaching] + place, term[reaching]
    slot = terms.slots[which, place]
    keep[reaching] = (slot != NO_SLOT) & fills.holds(reading.words.id[at], slot) if len(reaching) else True
    if place:
        same = reading.word_paragraph[at] == reading.word_paragraph[at - 1]
        joint = terms.gaps[which, place] == 1
        keep[reaching] &= same & (~joint | _joint(reading, at))
    return keep


def _joint(reading: Reading, at: Ints) -> Bools:
    """Whether white space, an unspaced hyphen, or a hyphen at a line break is all before each word."""
    import numpy as np

    words = reading.words
    before, start = words.end[at - 1], words.start[at]
    kind = words.kinds[np.minimum(before, len(words.kinds) - 1)]
    joint: Bools = (start - before == 1) & ((kind == SPACE) | (kind == DASH))
    for index in np.flatnonzero(start - before > 1).tolist():
        joint[index] = _WIDE_JOINT.fullmatch(words.text, before[index], start[index]) is not None
    return joint


def _find_wordless(index: int, spans: Iterable[tuple[int, int]], reading: Reading) -> Matches:
    """Matches of a regex, or of a term without words."""
    import numpy as np

    edges = np.array(list(spans), np.int64).reshape(-1, 2)
    return touching(reading, np.full(len(edges), index), edges[:, 0], edges[:, 1])


def touching(reading: Reading, term: Ints, start: Ints, end: Ints) -> Matches:
    """Matches that were found by their characters, with the words that they touch."""
    import numpy as np

    word = np.searchsorted(reading.words.end, start, side="right")
    behind = np.searchsorted(reading.words.start, end, side="left")
    return Matches(term, start, end, word, np.maximum(behind - word, 0))
