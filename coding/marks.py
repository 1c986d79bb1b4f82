"""The marks between words over which no cue of a flag reaches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rubricate.corpus.words.characters import DASH, LETTER, SPACE, ZWNJ

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Codes, Ints

    Bools = NDArray[np.bool_]
    Kinds = NDArray[np.uint8]

HARD_STOPS, SOFT_STOPS = "—;؛；:：()（）", ";؛；"
"""Over these no cue reaches, and no attribution: "He said: sanctions (…)". A comma is neither: "no sanctions,
embargoes or threats". A dash between spaces is a hard stop, too."""
_COMMAS = ",،，"
_NO_CHARACTER = 0xFFFF


@dataclass(frozen=True, slots=True, eq=False)
class Stops:
    """Offsets of marks in a reading, each kind sorted; ``hard_or_comma`` are both."""

    hard: Ints
    soft: Ints
    commas: Ints
    hard_or_comma: Ints


def find_stops(reading: Reading, at: Ints | None = None) -> Stops:
    """The marks of a reading over which cues do not reach, at these offsets (None: at all)."""
    import numpy as np

    codes, kinds = reading.words.codes, reading.words.kinds
    parting = (kinds if at is None else kinds[at]) - np.uint8(LETTER) > SPACE - LETTER  # no word, no blank
    at = np.flatnonzero(parting) if at is None else at[parting]
    code = codes[at]
    before, behind = kinds_beside(kinds, at)
    dash = (kinds[at] == DASH) & (before == SPACE) & (behind == SPACE) & (code != ord(ZWNJ))
    hard, comma = among(code, HARD_STOPS) | dash, among(code, _COMMAS)
    return Stops(at[hard], at[among(code, SOFT_STOPS)], at[comma], at[hard | comma])


def picked_or_all(start: Ints, end: Ints, size: int) -> Ints | None:
    """All places from each start to its end, in this order, of so many (``size``) in all; None where they are
    half of these or more: then it is quicker to look at everything.
    """
    import numpy as np

    count = end - start
    if 2 * count.sum() >= size:
        return None
    places: Ints = np.arange(count.sum()) + np.repeat(start - np.cumsum(count) + count, count)
    return places


def kinds_beside(kinds: Kinds, at: Ints) -> tuple[Kinds, Kinds]:
    """The classes of the characters before and behind these places; SPACE beyond the text."""
    import numpy as np

    before, behind = kinds[np.maximum(at - 1, 0)], kinds[np.minimum(at + 1, len(kinds) - 1)]
    before[at == 0], behind[at + 1 == len(kinds)] = SPACE, SPACE
    return before, behind


def among(codes: Codes, characters: str) -> Bools:
    """Which code points are those of one of the characters, all of plane 0."""
    import numpy as np

    found: Bools = _table(characters)[np.minimum(codes, _NO_CHARACTER)]
    return found


@cache
def _table(characters: str) -> Bools:
    """For each code point of plane 0 whether it is one of the characters; a look-up beats np.isin."""
    import numpy as np

    table = np.zeros(_NO_CHARACTER + 1, bool)
    table[list(map(ord, characters))] = True
    return table
