"""Passages that repeat an earlier one, word for word or nearly, looked for as batches of documents go by.

Two passages are as alike as the Jaccard similarity of their shingles (three folded words in a row) says, each
counted as often as it stands there. MinHash (``shingles.py``) picks the pairs worth comparing; these are
compared exactly, so that no estimate is ever written, and a passage is a copy of another only where their
words were compared one by one. All is made from the folded words, the language and constants: no result
depends on how documents fall into batches.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rubricate.corpus.duplicates.shingles import (
    SHINGLE,
    FoldedWords,
    agreements,
    band_keys,
    salt,
    similarities,
    sketches,
    smallest_shingles,
    whole_keys,
)
from rubricate.corpus.duplicates.texts import Texts, first_alike, overlap, same_words
from rubricate.corpus.duplicates.wordings import Column, Table, Wordings, ranges

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.passages import Passages
    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Hashes = NDArray[np.uint64]

SHORTEST = 10
"""Words; a shorter passage is never a duplicate, nor has it one."""
THRESHOLD = 0.6
"""The similarity from which on a passage is a near duplicate."""
ALMOST = 0.999999
"""The highest similarity of a near duplicate, for 1 means word for word: the same shingles can follow each
other in two orders, and six digits could not tell the longest texts that differ in a word."""

_ALIKE = 5  # of 16 smallest shingles; in fewer agree 1 in 400 pairs at the threshold, 4 in 5 of the others
_FULL = 16  # passages under one key: a corpus of forms would else have a hundred million pairs to compare
_PAIRS = 5_000  # compared at a time
_HALF = 32
_LOW = 0xFFFFFFFF


class Original(NamedTuple):
    """A passage that another one repeats: its document's id, and its place there as in Passages."""

    document: str
    paragraph: int
    sentence: int


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Which of the passages of a batch repeat an earlier one, P passages.

    ``original`` (P) indexes ``originals``, which may stand in earlier batches, and is -1 where a passage
    repeats none. ``similarity`` (P) is 0 to 1, NaN without an original, and 1 only where the original has the
    same words in the same order. ``exact`` (P) is true where an earlier passage has these.
    """

    original: Ints
    similarity: Floats
    exact: Bools
    originals: Sequence[Original]

    @property
    def repeats(self) -> Bools:
        """For each passage whether it repeats an earlier one."""
        repeats: Bools = self.original >= 0
        return repeats


def no_marks(passages: int) -> Marks:
    """The marks of so many passages that were not looked at."""
    import numpy as np

    return Marks(np.full(passages, -1), np.full(passages, np.nan), np.zeros(passages, bool), ())


class Duplicates:
    """A search, and what it remembers: about 260 bytes for each passage of 80 words that is no copy.

    A passage with the words of an earlier one is a copy: it is marked as that one is, or else as its
    duplicate with similarity 1. With ``near``, any other of at least THRESHOLD is marked as a duplicate of
    the most similar earlier passage that is no duplicate itself, the first of equals. Passages that overlap
    are not compared: windows share their text, they do not repeat it. Nor are passages of two languages
    (regions do not matter); ``language`` is that of documents that name none.
    """

    def __init__(self, *, near: bool = True, language: str = "") -> None:
        self._near = near
        self._unnamed = language
        self._languages: dict[str, int] = {}
        self._folded = FoldedWords()
        self._documents: list[str] = []
        self._places = {name: Column("int32") for name in Original._fields}
        self._wordings = Wordings()
        self._copies, self._alike = Table(), Table()
        self._sketches = Column("uint64")
        self._original = Column("bool")
        self._language = Column("int16")
        self._repeats: dict[int, tuple[int, float]] = {}

    def mark(self, reading: Reading, passages: Passages, analysed: Bools) -> Marks:
        """Mark the passages of the next documents; ``analysed`` says it of each paragraph."""
        texts = self._texts(reading, passages, analysed)
        before = len(self._wordings)
        number, copy = self._remember(texts, passages)
        self._documents += [document.id for document in reading.documents]
        if self._near:
            self._find_near(texts.take(~copy), passages, before)
        found: list[tuple[int, int, float]] = []
        rows = zip(texts.passage.tolist(), number.tolist(), copy.tolist(), strict=True)
        for passage, mine, is_copy in rows:
            if is_copy or mine in self._repeats:
                found.append((passage, *self._repeats.get(mine, (mine, 1.0))))
        return self._marks(len(passages), found, texts.passage[copy])

    def _texts(self, reading: Reading, passages: Passages, analysed: Bools) -> Texts:
        import numpy as np

        at = reading.words_in(analysed)
        word_start = reading.words.start[at]
        offset = reading.offset[passages.document]
        first = np.searchsorted(word_start, passages.start + offset)
        last = np.searchsorted(word_start, passages.end + offset)
        words = self._folded.numbers(reading.vocabulary, reading.words.id[at])
        language, salts = self._languages_of(reading)
        shingles = self._folded.shingles(words)
        shingles += salts[reading.paragraph_document[reading.word_paragraph[at[: len(shingles)]]]]
        long = np.flatnonzero(last - first >= SHORTEST)
        return Texts(long, language[passages.document[long]], first[long], last[long], words, shingles)

    def _languages_of(self, reading: Reading) -> tuple[Ints, Hashes]:
        """Of each document the number of its language, and that language's salt."""
        import numpy as np

        tags = [document.language or self._unnamed for document in reading.documents]
        names = [tag.partition("-")[0].lower() for tag in tags]
        numbers = [self._languages.setdefault(name, len(self._languages)) for name in names]
        salts = {name: salt(name) for name in set(names)}
        return np.array(numbers, np.int64), np.array([salts[name] for name in names], np.uint64)

    def _remember(self, texts: Texts, passages: Passages) -> tuple[Ints, Bools]:
        """The number of each text, and which are copies: these have the number of what they copy."""
        import numpy as np

        keys = whole_keys(texts.shingles, texts.first, texts.last)
        first = first_alike(texts, keys)
        here = np.arange(len(texts))
        keys >>= np.uint64(_HALF)
        alone = np.flatnonzero(first == here)
        alone = alone[np.argsort(keys[alone], kind="stable")]
        earlier = np.full(len(texts), -1)
        earlier[alone] = self._earlier(keys[alone], texts, alone)
        earlier = earlier[first]
        copy = (earlier >= 0) | ((first < here) & ~overlap(texts, passages, first, here))
        number = np.where(copy, earlier, len(self._wordings) + np.cumsum(~copy) - 1)
        number = np.where(number < 0, number[first], number)
        new = alone[earlier[alone] < 0]
        self._copies.add(keys[new], number[new])
        self._add(texts.take(~copy), passages)
        return number, copy

    def _add(self, own: Texts, passages: Passages) -> None:
        """Give the next numbers to texts that are no copies."""
        import numpy as np

        self._wordings.add(*own.words_of(np.arange(len(own))))
        self._original.extend(np.ones(len(own), bool))
        self._language.extend(own.language)
        for name, column in self._places.items():
            shift = len(self._documents) if name == "document" else 0
            column.extend(getattr(passages, name)[own.passage] + shift)

    def _earlier(self, keys: Hashes, texts: Texts, row: Ints) -> Ints:
        """For each text in ``row`` the number of one in earlier batches with its words, or -1."""
        import numpy as np

        key, number = self._copies.find(keys)
        mine = row[key]
        same = self._language.values[number] == texts.language[mine]
        same &= same_words(self._wordings.rows(number), texts.words_of(mine))
        earlier = np.full(len(keys), -1)
        earlier[key[same]] = number[same]
        return earlier

    def _find_near(self, texts: Texts, passages: Passages, before: int) -> None:
        """Find the near duplicates among ``texts``, whose numbers begin at ``before``."""
        import numpy as np

        smallest = smallest_shingles(texts.shingles, texts.first, texts.last)
        self._sketches.extend(sketches(smallest))
        one, other = self._candidates(band_keys(smallest), before)
        sketch = self._sketches.values
        stays = self._original.values[one] & (agreements(sketch[one], sketch[other]) >= _ALIKE)
        stays &= self._language.values[one] == self._language.values[other]
        one, other = one[stays], other[stays]
        ours = np.maximum(one - before, 0)
        apart = (one < before) | ~overlap(texts, passages, ours, other - before)
        one, other = one[apart], other[apart]
        similarity = np.minimum(self._similarities(one, other), ALMOST)
        near = similarity >= THRESHOLD
        order = np.lexsort((one[near], -similarity[near], other[near]))
        columns = (one[near][order], other[near][order], similarity[near][order])
        for original, mine, value in zip(*(column.tolist() for column in columns), strict=True):
            if mine not in self._repeats and original not in self._repeats:
                self._repeats[mine] = (original, value)
                self._original.values[mine] = False

    def _candidates(self, keys: Hashes, before: int) -> tuple[Ints, Ints]:
        """Pairs of numbers, the smaller first, under the same key; the texts' own are entered.

        A key that has _FULL numbers takes no more. Duplicates are entered too, for whether a passage is one
        must not decide which others are compared.
        """
        import numpy as np

        numbers = np.arange(before, before + keys.shape[1], dtype=np.uint64)
        entries = np.sort((keys << np.uint64(_HALF) | numbers).ravel())
        key, number = entries >> np.uint64(_HALF), (entries & np.uint64(_LOW)).astype(np.int64)
        begins = np.flatnonzero(np.append(True, key[1:] != key[:-1])[: len(key)])
        group = np.repeat(np.arange(len(begins)), np.diff(begins, append=len(key)))
        place = np.arange(len(key)) - begins[group]
        found, known = self._alike.find(key[begins])
        count = np.bincount(found, minlength=len(begins))
        room = np.maximum(_FULL - count, 0)[group]
        inside, earlier = np.minimum(place, room), count[group]
        one = (
            number[ranges(begins[group], inside)],
            known[ranges((np.cumsum(count) - count)[group], earlier)],
        )
        other = np.repeat(number, inside), np.repeat(number, earlier)
        self._alike.add(key[place < room], number[place < room])
        pairs = np.sort(np.concatenate(other) << _HALF | np.concatenate(one))
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]
        return pairs & _LOW, pairs >> _HALF

    def _similarities(self, one: Ints, other: Ints) -> Floats:
        import numpy as np

        parts = [np.zeros(0)]
        for start in range(0, len(one), _PAIRS):
            left, right = one[start : start + _PAIRS], other[start : start + _PAIRS]
            numbers, place = np.unique(np.concatenate((left, right)), return_inverse=True)
            words, count = self._wordings.rows(numbers)
            shingles = self._folded.shingles(words)[ranges(np.cumsum(count) - count, count - SHINGLE + 1)]
            parts.append(similarities(shingles, count - SHINGLE + 1, place[: len(left)], place[len(left) :]))
        return np.concatenate(parts)

    def _marks(self, size: int, found: list[tuple[int, int, float]], copies: Ints) -> Marks:
        import numpy as np

        original, similarity, exact = np.full(size, -1), np.full(size, np.nan), np.zeros(size, bool)
        exact[copies] = True
        passage, number = (np.array([row[place] for row in found], np.int64) for place in range(2))
        numbers, original[passage] = np.unique(number, return_inverse=True)
        similarity[passage] = [row[2] for row in found]
        places = (column.values[numbers].tolist() for column in self._places.values())
        originals = tuple(Original(self._documents[one], *rest) for one, *rest in zip(*places, strict=True))
        return Marks(original, similarity, exact, originals)
