"""What the elements of a web page are to its reader: seen or not, a block or a run of text, furniture."""

from __future__ import annotations

import re
from typing import Any

from rubricate.corpus.readers.html_notes import words_of
from rubricate.corpus.readers.html_page import END

UNSEEN = frozenset(
    (
        *("annotation", "annotation-xml", "area", "audio", "base", "canvas", "datalist", "desc", "embed"),
        *(
            "frame",
            "iframe",
            "link",
            "meta",
            "metadata",
            "noembed",
            "noframes",
            "noscript",
            "object",
            "param",
        ),
        *("rp", "script", "source", "style", "template", "title", "track", "video"),
    )
)
"""Elements whose content no browser shows that can show the page itself."""

BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup", "dd"),
        *(
            "details",
            "dialog",
            "dir",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
        ),
        *("frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "legend"),
        *("li", "listing", "main", "menu", "nav", "ol", "optgroup", "option", "p", "plaintext", "pre"),
        *(
            "search",
            "section",
            "summary",
            "svg",
            "table",
            "tbody",
            "td",
            "text",
            "tfoot",
            "th",
            "thead",
            "tr",
        ),
        *("ul", "xmp", END),
    )
)
"""Elements that begin and end a paragraph; all others stand in it."""

CONTROLS = frozenset(
    ("button", "fieldset", "input", "label", "legend", "optgroup", "option", "select", "textarea")
)
"""What people press or fill in."""

_PRE = frozenset(("listing", "plaintext", "pre", "textarea", "xmp"))
_STYLE_HIDDEN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.IGNORECASE
)
_STYLE_BLOCK = re.compile(r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid|list-item|table)\b", re.IGNORECASE)
_STYLE_PRE = re.compile(r"(?:^|;)\s*white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_SHOWN_VALUES = frozenset(
    ("", "button", "email", "number", "reset", "search", "submit", "tel", "text", "url")
)
_BY_ROLE = {
    "navigation": "navigation of the page",
    "doc-toc": "table of contents",
    "toc": "table of contents",
    "banner": "header of the page",
    "contentinfo": "footer of the page",
    "complementary": "beside the text of the page",
    "search": "search of the page",
    "dialog": "a pop-up of the page",
    "alertdialog": "a pop-up of the page",
}
_BY_TAG = {
    "nav": "navigation of the page",
    "search": "search of the page",
    "form": "a form of the page",
    "dialog": "a pop-up of the page",
}
_OF_PAGE = {"header": "header of the page", "footer": "footer of the page"}
_LAYOUT = frozenset(("article", "h1", "h2", "h3", "h4", "h5", "h6", "main", "nav", "table"))


def local_name(element: Any) -> str:
    """The name of an element without the prefix of its vocabulary, in lower case."""
    name: str = element.tag
    return name.rpartition(":")[2].lower() if ":" in name else name


def is_hidden(element: Any) -> bool:
    """Tell whether an element itself says that it is not shown.

    A page that hides its whole body shows it later, by a script.
    """
    if element.tag in ("html", "body"):
        return False
    hidden = element.get("hidden")
    if hidden is not None and hidden.lower() != "until-found":
        return True
    style = element.get("style")
    return bool(style and _STYLE_HIDDEN.search(style))


def opens_block(element: Any, tag: str) -> bool:
    """Tell whether an element is a block, by its name or by its own style."""
    if tag in BLOCKS:
        return True
    style = element.get("style")
    return bool(style and _STYLE_BLOCK.search(style))


def keeps_blanks(element: Any, tag: str) -> bool:
    """Tell whether an element shows its white space as written."""
    style = element.get("style")
    return tag in _PRE or bool(style and _STYLE_PRE.search(style))


def heading_level(element: Any, tag: str) -> int:
    """The level of a heading, from 1; 0 if the element is none."""
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        return int(tag[1])
    if element.get("role") != "heading":
        return 0
    level = element.get("aria-level") or "2"
    return min(int(level), 6) if level.isascii() and level.isdecimal() and 0 < len(level) < 3 else 2


def page_label(element: Any) -> str:
    """The label of the page that begins at an element; empty if none does."""
    if not words_of(element) & {"pagebreak", "doc-pagebreak"}:
        return ""
    label = element.get("title") or element.get("aria-label") or "".join(element.itertext())
    return " ".join(label.split())


def control_text(element: Any, tag: str) -> str:
    """What a field shows that is not between its tags; empty for other elements."""
    if tag == "optgroup":
        return element.get("label") or ""
    if tag != "input" or (element.get("type") or "").lower() not in _SHOWN_VALUES:
        return ""
    return element.get("value") or element.get("placeholder") or ""


def furniture_of(element: Any, tag: str, *, sectioned: bool, book: bool) -> str:
    """Why what stands in an element is not text of the page; empty if it is.

    ``sectioned``: the element stands inside an article or a section, whose header and footer are text. In a
    ``book`` boxes beside the text belong to it.
    """
    words = words_of(element)
    if words:
        for word in words & _BY_ROLE.keys():
            if not (book and word == "complementary"):
                return _BY_ROLE[word]
    if tag in CONTROLS:
        return "a button or field of the page"
    if tag == "aside":
        return "" if book else "beside the text of the page"
    if tag in _OF_PAGE:
        return "" if sectioned or wraps_content(element, tag) else _OF_PAGE[tag]
    return _BY_TAG.get(tag, "")


def wraps_content(element: Any, tag: str) -> bool:
    """Tell the header of a text, which holds its title, from that of a page, which holds its navigation."""
    if tag != "header" or element.find(".//h1") is None:
        return False
    return all(element.find(f".//{furniture}") is None for furniture in ("nav", "form", "ul"))


def layout_tables(root: Any) -> frozenset[Any]:
    """The tables that only arrange a page: those that hold headings, articles or other tables, or say so."""
    from lxml import etree

    layout: set[Any] = set()
    around: list[Any] = []
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=tuple(_LAYOUT)):
        if event == "end":
            if element.tag == "table":
                around.pop()
            continue
        if around:
            layout.add(around[-1])
        if element.tag == "table":
            around.append(element)
            if element.get("role") in ("presentation", "none"):
                layout.add(element)
    return frozenset(layout)
