"""parts.csv: what of the documents was analysed, what was left out, and what would be found there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.corpus.document import PARTS
from rubricate.reports.columns import frame

if TYPE_CHECKING:
    import pandas as pd

    from rubricate.coding.settings import Settings
    from rubricate.reports.tally import Tally


def parts(tally: Tally, settings: Settings) -> pd.DataFrame:
    """Return one row per part, in the order of PARTS, also for parts that no document has."""
    sums = [tally.parts.get(part, (0, 0, 0)) for part in PARTS]
    return frame(
        "parts",
        {
            "part": PARTS,
            "analysed": [int(part in settings.parts) for part in PARTS],
            "paragraphs": [paragraphs for paragraphs, _, _ in sums],
            "words": [words for _, words, _ in sums],
            "hits": [hits for _, _, hits in sums],
        },
    )
