"""A codebook as the first sheet of an Excel workbook, with a row for each code."""

from __future__ import annotations

import io
import zipfile
import zlib
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rubricate.codebooks.formats.code_table import read_rows, rows_of_codebook
from rubricate.codebooks.formats.table_columns import is_list
from rubricate.codebooks.formats.workbook_check import Look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.codebooks.codebook import Codebook
    from rubricate.codebooks.formats.reading import Reading
    from rubricate.codebooks.formats.writing import Writing

_DAMAGED = (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, EOFError, ValueError, zlib.error)
"""What zipfile raises of archives that are cut off, damaged, protected or packed in an unknown way."""

LARGEST_UNPACKED = 64 * 1024**2
"""The most bytes that a workbook may unpack to."""
MOST_MEMBERS = 10_000
LONGEST_CELL = 32_767
"""The most characters that Excel lets a cell have."""

_WIDTHS = {"definition": 60, "terms": 40, "examples": 60}


def read(reading: Reading) -> Codebook:
    """The codebook of the first sheet that holds anything."""
    return read_rows(reading, _rows(reading))


def _rows(reading: Reading) -> Iterator[tuple[int, list[str]]]:
    from python_calamine import CalamineWorkbook

    content = _unpacked(reading)
    with _damage_in_words(reading):
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_index(index) for index in range(len(book.sheet_names))]
    reading.encoding = ""  # of its own
    for sheet in sheets:
        with _damage_in_words(reading):
            rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        if any(any(row) for row in rows):
            yield from ((number, row) for number, row in enumerate(rows, 1) if any(map(str.strip, row)))
            return


@contextmanager
def _damage_in_words(reading: Reading) -> Iterator[None]:
    """Say what python-calamine raises, also where it panics, as Rust calls it."""
    from python_calamine import CalamineError

    try:
        yield
    except (CalamineError, OSError, ValueError) as error:
        reading.stop(0, f"is no Excel workbook that can be read ({str(error).strip()}); save it anew")
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        reading.stop(0, "is no Excel workbook that can be read; save it anew")


def _unpacked(reading: Reading) -> bytes:
    """The XML of the workbook, packed anew: no more is read than what was looked through."""
    found: dict[str, bytes] = {}
    look = Look(reading)
    try:
        with zipfile.ZipFile(io.BytesIO(reading.data)) as archive:
            for name, content in _members(reading, archive):
                if name.lower().endswith((".xml", ".rels")):
                    look.member(name, content)
                    found[name] = content
    except _DAMAGED as error:
        reading.stop(0, f"is no Excel workbook that can be read ({error}); save it anew as .xlsx")
    look.check_texts()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as new:
        for name, content in found.items():
            new.writestr(name, content)
    return packed.getvalue()


def _members(reading: Reading, archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """The files of a workbook, as long as they are not too many or too large."""
    if len(archive.infolist()) > MOST_MEMBERS:
        reading.stop(0, f"holds more than {MOST_MEMBERS:,} files; is it a workbook?")
    room = LARGEST_UNPACKED
    for member in archive.infolist():
        with archive.open(member) as file:
            content = file.read(room + 1)
        room -= len(content)
        if room < 0:
            reading.stop(0, f"unpacks to more than {LARGEST_UNPACKED // 1024**2} MiB; is it a codebook?")
        yield member.filename, content


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def write(writing: Writing) -> bytes:
    """One sheet; texts stay texts, never formulas or links."""
    import xlsxwriter

    packed = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    rows = _split(rows_of_codebook(writing))
    with xlsxwriter.Workbook(packed, options) as book:
        book.set_properties(
            {"created": datetime(2000, 1, 1, tzinfo=UTC)}
        )  # so that equal books are equal bytes
        sheet = book.add_worksheet("codebook")
        formats = [book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})]
        for column, name in enumerate(rows[0]):
            sheet.set_column(column, column, _WIDTHS.get(name, 20))
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell:
                    fitting = _fitting(writing, row[0], cell)
                    sheet.write_string(number, column, fitting, formats[number > 0])
        sheet.freeze_panes(1, 2)
    return packed.getvalue()


def _split(rows: list[list[str]]) -> list[list[str]]:
    """The rows with cells too long for Excel cut between their lines, into columns with the same name."""
    columns: list[list[str]] = []
    for name, *cells in zip(*rows, strict=True):
        pieces = [_pieces(cell) if is_list(name) else [cell] for cell in cells]
        most = max(map(len, pieces), default=1)
        padded = [[*found, *[""] * (most - len(found))] for found in pieces]
        columns += ([name, *column] for column in zip(*padded, strict=True))
    return [list(row) for row in zip(*columns, strict=True)]


def _pieces(cell: str) -> list[str]:
    pieces = [""]
    for line in cell.split("\n"):
        joined = f"{pieces[-1]}\n{line}" if pieces[-1] else line
        if len(joined) <= LONGEST_CELL or not pieces[-1]:
            pieces[-1] = joined
        else:
            pieces.append(line)
    return pieces


def _fitting(writing: Writing, code: str, cell: str) -> str:
    if len(cell) > LONGEST_CELL:
        writing.lose(code, f"{len(cell) - LONGEST_CELL:,} characters beyond the longest cell of Excel")
    return cell[:LONGEST_CELL]
