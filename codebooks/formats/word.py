"""A codebook as a Word document, for an appendix."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from rubricate.codebooks.formats.appendix import blocks_of

if TYPE_CHECKING:
    from rubricate.codebooks.formats.appendix import Block
    from rubricate.codebooks.formats.writing import Writing

_DEEPEST = 9
_CODE = "Courier New"
_LONGEST_TITLE = 255  # characters of the property; the heading has them all


def write(writing: Writing) -> bytes:
    """Headings that fill a table of contents, paragraphs and lists."""
    import docx

    document = docx.Document()
    document.core_properties.author = ""
    document.core_properties.title = writing.book.name[:_LONGEST_TITLE]
    document.core_properties.created = datetime(2000, 1, 1, tzinfo=UTC)
    for block in blocks_of(writing.book):
        _add(document, block)
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def _add(document: Any, block: Block) -> None:
    if block.level > 0:
        paragraph = document.add_heading(block.text, min(block.level, _DEEPEST))
        if block.code:
            paragraph.add_run(f" ({block.code})").bold = False
        return
    paragraph = document.add_paragraph(style="List Bullet" if block.level < 0 else None)
    if block.lead:
        paragraph.add_run(block.lead + (" " if block.text else ":")).bold = True
    if block.code:
        paragraph.add_run(block.code).font.name = _CODE
        if block.text:
            paragraph.add_run(": ")
    if block.text:
        paragraph.add_run(block.text)
