"""What kind of values each variable has: values stay as they are written, and this is only told of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from rubricate.corpus.readers.dates import is_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

MOST_DISTINCT = 10_000
"""So many different values of a variable are told apart."""

_MOST_CATEGORIES = 50
_LONGEST_CATEGORY = 100  # characters
_MOSTLY = 0.9
_YEAR = re.compile(r"[12][0-9]{3}")
_SAYS_YEAR = re.compile(r"(?:^|[\W_])(?:year|date|published|issued|created)(?:$|[\W_])", re.IGNORECASE)
_YES_NO = (frozenset({"yes", "no"}), frozenset({"true", "false"}))
_WHOLE = re.compile(r"[+-]?(?:0|[1-9][0-9]*)")
_NUMBER = re.compile(r"[+-]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_OTHER_DATE = re.compile(
    r"[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{2,4}|[0-9]{4}([./])[0-9]{1,2}(?:\2[0-9]{1,2})?|"
    r"(?:[0-9]{1,2}\.? )?[^\W\d_]{3,12}\.? (?:[0-9]{1,2}, )?[0-9]{4}"
)
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:[,. '’\u00a0\u202f][0-9]{3})+(?:[.,][0-9]+)?")
_REMARKS: dict[str, tuple[Callable[[str], object], str]] = {
    "date": (is_date, "not all are dates; write them as 2019-02-01"),
    "number": (_NUMBER.fullmatch, "not all are numbers"),
    "other date": (_OTHER_DATE.fullmatch, "looks like dates; write them as 2019-02-01"),
    "thousands": (_THOUSANDS.fullmatch, "looks like numbers; write them as 12345.6, without separators"),
    "comma": (_DECIMAL_COMMA.fullmatch, "looks like numbers; write them with a decimal point"),
}


@dataclass(frozen=True, slots=True)
class VariableType:
    """What a variable is: ``kind`` is one of KINDS.

    ``distinct`` counts its different values, up to MOST_DISTINCT (None: there are more), ``missing`` the
    documents without one; ``example`` is its first value, and ``remark`` says what may be meant by values
    that are left as text.
    """

    name: str
    kind: str
    distinct: int | None
    missing: int
    example: str = ""
    remark: str = ""


KINDS = ("date", "whole number", "number", "yes/no", "category", "text", "empty")
"""A date is written in ISO 8601: a day, a month or, if the name of the variable says so, a year. A number has
a decimal point and no separators. A category has at most 50 values, none longer than 100 characters, each of
which stands in two documents or more on average."""


@dataclass(slots=True)
class _Seen:
    """The values of a variable so far; ``fits`` counts those that each of the tests takes for its own."""

    filled: int = 0
    example: str = ""
    longest: int = 0
    digests: set[bytes] = field(default_factory=set)
    small: set[str] | None = field(default_factory=set)
    fits: dict[str, int] = field(default_factory=dict)
    odd: dict[str, str] = field(default_factory=dict)


_TESTS: dict[str, Callable[[str], object]] = {
    **{name: test for name, (test, _) in _REMARKS.items()},
    "year": _YEAR.fullmatch,
    "whole number": _WHOLE.fullmatch,
}


def infer_types(rows: Iterable[Mapping[str, str]]) -> tuple[VariableType, ...]:
    """The type of every variable, in the order in which they are met; ``rows`` has one mapping a document.

    The rows are gone through once, and what is held in memory does not grow with them. White space at the
    ends of values does not count, and a blank value is none.
    """
    seen: dict[str, _Seen] = {}
    total = 0
    for row in rows:
        total += 1
        for name, value in row.items():
            variable = seen.setdefault(name, _Seen())
            if value := value.strip():
                _see(variable, value)
    return tuple(_type(name, variable, total) for name, variable in seen.items())


def _see(variable: _Seen, value: str) -> None:
    variable.filled += 1
    variable.example = variable.example or value
    variable.longest = max(variable.longest, len(value))
    if len(variable.digests) <= MOST_DISTINCT:
        variable.digests.add(blake2b(value.encode("utf-8", "surrogatepass"), digest_size=12).digest())
    if variable.small is not None:
        variable.small.add(value.casefold())
        variable.small = variable.small if len(variable.small) <= 2 else None
    for name, test in _TESTS.items():
        if test(value):
            variable.fits[name] = variable.fits.get(name, 0) + 1
        else:
            variable.odd.setdefault(name, value)


def _type(name: str, variable: _Seen, total: int) -> VariableType:
    kind = _kind(name, variable)
    count = len(variable.digests)
    return VariableType(
        name,
        kind,
        distinct=count if count <= MOST_DISTINCT else None,
        missing=total - variable.filled,
        example=variable.example,
        remark=_remark(variable) if kind in ("category", "text") else "",
    )


def _kind(name: str, variable: _Seen) -> str:
    def all_are(test: str) -> bool:
        return variable.fits.get(test, 0) == variable.filled

    if not variable.filled:
        return "empty"
    if variable.small is not None and any(variable.small <= pair for pair in _YES_NO):
        return "yes/no"
    if all_are("date") and (not all_are("year") or _SAYS_YEAR.search(name)):
        return "date"
    if all_are("whole number"):
        return "whole number"
    if all_are("number"):
        return "number"
    count = len(variable.digests)
    few = count <= _MOST_CATEGORIES and variable.longest <= _LONGEST_CATEGORY
    return "category" if few and 2 * count <= variable.filled else "text"


def _remark(variable: _Seen) -> str:
    """What nearly all values look like; with one that does not, where some do not."""
    for name, (_, said) in _REMARKS.items():
        if variable.fits.get(name, 0) >= _MOSTLY * variable.filled:
            odd = variable.odd.get(name, "")
            return f"{said} (but {odd[:40]!r})" if odd else said
    return ""
