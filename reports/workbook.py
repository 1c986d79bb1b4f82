"""Tables as sheets of one workbook (.xlsx), made from their CSV files; text stays text, never a formula."""

from __future__ import annotations

import csv
import os
import tempfile
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rubricate.reports.errors import writing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from rubricate.reports.columns import Column

ROWS, COLUMNS, CHARACTERS = 1_048_576, 16_384, 32_767
"""What a sheet of Excel holds: rows, the header included, columns, and characters (of UTF-16) in a cell."""

AUTHOR = "rubricate"
_DATE = datetime(2000, 1, 1)  # not now: the same tables are the same bytes


def write_workbook(
    path: Path, tables: Mapping[str, tuple[Path, Sequence[Column]]], *, known_as: str = ""
) -> dict[str, str]:
    """Write a sheet for each table, by name its CSV file and its columns, in order.

    The file must be as ``csv_table`` writes it, not made safe for spreadsheets. Returns why a table has no
    sheet, by name: nothing is ever cut. Raises ReportError, about ``known_as`` or else ``path``, where the
    workbook cannot be written.
    """
    too_large = {name: why for name, (file, columns) in tables.items() if (why := _excess(file, columns))}
    with writing(known_as or path), _workbook(path) as book:
        for name, (file, columns) in tables.items():
            if name not in too_large:
                _fill(book, book.add_worksheet(name), file, columns)
        if not book.worksheets():
            book.add_worksheet("empty")  # a workbook has at least one sheet
    return too_large


def _excess(file: Path, columns: Sequence[Column]) -> str:
    """In what a table exceeds a sheet; empty where it does not."""
    if len(columns) > COLUMNS:
        return f"has {len(columns):,} columns, and a sheet of Excel has at most {COLUMNS:,}"
    count = 0
    try:
        for count, row in enumerate(_rows(file), 1):  # noqa: B007 (it is needed behind the loop)
            if any(len(cell) * 2 > CHARACTERS and _length(cell) > CHARACTERS for cell in row):
                return f"has a cell of more than {CHARACTERS:,} characters, the most that Excel shows"
    except csv.Error:  # a cell of more characters than csv reads, which are more than Excel's
        return f"has a cell of more than {CHARACTERS:,} characters, the most that Excel shows"
    return f"has {count - 1:,} rows, and a sheet of Excel at most {ROWS - 1:,}" if count > ROWS else ""


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _rows(file: Path) -> Iterator[list[str]]:
    with file.open(encoding="utf-8", newline="") as handle:
        yield from csv.reader(handle)


@contextmanager
def _workbook(path: Path) -> Iterator[Workbook]:
    """A new workbook at ``path``; what it needs meanwhile lies beside it and is cleared away."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".sheets.") as folder, path.open("wb") as handle:
        book = Workbook(handle, {"constant_memory": True, "tmpdir": folder})
        book.use_zip64()
        book.set_properties({"author": AUTHOR, "created": _DATE})
        yield book
        try:
            book.close()
        except FileCreateError as error:
            raise OSError(*error.args[0].args) from error
        handle.flush()
        os.fsync(handle.fileno())


def _fill(book: Workbook, sheet: Worksheet, file: Path, columns: Sequence[Column]) -> None:
    """Write the header, which stays in sight, and the rows."""
    rows = _rows(file)
    header, plain = book.add_format({"bold": True}), book.add_format()
    sheet.freeze_panes(1, 0)
    for place, name in enumerate(next(rows)):
        sheet.write_string(0, place, name, header)
    types = [column.type for column in columns]
    for number, row in enumerate(rows, 1):
        for place, (cell, kind) in enumerate(zip(row, types, strict=True)):
            if cell and kind == "text":
                _write_text(sheet, number, place, cell, plain)
            elif cell:
                sheet.write_number(number, place, float(cell))


def _write_text(sheet: Worksheet, row: int, column: int, text: str, plain: Any) -> None:
    """Write text as it stands. What looks like the XML of rich text, xlsxwriter would take for it."""
    if text.startswith("<r>"):
        sheet.write_rich_string(row, column, text[:1], plain, text[1:])
    else:
        sheet.write_string(row, column, text)
