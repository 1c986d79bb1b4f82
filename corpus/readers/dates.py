"""Dates of documents: ISO 8601, as the tables promise; how else they are written depends on who writes."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from rubricate.corpus.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Rows = Iterator[tuple[int, list[str]]]

DATE = "date"
"""The variable that is the date of a document."""

_ISO = re.compile(
    r"\d{4}(?:-\d\d(?:-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?)?)?", re.ASCII
)
_REST = {4: "-01-01", 7: "-01"}  # behind a year, and a year and month
_DAYS = (
    *("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%Y"),
    *("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%Y-%m-%d %H:%M:%S %z"),
)
_MONTHS = ("%Y/%m", "%m/%Y", "%B %Y", "%b %Y")
_YEARS = ("%Y",)
_MOST = 3
_LONGEST = 40


class DateError(FileError):
    """Dates that cannot be read; the file can, so this ends the work wherever the file was met."""


def is_date(cell: str) -> bool:
    """Tell whether a cell is a year, a month or a day, a day with a time too, in ISO 8601, or empty.

    >>> [is_date(cell) for cell in ("2019", "2019-05", "2019-05-12T10:30Z", "", "2019-13", "5/2019")]
    [True, True, True, True, False, False]
    """
    if not _ISO.fullmatch(cell):
        return not cell
    try:
        datetime.fromisoformat(cell + _REST.get(len(cell), ""))
    except ValueError:  # no such day
        return False
    return True


def checked_dates(file: str, rows: Rows, date: int | None) -> Rows:
    """Pass the rows of a table on, each with its line; ``date`` is the column of dates, if there is one.

    At the end of the rows a DateError names the first of the cells that are no dates.
    """
    wrong = []
    for line, row in rows:
        if date is not None and not is_date(row[date]):
            wrong.append((line, row[date]))
        yield line, row
    refuse_dates(file, wrong)


def refuse_dates(file: str, wrong: Sequence[tuple[int, str]]) -> None:
    """Raise a DateError that names the first of some cells that are no dates, each with its line."""
    if wrong:
        listed = "; ".join(f"line {line}: {_shown(cell)}{_advice(cell)}" for line, cell in wrong[:_MOST])
        more = f"; and {len(wrong) - _MOST} more" if len(wrong) > _MOST else ""
        raise DateError(file, f"a date is written 2019-05-12, 2019-05 or 2019; {listed}{more}")


def _shown(cell: str) -> str:
    return repr(cell if len(cell) <= _LONGEST else cell[: _LONGEST - 1] + "…")


def _advice(cell: str) -> str:
    """What may be meant; two things, where a day could be a month."""
    meant = " or ".join(dict.fromkeys(_readings(cell.strip())))
    return f" (write {meant})" if meant else ""


def _readings(cell: str) -> Iterator[str]:
    for formats, length in ((_DAYS, 10), (_MONTHS, 7), (_YEARS, 4)):
        for written in formats:
            try:
                yield datetime.strptime(cell, written).isoformat()[:length]
            except ValueError:
                continue
