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
