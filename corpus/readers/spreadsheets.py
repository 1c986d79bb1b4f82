"""Spreadsheets with one document per row: .xlsx, .xls and .ods."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING
from xml.parsers import expat

from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.json_lines import cell_text
from rubricate.corpus.readers.packages import LARGEST_PACKAGE, open_package
from rubricate.corpus.readers.raw import Skipped
from rubricate.corpus.readers.rows import Table, find_column, first_repeated, read_table
from rubricate.corpus.readers.xls_trial import is_harmless

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from python_calamine import CalamineSheet, CalamineWorkbook

    from rubricate.corpus.document import Source
    from rubricate.corpus.readers.packages import Package
    from rubricate.corpus.readers.raw import RawFile, ReadOptions

MOST_CELLS = 2**25
"""The most cells, filled or not, between the first and the last of a sheet: all of them take memory."""

_UNCACHED = "\ufdd0formula"  # begins with a code point that is no character, so that no cell can hold it
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLE = b"\xd0\xcf\x11\xe0"
_HEADER = 512  # bytes
_FREE = 0xFFFFFFFF
_PROTECTED = "is protected by a password; remove it and save the file anew"

# Of xls: the beginning of a protected workbook; the record of a sheet's first and last rows and columns.
_PROTECTED_XLS = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
_DIMENSIONS = re.compile(rb"\x00\x02\x0e\x00(.{12})", re.DOTALL)

_ATTRIBUTES = rb"""(?:[^>"']|"[^"]*"|'[^']*')*+"""

# Of xlsx: a cell that is not empty, and its place; a formula without a result; one whose result is 0; the
# announced number of all strings, for which room would be made.
_FILLED = re.compile(rb"""<(?:\w+:)?c(?=[\s>])(?:[^>]*?\sr=["']([A-Za-z]+)(\d+)["'])?[^>]*(?<!/)>""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b(?:[^>]*?\sr=["'](\d{1,12})["'])?""")
_FORMULA = (
    rb"""<((?:\w+:)?)c\b(?![^>]*\st=["']str)(?=(?:[^>]*?(\sr=["']\w+["']))?)[^>]*>\s*"""
    rb"""<\1f\b(?:[^>]*/>|[^>]*>[^<]*</\1f>)\s*(?:<\1v\s*/>|<\1v>\s*%s</\1v>)?\s*</\1c>"""
)
_STRINGS = "/sharedstrings.xml"  # which cells name by their numbers, counted from 0
_STRING = re.compile(rb"<(?:\w+:)?si\b(?:[^>]*/>|.*?</(?:\w+:)?si>)", re.DOTALL)
_SHARED = re.compile(rb"""\st=["']s["'][^>]*>\s*<(?:\w+:)?v>\s*(\d{1,12})""")
_NO_RESULT = re.compile(_FORMULA % b"")
_NO_RESULT_OR_ZERO = re.compile(_FORMULA % b"0?")
_STRINGS_TAG = re.compile(rb"<(?:\w+:)?sst\b" + _ATTRIBUTES)
_ANNOUNCED = re.compile(rb"""\s(?:uniqueC|c)ount\s*=\s*(?:"[^"]*"|'[^']*')""")
_FORMULA_CELL = rb'<\1c\2 t="str"><\1v>' + _UNCACHED.encode() + rb"</\1v></\1c>"

# Of ods: what keeps words apart, text in a cell of no type, a formula without a result, more than a day.
_MENDED_IN_ODS = (
    (re.compile(rb"<text:line-break\s*/>"), b"&#10;"),
    (re.compile(rb"<text:tab\b[^>]*/>"), b"&#9;"),
    (
        re.compile(rb"<table:table-cell\b(?![^>]*office:value-type)(?=[^>]*[^/>]>\s*<text:p|>\s*<text:p)"),
        rb'\g<0> office:value-type="string"',
    ),
    (
        re.compile(
            rb"<table:table-cell\b(?=[^>]*table:formula=)(?![^>]*office:value-type)("
            + _ATTRIBUTES.replace(b'[^>"', b'[^/>"')
            + rb")(?:/>|>\s*</table:table-cell>)"
        ),
        rb'<table:table-cell office:value-type="string"\1><text:p>'
        + _UNCACHED.encode()
        + rb"</text:p></table:table-cell>",
    ),
    (
        re.compile(
            rb'office:value-type="time"([^>]*)office:time-value="-?PT0*(?:2[4-9]|[3-9]\d|\d{3,})H[^"]*"'
        ),
        rb'office:value-type="string"\1',
    ),
)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet that is not blank: its ``header`` is the first row that is not, ``row`` (from 1)."""

    name: str
    hidden: bool
    row: int
    header: tuple[str, ...]
    cells: CalamineSheet


def read_spreadsheet(raw: RawFile, options: ReadOptions) -> Iterator[Source | Skipped]:
    """Yield a document per row of the sheet that has the texts, as read_table does.

    Before them, a Skipped says of every other sheet in sight that it is not read, unless it is blank.
    """
    sheets = list(_sheets(raw))
    chosen = _choose(raw.file, sheets, options)
    unread = [sheet.name for sheet in sheets if not sheet.hidden and sheet is not chosen]
    del sheets
    raw = replace(raw, data=b"")  # its cells are read, and the rows need the room
    for name in unread:
        yield Skipped(raw.file, f"sheet {name!r} is not read: it has no column {_wanted(options)!r}")
    yield from read_table(_table(raw.file, chosen), raw, options)


def open_spreadsheet(raw: RawFile, options: ReadOptions) -> Table:
    """Open the only sheet that has ``options.text_column`` (or ``text``), or else the first in sight.

    The header is the first row that is not blank; blank rows and columns are left out. Cells are as
    cell_text has them; of a formula its result, of an error such as #N/A nothing. FileError if more than
    one sheet has that column, if only a hidden one has it, if the cells do not make a table, if a formula
    has no result yet, and if the file is protected, damaged or unpacks to too much.
    """
    return _table(raw.file, _choose(raw.file, list(_sheets(raw)), options))


def _wanted(options: ReadOptions) -> str:
    return options.text_column or "text"


def _sheets(raw: RawFile) -> Iterator[_Sheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    workbook = _workbook(raw)
    for index, sheet in enumerate(workbook.sheets_metadata):
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        with _damage_in_words(raw.file, f"sheet {sheet.name!r} is damaged"):
            cells = workbook.get_sheet_by_index(index)
        for row, values in enumerate(cells.iter_rows(), start=1):
            header = tuple(cell_text(value).strip() for value in values)
            if any(header):
                yield _Sheet(sheet.name, sheet.visible != SheetVisibleEnum.Visible, row, header, cells)
                break


def _choose(file: str, sheets: Sequence[_Sheet], options: ReadOptions) -> _Sheet:
    wanted = _wanted(options)
    fitting = [sheet for sheet in sheets if find_column(sheet.header, wanted) is not None]
    in_sight = [sheet for sheet in fitting if not sheet.hidden]
    if len(in_sight) > 1:
        names = " and ".join(repr(sheet.name) for sheet in in_sight)
        raise FileError(
            file, f"the sheets {names} each have a column {wanted!r}; keep one sheet, or save each as a file"
        )
    if fitting and not in_sight:
        reason = (
            f"only its hidden sheet {fitting[0].name!r} has a column {wanted!r}; show it and save the file"
        )
        raise FileError(file, reason)
    others = [sheet for sheet in sheets if not sheet.hidden]
    if not others:
        raise FileError(file, "holds no text")
    return (in_sight or others)[0]


def _table(file: str, sheet: _Sheet) -> Table:
    named = [column for column, name in enumerate(sheet.header) if name]
    names = tuple(sheet.header[column] for column in named)
    if _UNCACHED in names:
        raise FileError(file, _no_result(sheet, sheet.row, sheet.header.index(_UNCACHED)))
    if twice := first_repeated(names):
        raise FileError(file, f"has two columns named {twice!r}; rename one")
    _check_merged(file, sheet)
    if len(names) < len(sheet.header):
        _check_unnamed(file, sheet)
    return Table(file, names, _rows(file, sheet, named), "", "row")


def _rows(file: str, sheet: _Sheet, named: Sequence[int]) -> Iterator[tuple[int, list[str]]]:
    for number, values in _below_header(sheet):
        row = [cell_text(values[column]) for column in named]
        if _UNCACHED in row:
            raise FileError(file, _no_result(sheet, number, named[row.index(_UNCACHED)]))
        if any(cell.strip() for cell in row):
            yield number, row


def _below_header(sheet: _Sheet) -> Iterator[tuple[int, Sequence[object]]]:
    for number, values in enumerate(sheet.cells.iter_rows(), start=1):
        if number > sheet.row:
            yield number, values


def _check_unnamed(file: str, sheet: _Sheet) -> None:
    """Raise FileError if a column without a name is filled; one that is blank only keeps a distance."""
    unnamed = [column for column, name in enumerate(sheet.header) if not name]
    for number, values in _below_header(sheet):
        for column in unnamed:
            if cell_text(values[column]).strip():
                filled, top = _place(sheet, number, column), _place(sheet, sheet.row, column)
                raise FileError(
                    file, f"cell {filled} is filled, but cell {top} gives its column no name; write one"
                )


def _check_merged(file: str, sheet: _Sheet) -> None:
    """Raise FileError if one cell stands for several rows, of which only the first would have its value."""
    left = (sheet.cells.start or (0, 0))[1]
    for (top, first), (bottom, last) in sheet.cells.merged_cell_ranges or ():
        if top < bottom and bottom >= sheet.row:
            cells = f"{_place(sheet, top + 1, first - left)}:{_place(sheet, bottom + 1, last - left)}"
            raise FileError(
                file, f"the cells {cells} are merged over several rows; unmerge them and fill in every row"
            )


def _no_result(sheet: _Sheet, row: int, column: int) -> str:
    return f"the result of the formula in cell {_place(sheet, row, column)} is not in the file; {_ANEW}"


def _place(sheet: _Sheet, row: int, column: int) -> str:
    """The name of a cell: ``row`` from 1, ``column`` from 0 where the filled part of the sheet begins."""
    letters, column = "", column + (sheet.cells.start or (0, 0))[1] + 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


_ANEW = "open it in a spreadsheet program and save it anew"


def _workbook(raw: RawFile) -> CalamineWorkbook:
    from python_calamine import load_workbook

    if not raw.data:
        raise FileError(raw.file, "is empty")
    old = raw.data.startswith(_OLE)
    if old and (_ENCRYPTED in raw.data or _PROTECTED_XLS.search(raw.data)):
        raise FileError(raw.file, _PROTECTED)
    if old:
        if _is_cut_off(raw.data):
            raise FileError(raw.file, f"is no sound {raw.extension} file, or cut off; fetch or save it again")
        _check_dimensions(raw)
        if not is_harmless(raw.data):
            raise FileError(raw.file, f"is no sound {raw.extension} file; {_ANEW}")
    packed = raw.data.startswith(b"PK")
    data = _unpacked(open_package(raw)) if packed else raw.data
    with _damage_in_words(raw.file, f"is no sound {raw.extension} file"):
        return load_workbook(io.BytesIO(data))


def _is_cut_off(data: bytes) -> bool:
    """Tell whether the sectors that an .xls (an OLE file) says it uses are all there.

    Sectors are counted behind the first, which is the header; it lists up to 109 sectors of the table that
    has four bytes for each sector of the file.
    """
    if len(data) < _HEADER:
        return True
    size = 1 << min(data[30], 12)
    in_use = 0
    for number, sector in enumerate(struct.unpack("<109I", data[76:_HEADER])):
        if sector != _FREE:
            entries = data[(sector + 1) * size : (sector + 2) * size]
            filled = len(entries.rstrip(b"\xff")) + 3
            in_use = max(in_use, sector + 1, (number * size + filled) // 4)
    return (in_use + 1) * size > len(data)


@contextmanager
def _damage_in_words(file: str, reason: str) -> Iterator[None]:
    """Turn what python-calamine raises into a FileError, also where it panics, as Rust calls it."""
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError:
        raise FileError(file, _PROTECTED) from None
    except CalamineError:
        raise FileError(file, f"{reason}; {_ANEW}") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise FileError(file, f"{reason}; {_ANEW}") from None


def _check_dimensions(raw: RawFile) -> None:
    """Raise FileError if a sheet of an .xls says that it is larger than any can be: room is made for that.

    A program that finds no room ends at once, with a message for nobody.
    """
    for record in _DIMENSIONS.finditer(raw.data):
        top, bottom, left, right = struct.unpack("<IIHH", record[1])
        if (bottom - top + 1) % 2**32 * ((right - left + 1) % 2**16) > MOST_CELLS:
            raise FileError(raw.file, f"is no sound {raw.extension} file; {_ANEW}")


def _unpacked(package: Package) -> bytes:
    """Pack the XML anew without compressing it, so that no more is read than what we have checked."""
    names = dict.fromkeys(sorted(package.names(), key=lambda name: not name.lower().endswith(_STRINGS)))
    if "META-INF/manifest.xml" in names and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise FileError(package.file, _PROTECTED)
    book = "xl/workbook.xml"
    stale = book in names and re.search(rb"""fullCalcOnLoad=["'](?:1|true)""", package.read(book))
    packed, sizes = io.BytesIO(), [0]
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            if name.endswith((".xml", ".rels")) or name == "mimetype":
                data = package.read(name)
                if name != "mimetype":
                    _check_xml(package.file, name, data)
                if name.lower().endswith(_STRINGS):  # the first of all, see above
                    data = _STRINGS_TAG.sub(lambda tag: _ANNOUNCED.sub(b"", tag[0]), data)
                    sizes = [len(string[0]) for string in _STRING.finditer(data)] or sizes
                elif name == "content.xml":
                    data = _mend_ods(data)
                elif b"sheetData" in data:  # a sheet, wherever the package has it
                    _check_repeats(package.file, data, sizes)
                    data = _mend_sheet(package.file, data, stale=bool(stale))
                archive.writestr(name, data)
    return packed.getvalue()


def _check_xml(file: str, name: str, data: bytes) -> None:
    """Raise FileError if XML is not sound: python-calamine may look for the missing end for ever."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = partial(_refuse_declaration, file, name)
    try:
        parser.Parse(data, True)
    except LookupError:  # of its encoding
        raise FileError(file, f"holds XML that cannot be read in {name}; {_ANEW}") from None
    except expat.ExpatError as error:
        reason = f"holds XML that cannot be read in {name}, line {error.lineno}; {_ANEW}"
        raise FileError(file, reason) from None


def _refuse_declaration(file: str, name: str, *_: object) -> None:
    raise FileError(file, f"declares XML entities in {name}, which are not read; {_ANEW}")


def _check_repeats(file: str, sheet: bytes, sizes: Sequence[int]) -> None:
    """Raise FileError if cells repeat strings of these ``sizes`` in bytes to more than can be."""
    if max(sizes) * sheet.count(b"<") > LARGEST_PACKAGE:
        strings = [int(number) for number in _SHARED.findall(sheet)]
        if sum(sizes[number] for number in strings if number < len(sizes)) > LARGEST_PACKAGE:
            raise FileError(file, "unpacks to more than can be read; it may be damaged")


def _mend_ods(content: bytes) -> bytes:
    for pattern, mended in _MENDED_IN_ODS:
        content = pattern.sub(mended, content)
    return content


def _mend_sheet(file: str, sheet: bytes, *, stale: bool) -> bytes:
    """Mark formulas without a result; ``stale``: the file says that its results are not to be trusted.

    Programs that only write files put nothing there, or 0, and let the spreadsheet program calculate.
    """
    height, width = _extent(sheet)
    if height * width > MOST_CELLS:
        raise FileError(
            file,
            f"a sheet spreads over {height:,} rows and {width:,} columns, more than can be read; "
            "remove what stands far from the table",
        )
    if not re.search(rb"<(?:\w+:)?f\b", sheet):
        return sheet
    return (_NO_RESULT_OR_ZERO if stale else _NO_RESULT).sub(_FORMULA_CELL, sheet)


def _extent(sheet: bytes) -> tuple[int, int]:
    """How many rows and columns there are up to the last filled cell, whatever the sheet says of itself."""
    height, columns, unplaced = 0, {b""}, False
    for cell in _FILLED.finditer(sheet):
        if cell[1]:
            height = max(height, int(cell[2][:12]))
            columns.add(cell[1][:6].upper())
        else:
            unplaced = True
    width = max(map(_column_number, columns))
    if unplaced:  # their places follow from counting; what is counted here is rather too much
        rows = _ROW.findall(sheet)
        height = max(height, len(rows), *(int(number or 0) for number in rows), 1)
        width = max(
            width, *(piece.count(b"c>") + piece.count(b"c ") for piece in re.split(_ROW, sheet) if piece)
        )
    return height, width


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
