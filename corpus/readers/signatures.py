"""What a file is by its first bytes: names lie, and standard input has none."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.packages import DAMAGES

if TYPE_CHECKING:
    from rubricate.corpus.readers.raw import RawFile

_PDF = re.compile(rb"(?:\A|[\r\n\xbf])%PDF-\d")  # at the beginning of a line: texts speak of it, too
_HTML = re.compile(  # a comment ends where it first can: to try all ends of a hundred takes for ever
    rb"\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!--(?>.*?-->)\s*+)*+<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD, _WORKBOOK = "WordDocument".encode("utf-16-le"), "Workbook".encode("utf-16-le")
_KINDS = {
    ".pdf": "a PDF",
    ".rtf": "a rich text file",
    ".html": "a web page",
    ".docx": "a Word document",
    ".odt": "an OpenDocument text",
    ".xlsx": "an Excel workbook",
    ".ods": "an OpenDocument spreadsheet",
    ".epub": "an e-book",
    ".parquet": "a Parquet file",
    ".gz": "a packed file",
    ".zip": "a zip archive",
    ".doc": "an older Office file",
    ".xls": "an older Excel workbook",
}
_SAME = {".htm": ".html", ".xhtml": ".html", ".docm": ".docx", ".xlsm": ".xlsx", ".markdown": ".md"}
_INSIDE = (
    ("word/", ".docx"),
    ("xl/", ".xlsx"),
    ("META-INF/container.xml", ".epub"),
)
_OPEN_DOCUMENT = {b"text": ".odt", b"spreadsheet": ".ods"}
_OLDER = frozenset({".doc", ".xls"})
_OWN_WORDS = frozenset({".xls", ".docx", ".xlsx", ".docm", ".xlsm"})
"""Formats whose readers tell best what an older Office file under their name is."""


def signature(data: bytes) -> str:
    """The extension that the first bytes of a file speak for; empty where they say nothing, as in texts."""
    head = data[:_HEAD]
    if _PDF.search(head):
        return ".pdf"
    for start, extension in (
        (b"{\\rtf", ".rtf"),
        (b"PAR1", ".parquet"),
        (b"\x1f\x8b", ".gz"),
    ):
        if head.startswith(start):
            return extension
    if head.startswith(_OLE):
        return ".xls" if _WORKBOOK in data and _WORD not in data else ".doc"
    if head.startswith(b"PK\x03\x04"):
        return _package(data)
    return ".html" if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")) else ""


def check_signature(raw: RawFile) -> None:
    """FileError where a file is plainly of another kind than its name says."""
    data = raw.data or next(raw.pieces(), b"") if raw.pieces else raw.data
    found = signature(data)
    named = _SAME.get(raw.extension, raw.extension)
    if not found or found == named or (found in _OLDER and named in _OWN_WORDS):
        return
    if found == ".zip" and named in _KINDS:
        return  # damaged, perhaps: its reader says in what way
    ending = f"{raw.extension}.gz" if found == ".gz" else found
    advice = "save it as .docx" if found == ".doc" else f"give it the ending {ending}"
    raise FileError(raw.file, f"is {_KINDS[found]} under the name {raw.extension}; {advice}")


def extension_of_stream(data: bytes) -> str:
    """The extension of the format that reads what comes on standard input: plain text if nothing else speaks.

    FileError if it is of a kind that only a file can be, or none can read.
    """
    found = signature(data) or ".txt"
    if found == ".doc":
        raise FileError("-", f"is {_KINDS[found]}; save it as .docx")
    if found in (".gz", ".zip"):
        raise FileError("-", f"is {_KINDS[found]}; save it as a file and name that")
    return found


def _package(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if names[:1] == ["mimetype"] and archive.getinfo("mimetype").file_size < _HEAD:
                kind = archive.read("mimetype").rpartition(b".")[2]
                if kind in _OPEN_DOCUMENT:
                    return _OPEN_DOCUMENT[kind]
    except DAMAGES:
        return ".zip"
    return next(
        (extension for start, extension in _INSIDE if any(n.startswith(start) for n in names)), ".zip"
    )
