"""Passages: the analysed units that are counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.corpus.document import PARTS
from rubricate.corpus.reading import find_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Passages:
    """The analysed passages of some documents: one element per passage, in document order.

    ``document`` indexes the documents; ``start`` and ``end`` are offsets into that document's text;
    ``paragraph`` is the 0-based index of the document's paragraph and ``sentence`` of the sentence
    within it, each -1 where the unit is coarser; ``words`` is the number of words.
    """

    document: Ints
    start: Ints
    end: Ints
    paragraph: Ints
    sentence: Ints
    words: Ints

    def __len__(self) -> int:
        return len(self.document)


def analysed_paragraphs(reading: Reading, parts: Collection[str]) -> Bools:
    """For each paragraph whether its part is analysed."""
    import numpy as np

    return np.array([part in parts for part in PARTS], bool)[reading.paragraph_part]


def cut_passages(reading: Reading, unit: str, parts: Collection[str]) -> Passages:
    """The passages of a unit, in the order of the text."""
    return UNITS[unit](reading, analysed_paragraphs(reading, parts))


def passages_at(reading: Reading, passages: Passages, offset: Ints) -> Ints:
    """The passage in which each offset of the joined text lies; each must lie in an analysed paragraph."""
    import numpy as np

    starts = passages.start + reading.offset[passages.document]
    return np.searchsorted(starts, offset, side="right") - 1


def words_between(reading: Reading, start: Ints, end: Ints) -> Ints:
    """How many words begin in each range of the joined text."""
    import numpy as np

    first = np.searchsorted(reading.words.start, start)
    return np.searchsorted(reading.words.start, end) - first


def _paragraphs(reading: Reading, analysed: Bools) -> Passages:
    import numpy as np

    chosen = np.flatnonzero(analysed)
    owner = reading.paragraph_document[chosen]
    start, end = reading.paragraph_start[chosen], reading.paragraph_end[chosen]
    return Passages(
        document=owner,
        start=start - reading.offset[owner],
        end=end - reading.offset[owner],
        paragraph=reading.paragraph_index[chosen],
        sentence=np.full(len(chosen), -1),
        words=words_between(reading, start, end),
    )


def _sentences(reading: Reading, analysed: Bools) -> Passages:
    import numpy as np

    sentences = find_sentences(reading, analysed)
    paragraph = sentences.paragraph
    owner = reading.paragraph_document[paragraph]
    first = np.searchsorted(paragraph, paragraph)
    return Passages(
        document=owner,
        start=sentences.start - reading.offset[owner],
        end=sentences.end - reading.offset[owner],
        paragraph=reading.paragraph_index[paragraph],
        sentence=np.arange(len(paragraph)) - first,
        words=words_between(reading, sentences.start, sentences.end),
    )


def _documents(reading: Reading, analysed: Bools) -> Passages:
    """Documents with anything analysed, from its first analysed paragraph to its last."""
    import numpy as np

    chosen = np.flatnonzero(analysed)
    owner, first = np.unique(reading.paragraph_document[chosen], return_index=True)
    last = np.concatenate((first[1:], [len(chosen)])) - 1 if len(owner) else first
    counted = words_between(reading, reading.paragraph_start[chosen], reading.paragraph_end[chosen])
    return Passages(
        document=owner,
        start=reading.paragraph_start[chosen][first] - reading.offset[owner],
        end=reading.paragraph_end[chosen][last] - reading.offset[owner],
        paragraph=np.full(len(owner), -1),
        sentence=np.full(len(owner), -1),
        words=np.add.reduceat(counted, first) if len(owner) else counted,
    )


UNITS: dict[str, Callable[[Reading, Bools], Passages]] = {
    "paragraph": _paragraphs,
    "sentence": _sentences,
    "document": _documents,
}
"""Every unit of counting and how it is cut; a new unit is one more function here."""
