"""PDF with text: one file, one document, with its columns, headings, notes and page furniture told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rubricate.corpus.cleaning.hyphens import Hyphens
from rubricate.corpus.document import Source
from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.pdf_file import BLANK, PICTURES, UNREAD, PdfPage
from rubricate.corpus.readers.pdf_flow import blocks_of
from rubricate.corpus.readers.pdf_furniture import find_page_furniture
from rubricate.corpus.readers.pdf_layout import lines_of
from rubricate.corpus.readers.pdf_paragraphs import (
    PdfParagraph,
    Usual,
    cut_paragraphs,
    usual_type,
    with_indents,
)
from rubricate.corpus.readers.pdf_parts import mark_parts
from rubricate.corpus.readers.pdf_process import read_apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rubricate.corpus.readers.pdf_layout import Line
    from rubricate.corpus.readers.raw import RawFile, ReadOptions

_SAMPLE = 4000  # characters that tell the language
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")
_MANY_UNKNOWN = 0.02  # of the characters
_SOME_RIGHT_TO_LEFT = 0.05  # of the letters
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_NAMED_PAGES = 10  # that a warning lists


@dataclass(slots=True)
class _Pages:
    """What is read of the pages: the pieces of lines and the label of each, and the labels of the blank ones,
    of those that hold only pictures and of those that cannot be read.
    """

    pieces: list[list[Line]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    blank: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def add(self, page: PdfPage) -> None:
        """The next page."""
        self.labels.append(page.label)
        self.pieces.append(page.pieces)
        named = {BLANK: self.blank, PICTURES: self.pictures, UNREAD: self.unread}
        if page.without_text:
            named[page.without_text].append(page.label)


def read_pdf(raw: RawFile, options: ReadOptions) -> Iterator[Source]:
    """Yield the file as one document in blocks, each with the label of the page on which it begins.

    FileError if it is protected by a password, is no sound PDF or holds no text: a scan needs optical
    recognition first. Pages without text, unknown characters and scripts written from the right are
    warnings.
    """
    if not raw.data:
        raise FileError(raw.file, "is empty")
    pages, properties = _read(raw)
    if not any(pages.pieces):
        _refuse(raw.file, pages)
    text = "\n".join(piece.text for page in pages.pieces for piece in page)
    language = properties.get("language", "") or _language_of(text)
    paragraphs, usual = _paragraphs(pages.pieces)
    marked = mark_parts(paragraphs, usual, language)
    blocks = blocks_of(marked, usual, Hyphens(text, language.partition("-")[0].lower()), pages.labels)
    yield Source(
        raw.id,
        raw.file,
        raw.sha256,
        "",
        blocks=blocks,
        properties=properties,
        warnings=tuple(_warnings(text, pages)),
    )


def _read(raw: RawFile) -> tuple[_Pages, dict[str, str]]:
    pages = _Pages()
    properties: dict[str, str] = {}
    for item in read_apart(raw):
        if isinstance(item, PdfPage):
            pages.add(item)
        else:
            properties = item
    return pages, properties


def _refuse(file: str, pages: _Pages) -> None:
    if pages.pictures:
        raise FileError(
            file,
            "is a scan: pictures of pages without text; run optical recognition (OCR) first and save it as a"
            " PDF with text",
        )
    if len(pages.unread) == len(pages.labels):
        raise FileError(file, "is damaged: none of its pages can be read; fetch or save it again")
    raise FileError(file, "holds no text")


def _paragraphs(pages: Sequence[Sequence[Line]]) -> tuple[list[PdfParagraph], Usual]:
    """The paragraphs of all pages in the order of reading, the furniture of each page behind them; and what
    is usual in them. ``pages`` are lists of pieces of lines.
    """
    furniture = find_page_furniture(pages)
    texts = [
        lines_of([piece for index, piece in enumerate(page) if (number, index) not in furniture])
        for number, page in enumerate(pages)
    ]
    usual = usual_type(line for page in texts for line in page if not line.turn)
    paragraphs: list[PdfParagraph] = []
    for number, page in enumerate(pages):
        paragraphs += cut_paragraphs(texts[number], usual)
        paragraphs += [
            PdfParagraph((piece,), piece.x0, piece.x1, "boilerplate", 0, furniture[number, index])
            for index, piece in enumerate(page)
            if (number, index) in furniture
        ]
    return paragraphs, with_indents(usual, paragraphs)


def _language_of(text: str) -> str:
    """The language that a text seems to be in, for its hyphens; asked only if a line ends in one."""
    if "-\n" not in text:
        return ""
    import py3langid

    return str(py3langid.classify(text[:_SAMPLE])[0])


def _warnings(text: str, pages: _Pages) -> Iterator[str]:
    if pages.pictures:
        yield (
            f"no text on {_named(pages.pictures)}, only pictures; run optical recognition (OCR) if they show"
            " text"
        )
    if pages.unread:
        yield f"{_named(pages.unread)} cannot be read; fetch or save the file again"
    if len(_UNKNOWN.findall(text)) > _MANY_UNKNOWN * len(text):
        yield (
            "many characters cannot be told from the fonts of the PDF; compare the text with the page, or run"
            " optical recognition (OCR)"
        )
    letters = sum(map(str.isalpha, text))
    if len(_RIGHT_TO_LEFT.findall(text)) > _SOME_RIGHT_TO_LEFT * letters:
        yield (
            "right-to-left text in PDFs often comes out with words reversed or without joiners; compare it"
            " with the page, or use the docx or html"
        )


def _named(labels: Sequence[str]) -> str:
    """Pages as a message lists them.

    >>> _named(["iv"]), _named(["3", "4"])
    ('page iv', 'pages 3, 4')
    """
    listed = ", ".join(labels[:_NAMED_PAGES])
    more = len(labels) - _NAMED_PAGES
    return f"page{'s' * (len(labels) > 1)} {listed}" + (f" and {more} more" if more > 0 else "")
