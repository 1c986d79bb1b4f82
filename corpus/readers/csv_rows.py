"""The rows of CSV and TSV, each with the line in which it begins."""

from __future__ import annotations

import csv
import re
from itertools import chain
from typing import TYPE_CHECKING

from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.encoding import LARGEST_TEXT, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Rows = Iterator[tuple[int, list[str]]]

_LONGEST_FIELD = 2**31 - 1  # what the csv module can hold on every system
_LONGEST_PLAIN = 4 * 1024**2  # characters
_MOST_COLUMNS = 100  # one pattern has all of them


def rows_of(file: str, pieces: Iterable[str], delimiter: str) -> Rows:
    """Yield rows that are not blank lines, with their lines counted from 1.

    ``pieces`` are the text, cut where lines end. FileError names the line at fault.

    The csv module looks at every single character. Plain rows are taken by a pattern, which is three times as
    fast where texts are long; from the first on that is not plain, all is left to the module.
    """
    pieces = iter(pieces)
    text, line = next(pieces, ""), 1
    plain = _plain_row(1 + text.count(delimiter, 0, text.find("\n")), delimiter)
    while plain:
        place = 0
        while found := plain.match(text, place, place + _LONGEST_PLAIN):
            yield line, list(map(_bare, found.groups()))
            line += text.count("\n", place, found.end())
            place = found.end()
        piece = next(pieces, "")
        text = text[place:] + piece
        if not piece or len(text) - len(piece) > _LONGEST_PLAIN:
            break
    yield from _any_rows(file, lines_of(chain([text], pieces)), delimiter, line)


def _plain_row(columns: int, delimiter: str) -> re.Pattern[str] | None:
    """What matches a row whose cells either stand in quotation marks or hold none, and its line end.

    None: of one column a row without text is no row but a blank line, and too many are no pattern.
    """
    if not 1 < columns <= _MOST_COLUMNS:
        return None
    border = re.escape(delimiter)
    cell = f'("[^"]*+(?:""[^"]*+)*+"|[^"{border}\n]*+)'
    return re.compile(border.join([cell] * columns) + "\n")


def _bare(cell: str) -> str:
    """A cell as it is meant: without the quotation marks around it, and those inside it halved."""
    if not cell.startswith('"'):
        return cell
    inner = cell[1:-1]
    return inner.replace('""', '"') if '"' in inner else inner  # to look for two takes longer


def _any_rows(file: str, lines: Iterable[str], delimiter: str, begin: int) -> Rows:
    """Rows as the csv module reads them; the first line is line ``begin`` of the file."""
    # The module's limit of 131,072 characters per cell is shorter than a long speech. It is one for the
    # whole process, so it is only ever raised: setting it back would break another reader halfway.
    if csv.field_size_limit() < _LONGEST_FIELD:
        csv.field_size_limit(_LONGEST_FIELD)
    before, length = begin, 0

    def counted() -> Iterator[str]:
        nonlocal length
        for line in lines:
            length += len(line)
            # A quotation mark that is never closed makes one cell of all that follows.
            if length > LARGEST_TEXT:
                raise FileError(file, f"the row that begins in line {begin} is longer than 64 MiB; split it")
            yield line

    reader = csv.reader(counted(), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if row:
                yield begin, row
            begin, length = before + reader.line_num, 0
    except csv.Error as error:
        raise FileError(file, f"the row that begins in line {begin}: {_in_words(error)}") from None


def _in_words(error: csv.Error) -> str:
    if "end of data" in str(error):
        return "a quotation mark that opens here is never closed"
    if "expected after" in str(error):
        return "a quotation mark inside a quoted cell must be doubled"
    return str(error)
