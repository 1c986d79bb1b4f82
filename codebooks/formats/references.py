"""Codes of an imported codebook that name others: names of codes that are not there are taken out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rubricate.codebooks.formats.entry_lines import entry_line
from rubricate.codebooks.formats.losses import KEPT
from rubricate.codebooks.rules.dependencies import NamedCodes, rules_of
from rubricate.codebooks.rules.operands import references

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from rubricate.codebooks.codebook import Code, Entry
    from rubricate.codebooks.formats.reading import Reading


NUMBERED = re.compile("r?[0-9]+")
"""Names of entries that are their numbers."""


def numbered(code: str, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries with the ids that a codebook file gives them, terms before rules."""
    found = list(entries)
    terms = [entry for entry in found if entry.kind != "rule"]
    rules = [entry for entry in found if entry.kind == "rule"]
    return (
        *(replace(entry, id=f"{code}.{number}") for number, entry in enumerate(terms, 1)),
        *(replace(entry, id=f"{code}.{_name(entry, number)}") for number, entry in enumerate(rules, 1)),
    )


def _name(rule: Entry, number: int) -> str:
    name = rule.id.rpartition(".")[2]
    return f"r{number}" if not name or NUMBERED.fullmatch(name) else name


def with_sound_references(reading: Reading, codes: Sequence[Code]) -> tuple[Code, ...]:
    """The codes, without what ``see`` says of unknown ones and without rules that ask for nothing.

    Such rules are kept in the memo; a rule that asks for a code whose rules were taken out goes, too.
    """
    known = {code.id for code in codes}
    found = [_with_sound_see(reading, code, known) for code in codes]
    while True:
        named, finding = NamedCodes(found), {code.id for code in found if code.entries}
        idle = {code.id: _idle(code, named, finding) for code in found}
        if not any(idle.values()):
            return tuple(found)
        found = [_without(reading, code, idle[code.id]) if idle[code.id] else code for code in found]


def _with_sound_see(reading: Reading, code: Code, known: set[str]) -> Code:
    strange = [other for other in code.see if other not in known]
    for other in strange:
        reading.lose(code.mark.line, code.label, f"`see` names `{other}`, which is no code")
    see = {other: why for other, why in code.see.items() if other in known}
    return replace(code, see=see) if strange else code


def _idle(code: Code, named: NamedCodes, finding: Collection[str]) -> list[Entry]:
    """The entries whose rules name codes with nothing to find, or their own."""
    return [
        entry
        for entry in code.entries
        if not all(
            any(one in finding and one != code.id for one in named.of(reference.code, reference.subcodes))
            for rule in rules_of(entry)
            for reference in references(rule)
        )
    ]


def _told(entry: Entry) -> str:
    return entry.text if entry.kind == "rule" and not entry.unless else entry_line(entry)


def _without(reading: Reading, code: Code, idle: Sequence[Entry]) -> Code:
    for entry in idle:
        what = f"`{_told(entry)}` names a code with nothing to find"
        reading.lose(code.mark.line, code.label, what, KEPT)
    memo = "\n".join(filter(None, (code.memo, *map(_told, idle))))
    entries = numbered(code.id, (entry for entry in code.entries if entry not in idle))
    below = code.coded_by == "hand" or entries
    return replace(code, memo=memo, entries=entries, coded_by=code.coded_by if below else "hand")
