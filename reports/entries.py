"""entries.csv and expansions.csv: what each entry of the codebook contributed, and by which forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.reports.columns import frame, masked, ratio

if TYPE_CHECKING:
    import pandas as pd

    from rubricate.codebooks.codebook import Codebook
    from rubricate.reports.tally import Tally


def entries(tally: Tally, codebook: Codebook) -> pd.DataFrame:
    """Return one row per entry, in codebook order; empty where no passage was searched for it."""
    import numpy as np

    pairs = [(index, entry) for index, code in enumerate(codebook.codes) for entry in code.entries]
    owner = np.array([index for index, _ in pairs], dtype=np.int64)
    silent = ~tally.entry_applies & (tally.matches == 0)  # what was found was looked for
    by_code = tally.document_mentions.column_sums()
    return frame(
        "entries",
        {
            "code": [codebook.codes[index].id for index, _ in pairs],
            "entry": [entry.id for _, entry in pairs],
            "kind": [entry.kind for _, entry in pairs],
            "text": [entry.text for _, entry in pairs],
            "matches": masked(tally.matches, silent),
            "mentions": masked(tally.mentions, silent),
            "passages": masked(tally.entry_passages, silent),
            "documents": masked(tally.entry_documents, silent),
            "share_of_code": ratio(tally.mentions, np.where(silent, 0, by_code[owner])),
            "only_here": masked(tally.only_here, silent),
        },
    )


def expansions(tally: Tally, codebook: Codebook) -> pd.DataFrame:
    """Return one row per entry and surface form that it matched: by entry, most frequent form first."""
    pairs = [(code.id, entry.id) for code in codebook.codes for entry in code.entries]
    rows = sorted(tally.forms.items(), key=lambda row: (row[0][0], -row[1], row[0][1]))
    return frame(
        "expansions",
        {
            "code": [pairs[entry][0] for (entry, _), _ in rows],
            "entry": [pairs[entry][1] for (entry, _), _ in rows],
            "form": [form for (_, form), _ in rows],
            "matches": [matches for _, matches in rows],
        },
    )
