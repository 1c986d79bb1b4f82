"""The text of a paragraph in OpenDocument, as a reader of the final version sees it.

Tracked deletions are stored elsewhere in the file; what is hidden, comments and scripts are left out.
Whatever is not known to be invisible is looked into.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rubricate.corpus.readers.xml_names import attribute, child, name_of, printed, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from rubricate.corpus.readers.odt_styles import Styles
    from rubricate.corpus.readers.xml_names import Element

LEFT_OUT = frozenset(
    (
        *(
            "text:tracked-changes",
            "office:annotation",
            "office:annotation-end",
            "office:forms",
            "text:script",
        ),
        *("office:event-listeners", "svg:title", "svg:desc", "text:note-citation", "text:number"),
        *("text:table-of-content-source", "text:illustration-index-source", "text:table-index-source"),
        *("text:object-index-source", "text:user-index-source", "text:alphabetical-index-source"),
        *("text:bibliography-source",),
    )
)
"""Elements that show no text where they stand."""

_BLANKS = re.compile("[ \t\r\n]+")
_MOST_BLANKS = 100  # blanks are stored as a number, and a small file must not fill memory


@dataclass(slots=True)
class ParagraphText:
    """What a paragraph holds: its text in pieces, and what is to be read behind it (notes, frames).

    ``page`` is where its text has ``begun``, from 1; ``captioned`` says that something is counted in it, as
    in "Figure 2".
    """

    page: int
    begun: bool = False
    pieces: list[str] = field(default_factory=list)
    behind: list[Element] = field(default_factory=list)
    captioned: bool = False

    @property
    def text(self) -> str:
        """The pieces as one string, white space at its ends included."""
        return "".join(self.pieces)


class TextWalk:
    """A walk through paragraphs in their order, which keeps the page.

    ``formula`` returns the text of a frame that holds nothing but a formula, otherwise an empty string.
    """

    def __init__(self, styles: Styles, formula: Callable[[Element], str], page: int = 1) -> None:
        self.page = page
        self._styles = styles
        self._formula = formula
        self._hidden = False
        self._blank = True  # white space is one blank at most, and none at the start
        self._into = ParagraphText(page)

    def paragraph(self, element: Element) -> ParagraphText:
        """Read a ``text:p`` or ``text:h``."""
        self._blank = True
        self._into = ParagraphText(self.page)
        hides = (inner for inner in element.iter("{*}hidden-paragraph"))
        self._hidden = any(attribute(inner, "is-hidden") == "true" for inner in hides) or bool(
            self._styles.is_hidden("paragraph", attribute(element, "style-name"))
        )
        self._walk(element)
        return self._into

    def _walk(self, element: Element) -> None:
        self._show_collapsed(element.text)
        for inner in element:
            name = name_of(inner)
            if name in _HANDLERS:
                _HANDLERS[name](self, inner)
            elif name.startswith("draw:"):
                self._drawing(inner)
            elif name and name not in LEFT_OUT:
                self._walk(inner)
            self._show_collapsed(inner.tail)

    def _show_collapsed(self, text: str | None) -> None:
        collapsed = _BLANKS.sub(" ", text or "")
        if self._blank:
            collapsed = collapsed.removeprefix(" ")
        if collapsed and not self._hidden:
            self._show(printed(collapsed))
            self._blank = collapsed.endswith(" ")

    def _show(self, text: str) -> None:
        if self._hidden or not text:
            return
        if not self._into.begun and not text.isspace():
            self._into.begun, self._into.page = True, self.page
        self._blank = False
        self._into.pieces.append(text)

    def _put_behind(self, element: Element) -> None:
        if not self._hidden:
            self._into.behind.append(element)

    def _drawing(self, element: Element) -> None:
        formula = self._formula(element)
        if formula:
            self._show(formula)
        else:
            self._put_behind(element)

    def _span(self, element: Element) -> None:
        outer = self._hidden
        said = self._styles.is_hidden("text", attribute(element, "style-name"))
        self._hidden = outer if said is None else said
        self._walk(element)
        self._hidden = outer

    def _unless_hidden(self, element: Element) -> None:
        if attribute(element, "is-hidden") != "true":
            self._walk(element)

    def _blanks(self, element: Element) -> None:
        self._show(" " * min(max(whole(attribute(element, "c"), 1), 0), _MOST_BLANKS))

    def _tab(self, _: Element) -> None:
        self._show("\t")

    def _line_break(self, _: Element) -> None:
        self._show("\n")

    def _page_break(self, _: Element) -> None:
        self.page += 1

    def _counted(self, element: Element) -> None:
        self._into.captioned = True
        self._walk(element)

    def _ruby(self, element: Element) -> None:
        """The base, then the reading above it in parentheses, as HTML shows it where ruby is not known."""
        base, reading = child(element, "text:ruby-base"), child(element, "text:ruby-text")
        if base is not None:
            self._walk(base)
        if reading is not None and "".join(reading.itertext()).strip():
            self._show("(")
            self._walk(reading)
            self._show(")")


_HANDLERS: dict[str, Callable[[TextWalk, Element], None]] = {
    "text:span": TextWalk._span,
    "text:s": TextWalk._blanks,
    "text:tab": TextWalk._tab,
    "text:line-break": TextWalk._line_break,
    "text:soft-page-break": TextWalk._page_break,
    "text:note": TextWalk._put_behind,
    "text:hidden-text": TextWalk._unless_hidden,
    "text:sequence": TextWalk._counted,
    "text:ruby": TextWalk._ruby,
}
