"""The text of a paragraph in WordprocessingML, as a reader of the final version sees it.

Tracked insertions, content controls, smart tags and the results of fields are text; tracked deletions,
hidden text, the instructions of fields and comments are not. Whatever is not known to be invisible is
looked into, so that nothing is lost in an element that this module has never heard of.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rubricate.corpus.readers.docx_styles import Styles, is_hidden
from rubricate.corpus.readers.symbols import symbol
from rubricate.corpus.readers.xml_names import attribute, child, inside, is_on, name_of, printed, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rubricate.corpus.readers.xml_names import Element

LEFT_OUT = frozenset(
    (
        *("w:del", "w:moveFrom", "w:delText", "w:delInstrText", "w:instrText"),
        *("w:pPr", "w:rPr", "w:sectPr", "w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr"),
        *("w:tblPr", "w:tblPrEx", "w:tblGrid", "w:trPr", "w:tcPr", "w:fldData", "w:ffData", "w:rubyPr"),
    )
)
"""Elements that show no text: what was deleted, and properties."""

_TEXTS = frozenset(("w:t", "m:t", "a:t"))
_CHARACTERS = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:cr": "\n",
    "a:br": "\n",
    "w:noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
    "w:softHyphen": "\N{SOFT HYPHEN}",
}
_BEHIND = frozenset(("w:footnoteReference", "w:endnoteReference", "w:drawing", "w:pict", "w:object"))
_SHOWING = (*_TEXTS, "w:sym", "c:chart", "dgm:relIds", "v:textpath")
_CONTENTS = frozenset(("TOC", "TOA", "INDEX"))
_INSTRUCTION = 64  # characters that suffice to know the kind of a field
_MOST_FIELDS = 100  # inside each other


@dataclass(slots=True)
class Field:
    """A field that is open: only behind its instruction comes the result, which is shown."""

    instruction: str = ""
    in_result: bool = False

    def add(self, text: str) -> None:
        """Take more of the instruction."""
        self.instruction = (self.instruction + text)[:_INSTRUCTION]

    @property
    def kind(self) -> str:
        """The first word of the instruction: TOC, SEQ, HYPERLINK, …"""
        return next(iter(self.instruction.upper().split()), "")


@dataclass(slots=True)
class ParagraphText:
    """What a paragraph holds: its text in pieces, and what is to be read behind it (notes, drawings).

    ``page`` is where its text has ``begun``, from 1; ``captioned`` says that something is counted in it, as
    in "Figure 2"; ``in_contents`` that it is part of a table of contents.
    """

    page: int
    begun: bool = False
    pieces: list[str] = field(default_factory=list)
    behind: list[Element] = field(default_factory=list)
    captioned: bool = False
    in_contents: bool = False

    @property
    def text(self) -> str:
        """The pieces as one string, white space at its ends included."""
        return "".join(self.pieces)


class TextWalk:
    """A walk through the paragraphs of a story (the body, a note, a header), in their order.

    Between paragraphs it keeps the page and the fields that are open; RecursionError if those are too many.
    """

    def __init__(self, story: Element, styles: Styles, page: int = 1) -> None:
        self.page = page
        self._styles = styles
        self._fields: list[Field] = []
        self._unclosed = _unclosed_fields(story)
        self._style = ""
        self._hidden = False
        self._turned = False
        self._into = ParagraphText(page)

    def paragraph(self, element: Element, style: str) -> ParagraphText:
        """Read a paragraph of the style with this id."""
        self._style = style
        self._into = ParagraphText(self.page)
        self._walk(element)
        return self._into

    def _walk(self, element: Iterable[Element]) -> None:
        for inner in element:
            name = name_of(inner)
            if name in _TEXTS:
                self._show(printed((inner.text or "").replace("\n", " ")))
            elif name in _CHARACTERS:
                self._show(_CHARACTERS[name])
            elif name in _BEHIND:
                self._put_behind(inner)
                if attribute(inner, "customMarkFollows") in ("1", "true", "on"):
                    return  # the rest of the run is the mark that points to the note
            elif name in _HANDLERS:
                _HANDLERS[name](self, inner)
            elif name not in LEFT_OUT:
                self._walk(inner)

    def _seen(self) -> bool:
        return not self._hidden and all(field.in_result for field in self._fields)

    def _show(self, text: str) -> None:
        if not text or not self._seen():
            return
        if not text.isspace():
            self._turned = False
            if not self._into.begun:
                self._into.begun, self._into.page = True, self.page
                self._into.in_contents = any(field.kind in _CONTENTS for field in self._fields)
            self._into.captioned |= any(field.kind == "SEQ" for field in self._fields)
        self._into.pieces.append(text)

    def _put_behind(self, element: Element) -> None:
        if self._seen():
            self._into.behind.append(element)

    def _run(self, run: Element) -> None:
        """Text that is hidden is passed over; fields that begin or end in it do so all the same."""
        outer = self._hidden
        self._hidden = is_hidden(child(run, "w:rPr"), self._style, self._styles)
        self._walk(run)
        self._hidden = outer

    def _field_mark(self, mark: Element) -> None:
        kind = attribute(mark, "fldCharType")
        if kind == "begin":
            self._show(_form_value(child(mark, "w:ffData")))
            if mark not in self._unclosed:
                self._open_field(Field())
        elif self._fields and kind == "separate":
            self._fields[-1].in_result = True
        elif self._fields and kind == "end":
            self._fields.pop()

    def _open_field(self, field: Field) -> None:
        if len(self._fields) >= _MOST_FIELDS:
            raise RecursionError
        self._fields.append(field)

    def _instruction(self, element: Element) -> None:
        if self._fields and not self._fields[-1].in_result:
            self._fields[-1].add(element.text or "")

    def _simple_field(self, element: Element) -> None:
        self._open_field(Field(attribute(element, "instr")[:_INSTRUCTION], in_result=True))
        self._walk(element)
        self._fields.pop()

    def _break(self, element: Element) -> None:
        self._show("\n")
        if attribute(element, "type") == "page" and self._seen():
            self.page += 1
            self._turned = True

    def _rendered_break(self, _: Element) -> None:
        """A page begun when Word last laid the text out; behind a break by hand it is the same one."""
        self.page += not self._turned
        self._turned = False

    def _symbol(self, element: Element) -> None:
        self._show(symbol(attribute(element, "font"), attribute(element, "char")))

    def _alternatives(self, element: Element) -> None:
        self._walk(shown_branch(element))

    def _ruby(self, element: Element) -> None:
        """The base, then the reading above it in parentheses, as HTML shows it where ruby is not known."""
        self._walk(inside(element, "w:rubyBase"))
        reading = child(element, "w:rt")
        if reading is not None and any((text.text or "").strip() for text in reading.iter("{*}t")):
            self._show("(")
            self._walk(reading)
            self._show(")")

    def _delimited(self, element: Element) -> None:
        """Brackets of a formula are properties of what they enclose."""
        properties = child(element, "m:dPr")
        self._show(attribute(child(properties, "m:begChr"), "val", "("))
        between = attribute(child(properties, "m:sepChr"), "val", "|")
        for place, inner in enumerate(inner for inner in element if name_of(inner) == "m:e"):
            self._show(between if place else "")
            self._walk(inner)
        self._show(attribute(child(properties, "m:endChr"), "val", ")"))

    def _fraction(self, element: Element) -> None:
        for name, between in (("m:num", "/"), ("m:den", "")):
            self._walk(inside(element, name))
            self._show(between)

    def _operator(self, element: Element) -> None:
        self._show(attribute(child(element, "m:naryPr", "m:chr"), "val", "∫"))
        self._walk(element)


_HANDLERS: dict[str, Callable[[TextWalk, Element], None]] = {
    "w:r": TextWalk._run,
    "w:fldChar": TextWalk._field_mark,
    "w:instrText": TextWalk._instruction,
    "w:fldSimple": TextWalk._simple_field,
    "w:br": TextWalk._break,
    "w:lastRenderedPageBreak": TextWalk._rendered_break,
    "w:sym": TextWalk._symbol,
    "w:ruby": TextWalk._ruby,
    "mc:AlternateContent": TextWalk._alternatives,
    "m:d": TextWalk._delimited,
    "m:f": TextWalk._fraction,
    "m:nary": TextWalk._operator,
}


def shown_branch(alternatives: Iterable[Element]) -> Iterable[Element]:
    """The content that is shown of an ``mc:AlternateContent``: the first branch that has any text.

    Its branches say the same in newer and older ways; reading all would give the text twice.
    """
    branches: Iterable[Iterable[Element]] = (
        branch
        for branch in alternatives
        if name_of(branch) in ("mc:Choice", "mc:Fallback")
        and any(name_of(inner) in _SHOWING for inner in branch.iter())
    )
    return next(iter(branches), ())


def _unclosed_fields(story: Element) -> frozenset[Element]:
    """The marks that begin a field without an end: what follows them is text, not an instruction."""
    opened: list[Element] = []
    for mark in story.iter("{*}fldChar"):
        if attribute(mark, "fldCharType") == "begin":
            opened.append(mark)
        elif attribute(mark, "fldCharType") == "end" and opened:
            opened.pop()
    return frozenset(opened)


def _form_value(form: Element | None) -> str:
    """What a form shows where its value is no text: a box, ticked or not, or the chosen entry of a list."""
    box, entries = child(form, "w:checkBox"), child(form, "w:ddList")
    if box is not None:
        checked = child(box, "w:checked")
        return "☒" if is_on(child(box, "w:default") if checked is None else checked) else "☐"
    if entries is None:
        return ""
    chosen = (
        child(entries, "w:result") if child(entries, "w:result") is not None else child(entries, "w:default")
    )
    texts = [attribute(entry, "val") for entry in entries if name_of(entry) == "w:listEntry"]
    place = whole(attribute(chosen, "val"), 0)
    return texts[place] if 0 <= place < len(texts) else ""
