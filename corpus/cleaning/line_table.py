"""The lines of many texts side by side, as arrays: a text has hundreds, and a corpus a million."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from rubricate.corpus.words.borders import code_points
from rubricate.corpus.words.characters import SPACE, classify

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.words.borders import Codes, Ints

    Bools = NDArray[np.bool_]

_BETWEEN = "\n\n"  # so that no stretch of lines goes from one text to the next
_FEW = 8  # blanks at the edge of a line
_WINDOW = 16  # characters in which most words end


@dataclass(frozen=True, slots=True, eq=False)
class LineTable:
    """The lines of some texts, joined to one, in which every offset and every line number counts.

    Line ``i`` begins at ``raw_start[i]``; without the blanks at its edges it goes from ``start[i]`` to
    ``end[i]``, which are the same in a blank line. Text ``d`` begins at ``offset[d]``, with the line
    ``line[d]``; between two texts is a blank line that belongs to neither.
    """

    text: str
    codes: Codes
    offset: list[int]
    line: list[int]
    raw_start: Ints
    start: Ints
    end: Ints

    def __getitem__(self, line: int) -> str:
        """A line without the blanks at its edges."""
        return self.text[self.start[line] : self.end[line]]

    def lines_at(self, offsets: Sequence[int]) -> Ints:
        """The line in which each of these offsets lies."""
        import numpy as np

        lines: Ints = np.searchsorted(self.raw_start, offsets, side="right") - 1
        return lines

    def firsts(self, lines: Ints) -> Codes:
        """The first character of each of these lines, of which none is blank."""
        return self.codes[self.start[lines]]

    def lasts(self, lines: Ints) -> Codes:
        """The last character of each of these lines, of which none is blank."""
        return self.codes[self.end[lines] - 1]

    def seconds(self, lines: Ints) -> Codes:
        """The second character of each of these lines; in a line of one, that is the first."""
        import numpy as np

        return self.codes[np.minimum(self.start[lines] + 1, self.end[lines] - 1)]

    def first_words(self, lines: Ints) -> Ints:
        """How many characters of each of these lines, none of them blank, stand before its first space."""
        import numpy as np

        start, length = self.start[lines], self.end[lines] - self.start[lines]
        places = np.minimum(start[:, None] + np.arange(_WINDOW), len(self.codes) - 1)
        spaces = self.codes[places] == ord(" ")
        counts: Ints = np.minimum(np.where(spaces.any(axis=1), spaces.argmax(axis=1), length), length)
        for index in np.flatnonzero(counts > _WINDOW).tolist():
            begin = int(start[index])
            found = self.text.find(" ", begin + _WINDOW, begin + int(length[index]))
            counts[index] = found - begin if found >= 0 else length[index]
        return counts


def table_of_lines(texts: Sequence[str]) -> LineTable:
    """The lines of these texts."""
    import numpy as np

    text = _BETWEEN.join(texts)
    codes = code_points(text)
    lengths = [len(one) + len(_BETWEEN) for one in texts]
    offset = list(accumulate(lengths[:-1], initial=0))
    breaks = np.flatnonzero(codes == ord("\n"))
    raw_start = np.concatenate(([0], breaks + 1))
    raw_end = np.append(breaks, len(text))
    start, end = _without_blanks(text, codes, raw_start, raw_end)
    line = np.searchsorted(breaks, offset).tolist()
    return LineTable(text, codes, offset, line, raw_start, start, end)


def _without_blanks(text: str, codes: Codes, raw_start: Ints, raw_end: Ints) -> tuple[Ints, Ints]:
    """Where lines begin and end without the blanks at their edges: few, and taken from all lines at once."""
    import numpy as np

    start, end = raw_start.copy(), raw_end.copy()
    behind = np.flatnonzero(end > start)
    for _ in range(_FEW):
        behind = behind[classify(codes[end[behind] - 1]) == SPACE]
        end[behind] -= 1
        behind = behind[end[behind] > start[behind]]
    before = np.flatnonzero(end > start)
    for _ in range(_FEW):
        before = before[classify(codes[start[before]]) == SPACE]
        start[before] += 1
        before = before[end[before] > start[before]]
    for line in [*behind.tolist(), *before.tolist()]:
        first, last = int(raw_start[line]), int(raw_end[line])
        rest = text[first:last].lstrip()
        start[line] = last - len(rest) if rest else first
        end[line] = start[line] + len(rest.rstrip())
    return start, end


def where(codes: Codes, test: Callable[[str], bool]) -> Bools:
    """What a test says of each of these characters; it is asked once for every one that occurs."""
    import numpy as np

    if not len(codes):
        return np.zeros(0, np.bool_)
    occurring = np.flatnonzero(np.bincount(codes))
    answers = np.zeros(occurring[-1] + 1, np.bool_)
    answers[occurring] = [test(chr(code)) for code in occurring.tolist()]
    return answers[codes]
