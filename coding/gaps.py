"""Whether the characters that a term has between and around its words (``U.S.``, ``C++``) stand in the text.

Arrays decide by the one character beside each word; only where that could be right is the text read.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from rubricate.coding.twins import as_typed, twins, units
from rubricate.corpus.words.characters import MARK, SPACE
from rubricate.corpus.words.folding import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rubricate.coding.plan import Terms
    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]

_LONGEST_GAP = 2000  # characters in front of a match in which its own may stand; no term is longer
_CODE_POINTS = 0x110000


def literal_gaps_hold(
    terms: Terms, reading: Reading, first: Ints, term: Ints, length: Ints, start: Ints, end: Ints
) -> Bools:
    """For each match whether the characters between and around its words stand in the text.

    Moves ``start`` and ``end`` of the matches over those in front and behind.
    """
    import numpy as np

    places = np.arange(terms.gaps.shape[1])
    empty: Bools = (terms.gaps == 0) & (places > 0) & (places < terms.length[:, None])
    keep = np.ones(len(first), bool)
    for place in np.flatnonzero(empty.any(axis=0)).tolist():
        which = np.flatnonzero(empty[term, place])
        at = first[which] + place
        keep[which] &= reading.words.edges(at)[0] == reading.words.edges(at - 1)[1]
    literal: Bools = terms.gaps > 1
    read: Bools = np.isin(term, np.flatnonzero(literal.any(axis=1)))
    for place in np.flatnonzero(literal.any(axis=0)).tolist():
        which = np.flatnonzero(literal[term, place] & keep)
        keep[which] = _may_begin(terms, reading, first[which], terms.gaps[term[which], place], place)
    for index in np.flatnonzero(read & keep).tolist():
        edges = _edges(terms, reading, int(term[index]), int(first[index]), int(length[index]))
        keep[index] = edges is not None
        if edges is not None:
            start[index], end[index] = edges
    return keep


def _may_begin(terms: Terms, reading: Reading, first: Ints, gap: Ints, place: int) -> Bools:
    """Whether the character behind the word before a gap, or in front of a match, could be the gap's."""
    import numpy as np

    words = reading.words
    at = words.start[first] - 1 if place == 0 else words.end[first + place - 1]
    inside = (at >= 0) & (at < len(words.codes))
    at = np.clip(at, 0, len(words.codes) - 1)
    keys = _keys(terms.gap_texts, place == 0)
    code = np.where(words.kinds[at] == SPACE, ord(" "), words.codes[at])
    key = gap * _CODE_POINTS + code
    found = keys[np.minimum(np.searchsorted(keys, key), len(keys) - 1)] == key
    may: Bools = inside & (found | (words.kinds[at] == MARK))
    return may


@cache
def _keys(gaps: tuple[str, ...], last: bool) -> Ints:
    """Every (gap, code point that its first or last character has in a text) as one number, sorted.

    Any white space counts as a space.
    """
    import numpy as np

    edge = -1 if last else 0
    keys = [
        number * _CODE_POINTS + ord(spelling[edge])
        for number, gap in enumerate(gaps)
        for spelling in (twins(units(gap)[edge]) if gap else ())
    ]
    return np.array(sorted(keys), np.int64)


def _edges(terms: Terms, reading: Reading, term: int, first: int, length: int) -> tuple[int, int] | None:
    """Start and end of a match with its literal characters; None where they do not stand there."""
    gaps = [terms.gap_texts[gap] for gap in terms.gaps[term, : length + 1].tolist()]
    words, paragraph = reading.words, int(reading.word_paragraph[first])
    for place in range(1, length):
        raw = words.text[words.end[first + place - 1] : words.start[first + place]]
        if gaps[place] != " " and _spaced(raw) != gaps[place]:
            return None
    start, end = int(words.start[first]), int(words.end[first + length - 1])
    nearest = max(int(reading.paragraph_start[paragraph]), start - _LONGEST_GAP)
    if gaps[0]:
        before = as_typed(gaps[0], at_end=True).search(words.text, nearest, start)
        if before is None:
            return None
        start = before.start()
    behind = as_typed(gaps[-1]).match(words.text, end, int(reading.paragraph_end[paragraph]))
    return None if behind is None else (start, behind.end())


def _spaced(gap: str) -> str:
    return " ".join(re.split(r"\s+", fold(gap)))
