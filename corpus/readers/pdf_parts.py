"""What the paragraphs of a PDF are: by the tags of the file, else by their type, place and words."""

from __future__ import annotations

from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from rubricate.corpus.parts.names import is_known_heading
from rubricate.corpus.parts.shapes import NUMBER, is_caption, starts_list_item
from rubricate.corpus.readers.pdf_paragraphs import note_mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rubricate.corpus.readers.pdf_paragraphs import PdfParagraph, Usual

_LARGER = 1.1  # times the usual size: a heading
_SMALLER = 0.95  # times the usual size: a footnote
_HEADING_CHARACTERS = 200
_HEADING_WORDS = 25
_BOLD_WORDS = 16
_CAPTION_CHARACTERS = 600
_LEVELS = 6
_MOSTLY = 0.5  # of the letters in bold: then bold type says nothing
_NEVER_LAST = frozenset(".,;:،؛。")
_REASONS = {
    "heading": "marked as a heading",
    "title": "marked as a title",
    "list": "marked as a list item",
    "table": "marked as a cell of a table",
    "caption": "marked as a caption",
    "footnote": "marked as a note",
}
_KNOWN = "known as a heading"

_Style = tuple[float, bool, bool, int]  # size (negative), plain, not in capitals, depth of its number
_TOP: _Style = (0.0, False, False, 0)


def mark_parts(paragraphs: Sequence[PdfParagraph], usual: Usual, language: str) -> list[PdfParagraph]:
    """The paragraphs as what they are; those that have a part already keep it."""
    notes = _footnotes(paragraphs, usual)
    bold = sum(len(line.text) for paragraph in paragraphs for line in paragraph.lines if line.bold)
    bold_tells = bold < _MOSTLY * sum(len(paragraph.text) for paragraph in paragraphs)
    marked = []
    for index, paragraph in enumerate(paragraphs):
        tag = paragraph.lines[0].tag
        if paragraph.part:
            part, level, reason = paragraph.part, paragraph.level, paragraph.reason
        elif index in notes:
            part, level, reason = "footnote", 0, "small type at the foot of the page, with a mark"
        elif tag and tag.part != "body":
            part, level, reason = tag.part, tag.level, _REASONS[tag.part]
        else:
            part, level, reason = _looks(paragraph, usual, language, bold_tells=bold_tells)
        marked.append(paragraph._replace(part=part, level=level, reason=reason))
    return _with_levels(marked)


def _looks(paragraph: PdfParagraph, usual: Usual, language: str, *, bold_tells: bool) -> tuple[str, int, str]:
    """Part, level and reason of a paragraph by its type and its words."""
    text = paragraph.text
    if paragraph.lines[0].turn:
        return "boilerplate", 0, "stands at an angle to the page"
    if paragraph.lines[0].cell:
        return "table", 0, "set in columns like a table"
    if is_caption(text) and len(text) <= _CAPTION_CHARACTERS:
        return "caption", 0, "begins like a caption"
    if reason := _heading_reason(paragraph, usual, language, bold_tells=bold_tells):
        return "heading", 0, reason
    if starts_list_item(text):
        return "list", 0, "begins like a list item"
    return "body", 0, ""


def _heading_reason(paragraph: PdfParagraph, usual: Usual, language: str, *, bold_tells: bool) -> str:
    text = paragraph.text
    words = len(text.split())
    if len(text) > _HEADING_CHARACTERS or words > _HEADING_WORDS or not any(map(str.isalpha, text)):
        return ""
    if text[-1] in _NEVER_LAST:
        return ""
    if paragraph.size >= _LARGER * usual.size:
        return "larger type than the text"
    if bold_tells and words <= _BOLD_WORDS and all(line.bold for line in paragraph.lines):
        return "bold type, and no sentence"
    return _KNOWN if is_known_heading(text, language) else ""


def _with_levels(paragraphs: list[PdfParagraph]) -> list[PdfParagraph]:
    """Headings with levels by the rank of their type, if the file gives none; the first and largest, on the
    first page, is the title.
    """
    shown = {
        index: _style(paragraph)
        for index, paragraph in enumerate(paragraphs)
        if paragraph.part == "heading" and not paragraph.level
    }
    marked = any(paragraph.level or paragraph.part == "title" for paragraph in paragraphs)
    first = next(iter(shown), None)
    if first is not None and not marked and _is_title(first, paragraphs, shown):
        title = paragraphs[first]._replace(part="title", reason="the largest type, on the first page")
        paragraphs = [*paragraphs[:first], title, *paragraphs[first + 1 :]]
        del shown[first]
    known = {index: _TOP for index in shown if paragraphs[index].reason == _KNOWN}
    shown = {**shown, **known}  # as high as the highest: their type does not tell
    ranks = {style: rank for rank, style in enumerate(sorted({*shown.values()} - {_TOP}), start=1)}
    ranks[_TOP] = 1
    below = max((paragraph.level for paragraph in paragraphs), default=0)
    return [
        paragraph._replace(level=min(below + ranks[shown[index]], _LEVELS)) if index in shown else paragraph
        for index, paragraph in enumerate(paragraphs)
    ]


def _is_title(first: int, paragraphs: Sequence[PdfParagraph], shown: Mapping[int, _Style]) -> bool:
    sizes = [-style[0] for style in shown.values()]
    return (
        paragraphs[first].lines[0].page == 0
        and "larger" in paragraphs[first].reason
        and sizes[0] == max(sizes)
        and sizes.count(sizes[0]) == 1
    )


def _style(paragraph: PdfParagraph) -> _Style:
    """What ranks a heading: larger before smaller, bold before plain, capitals, then its number."""
    number = NUMBER.match(paragraph.text)
    depth = number["depth"].count(".") if number and number["depth"] else 0
    bold = all(line.bold for line in paragraph.lines)
    return -round(paragraph.size), not bold, not paragraph.text.isupper(), depth


def _footnotes(paragraphs: Sequence[PdfParagraph], usual: Usual) -> set[int]:
    """The places of the footnotes: small type at the end of a column, from the first mark on."""
    undecided = [index for index in range(len(paragraphs)) if not paragraphs[index].part]
    found: set[int] = set()
    for _, column in groupby(reversed(undecided), lambda index: paragraphs[index].place):
        small = list(takewhile(lambda index: _is_small(paragraphs[index], usual), column))
        marked = [index for index in small if note_mark(paragraphs[index])]
        found.update(index for index in small if marked and index >= min(marked))
    return found


def _is_small(paragraph: PdfParagraph, usual: Usual) -> bool:
    first = paragraph.lines[0]
    if first.turn or first.cell or (first.tag and first.tag.part not in ("body", "footnote")):
        return False
    return paragraph.size < _SMALLER * usual.size
