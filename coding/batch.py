"""What coding yields: batches of whole documents with their passages and segments, as columns.

A corpus is coded batch by batch, so that memory does not grow with it; tables are built from a batch
(one row per passage or segment) or from sums over batches (reports.tally).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.coding.hits import Hits
    from rubricate.coding.match import Matches
    from rubricate.corpus.document import Document
    from rubricate.corpus.duplicates.search import Marks
    from rubricate.corpus.passages import Passages

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]


class Piece(NamedTuple):
    """Matched words without others between them: offsets, the position of the first and how many."""

    start: int
    end: int
    word: int
    words: int

    def moved(self, by: int) -> Piece:
        """The same with other offsets."""
        return self._replace(start=self.start + by, end=self.end + by)


Scattered: TypeAlias = "Mapping[tuple[int, int, int], tuple[Piece, ...]]"
"""What is matched where other words stand between: by entry, start and end."""

NOTHING: Scattered = MappingProxyType({})


def pieces_of(matches: Matches, scattered: Scattered) -> dict[int, tuple[Piece, ...]]:
    """The pieces of those matches of entries, by index, that have other words between theirs."""
    if not scattered:
        return {}
    places = zip(*(column.tolist() for column in (matches.term, matches.start, matches.end)), strict=True)
    return {index: scattered[place] for index, place in enumerate(places) if place in scattered}


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """The segments of a batch, sorted by document, start, end and code.

    ``document`` and ``passage`` index the batch's documents and passages; ``paragraph`` is the 0-based
    index of the document's paragraph; ``code`` and ``entry`` index ``codebook.codes`` and
    ``codebook.entries``. ``start``/``end`` and ``sentence_start``/``sentence_end`` are offsets into the
    document's text. ``word`` is the position of the first matched word in the batch and ``words`` how
    many there are to the last; two segments share a matched word where these ranges meet, but for those in
    ``pieces``: of these, by index, only the words of the pieces are matched. ``hits`` are their texts, where
    these were read. The rest are the flags.
    """

    document: Ints
    passage: Ints
    paragraph: Ints
    code: Ints
    entry: Ints
    start: Ints
    end: Ints
    word: Ints
    words: Ints
    sentence_start: Ints
    sentence_end: Ints
    negated: Bools
    hedged: Bools
    attributed: Bools
    question: Bools
    pieces: Mapping[int, tuple[Piece, ...]] = field(default_factory=dict)
    hits: Hits | None = None

    def __len__(self) -> int:
        return len(self.document)


@dataclass(frozen=True, slots=True, eq=False)
class ByCode:
    """Two sums of a Batch by code: ``filtered`` (K codes), and ``elsewhere``, by code, part and flags."""

    filtered: Ints
    elsewhere: Mapping[tuple[int, str, tuple[bool, ...]], int]


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Some whole documents, coded.

    ``passages`` are all analysed passages, ``marks`` the duplicates among them, and ``counted`` says which
    count: all, or all but the duplicates. Everything else is about passages that count: ``segments``,
    ``matches``, each entry's matches before the overlap policy, ``forms``, how often each (entry, surface
    form) was one, and ``parts``, for every part of the batch the number of paragraphs, words and segments,
    parts that are not analysed included. ``applicable`` says for each document and code whether the code has
    entries for the document's language, and ``judged`` for each flag and document whether the flag is judged
    in its language: elsewhere it is never raised, whatever the text says. ``filtered`` is how many segments
    the filters of the settings left out. ``elsewhere`` counts the segments in parts that are not analysed, by
    part and by the flags raised on them (in the order of FLAGS). ``by_code`` has both by code.
    """

    documents: tuple[Document, ...]
    passages: Passages
    marks: Marks
    counted: Bools
    segments: Segments
    matches: Ints
    forms: Mapping[tuple[int, str], int]
    applicable: Bools
    judged: Mapping[str, Bools]
    filtered: int
    parts: Mapping[str, tuple[int, int, int]]
    elsewhere: Mapping[tuple[str, tuple[bool, ...]], int] = field(default_factory=dict)
    by_code: ByCode | None = None
