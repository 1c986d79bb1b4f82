"""From the paragraphs of a PDF to its blocks, in the order of reading.

Sentences that a column or page cuts become whole; what stood between their halves comes behind them, and
footnotes come behind the paragraph that refers to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.corpus.cleaning.hyphens import ends_in_dash, without_space
from rubricate.corpus.document import Block
from rubricate.corpus.parts.shapes import ends_sentence, starts_list_item
from rubricate.corpus.readers.pdf_paragraphs import is_full, is_indented, note_mark, raised_mark

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from rubricate.corpus.cleaning.hyphens import Hyphens
    from rubricate.corpus.readers.pdf_layout import Line
    from rubricate.corpus.readers.pdf_paragraphs import PdfParagraph, Usual

    Reference = tuple[int, str]  # the page of a note, from 0, and its mark

_ASIDE = ("boilerplate", "footnote", "caption", "table")
_FLOWING = ("body", "list")
_SAME_SIZE = 0.05  # of the size


def blocks_of(
    paragraphs: Sequence[PdfParagraph], usual: Usual, hyphens: Hyphens, labels: Sequence[str]
) -> tuple[Block, ...]:
    """The blocks of a document; ``labels`` are those of its pages.

    A raised figure that points to a footnote of its page is left out; the note keeps its mark.
    """
    notes = _notes(paragraphs)
    blocks = []
    for paragraph in _with_notes_behind(_whole(paragraphs, usual), notes):
        text = _joined(paragraph.lines, hyphens, notes if paragraph.part != "footnote" else ())
        if text:
            page = labels[paragraph.lines[0].page]
            blocks.append(Block(text, paragraph.part, paragraph.level, paragraph.reason, page))
    return tuple(blocks)


def _whole(paragraphs: Sequence[PdfParagraph], usual: Usual) -> list[PdfParagraph]:
    """The paragraphs with those that go on in the next column or page whole."""
    whole: list[PdfParagraph] = []
    begun = -1
    for paragraph in paragraphs:
        if begun >= 0 and _goes_on(whole[begun], paragraph, usual):
            lines = whole[begun].lines + paragraph.lines
            whole[begun] = whole[begun]._replace(lines=lines, left=paragraph.left, right=paragraph.right)
            continue
        if paragraph.part not in _ASIDE:
            begun = len(whole)
        whole.append(paragraph)
    return whole


def _goes_on(before: PdfParagraph, paragraph: PdfParagraph, usual: Usual) -> bool:
    last, first = before.lines[-1], paragraph.lines[0]
    if before.part not in _FLOWING or paragraph.part not in _FLOWING or starts_list_item(first.text):
        return False
    if (last.page, last.region) == (first.page, first.region) or first.page - last.page > 1:
        return False
    if abs(last.size - first.size) > _SAME_SIZE * last.size or last.bold != first.bold:
        return False
    if ends_sentence(last.text):
        flush = usual.indented and before.part == "body" and not is_indented(paragraph)
        return flush and is_full(before, first.text)
    return first.text[0].islower() or ends_in_dash(last.text) or is_full(before, first.text)


def _notes(paragraphs: Sequence[PdfParagraph]) -> dict[Reference, list[PdfParagraph]]:
    """The footnotes, each with the paragraphs below it that belong to it."""
    notes: dict[Reference, list[PdfParagraph]] = {}
    note: list[PdfParagraph] = []
    for paragraph in paragraphs:
        if paragraph.part != "footnote":
            continue
        page = paragraph.lines[0].page
        if mark := note_mark(paragraph):
            note = notes.setdefault((page, mark), [])
            note.append(paragraph)
        elif note and note[0].lines[0].page == page:
            note.append(paragraph)
    return notes


def _with_notes_behind(
    paragraphs: Sequence[PdfParagraph], notes: Mapping[Reference, Sequence[PdfParagraph]]
) -> list[PdfParagraph]:
    """The paragraphs with each note behind the one that refers to it first."""
    left = dict(notes)
    behind: list[list[PdfParagraph]] = []
    for paragraph in paragraphs:
        own = paragraph.part == "footnote"
        references = [] if own else _references(paragraph.lines, left)
        behind.append([part for reference in references for part in left.pop(reference, ())])
    moved = {note for notes in behind for note in notes}
    ordered: list[PdfParagraph] = []
    for paragraph, following in zip(paragraphs, behind, strict=True):
        if paragraph not in moved:
            ordered += [paragraph, *following]
    return ordered


def _references(lines: Sequence[Line], notes: Collection[Reference]) -> list[Reference]:
    """The notes of their page to which raised figures in these lines point."""
    found = ((line.page, raised_mark(line, index)) for line in lines for index in range(len(line.spans)))
    return [reference for reference in found if reference in notes]


def _joined(lines: Sequence[Line], hyphens: Hyphens, notes: Collection[Reference]) -> str:
    """The text of lines: with a space between, or what stays of the hyphen at the end of the line."""
    text = ""
    for line in lines:
        added = _without_marks(line, notes)
        if not text or not added:
            text += added
        elif ends_in_dash(text):
            text = text[:-1] + hyphens.kept(text, added) + added
        else:
            text += ("" if without_space(text, added) else " ") + added
    return text


def _without_marks(line: Line, notes: Collection[Reference]) -> str:
    pieces = []
    for index, span in enumerate(line.spans):
        if (line.page, raised_mark(line, index)) in notes:
            pieces.append(" " * span.text.endswith(" "))
        else:
            pieces.append(span.text)
    return "".join(pieces).strip()
