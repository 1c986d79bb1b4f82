"""Token patterns: what spaCy's Matcher can ask of a token, and how often the token may stand there.

A pattern is kept as JSON, so that an entry's text says all of it. Nothing here imports spaCy.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from operator import eq, ge, gt, le, lt, ne
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NEEDS = {
    "pos": "parts of speech",
    "tag": "fine tags",
    "morph": "morphology",
    "dep": "dependencies",
    "lemma": "spaCy's lemmas",
    "entity": "entities",
}
"""What only a trained pipeline provides, and what messages call it."""

TEXT_ATTRIBUTES = ("TEXT", "ORTH", "LOWER", "NORM", "SHAPE")
TRAINED_ATTRIBUTES = {
    "POS": "pos",
    "TAG": "tag",
    "MORPH": "morph",
    "DEP": "dep",
    "LEMMA": "lemma",
    "ENT_TYPE": "entity",
}
"""Attributes that the blank pipeline leaves empty, with what they need (keys of NEEDS)."""

FLAG_ATTRIBUTES = (
    *("IS_ALPHA", "IS_ASCII", "IS_DIGIT", "IS_LOWER", "IS_UPPER", "IS_TITLE", "IS_PUNCT", "IS_BRACKET"),
    *("IS_QUOTE", "IS_LEFT_PUNCT", "IS_RIGHT_PUNCT", "IS_CURRENCY", "IS_STOP"),
    *("LIKE_NUM", "LIKE_URL", "LIKE_EMAIL", "SPACY"),
)
NUMBER_ATTRIBUTES = ("LENGTH",)
ATTRIBUTES = (*TEXT_ATTRIBUTES, *TRAINED_ATTRIBUTES, *FLAG_ATTRIBUTES, *NUMBER_ATTRIBUTES)

SET_OPERATORS = ("IN", "NOT_IN")
MORPH_OPERATORS = (*SET_OPERATORS, "IS_SUBSET", "IS_SUPERSET", "INTERSECTS")
NUMBER_OPERATORS = ("==", "!=", ">=", "<=", ">", "<")

_COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": eq,
    "!=": ne,
    ">=": ge,
    "<=": le,
    ">": gt,
    "<": lt,
    "IN": lambda length, values: length in values,
    "NOT_IN": lambda length, values: length not in values,
}

MOST_TOKENS = 200
"""How many tokens a pattern may have, with those that ``OP`` repeats."""

_REPEATS = {"?": (0, 1), "*": (0, None), "+": (1, None), "!": (1, 1)}
_BOUNDS = re.compile(r"\{(?:(\d{1,4})|(\d{0,4}),(\d{0,4}))\}")


@dataclass(frozen=True, slots=True)
class TokenSpec:
    """One item of a pattern: what the Matcher is to ask of a token, and how often such tokens follow each
    other: at least ``least``, at most ``most`` (None: any number). ``negated``: a token that is not so.
    """

    attributes: Mapping[str, Any] = field(default_factory=dict)
    least: int = 1
    most: int | None = 1
    negated: bool = False

    @property
    def required(self) -> bool:
        """Whether a token with these attributes is part of every match."""
        return self.least > 0 and not self.negated


def parse_tokens(text: str) -> tuple[TokenSpec, ...]:
    """The pattern of an entry, from its JSON.

    >>> parse_tokens('[{"LOWER": "million", "OP": "?"}]')
    (TokenSpec(attributes={'LOWER': 'million'}, least=0, most=1, negated=False),)
    """
    return tuple(_spec(dict(token)) for token in json.loads(text))


def pattern_needs(text: str) -> frozenset[str]:
    """What a pipeline must provide for a pattern, as keys of NEEDS; nothing: the blank one is enough."""
    used = {attribute for spec in parse_tokens(text) for attribute in spec.attributes}
    return frozenset(need for attribute, need in TRAINED_ATTRIBUTES.items() if attribute in used)


def values_of(condition: Any) -> tuple[str, ...]:
    """The texts of which an attribute must have one; none where a condition is of another form.

    >>> values_of("million"), values_of({"IN": ["million", "billion"]}), values_of({"NOT_IN": ["million"]})
    (('million',), ('million', 'billion'), ())
    """
    if isinstance(condition, str):
        return (condition,)
    return tuple(condition["IN"]) if isinstance(condition, dict) and "IN" in condition else ()


def has_length(condition: int | Mapping[str, Any]) -> bool:
    """Whether a token can have a length that fulfils a condition; the shortest has one character.

    >>> has_length(3), has_length(0), has_length({">": 4, "<=": 4})
    (True, False, False)
    """
    if isinstance(condition, int):
        return condition > 0
    named = [n for value in condition.values() for n in (value if isinstance(value, list) else [value])]
    worth_a_try = {1, *(n + more for n in named for more in (-1, 0, 1))}
    return any(_fulfils(length, condition) for length in worth_a_try if length > 0)


def _fulfils(length: int, condition: Mapping[str, Any]) -> bool:
    return all(_COMPARED[name](length, value) for name, value in condition.items())


def repeats(operator: str) -> tuple[int, int | None]:
    """How often a token with this ``OP`` stands there: least and most; ``ValueError`` for no operator."""
    if operator in _REPEATS:
        return _REPEATS[operator]
    bounds = _BOUNDS.fullmatch(operator)
    if bounds is None or bounds[0] == "{,}":
        raise ValueError(f"`{operator}` is no `OP`")
    exactly, least, most = bounds.groups()
    first = int(exactly or least or 0)
    last = int(exactly or most) if exactly or most else None
    if last is not None and not max(first, 1) <= last:
        raise ValueError(f"`{operator}` says from {first} to {last} tokens")
    return first, last


def _spec(token: dict[str, Any]) -> TokenSpec:
    operator = token.pop("OP", "{1}")
    return TokenSpec(token, *repeats(operator), negated=operator == "!")
