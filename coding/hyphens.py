"""Codebooks in which a hyphen between letters joins a word (``hyphens: keep``), as imported dictionaries do.

They are matched over a reading of their own, with other words; whatever else asks about words (flags, counts,
co-occurrence) has those of every codebook, in which hyphens part them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.coding.batch import Piece
from rubricate.coding.match import touching
from rubricate.corpus.words.characters import DASH, ZWNJ

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.coding.match import Matches
    from rubricate.coding.plan import Terms
    from rubricate.corpus.reading import Reading

    Bools = NDArray[np.bool_]


def joined_by_spaces(terms: Terms, reading: Reading, found: Matches) -> Matches:
    """The matches whose words, where a term has a space between them, have no hyphen there."""
    import numpy as np

    words = reading.words
    hyphens = np.cumsum(np.append(False, (words.kinds == DASH) & (words.codes != ord(ZWNJ))))
    keep = np.ones(len(found), bool)
    for place in range(1, terms.slots.shape[1]):
        which = np.flatnonzero((found.words > place) & (terms.gaps[found.term, place] == 1))
        at = found.word[which] + place
        keep[which] &= hyphens[words.start[at]] == hyphens[words.end[at - 1]]
    return found.take(keep)


def in_words_of(reading: Reading, matches: Matches) -> Matches:
    """Matches that were found over other words of the same text, with the words of a reading."""
    return touching(reading, matches.term, matches.start, matches.end)


def pieces_in_words_of(reading: Reading, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The same for the pieces of a match."""
    import numpy as np

    start, end = np.array([one.start for one in pieces]), np.array([one.end for one in pieces])
    found = touching(reading, start, start, end)
    columns = (found.start, found.end, found.word, found.words)
    return tuple(Piece(*row) for row in zip(*(column.tolist() for column in columns), strict=True))
