"""Finding terms in a reading: word lookups joined to phrases on arrays.

The word that occurs least in the reading is the anchor of a phrase; its neighbours are looked up only
where the anchor stands. Python runs per distinct word, and per match only for gaps other than a plain
space or hyphen, for terms without words and for regexes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.coding.fills import Fills
from rubricate.coding.gaps import literal_gaps_hold
from rubricate.corpus.words.joints import joints

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rubricate.coding.plan import Terms
    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints, Words

    Bools = NDArray[np.bool_]


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
        if which.dtype == bool and which.all():
            return self
        return Matches(
            self.term[which], self.start[which], self.end[which], self.word[which], self.words[which]
        )


def find_terms(terms: Terms, reading: Reading, spoken: Bools | None = None) -> Matches:
    """Every match of every term, in the paragraphs where ``spoken`` is true (None: in all)."""
    phrases = find_phrases(terms, reading, None if spoken is None else reading.words_in(spoken))
    return joined([phrases, _find_wordless(terms, reading, spoken)])


def joined(parts: list[Matches]) -> Matches:
    """Several matches one after another."""
    import numpy as np

    return Matches(*(np.concatenate([getattr(part, name) for part in parts]) for name in Matches.__slots__))


def find_phrases(terms: Terms, reading: Reading, at: Ints | None) -> Matches:
    """Every match of the terms that have words, in stretches of words (positions; None: in all words)."""
    words = reading.words
    fills = Fills(*terms.lexicon.pairs(reading.vocabulary), len(reading.vocabulary.words))
    first, term = _anchored(terms, fills, words, at)
    length = terms.length[term]
    fits = (first >= 0) & (first + length <= len(words))
    first, term, length = first[fits], term[fits], length[fits]
    for place in range(terms.slots.shape[1]):
        keep = _fills_place(terms, reading, fills, first, term, length, place)
        first, term, length = first[keep], term[keep], length[keep]
    start, end = words.edges(first)
    if terms.slots.shape[1] > 1:
        end = words.edges(first + length - 1)[1]
    keep = literal_gaps_hold(terms, reading, first, term, length, start, end)
    return Matches(term, start, end, first, length).take(keep)


def _anchored(terms: Terms, fills: Fills, words: Words, at: Ints | None) -> tuple[Ints, Ints]:
    """(first word, term) for every term whose anchor slot is filled at one of the positions."""
    import numpy as np

    slots = len(terms.lexicon.slots)
    phrases = np.flatnonzero(terms.length > 0)
    place = np.zeros(len(terms.terms), np.int64)
    if terms.slots.shape[1] > 1:
        size = len(fills.any)
        often = words.frequencies(size) if at is None else np.bincount(words.ids(at), minlength=size)
        frequency = np.append(fills.frequencies(often, slots), np.iinfo(np.int64).max)  # the last: NO_SLOT
        place = np.argmin(frequency[terms.slots], axis=1)
    anchor = terms.slots[phrases, place[phrases]]
    order = np.argsort(anchor, kind="stable")
    count = np.bincount(anchor, minlength=slots)
    anchors = fills.of(count > 0)
    filled = words.those(anchors.any) if at is None else at[anchors.any[words.ids(at)]]
    at, slot = anchors.expand(filled, words.ids(filled))
    first = np.cumsum(count) - count
    repeats = count[slot]
    behind = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    term = phrases[order[np.repeat(first[slot], repeats) + behind]]
    return np.repeat(at, repeats) - place[term], term


def _fills_place(
    terms: Terms, reading: Reading, fills: Fills, first: Ints, term: Ints, length: Ints, place: int
) -> Bools:
    """Whether the word at a place of each match fits, and joins the word before it."""
    import numpy as np

    keep = np.ones(len(first), bool)
    reaching = np.flatnonzero(length > max(place, 1))  # a term of one word stands where it is anchored
    at, which = first[reaching] + place, term[reaching]
    fits = fills.holds(reading.words.ids(at), terms.slots[which, place])
    keep[reaching] = fits
    if place:
        reaching, at, which = reaching[fits], at[fits], which[fits]
        keep[reaching] = reading.paragraph_of(at) == reading.paragraph_of(at - 1)
        joint = terms.gaps[which, place] == 1
        keep[reaching[joint]] &= joints(reading.words, at[joint])
    return keep


def _find_wordless(terms: Terms, reading: Reading, spoken: Bools | None) -> Matches:
    """Matches of regexes, and of terms without words."""
    import numpy as np

    found = np.array(list(terms.wordless.find(reading, spoken)), np.int64).reshape(-1, 3)
    return touching(reading, found[:, 0], found[:, 1], found[:, 2])


def touching(reading: Reading, term: Ints, start: Ints, end: Ints) -> Matches:
    """Matches that were found by their characters, with the words that they touch."""
    import numpy as np

    if not len(term):
        return Matches(term, start, end, start, end)
    word = np.searchsorted(reading.words.end, start, side="right")
    behind = np.searchsorted(reading.words.start, end, side="left")
    return Matches(term, start, end, word, np.maximum(behind - word, 0))
