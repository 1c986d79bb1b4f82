"""CSV text as rows, and rows as CSV text."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rubricate.codebooks.formats.reading import Reading

_DELIMITERS = ",;\t"
_QUOTED = re.compile('"[^"]*"')
_LIWC = re.compile(r'"?dicterm"?\s*([,;\t])', re.IGNORECASE)  # whose other columns have any names
_LONGEST_CELL = 131_072  # characters; the csv module's own limit is one for the whole process
_TOO_LONG = f"a cell has more than {_LONGEST_CELL:,} characters; is a quotation mark never closed?"
_IN_WORDS = {  # what the csv module says of a row, and what is to be done
    "unexpected end of data": "a quotation mark in this row is never closed; close it",
    f"field larger than field limit ({_LONGEST_CELL})": _TOO_LONG,
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet may take for a formula."""


def csv_rows(reading: Reading) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with the line of its beginning.

    The delimiter is the one that the first line has most of.
    """
    text = reading.text()
    first = text.lstrip("\n").partition("\n")[0]
    known = _LIWC.match(first)
    delimiter = known[1] if known else max(_DELIMITERS, key=_QUOTED.sub("", first).count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for row in rows:
            if any(len(cell) > _LONGEST_CELL for cell in row):
                raise csv.Error(_TOO_LONG)
            if any(cell.strip() for cell in row):
                yield begins, row
            begins = rows.line_num + 1
    except csv.Error as error:
        reading.stop(begins, f"is no CSV that can be read ({_in_words(error)})")


def _in_words(error: csv.Error) -> str:
    """What is wrong with a row; the csv module's own words where they say it."""
    said = str(error)
    if said.endswith("expected after '\"'"):
        return "text behind a quotation mark that closes a cell; write quotation marks inside a cell twice"
    return _IN_WORDS.get(said, said)


def csv_bytes(rows: Iterable[Sequence[str]], *, spreadsheet_safe: bool) -> bytes:
    """UTF-8, commas, LF; with ``spreadsheet_safe`` a ``'`` stands before what looks like a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    for row in rows:
        writer.writerow([_defused(cell) for cell in row] if spreadsheet_safe else row)
    return text.getvalue().encode()


def _defused(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
