"""What a rule may be made of: operands that have places, and something that can be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks.pipeline_terms import parse_entity, parse_pos
from rubricate.codebooks.rules.mistakes import Mistake
from rubricate.codebooks.rules.tree import (
    Apart,
    Both,
    Count,
    Either,
    Near,
    Reference,
    Rule,
    Without,
    Words,
    walk,
)
from rubricate.codebooks.terms import parse_term

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPERATORS = {Both: "AND", Without: "NOT", Apart: "NOT NEAR", Count: "COUNT"}


def check_rule(rule: Rule, *, condition: bool) -> Iterator[Mistake]:
    """What of a rule cannot be; a ``condition`` need not find anything, it only holds or does not."""
    for part in walk(rule):
        if isinstance(part, Words):
            yield from _check_words(part)
        elif isinstance(part, Near):
            yield from _without_place(part.first)
            yield from _without_place(part.other)
        elif isinstance(part, Apart):
            yield from _without_place(part.other)
        elif isinstance(part, Count):
            yield from _check_count(part)
    if not condition:
        yield from _without_find(rule)


def parse_words(kind: str, text: str) -> None:
    """Raise a ValueError where a text is no term of its kind."""
    if kind == "pos":
        parse_pos(text)
    elif kind == "entity":
        parse_entity(text)
    else:
        parse_term(text, kind)


def _check_words(words: Words) -> Iterator[Mistake]:
    try:
        parse_words(words.kind, words.text)
    except ValueError as error:
        yield Mistake(words.at, str(error))


def _without_place(operand: Rule) -> Iterator[Mistake]:
    """What of an operand of NEAR or THEN says more than where something stands."""
    match operand:
        case Words() | Reference():
            return
        case Either(parts):
            for part in parts:
                yield from _without_place(part)
        case Near():  # looks after its own operands
            return
        case _:
            operator = _OPERATORS[type(operand)]
            instead = "write it outside, as in (a NEAR/5 b) AND c"
            yield Mistake(operand.at, f"{operator} cannot stand inside NEAR or THEN; {instead}")


def _check_count(count: Count) -> Iterator[Mistake]:
    yield from _without_find(count.counted)
    possible = {count.holds(number) for number in (0, 1, count.number, count.number + 1)}
    if count.number:
        possible.add(count.holds(count.number - 1))
    if len(possible) == 1:
        said = "always" if possible == {True} else "never"
        instead = "write another number, as in COUNT(talks) >= 2"
        yield Mistake(count.at, f"this comparison holds {said}; {instead}")


def _without_find(rule: Rule) -> Iterator[Mistake]:
    """The parts that would have to find something and only say what is absent."""
    match rule:
        case Either(parts):
            for part in parts:
                yield from _without_find(part)
        case Both(first) | Without(first) | Apart(first):
            yield from _without_find(first)
        case Count() if not any(rule.holds(number) for number in (1, rule.number, rule.number + 1) if number):
            instead = "write what to find first, as in arms AND COUNT(talks) = 0"
            yield Mistake(rule.at, f"what is absent cannot be found; {instead}")


def references(rule: Rule) -> list[Reference]:
    """Every ``@code`` of a rule, from left to right."""
    return [part for part in walk(rule) if isinstance(part, Reference)]


def words_of_rule(rule: Rule) -> list[Words]:
    """Every term of a rule, from left to right."""
    return [part for part in walk(rule) if isinstance(part, Words)]
