"""From the lines of plain texts to the lines of each paragraph.

A line break in a text file means one of three things: the end of a paragraph, the edge of a page that
was wrapped by hand, or a new line that the author wanted. Each stretch between blank lines is judged by
itself: where most lines are as full as the widest allows, the breaks are edges and go. Elsewhere a break
goes only where the line before it is plainly unfinished. What lengths and edges of lines tell is told by
arrays over many texts; the few lines that need a closer look are read (``lines.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.corpus.cleaning.line_table import where
from rubricate.corpus.cleaning.lines import (
    COLUMN,
    FINISHED,
    NARROWEST,
    STOPS,
    WIDEST,
    begins_oddly,
    ends_paragraph,
    is_glued_heading,
    opens_sentence,
    runs_on,
    set_off,
    starts_anew,
)
from rubricate.corpus.parts.names import LONGEST_NAME
from rubricate.corpus.parts.shapes import ends_sentence, is_numbered_header, may_end_sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from rubricate.corpus.cleaning.line_table import Bools, LineTable
    from rubricate.corpus.words.borders import Ints

_GLUED = 20  # lines, of which one can be two that lost their break: it does not say how wide the page is
_FULL = 0.8  # of the widest line, that a line reaches together with the next word
_SHORT = 0.9  # of the widest line: a line that ends a paragraph before its edge
_SHORT_FIRST = 0.75  # the same for the first line of a paragraph, which was perhaps set in
_HEADING = 0.7  # of the widest line, that a heading above a paragraph does not reach
_MOSTLY = 0.7  # of the lines, that must be full
_FEWEST_ITEMS = 4
_NEARLY_ALL = 0.85
_RUNNING_ON = 0.4  # of the next lines, that begin with a small letter where narrow lines are wrapped
_ENDED = 0.5  # of the lines, that end a sentence where each is a paragraph
_FAR = 1 << 40  # how far a line reaches where nobody need know it


def paragraph_lines(
    table: LineTable, languages: Sequence[str], tops: Collection[int] = ()
) -> tuple[Ints, Ints]:
    """First and last line (exclusive) of every paragraph, in order; blank lines are in none.

    ``languages`` are those of the texts; ``tops`` are lines behind a form feed.
    """
    import numpy as np

    filled = table.end > table.start
    begins = filled & ~np.append(False, filled[:-1])
    for line in tops:  # a page number with a header is a stretch of its own, if other lines stand below it
        if begins[line] and filled[line + 1 : line + 2].any() and is_numbered_header(table[line]):
            begins[line + 1] = True
    stretches = _Stretches(table, languages, begins, filled)
    if len(stretches.first):
        begins[stretches.lines] = _begins_paragraph(stretches)
        _mark_opening_sentences(stretches, begins)
    borders = np.append(np.flatnonzero(begins | ~filled), len(filled))
    which = np.flatnonzero(begins[borders[:-1]])
    return borders[which], borders[which + 1]


class _Stretches:
    """The stretches of several lines: of each its ``first`` line, their ``count``, its ``text`` and language.

    ``lines`` are the lines of all of them, side by side: ``of`` is the stretch of each line, and ``at`` where
    each stretch begins there. ``opens`` and ``closes`` mark the first and the last line of each.
    """

    def __init__(self, table: LineTable, languages: Sequence[str], begins: Bools, filled: Bools) -> None:
        import numpy as np

        borders = np.append(np.flatnonzero(begins | ~filled), len(filled))
        counts = np.diff(borders)
        several = begins[borders[:-1]] & (counts > 1)
        self.table = table
        self.first, self.count = borders[:-1][several], counts[several]
        self.text = np.searchsorted(table.line, self.first, side="right") - 1
        self.languages = [languages[text] for text in self.text.tolist()]
        self.at = np.cumsum(self.count) - self.count
        self.of = np.repeat(np.arange(len(self.first)), self.count)
        self.lines = np.arange(len(self.of)) + (self.first - self.at)[self.of]
        self.length = (table.end - table.start)[self.lines]
        self.opens = np.zeros(len(self.lines), np.bool_)
        self.opens[self.at] = True
        self.closes = np.append(self.opens[1:], True)
        self.firsts, self.lasts = table.firsts(self.lines), table.lasts(self.lines)

    def pairs(self, which: Ints) -> Iterator[tuple[str, str]]:
        """The lines at these places, each behind the line before it."""
        table, lines = self.table, self.lines[which]
        edges = (table.start[lines - 1], table.end[lines - 1], table.start[lines], table.end[lines])
        for start, end, first, last in zip(*(edge.tolist() for edge in edges), strict=True):
            yield table.text[start:end], table.text[first:last]

    def sums(self, values: Bools) -> Ints:
        """For each stretch, of how many lines this is true."""
        import numpy as np

        return np.add.reduceat(values, self.at, dtype=np.int64)

    def widths(self) -> Ints:
        """For each stretch the length that all but the longest twentieth of its lines keep to."""
        import numpy as np

        widths = np.maximum.reduceat(self.length, self.at)
        for index in np.flatnonzero(self.count >= _GLUED).tolist():
            count, begin = int(self.count[index]), int(self.at[index])
            widths[index] = np.sort(self.length[begin : begin + count])[-1 - count // _GLUED]
        return widths

    def reach(self, needed: Bools) -> Ints:
        """How far lines would have reached with the next line's first word on them; else, very far."""
        import numpy as np

        which = np.flatnonzero(needed & ~self.closes)
        reach = np.full(len(self.lines), _FAR)
        reach[which] = self.length[which] + 1 + self.table.first_words(self.lines[which] + 1)
        return reach


def _begins_paragraph(stretches: _Stretches) -> Bools:
    """For each line of these stretches, whether a paragraph begins with it."""
    import numpy as np

    width = stretches.widths()
    limit = np.maximum(_SHORT * width, LONGEST_NAME + 1)
    full = stretches.sums((stretches.length > (_FULL * width - 2)[stretches.of]) & ~stretches.closes)
    # Where enough lines are nearly full by themselves, the others need not be looked at with the next word.
    surely = full >= _MOSTLY * (stretches.count - 1)
    reach = stretches.reach((stretches.length < limit[stretches.of]) | ~surely[stretches.of])
    wrapped = _is_wrapped(stretches, width, reach, surely)
    begins = stretches.opens.copy()
    _mark_in_wrapped(stretches, width, reach, wrapped, begins)
    _mark_in_others(stretches, wrapped, begins)
    return begins


def _is_wrapped(stretches: _Stretches, width: Ints, reach: Ints, surely: Bools) -> Bools:
    """For each stretch, whether its breaks are edges of a page rather than ends of paragraphs."""
    import numpy as np

    behind = stretches.count - 1
    full = (reach > (_FULL * width)[stretches.of]) & ~stretches.closes
    page = (width >= COLUMN) & (width <= WIDEST)
    mostly = surely | (stretches.sums(full) >= _MOSTLY * behind)
    broad = width >= NARROWEST
    for index in np.flatnonzero(page & mostly & ~broad).tolist():
        broad[index] = _has_no_case(stretches.table[int(stretches.first[index])])
    small = where(stretches.firsts, str.islower)
    running_on = stretches.sums(small & ~stretches.opens) >= _RUNNING_ON * behind
    # The first line can be what a name or a heading has left of it.
    but_first = stretches.sums(full & ~stretches.opens) >= _MOSTLY * np.maximum(behind - 1, 1)
    but_first &= (width >= NARROWEST) & (running_on | ((behind > 1) & small[stretches.at + 1]))
    wrapped: Bools = page & np.where(mostly, broad | running_on, but_first)
    return wrapped & ~_stand_alone(stretches, page & mostly & broad)


def _has_no_case(line: str) -> bool:
    """Whether a line's script has no capitals, so that they cannot tell where something begins."""
    return line.lower() == line.upper()


def _stand_alone(stretches: _Stretches, asked: Bools) -> Bools:
    """For each stretch that is asked about, whether its lines, although they are about equally long, are
    items, headlines or sentences, each a paragraph of its own.
    """
    import numpy as np

    count, at, table = stretches.count, stretches.at, stretches.table
    asked = asked & (count >= _FEWEST_ITEMS)
    anew = where(stretches.firsts, starts_anew)
    commas = stretches.sums(stretches.lasts == ord(","))
    items: Bools = stretches.sums(anew & ~stretches.opens) >= _NEARLY_ALL * (count - 1)
    items &= asked & anew[at + 1] & anew[np.minimum(at + 2, len(anew) - 1)] & (2 * commas < count)
    ended = where(stretches.lasts, may_end_sentence)
    sentences = asked & (stretches.sums(ended) >= _NEARLY_ALL * count) & (ended[at] | ended[at + 1])
    for index in np.flatnonzero(items | sentences).tolist():
        first = int(stretches.first[index])
        lines = [table[line] for line in range(first, first + int(count[index]))]
        items[index] = items[index] and not lines[0].isupper()
        sentences[index] = any(map(ends_sentence, lines[:2])) and (
            sum(map(ends_sentence, lines)) >= _NEARLY_ALL * len(lines)
        )
    alone: Bools = items | sentences
    return alone


def _mark_in_others(stretches: _Stretches, wrapped: Bools, begins: Bools) -> None:
    """Mark the lines with which paragraphs begin in stretches that are not wrapped."""
    import numpy as np

    ended = stretches.sums(where(stretches.lasts, FINISHED.__contains__))
    mostly = (ended >= np.maximum(_ENDED * stretches.count, 1)).tolist()
    others = ~wrapped[stretches.of]
    begins |= others
    stopped = np.append(False, where(stretches.lasts, STOPS.__contains__)[:-1])
    which = np.flatnonzero(others & ~stretches.opens & ~stopped)
    columns = zip(which.tolist(), stretches.of[which].tolist(), stretches.pairs(which), strict=True)
    for index, stretch, (before, line) in columns:
        if runs_on(before, line, mostly[stretch], stretches.languages[stretch]):
            begins[index] = False


def _mark_in_wrapped(stretches: _Stretches, width: Ints, reach: Ints, wrapped: Bools, begins: Bools) -> None:
    """Mark the lines with which paragraphs begin in wrapped stretches."""
    import numpy as np

    apart = _set_off(stretches, wrapped)
    which = np.flatnonzero((_suspects(stretches, width, reach) & wrapped[stretches.of]) | apart)
    stretch = stretches.of[which]
    columns = (which, stretch, reach[which - 1], width[stretch], apart[which])
    rows = zip(*(column.tolist() for column in columns), stretches.pairs(which), strict=True)
    current, opened = -1, -1  # the stretch, and where its last paragraph began
    for index, stretch, reached, full, is_apart, (before, line) in rows:
        if stretch != current:
            current, opened, language = stretch, int(stretches.at[stretch]), stretches.languages[stretch]
        opening = index - 1 == opened
        short = reached < (_SHORT_FIRST if opening else _SHORT) * full
        if ends_paragraph(before, line, short, is_apart, language) or (
            opening and reached < _HEADING * full and is_glued_heading(before, line, language)
        ):
            begins[index] = True
            opened = index


def _mark_opening_sentences(stretches: _Stretches, begins: Bools) -> None:
    """Let no paragraph end behind the first line of a text where that begins a sentence."""
    import numpy as np

    first = stretches.first
    opening = (first == np.array(stretches.table.line)[stretches.text]) & begins[first + 1]
    which = stretches.at[opening] + 1
    languages = (
        language for language, is_first in zip(stretches.languages, opening, strict=True) if is_first
    )
    for index, language, (line, following) in zip(which, languages, stretches.pairs(which), strict=True):
        if opens_sentence(line, following, language):
            begins[stretches.lines[index]] = False


def _suspects(stretches: _Stretches, width: Ints, reach: Ints) -> Bools:
    """The lines of wrapped stretches that need a closer look: most are full, start like any other and are
    too long for a heading.
    """
    brief = stretches.length <= LONGEST_NAME
    odd = where(stretches.firsts, begins_oddly)
    numbered = where(stretches.table.seconds(stretches.lines), ".)".__contains__)
    before = brief | (reach < (_SHORT * width)[stretches.of]) | (odd & (stretches.firsts == ord(">")))
    suspects: Bools = brief | odd | numbered
    suspects[1:] |= before[:-1]
    return suspects & ~stretches.opens


def _set_off(stretches: _Stretches, wrapped: Bools) -> Bools:
    """The lines of wrapped stretches that are set in as a first line is, or out where the others are in."""
    import numpy as np

    indents = (stretches.table.start - stretches.table.raw_start)[stretches.lines]
    apart = np.zeros(len(indents), np.bool_)
    for index in np.flatnonzero(wrapped & (stretches.sums(indents > 0) > 0)).tolist():
        begin = int(stretches.at[index])
        some = indents[begin : begin + int(stretches.count[index])].tolist()
        apart[[begin + place for place in set_off(some)]] = True
    return apart
