"""Footnotes of a web page or an e-book: what is one, and behind which block it belongs."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rubricate.corpus.document import Block

_NONE: frozenset[str] = frozenset()
_NOTE = frozenset(("footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote"))
_NOTES = frozenset(("footnotes", "endnotes", "rearnotes", "doc-endnotes"))
_MARK = frozenset(("noteref", "doc-noteref"))
_BACK = frozenset(("backlink", "referrer", "doc-backlink"))
_NOTE_CLASSES = frozenset(
    ("footnote", "endnote", "msofootnotetext", "msoendnotetext", "sdfootnote", "sdendnote")
)
_MARGIN_CLASSES = frozenset(("sidenote", "marginnote"))
_MARK_CLASSES = frozenset(("footnote-ref", "footnote-reference", "noteref", "fnref", "footnoteref"))
_NOTE_TAGS = frozenset(("aside", "dd", "div", "dt", "li", "p", "section", "td", "tr"))
_NOTE_ID = re.compile(
    r"_?(?:fn|ftn|edn|en|note|footnote|endnote|sdfootnote|sdendnote)[-_:.]?\d+(?:sym)?(?:[-_:.]\d+)?",
    re.IGNORECASE,
)
_SHORT = re.compile(r"[\[(]?(?:\d{1,4}|[a-z]{1,2}|[ivxlc]{1,7}|[*†‡§¶#]{1,4})[\])]?[.:]?", re.IGNORECASE)
_ARROWS = re.compile(r"(?:[↩↑⏎⤴⮐^←↵][\ufe0e\ufe0f]?\s*)+\d{0,3}")

_LONGEST_MARK = 20  # characters

FOOTNOTE = "a footnote"


class Mark(NamedTuple):
    """A link in a block's text, code points ``start`` to ``end``, that may point to the note ``target``.

    ``sure``: it is written as such marks are; otherwise it has to stand directly behind a word. ``back``: it
    leads from a note back to the text.
    """

    start: int
    end: int
    target: str
    sure: bool = True
    back: bool = False


class Piece(NamedTuple):
    """A block as the page has it: ``note`` is the key of the note that it is part of, if it is one."""

    block: Block
    marks: tuple[Mark, ...] = ()
    note: str = ""


def words_of(element: Any) -> frozenset[str]:
    """The roles that an element names, as ARIA or the vocabulary of e-books has them, in lower case."""
    role, kind = element.get("role"), element.get("epub:type")
    return frozenset(f"{role or ''} {kind or ''}".lower().split()) if role or kind else _NONE


def classes_of(element: Any) -> frozenset[str]:
    """The classes of an element in lower case."""
    named = element.get("class")
    return frozenset(named.lower().split()) if named else _NONE


def holds_notes(element: Any) -> bool:
    """Tell whether an element is the place where the notes of a page are gathered."""
    return bool(_NOTES & (words_of(element) | classes_of(element))) or element.get("id") in _NOTES


def is_note(element: Any, *, block: bool) -> bool:
    """Tell whether an element says that it is a note; ``block``: it is one that begins a paragraph."""
    classes = classes_of(element)
    return bool(words_of(element) & _NOTE or classes & (_NOTE_CLASSES if block else _MARGIN_CLASSES))


def names_note(element: Any, tag: str, *, gathered: bool) -> bool:
    """Tell whether the id of an element can be that of a note; ``gathered``: it stands among the notes."""
    named = element.get("id") or ""
    return tag in _NOTE_TAGS and bool(
        _NOTE_ID.fullmatch(named) or (named and gathered and tag not in ("div", "section"))
    )


def anchors_note(element: Any) -> bool:
    """Tell whether an anchor at the start of a paragraph makes it a note: ``<a name="_ftn1">``."""
    named = element.get("name") or element.get("id") or ""
    return bool(_NOTE_ID.fullmatch(named))


def mark_of(element: Any, text: str, start: int, target: str, *, raised: bool) -> Mark | None:
    """The mark that a link is, or None: ``text`` is what it shows, ``raised`` whether that is superscript."""
    shown = text.strip()
    begin = start + len(text) - len(text.lstrip())
    mark = Mark(begin, begin + len(shown), target)
    roles = words_of(element)
    if roles & (_MARK | _BACK):
        return mark._replace(back=bool(roles & _BACK)) if len(shown) < _LONGEST_MARK else None
    if target and _ARROWS.fullmatch(shown):
        return mark._replace(back=True)
    if not target or not _SHORT.fullmatch(shown):
        return None
    written = raised or shown[0] == "[" or bool(classes_of(element) & _MARK_CLASSES)
    return mark._replace(sure=written)


def place_notes(pieces: Iterable[Piece], aliases: Mapping[str, str]) -> list[Block]:
    """The blocks with each note behind the block that refers to it first, and without the marks.

    ``aliases`` are the keys of what stands inside a note, each with the note's. A note to which nothing
    refers stays where it is; what only has the id of a note is one if a mark points to it.
    """
    pieces = list(pieces)
    known = {piece.note for piece in pieces if piece.note}
    pieces = [_with_true_marks(piece, aliases, known) for piece in pieces]
    used = {mark.target for piece in pieces for mark in piece.marks if mark.target != piece.note} & known
    notes: dict[str, list[Piece]] = {}
    for piece in pieces:
        if piece.note in used:
            notes.setdefault(piece.note, []).append(_as_note(piece))
    texts = (piece for piece in pieces if piece.note not in used)
    blocks = [block for piece in texts for block in _with_notes(piece, notes)]
    blocks += (_without_marks(piece) for group in notes.values() for piece in group)
    return [block for block in blocks if block.text]


def _with_true_marks(piece: Piece, aliases: Mapping[str, str], known: set[str]) -> Piece:
    """The piece with those of its marks that point to a note, or from a note back."""
    if not piece.marks:
        return piece
    text, inside = piece.block.text, bool(piece.note) or piece.block.part == "footnote"
    marks = []
    for mark in piece.marks:
        whole = _with_brackets(mark, text)._replace(target=aliases.get(mark.target, mark.target))
        if inside and (whole.back or whole.start == 0):
            marks.append(whole._replace(target=""))
        elif whole.target in known and (whole.sure or _is_attached(whole, text)):
            marks.append(whole)
    return piece._replace(marks=tuple(marks))


def _is_attached(mark: Mark, text: str) -> bool:
    return mark.start > 0 and not text[mark.start - 1].isspace()


def _with_brackets(mark: Mark, text: str) -> Mark:
    """The mark with the brackets around it, and with the full stop behind a number that opens a note."""
    start, end = mark.start, mark.end
    if start and text[start - 1 : start] + text[end : end + 1] in ("[]", "()"):
        start, end = start - 1, end + 1
    if start == 0 and text[end : end + 1] in (".", ":"):
        end += 1
    return mark._replace(start=start, end=end)


def _as_note(piece: Piece) -> Piece:
    block = piece.block
    if block.part in ("footnote", "boilerplate"):
        return piece
    return piece._replace(block=block._replace(part="footnote", level=0, reason=FOOTNOTE))


def _with_notes(piece: Piece, notes: dict[str, list[Piece]]) -> Iterator[Block]:
    """The block of a piece, then the notes that it refers to and nothing before it did."""
    waiting = deque([piece])
    while waiting:
        piece = waiting.popleft()
        yield _without_marks(piece)
        for mark in reversed(piece.marks):
            waiting.extendleft(reversed(notes.pop(mark.target, [])))


def _without_marks(piece: Piece) -> Block:
    """The block without its marks, and without one of two blanks between which a mark stood.

    What has the id of a note, but is none, keeps the links by which it leads back.
    """
    text = piece.block.text
    is_text = piece.note and piece.block.part != "footnote"
    for mark in reversed(piece.marks):
        if is_text and not mark.target:
            continue
        before, after = text[: mark.start], text[mark.end :]
        alone = not before or before[-1].isspace()
        text = before + (after.lstrip(" ") if alone else after)
    return piece.block._replace(text=text.strip() if piece.marks else text)
