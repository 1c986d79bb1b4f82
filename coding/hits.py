"""What segments say: the words of a text as they stand there, each text kept once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pyarrow as pa

    from rubricate.coding.match import Matches
    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """The texts of some segments: for each its ``number`` among the distinct ``texts``."""

    number: Ints
    texts: tuple[str, ...]

    def take(self, which: Ints) -> Hits:
        """Those of some segments."""
        return Hits(self.number[which], self.texts)

    def used(self) -> Hits:
        """The same without texts that no segment has."""
        import numpy as np

        used = np.bincount(self.number, minlength=len(self.texts)) > 0
        texts = tuple(self.texts[each] for each in np.flatnonzero(used).tolist())
        return Hits((np.cumsum(used) - 1)[self.number], texts)

    def column(self) -> pa.Array:
        """The text of each segment."""
        import pyarrow as pa

        return pa.array(self.texts, pa.string()).take(pa.array(self.number))


def hits_from(texts: Iterable[str]) -> Hits:
    """These texts, one for each segment."""
    import numpy as np

    numbers: dict[str, int] = {}
    number = [numbers.setdefault(text, len(numbers)) for text in texts]
    return Hits(np.array(number, np.int64), tuple(numbers))


def joined_hits(some: Sequence[Hits]) -> Hits:
    """Several one after another."""
    import numpy as np

    if len(some) == 1:
        return some[0]
    numbers: dict[str, int] = {}
    moved = [
        np.array([numbers.setdefault(text, len(numbers)) for text in one.texts], np.int64)[one.number]
        for one in some
    ]
    return Hits(np.concatenate(moved), tuple(numbers))


def find_hits(reading: Reading, segments: Matches) -> Hits:
    """What segments say; of those that are one word the vocabulary knows it, and no text is read."""
    import numpy as np
    import pandas as pd

    single = segments.words == 1
    word, ids = pd.factorize(reading.words.ids(segments.word[single]))
    texts = [reading.vocabulary.words[each] for each in ids.tolist()]
    length = np.fromiter(map(len, texts), np.int64, len(texts))[word]
    whole = length == (segments.end - segments.start)[single]  # nothing but the word
    known = np.zeros(len(segments), bool)
    known[np.flatnonzero(single)[whole]] = True
    number = np.empty(len(segments), np.int64)
    number[known] = word[whole]
    if not known.all():
        others = hits_from(_read(reading, segments.take(~known)))
        numbers = {text: place for place, text in enumerate(texts)}
        moved = [numbers.setdefault(text, len(numbers)) for text in others.texts]
        number[~known] = np.array(moved, np.int64)[others.number]
        texts = list(numbers)
    return Hits(number, tuple(texts))


def _read(reading: Reading, segments: Matches) -> Iterator[str]:
    """The texts at the places of segments."""
    document = reading.paragraph_document[reading.paragraph_at(segments.start)]
    offset = reading.offset[document]
    rows = (column.tolist() for column in (document, segments.start - offset, segments.end - offset))
    texts: dict[int, str] = {}
    for index, start, end in zip(*rows, strict=True):
        if index not in texts:
            texts[index] = reading.documents[index].text
        yield texts[index][start:end]
