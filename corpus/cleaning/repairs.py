"""The record of what was repaired: from places in lines and pieces to places in the document.

White space is not on record, but for the number of lines that were joined: what a repair has before and
after, put back from the last to the first, gives the source's text but for its blanks and line breaks.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from rubricate.corpus.document import Repair

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rubricate.corpus.cleaning.pieces import CutText, Edit, Piece

BETWEEN = "\n\n"
"""What stands between two paragraphs in a document's text."""


def repairs_of(source: str, cut: CutText, pieces: Sequence[Piece]) -> tuple[Repair, ...]:
    """The repairs of a document whose paragraphs are the texts of these pieces, in the order of the text.

    ``source`` is the text before any edit, in which ``source_start`` counts.
    """
    if not cut.edits and not any(piece.seams for piece in pieces):
        return ()
    starts = [0, *accumulate(len(piece.text) + len(BETWEEN) for piece in pieces)]
    repairs = [
        _of_seam(source, cut, start, seam)
        for piece, start in zip(pieces, starts, strict=False)
        for seam in piece.seams
    ]
    covered = [(repair.source_start, repair.source_start + len(repair.before)) for repair in repairs]
    repairs += _of_edits(cut, pieces, starts, covered)
    return tuple(sorted(repairs, key=lambda repair: (repair.start, repair.source_start)))


def undo(text: str, repairs: Iterable[Repair]) -> str:
    """A document's text with its repairs undone: the source's text but for white space."""
    for repair in sorted(repairs, key=lambda repair: (repair.start, repair.source_start), reverse=True):
        end = repair.start + len(repair.after)
        if text[repair.start : end] != repair.after:
            raise ValueError(f"{repair} is no repair of this text")
        text = text[: repair.start] + repair.before + text[end:]
    return text


def carried_over(repairs: Iterable[Repair], before: str, after: str) -> tuple[Repair, ...]:
    """The repairs of the text ``before``, placed in ``after``, which differs in its white space only."""
    if before == after:
        return tuple(repairs)
    behind = [index for index, character in enumerate(after) if not character.isspace()]
    seen = [0, *accumulate(not character.isspace() for character in before)]

    def place(offset: int) -> int:
        return behind[seen[offset]] if seen[offset] < len(behind) else len(after)

    return tuple(repair._replace(start=place(repair.start)) for repair in repairs)


def _of_seam(source: str, cut: CutText, start: int, seam: tuple[str, int, int, str, str]) -> Repair:
    kind, at, place, before, after = seam
    first, last = original(cut, place), original(cut, place + len(before))
    return Repair(kind, start + at, first, source[first:last] if before else "", after)


def original(cut: CutText, offset: int) -> int:
    """Where a place of the text that was cut, which lies inside no edit, is in the source."""
    place = bisect_right(cut.edits, offset, key=lambda edit: edit.start + len(edit.after))
    if not place:
        return offset
    edit = cut.edits[place - 1]
    return offset - edit.start - len(edit.after) + edit.source_start + len(edit.before)


def _of_edits(
    cut: CutText, pieces: Sequence[Piece], starts: Sequence[int], covered: Sequence[tuple[int, int]]
) -> Iterator[Repair]:
    """The edits that can be seen, and are part of no repair of a page break or hyphen."""
    first_lines = [piece.first for piece in pieces if not _was_moved(piece)]
    staying = [(piece, start) for piece, start in zip(pieces, starts, strict=False) if not _was_moved(piece)]
    for edit in cut.edits:
        if edit.before.isspace() or any(one <= edit.source_start < other for one, other in covered):
            continue
        owner = bisect_right(first_lines, cut.line_at(edit.start)) - 1
        piece, start = staying[max(owner, 0)] if staying else (None, 0)
        place = start + _offset_in(cut, piece, edit) if piece else 0
        yield Repair(edit.kind, place, edit.source_start, edit.before, edit.after.strip())


def _was_moved(piece: Piece) -> bool:
    return any(seam.kind == "moved" for seam in piece.seams)


def _offset_in(cut: CutText, piece: Piece, edit: Edit) -> int:
    """Where an edit stands in the text of its piece: as many visible characters behind the last seam."""
    at, place = 0, cut.start(piece.first)
    for seam in piece.seams:
        if seam.source + len(seam.before) <= edit.start:
            at, place = seam.at + len(seam.after), seam.source + len(seam.before)
    wanted = sum(not character.isspace() for character in cut.text[place : edit.start])
    while wanted and at < len(piece.text):
        wanted -= not piece.text[at].isspace()
        at += 1
    if edit.after.strip():  # then it stands behind the blanks before it
        while at < len(piece.text) and piece.text[at].isspace():
            at += 1
    return at
