"""Which words fill which slots."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]


class Fills:
    """Which words fill which slots, for lookups by array; the pairs are sorted by word.

    ``any`` says of each word whether it fills a slot.
    """

    def __init__(self, word_ids: Ints, slots: Ints, words: int) -> None:
        """``word_ids`` and ``slots`` are the pairs, ``words`` is the number of all words."""
        import numpy as np

        self._slots, self._words = slots, word_ids
        self._count = np.bincount(word_ids, minlength=words)
        self._first = np.cumsum(self._count) - self._count
        self.any = self._count > 0

    def of(self, slots: Bools) -> Fills:
        """What fills those of the slots for which this is true."""
        which = slots[self._slots]
        return Fills(self._words[which], self._slots[which], len(self._count))

    def frequencies(self, often: Ints, slots: int) -> Ints:
        """How often each of so many slots is filled, where each word stands so ``often``."""
        import numpy as np

        found: Ints = np.bincount(self._slots, weights=often[self._words], minlength=slots).astype(np.int64)
        return found

    def expand(self, at: Ints, word_id: NDArray[np.int32]) -> tuple[Ints, Ints]:
        """Each position once for every slot that its word fills."""
        import numpy as np

        count = self._count[word_id]
        behind = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        return np.repeat(at, count), self._slots[np.repeat(self._first[word_id], count) + behind]

    def holds(self, word_id: NDArray[np.int32], slot: Ints) -> Bools:
        """Whether each word fills the slot beside it."""
        import numpy as np

        first, count = self._first[word_id], self._count[word_id]
        holds = np.zeros(len(slot), bool)
        asked = np.flatnonzero(count)
        for place in range(count.max(initial=0)):
            asked = asked[(count[asked] > place) & ~holds[asked]]
            holds[asked] = self._slots[first[asked] + place] == slot[asked]
        return holds
