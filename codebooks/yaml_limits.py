"""Where hits count: ``within``, ``not_inside``, ``unless`` and ``only_in`` of a code, a term or a rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from rubricate.codebooks import keys
from rubricate.codebooks.pipeline_terms import parse_entity, parse_pos
from rubricate.codebooks.terms import parse_term
from rubricate.codebooks.yaml_fields import shown
from rubricate.codebooks.yaml_rules import read_condition, read_rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from rubricate.codebooks.errors import Problems
    from rubricate.codebooks.yaml_fields import Fields
    from rubricate.codebooks.yaml_rules import Uses
    from rubricate.codebooks.yaml_tree import TextNode

_KIND_IN_TEXT = re.compile(rf"\s*({'|'.join(keys.ENTRY_KINDS)})\s*:\s*(\S.*?)\s*", re.DOTALL)
_PLAIN = re.compile(r"\w(?:[\w /-]*\w)?")
_PARSERS: dict[str, Callable[[str], object]] = {"pos": parse_pos, "entity": parse_entity}


@dataclass(frozen=True, slots=True)
class Limits:
    """What an Entry has of them, in its own words; the code's come first."""

    within: str = keys.WITHIN[0]
    not_inside: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    only_in: tuple[str, ...] = ()


def read_limits(fields: Fields, outer: Limits, problems: Problems, uses: Uses) -> Limits:
    """The limits of a code or an entry, with those that hold around it."""
    nodes = fields.texts("not_inside")
    for node in nodes:
        refuse_kind(node, "here stand plain terms: write `{value}`", problems)
    not_inside = [checked_term(node, "term", problems) for node in nodes]
    unless, only_in = fields.filled("unless"), fields.filled("only_in")
    within = fields.choice("within", keys.WITHIN) if "within" in fields else outer.within
    return Limits(
        within,
        _together(outer.not_inside, not_inside),
        _together(outer.unless, [read_rule(unless, problems, uses, condition=True)] if unless else []),
        _together(outer.only_in, [read_condition(only_in, problems)] if only_in else []),
    )


def _together(outer: tuple[str, ...], own: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*outer, *own)))  # once each, in file order


def names_a_kind(text: str) -> bool:
    """Whether a text that stands alone under ``terms`` would be taken for a slip, as "case: Iran" is."""
    return bool(_KIND_IN_TEXT.fullmatch(text))


def refuse_kind(node: TextNode, instead: str, problems: Problems) -> None:
    """Report a text that names a kind, as in "case: Iran", where it is text and nothing more."""
    if not (named := _KIND_IN_TEXT.fullmatch(node.text)):
        return
    kind, value = named.groups()
    plain = kind == "tokens" or _PLAIN.fullmatch(value)
    quoted = value if plain else "'{}'".format(value.replace("'", "''"))
    wrong = f"{shown(node.text)} is one text and looks for these characters, `{kind}:` too"
    problems.add(node.mark, f"{wrong}; {instead.format(kind=kind, value=quoted)}")


def checked_term(node: TextNode, kind: str, problems: Problems) -> str:
    """Return the text of a term, reporting what is wrong with it."""
    if node.folded or "\n" in node.text:
        wrong = f"{shown(node.text)} goes over several lines"
        problems.add(node.mark, f"{wrong}; write the missing dash, or put the term on one line")
        return node.text
    try:
        _parse(node.text, kind)
    except ValueError as error:
        problems.add(node.mark, str(error))
    return " ".join(node.text.split()) if kind in _PARSERS else node.text


@cache
def _parse(text: str, kind: str) -> None:
    """Raise a ValueError where a text is no term of its kind."""
    if kind in _PARSERS:
        _PARSERS[kind](text)
    else:
        parse_term(text, kind)
