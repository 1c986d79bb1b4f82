"""What differs between two codebooks, code by code and entry by entry."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from rubricate.codebooks.codebook import Code, Codebook, Entry
from rubricate.codebooks.pairing import given_name, pair_codes, pair_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_OF_CODEBOOK = tuple(each.name for each in fields(Codebook) if each.name != "codes")
_OF_CODE = tuple(each.name for each in fields(Code) if each.name not in ("id", "parent", "entries", "mark"))
_OF_ENTRY = tuple(each.name for each in fields(Entry) if each.name not in ("id", "mark"))


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that has another value."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class CodePair:
    """A code in both codebooks, or in one of them (the other side is None).

    ``moved``: it stands below another code than before, a renamed one being the same. ``fields`` are those
    that changed, but for id and place.
    """

    before: Code | None
    after: Code | None
    moved: bool = False
    fields: tuple[FieldChange, ...] = ()

    @property
    def renamed(self) -> bool:
        """Whether it has another id."""
        return bool(self.before and self.after and self.before.id != self.after.id)

    @property
    def kept(self) -> bool:
        """Whether nothing about it differs, but for its entries."""
        return bool(self.before and self.after) and not (self.moved or self.renamed or self.fields)


@dataclass(frozen=True, slots=True)
class EntryPair:
    """An entry in both codebooks, or in one of them, each with the id of its code.

    ``moved``: it stands in another code than before. ``fields`` are those that changed. Numbers of entries
    are places and no difference; names that authors gave are.
    """

    before: Entry | None
    after: Entry | None
    code_before: str = ""
    code_after: str = ""
    moved: bool = False
    fields: tuple[FieldChange, ...] = ()

    @property
    def kept(self) -> bool:
        """Whether nothing about it differs."""
        return bool(self.before and self.after) and not (self.moved or self.fields)


@dataclass(frozen=True, slots=True)
class Difference:
    """All codes and entries of two codebooks in pairs, those that did not change included.

    They come in the order of the later codebook; those that are only in the earlier one follow. ``fields``
    are those of the codebook that changed; ``codes_reordered`` says whether codes that stayed below the same
    code stand in another order, ``reordered`` are codes (ids of the later codebook) whose entries do.
    """

    fields: tuple[FieldChange, ...]
    codes: tuple[CodePair, ...]
    entries: tuple[EntryPair, ...]
    codes_reordered: bool
    reordered: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether the codebooks say the same."""
        changes = (self.fields, self.codes_reordered, self.reordered)
        kept = all(pair.kept for pair in self.codes) and all(pair.kept for pair in self.entries)
        return kept and not any(changes)

    @property
    def code_names(self) -> Mapping[str, str]:
        """For the id of each code of the earlier codebook that is in the later one its id there."""
        return {pair.before.id: pair.after.id for pair in self.codes if pair.before and pair.after}

    @property
    def entry_names(self) -> Mapping[str, str]:
        """For the id of each entry of the earlier codebook that is in the later one its id there."""
        return {pair.before.id: pair.after.id for pair in self.entries if pair.before and pair.after}


def difference(before: Codebook, after: Codebook) -> Difference:
    """What differs between an earlier and a later codebook.

    Every code and entry of either stands in one pair. Comments, formatting and places in the file are no
    difference.

    >>> from rubricate.codebooks import parse_codebook
    >>> one = parse_codebook("codes: {trade: {terms: [tariff]}}")
    >>> two = parse_codebook("codes: {trade: {terms: [quota, tariff]}}")
    >>> [(pair.after.text, pair.kept) for pair in difference(one, two).entries]
    [('quota', False), ('tariff', True)]
    """
    codes = pair_codes(before, after)
    entries = pair_entries(before, after, codes)
    code_pairs = _code_pairs(before, after, codes)
    entry_pairs = _entry_pairs(before, after, entries, codes)
    stays = {index: other for index, other in codes.items() if not code_pairs[other].moved}
    return Difference(
        _changes(before, after, _OF_CODEBOOK),
        tuple(code_pairs),
        tuple(entry_pairs),
        _in_another_order(stays),
        tuple(_reordered(after, entries, entry_pairs)),
    )


def _code_pairs(before: Codebook, after: Codebook, codes: Mapping[int, int]) -> list[CodePair]:
    back = {other: index for index, other in codes.items()}
    names = {"": ""} | {before.codes[index].id: after.codes[other].id for index, other in codes.items()}
    pairs = []
    for other, code in enumerate(after.codes):
        if other not in back:
            pairs.append(CodePair(None, code))
            continue
        earlier = before.codes[back[other]]
        moved = (
            names.get(earlier.parent, f"-{earlier.parent}") != code.parent
            if earlier.parent
            else bool(code.parent)
        )
        pairs.append(CodePair(earlier, code, moved, _changes(earlier, code, _OF_CODE)))
    gone = (code for index, code in enumerate(before.codes) if index not in codes)
    return pairs + [CodePair(code, None) for code in gone]


def _entry_pairs(
    before: Codebook, after: Codebook, entries: Mapping[int, int], codes: Mapping[int, int]
) -> list[EntryPair]:
    one, two = _owned(before), _owned(after)
    names = {before.codes[index].id: after.codes[other].id for index, other in codes.items()}
    back = {other: index for index, other in entries.items()}
    pairs = []
    for other, (code, entry) in enumerate(two):
        if other not in back:
            pairs.append(EntryPair(None, entry, "", code))
            continue
        owner, earlier = one[back[other]]
        moved = names.get(owner) != code
        pairs.append(EntryPair(earlier, entry, owner, code, moved, _entry_changes(earlier, entry)))
    gone = (each for index, each in enumerate(one) if index not in entries)
    return pairs + [EntryPair(entry, None, code, "") for code, entry in gone]


def _owned(codebook: Codebook) -> list[tuple[str, Entry]]:
    return [(code.id, entry) for code in codebook.codes for entry in code.entries]


def _changes(before: object, after: object, names: Iterable[str]) -> tuple[FieldChange, ...]:
    values = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return tuple(FieldChange(name, one, two) for name, one, two in values if one != two)


def _entry_changes(before: Entry, after: Entry) -> tuple[FieldChange, ...]:
    one, two = given_name(before), given_name(after)
    named = (FieldChange("id", one, two),) if one != two else ()
    return (*named, *_changes(before, after, _OF_ENTRY))


def _in_another_order(pairs: Mapping[int, int]) -> bool:
    others = [pairs[index] for index in sorted(pairs)]
    return others != sorted(others)


def _reordered(after: Codebook, entries: Mapping[int, int], pairs: list[EntryPair]) -> Iterable[str]:
    """The codes in which entries that stayed there stand in another order."""
    stays: dict[str, dict[int, int]] = {}
    for index, other in entries.items():
        if not pairs[other].moved:
            stays.setdefault(pairs[other].code_after, {})[index] = other
    return (code.id for code in after.codes if _in_another_order(stays.get(code.id, {})))
