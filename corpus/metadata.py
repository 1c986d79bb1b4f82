"""Variables that come in a table of their own, one row per document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rubricate.corpus.errors import CorpusError, FileError
from rubricate.corpus.readers.dates import DATE, checked_dates
from rubricate.corpus.readers.raw import ReadOptions, read_raw, source_file
from rubricate.corpus.readers.rows import check_id, find_column, open_table
from rubricate.corpus.study.tables import same_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rubricate.corpus.document import Source
    from rubricate.corpus.readers.rows import Ids

_DEFAULTS = ReadOptions()


@dataclass(frozen=True, slots=True)
class Metadata:
    """The variables of documents: ``rows`` maps a document id to its values, column by column."""

    file: str
    columns: tuple[str, ...]
    rows: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Unmatched:
    """What the metadata and the corpus do not share: ids without a document, and documents without a row."""

    rows: tuple[str, ...]
    documents: tuple[str, ...]


def read_metadata(path: str | Path, options: ReadOptions = _DEFAULTS) -> Metadata:
    """Read a CSV or TSV with a ``document`` column; the other columns are variables, cells verbatim.

    Of the options, only the encoding counts. CorpusError if there is no such column, if a document is
    named twice or not at all, if its ``date`` is none, or if the file cannot be read.
    """
    source = source_file(Path(path), str(path))
    if source.extension in (".xlsx", ".xls", ".ods"):
        raise CorpusError(f"{path}: spreadsheets cannot be read yet; save the sheet as CSV (UTF-8)")
    if source.extension not in (".csv", ".tsv"):
        raise CorpusError(f"{path}: metadata must be a .csv or .tsv file")
    table = open_table(read_raw(source), options.encoding)
    key = find_column(table.header, "document")
    if key is None:
        columns = ", ".join(table.header)
        raise FileError(
            table.file, f"has no column 'document'; its columns are {columns}; call the one with the ids that"
        )
    date = table.header.index(DATE) if DATE in table.header else None
    ids: Ids = {}
    rows: dict[str, Mapping[str, str]] = {}
    for line, row in checked_dates(table.file, table.rows, date):
        rows[check_id(table.file, row[key], line, ids)] = {
            name: cell for i, (name, cell) in enumerate(zip(table.header, row, strict=True)) if i != key
        }
    return Metadata(table.file, table.header[:key] + table.header[key + 1 :], rows)


def add_metadata(source: Source, metadata: Metadata) -> Source:
    """Return the document with its row's variables; without a row, with the same columns left empty.

    An empty cell means "no value", so a value beats it wherever it comes from. CorpusError if the
    document and its row have different values for a variable.
    """
    row = metadata.rows.get(same_form(source.id), {})
    variables = dict(source.variables)
    for name in metadata.columns:
        ours, theirs = variables.get(name, ""), row.get(name, "")
        if ours and theirs and ours != theirs:
            raise CorpusError(
                f"document {source.id!r}: {name} is {ours!r} in {source.file} but {theirs!r} in "
                f"{metadata.file}; correct one or rename the column"
            )
        variables[name] = ours or theirs
    return replace(source, variables=variables)


def find_unmatched(metadata: Metadata, documents: Iterable[str]) -> Unmatched:
    """Compare the metadata with the ids of a corpus; both answers are sorted by id."""
    ids = {same_form(document): document for document in documents}
    return Unmatched(
        rows=tuple(sorted(metadata.rows.keys() - ids.keys())),
        documents=tuple(sorted(ids[key] for key in ids.keys() - metadata.rows.keys())),
    )
