"""What two codings of one corpus do not have in common, as tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rubricate.coding.comparing.context import in_context

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from rubricate.corpus.document import Document


@dataclass(frozen=True, eq=False)
class Comparison:
    """Tables of what differs between an earlier and a later coding.

    ``gained`` and ``lost`` are segments that only one has: document, paragraph (from 1), code, entry,
    entry_text, start, end, hit, and where texts are known what stands before and behind it (left, right).
    ``changed`` are those in both with another entry or flag, with entry, entry_text and flags of each
    (``_before``, ``_after``). These three may hold some examples of each entry only; ``entries`` counts all:
    code, entry, entry_text, gained, lost, changed (by the later entry), and documents with any of them.
    ``frequency`` are the codes of which a number moved (passages, documents, mentions, negated, and shares of
    the first three as in frequency.csv, empty where only tables of segments were compared),
    ``cooccurrence`` the pairs of which the passages with both did, each before and after; empty where a
    codebook cannot find the code. Codes and entries have the ids of the later codebook; those that are gone
    have the ids they had.
    """

    gained: pd.DataFrame
    lost: pd.DataFrame
    changed: pd.DataFrame
    entries: pd.DataFrame
    frequency: pd.DataFrame
    cooccurrence: pd.DataFrame

    def count(self, which: str) -> int:
        """How many segments were ``gained``, ``lost`` or ``changed``."""
        return int(self.entries[which].sum())

    def documents(self) -> frozenset[str]:
        """The documents of the segments that are shown."""
        shown = (self.gained, self.lost, self.changed)
        return frozenset(name for rows in shown for name in rows["document"].unique().tolist())

    def in_context(self, documents: Mapping[str, Document]) -> Comparison:
        """The same, with what stands around the segments that are shown."""
        tables = ("gained", "lost", "changed")
        return replace(self, **{name: in_context(getattr(self, name), documents) for name in tables})
