"""Searching many paragraphs with one regex: joined, since every call of RE2 costs more than it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks.regex_marks import STRAY
from rubricate.codebooks.regexes import compiled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]

_BETWEEN = f"\n{STRAY}\n"
"""Stands between paragraphs: line ends, no letter, and a character that no pattern can name."""


def spans_within(pattern: str, text: str, paragraphs: Ints) -> list[tuple[int, int]]:
    """Start and end of all matches in paragraphs of ``text`` (rows of start and end), each a text by itself.

    The pattern must not ask where its text begins or ends.
    """
    if not len(paragraphs):
        return []
    found, begin = _read(pattern, text, paragraphs)
    first, behind = _touched(found, begin, paragraphs)
    some = first < behind
    first, found = first[some], found[some] + (paragraphs[first[some], 0] - begin[first[some]])[:, None]
    if ((found[:, 0] >= paragraphs[first, 0]) & (found[:, 1] <= paragraphs[first, 1])).all():
        return [(start, end) for start, end in found.tolist()]
    # A match that reaches over the end of a paragraph can hide one within it.
    return spans_alone(pattern, text, paragraphs[touched(pattern, text, paragraphs)])


def spans_alone(pattern: str, text: str, paragraphs: Ints) -> list[tuple[int, int]]:
    """The same for any pattern, one paragraph after another."""
    return [
        (start + match.start(), start + match.end())
        for start, end in paragraphs.tolist()
        for match in compiled(pattern).finditer(text[start:end])
    ]


def touched(pattern: str, text: str, paragraphs: Ints) -> Bools:
    """Which paragraphs a match touches when they are read at once: all that hold one, perhaps others."""
    import numpy as np

    found, begin = _read(pattern, text, paragraphs)
    edges = np.zeros(len(paragraphs) + 1, np.int64)
    first, behind = _touched(found, begin, paragraphs)
    np.add.at(edges, first, 1)
    np.add.at(edges, behind, -1)
    return np.cumsum(edges[:-1]) > 0


def _read(pattern: str, text: str, paragraphs: Ints) -> tuple[Ints, Ints]:
    """The matches in the joined paragraphs (rows of start and end), and where each paragraph begins there."""
    import numpy as np

    joined = _BETWEEN.join([text[start:end] for start, end in paragraphs.tolist()])
    length = paragraphs[:, 1] - paragraphs[:, 0] + len(_BETWEEN)
    found = [match.span() for match in compiled(pattern).finditer(joined)]
    return np.array(found, np.int64).reshape(-1, 2), np.cumsum(length) - length


def _touched(found: Ints, begin: Ints, paragraphs: Ints) -> tuple[Ints, Ints]:
    """For each match the first paragraph that it touches and the first behind."""
    import numpy as np

    end = begin + paragraphs[:, 1] - paragraphs[:, 0]
    first = np.searchsorted(end, found[:, 0], side="right")
    return first, np.searchsorted(begin, found[:, 1], side="left")
