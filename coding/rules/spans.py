"""Places that rules find: from the first word matched to the last, and which words between are matched."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from rubricate.coding.batch import NOTHING, Piece, pieces_of
from rubricate.coding.overlap import extents

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.coding.batch import Scattered
    from rubricate.coding.match import Matches
    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]
    Pieces = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Places in a reading, sorted by where they begin and end.

    ``start`` and ``end`` are those of the hit, ``first`` and ``last`` where its first word begins and its
    last one ends: what two hits must not share. ``word`` and ``words`` are all words from that to this.
    ``matched`` is how many of them are matched, and ``pieces`` which, as a tuple of Piece, where others stand
    between them, or something without words is matched beside them (else None).
    """

    start: Ints
    end: Ints
    first: Ints
    last: Ints
    word: Ints
    words: Ints
    matched: Ints
    pieces: Pieces

    def __len__(self) -> int:
        return len(self.start)

    @property
    def behind(self) -> Ints:
        """The position of the word behind each."""
        return self.word + self.words

    def take(self, which: Ints | Bools) -> Spans:
        """Those at these indices, or where this is true."""
        return Spans(*(getattr(self, column.name)[which] for column in fields(self)))

    def piece(self, index: int) -> tuple[Piece, ...]:
        """What of one is matched."""
        pieces: tuple[Piece, ...] | None = self.pieces[index]
        if pieces is not None:
            return pieces
        columns = (self.start, self.end, self.word, self.words)
        return (Piece(*(int(column[index]) for column in columns)),)

    def scattered(self) -> dict[int, tuple[Piece, ...]]:
        """The pieces of those, by index, that are more than a row of words."""
        return {index: some for index, some in enumerate(self.pieces.tolist()) if some is not None}


def spans_of(reading: Reading, matches: Matches, scattered: Scattered = NOTHING) -> Spans:
    """Matches as spans; ``scattered`` are the pieces of those of entries."""
    import numpy as np

    first, last = extents(reading, matches.start, matches.end, matches.word, matches.words)
    pieces, matched = np.full(len(matches), None, object), matches.words.copy()
    for index, some in pieces_of(matches, scattered).items():
        pieces[index], matched[index] = some, sum(one.words for one in some)
    return in_order(
        Spans(matches.start, matches.end, first, last, matches.word, matches.words, matched, pieces)
    )


def in_order(spans: Spans) -> Spans:
    """The spans by where they begin, the shorter ones and those with more matched words first."""
    import numpy as np

    return spans.take(np.lexsort((spans.end, spans.start, -spans.matched, spans.last, spans.first)))


def together(some: Sequence[Spans]) -> Spans:
    """Spans of several operands as one; of those that begin and end together, the one with most words."""
    import numpy as np

    columns = [column.name for column in fields(Spans)]
    every = in_order(Spans(*(np.concatenate([getattr(one, name) for one in some]) for name in columns)))
    place = every.start * (int(every.end.max(initial=0)) + 1) + every.end
    return every.take(np.sort(np.unique(place, return_index=True)[1]))
