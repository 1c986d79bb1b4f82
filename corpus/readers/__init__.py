"""The formats a corpus can be read from: one module each, and one dict that says which reads what.

To add a format, write a module with a function like these: it takes a RawFile and the ReadOptions, yields
a Source for each document (and a Skipped for each row it had to leave out), raises FileError where the
file cannot be read and DateError (``dates.py``) where the variable ``date`` is none, and imports heavy
libraries inside. Enter it in READERS under its extension in lower case, in TABLES too if one file holds
many documents, and put the smallest real file of its kind into tests/data. Unpacking ``.gz`` and hashing
are done before a reader is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.corpus.readers.markdown import read_markdown
from rubricate.corpus.readers.plain_text import read_plain_text
from rubricate.corpus.readers.rows import read_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rubricate.corpus.document import Source
    from rubricate.corpus.readers.raw import RawFile, ReadOptions, Skipped

    Reader = Callable[[RawFile, ReadOptions], Iterator[Source | Skipped]]

READERS: dict[str, Reader] = {
    ".csv": read_rows,
    ".markdown": read_markdown,
    ".md": read_markdown,
    ".tsv": read_rows,
    ".txt": read_plain_text,
}
"""Extension → the function that reads it."""

TABLES = frozenset({".csv", ".tsv"})
"""Extensions of files that hold many documents, whose ids are known only once the file has been read."""

KNOWN = ", ".join(READERS) + " (each also with .gz)"
"""The formats as a message lists them."""
