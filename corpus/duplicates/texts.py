"""The passages of a batch as rows of words, and which of them are the same, word for word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.corpus.duplicates.wordings import ranges

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.passages import Passages
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]
    Hashes = NDArray[np.uint64]
    Rows = tuple[NDArray[np.int32] | Ints, Ints]


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """The passages of a batch that are long enough: their index, number of language, and range of words.

    ``words`` are the numbers of the analysed words and ``shingles`` begin at each of them.
    """

    passage: Ints
    language: Ints
    first: Ints
    last: Ints
    words: NDArray[np.int32]
    shingles: Hashes

    def __len__(self) -> int:
        return len(self.passage)

    def take(self, where: Bools) -> Texts:
        """Some of these texts."""
        passage, language, first, last = (
            column[where] for column in (self.passage, self.language, self.first, self.last)
        )
        return Texts(passage, language, first, last, self.words, self.shingles)

    def words_of(self, row: Ints) -> tuple[NDArray[np.int32], Ints]:
        """The words of the texts in ``row``, one text behind the other, and how many each has."""
        count = self.last[row] - self.first[row]
        return self.words[ranges(self.first[row], count)], count


def first_alike(texts: Texts, keys: Hashes) -> Ints:
    """For each text the first one with the same words, in the same language; equal texts have equal keys."""
    import numpy as np

    first, rest = np.arange(len(texts)), np.arange(len(texts))
    while len(rest):  # more than once only where different texts have the same key
        _, at, group = np.unique(keys[rest], return_index=True, return_inverse=True)
        one = rest[at][group]
        other = one < rest
        one, rest = one[other], rest[other]
        same = texts.language[one] == texts.language[rest]
        same &= same_words(texts.words_of(one), texts.words_of(rest))
        first[rest[same]] = one[same]
        rest = rest[~same]
    return first


def same_words(one: Rows, other: Rows) -> Bools:
    """Which rows are equal; each side has its rows' words, one row behind the other, and their counts."""
    import numpy as np

    (left, count), (right, counts) = one, other
    same: Bools = count == counts
    row = np.repeat(np.arange(len(count)), np.where(same, count, 0))
    differ = left[np.repeat(same, count)] != right[np.repeat(same, counts)]
    same[row[differ]] = False
    return same


def overlap(texts: Texts, passages: Passages, one: Ints, other: Ints) -> Bools:
    """Whether the text ``one`` reaches into the later text ``other`` of the same document."""
    left, right = texts.passage[one], texts.passage[other]
    same = passages.document[left] == passages.document[right]
    reaches: Bools = same & (passages.end[left] > passages.start[right])
    return reaches
