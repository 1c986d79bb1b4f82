"""The formats a corpus can be read from: one module each, and one dict that says which reads what.

To add a format, write a module with a function like these: it takes a RawFile and the ReadOptions, yields
a Source for each document (and a Skipped for each row it had to leave out), raises FileError where the
file cannot be read and DateError (``dates.py``) where the variable ``date`` is none, and imports heavy
libraries inside. Enter it in READERS under its extension in lower case, in TABLES too if one file holds
many documents, and put the smallest real file of its kind into tests/data. Unpacking ``.gz`` and hashing
are done before a reader is called.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rubricate.corpus.document import Source
    from rubricate.corpus.readers.raw import RawFile, ReadOptions, Skipped

    Reader = Callable[[RawFile, ReadOptions], Iterator[Source | Skipped]]


def _reader(module: str, function: str) -> Reader:
    """The function of a module that is imported when it is needed: most corpora have one or two formats."""

    def read(raw: RawFile, options: ReadOptions) -> Iterator[Source | Skipped]:
        found: Reader = getattr(import_module(f"rubricate.corpus.readers.{module}"), function)
        return found(raw, options)

    return read


READERS: dict[str, Reader] = {
    **dict.fromkeys((".csv", ".tsv"), _reader("rows", "read_rows")),
    **dict.fromkeys((".docm", ".docx"), _reader("docx", "read_docx")),
    ".epub": _reader("epub", "read_epub"),
    **dict.fromkeys((".htm", ".html", ".xhtml"), _reader("html", "read_html")),
    **dict.fromkeys((".json", ".jsonl", ".ndjson"), _reader("json_lines", "read_json_lines")),
    **dict.fromkeys((".markdown", ".md"), _reader("markdown", "read_markdown")),
    **dict.fromkeys((".ods", ".xls", ".xlsx"), _reader("spreadsheets", "read_spreadsheet")),
    ".odt": _reader("odt", "read_odt"),
    ".parquet": _reader("parquet", "read_parquet"),
    ".pdf": _reader("pdf", "read_pdf"),
    ".rtf": _reader("rtf", "read_rtf"),
    **dict.fromkeys((".srt", ".vtt"), _reader("subtitles", "read_subtitles")),
    ".txt": _reader("plain_text", "read_plain_text"),
}
"""Extension → the function that reads it."""

TABLES = frozenset({".csv", ".json", ".jsonl", ".ndjson", ".ods", ".parquet", ".tsv", ".xls", ".xlsx"})
"""Extensions of files that hold many documents, whose ids are known only once the file has been read."""

WEB_PAGES = frozenset({".htm", ".html", ".xhtml"})
"""Extensions of files of which only the article can be asked for."""

KNOWN = ", ".join(sorted(READERS)) + " (each also with .gz), and .zip archives of these"
"""The formats as a message lists them."""
