"""Which matches count: those not inside an excluding term, and of those that share a word, the longest."""

from __future__ import annotations

from bisect import bisect_right
from types import MappingProxyType
from typing import TYPE_CHECKING

from rubricate.coding.ordering import order_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.coding.batch import Piece
    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]

NO_PIECES: Mapping[int, Sequence[Piece]] = MappingProxyType({})


def lies_inside(start: Ints, end: Ints, outer_start: Ints, outer_end: Ints) -> Bools:
    """For each range whether it lies inside one of the outer ranges (equal counts as inside)."""
    import numpy as np

    if not len(outer_start):
        return np.zeros(len(start), bool)
    order = np.argsort(outer_start, kind="stable")
    reach = np.maximum.accumulate(outer_end[order])
    last = np.searchsorted(outer_start[order], start, side="right") - 1
    inside: Bools = (last >= 0) & (reach[last] >= end)
    return inside


def keep_longest(
    reading: Reading,
    group: Ints,
    start: Ints,
    end: Ints,
    word: Ints,
    words: Ints,
    rank: Ints,
    pieces: Mapping[int, Sequence[Piece]] = NO_PIECES,
) -> Bools:
    """Which matches of each group stay: most words first, then fewest characters, then leftmost, then
    lowest ``rank``; a match that shares a matched word with one that stays is dropped.

    ``group`` tells apart what never competes (codes). Matches without words compete by characters. Of a match
    in ``pieces``, by its index, only the words of these are matched.
    """
    import numpy as np

    count = len(group)
    keep = np.ones(count, bool)
    if count < 2:
        return keep
    first, last = (edges.copy() for edges in extents(reading, start, end, word, words))
    matched = _matched(words, pieces)
    borders = {index: _borders(reading, some) for index, some in pieces.items()}
    for index, edges in borders.items():  # what has no words may stand beside the words
        first[index] = min(first[index], *(start for start, _ in edges))
        last[index] = max(last[index], *(end for _, end in edges))
    order = order_by(group, first, -last, rank)
    reach = _running_reach(group[order], last[order])
    begins = np.ones(count, bool)
    begins[1:] = (group[order][1:] != group[order][:-1]) | (first[order][1:] >= reach[:-1])
    cluster = np.cumsum(begins) - 1
    crowded = np.flatnonzero(np.bincount(cluster)[cluster] > 1)
    members = order[crowded]
    priority = order_by(
        cluster[crowded], -matched[members], (end - start)[members], start[members], rank[members]
    )
    taken: list[int] = []  # the edges of what stays, sorted: start, end, start, end, …
    current = -1
    columns = (members[priority], cluster[crowded][priority])
    for index, number in zip(*(column.tolist() for column in columns), strict=True):
        if number != current:
            current, taken = number, []
        keep[index] = _take(taken, borders.get(index) or [(int(first[index]), int(last[index]))])
    return keep


def _matched(words: Ints, pieces: Mapping[int, Sequence[Piece]]) -> Ints:
    """How many words of each match are matched."""
    matched = words.copy()
    for index, some in pieces.items():
        matched[index] = sum(one.words for one in some)
    return matched


def _take(taken: list[int], ranges: Sequence[tuple[int, int]]) -> bool:
    """Whether all ranges of a match are free; then their edges are put among those taken."""
    if not all(_is_free(taken, bisect_right(taken, one), other) for one, other in ranges):
        return False
    for one, other in ranges:
        place = bisect_right(taken, one)
        taken[place:place] = [one, other]
    return True


def _is_free(taken: list[int], place: int, end: int) -> bool:
    """Whether no range is open where one begins (``place`` in the edges), and none begins before its end."""
    return place % 2 == 0 and (place == len(taken) or taken[place] >= end)


def _borders(reading: Reading, pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """The characters of each piece from its first word to its last, or its own if it has none."""
    words = reading.words
    return [
        (int(words.start[one.word]), int(words.end[one.word + one.words - 1])) if one.words else one[:2]
        for one in pieces
    ]


def extents(reading: Reading, start: Ints, end: Ints, word: Ints, words: Ints) -> tuple[Ints, Ints]:
    """The characters over which matches compete: from the first matched word to the last."""
    import numpy as np

    if not len(reading.words):
        return start, end
    most = len(reading.words) - 1
    first = np.where(words > 0, reading.words.edges(np.minimum(word, most))[0], start)
    last = np.where(words > 0, reading.words.edges(np.clip(word + words - 1, 0, most))[1], end)
    return first, last


def _running_reach(group: Ints, last: Ints) -> Ints:
    """The furthest end so far within each group (groups are sorted)."""
    import numpy as np

    span = int(last.max()) + 1
    return np.maximum.accumulate(last + group * span) - group * span
