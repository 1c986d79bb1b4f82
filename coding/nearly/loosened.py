"""Entries with one condition less, and what each of these conditions asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rubricate.codebooks.rules.parsing import parse_rule
from rubricate.codebooks.rules.tree import Apart, Both, Count, Either, Near, Rule, Without
from rubricate.codebooks.rules.writing import written
from rubricate.coding.nearly.apart import MOST_APART

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rubricate.codebooks.codebook import Entry

_WIDER = {"sentence": ("paragraph", "document"), "paragraph": ("document",), "document": ()}


def loosened(entry: Entry) -> Iterator[tuple[str, Entry, str]]:
    """The entry with one thing changed, the reason that this tells, and what it says of it.

    It becomes easier to fulfil so: without a condition, with more words between (whoever finds it says how
    many stand there), in a wider scope.
    """
    if entry.only_in:
        said = " and ".join(entry.only_in)
        yield (
            "only_in",
            replace(entry, only_in=()),
            f"only in documents of which {said}",
        )
    for unless in entry.unless:
        rest = tuple(one for one in entry.unless if one != unless)
        said = f"this holds in its {entry.within}: {unless}; the entry says unless"
        yield "unless", replace(entry, unless=rest), said
    if entry.kind == "rule":
        yield from _rule(entry)


def _rule(entry: Entry) -> Iterator[tuple[str, Entry, str]]:
    rule = parse_rule(entry.text)
    if entry.not_inside:
        said = f"it lies inside one of not_inside: {', '.join(entry.not_inside)}"
        yield "not_inside", replace(entry, not_inside=()), said
    for reason, change, said in _CHANGES:
        changed = _changed(rule, change)
        if changed != rule:
            yield (
                reason,
                replace(entry, text=written(changed)),
                said.format(rule=entry.text, within=entry.within),
            )
    for wider in _WIDER[entry.within]:
        said = f"the rule holds within the {wider}, and the entry says within: {entry.within}"
        yield "scope", replace(entry, within=wider), said


def _changed(rule: Rule, change: Callable[[Rule], Rule]) -> Rule:
    """The rule with a change made to it and all that finds something in it."""
    match rule:
        case Either(parts):
            rule = replace(rule, parts=tuple(_changed(part, change) for part in parts))
        case Both(first, others):
            rule = replace(
                rule, first=_changed(first, change), others=tuple(_changed(one, change) for one in others)
            )
        case Near(first, other):
            rule = replace(rule, first=_changed(first, change), other=_changed(other, change))
        case Without(first) | Apart(first):
            rule = replace(rule, first=_changed(first, change))
        case Count(counted):
            rule = replace(rule, counted=_changed(counted, change))
    return change(rule)


def _wider(rule: Rule) -> Rule:
    return replace(rule, most=max(rule.most, MOST_APART)) if isinstance(rule, Near) else rule


def _in_any_order(rule: Rule) -> Rule:
    return replace(rule, ordered=False) if isinstance(rule, Near) else rule


def _with_what_is_excluded(rule: Rule) -> Rule:
    return rule.first if isinstance(rule, Without | Apart) else rule


def _of_any_number(rule: Rule) -> Rule:
    if isinstance(rule, Count) and not rule.holds(0):
        return replace(rule, comparison=">=", number=1)
    return rule


_CHANGES: tuple[tuple[str, Callable[[Rule], Rule], str], ...] = (
    ("order", _in_any_order, "it stands in another order than THEN asks for: {rule}"),
    ("distance", _wider, "between, more than the rule allows: {rule}"),
    ("excluded", _with_what_is_excluded, "what the rule excludes is there: {rule}"),
    ("count", _of_any_number, "there are not as many in the {within} as the rule asks for: {rule}"),
)
