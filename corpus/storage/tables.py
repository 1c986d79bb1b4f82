"""The four tables of a stored corpus: their columns, and how documents become rows and rows documents.

Row group k of each table is about the same documents, so that some can be replaced while the others are
copied unread.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from rubricate.corpus.document import Document, Paragraph, Repair

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pyarrow as pa

    Columns = dict[str, list[Any]]

TABLES = ("documents", "paragraphs", "sentences", "cleaning")
"""The tables by the names of their files, without ``.parquet``."""

PLAIN = ("file", "sha256", "encoding", "language", "title", "date", "citekey", "line_joins")
"""Columns of ``documents`` that hold what the Document of a row has under this name."""

_COLUMNS = {
    "documents": {
        "document": "text",
        "file": "text",
        "source": "text",
        "member": "text",
        "sha256": "text",
        "encoding": "text",
        "language": "text",
        "title": "text",
        "date": "text",
        "citekey": "text",
        "variables": "pairs",
        "words": "number",
        "characters": "number",
        "line_joins": "number",
        "warnings": "texts",
        "inputs": "text",
        "hash": "text",
        "text": "text",
    },
    "paragraphs": {
        "document": "text",
        "number": "number",
        "start": "number",
        "end": "number",
        "part": "text",
        "heading": "text",
        "reason": "text",
        "page": "text",
        "speaker": "text",
        "time": "text",
        "words": "number",
    },
    "sentences": {"document": "text", "paragraph": "number", "start": "number", "end": "number"},
    "cleaning": {
        "document": "text",
        "kind": "text",
        "start": "number",
        "source_start": "number",
        "before": "text",
        "after": "text",
    },
}


def schemas() -> dict[str, pa.Schema]:
    """The columns of each table.

    Offsets count code points of the document's ``text``. In documents: ``source`` is the file below
    ``sources/`` and ``member`` its part where that is an archive; ``inputs`` is the hash of all that the
    document was made from and ``hash`` that of what it became.
    """
    import pyarrow as pa

    text, number = pa.string(), pa.int32()
    kinds = {"text": text, "number": number, "texts": pa.list_(text), "pairs": pa.map_(text, text)}
    return {
        table: pa.schema([(name, kinds[kind]) for name, kind in columns.items()])
        for table, columns in _COLUMNS.items()
    }


def paragraph_columns(documents: Iterable[Document], words: Sequence[int]) -> Columns:
    """The rows of the table ``paragraphs``, with so many ``words`` each; the first paragraph of a document is
    number 1.
    """
    rows = [
        (document.id, number, *paragraph)
        for document in documents
        for number, paragraph in enumerate(document.paragraphs, 1)
    ]
    return {**_columns(("document", "number", *Paragraph._fields), rows), "words": list(words)}


def cleaning_columns(documents: Iterable[Document]) -> Columns:
    """The rows of the table ``cleaning``."""
    rows = [(document.id, *repair) for document in documents for repair in document.repairs]
    return _columns(("document", *Repair._fields), rows)


def _columns(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> Columns:
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return {name: list(column) for name, column in zip(names, columns, strict=True)}


def documents_from(tables: Mapping[str, pa.Table]) -> Iterator[Document]:
    """The documents of one row group of ``documents``, ``paragraphs`` and ``cleaning``."""
    paragraphs = by_document(tables["paragraphs"], Paragraph._fields)
    repairs = by_document(tables["cleaning"], Repair._fields)
    for row in tables["documents"].to_pylist():
        yield Document(
            id=row["document"],
            text=row["text"],
            paragraphs=tuple(map(Paragraph._make, paragraphs.get(row["document"], ()))),
            variables=dict(row["variables"]),
            repairs=tuple(map(Repair._make, repairs.get(row["document"], ()))),
            warnings=tuple(row["warnings"]),
            **{name: row[name] for name in PLAIN},
        )


def by_document(table: pa.Table, fields: Sequence[str]) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each document, which stand together, without its id."""
    columns = [table.column(name).to_pylist() for name in ("document", *fields)]
    rows = zip(*columns, strict=True)
    return {document: [row[1:] for row in group] for document, group in groupby(rows, itemgetter(0))}
