"""What the reader of a web page sees: its tree as blocks, in the order of the page.

The tree is walked without recursion, as deep as it may be. Style sheets and scripts are not consulted: what
only they hide or show is taken for what its element says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from rubricate.corpus.document import Block
from rubricate.corpus.readers.html_elements import (
    CONTROLS,
    UNSEEN,
    control_text,
    furniture_of,
    heading_level,
    is_hidden,
    keeps_blanks,
    layout_tables,
    local_name,
    opens_block,
    page_label,
)
from rubricate.corpus.readers.html_notes import (
    FOOTNOTE,
    Mark,
    Piece,
    anchors_note,
    holds_notes,
    is_note,
    mark_of,
    names_note,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_BLANKS = re.compile("[ \t\n\r]+")  # what a browser takes for white space between words
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_VISIBLE = re.compile("[^\\s\u00ad\u200b-\u200f\u2060\ufeff]")
_ITEMS = frozenset(("dd", "dt", "li"))
_CELLS = frozenset(("td", "th"))
_CAPTIONS = frozenset(("caption", "figcaption"))
_SECTIONS = frozenset(("article", "header", "main", "section"))  # what is in them is no furniture of the page


@dataclass(slots=True)
class Walked:
    """What a walk found: the pieces of the page in its order, for place_notes.

    ``aliases`` are the keys of what stands inside a note, each with the note's; ``page`` is the label of the
    last page that began; ``hidden`` how many words the page holds but hides.
    """

    pieces: list[Piece] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    page: str = ""
    hidden: int = 0


class _Around(NamedTuple):
    """What holds for the text inside an element."""

    part: str = "body"
    level: int = 0
    reason: str = ""
    pre: bool = False
    raised: bool = False
    sectioned: bool = False
    note: str = ""
    gathered: bool = False


class _Line:
    """The text of a block as it grows, its white space as a browser shows it."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.note = ""
        self.marks: list[Mark] = []
        self.behind: list[Piece] = []  # what stands in the middle of this block and comes behind it
        self.length = 0
        self._pieces: list[str] = []
        self._ends_blank = True
        self._broken = False

    def add(self, text: str, *, pre: bool) -> None:
        """Add text; unless ``pre``, blanks become one, and none at the start of a line."""
        if not pre:
            text = _BLANKS.sub(" ", text)
            if self._ends_blank or self._broken:
                text = text.removeprefix(" ")
        elif not self.length:
            text = text.lstrip("\n")
        if not text:
            return
        if self._broken:
            self._put("\n")
            self._broken = False
        self._put(text)

    def end_line(self) -> None:
        """Begin a new line, if anything follows."""
        if self.length and not self._broken:
            if self._pieces[-1].endswith(" "):
                self._pieces[-1] = self._pieces[-1][:-1]
                self.length -= 1
            self._broken = True

    @property
    def is_broken(self) -> bool:
        """Whether the next text begins a new line."""
        return self._broken

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self.length += len(text)
        self._ends_blank = text[-1] in " \n"

    @property
    def place(self) -> tuple[int, int]:
        """Where the line is now, for ``text``: its length, and in how many pieces it was added."""
        return self.length, len(self._pieces)

    def text(self, begin: int = 0) -> str:
        """The text, without the ``begin`` pieces that were added first."""
        return "".join(self._pieces[begin:])


class _Walk:
    """A walk through a tree: the element it is in, and the lines of the blocks that are not yet whole."""

    def __init__(
        self, root: Any, address: Callable[[str], str], page: str, *, book: bool, forms: bool
    ) -> None:
        self.found = Walked(page=page)
        self.address = address
        self.book = book
        self.forms = forms
        self.layout = layout_tables(root)
        self.around = [_Around()]
        self.tables: list[bool] = []  # of each table around: whether it only arranges the page
        self.lines = [_Line(page)]
        self.outputs = [self.found.pieces]
        self.links: list[tuple[int, int]] = []  # where the text of each link around begins

    def run(self, root: Any) -> Walked:
        from lxml import etree

        events = etree.iterwalk(root, events=("start", "end"))
        hidden: Any = None
        for event, element in events:
            tag = local_name(element)
            if event == "start":
                if self._is_unseen(element, tag):
                    hidden = element
                    events.skip_subtree()
                else:
                    self._start(element, tag)
            else:
                if element is hidden:
                    hidden = None
                else:
                    self._end(element, tag)
                if element.tail:
                    self.lines[-1].add(element.tail, pre=self.around[-1].pre)
        self._end_block(self.around[-1])
        return self.found

    def _is_unseen(self, element: Any, tag: str) -> bool:
        if tag in UNSEEN:
            return True
        if element.keys() and is_hidden(element):
            self.found.hidden += len(" ".join(element.itertext()).split())
            return True
        return False

    def _start(self, element: Any, tag: str) -> None:
        outer = self.around[-1]
        block = _is_block(element, tag, outer)
        inner = self._inside(element, tag, outer, block=block)
        if tag == "br":
            self._break_line()
        elif block:
            self._border(outer, inner)
        elif inner.part != outer.part:  # such as a button in the middle of a sentence
            self.lines.append(_Line(self.found.page))
            self.outputs.append([])
        if tag == "table":
            self.tables.append(element in self.layout)
        elif tag == "a":
            self.links.append(self.lines[-1].place)
        self.around.append(inner)
        if element.keys():
            self._anchor(element, tag, inner)
        self.lines[-1].add(control_text(element, tag) or element.text or "", pre=inner.pre)

    def _end(self, element: Any, tag: str) -> None:
        inner = self.around.pop()
        outer = self.around[-1]
        if tag == "a":
            self._mark(element, *self.links.pop(), inner)
        elif tag == "table":
            self.tables.pop()
        if _is_block(element, tag, outer):
            self._border(inner, outer)
        elif inner.part != outer.part and tag != "br":  # which has opened no line of its own
            self._end_block(inner)
            self.lines.pop()
            self.lines[-1].behind += self.outputs.pop()
            if not self.lines[-1].length:
                self._end_block(outer)

    def _inside(self, element: Any, tag: str, outer: _Around, *, block: bool) -> _Around:
        """What holds inside an element, given what holds around it."""
        inner = outer
        if not inner.pre and keeps_blanks(element, tag):
            inner = inner._replace(pre=True)
        if tag == "sup" or "super" in (element.get("style") or ""):
            inner = inner._replace(raised=True)
        if outer.part == "boilerplate":
            return inner
        reason = self._page(element) or self._furniture(element, tag, outer)
        if reason:
            return inner._replace(part="boilerplate", level=0, reason=reason)
        if tag in _SECTIONS:
            inner = inner._replace(sectioned=True)
        if element.keys():
            inner = self._note(element, tag, inner, block=block)
        return self._part(element, tag, inner)

    def _page(self, element: Any) -> str:
        """Turn to the page that begins at an element; what it shows is then the number of that page."""
        label = page_label(element)
        if not label:
            return ""
        self.found.page = label
        if not self.lines[-1].length:
            self.lines[-1].page = label
        return "a page number"

    def _furniture(self, element: Any, tag: str, outer: _Around) -> str:
        if tag in CONTROLS and outer.part == "heading":  # a heading that folds what is below it
            return ""
        if tag == "form" and not self.forms:
            return ""
        reason = furniture_of(element, tag, sectioned=outer.sectioned or self.book, book=self.book)
        return "" if reason and (is_note(element, block=True) or holds_notes(element)) else reason

    def _note(self, element: Any, tag: str, inner: _Around, *, block: bool) -> _Around:
        """Mark what stands inside a note, and remember by which names it can be pointed to."""
        if holds_notes(element):
            return inner._replace(gathered=True)
        sure = inner.gathered or is_note(element, block=block)
        if not inner.note and (sure or block) and names_note(element, tag, gathered=sure):
            inner = inner._replace(note=self.address(f"#{element.get('id')}"))
        if is_note(element, block=block):
            inner = inner._replace(part="footnote", level=0, reason=FOOTNOTE)
        return inner

    def _part(self, element: Any, tag: str, inner: _Around) -> _Around:
        if inner.part in ("caption", "table") or (inner.part == "footnote" and not _is_loose(inner)):
            return inner
        level = heading_level(element, tag)
        if level:
            return inner._replace(part="heading", level=level, reason="marked as a heading")
        if inner.part == "heading":
            return inner
        if inner.gathered:
            return inner._replace(part="footnote", reason=FOOTNOTE)
        if tag in _CAPTIONS:
            return inner._replace(part="caption", reason="marked as a caption")
        if tag == "svg":
            return inner._replace(part="caption", reason="a label in a figure")
        if tag in _CELLS and self.tables and not self.tables[-1]:
            return inner._replace(part="table", reason="a cell of a table")
        if tag in _ITEMS:
            return inner._replace(part="list", reason="marked as a list item")
        return inner

    def _anchor(self, element: Any, tag: str, inner: _Around) -> None:
        """Take note of a place inside a note that can be pointed to."""
        named = element.get("id"), element.get("name") if tag == "a" else None
        keys = [self.address(f"#{name}") for name in named if name]
        if not keys:
            return
        line = self.lines[-1]
        if not inner.note and not line.note and not line.length and tag == "a" and anchors_note(element):
            line.note = keys[0]
        note = inner.note or line.note
        if note:
            self.found.aliases.update((key, note) for key in keys if key != note)

    def _mark(self, element: Any, start: int, begin: int, inner: _Around) -> None:
        line = self.lines[-1]
        target = self.address(element.get("href") or "")
        if not target or start > line.length:  # or a block in the link has ended its line
            return
        raised = inner.raised or element.find(".//sup") is not None
        mark = mark_of(element, line.text(begin), start, target, raised=raised)
        if mark:
            line.marks.append(mark)

    def _break_line(self) -> None:
        """A line break; the second in a row leaves a blank line, which ends a paragraph."""
        around = self.around[-1]
        if self.lines[-1].is_broken and around.part != "table":
            self._end_block(around)
        self.lines[-1].end_line()

    def _border(self, before: _Around, after: _Around) -> None:
        """The border of a block: inside a table's cell, whatever blocks it holds, only a new line."""
        if before.part == after.part == "table":
            self.lines[-1].end_line()
        else:
            self._end_block(before)

    def _end_block(self, around: _Around) -> None:
        line, output = self.lines[-1], self.outputs[-1]
        if not line.length and not line.behind:
            line.page, line.note = self.found.page, ""
            return
        text = line.text().rstrip(" \t\n")
        if _VISIBLE.search(text):
            block = Block(text, around.part, around.level, around.reason, line.page)
            piece = Piece(block, tuple(line.marks), around.note or line.note)
            output.extend(_cut(piece) if around.pre else (piece,))
        output.extend(line.behind)
        self.lines[-1] = _Line(self.found.page)


def _is_block(element: Any, tag: str, around: _Around) -> bool:
    """Whether an element begins a block; in a form fields stand side by side, but are no sentence."""
    in_form = around.part == "boilerplate" and tag in CONTROLS and tag != "label"
    return in_form or opens_block(element, tag)


def _is_loose(around: _Around) -> bool:
    """Whether we are among the notes of a page, but in none of them: there a heading is one."""
    return around.gathered and not around.note


def walk_blocks(
    root: Any, address: Callable[[str], str], *, page: str = "", book: bool = False, forms: bool = True
) -> Walked:
    """The blocks of a page or of a chapter (``book``), with what place_notes has to know of its footnotes.

    ``address`` turns the address of a link into a key that is the same for all links to that place of the
    document, and into an empty string for links elsewhere. ``page`` is the label of the page on which it
    begins. ``forms``: what stands in a form is not text of the page.
    """
    return _Walk(root, address, page, book=book, forms=forms).run(root)


def _cut(piece: Piece) -> list[Piece]:
    """Text whose line breaks are kept, cut at its blank lines."""
    text, pieces, start = piece.block.text, [], 0
    for end, after in [*(found.span() for found in _BLANK_LINES.finditer(text)), (len(text), len(text))]:
        marks = [
            mark._replace(start=mark.start - start, end=mark.end - start)
            for mark in piece.marks
            if start <= mark.start and mark.end <= end
        ]
        pieces.append(Piece(piece.block._replace(text=text[start:end]), tuple(marks), piece.note))
        start = after
    return [piece for piece in pieces if piece.block.text.strip()]
