"""Variables that come in a table of their own, one row per document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.dates import DATE, checked_dates
from rubricate.corpus.readers.rows import check_id, find_column, open_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rubricate.corpus.readers.raw import RawFile, ReadOptions
    from rubricate.corpus.readers.rows import Ids, Table

    Opener = Callable[[RawFile, ReadOptions], Table]

_KEY = "document"


@dataclass(frozen=True, slots=True)
class Metadata:
    """The variables of documents: ``rows`` maps a document id to its values, column by column.

    A bibliography maps citekeys instead, and has ``attachments``: the paths of the files that each entry
    names. ``doubts`` say in a line each what could not be made a value.
    """

    file: str
    columns: tuple[str, ...]
    rows: Mapping[str, Mapping[str, str]]
    attachments: Mapping[str, tuple[str, ...]] | None = None
    doubts: tuple[str, ...] = ()


def read_table_of_variables(raw: RawFile, options: ReadOptions) -> Metadata:
    """Read a table with a ``document`` column; the other columns are variables, cells verbatim.

    FileError if there is no such column, if a document is named twice or not at all, or if the table cannot
    be read; DateError if a ``date`` is none.
    """
    table = OPENERS[raw.extension](raw, options)
    key = find_column(table.header, _KEY)
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


def _open_text(raw: RawFile, options: ReadOptions) -> Table:
    return open_table(raw, options.encoding)


def _open_spreadsheet(raw: RawFile, options: ReadOptions) -> Table:
    from rubricate.corpus.readers.spreadsheets import open_spreadsheet

    return open_spreadsheet(raw, replace(options, text_column=_KEY))  # the sheet that has it


def _open_json_lines(raw: RawFile, options: ReadOptions) -> Table:
    from rubricate.corpus.readers.json_lines import open_json_lines

    return open_json_lines(raw, options)


def _open_parquet(raw: RawFile, options: ReadOptions) -> Table:
    from rubricate.corpus.readers.parquet import open_parquet

    return open_parquet(raw, options)


OPENERS: dict[str, Opener] = {
    ".csv": _open_text,
    ".jsonl": _open_json_lines,
    ".ndjson": _open_json_lines,
    ".ods": _open_spreadsheet,
    ".parquet": _open_parquet,
    ".tsv": _open_text,
    ".xls": _open_spreadsheet,
    ".xlsx": _open_spreadsheet,
}
"""Extension → the function that opens such a table."""
