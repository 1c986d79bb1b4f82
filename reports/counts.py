"""Counts by row and column of which nearly all are zero: only the others are kept, and all stay integers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rubricate.coding.batch import Ints

_ZEROS = 4  # places that are zero for each number that is counted


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """A matrix of ``rows`` × ``columns`` integers.

    ``place`` are the places that are not zero, row by row (row × columns + column), ascending, each once;
    ``count`` is what stands there.
    """

    rows: int
    columns: int
    place: Ints
    count: Ints

    @property
    def column(self) -> Ints:
        """The column of each count that is not zero."""
        return self.place % max(self.columns, 1)

    @property
    def row(self) -> Ints:
        """The row of each count that is not zero."""
        return self.place // max(self.columns, 1)

    def __add__(self, other: Counts) -> Counts:
        return self._joined(other.place, other.count)

    def __sub__(self, other: Counts) -> Counts:
        return self._joined(other.place, -other.count)

    def _joined(self, place: Ints, count: Ints) -> Counts:
        import numpy as np

        return summed(np.append(self.place, place), np.append(self.count, count), (self.rows, self.columns))

    def above(self, other: Counts) -> Counts:
        """These rows with those of ``other``, which has as many columns, below them."""
        import numpy as np

        place = np.append(self.place, other.place + self.rows * self.columns)
        return Counts(self.rows + other.rows, self.columns, place, np.append(self.count, other.count))

    def dense(self) -> Ints:
        """All counts as an array of rows × columns."""
        import numpy as np

        every = np.zeros(self.rows * self.columns, np.int64)
        every[self.place] = self.count
        return every.reshape(self.rows, self.columns)

    def diagonal(self) -> Ints:
        """The counts whose row is their column, of a matrix with as many rows as columns."""
        import numpy as np

        found = np.zeros(self.rows, np.int64)
        here = self.row == self.column
        found[self.row[here]] = self.count[here]
        return found

    def column_sums(self) -> Ints:
        """The sum of each column."""
        import numpy as np

        sums = np.zeros(self.columns, np.int64)
        np.add.at(sums, self.column, self.count)
        return sums


def summed(place: Ints, count: Ints, shape: tuple[int, int]) -> Counts:
    """Counts with what has the same place added up; ``place`` is row × columns + column, in any order."""
    import numpy as np

    if _fills(place, shape):
        sums = np.zeros(shape[0] * shape[1], np.int64)
        np.add.at(sums, place, count)
        places = np.flatnonzero(sums)
        return Counts(*shape, places, sums[places])
    places, which = np.unique(place, return_inverse=True)
    sums = np.zeros(len(places), np.int64)
    np.add.at(sums, which, count)
    kept = sums != 0
    return Counts(*shape, places[kept], sums[kept])


def counted(row: Ints, column: Ints, shape: tuple[int, int]) -> Counts:
    """How often each pair of a row and a column occurs."""
    import numpy as np

    place = row * shape[1] + column
    if _fills(place, shape):
        sums = np.bincount(place, minlength=shape[0] * shape[1])
        places = np.flatnonzero(sums)
        return Counts(*shape, places, sums[places])
    places, count = np.unique(place, return_counts=True)
    return Counts(*shape, places, count)


def numbered(place: Ints, size: int) -> tuple[Ints, Ints, Ints]:
    """The different places below ``size``, ascending, for each given one its number among these, and how
    often each of them is given.
    """
    import numpy as np

    if size > _ZEROS * len(place):
        places, number, count = np.unique(place, return_inverse=True, return_counts=True)
        return places, number, count
    every = np.bincount(place, minlength=size)
    places, number = np.flatnonzero(every), np.empty(size, np.int64)
    number[places] = np.arange(len(places))
    return places, number[place], every[places]


def _fills(place: Ints, shape: tuple[int, int]) -> bool:
    """Whether so much is counted that a matrix with all its zeros is no larger, and adds up faster."""
    return shape[0] * shape[1] <= _ZEROS * len(place)


def pairs(group: Ints) -> tuple[Ints, Ints]:
    """All ordered pairs of places with the same value in ``group``, which ascends, as two arrays.

    Each place is paired with itself too: of a group of n there are n² pairs.
    """
    import numpy as np

    first = np.searchsorted(group, group)
    size = np.searchsorted(group, group, side="right") - first
    one = np.repeat(np.arange(len(group)), size)
    begin = np.cumsum(size) - size
    return one, np.arange(len(one)) - np.repeat(begin - first, size)


def unrolled(index: Ints, lists: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """The members of ``lists[i]`` for every ``i`` of ``index``, and for each its place in ``index``."""
    import numpy as np

    size = np.fromiter(map(len, lists), np.int64, len(lists))
    members = np.fromiter((member for one in lists for member in one), np.int64, int(size.sum()))
    begin = (np.cumsum(size) - size)[index]
    owner = np.repeat(np.arange(len(index)), size[index])
    before = np.cumsum(size[index]) - size[index]
    return members[np.arange(len(owner)) + np.repeat(begin - before, size[index])], owner
