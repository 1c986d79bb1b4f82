"""The rules and conditions of a codebook, ready for documents of one language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.codebooks.errors import CodebookError, Problem
from rubricate.codebooks.pipeline_terms import PIPELINE_KINDS
from rubricate.codebooks.rules.conditions import parse_condition
from rubricate.codebooks.rules.dependencies import NamedCodes, asked_codes, in_order, terms_of
from rubricate.codebooks.rules.operands import references, words_of_rule
from rubricate.codebooks.rules.parsing import parse_rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rubricate.codebooks.codebook import Codebook, Entry
    from rubricate.codebooks.rules.tree import Reference, Rule
    from rubricate.codebooks.rules.variables import Condition


@dataclass(frozen=True, slots=True)
class Ruled:
    """An entry with rules, by its index in ``codebook.entries``: what it looks for (None for a term), what it
    must not stand beside, and the scope of both.
    """

    entry: int
    code: int
    rule: Rule | None
    unless: tuple[Rule, ...]
    within: str


@dataclass(frozen=True, slots=True)
class RulePlan:
    """``codes`` are the entries with rules by code, each code behind those about which it asks.

    ``terms`` gives for the kind and text of a term its number in the plan, and ``asked`` the same for what a
    pipeline reads, numbered behind the entries. ``meant`` gives the codes that an ``@code`` means, and
    ``only_in`` the conditions of entries on the variables of documents, by the entry's index.
    """

    codes: tuple[tuple[int, tuple[Ruled, ...]], ...]
    terms: dict[tuple[str, str], int]
    asked: dict[tuple[str, str], int]
    meant: dict[tuple[str, bool], tuple[int, ...]]
    only_in: dict[int, tuple[Condition, ...]]


def plan_rules(
    codebook: Codebook, wanted: Sequence[tuple[int, Entry]], number: Callable[[str, str], int]
) -> RulePlan:
    """The rules among the ``wanted`` entries; ``number`` gives the number of a term that is looked for."""
    code_of = [index for index, code in enumerate(codebook.codes) for _ in code.entries]
    ruled: dict[int, list[Ruled]] = {}
    for index, entry in wanted:
        if entry.kind == "rule" or entry.unless:
            ruled.setdefault(code_of[index], []).append(_ruled(index, code_of[index], entry))
    every = [rule for some in ruled.values() for one in some for rule in _rules(one)]
    words = dict.fromkeys((word.kind, word.text) for rule in every for word in words_of_rule(rule))
    behind = len(codebook.entries)
    asked = [word for word in words if word[0] in PIPELINE_KINDS]
    return RulePlan(
        codes=tuple((code, tuple(ruled.get(code, ()))) for code in _code_order(codebook, ruled)),
        terms={word: number(word[1], word[0]) for word in words if word[0] not in PIPELINE_KINDS},
        asked={word: behind + place for place, word in enumerate(asked)},
        meant=_meant(codebook, [one for rule in every for one in references(rule)]),
        only_in={
            index: tuple(parse_condition(condition) for condition in entry.only_in)
            for index, entry in wanted
            if entry.only_in
        },
    )


def read_by_pipeline(codebook: Codebook) -> list[Entry]:
    """Every entry that a spaCy pipeline must read; a term of a rule that it must is such an entry."""
    found: list[Entry] = []
    for entry in codebook.entries:
        if entry.kind in PIPELINE_KINDS:
            found.append(entry)
        found += pipeline_words(entry)
    return found


def pipeline_words(entry: Entry) -> list[Entry]:
    """For each term in the rules of an entry that a pipeline must read, an entry of its own."""
    return [term for term in terms_of(entry) if term.kind in PIPELINE_KINDS]


def _ruled(index: int, code: int, entry: Entry) -> Ruled:
    rule = parse_rule(entry.text) if entry.kind == "rule" else None
    unless = tuple(parse_rule(text, condition=True) for text in entry.unless)
    return Ruled(index, code, rule, unless, entry.within)


def _rules(one: Ruled) -> Iterable[Rule]:
    return (*([one.rule] if one.rule else ()), *one.unless)


def _code_order(codebook: Codebook, ruled: Iterable[int]) -> list[int]:
    """The codes with rules and those about which they ask, by index, each behind those it asks about."""
    places = {code.id: index for index, code in enumerate(codebook.codes)}
    asked = asked_codes(codebook.codes)
    needed = {places[code] for others in asked.values() for code in others}.union(ruled)
    return [places[code] for code in in_order(asked) if places[code] in needed]


def _meant(codebook: Codebook, some: Sequence[Reference]) -> dict[tuple[str, bool], tuple[int, ...]]:
    places = {code.id: index for index, code in enumerate(codebook.codes)}
    for one in some:
        if one.code not in places:  # the codebook was made in Python: files are checked when they are read
            raise CodebookError(
                [Problem("codebook", 0, 0, f"a rule names `{one.code}`, which is no code of it")]
            )
    named = NamedCodes(codebook.codes)
    return {
        (one.code, one.subcodes): tuple(places[code] for code in named.of(one.code, one.subcodes))
        for one in some
    }
