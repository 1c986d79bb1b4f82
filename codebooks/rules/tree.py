"""A rule as a tree: what is looked for, and how its parts must stand to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Words:
    """What one term finds; ``kind`` is a kind of entry, ``word`` for words in quotation marks."""

    kind: str
    text: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """The segments of another code (``@code``), with those of all codes below it (``@code/*``)."""

    code: str
    subcodes: bool = False
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Either:
    """``a OR b OR c``: the matches of each."""

    parts: tuple[Rule, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Both:
    """``a AND b AND c``: the matches of the first where all others are in the scope."""

    first: Rule
    others: tuple[Rule, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Without:
    """``a NOT b``: the matches of the first where the other is absent from the scope."""

    first: Rule
    other: Rule
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Near:
    """``a NEAR/5 b`` or, where ``ordered``, ``a THEN/5 b``: both, and what stands between them.

    That are at most ``most`` words.
    """

    first: Rule
    other: Rule
    most: int
    ordered: bool = False
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Apart:
    """``a NOT NEAR/5 b``: the matches of the first with no match of the other that close."""

    first: Rule
    other: Rule
    most: int
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Count:
    """``COUNT(a) >= 2``: the matches of a where so many are in the scope."""

    counted: Rule
    comparison: str
    number: int
    at: int = field(default=0, compare=False)

    def holds(self, count: int) -> bool:
        """Whether a number of matches is one that is asked for."""
        return {
            "=": count == self.number,
            "!=": count != self.number,
            "<": count < self.number,
            "<=": count <= self.number,
            ">": count > self.number,
            ">=": count >= self.number,
        }[self.comparison]


Rule = Words | Reference | Either | Both | Without | Near | Apart | Count


def parts_of(rule: Rule) -> tuple[Rule, ...]:
    """The rules of which a rule is made, from left to right."""
    match rule:
        case Either(parts):
            return parts
        case Both(first, others):
            return (first, *others)
        case Without(first, other) | Near(first, other) | Apart(first, other):
            return (first, other)
        case Count(counted):
            return (counted,)
    return ()


def walk(rule: Rule) -> Iterator[Rule]:
    """The rule and all that it is made of, each before its parts."""
    yield rule
    for part in parts_of(rule):
        yield from walk(part)
