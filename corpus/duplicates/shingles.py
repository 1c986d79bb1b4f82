"""How alike texts are: rows of their words as numbers, and the smallest of these numbers (MinHash).

A shingle is SHINGLE folded words in a row, hashed to 64 bits; two different ones have the same hash with a
probability of 1 in 2**64. The hash is made of the words' letters, never of their place in a vocabulary.
"""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING

from rubricate.corpus.duplicates.wordings import Column, ranges

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.words.borders import Ints, Vocabulary

    Hashes = NDArray[np.uint64]
    Floats = NDArray[np.float64]

SHINGLE = 3
"""Words in a row that are compared as one."""
BANDS = 11
"""Keys of a text. Two texts of similarity s share one with a probability of 1 - (1 - s²)**11."""

_SMALLEST = 2 * BANDS
_NIBBLES = 16
_MIX = 0x9E3779B97F4A7C15
_MIX_AGAIN = 0xD6E8FEB86659FD93
_HALF = 32
_LOW = 0xFFFFFFFF
_FOUR_BITS = 28
_NIBBLE_ENDS = 0x1111111111111111


class FoldedWords:
    """A number and a hash for each distinct folded word, whatever its spellings in the vocabulary are."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._by_spelling = Column("int32")
        self._hashes = Column("uint64")

    def numbers(self, vocabulary: Vocabulary, spellings: NDArray[np.int32]) -> NDArray[np.int32]:
        """The numbers of words of which the vocabulary's numbers are given."""
        import numpy as np

        known, met = len(self._numbers), len(self._by_spelling)
        often = np.bincount(spellings, minlength=len(vocabulary.folded))[met:]
        for spelling in np.argsort(-often, kind="stable").tolist():  # frequent words have small numbers
            self._numbers.setdefault(vocabulary.folded[met + spelling], len(self._numbers))
        self._by_spelling.extend([self._numbers[word] for word in vocabulary.folded[met:]])
        words = list(self._numbers)[known:]
        digests = (blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest() for word in words)
        self._hashes.extend(np.frombuffer(b"".join(digests), "<u8"))
        numbers: NDArray[np.int32] = self._by_spelling.values[spellings]
        return numbers

    def shingles(self, words: Ints | NDArray[np.int32]) -> Hashes:
        """The hash of the shingle that begins at each word; the last two words begin none."""
        import numpy as np

        hashes = self._hashes.values[words]
        size = max(len(hashes) - SHINGLE + 1, 0)
        rows = np.zeros(size, np.uint64)
        for place in range(SHINGLE):
            rows = rows * np.uint64(_MIX) + hashes[place : place + size]
        return _mixed(rows)


def _mixed(hashes: Hashes) -> Hashes:
    import numpy as np

    half = np.uint64(_HALF)
    hashes = (hashes ^ (hashes >> half)) * np.uint64(_MIX_AGAIN)
    mixed: Hashes = hashes ^ (hashes >> half)
    return mixed


def salt(language: str) -> int:
    """What is added to the shingles of a language, 64 bits, so that those of two languages differ."""
    return int.from_bytes(blake2b(language.encode(), digest_size=8).digest(), "little")


def _multipliers() -> list[int]:
    """Odd numbers of 32 bits: multiplying hashes by one puts them in another order."""
    digests = (blake2b(bytes([number]), digest_size=4).digest() for number in range(_SMALLEST))
    return [int.from_bytes(digest, "little") | 1 for digest in digests]


def whole_keys(shingles: Hashes, first: Ints, last: Ints) -> Hashes:
    """A hash of each text, words ``first`` to ``last``: the sum of its shingles, hashed with their places."""
    import numpy as np

    count = last - first - SHINGLE + 1
    place = ranges(np.zeros_like(first), count).astype(np.uint64)
    placed = _mixed(shingles[ranges(first, count)] + place * np.uint64(_MIX))
    keys: Hashes = np.add.reduceat(placed, np.cumsum(count) - count)
    return keys


def smallest_shingles(shingles: Hashes, first: Ints, last: Ints) -> NDArray[np.uint32]:
    """The smallest shingle of each text in each of several orders (orders × texts)."""
    import numpy as np

    short = (shingles >> np.uint64(_HALF)).astype(np.uint32)
    rows = [_over_texts(np.minimum, short * np.uint32(odd), first, last) for odd in _multipliers()]
    return np.stack(rows)


def _over_texts(function: np.ufunc, values: NDArray, first: Ints, last: Ints) -> NDArray:  # type: ignore[type-arg]
    import numpy as np

    borders = np.stack((first, last - SHINGLE + 1), axis=1).ravel()
    return function.reduceat(np.append(values, values.dtype.type(0)), borders)[::2]


def band_keys(smallest: NDArray[np.uint32]) -> Hashes:
    """Keys of 32 bits (BANDS × texts): two texts share one where they share two smallest shingles."""
    import numpy as np

    one, other = smallest[::2].astype(np.uint64), smallest[1::2].astype(np.uint64)
    band = np.arange(1, BANDS + 1, dtype=np.uint64)[:, None]
    return _mixed((one << np.uint64(_HALF) | other) + band * np.uint64(_MIX)) >> np.uint64(_HALF)


def sketches(smallest: NDArray[np.uint32]) -> Hashes:
    """Four bits of each of 16 smallest shingles, side by side."""
    import numpy as np

    sketch = np.zeros(smallest.shape[1], np.uint64)
    for row in smallest[:_NIBBLES]:
        bits = row * np.uint32(_MIX_AGAIN & _LOW) >> np.uint32(
            _FOUR_BITS
        )  # the highest bits of a minimum are 0
        sketch = sketch << np.uint64(4) | bits
    return sketch


def agreements(one: Hashes, other: Hashes) -> NDArray[np.uint8]:
    """In how many of 16 smallest shingles the sketches agree."""
    import numpy as np

    differ = one ^ other
    differ |= differ >> np.uint64(2)
    differ |= differ >> np.uint64(1)
    agreed: NDArray[np.uint8] = np.uint8(_NIBBLES) - np.bitwise_count(differ & np.uint64(_NIBBLE_ENDS))
    return agreed


def similarities(shingles: Hashes, counts: Ints, one: Ints, other: Ints) -> Floats:
    """How alike pairs of texts are, 0 to 1: shared shingles / all shingles, each as often as it stands there.

    That is the Jaccard similarity of multisets, the sum of the smaller counts / the sum of the larger ones;
    1 where two texts have the same shingles equally often. ``shingles`` are the texts', one text behind the
    other, ``counts`` how many each has; ``one`` and ``other`` index the texts.
    """
    import numpy as np

    values, ends = shingles.tolist(), np.cumsum(counts).tolist()
    rows = [values[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    sets = [frozenset(row) for row in rows]
    often = {  # counting costs more than sets, and few texts have a shingle twice
        number: Counter(row) for number, row in enumerate(rows) if len(row) > len(sets[number])
    }
    pairs = zip(one.tolist(), other.tolist(), strict=True)
    both = np.array(
        [
            (often[left] & often[right]).total()
            if left in often and right in often
            else len(sets[left] & sets[right])
            for left, right in pairs
        ],
        np.int64,
    )
    similarity: Floats = both / (counts[one] + counts[other] - both)
    return similarity
