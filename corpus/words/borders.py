"""Where words begin and end, and which word each is: arrays over a text, nothing per word in Python."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

from rubricate.corpus.words.characters import (
    BMP,
    HYPHENS,
    LETTER,
    MARK,
    SINGLE,
    SINGLE_MARK,
    classify,
    kind_of,
)
from rubricate.corpus.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Codes = NDArray[np.uint16] | NDArray[np.uint32]

_LONG = 64  # longer "words" (data, adversaries) and those beyond plane 0 are hashed by blake2 instead
_MIX = 0x9E3779B97F4A7C15  # odd, so that multiplying by it loses nothing
_SPREAD = 0xC2B2AE3D27D4EB4F
_HALF = 32


class Vocabulary:
    """The distinct words of a corpus as written, numbered in order of first appearance.

    ``words[i]`` is the word numbered ``i`` and ``folded[i]`` the same as matching sees it. ``lemmas`` has by
    language the folded lemmas of the first words, where these were looked up before.
    """

    def __init__(
        self,
        words: Iterable[str] = (),
        folded: Iterable[str] = (),
        lemmas: Mapping[str, Sequence[Sequence[str]]] | None = None,
    ) -> None:
        """With ``words`` that are known, and what is known of them, it goes on from these."""
        import numpy as np

        self.words, self.folded = list(words), list(folded)
        self.lemmas = lemmas or {}
        self._keys = np.zeros(0, np.uint64)  # sorted, each with its number
        self._numbers = np.zeros(0, np.int32)

    @cached_property
    def lengths(self) -> NDArray[np.int32]:
        """The number of code points of each word; of a vocabulary that no longer grows."""
        import numpy as np

        return np.fromiter(map(len, self.words), np.int32, len(self.words))

    def number(self, text: str, start: Ints, end: Ints, keys: NDArray[np.uint64]) -> NDArray[np.int32]:
        """The number of each word of ``text``, new ones added; equal ``keys`` mean equal words."""
        import numpy as np
        import pandas as pd

        if len(self._keys) < len(self.words):
            self._recall()
        places, distinct = pd.factorize(keys)
        place = np.searchsorted(self._keys, distinct)
        known = np.append(self._keys, np.uint64(0))[place] == distinct
        numbers = np.append(self._numbers, np.int32(-1))[place]
        new = np.flatnonzero(~known)
        at = np.flatnonzero(~known[places])[::-1]
        first = np.empty(len(distinct), np.int64)
        first[places[at]] = at  # of the same word the first place, which comes last
        edges = zip(start[first[new]].tolist(), end[first[new]].tolist(), strict=True)
        numbers[new] = [self._add(text[one:other]) for one, other in edges]
        self._remember(distinct[new], numbers[new])
        return numbers[places]

    def _recall(self) -> None:
        """Make the keys of the words with which the vocabulary began."""
        import numpy as np

        text = "\n".join(self.words)
        end = np.cumsum(np.fromiter(map(len, self.words), np.int64, len(self.words)) + 1) - 1
        start = np.append(0, end[:-1] + 1)
        keys = _keys(text, code_points(text), start, end)
        self._remember(keys, np.arange(len(keys), dtype=np.int32))

    def _add(self, word: str) -> int:
        folded = fold(word)
        self.words.append(word)
        self.folded.append(word if folded == word else folded)  # one text, not two that are equal
        return len(self.words) - 1

    def _remember(self, keys: NDArray[np.uint64], numbers: NDArray[np.int32]) -> None:
        import numpy as np

        keys, numbers = np.append(self._keys, keys), np.append(self._numbers, numbers)
        order = np.argsort(keys, kind="stable")  # fast where most are in order already
        self._keys, self._numbers = keys[order], numbers[order]


@dataclass(frozen=True, slots=True, eq=False)
class Characters:
    """A text, its code points, and their classes."""

    text: str
    codes: Codes
    kinds: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a text, in order.

    ``start`` and ``end`` are code point offsets into the text, ``id`` the number of the word in the
    vocabulary. ``joined`` says of each word whether nothing but a space or a hyphen stands before it
    (rubricate.corpus.words.joints), where that was looked up before. ``characters`` reads the text: words
    that are stored do without it until somebody asks.
    """

    start: Ints
    end: Ints
    id: NDArray[np.int32]
    characters: Callable[[], Characters]
    joined: NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return len(self.start)

    def ids(self, at: Ints | slice) -> NDArray[np.int32]:
        """The numbers of the words at these positions in the vocabulary."""
        return self.id[at]

    def those(self, chosen: NDArray[np.bool_]) -> Ints:
        """The positions of the words of which, by number, this is true."""
        import numpy as np

        return np.flatnonzero(chosen[self.id])

    def frequencies(self, size: int) -> Ints:
        """How often each of the first ``size`` words of the vocabulary stands here."""
        import numpy as np

        return np.bincount(self.id, minlength=size)

    def edges(self, at: Ints) -> tuple[Ints, Ints]:
        """Start and end of the words at these positions."""
        return self.start[at], self.end[at]

    @property
    def text(self) -> str:
        """The text of the words."""
        return self.characters().text

    @property
    def codes(self) -> Codes:
        """The code points of the text."""
        return self.characters().codes

    @property
    def kinds(self) -> NDArray[np.uint8]:
        """The classes of the characters of the text."""
        return self.characters().kinds


def find_words(text: str, vocabulary: Vocabulary, hyphens: str = "split") -> Words:
    """The words of ``text``: runs of letters, marks, digits and underscores; in scripts that write
    without spaces (Han, kana, Thai, Lao, Khmer, Myanmar) each character.

    A run of nothing but invisible characters is no word. Where ``hyphens`` are to ``keep``, one between two
    letters is part of a word.
    """
    import numpy as np

    characters = characters_of(text)
    codes, kinds = characters.codes, characters.kinds
    start, end = _borders(kinds if hyphens == "split" else _joining(codes, kinds))
    ids = vocabulary.number(text, start, end, _keys(text, codes, start, end))
    if "" in vocabulary.folded:
        keep = np.array(list(map(bool, vocabulary.folded)))[ids]
        start, end, ids = start[keep], end[keep], ids[keep]
    return Words(start, end, ids, lambda: characters)


def characters_of(text: str) -> Characters:
    """The code points of a text, and their classes."""
    codes = code_points(text)
    return Characters(text, codes, classify(codes))


def code_points(text: str) -> Codes:
    """The code points of a text, in two bytes each where that is enough and in four where not."""
    import numpy as np

    data = text.encode("utf-16-le", "surrogatepass")
    if len(data) == 2 * len(text):
        return np.frombuffer(data, np.uint16)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def word_edges(text: str, hyphens: str = "split") -> list[tuple[int, int]]:
    """Start and end of each word of a short text, without arrays: the same as find_words gives."""
    if hyphens != "split":
        return word_edges("".join("_" if _joins(text, at) else one for at, one in enumerate(text)))
    edges: list[tuple[int, int]] = []
    start, single = -1, False  # where the word begins; whether its last letter is one of the single ones
    for place, character in enumerate(text):
        kind = kind_of(character)
        letter = kind in (LETTER, SINGLE)
        inside = letter or kind in (MARK, SINGLE_MARK)
        if start >= 0 and (not inside or (letter and (single or kind == SINGLE))):
            edges.append((start, place))
            start = -1
        if inside and start < 0:
            start, single = place, False
        if letter:
            single = kind == SINGLE
    if start >= 0:
        edges.append((start, len(text)))
    return [(start, end) for start, end in edges if fold(text[start:end])]


def _joins(text: str, at: int) -> bool:
    """Whether a character is a hyphen between two letters."""
    if text[at] not in HYPHENS or not 0 < at < len(text) - 1:
        return False
    return kind_of(text[at - 1]) in (LETTER, MARK) and kind_of(text[at + 1]) == LETTER


def words_of(text: str) -> list[str]:
    """The words of a short text.

    >>> words_of("Iran’s East-oriented policy: 制裁!")
    ['Iran', 's', 'East', 'oriented', 'policy', '制', '裁']
    """
    return [text[start:end] for start, end in word_edges(text)]


def _joining(codes: Codes, kinds: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The classes of a text's characters with hyphens between two letters among the letters."""
    import numpy as np

    inner = np.isin(codes[1:-1], list(map(ord, HYPHENS)))
    inner &= ((kinds[:-2] == LETTER) | (kinds[:-2] == MARK)) & (kinds[2:] == LETTER)
    joined = kinds.copy()
    joined[1:-1][inner] = LETTER
    return joined


def _borders(kinds: NDArray[np.uint8]) -> tuple[Ints, Ints]:
    """Start and end offsets of the words in a text of these character classes."""
    import numpy as np

    inside = np.zeros(len(kinds) + 2, bool)
    np.less_equal(
        kinds - np.uint8(LETTER), SINGLE_MARK - LETTER, out=inside[1:-1]
    )  # classes below wrap round
    if not ((kinds == SINGLE) | (kinds == SINGLE_MARK)).any():
        edges = np.flatnonzero(inside[1:] != inside[:-1])
        return edges[0::2].copy(), edges[1::2].copy()  # who reads one of them skips nothing
    begins = inside[1:-1] & ~inside[:-2]
    # A mark goes with the character that it stands on, whatever other marks are between.
    mark = (kinds == MARK) | (kinds == SINGLE_MARK)
    carrier = kinds[np.maximum.accumulate(np.where(mark, 0, np.arange(len(kinds))))]
    single = carrier == SINGLE
    begins |= (kinds == SINGLE) | ((kinds == LETTER) & np.append(False, single[:-1]))
    ends = inside[1:-1] & (~inside[2:] | np.append(begins[1:], False))
    return np.flatnonzero(begins), np.flatnonzero(ends) + 1


def _keys(text: str, codes: Codes, start: Ints, end: Ints) -> NDArray[np.uint64]:
    """A 64-bit key of each word: its code points, four at a time, mixed by multiplication.

    First the first four, then the length and the last four, then what is between, from the left. Words of up
    to four characters are told apart exactly; of longer ones, two have the same key with a probability of 1
    in 2**64.
    """
    import numpy as np

    fours = _fours(codes)
    length = end - start
    keep = np.array([(1 << (16 * count)) - 1 for count in range(5)], np.uint64)
    keys: NDArray[np.uint64] = (fours[start] & keep.take(length, mode="clip")) * _MIX
    which = np.flatnonzero(length > 4)
    # The length is spread over all bits, or a difference in letters could take it back.
    told = keys[which] ^ (length[which].astype(np.uint64) * _SPREAD)
    keys[which] = _mixed(told, fours[end[which] - 4])
    for done in range(8, _LONG, 4):
        which = which[length[which] > done]
        if not len(which):
            break
        keys[which] = _mixed(keys[which], fours[start[which] + done - 4])
    odd = length > _LONG
    if codes.itemsize > 2:
        beyond = np.cumsum(np.append(False, codes >= BMP))
        odd |= beyond[end] > beyond[start]
    for index in np.flatnonzero(odd).tolist():
        word = text[start[index] : end[index]].encode("utf-8", "surrogatepass")
        keys[index] = int.from_bytes(blake2b(word, digest_size=8).digest(), "little")
    return keys


def _mixed(keys: NDArray[np.uint64], piece: NDArray[np.uint64]) -> NDArray[np.uint64]:
    import numpy as np

    return (keys ^ (keys >> np.uint64(_HALF)) ^ piece) * np.uint64(_MIX)


def _fours(codes: Codes) -> NDArray[np.uint64]:
    """For every place of a text the four code points from there on as one number, without copying."""
    import numpy as np

    padded = np.zeros(len(codes) + 4, np.uint16)
    padded[: len(codes)] = codes
    return np.ndarray(len(codes) + 1, np.uint64, padded, strides=(2,))
