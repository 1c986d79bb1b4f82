"""Where words begin and end, and which word each is: arrays over a text, nothing per word in Python."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from rubricate.corpus.words.characters import (
    LETTER,
    SINGLE,
    SINGLE_MARK,
    classify,
)
from rubricate.corpus.words.folding import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

_BLOCK = 1 << 20  # characters hashed at a time: the powers of the base stay in the processor's cache
_LONG = 64  # longer "words" (data, base64, adversaries) are hashed by blake2 instead
_BASE = 0x9E3779B97F4A7C15 | 1  # odd, so that it has an inverse modulo 2**64


class Vocabulary:
    """The distinct words of a corpus as written, numbered in order of first appearance.

    ``words[i]`` is the word numbered ``i``. Words are told apart by a 64-bit hash: of a million
    distinct words, two are mistaken for each other with a probability of about 1 in 10**7.
    """

    def __init__(self) -> None:
        self.words: list[str] = []
        self._visible = bytearray()
        self._numbers: dict[int, int] = {}

    def number(self, text: str, start: Ints, end: Ints, hashes: NDArray[np.uint64]) -> NDArray[np.int32]:
        """The number of each word of ``text``, new ones added."""
        import numpy as np
        import pandas as pd

        places, distinct = pd.factorize(hashes)
        first = np.empty(len(distinct), np.int64)
        first[places[::-1]] = np.arange(len(places) - 1, -1, -1)
        numbers = np.empty(len(distinct), np.int32)
        for index, (key, at) in enumerate(zip(distinct.tolist(), first.tolist(), strict=True)):
            known = self._numbers.get(key)
            if known is None:
                known = self._numbers[key] = len(self.words)
                word = text[start[at] : end[at]]
                self.words.append(word)
                self._visible.append(word.isascii() or bool(fold(word)))
            numbers[index] = known
        return numbers[places]

    def visible(self) -> NDArray[np.bool_]:
        """For each word whether anything of it can be seen: a lone soft hyphen is not a word."""
        import numpy as np

        return np.array(self._visible, bool)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a text, in order.

    ``start`` and ``end`` are code point offsets into ``text``, ``id`` the number of the word in the
    vocabulary; ``codes`` are the text's code points and ``kinds`` their classes.
    """

    text: str
    codes: NDArray[np.uint32]
    kinds: NDArray[np.uint8]
    start: Ints
    end: Ints
    id: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.start)


def find_words(text: str, vocabulary: Vocabulary) -> Words:
    """The words of ``text``: runs of letters, marks, digits and underscores; in scripts that write
    without spaces (Han, kana, Thai, Lao, Khmer, Myanmar) each character.

    A run of nothing but invisible characters is no word.
    """
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = classify(codes)
    start, end = _borders(kinds)
    ids = vocabulary.number(text, start, end, _hashes(text, codes, start, end))
    visible = vocabulary.visible()
    if not visible.all():
        keep = visible[ids]
        start, end, ids = start[keep], end[keep], ids[keep]
    return Words(text, codes, kinds, start, end, ids)


def words_of(text: str) -> list[str]:
    """The words of a short text.

    >>> words_of("Iran’s East-oriented policy: 制裁!")
    ['Iran', 's', 'East', 'oriented', 'policy', '制', '裁']
    """
    words = find_words(text, Vocabulary())
    return [text[start:end] for start, end in zip(words.start.tolist(), words.end.tolist(), strict=True)]


def _borders(kinds: NDArray[np.uint8]) -> tuple[Ints, Ints]:
    """Start and end offsets of the words in a text of these character classes."""
    import numpy as np

    inside = np.concatenate(([False], (kinds >= LETTER) & (kinds <= SINGLE_MARK), [False]))
    begins = inside[1:-1] & ~inside[:-2]
    if (kinds == SINGLE).any():
        single = (kinds == SINGLE) | (kinds == SINGLE_MARK)
        after_single = np.concatenate(([False], single[:-1]))
        begins |= (kinds == SINGLE) | ((kinds == LETTER) & after_single)
    ends = inside[1:-1] & (~inside[2:] | np.concatenate((begins[1:], [False])))
    return np.flatnonzero(begins), np.flatnonzero(ends) + 1


@cache
def _powers(base: int) -> NDArray[np.uint64]:
    """base ** 0, 1, … modulo 2**64."""
    import numpy as np

    powers = np.full(_BLOCK + 1, base, np.uint64)
    powers[0] = 1
    return np.multiply.accumulate(powers)


def _hashes(text: str, codes: NDArray[np.uint32], start: Ints, end: Ints) -> NDArray[np.uint64]:
    """A 64-bit hash of each word: its code points as coefficients of a polynomial modulo 2**64.

    Running sums over a block give every word of it at once; the inverse power moves each to its origin.
    """
    import numpy as np

    powers, inverses = _powers(_BASE), _powers(pow(_BASE, -1, 1 << 64))
    hashes = np.empty(len(start), np.uint64)
    first = 0
    while first < len(start):
        base = start[first]
        last = max(first + 1, int(np.searchsorted(end, base + _BLOCK, side="right")))
        block = codes[base : min(end[last - 1], base + _BLOCK)]
        sums = np.zeros(len(block) + 1, np.uint64)
        np.cumsum(block * powers[: len(block)], out=sums[1:])
        origin, stop = start[first:last] - base, np.minimum(end[first:last] - base, len(block))
        hashes[first:last] = (sums[stop] - sums[origin]) * inverses[origin]
        first = last
    for index in np.flatnonzero(end - start > _LONG).tolist():
        word = text[start[index] : end[index]].encode("utf-8", "surrogatepass")
        hashes[index] = int.from_bytes(blake2b(word, digest_size=8).digest(), "little")
    return hashes
