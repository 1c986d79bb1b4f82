"""Which paragraphs of a reading hold what terms need, so that only these are read for them.

Stretches of words are looked up in the vocabulary, each distinct word once; in a reading, arrays of word
positions say where they stand. Of a term's needs those decide that the fewest words fill.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from rubricate.coding.fills import Fills
from rubricate.corpus.words.characters import IGNORED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.codebooks.regex_needs import Need, Stretch
    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints, Vocabulary

    Bools = NDArray[np.bool_]

_DECIDING = 2  # needs of a term that are looked at in a reading
_UNSEEN = dict.fromkeys(map(ord, IGNORED))


class Sieve:
    """The needs of some terms, resolved word by word as the vocabulary grows."""

    def __init__(self, needs: Sequence[tuple[Need, ...]]) -> None:
        """``needs[t]`` are those of term ``t``."""
        every = list(dict.fromkeys(chain.from_iterable(needs)))
        numbers = {need: number for number, need in enumerate(every)}
        self._needs = [[numbers[need] for need in some] for some in needs]
        stretches = list(dict.fromkeys(chain.from_iterable(need.stretches for need in every)))
        self._signs = list(dict.fromkeys(chain.from_iterable(need.signs for need in every)))
        pieces = {piece: number for number, piece in enumerate([*stretches, *self._signs])}
        self._pieces = [[pieces[piece] for piece in (*need.stretches, *need.signs)] for need in every]
        self._lookups = [_Lookup(stretches, any_case=any_case) for any_case in (False, True)]
        self._first_sign = len(stretches)
        self._seen = 0
        self._words: list[int] = []
        self._held: list[int] = []

    def paragraphs(self, reading: Reading) -> Iterator[Bools | None]:
        """For each term the paragraphs that may hold a match; None where too little is known to tell."""
        import numpy as np

        cut = _cut_paragraphs(reading)
        word, piece = self._pairs(reading.vocabulary)
        signs = [np.flatnonzero(reading.words.codes == ord(sign)) for sign in self._signs]
        frequency = reading.words.frequencies(len(reading.vocabulary.words))
        count = np.bincount(piece, frequency[word], self._first_sign).tolist() + list(map(len, signs))
        telling = self._telling(count, len(cut))
        wanted = np.zeros(len(count), bool)
        wanted[[each for needs in telling for need in needs for each in self._pieces[need]]] = True
        word, piece = word[wanted[piece]], piece[wanted[piece]]
        fills = Fills(word, piece, len(frequency))
        paragraph, first = _places(reading, fills, self._first_sign, signs)
        for needs in telling:
            level = np.zeros(len(cut), np.int8)
            for place, need in enumerate(needs):
                for each in self._pieces[need]:
                    here = paragraph[first[each] : first[each + 1]]
                    level[here[level[here] == place]] = place + 1
            yield (level == len(needs)) | cut if needs else None

    def _telling(self, count: list[int], most: int) -> list[list[int]]:
        """For each term its needs that are rarest, as far as they have less than ``most`` places."""
        places = [sum(map(count.__getitem__, pieces)) for pieces in self._pieces]
        return [
            [need for need in sorted(needs, key=places.__getitem__)[:_DECIDING] if places[need] < most]
            for needs in self._needs
        ]

    def _pairs(self, vocabulary: Vocabulary) -> tuple[Ints, Ints]:
        """Every (word, piece) pair in which the word holds the piece, each once, sorted by word."""
        import numpy as np

        new = [word if word.isascii() else word.translate(_UNSEEN) for word in vocabulary.words[self._seen :]]
        found: dict[int, set[int]] = {}
        for lookup, words in zip(self._lookups, (new, map(str.casefold, new)), strict=True):
            for word, piece in lookup.pairs(list(words)):
                found.setdefault(word, set()).add(piece)
        for word in sorted(found):
            self._words += [word + self._seen] * len(found[word])
            self._held += sorted(found[word])
        self._seen += len(new)
        return np.array(self._words, np.int64), np.array(self._held, np.int64)


class _Lookup:
    """Stretches of words that are all in any case, or none of them."""

    def __init__(self, stretches: Iterable[Stretch], *, any_case: bool) -> None:
        self._whole: dict[str, int] = {}
        self._parts: dict[str, int] = {}
        for number, each in enumerate(stretches):
            if each.any_case == any_case and each.begins and each.ends:
                self._whole[each.text] = number
            elif each.any_case == any_case:
                self._parts["\n" * each.begins + each.text + "\n" * each.ends] = number

    def pairs(self, words: list[str]) -> Iterator[tuple[int, int]]:
        """Every (index of the word, stretch) in which the word holds the stretch, in no order."""
        import numpy as np

        if self._whole:
            for index, word in enumerate(words):
                if word in self._whole:
                    yield index, self._whole[word]
        # No word holds a line break: between two of them it can be looked for in all words at once.
        text = "\n" + "\n\n".join(words) + "\n" if self._parts else ""
        start = np.cumsum([1, *(len(word) + 2 for word in words)])
        for part, number in self._parts.items():
            found = list(_find_all(part, text))
            for index in (np.searchsorted(start, np.array(found, np.int64) + 1, side="right") - 1).tolist():
                yield index, number


def _find_all(part: str, text: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _places(reading: Reading, fills: Fills, stretches: int, signs: list[Ints]) -> tuple[Ints, Ints]:
    """The paragraphs in which pieces stand: those of piece ``p`` are ``paragraph[first[p] : first[p + 1]]``.

    ``fills`` says which words hold the first pieces, as many as ``stretches``; ``signs`` are the offsets of
    the others.
    """
    import numpy as np

    at = reading.words.those(fills.any)
    at, held = fills.expand(at, reading.words.ids(at))
    offsets = np.concatenate([np.zeros(0, np.int64), *signs])
    paragraph = np.concatenate((reading.word_paragraph[at], reading.paragraph_at(offsets)))
    numbers = np.arange(stretches + len(signs) + 1)
    piece = np.concatenate((held, np.repeat(numbers[stretches:-1], list(map(len, signs)))))
    inside = paragraph >= 0
    paragraph, piece = paragraph[inside], piece[inside]
    order = np.argsort(piece, kind="stable")
    return paragraph[order], np.searchsorted(piece[order], numbers)


def _cut_paragraphs(reading: Reading) -> Bools:
    """Which paragraphs begin or end within a word: what they hold of it is not looked up."""
    import numpy as np

    words = reading.words
    start = np.append(words.start, len(words.text))
    cut = np.zeros(len(reading.paragraph_start), bool)
    for edge in (reading.paragraph_start, reading.paragraph_end):
        cut |= start[np.searchsorted(words.end, edge, side="right")] < edge
    return cut
