"""The tags of a PDF: what the program that made it says each piece of a page is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_BLOCKS = {
    **{f"H{level}": ("heading", level) for level in range(1, 7)},
    "H": ("heading", 0),
    "Title": ("title", 0),
    "P": ("body", 0),
    "BlockQuote": ("body", 0),
    "LI": ("list", 0),
    "TD": ("table", 0),
    "TH": ("table", 0),
    "Caption": ("caption", 0),
    "Note": ("footnote", 0),
    "FENote": ("footnote", 0),
}
_HOLDERS = frozenset(("LI", "TD", "TH", "Caption", "Note", "FENote"))
"""Elements that are one block with the paragraphs in them."""

_MOST_ELEMENTS = 100_000  # of a page; more are no work of a program that makes documents
_DEEPEST = 200
_TYPE = 128  # bytes of the longest name


class Tag(NamedTuple):
    """The block that a piece of text belongs to: its ``number`` on the page, its part and level."""

    number: int
    part: str
    level: int = 0


def tags_of(page: Any) -> Mapping[int, Tag]:
    """Which block each piece of marked content (by its number) of a page belongs to; empty without tags."""
    import pypdfium2.raw as pdfium

    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    try:
        roots = [
            pdfium.FPDF_StructTree_GetChildAtIndex(tree, index)
            for index in range(min(pdfium.FPDF_StructTree_CountChildren(tree), _MOST_ELEMENTS))
        ]
        return _walk(roots)
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _walk(roots: list[Any]) -> dict[int, Tag]:
    import pypdfium2.raw as pdfium

    tags: dict[int, Tag] = {}
    pending: list[tuple[Any, Tag | None, bool, int]] = [(root, None, False, 0) for root in reversed(roots)]
    for number in range(_MOST_ELEMENTS):
        if not pending:
            break
        element, tag, held, depth = pending.pop()
        if not element or depth > _DEEPEST:
            continue
        kind = _type(element)
        if kind in _BLOCKS and (not held or kind in _HOLDERS):
            tag, held = Tag(number, *_BLOCKS[kind]), kind in _HOLDERS
        children = range(min(pdfium.FPDF_StructElement_CountChildren(element), _MOST_ELEMENTS))
        for index in children if tag else ():
            content = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
            if content >= 0 and tag:
                tags.setdefault(content, tag)
        inner = [pdfium.FPDF_StructElement_GetChildAtIndex(element, index) for index in children]
        pending.extend((child, tag, held, depth + 1) for child in reversed(inner))
    return tags


def _type(element: Any) -> str:
    from ctypes import create_string_buffer

    import pypdfium2.raw as pdfium

    name = create_string_buffer(_TYPE)
    length = min(int(pdfium.FPDF_StructElement_GetType(element, name, _TYPE)), _TYPE)
    return name.raw[: max(length - 2, 0)].decode("utf-16-le", "replace")
