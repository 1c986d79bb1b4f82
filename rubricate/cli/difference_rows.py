"""What differs between two codebooks and what that does, as JSON has it: for all commands that compare."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from rubricate.codebooks.codebook import Entry
    from rubricate.codebooks.difference import CodePair, Difference, EntryPair, FieldChange
    from rubricate.coding.comparing.comparison import Comparison

    Row = dict[str, Any]


def rows_of_codebooks(changes: Difference) -> Row:
    """What differs between the codebooks, for JSON; what did not change is left out."""
    from rubricate.codebooks.difference_in_words import in_words

    return {
        "fields": [_field(change) for change in changes.fields],
        "codes": [_code(pair) for pair in changes.codes if not pair.kept],
        "entries": [_entry(pair) for pair in changes.entries if not pair.kept],
        "codes_reordered": changes.codes_reordered,
        "reordered": list(changes.reordered),
        "words": list(in_words(changes)),
    }


def rows_of_segments(found: Comparison) -> Row:
    """What was gained, lost and moved, for JSON."""
    tables = ("gained", "lost", "changed", "entries", "frequency", "cooccurrence")
    return {name: rows_of(getattr(found, name)) for name in tables}


def rows_of(table: pd.DataFrame) -> list[Row]:
    """The rows of a table, with nothing for what is empty."""
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def _code(pair: CodePair) -> Row:
    from rubricate.codebooks.difference_in_words import kinds_of

    return {
        "changes": kinds_of(pair),
        "before": pair.before.id if pair.before else None,
        "after": pair.after.id if pair.after else None,
        "parent_before": pair.before.parent if pair.before else None,
        "parent_after": pair.after.parent if pair.after else None,
        "fields": [_field(change) for change in pair.fields],
    }


def _entry(pair: EntryPair) -> Row:
    from rubricate.codebooks.difference_in_words import kinds_of

    return {
        "changes": kinds_of(pair),
        "before": _one(pair.before, pair.code_before),
        "after": _one(pair.after, pair.code_after),
        "fields": [_field(change) for change in pair.fields],
    }


def _one(entry: Entry | None, code: str) -> Row | None:
    if entry is None:
        return None
    names = ("kind", "text", "language")
    return {"code": code, "entry": entry.id, **{name: getattr(entry, name) for name in names}}


def _field(change: FieldChange) -> Row:
    return {"field": change.name, "before": _plain(change.before), "after": _plain(change.after)}


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    from dataclasses import asdict, is_dataclass

    if is_dataclass(value) and not isinstance(value, type):
        return {name: one for name, one in asdict(value).items() if name != "mark"}
    return [_plain(one) for one in value] if isinstance(value, tuple | list) else value
