"""Passages: the analysed units that are counted."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rubricate.corpus.document import PARTS
from rubricate.corpus.reading import find_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.reading import Reading, Sentences
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Passages:
    """The analysed passages of some documents: one element per passage, in document order.

    ``document`` indexes the documents; ``start`` and ``end`` are offsets into that document's text;
    ``paragraph`` is the 0-based index of the document's paragraph and ``sentence`` of the sentence or
    item within it, each -1 where the unit is coarser. Of a ``heading`` or ``turn``, which has many, they
    are the last paragraph and the number of the section or turn in the document. ``words`` is the
    number of analysed words, ``unit`` a key of UNITS.
    """

    document: Ints
    start: Ints
    end: Ints
    paragraph: Ints
    sentence: Ints
    words: Ints
    unit: str = "paragraph"

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
        words=reading.paragraph_words[chosen],
    )


def _sentences(reading: Reading, analysed: Bools) -> Passages:
    return _within_paragraphs(reading, find_sentences(reading, analysed), "sentence")


def _items(reading: Reading, analysed: Bools) -> Passages:
    from rubricate.corpus.items.cutting import find_items  # it has many patterns to compile

    return _within_paragraphs(reading, find_items(reading, analysed), "item")


def _within_paragraphs(reading: Reading, pieces: Sentences, unit: str) -> Passages:
    import numpy as np

    words = words_between(reading, pieces.start, pieces.end)
    first, last = _with_words(pieces.paragraph, words)
    paragraph = pieces.paragraph[first]
    owner = reading.paragraph_document[paragraph]
    return Passages(
        document=owner,
        start=pieces.start[first] - reading.offset[owner],
        end=pieces.end[last] - reading.offset[owner],
        paragraph=reading.paragraph_index[paragraph],
        sentence=np.arange(len(paragraph)) - np.searchsorted(paragraph, paragraph),
        words=np.add.reduceat(words, first) if len(first) else words,
        unit=unit,
    )


def _with_words(paragraph: Ints, words: Ints) -> tuple[Ints, Ints]:
    """The first and the last piece of each passage, given the paragraph and number of words of each piece.

    A piece without words ("...", "[...]") says nothing that could be counted: it belongs to the one before,
    or behind where none of the paragraph stands before.
    """
    import numpy as np

    opening = np.searchsorted(paragraph, paragraph)
    before = np.cumsum(words) - words
    follows = before > before[opening]  # words of the same paragraph
    first = np.flatnonzero((opening == np.arange(len(paragraph))) | (follows & (words > 0)))
    return first, np.append(first[1:], len(paragraph))[: len(first)] - 1


def _headings(reading: Reading, analysed: Bools) -> Passages:
    """What stands under one heading, which begins it where headings are analysed, and before the first."""
    return _runs(reading, analysed, _opens_section(reading), "heading")


def _turns(reading: Reading, analysed: Bools) -> Passages:
    """What one speaker says until another does; a document that names no speakers is one turn.

    A paragraph without speaker (a heading, a remark) belongs to the turn in which it stands.
    """
    import numpy as np

    opens = np.zeros(len(reading.paragraph_start), np.bool_)
    place = 0
    for document in reading.documents:
        before = ""
        for index, paragraph in enumerate(document.paragraphs):
            opens[place + index] = not index or (before and paragraph.speaker not in ("", before))
            before = paragraph.speaker or before
        place += len(document.paragraphs)
    return _runs(reading, analysed, opens, "turn")


def _runs(reading: Reading, analysed: Bools, opens: Bools, unit: str) -> Passages:
    """Passages of all analysed paragraphs from one that ``opens`` to the next, numbered in the document."""
    import numpy as np

    section = np.cumsum(opens) - 1
    documents = np.searchsorted(reading.paragraph_document, reading.paragraph_document)
    number = section - section[documents]
    chosen, first, last, words = _joined(reading, analysed, section)
    owner = reading.paragraph_document[chosen[first]]
    return Passages(
        document=owner,
        start=reading.paragraph_start[chosen[first]] - reading.offset[owner],
        end=reading.paragraph_end[chosen[last]] - reading.offset[owner],
        paragraph=reading.paragraph_index[chosen[last]],
        sentence=number[chosen[first]],
        words=words,
        unit=unit,
    )


def _opens_section(reading: Reading) -> Bools:
    """The paragraphs that are a heading, begin a document, or have another path of headings above them
    than the one before though none stands between.
    """
    import numpy as np

    paths = [paragraph.heading for document in reading.documents for paragraph in document.paragraphs]
    changed = np.array([one != other for one, other in pairwise(["", *paths])], bool)
    heading = reading.paragraph_part == PARTS.index("heading")
    follows = np.append(False, heading[:-1])[: len(heading)]
    begins = np.diff(reading.paragraph_document, prepend=-1) > 0
    opens: Bools = heading | begins | (changed & ~follows)
    return opens


def _documents(reading: Reading, analysed: Bools) -> Passages:
    """Documents with anything analysed, from its first analysed paragraph to its last."""
    import numpy as np

    chosen, first, last, words = _joined(reading, analysed, reading.paragraph_document)
    owner = reading.paragraph_document[chosen[first]]
    return Passages(
        document=owner,
        start=reading.paragraph_start[chosen[first]] - reading.offset[owner],
        end=reading.paragraph_end[chosen[last]] - reading.offset[owner],
        paragraph=np.full(len(owner), -1),
        sentence=np.full(len(owner), -1),
        words=words,
        unit="document",
    )


def _joined(reading: Reading, analysed: Bools, group: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """The analysed paragraphs, and of each group of these the first and last among them and the words."""
    import numpy as np

    chosen = np.flatnonzero(analysed)
    _, first = np.unique(group[chosen], return_index=True)
    last = np.append(first[1:], len(chosen)) - 1 if len(first) else first
    counted = reading.paragraph_words[chosen]
    return chosen, first, last, np.add.reduceat(counted, first) if len(first) else counted


UNITS: dict[str, Callable[[Reading, Bools], Passages]] = {
    "paragraph": _paragraphs,
    "sentence": _sentences,
    "item": _items,
    "heading": _headings,
    "turn": _turns,
    "document": _documents,
}
"""Every unit of counting and how it is cut; a new unit is one more function here."""
