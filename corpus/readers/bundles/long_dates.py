"""Dates as newspapers write them: the day, the month by its name, the year; in four languages."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    "january jan januar jänner janvier enero ene",
    "february feb februar février fevrier février febrero",
    "march mar märz maerz mrz mars marzo",
    "april apr avril abril abr",
    "may mai mayo",
    "june jun juni juin junio",
    "july jul juli juillet julio",
    "august aug août aout agosto ago",
    "september sep sept septembre septiembre setiembre",
    "october oct oktober okt octobre octubre",
    "november nov novembre noviembre",
    "december dec dezember dez décembre decembre diciembre dic",
)
_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_MONTH = "(?P<month>" + "|".join(sorted(_NUMBER, key=len, reverse=True)) + r")\b\.?"
_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag "
    "lundi mardi mercredi jeudi vendredi samedi dimanche "
    "lunes martes miércoles miercoles jueves viernes sábado sabado domingo"
)
_WEEKDAY = "(?:" + "|".join(sorted(_WEEKDAYS.split(), key=len, reverse=True)) + r")\b"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)(?!\d)"
_HAS_YEAR = re.compile(r"\d{4}")
_FORMS = (
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s*(?:of\s+|de\s+)?{_MONTH}\s*,?\s*(?:del?\s+)?{_YEAR}",
    rf"{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+{_YEAR}",
    rf"{_MONTH}\s*,?\s*(?:del?\s+)?{_YEAR}",
)
_DATES = [
    re.compile(rf"(?:{_WEEKDAY},?\s*)?{form}(?:[,\s]+{_WEEKDAY})?[,;\s]*(?P<rest>.*)", re.IGNORECASE)
    for form in _FORMS
]


def read_long_date(line: str) -> tuple[str, str] | None:
    """The date with which a line begins, in ISO 8601, and what else the line says; None without a date.

    The day of the week, before or behind, follows from the date and is no part of the rest.

    >>> read_long_date("March 3, 2019 Sunday"), read_long_date("Sonntag, 3. März 2019, Ausgabe Nord")
    (('2019-03-03', ''), ('2019-03-03', 'Ausgabe Nord'))
    >>> read_long_date("Mai 2019"), read_long_date("February 30, 2019")
    (('2019-05', ''), None)
    """
    dated = _HAS_YEAR.search(line) is not None  # a cheap first test: most lines have none
    for pattern in _DATES if dated else ():
        if found := pattern.fullmatch(line.strip()):
            parts = found.groupdict()
            year, month = int(parts["year"]), _NUMBER[parts["month"].casefold()]
            try:
                day = date(year, month, int(parts.get("day") or 1)).isoformat()
            except ValueError:  # no such day
                return None
            return day if "day" in parts else day[:7], parts["rest"].strip()
    return None
