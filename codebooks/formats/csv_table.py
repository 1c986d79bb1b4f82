"""A codebook as a CSV table with a row for each code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks.formats import liwc_table
from rubricate.codebooks.formats.code_table import read_rows, rows_of_codebook
from rubricate.codebooks.formats.csv_file import csv_bytes, csv_rows

if TYPE_CHECKING:
    from rubricate.codebooks.codebook import Codebook
    from rubricate.codebooks.formats.reading import Reading
    from rubricate.codebooks.formats.writing import Writing


def read(reading: Reading) -> Codebook:
    """The codebook of a table; one whose first column is DicTerm is a LIWC-22 dictionary."""
    text = reading.text()
    if text.lstrip("\n\"'").lower().startswith(liwc_table.TERM_COLUMN.lower()):
        return liwc_table.read(reading)
    return read_rows(reading, csv_rows(reading))


def write(writing: Writing) -> bytes:
    """The table, its cells as they are unless ``spreadsheet_safe`` defuses what looks like a formula."""
    return csv_bytes(rows_of_codebook(writing), spreadsheet_safe=writing.spreadsheet_safe)
