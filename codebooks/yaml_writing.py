"""A codebook as YAML text for people: in blocks, keys in the order of the language, quotes where needed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, Any

from rubricate.codebooks.codebook import Code, Codebook
from rubricate.codebooks.editing.rendering import pair_lines
from rubricate.codebooks.yaml_limits import Limits, names_a_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rubricate.codebooks.codebook import Entry, Example
    from rubricate.codebooks.editing.draft import Plain

_NUMBERED = re.compile("r[0-9]+")


@dataclass(frozen=True, slots=True)
class _Around:
    """What holds for all entries of a code: its limits, and the language of the codebook."""

    limits: Limits
    language: str


def codebook_yaml(codebook: Codebook) -> str:
    """The text of a codebook file; parse_codebook reads the same codebook from it.

    Keys that have their default value are left out, labels excepted.

    >>> from rubricate.codebooks import parse_codebook
    >>> print(codebook_yaml(parse_codebook("codes: {trade: {terms: [tariff, {case: WTO}]}}")), end="")
    language: en
    codes:
      trade:
        label: Trade
        terms:
          - tariff
          - case: WTO
    """
    lines = (line for key, value in _root(codebook).items() for line in pair_lines(key, value, 0))
    return "".join(f"{line}\n" for line in lines)


def entry_text(entry: Entry) -> str:
    """An entry on one line, as people read it: ``embargo*``, or its kind before it, ``regex: [A-Z]+``."""
    plain = entry.kind == "term" and not names_a_kind(entry.text)
    return entry.text if plain else f"{entry.kind}: {entry.text}"


def entry_node(entry: Entry, within: str, language: str) -> Plain:
    """An entry as it stands below its code, which says nothing of it but the scope and the language."""
    limits = Limits(within if _has_scope(entry) else entry.within)
    around = _Around(limits, language)
    return _rule(entry, around) if entry.kind == "rule" else _term(entry, around)


def example_node(example: Example) -> Plain:
    """An example as it stands under ``examples``; whether it applies is said where it does not."""
    more = _filled(
        {
            "applies": "" if example.applies else "false",
            "language": example.language,
            "variables": dict(example.variables),
            "from": example.origin,
        }
    )
    return {"text": example.text, **more} if more else example.text


def _root(book: Codebook) -> dict[str, Plain]:
    default = Codebook("", ())
    fields: dict[str, Plain] = {
        "name": book.name,
        "version": book.version,
        "language": book.language,
        "within": _unless_default(book.within, default.within),
        "hyphens": _unless_default(book.hyphens, default.hyphens),
        "codes": _codes(book),
    }
    return _filled(fields)


def _codes(book: Codebook) -> dict[str, Plain]:
    """The codes below each other; every code stands after its parent."""
    below: dict[str, dict[str, Plain]] = {"": {}}
    parents = {code.parent for code in book.codes}
    for code in book.codes:
        node = _code(code, book)
        below[code.id] = {}
        below[code.parent][code.id] = node
        if code.id in parents:
            node["codes"] = below[code.id]
    return below[""]


def _code(code: Code, book: Codebook) -> dict[str, Plain]:
    default = Code("", "")
    around = _Around(_common(code.entries, book.within), book.language)
    fields: dict[str, Plain] = {
        "label": code.label,
        "definition": code.definition,
        "when_to_use": list(code.when_to_use),
        "when_not_to_use": list(code.when_not_to_use),
        "see": dict(code.see),
        "examples": [example_node(example) for example in code.examples],
        "coded_by": _unless_default(code.coded_by, default.coded_by),
        "negated": _unless_default(code.negated, default.negated),
        "exclusive": "true" if code.exclusive else "",
        **_limits(around.limits, Limits(book.within)),
        "terms": _terms([entry for entry in code.entries if entry.kind != "rule"], around),
        "rules": [_rule(entry, around) for entry in code.entries if entry.kind == "rule"],
        "color": code.color,
        "memo": code.memo,
        "literature": list(code.literature),
        "guid": code.guid,
        "was": list(code.was),
    }
    return _filled(fields)


def _common(entries: Sequence[Entry], within: str) -> Limits:
    """What stands on the code, so that each entry adds at most one rule and one condition of its own."""
    if not entries:
        return Limits(within)
    several = len(entries) > 1
    rows = zip(*(entry.not_inside for entry in entries), strict=False)
    shared = takewhile(lambda row: len(set(row)) == 1, rows) if several else ()
    return Limits(
        next((entry.within for entry in entries if not _has_scope(entry)), entries[0].within),
        tuple(row[0] for row in shared),
        _first([entry.unless for entry in entries], several=several),
        _first([entry.only_in for entry in entries], several=several),
    )


def _has_scope(entry: Entry) -> bool:
    """Whether an entry can say in what scope its rules are to hold."""
    return entry.kind == "rule" or bool(entry.unless)


def _first(found: list[tuple[str, ...]], *, several: bool) -> tuple[str, ...]:
    same = len({texts[:1] for texts in found}) == 1
    return found[0][:1] if same and (several or len(found[0]) > 1) else ()


def _limits(limits: Limits, outer: Limits) -> dict[str, Plain]:
    """The keys of what an entry or a code says beyond what holds around it."""
    return {
        "within": _unless_default(limits.within, outer.within),
        "not_inside": list(limits.not_inside[len(outer.not_inside) :]),
        "unless": "".join(limits.unless[len(outer.unless) :]),
        "only_in": "".join(limits.only_in[len(outer.only_in) :]),
    }


def _own(entry: Entry, around: _Around) -> dict[str, Plain]:
    limits = Limits(entry.within, entry.not_inside, entry.unless, entry.only_in)
    return _filled({**_limits(limits, around.limits), "note": entry.note})


def _terms(entries: Sequence[Entry], around: _Around) -> Plain:
    groups = groupby(entries, key=lambda entry: entry.language)
    lists: dict[str, Plain] = {
        language: [_term(entry, around) for entry in found] for language, found in groups
    }
    return lists[around.language] if list(lists) == [around.language] else lists


def _term(entry: Entry, around: _Around) -> Plain:
    more = _own(entry, around)
    if entry.kind == "term" and not more and not names_a_kind(entry.text):
        return entry.text
    return {entry.kind: _plain(json.loads(entry.text)) if entry.kind == "tokens" else entry.text, **more}


def _rule(entry: Entry, around: _Around) -> Plain:
    name = entry.id.rpartition(".")[2]
    more = _filled(
        {
            "id": "" if _NUMBERED.fullmatch(name) else name,
            "language": _unless_default(entry.language, around.language),
            **_own(entry, around),
        }
    )
    return {"rule": entry.text, **more} if more else entry.text


def _plain(value: Any) -> Plain:
    """What JSON says, every number and truth value as the text that stands for it in a codebook."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _unless_default(value: str, default: str) -> str:
    return "" if value == default else value


def _filled(fields: dict[str, Plain]) -> dict[str, Plain]:
    return {key: value for key, value in fields.items() if value}
