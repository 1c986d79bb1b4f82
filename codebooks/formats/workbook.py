"""A codebook as the first sheet of an Excel workbook, with a row for each code."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rubricate.codebooks.formats.code_table import read_rows, rows_of_codebook
from rubricate.codebooks.formats.table_columns import is_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.codebooks.codebook import Codebook
    from rubricate.codebooks.formats.reading import Reading
    from rubricate.codebooks.formats.writing import Writing

_DAMAGED = (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, EOFError, ValueError)
"""What zipfile raises of archives that are cut off, damaged, protected or packed in an unknown way."""

LARGEST_UNPACKED = 64 * 1024**2
"""The most bytes that a workbook may unpack to."""
MOST_CELLS = 2**21
"""The most cells, filled or not, up to the last one of a sheet: all of them take memory."""
LONGEST_CELL = 32_767
"""The most characters that Excel lets a cell have."""

_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,7})(\d{1,12})["']""")
_NO_RANGE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDTHS = {"definition": 60, "terms": 40, "examples": 60}


def read(reading: Reading) -> Codebook:
    """The codebook of the first sheet that holds anything."""
    return read_rows(reading, _rows(reading))


def _rows(reading: Reading) -> Iterator[tuple[int, list[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    content = _unpacked(reading)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_index(index) for index in range(len(book.sheet_names))]
    except (CalamineError, OSError, ValueError) as error:
        reading.stop(0, f"is no Excel workbook that can be read ({str(error).strip()}); save it anew")
    reading.encoding = ""  # of its own
    for sheet in sheets:
        rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
        if any(any(row) for row in rows):
            yield from ((number, row) for number, row in enumerate(rows, 1) if any(map(str.strip, row)))
            return


def _unpacked(reading: Reading) -> bytes:
    """The workbook packed anew from members whose true sizes are known."""
    packed = io.BytesIO()
    room = LARGEST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(reading.data)) as old, zipfile.ZipFile(packed, "w") as new:
            for member in old.infolist():
                with old.open(member) as file:
                    content = file.read(room + 1)
                room -= len(content)
                if room < 0:
                    limit = LARGEST_UNPACKED // 1024**2
                    reading.stop(0, f"unpacks to more than {limit} MiB; is it a codebook?")
                _check_member(reading, member.filename, content)
                new.writestr(member.filename, content)
    except (*_DAMAGED, zlib.error) as error:
        reading.stop(0, f"is no Excel workbook that can be read ({error}); save it anew as .xlsx")
    return packed.getvalue()


def _check_member(reading: Reading, name: str, content: bytes) -> None:
    if not name.lower().endswith((".xml", ".rels")):
        return
    if _NO_RANGE.search(content):
        reading.stop(0, f"declares a document type in {name}, which is not read; save it anew")
    rows = columns = 0
    for place in _PLACE.finditer(content):
        rows, columns = max(rows, int(place[2])), max(columns, _column(place[1]))
    if rows * columns > MOST_CELLS:
        reading.stop(0, f"has a sheet of more than {MOST_CELLS:,} cells; is it a codebook?")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


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
