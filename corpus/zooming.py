"""A reading of a few paragraphs, cut out of a larger one: what is found there is looked at closely, and the
rest of the text need not even be in memory.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from rubricate.corpus.reading import BETWEEN, Reading, Sentences
from rubricate.corpus.words.borders import Words, characters_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.words.borders import Characters, Ints

    Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Zoom:
    """Some paragraphs as a ``reading`` of their own, of the same documents.

    Its offsets of documents (``offset``) are still those of the whole reading. ``place`` gives for each
    paragraph of the whole its index here, ``moved`` and ``words_moved`` what is to be added to an offset and
    to the position of a word in it; of paragraphs that were left out they say nothing.
    """

    reading: Reading
    place: Ints
    moved: Ints
    words_moved: Ints

    def sentences(self, some: Sentences) -> Sentences:
        """Sentences of the whole as those of the part, in which all of them lie."""
        moved = self.moved[some.paragraph]
        return Sentences(some.start + moved, some.end + moved, self.place[some.paragraph])


def zoom(reading: Reading, where: Bools) -> Zoom:
    """The paragraphs where this is true, with two line feeds between them."""
    import numpy as np

    chosen = np.flatnonzero(where)
    start, end = reading.paragraph_start[chosen], reading.paragraph_end[chosen]
    lengths = end - start + len(BETWEEN)
    begins = np.cumsum(lengths) - lengths
    first, count = reading.first_words[chosen], reading.paragraph_words[chosen]
    place, moved, words_moved = (np.zeros(len(where), np.int64) for _ in range(3))
    place[chosen] = np.arange(len(chosen))
    moved[chosen] = begins - start
    words_moved[chosen] = np.cumsum(count) - count - first
    part = replace(
        reading,
        words=_words(reading, chosen, reading.words_in(where), np.repeat(begins - start, count)),
        paragraph_start=begins,
        paragraph_end=begins + end - start,
        paragraph_document=reading.paragraph_document[chosen],
        paragraph_part=reading.paragraph_part[chosen],
        paragraph_index=reading.paragraph_index[chosen],
        sentences=None,
        counted=count,
    )
    return Zoom(part, place, moved, words_moved)


def _words(reading: Reading, chosen: Ints, at: Ints, moved: Ints) -> Words:
    words = reading.words

    @cache
    def characters() -> Characters:
        return characters_of(BETWEEN.join(_texts(reading, chosen)))

    joined = None if words.joined is None else words.joined[at]
    start, end = words.edges(at)
    return Words(start + moved, end + moved, words.ids(at), characters, joined)


def _texts(reading: Reading, chosen: Ints) -> list[str]:
    """The texts of paragraphs."""
    owner = reading.paragraph_document[chosen]
    offset = reading.offset[owner]
    starts, ends = reading.paragraph_start[chosen] - offset, reading.paragraph_end[chosen] - offset
    rows = zip(owner.tolist(), starts.tolist(), ends.tolist(), strict=True)
    texts = {one: reading.documents[one].text for one in dict.fromkeys(owner.tolist())}
    return [texts[one][start:end] for one, start, end in rows]
