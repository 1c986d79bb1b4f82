"""Codes and entries of an earlier codebook under the names that they have in a later one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rubricate.codebooks.codebook import Codebook
    from rubricate.codebooks.difference import Difference

GONE = "-"
"""Before the key of an entry that only the earlier codebook has: its number may be another entry's by now."""


@dataclass(frozen=True)
class Names:
    """``codes`` and ``entries`` lead from ids of the earlier codebook to codes and keys of entries; the key
    of an entry of the later codebook is its id. ``texts`` are the entries' texts by key, in the order of the
    later codebook, those that are gone behind; so is ``order``, of codes.
    """

    order: tuple[str, ...]
    codes: Mapping[str, str]
    entries: Mapping[str, str]
    texts: Mapping[str, str]


def names_of(before: Codebook, after: Codebook, changes: Difference) -> Names:
    """The names of what two codebooks hold, ``changes`` being their difference."""
    later = {code.id for code in after.codes}
    gone = (code.id for code in before.codes if code.id not in changes.code_names)
    codes = {name: f"{name} (removed)" if name in later else name for name in gone}
    entries = {entry.id: changes.entry_names.get(entry.id, GONE + entry.id) for entry in before.entries}
    texts = {entry.id: entry.text for entry in after.entries}
    texts |= {GONE + entry.id: entry.text for entry in before.entries if entry.id not in changes.entry_names}
    order = (*(code.id for code in after.codes), *codes.values())
    return Names(order, {**codes, **changes.code_names}, entries, texts)
