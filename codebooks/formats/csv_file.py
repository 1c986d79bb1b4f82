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
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begins = 1
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                yield begins, row
            begins = rows.line_num + 1
    except csv.Error as error:
        reading.stop(rows.line_num or 1, f"is no CSV that can be read ({error})")


def csv_bytes(rows: Iterable[Sequence[str]], *, spreadsheet_safe: bool) -> bytes:
    """UTF-8, commas, LF; with ``spreadsheet_safe`` a ``'`` stands before what looks like a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    for row in rows:
        writer.writerow([_defused(cell) for cell in row] if spreadsheet_safe else row)
    return text.getvalue().encode()


def _defused(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
