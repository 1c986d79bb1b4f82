"""From a plain text to its paragraphs, with its wrapped lines joined and every repair on record.

Nothing here depends on other documents.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rubricate.corpus.cleaning.hyphens import BREAKABLE, FIRST_UNSPACED, Hyphens, ends_in_dash, without_space
from rubricate.corpus.cleaning.line_table import table_of_lines, where
from rubricate.corpus.cleaning.stretches import paragraph_lines
from rubricate.corpus.words.characters import DASHES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rubricate.corpus.cleaning.line_table import Bools, LineTable
    from rubricate.corpus.words.borders import Ints

_CONTROLS = {
    "\x0b": "\n",
    "\x0c": "\n\n",
    "\x85": "\n",
    "\u2028": "\n",
    "\u2029": "\n\n",
    "\ufeff": "",
    **dict.fromkeys("\x1c\x1d\x1e\x1f", " "),
}
"""What becomes of control characters; of all others nothing between two letters, else a space."""
_HYPHENS = frozenset("-‐") | frozenset(BREAKABLE)
_FORM_FEED = "\x0c"
_LINE_END_HYPHEN = "\x02"  # what some readers of PDF write for a hyphen at the end of a line
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ufeff]")
_UNWANTED_BYTES = bytes([*range(9), *range(0x0B, 0x20), 0x7F])
_UNWANTED_BEYOND = "\x85\u2028\u2029\ufeff"
_EDGES = frozenset(DASHES) | frozenset(BREAKABLE)


class Seam(NamedTuple):
    """A repair inside a piece: the piece has ``after`` at ``at`` where the text that was cut has ``before``
    at ``source``.
    """

    kind: str
    at: int
    source: int
    before: str
    after: str


class Piece(NamedTuple):
    """A paragraph on its way: its text, its lines (``first`` to ``last``, exclusive), how many of their
    breaks became spaces, and its repairs. ``part`` is empty until something has decided it.
    """

    text: str
    first: int
    last: int
    joins: int = 0
    seams: tuple[Seam, ...] = ()
    part: str = ""
    reason: str = ""


class Edit(NamedTuple):
    """A change made before the text was cut: ``before`` at ``source_start`` became ``after`` at ``start``."""

    kind: str
    start: int
    source_start: int
    before: str
    after: str


class Uncut(NamedTuple):
    """A text as it was read, its language, and what else is to stand there (start, end, what)."""

    text: str
    language: str
    replacements: Sequence[tuple[int, int, str]] = ()


@dataclass(frozen=True)
class CutText:
    """A text cut into lines, the one at ``place`` in ``table``, and what was changed before it was cut.

    Its lines are counted from 0, without the blanks at their edges.
    """

    text: str
    language: str
    edits: tuple[Edit, ...]
    table: LineTable
    place: int

    @cached_property
    def hyphens(self) -> Hyphens:
        """What knows the hyphens of this text."""
        return Hyphens(self.text, self.language)

    @property
    def first(self) -> int:
        """The number of its first line in the table."""
        return self.table.line[self.place]

    def line(self, line: int) -> str:
        """A line."""
        return self.table[self.first + line]

    def start(self, line: int) -> int:
        """Where a line begins."""
        return int(self.table.start[self.first + line]) - self.table.offset[self.place]

    def end(self, line: int) -> int:
        """Where a line ends."""
        return int(self.table.end[self.first + line]) - self.table.offset[self.place]

    @cached_property
    def page_starts(self) -> list[int]:
        """The lines with which a page begins, because a form feed stands before them."""
        begin = self.table.offset[self.place]
        feeds = [begin + edit.start for edit in self.edits if edit.before == _FORM_FEED]
        lines: list[int] = self.table.lines_at(feeds).tolist()
        return [line - self.first + len(_CONTROLS[_FORM_FEED]) for line in lines]

    @cached_property
    def page_tops(self) -> frozenset[int]:
        """The same lines, to look one up."""
        return frozenset(self.page_starts)

    def turns_page(self, line: int, other: int | None) -> bool:
        """Whether a form feed stands between what ends before ``line`` and what begins with ``other``, or, if
        that is none, the end of the text.
        """
        if not self.edits:
            return False
        place = bisect_left(self.page_starts, line)
        return place < len(self.page_starts) and (other is None or self.page_starts[place] <= other)


def cut_texts(texts: Sequence[Uncut]) -> list[CutText]:
    """Texts without control characters and with their replacements, cut into lines."""
    edited = [_edited(uncut.text, uncut.replacements) for uncut in texts]
    table = table_of_lines([text for text, _ in edited])
    columns = zip(texts, edited, strict=True)
    return [
        CutText(text, uncut.language, edits, table, place)
        for place, (uncut, (text, edits)) in enumerate(columns)
    ]


def _edited(text: str, replacements: Sequence[tuple[int, int, str]]) -> tuple[str, tuple[Edit, ...]]:
    """A text without control characters and with its replacements, and what was changed."""
    changes = [(start, end, after, "repairs.csv") for start, end, after in replacements]
    if _has_unwanted(text):
        taken = {place for start, end, _ in replacements for place in range(start, end)}
        changes += [
            (found.start(), found.end(), _instead(found, text), "control_character")
            for found in _UNWANTED.finditer(text)
            if found.start() not in taken
        ]
    if not changes:
        return text, ()
    pieces, edits, length, done = [], [], 0, 0
    for start, end, after, kind in sorted(changes):
        pieces += [text[done:start], after]
        edits.append(Edit(kind, length + start - done, start, text[start:end], after))
        length += start - done + len(after)
        done = end
    return "".join([*pieces, text[done:]]), tuple(edits)


def _has_unwanted(text: str) -> bool:
    """Whether a text has any control character: bytes are searched far faster than characters."""
    data = text.encode("utf-8", "surrogatepass")
    if len(data.translate(None, _UNWANTED_BYTES)) < len(data):
        return True
    return not text.isascii() and any(character in text for character in _UNWANTED_BEYOND)


def _instead(found: re.Match[str], text: str) -> str:
    """What a control character is replaced by."""
    before, behind = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    if found[0] == _LINE_END_HYPHEN and behind == "\n":
        return "\u00ad"
    return _CONTROLS.get(found[0], "" if before.isalpha() and behind.isalpha() else " ")


def pieces_of(cuts: Sequence[CutText]) -> list[list[Piece]]:
    """The paragraphs of each of these texts, with wrapped lines joined, in order; none of them is empty.

    The texts are all that were cut together.
    """
    import numpy as np

    pieces: list[list[Piece]] = [[] for _ in cuts]
    if not cuts:
        return pieces
    table = cuts[0].table
    tops = [cut.first + line for cut in cuts if cut.edits for line in cut.page_starts]
    first, last = paragraph_lines(table, [cut.language for cut in cuts], tops)
    place = np.searchsorted(table.line, first, side="right") - 1
    simply = _simply_joined(table, first, last)
    line = first - np.array(table.line)[place]
    columns = (place, line, last - first, table.start[first], table.end[last - 1], simply)
    for index, begin, count, start, end, plain in zip(*map(np.ndarray.tolist, columns), strict=True):
        if count == 1:
            piece = Piece(table.text[start:end], begin, begin + 1)
        elif plain:
            text = " ".join(map(str.strip, table.text[start:end].split("\n")))
            piece = Piece(text, begin, begin + count, count - 1)
        else:
            piece = _joined(cuts[index], begin, begin + count)
        pieces[index].append(piece)
    return pieces


def _simply_joined(table: LineTable, first: Ints, last: Ints) -> Bools:
    """Which of these paragraphs have a space wherever lines are joined: none ends with a dash, or in Han."""
    import numpy as np

    filled = np.flatnonzero(table.end > table.start)
    ends = table.lasts(filled)
    unlike = np.zeros(len(table.start), np.bool_)
    unlike[filled] = where(ends, _EDGES.__contains__) | (ends >= ord(FIRST_UNSPACED))
    sums = np.append(0, np.cumsum(unlike))
    simply: Bools = sums[last] == sums[first]
    return simply


def _joined(cut: CutText, first: int, last: int) -> Piece:
    """Lines as one paragraph: with a space between them unless their script has none, behind a dash that
    touches its word without.
    """
    lines = list(map(cut.line, range(first, last)))
    texts, length, joins, seams = [lines[0]], len(lines[0]), 0, []
    for index, (before, line) in enumerate(pairwise(lines), first):
        if ends_in_dash(before):
            kept = cut.hyphens.kept(before, line)
            start, behind = cut.end(index) - 1, cut.start(index + 1)
            kind = "dash" if before[-1] in _EDGES - _HYPHENS else "hyphen"
            seams.append(Seam(kind, length - 1, start, cut.text[start:behind], kept))
            texts[-1] = texts[-1][:-1]
            between, length = kept, length - 1
        else:
            joins += 1
            between = _between(before, line)
        texts += [between, line]
        length += len(between) + len(line)
    return Piece("".join(texts), first, last, joins, tuple(seams))


def stitch(cut: CutText, halves: Sequence[Piece]) -> Piece:
    """The pieces of one sentence as one, with what stood between them in the repairs."""
    if len(halves) == 1:
        return halves[0]
    texts, seams, length = [halves[0].text], list(halves[0].seams), len(halves[0].text)
    for one, other in pairwise(halves):
        touching = ends_in_dash(one.text)
        after = cut.hyphens.kept(one.text, other.text) if touching else _between(one.text, other.text)
        if touching:
            texts[-1] = texts[-1][:-1]
            length -= 1
        start, behind = cut.end(one.last - 1) - touching, cut.start(other.first)
        seams.append(Seam("page_break", length, start, cut.text[start:behind], after))
        length += len(after)
        seams += (seam._replace(at=seam.at + length) for seam in other.seams)
        texts += [after, other.text]
        length += len(other.text)
    return halves[0]._replace(
        text="".join(texts),
        last=halves[-1].last,
        joins=sum(half.joins for half in halves),
        seams=tuple(seams),
    )


def _between(before: str, line: str) -> str:
    return "" if without_space(before, line) else " "


def moved(cut: CutText, piece: Piece, last: int) -> Piece:
    """A piece that stood inside a sentence, now behind it; ``last`` is the sentence's last line (exclusive).

    What it was stands in the repair of the page break, so its own repairs are not told apart.
    """
    return piece._replace(joins=0, seams=(Seam("moved", 0, cut.end(last - 1), "", piece.text),))
