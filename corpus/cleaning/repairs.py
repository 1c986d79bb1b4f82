"""The record of what was repaired: from places in lines and pieces to places in the document.

White space is not on record, but for the number of lines that were joined: what a repair has before and
after, put back from the last to the first, gives the source's text but for its blanks and line breaks.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple

from rubricate.corpus.document import Repair

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rubricate.corpus.cleaning.pieces import CutText, Edit, Piece, Seam

BETWEEN = "\n\n"
"""What stands between two paragraphs in a document's text."""


class _Run(NamedTuple):
    """A stretch of the document, ``start`` to ``end``, with nothing repaired but by edits.

    It has what the text that was cut has from ``place`` on, but for white space; edits from ``first`` on
    belong to it.
    """

    first: int
    place: int
    start: int
    end: int


def repairs_of(source: str, cut: CutText, pieces: Sequence[Piece]) -> tuple[Repair, ...]:
    """The repairs of a document whose paragraphs are the texts of these pieces, in the order of the text.

    ``source`` is the text before any edit, in which ``source_start`` counts.
    """
    if not cut.edits and not any(piece.seams for piece in pieces):
        return ()
    starts = accumulate((len(piece.text) + len(BETWEEN) for piece in pieces), initial=0)
    placed = list(zip(pieces, starts, strict=False))
    repairs = [_of_seam(source, cut, start, seam) for piece, start in placed for seam in piece.seams]
    if seen := _outside(cut.edits, repairs):
        text = BETWEEN.join(piece.text for piece in pieces)
        runs = [run for piece, start in placed if not _was_moved(piece) for run in _runs(cut, piece, start)]
        repairs += _of_edits(cut, text, runs, seen)
    return tuple(sorted(repairs, key=lambda repair: (repair.start, repair.source_start)))


def undo(text: str, repairs: Iterable[Repair]) -> str:
    """A document's text with its repairs undone: the source's text but for white space.

    Of repairs at one place the later one in the source, or in the order given, is undone first.
    """
    ordered = sorted(repairs, key=lambda repair: (repair.start, repair.source_start))
    pieces, done = [], len(text)
    for repair in reversed(ordered):
        end = repair.start + len(repair.after)
        if end > done or text[repair.start : end] != repair.after:
            raise ValueError(f"{repair} is no repair of this text")
        pieces += [text[end:done], repair.before]
        done = repair.start
    return "".join(reversed([*pieces, text[:done]]))


def carried_over(repairs: Iterable[Repair], before: str, after: str) -> tuple[Repair, ...]:
    """The repairs of the text ``before``, placed in ``after``, which differs in its white space only.

    What begins with white space is placed just behind the character before; what holds white space holds
    what stands there in ``after``, such as the border of two paragraphs.
    """
    if before == after:
        return tuple(repairs)
    places = [place for place, character in enumerate(after) if not character.isspace()]
    seen = [0, *accumulate(not character.isspace() for character in before)]

    def behind(offset: int) -> int:
        return places[seen[offset] - 1] + 1 if seen[offset] else 0

    def at(offset: int) -> int:
        visible = offset < len(before) and not before[offset].isspace()
        return places[seen[offset]] if visible else behind(offset)

    def carried(repair: Repair) -> Repair:
        start, end = at(repair.start), repair.start + len(repair.after)
        if not repair.after:
            return repair._replace(start=start)
        last = at(end) if before[end - 1].isspace() else behind(end)
        return repair._replace(start=start, after=after[start:last])

    return tuple(map(carried, repairs))


def _of_seam(source: str, cut: CutText, start: int, seam: Seam) -> Repair:
    first, last = _original(cut, seam.source), _original(cut, seam.source + len(seam.before))
    return Repair(seam.kind, start + seam.at, first, source[first:last] if seam.before else "", seam.after)


def _original(cut: CutText, offset: int) -> int:
    """Where a place of the text that was cut is in the source; of a place inside an edit, where that ends."""
    index = bisect_right(cut.edits, offset, key=lambda edit: edit.start) - 1
    if index < 0:
        return offset
    edit = cut.edits[index]
    beyond = max(offset - edit.start - len(edit.after), 0)
    if edit.after.strip() and offset <= edit.start + _blanks(edit.after):  # which are none of the source's
        return edit.source_start
    return edit.source_start + len(edit.before) + beyond


def _was_moved(piece: Piece) -> bool:
    return any(seam.kind == "moved" for seam in piece.seams)


def _outside(edits: Iterable[Edit], repairs: Iterable[Repair]) -> list[Edit]:
    """The edits that can be seen, and are no part of what these repairs, of seams, have before."""
    covered = sorted(
        (repair.source_start, repair.source_start + len(repair.before)) for repair in repairs if repair.before
    )

    def is_covered(place: int) -> bool:
        index = bisect_right(covered, place, key=lambda stretch: stretch[0]) - 1
        return index >= 0 and place < covered[index][1]

    return [edit for edit in edits if not edit.before.isspace() and not is_covered(edit.source_start)]


def _runs(cut: CutText, piece: Piece, start: int) -> Iterator[_Run]:
    """The runs of a piece that begins at ``start`` in the document: between its seams."""
    place = cut.start(piece.first)
    first = cut.text.rfind("\n", 0, place) + 1
    at = 0
    for seam in piece.seams:
        yield _Run(first, place, start + at, start + seam.at)
        first = place = seam.source + len(seam.before)
        at = seam.at + len(seam.after)
    yield _Run(first, place, start + at, start + len(piece.text))


def _of_edits(cut: CutText, text: str, runs: Sequence[_Run], edits: Sequence[Edit]) -> Iterator[Repair]:
    """The repairs of edits in the document's text, run by run."""
    runs = runs or [_Run(0, 0, 0, 0)]  # where everything was repaired away
    firsts = [run.first for run in runs]

    def owner(edit: Edit) -> int:
        return max(bisect_right(firsts, edit.start + _blanks(edit.after)) - 1, 0)

    for index, group in groupby(edits, key=owner):
        yield from _in_run(cut, text, runs[index], list(group))


def _blanks(after: str) -> int:
    """How much white space stands before what can be seen, if anything can."""
    return len(after) - len(after.lstrip()) if after.strip() else 0


def _in_run(cut: CutText, text: str, run: _Run, edits: Sequence[Edit]) -> Iterator[Repair]:
    """An edit stands behind as many visible characters of its run as in the text that was cut."""
    places = [place for place in range(run.start, run.end) if not text[place].isspace()]
    seen = [0, *accumulate(not mark.isspace() for mark in cut.text[run.place : edits[-1].start])]
    for edit in edits:
        count = seen[max(edit.start - run.place, 0)]
        after = edit.after.strip()
        behind = places[count - 1] + 1 if count else run.start
        start = places[count] if after else behind
        # A dash at the end of a line is the seam's, even where an edit has written it.
        after = text[start : min(start + len(after), run.end)]
        yield Repair(edit.kind, start, edit.source_start, edit.before, after)
