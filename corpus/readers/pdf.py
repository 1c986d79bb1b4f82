"""PDF with text: one file, one document, with its columns, headings, notes and page furniture told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from rubricate.corpus.cleaning.hyphens import Hyphens
from rubricate.corpus.document import Source
from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.pdf_flow import blocks_of
from rubricate.corpus.readers.pdf_furniture import find_page_furniture
from rubricate.corpus.readers.pdf_glyphs import spans_of
from rubricate.corpus.readers.pdf_layout import lines_of, pieces_of
from rubricate.corpus.readers.pdf_paragraphs import (
    PdfParagraph,
    Usual,
    cut_paragraphs,
    usual_type,
    with_indents,
)
from rubricate.corpus.readers.pdf_parts import mark_parts
from rubricate.corpus.readers.pdf_tags import tags_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rubricate.corpus.readers.pdf_layout import Line
    from rubricate.corpus.readers.raw import RawFile, ReadOptions

_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")
_NO_TITLE = re.compile(
    r"Microsoft \w+ - |untitled|.*\.(?:docx?|odt|pdf|rtf|tex|dvi|html?|indd|qxd|txt)$", re.IGNORECASE
)
_LANGUAGE_BYTES = 64
_SAMPLE = 4000  # characters that tell the language
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")
_MANY_UNKNOWN = 0.02  # of the characters
_SOME_RIGHT_TO_LEFT = 0.05  # of the letters
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_NAMED_PAGES = 10  # that a warning lists

_DEPTH = 3  # of forms in forms in which pictures are looked for
_OUTLINES = 50  # lines and shapes

_PASSWORD = 4  # pdfium's errors
_SECURITY = 5


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


class _File(NamedTuple):
    pages: _Pages
    properties: dict[str, str]


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


def _read(raw: RawFile) -> _File:
    document = _open(raw)
    try:
        pages = _Pages()
        for number in range(len(document)):
            _read_page(document, number, pages)
        return _File(pages, _properties(document))
    finally:
        document.close()


def _open(raw: RawFile) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(raw.data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (_PASSWORD, _SECURITY):
            reason = "is protected by a password; remove it and save the file anew"
        elif b"%PDF-" in raw.data[:1024]:
            reason = "is no sound PDF, or cut off; fetch or save it again"
        else:
            reason = "is no PDF, whatever its name says; fetch or save it again"
        raise FileError(raw.file, reason) from None


def _read_page(document: Any, number: int, pages: _Pages) -> None:
    import pypdfium2

    label = _label(document, number)
    pages.labels.append(label)
    pages.pieces.append([])
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        pages.unread.append(label)
        return
    try:
        if _show_annotations(page):
            page.close()
            page = document[number]
        textpage = page.get_textpage()
        pages.pieces[-1] = pieces_of(spans_of(textpage, tags_of(page)), number)
        textpage.close()
        if not pages.pieces[-1]:
            (pages.pictures if _has_pictures(page) else pages.blank).append(label)
    except pypdfium2.PdfiumError:
        pages.unread.append(label)
    finally:
        page.close()


def _show_annotations(page: Any) -> bool:
    """Make what is written into forms and on the page part of its text; False if there is none."""
    import pypdfium2.raw as pdfium

    written = (pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WIDGET)
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation) if annotation else pdfium.FPDF_ANNOT_UNKNOWN
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind in written:
            return bool(pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS)
    return False


def _label(document: Any, number: int) -> str:
    """What the file calls the page ("iv"), else its number from 1."""
    label = "".join(filter(str.isprintable, document.get_page_label(number))).strip()
    return label or str(number + 1)


def _has_pictures(page: Any) -> bool:
    """Whether a page shows an image, or so many lines that they can be letters drawn as outlines."""
    import pypdfium2.raw as pdfium

    kinds = [pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING, pdfium.FPDF_PAGEOBJ_PATH]
    found = page.get_objects(filter=kinds, max_depth=_DEPTH)
    shown = [shape.type for shape in islice(found, _OUTLINES)]
    return len(shown) == _OUTLINES or any(kind != pdfium.FPDF_PAGEOBJ_PATH for kind in shown)


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


def _properties(document: Any) -> dict[str, str]:
    """What the file says of itself; a title that is the name of a file is left out."""
    title = _metadata(document, "Title")
    created = _DATE.match(_metadata(document, "CreationDate"))
    found = {
        "title": "" if _NO_TITLE.match(title) else title,
        "author": _metadata(document, "Author"),
        "created": "-".join(part for part in created.groups() if part) if created else "",
        "language": _stated_language(document),
        "keywords": _metadata(document, "Keywords"),
    }
    return {name: value for name, value in found.items() if value}


def _metadata(document: Any, key: str) -> str:
    try:
        value = document.get_metadata_value(key)
    except UnicodeDecodeError:
        return ""
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())


def _stated_language(document: Any) -> str:
    from ctypes import c_ushort

    import pypdfium2.raw as pdfium

    buffer = (c_ushort * _LANGUAGE_BYTES)()
    length = pdfium.FPDFCatalog_GetLanguage(document, buffer, _LANGUAGE_BYTES)
    stated = bytes(buffer)[: max(min(length, _LANGUAGE_BYTES) - 2, 0)].decode("utf-16-le", "ignore")
    return stated.strip() if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", stated.strip()) else ""


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
