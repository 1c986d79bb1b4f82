"""What entries.csv says of a codebook: entries that never match, make most of a code, stand under several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from rubricate.codebooks.codebook import Codebook

MOST = 0.5
"""The share of a code's mentions above which one entry makes the code."""


@dataclass(frozen=True, slots=True)
class Dominant:
    """An entry that made ``mentions`` of all mentions of its code, more than half of them."""

    code: str
    text: str
    mentions: int
    of: int


@dataclass(frozen=True, slots=True)
class Remarks:
    """Of the entries that were ``looked_for`` those that matched nothing, as (code, text), and those that are
    ``dominant``, the most frequent first; and the texts that stand in the same way under several codes.
    """

    looked_for: int
    unmatched: tuple[tuple[str, str], ...]
    dominant: tuple[Dominant, ...]
    shared: tuple[tuple[str, tuple[str, ...]], ...]


def remarks(entries: pd.DataFrame, codebook: Codebook) -> Remarks:
    """The remarks on the table ``entries`` of a pass with this codebook.

    A code with a single entry that was looked for is of course made by that.
    """
    known = entries[entries["matches"].notna()]
    unmatched = known[known["matches"] == 0]
    return Remarks(
        looked_for=len(known),
        unmatched=tuple(zip(unmatched["code"].tolist(), unmatched["text"].tolist(), strict=True)),
        dominant=tuple(_dominant(known)),
        shared=tuple(_shared(codebook)),
    )


def _dominant(known: pd.DataFrame) -> Sequence[Dominant]:
    by_code = known.groupby("code", sort=False)
    choice = by_code["entry"].transform("size") > 1
    rows = known[choice & (known["share_of_code"] > MOST)]
    sums = by_code["mentions"].sum()
    found = [
        Dominant(code, text, int(mentions), int(sums[code]))
        for code, text, mentions in zip(rows["code"], rows["text"], rows["mentions"], strict=True)
    ]
    return sorted(found, key=lambda one: -one.mentions)


def _shared(codebook: Codebook) -> list[tuple[str, tuple[str, ...]]]:
    codes: dict[tuple[str, str, str], dict[str, None]] = {}
    for code in codebook.codes:
        for entry in code.entries:
            codes.setdefault((entry.text, entry.kind, entry.language), {})[code.id] = None
    return [(text, tuple(names)) for (text, _, _), names in codes.items() if len(names) > 1]
