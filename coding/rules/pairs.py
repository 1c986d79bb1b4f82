"""NEAR and THEN: the smallest pairs of places that stand close enough, on arrays.

Python runs per pair that is found, never per word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.coding.batch import Piece
from rubricate.coding.rules.spans import Spans, in_order

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]
    Pairs = tuple[Ints, Ints]


def pairs(reading: Reading, one: Spans, other: Spans, most: int, *, ordered: bool) -> Spans:
    """From the first word of a place to the last of another, with at most ``most`` words between them.

    They share no word. A pair that has another pair inside it is none; of pairs that begin and end together
    the one with most matched words counts, then the one that comes first.
    """
    import numpy as np

    found = [_nearest_behind(reading, one, other, most)]
    if not ordered:
        second, first = _nearest_behind(reading, other, one, most)
        found += [(first, second), _interleaved(one, other)]
    left, right = (np.concatenate(columns) for columns in zip(*found, strict=True))
    left, right = _smallest(one, other, left, right)
    return _joined(one, other, left, right)


def lonely(reading: Reading, one: Spans, other: Spans, most: int) -> Bools:
    """Which places have no other within ``most`` words; one with which they share a word does not count."""
    import numpy as np

    first, behind = _reach_behind(reading, one, other, most)
    alone = first >= behind
    first, behind = _reach_before(reading, one, other, most)
    alone &= first >= behind
    alone[_interleaved(one, other)[0]] = False
    return np.asarray(alone, bool)


def _reach_behind(reading: Reading, one: Spans, other: Spans, most: int) -> Pairs:
    """For each place the others (a range of their order) that begin behind it and close enough."""
    import numpy as np

    paragraph = reading.paragraph_at(one.start)
    near = np.searchsorted(other.word, one.behind + most, side="right")
    within = np.searchsorted(other.first, reading.paragraph_end[paragraph])
    return np.searchsorted(other.first, one.last), np.minimum(near, within)


def _reach_before(reading: Reading, one: Spans, other: Spans, most: int) -> Pairs:
    """For each place the others (a range of their order by end) that end before it and close enough."""
    import numpy as np

    order = np.argsort(other.last, kind="stable")
    last, behind = other.last[order], other.behind[order]
    paragraph = reading.paragraph_at(one.start)
    near = np.searchsorted(behind, one.word - most)
    within = np.searchsorted(last, reading.paragraph_start[paragraph], side="right")
    return np.maximum(near, within), np.searchsorted(last, one.first, side="right")


def _nearest_behind(reading: Reading, one: Spans, other: Spans, most: int) -> Pairs:
    """For each place with others behind it and close enough, the one of these that ends first.

    Every other of them makes a pair with this pair inside it.
    """
    import numpy as np

    first, behind = _reach_behind(reading, one, other, most)
    some = np.flatnonzero(first < behind)
    if not len(some):
        return some, some
    order = np.lexsort((other.first, -other.matched, other.last))
    rank = np.empty(len(other) + 1, np.int64)
    rank[order], rank[-1] = np.arange(len(other)), len(other)
    some = some[np.argsort(first[some], kind="stable")]
    edges = np.stack((first[some], behind[some]), axis=1).ravel()
    return some, order[np.minimum.reduceat(rank, edges)[::2]]


def _interleaved(one: Spans, other: Spans) -> Pairs:
    """Pairs of places of which one has words between those of the other, and that share none."""
    import numpy as np

    none = np.zeros(0, np.int64)
    if not len(one) or not len(other):
        return none, none
    split = one.matched != one.words, other.matched != other.words
    if not (split[0].any() or split[1].any()):
        return none, none
    longest = int((other.last - other.first).max())
    first = np.searchsorted(other.first, one.first - longest)
    count = np.searchsorted(other.first, one.last) - first
    left = np.repeat(np.arange(len(one)), count)
    right = np.arange(len(left)) - np.repeat(np.cumsum(count) - count - first, count)
    meet = (other.last[right] > one.first[left]) & (split[0][left] | split[1][right])
    left, right = left[meet], right[meet]
    apart = [
        _share_nothing(one.piece(index), other.piece(number))
        for index, number in zip(left.tolist(), right.tolist(), strict=True)
    ]
    keep = np.array(apart, bool)
    return left[keep], right[keep]


def _share_nothing(some: tuple[Piece, ...], others: tuple[Piece, ...]) -> bool:
    return not any(_meet(one, other) for one in some for other in others)


def _meet(one: Piece, other: Piece) -> bool:
    """Whether two pieces share a word, or characters where one of them has no word."""
    if one.words and other.words:
        return one.word < other.word + other.words and other.word < one.word + one.words
    return one.start < other.end and other.start < one.end


def _smallest(one: Spans, other: Spans, left: Ints, right: Ints) -> Pairs:
    """The pairs that have no other pair inside them, each place once."""
    import numpy as np

    first = np.minimum(one.first[left], other.first[right])
    last = np.maximum(one.last[left], other.last[right])
    matched = one.matched[left] + other.matched[right]
    order = np.lexsort((right, left, -matched, -last, first))
    first, last = first[order], last[order]
    keep = np.ones(len(order), bool)
    keep[1:] = (first[1:] != first[:-1]) | (last[1:] != last[:-1])
    order, first, last = order[keep], first[keep], last[keep]
    # What comes later begins later, or ends sooner: it lies inside where it does not end later.
    soonest = np.append(np.minimum.accumulate(last[::-1])[::-1][1:], np.iinfo(np.int64).max)
    order = order[soonest > last]
    return left[order], right[order]


def _joined(one: Spans, other: Spans, left: Ints, right: Ints) -> Spans:
    import numpy as np

    word = np.minimum(one.word[left], other.word[right])
    behind = np.maximum(one.behind[left], other.behind[right])
    matched = one.matched[left] + other.matched[right]
    pieces = np.full(len(left), None, object)
    whole = (matched == behind - word) & (one.matched[left] > 0) & (other.matched[right] > 0)
    some = zip(one.pieces[left].tolist(), other.pieces[right].tolist(), strict=True)
    whole &= np.array([first is second is None for first, second in some], bool)
    for index in np.flatnonzero(~whole).tolist():
        made = _pieces(one.piece(int(left[index])) + other.piece(int(right[index])))
        pieces[index] = made if len(made) > 1 else None
    return in_order(
        Spans(
            np.minimum(one.start[left], other.start[right]),
            np.maximum(one.end[left], other.end[right]),
            np.minimum(one.first[left], other.first[right]),
            np.maximum(one.last[left], other.last[right]),
            word,
            behind - word,
            matched,
            pieces,
        )
    )


def _pieces(some: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Pieces in their order; those without another word between them become one."""
    made: list[Piece] = []
    for one in sorted(some):
        before = made[-1] if made else one
        if made and before.words and one.words and before.word + before.words == one.word:
            made[-1] = Piece(before.start, one.end, before.word, before.words + one.words)
        else:
            made.append(one)
    return tuple(made)
