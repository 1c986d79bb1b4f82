"""One table as a file of its own, CSV or a workbook with one sheet, by its ending."""

from __future__ import annotations

import secrets
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING

from rubricate.corpus.errors import shown
from rubricate.reports.columns import DTYPES, Column
from rubricate.reports.csv_table import csv_table
from rubricate.reports.errors import ReportError, writing
from rubricate.reports.workbook import AUTHOR, write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pandas as pd

ENDINGS = (".csv", ".xlsx")


def refuse_ending(path: Path) -> None:
    """Raise ReportError unless a table can be written into a file with this ending."""
    if path.suffix.lower() not in ENDINGS:
        raise ReportError(f"{shown(path)}: ends in neither of {' and '.join(ENDINGS)}; name such a file")


def write_table(
    path: Path, name: str, frames: Iterable[pd.DataFrame], *, spreadsheet_safe: bool = False
) -> None:
    """Write the rows of a table, in one DataFrame or several, at least one; the file is there whole or not.

    A file that is there is replaced if it has this table, with the same columns, or is a workbook of ours.
    ReportError where it is anything else, where the ending is unknown, where a workbook cannot hold the table
    and where the file cannot be written.
    """
    refuse_ending(path)
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    as_csv = path.suffix.lower() == ".csv"
    rows = new if as_csv else new.with_suffix(".csv")
    try:
        columns = _write_csv(rows, frames, str(path), spreadsheet_safe=spreadsheet_safe and as_csv)
        if not as_csv and (excess := write_workbook(new, {name: (rows, columns)}, known_as=str(path))):
            raise ReportError(f"{shown(path)}: the table {excess[name]}; write a .csv file")
        with writing(path):
            if path.exists() and not (_same_header(path, new) if as_csv else _is_ours(path)):
                raise ReportError(f"{shown(path)}: holds something else than this table; name another file")
            new.replace(path)
    finally:
        for leftover in (new, rows):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def _write_csv(
    path: Path, frames: Iterable[pd.DataFrame], known_as: str, *, spreadsheet_safe: bool
) -> list[Column]:
    """Write the rows, and return the columns they have."""
    rest = iter(frames)
    first = next(rest)
    types = {dtype: name for name, dtype in DTYPES.items()}
    columns = [
        Column(str(name), types.get(str(dtype), "text"), "", "") for name, dtype in first.dtypes.items()
    ]
    names = [column.name for column in columns]
    with csv_table(path, names, spreadsheet_safe=spreadsheet_safe, known_as=known_as) as append:
        append(first)
        for frame in rest:
            append(frame)
    return columns


def _same_header(path: Path, other: Path) -> bool:
    with path.open("rb") as one, other.open("rb") as two:
        header = two.readline()
        return one.readline(len(header) + 1) == header


def _is_ours(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as book:
            return f"<dc:creator>{AUTHOR}<".encode() in book.read("docProps/core.xml")
    except (zipfile.BadZipFile, KeyError):
        return False
