"""What the search for duplicates remembers of a corpus, in as few bytes as it can be had back from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.words.borders import Ints

    Hashes = NDArray[np.uint64]

_HALF = 32
_LOW = 0xFFFFFFFF
_SEVEN = 7
_MORE = 0x80  # set in every byte of a number but its last


class Column:
    """An array that grows at its end, without being copied every time."""

    def __init__(self, dtype: str) -> None:
        import numpy as np

        self._room = np.zeros(0, dtype)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    @property
    def values(self) -> Any:
        """The array as far as it is filled: a view, to be used before the next ``extend``."""
        return self._room[: self._size]

    def extend(self, values: Any) -> None:
        """Add ``values`` at the end."""
        import numpy as np

        size = self._size + len(values)
        if size > len(self._room):
            room = np.zeros(size + size // 8, self._room.dtype)
            room[: self._size] = self.values
            self._room = room
        self._room[self._size : size] = values
        self._size = size


class Wordings:
    """Rows of word numbers, each number in as many bytes as it needs: one below 128, two below 16384, …

    Words that are met first, and so most often, have the smallest numbers; a word takes 1.5 bytes.
    """

    def __init__(self) -> None:
        self._bytes = Column("uint8")
        self._ends = Column("int64")

    def __len__(self) -> int:
        return len(self._ends)

    def add(self, words: NDArray[np.int32], counts: Ints) -> None:
        """Add a row for each of ``counts``; ``words`` are theirs, one row behind the other."""
        import numpy as np

        size: Ints = np.ones(len(words), np.int64)
        for more in range(1, 5):
            size += words >= 1 << _SEVEN * more
        place = np.cumsum(size) - 1
        data = np.zeros(int(size.sum()), np.uint8)
        data[place] = words & (_MORE - 1)
        while len(longer := np.flatnonzero(words >= _MORE)):
            words, place = words[longer] >> _SEVEN, place[longer] - 1
            data[place] = words & (_MORE - 1) | _MORE
        ends = np.concatenate(([0], np.cumsum(size)))[np.cumsum(counts)]
        self._ends.extend(ends + len(self._bytes))
        self._bytes.extend(data)

    def rows(self, numbers: Ints) -> tuple[Ints, Ints]:
        """The words of these rows, one row behind the other, and how many each has."""
        import numpy as np

        ends = self._ends.values
        start = np.where(numbers > 0, ends[numbers - 1], 0)
        data = self._bytes.values[ranges(start, ends[numbers] - start)].astype(np.int64)
        final = np.flatnonzero(data < _MORE)  # the last byte of each word
        first = np.concatenate(([0], final[:-1] + 1))[: len(final)]
        behind = np.repeat(final, final - first + 1) - np.arange(len(data))
        parts = (data & (_MORE - 1)) << (_SEVEN * behind)
        words = np.add.reduceat(parts, first) if len(first) else parts
        bounds = np.searchsorted(final, np.cumsum(ends[numbers] - start))
        return words, np.diff(bounds, prepend=0)


class Table:
    """Which numbers stand under which keys of 32 bits.

    Sorted runs of key and number in one word; a run is merged with the one before once it is as long, so
    that adding to a table of a million costs no sorting of a million.
    """

    def __init__(self) -> None:
        self._runs: list[Hashes] = []

    def add(self, keys: Hashes, numbers: Ints) -> None:
        """Put every number under its key."""
        import numpy as np

        run = np.sort(keys << np.uint64(_HALF) | numbers.astype(np.uint64))
        if not len(run):
            return
        while self._runs and len(self._runs[-1]) <= len(run):
            run = np.sort(np.concatenate((self._runs.pop(), run)), kind="stable")  # merges two sorted halves
        self._runs.append(run)

    def find(self, keys: Hashes) -> tuple[Ints, Ints]:
        """What stands under each of the sorted ``keys``, as indices of keys and numbers, sorted by both."""
        import numpy as np

        found: list[tuple[Ints, Ints]] = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
        for run in self._runs:  # the earlier run holds the smaller numbers
            first = np.searchsorted(run, keys << np.uint64(_HALF))
            known = np.flatnonzero(run[np.minimum(first, len(run) - 1)] >> np.uint64(_HALF) == keys)
            after = np.searchsorted(run, keys[known] << np.uint64(_HALF) | np.uint64(_LOW), side="right")
            count = after - first[known]
            numbers = run[ranges(first[known], count)] & np.uint64(_LOW)
            found.append((np.repeat(known, count), numbers.astype(np.int64)))
        key, number = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.argsort(key, kind="stable")
        return key[order], number[order]


def ranges(first: Ints, count: Ints) -> Ints:
    """The numbers from each ``first`` on, ``count`` of them, one range behind the other."""
    import numpy as np

    numbers: Ints = np.arange(count.sum()) + np.repeat(first - np.cumsum(count) + count, count)
    return numbers
