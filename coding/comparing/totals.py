"""Out of how much the codes of a codebook are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rubricate.coding.batch import Batch

SHARES = {
    "passage_share": ("passages", 0, 1),
    "document_share": ("documents", 1, 1),
    "mentions_per_1000_words": ("mentions", 2, 1000),
}
"""For the columns of frequency.csv that are shares: what is divided, by which total (``Totals.share``), and
times what.
"""
_DIGITS = 6  # significant ones, as everywhere


class Totals:
    """Adds up the passages, documents and words in which each code was looked for."""

    def __init__(self, names: Sequence[str]) -> None:
        """``names`` are those of the codes, in the order of their codebook."""
        self._place = {name: at for at, name in enumerate(names)}
        self._sums: list[list[int]] = []

    def add(self, batch: Batch) -> None:
        """Add documents that were not counted yet."""
        import numpy as np

        document, size = batch.passages.document[batch.counted], len(batch.documents)
        words = np.zeros(size, np.int64)
        np.add.at(words, document, batch.passages.words[batch.counted])
        passages = np.bincount(document, minlength=size)
        found = (np.stack([passages, passages > 0, words]) @ batch.applicable).tolist()
        zeros = [[0] * len(self._place)] * len(found)
        both = zip(self._sums or zeros, found, strict=True)
        self._sums = [[one + other for one, other in zip(*pair, strict=True)] for pair in both]

    def share(self, column: str, code: str, counts: dict[str, int | None]) -> float | None:
        """One of SHARES of a code, given its counts; None where it is out of nothing, or nothing is known."""
        name, which, times = SHARES[column]
        count, place = counts[name], self._place.get(code)
        if count is None or place is None or not self._sums or not self._sums[which][place]:
            return None
        return float(f"{times * count / self._sums[which][place]:.{_DIGITS}g}")
