"""Which matches count: those not inside an excluding term, and of those that share a word, the longest."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]


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
    reading: Reading, group: Ints, start: Ints, end: Ints, word: Ints, words: Ints, rank: Ints
) -> Bools:
    """Which matches of each group stay: most words first, then fewest characters, then leftmost, then
    lowest ``rank``; a match that shares a matched word with one that stays is dropped.

    ``group`` tells apart what never competes (codes). Matches without words compete by characters.
    """
    import numpy as np

    count = len(group)
    keep = np.ones(count, bool)
    if count < 2:
        return keep
    first, last = _extent(reading, start, end, word, words)
    order = np.lexsort((rank, -last, first, group))
    reach = _running_reach(group[order], last[order])
    begins = np.ones(count, bool)
    begins[1:] = (group[order][1:] != group[order][:-1]) | (first[order][1:] >= reach[:-1])
    cluster = np.cumsum(begins) - 1
    crowded = np.flatnonzero(np.bincount(cluster)[cluster] > 1)
    members = order[crowded]
    priority = np.lexsort(
        (rank[members], start[members], (end - start)[members], -words[members], cluster[crowded])
    )
    taken: list[int] = []  # the edges of what stays, sorted: start, end, start, end, …
    current = -1
    columns = (members[priority], cluster[crowded][priority])
    for index, number in zip(*(column.tolist() for column in columns), strict=True):
        if number != current:
            current, taken = number, []
        one, other = int(first[index]), int(last[index])
        place = bisect_right(taken, one)
        # Free where no range is open at its start and none begins before its end.
        if place % 2 == 0 and (place == len(taken) or taken[place] >= other):
            taken[place:place] = [one, other]
        else:
            keep[index] = False
    return keep


def _extent(reading: Reading, start: Ints, end: Ints, word: Ints, words: Ints) -> tuple[Ints, Ints]:
    """The characters over which matches compete: from the first matched word to the last."""
    import numpy as np

    if not len(reading.words):
        return start, end
    most = len(reading.words) - 1
    first = np.where(words > 0, reading.words.start[np.minimum(word, most)], start)
    last = np.where(words > 0, reading.words.end[np.clip(word + words - 1, 0, most)], end)
    return first, last


def _running_reach(group: Ints, last: Ints) -> Ints:
    """The furthest end so far within each group (groups are sorted)."""
    import numpy as np

    span = int(last.max()) + 1
    return np.maximum.accumulate(last + group * span) - group * span
