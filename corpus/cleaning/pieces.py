"""From a plain text to its paragraphs, with its wrapped lines joined and every repair on record.

Nothing here depends on other documents.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, count, pairwise
from operator import add, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from rubricate.corpus.cleaning.hyphens import BREAKABLE, FIRST_UNSPACED, Hyphens, ends_in_dash, without_space
from rubricate.corpus.cleaning.lines import paragraph_lines
from rubricate.corpus.words.characters import DASHES

if TYPE_CHECKING:
    from collections.abc import Sequence

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
_LAST = itemgetter(-1)


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


@dataclass(frozen=True)
class CutText:
    """A text, its lines as they are (``raw``), and what was changed before it was cut."""

    text: str
    language: str
    raw: list[str]
    edits: tuple[Edit, ...] = ()

    @cached_property
    def lines(self) -> list[str]:
        """The lines without blanks at their edges."""
        return list(map(str.strip, self.raw))

    @cached_property
    def hyphens(self) -> Hyphens:
        """What knows the hyphens of this text."""
        return Hyphens(self.text, self.language)

    @cached_property
    def _starts(self) -> list[int]:
        ends = accumulate(map(len, self.raw))
        return [0, *map(add, ends, count(1))]  # each line break is a character, too

    def start(self, line: int) -> int:
        """Where a line begins, without the blanks before it."""
        raw = self.raw[line]
        return self._starts[line] + len(raw) - len(raw.lstrip())

    def end(self, line: int) -> int:
        """Where a line ends, without the blanks behind it."""
        return self._starts[line] + len(self.raw[line].rstrip())

    @cached_property
    def page_starts(self) -> list[int]:
        """The lines with which a page begins, because a form feed stands before them."""
        feeds = [edit.start for edit in self.edits if edit.before == _FORM_FEED]
        return [self.line_at(start) + len(_CONTROLS[_FORM_FEED]) for start in feeds]

    @cached_property
    def page_tops(self) -> frozenset[int]:
        """The same lines, to look one up."""
        return frozenset(self.page_starts)

    def turns_page(self, line: int, other: int) -> bool:
        """Whether a form feed stands between what ends before ``line`` and what begins with ``other``."""
        if not self.edits:
            return False
        place = bisect_left(self.page_starts, line)
        return place < len(self.page_starts) and self.page_starts[place] <= other

    def line_at(self, offset: int) -> int:
        """The line in which an offset lies."""
        return bisect_right(self._starts, offset) - 1


def cut_text(text: str, language: str, replacements: Sequence[tuple[int, int, str]] = ()) -> CutText:
    """The text without control characters, and with ``replacements`` (start, end, what comes there)."""
    changes = [(start, end, after, "repairs.csv") for start, end, after in replacements]
    if _has_unwanted(text):
        taken = {place for start, end, _ in replacements for place in range(start, end)}
        changes += [
            (found.start(), found.end(), _instead(found, text), "control_character")
            for found in _UNWANTED.finditer(text)
            if found.start() not in taken
        ]
    if not changes:
        return CutText(text, language, text.split("\n"))
    pieces, edits, length, done = [], [], 0, 0
    for start, end, after, kind in sorted(changes):
        pieces += [text[done:start], after]
        edits.append(Edit(kind, length + start - done, start, text[start:end], after))
        length += start - done + len(after)
        done = end
    edited = "".join([*pieces, text[done:]])
    return CutText(edited, language, edited.split("\n"), tuple(edits))


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


def pieces_of(cut: CutText) -> list[Piece]:
    """The paragraphs of a plain text, with wrapped lines joined, in order; none of them is empty."""
    lines, pieces = cut.lines, []
    for first, last in paragraph_lines(cut.raw, lines, cut.language, cut.page_tops):
        if last - first == 1:
            pieces.append(Piece(lines[first], first, last))
            continue
        inside = lines[first:last]
        if inside[0][-1] < FIRST_UNSPACED and _EDGES.isdisjoint(map(_LAST, inside)):
            pieces.append(Piece(" ".join(inside), first, last, last - first - 1))
        else:
            pieces.append(_joined(cut, first, last))
    return pieces


def _joined(cut: CutText, first: int, last: int) -> Piece:
    """Lines as one paragraph: with a space between them unless their script has none, behind a dash that
    touches its word without.
    """
    lines = cut.lines[first:last]
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
