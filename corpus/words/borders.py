"""Where words begin and end, and which word each is: arrays over a text, nothing per word in Python."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from rubricate.corpus.words.characters import (
    LETTER,
    MARK,
    SINGLE,
    SINGLE_MARK,
    classify,
)
from rubricate.corpus.words.folding import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Codes = NDArray[np.uint16] | NDArray[np.uint32]

_LONG = 64  # longer "words" (data, base64, adversaries) are hashed by blake2 instead
_MIX = 0x9E3779B97F4A7C15  # odd, so that multiplying by it loses nothing
_HALF = 32


class Vocabulary:
    """The distinct words of a corpus as written, numbered in order of first appearance.

    ``words[i]`` is the word numbered ``i`` and ``folded[i]`` the same as matching sees it.
    """

    def __init__(self) -> None:
        self.words: list[str] = []
        self.folded: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str, start: Ints, end: Ints, keys: NDArray[np.uint64]) -> NDArray[np.int32]:
        """The number of each word of ``text``, new ones added; ``keys`` tell the words of a text apart."""
        import numpy as np
        import pandas as pd

        places, distinct = pd.factorize(keys)
        first = np.empty(len(distinct), np.int64)
        first[places[::-1]] = np.arange(len(places) - 1, -1, -1)
        edges = zip(start[first].tolist(), end[first].tolist(), strict=True)
        numbers = [self._number(text[one:other]) for one, other in edges]
        return np.array(numbers, np.int32)[places]

    def _number(self, word: str) -> int:
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = len(self.words)
            self.words.append(word)
            self.folded.append(fold(word))
        return number


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a text, in order.

    ``start`` and ``end`` are code point offsets into ``text``, ``id`` the number of the word in the
    vocabulary; ``codes`` are the text's code points and ``kinds`` their classes.
    """

    text: str
    codes: Codes
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

    codes = code_points(text)
    kinds = classify(codes)
    start, end = _borders(kinds)
    ids = vocabulary.number(text, start, end, _keys(text, codes, start, end))
    if "" in vocabulary.folded:
        keep = np.array(list(map(bool, vocabulary.folded)))[ids]
        start, end, ids = start[keep], end[keep], ids[keep]
    return Words(text, codes, kinds, start, end, ids)


def code_points(text: str) -> Codes:
    """The code points of a text, in two bytes each where that is enough and in four where not."""
    import numpy as np

    data = text.encode("utf-16-le", "surrogatepass")
    if len(data) == 2 * len(text):
        return np.frombuffer(data, np.uint16)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


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
        # The marks behind a character are its own, so that a soft hyphen does not hide what it was.
        bearer = np.maximum.accumulate(np.where(kinds != MARK, np.arange(len(kinds)), 0))
        after_single = np.concatenate(([False], single[bearer[:-1]]))
        begins |= (kinds == SINGLE) | ((kinds == LETTER) & after_single)
    ends = inside[1:-1] & (~inside[2:] | np.concatenate((begins[1:], [False])))
    return np.flatnonzero(begins), np.flatnonzero(ends) + 1


def _keys(text: str, codes: Codes, start: Ints, end: Ints) -> NDArray[np.uint64]:
    """A 64-bit key of each word: its characters, eight bytes at a time, mixed by multiplication.

    Words of one piece are told apart exactly; of longer ones, two have the same key with a probability
    of 1 in 2**64.
    """
    import numpy as np

    at_once = 8 // codes.itemsize
    # Read from every character on, the eight bytes there as one number: no copies, only a view.
    padded = np.concatenate((codes, np.zeros(at_once, codes.dtype)))
    pieces: NDArray[np.uint64] = np.ndarray(len(codes) + 1, np.uint64, padded, strides=(codes.itemsize,))
    length = np.minimum(end - start, _LONG)
    keep = np.array([(1 << (8 * codes.itemsize * count)) - 1 for count in range(at_once + 1)], np.uint64)
    keys: NDArray[np.uint64] = (pieces[start] & keep[np.minimum(length, at_once)]) * _MIX
    for done in range(at_once, _LONG, at_once):
        longer = np.flatnonzero(length > done)
        if not len(longer):
            break
        piece = pieces[start[longer] + done] & keep[np.minimum(length[longer] - done, at_once)]
        keys[longer] = (keys[longer] ^ (keys[longer] >> _HALF) ^ piece) * _MIX
    for index in np.flatnonzero(end - start > _LONG).tolist():
        word = text[start[index] : end[index]].encode("utf-8", "surrogatepass")
        keys[index] = int.from_bytes(blake2b(word, digest_size=8).digest(), "little")
    return keys
