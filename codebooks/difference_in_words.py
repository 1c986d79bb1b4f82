"""What differs between two codebooks, said in words, code by code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks.codebook import Example
from rubricate.codebooks.yaml_fields import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from rubricate.codebooks.codebook import Entry
    from rubricate.codebooks.difference import CodePair, Difference, EntryPair, FieldChange

_MOST = 5
"""So many entries are named that changed in the same way, as all of a code do if the code changed."""

_NAMES = {"origin": "from"}
"""Fields that have another name in the file."""


def in_words(one: Difference) -> Iterator[str]:
    """Every change on a line; those of a code are indented under its id. Nothing, where nothing differs."""
    whole = [*map(_field, one.fields), *(["its codes stand in another order"] if one.codes_reordered else [])]
    yield from _under("the codebook", whole)
    entries = _entries_by_code(one)
    for pair in one.codes:
        code = pair.after or pair.before
        assert code
        changes = [*_code(pair, one.code_names), *entries.get((pair.after is not None, code.id), ())]
        if pair.after and code.id in one.reordered:
            changes.append("its entries stand in another order")
        yield from _under(code.id, changes)


def numbers_in_words(one: Difference) -> str:
    """How many codes and entries were added, removed, renamed, moved and changed, on one line.

    >>> from rubricate.codebooks import parse_codebook
    >>> from rubricate.codebooks.difference import difference
    >>> before = parse_codebook("codes: {trade: {terms: [tariff]}}")
    >>> numbers_in_words(difference(before, parse_codebook("codes: {trade: {terms: [tariffs, quota]}}")))
    'entries: 2 added, 1 removed'
    """
    told = []
    for name, pairs in (("codes", one.codes), ("entries", one.entries)):
        kinds = [_kind(pair) for pair in pairs]
        counts = [f"{kinds.count(kind)} {kind}" for kind in KINDS_OF_CHANGE if kind in kinds]
        told += [f"{name}: {', '.join(counts)}"] if counts else []
    return "; ".join(told)


KINDS_OF_CHANGE = ("added", "removed", "renamed", "moved", "changed")


def _kind(pair: CodePair | EntryPair) -> str:
    """What happened to a code or entry, the first that fits; empty where nothing did."""
    return next(iter(kinds_of(pair)), "")


def kinds_of(pair: CodePair | EntryPair) -> list[str]:
    """All that happened to a code or entry, as in KINDS_OF_CHANGE."""
    happened = {
        "added": pair.before is None,
        "removed": pair.after is None,
        "renamed": getattr(pair, "renamed", False),
        "moved": pair.moved,
        "changed": bool(pair.fields),
    }
    return [kind for kind in KINDS_OF_CHANGE if happened[kind]]


def _under(head: str, changes: Iterable[str]) -> Iterator[str]:
    lines = [f"  {change}" for change in changes]
    if lines:
        yield from (head, *lines)


def _code(pair: CodePair, names: Mapping[str, str]) -> Iterator[str]:
    if pair.before is None:
        assert pair.after
        yield f"added{f', below {pair.after.parent}' if pair.after.parent else ''}"
    elif pair.after is None:
        yield "removed"
    else:
        if pair.renamed:
            yield f"renamed, was {pair.before.id}"
        if pair.moved:
            above = pair.before.parent
            yield f"moved from {_above(names.get(above, above))} to {_above(pair.after.parent)}"
        yield from map(_field, pair.fields)


def _above(parent: str) -> str:
    return f"below {parent}" if parent else "the top"


def _entries_by_code(one: Difference) -> dict[tuple[bool, str], list[str]]:
    """The changes of entries under the code where they now are, or were: added, removed, then the others."""
    found: dict[tuple[bool, str], list[EntryPair]] = {}
    for pair in one.entries:
        if not pair.kept:
            code = pair.code_after or one.code_names.get(pair.code_before, pair.code_before)
            stays = bool(pair.code_after) or pair.code_before in one.code_names
            found.setdefault((stays, code), []).append(pair)
    return {place: list(_entries(pairs, one.code_names)) for place, pairs in found.items()}


def _entries(pairs: Sequence[EntryPair], names: Mapping[str, str]) -> Iterator[str]:
    """The changes of entries of one code: those added on one line, those removed on one."""
    added = [pair.after for pair in pairs if pair.before is None and pair.after]
    removed = [pair.before for pair in pairs if pair.after is None and pair.before]
    for what, entries in (("added", added), ("removed", removed)):
        if entries:
            noun = "entry" if len(entries) == 1 else f"{len(entries)} entries"
            yield f"{noun} {what}: {', '.join(map(_term, entries))}"
    alike: dict[str, list[Entry]] = {}
    for pair in pairs:
        if pair.before and pair.after:
            alike.setdefault(_both(pair, names), []).append(pair.before)
    for change, entries in alike.items():
        noun = "entry" if len(entries) == 1 else f"{len(entries)} entries"
        some = ", ".join(map(_term, entries[:_MOST])) + (", …" if len(entries) > _MOST else "")
        yield f"{noun} {change.format(some)}"


def _both(pair: EntryPair, names: Mapping[str, str]) -> str:
    """What changed about an entry that both have, with a place for the entry."""
    changes = "; ".join(map(_field, pair.fields)).replace("{", "{{").replace("}", "}}")
    if pair.moved:
        origin = names.get(pair.code_before, pair.code_before)
        return f"moved here from {origin}: {{}}" + (f"; {changes}" if changes else "")
    return f"changed: {{}}: {changes}"


def _term(entry: Entry) -> str:
    kind = "" if entry.kind == "term" else f"{entry.kind} "
    return f"{kind}{shown(entry.text)}"


def _field(change: FieldChange) -> str:
    """What became of a field: items added to and removed from lists, else both values."""
    name = _NAMES.get(change.name, change.name)
    if isinstance(change.after, bool):
        return f"{name}: {str(change.before).lower()}, now {str(change.after).lower()}"
    if not isinstance(change.before, str) or not isinstance(change.after, str):
        one, two = _items(change.before), _items(change.after)
        new, old = [item for item in two if item not in one], [item for item in one if item not in two]
        told = [f"{what} {_list(items)}" for what, items in (("added", new), ("removed", old)) if items]
        return f"{name}: {'; '.join(told) or 'in another order'}"
    if not change.before or not change.after:
        return f"{name} {'added' if change.after else 'removed'}: {shown(change.after or change.before)}"
    return f"{name}: {shown(change.before)}, now {shown(change.after)}"


def _items(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    if hasattr(value, "items"):
        return [f"{key}: {text}" for key, text in value.items()]
    if isinstance(value, tuple | list):
        return [_example(item) if isinstance(item, Example) else str(item) for item in value]
    return [str(value)]


def _example(example: Example) -> str:
    """An example with all that it says beside its text."""
    rest = [] if example.applies else ["does not apply"]
    rest += [text for text in (example.language, example.origin) if text]
    rest += [f"{name} {value}" for name, value in example.variables.items()]
    return f"{example.text} ({', '.join(rest)})" if rest else example.text


def _list(items: Iterable[str]) -> str:
    return ", ".join(map(shown, items))
