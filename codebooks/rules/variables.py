"""Conditions on a document's variables (``only_in``), and whether a document fulfils them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from unicodedata import decimal

from rubricate.corpus.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?", re.ASCII | re.DOTALL)

_OTHER_DIGIT = re.compile(r"[^\D0-9]")


@dataclass(frozen=True, slots=True)
class Comparison:
    """``year >= 2018`` or ``outlet IN ("irna", "tass")``: a variable, one of OPERATORS, and the values."""

    variable: str
    operator: str
    values: tuple[str, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class All:
    """``a AND b``: every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """``a OR b``: one of the parts holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """``NOT a``: the part does not hold."""

    part: Condition


Condition = Comparison | All | Some | Not

OPERATORS = ("=", "!=", "<=", ">=", "<", ">", "IN")


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Every comparison of a condition, from left to right."""
    match condition:
        case Comparison():
            yield condition
        case All(parts) | Some(parts):
            for part in parts:
                yield from comparisons(part)
        case Not(part):
            yield from comparisons(part)


def holds(condition: Condition, variables: Mapping[str, str]) -> bool:
    """Whether the variables of a document are as a condition says.

    A comparison with a variable that is missing or empty is false.

    >>> holds(Comparison("year", ">=", ("2018",)), {"year": "2021"})
    True
    """
    match condition:
        case All(parts):
            return all(holds(part, variables) for part in parts)
        case Some(parts):
            return any(holds(part, variables) for part in parts)
        case Not(part):
            return not holds(part, variables)
        case Comparison(variable, operator, values):
            value = variables.get(variable, "").strip()
            return bool(value) and _compared(value, operator, values)


def _compared(value: str, operator: str, values: tuple[str, ...]) -> bool:
    if operator == "IN":
        return any(_order(value, one) == 0 for one in values)
    order = _order(value, values[0])
    if order is None:  # not of one kind: they differ, and neither comes first
        return operator == "!="
    return {
        "=": order == 0,
        "!=": order != 0,
        "<": order < 0,
        "<=": order <= 0,
        ">": order > 0,
        ">=": order >= 0,
    }[operator]


def impossible_date(text: str) -> bool:
    """Whether a text is written as a date of which there is no such month or day.

    >>> impossible_date("2018-13"), impossible_date("2023-02-29"), impossible_date("2024-02-29")
    (True, True, False)
    """
    found = DATE.fullmatch(text)
    if found is None:
        return False
    year, month, day = (int(part or 1) for part in found.groups())
    return not 1 <= month <= 12 or not 1 <= day <= monthrange(year or 4, month)[1]


def _plain_digits(text: str) -> str:
    return _OTHER_DIGIT.sub(lambda found: str(decimal(found[0])), text)


def _order(value: str, asked: str) -> int | None:
    """-1, 0 or 1 as the value comes before, is, or comes behind what is asked for.

    Numbers are compared as numbers and dates as dates, as precisely as the one asked for is written
    (2022-02-24 is = 2022); a date without its month or day is the first of that time. Texts are the same
    where they are when folded, and None where not. Digits of any script are digits.
    """
    value, asked = _plain_digits(value), _plain_digits(asked)
    date, other_date = DATE.fullmatch(value), DATE.fullmatch(asked)
    if NUMBER.fullmatch(asked) and NUMBER.fullmatch(value):
        return (float(value) > float(asked)) - (float(value) < float(asked))
    if date and other_date:
        precise = sum(part is not None for part in other_date.groups())
        first, second = ([int(part or 1) for part in one.groups()][:precise] for one in (date, other_date))
        return (first > second) - (first < second)
    return 0 if fold(" ".join(value.split())) == fold(" ".join(asked.split())) else None
