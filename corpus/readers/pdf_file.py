"""A PDF file through pdfium: its pages with their pieces of lines, and what it says of itself.

This runs in a process of its own (pdf_process.py), because a file can make pdfium end its process.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.pdf_glyphs import spans_of
from rubricate.corpus.readers.pdf_layout import pieces_of
from rubricate.corpus.readers.pdf_tags import tags_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.corpus.readers.pdf_layout import Line

MOST_PAGES = 20_000
"""The most pages that are read: a few bytes can stand for any number."""

BLANK, PICTURES, UNREAD = "blank", "pictures", "unread"
"""What a page without text is: empty, one that shows only pictures, or one that cannot be read."""

_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")
_NO_TITLE = re.compile(
    r"Microsoft \w+ - |untitled|.*\.(?:docx?|odt|pdf|rtf|tex|dvi|html?|indd|qxd|txt)$", re.IGNORECASE
)
_LANGUAGE_BYTES = 64
_DEPTH = 3  # of forms in forms in which pictures are looked for
_OUTLINES = 50  # lines and shapes
_PASSWORD = 4  # pdfium's errors
_SECURITY = 5


class PdfPage(NamedTuple):
    """A page: its label, the pieces of its lines in the order of the file, and, without any, what it is."""

    label: str
    pieces: list[Line]
    without_text: str = ""


def read_file(data: bytes) -> Iterator[PdfPage | dict[str, str]]:
    """Yield the pages, then the properties of the file; FileError, of a file without a name, if it is no
    sound PDF, is protected or has too many pages.
    """
    document = _open(data)
    try:
        if len(document) > MOST_PAGES:
            raise FileError("", f"has more than {MOST_PAGES:,} pages; split it into smaller files")
        for number in range(len(document)):
            yield _page(document, number)
        yield _properties(document)
    finally:
        document.close()


def _open(data: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (_PASSWORD, _SECURITY):
            reason = "is protected by a password; remove it and save the file anew"
        elif b"%PDF-" in data[:1024]:
            reason = "is no sound PDF, or cut off; fetch or save it again"
        else:
            reason = "is no PDF, whatever its name says; fetch or save it again"
        raise FileError("", reason) from None


def _page(document: Any, number: int) -> PdfPage:
    import pypdfium2

    label = _label(document, number)
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return PdfPage(label, [], UNREAD)
    try:
        if _show_annotations(page):
            page.close()
            page = document[number]
        textpage = page.get_textpage()
        pieces = pieces_of(spans_of(textpage, tags_of(page)), number)
        textpage.close()
        if pieces:
            return PdfPage(label, pieces)
        return PdfPage(label, [], PICTURES if _has_pictures(page) else BLANK)
    except pypdfium2.PdfiumError:
        return PdfPage(label, [], UNREAD)
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
