"""Tables as CSV: UTF-8, comma, LF, quotes doubled, cells verbatim; written piece by piece."""

from __future__ import annotations

import csv
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, cast

from rubricate.reports.errors import writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import TextIO

    import pandas as pd

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a text cell begins with that a spreadsheet may take for a formula."""


@contextmanager
def csv_table(
    path: Path, columns: Sequence[str], *, spreadsheet_safe: bool = False, known_as: str = ""
) -> Iterator[Callable[[pd.DataFrame], None]]:
    """Create a CSV file with a header; yield a function that appends the rows of a DataFrame to it.

    ``spreadsheet_safe`` puts ``'`` before text that a spreadsheet may take for a formula. Raises
    ReportError, about ``known_as`` or else ``path``, where the file cannot be written.
    """
    name = known_as or str(path)
    with writing(name):
        # A file name that is no Unicode stays readable as \udcXX: UTF-8 has no bytes for it.
        handle = path.open("w", encoding="utf-8", errors="backslashreplace", newline="")

    def append(frame: pd.DataFrame) -> None:
        with writing(name):
            write_rows(handle, frame, spreadsheet_safe=spreadsheet_safe)

    try:
        with writing(name):
            write_header(handle, columns, spreadsheet_safe=spreadsheet_safe)
        yield append
        with writing(name):
            handle.flush()
            os.fsync(handle.fileno())
    finally:
        with suppress(OSError):  # what close could not write was reported by flush
            handle.close()


def write_header(handle: TextIO, columns: Sequence[str], *, spreadsheet_safe: bool = False) -> None:
    """Write the first row, the names of the columns; ``handle`` must be opened with ``newline=""``."""
    names = [_defused(column) for column in columns] if spreadsheet_safe else columns
    csv.writer(_LineFeeds(handle), lineterminator="\r\n").writerow(names)


def write_rows(handle: TextIO, frame: pd.DataFrame, *, spreadsheet_safe: bool = False) -> None:
    """Write a DataFrame's rows, without header; floats with 6 significant digits, empty cells empty."""
    if spreadsheet_safe:
        frame = frame.copy(deep=False)
        texts: list[str] = list(frame.select_dtypes("string").columns)
        for name in texts:
            frame[name] = frame[name].map(_defused)
    rows = cast("Any", _LineFeeds(handle))
    frame.to_csv(rows, header=False, index=False, lineterminator="\r\n", float_format="%.6g", na_rep="")


class _LineFeeds:
    """Ends rows in LF that the csv module ended in CR LF.

    Before Python 3.13 that module quotes a bare CR in a cell only where rows end with one.
    """

    def __init__(self, handle: TextIO) -> None:
        self.handle = handle

    def write(self, row: str) -> int:
        return self.handle.write(row.removesuffix("\r\n") + "\n")


def _defused(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
