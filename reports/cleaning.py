"""cleaning.csv: what was changed on the way from the files' texts to the documents'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.reports.columns import frame, masked

if TYPE_CHECKING:
    import pandas as pd

    from rubricate.coding.batch import Batch

LINE_JOIN = "line_join"
"""The kind of the row that counts how many line breaks of a document became spaces."""


def cleaning(batch: Batch) -> pd.DataFrame:
    """Return one row per repair, and one per document that counts its joined lines."""
    import numpy as np

    rows = [(document.id, *repair, 1) for document in batch.documents for repair in document.repairs]
    joins = [
        (document.id, LINE_JOIN, -1, -1, "", "", document.line_joins)
        for document in batch.documents
        if document.line_joins
    ]
    order = {document.id: place for place, document in enumerate(batch.documents)}
    both = sorted(rows + joins, key=lambda row: (order[row[0]], row[2]))  # the count comes first
    columns = list(zip(*both, strict=True)) or [()] * 7
    document, kind, start, source_start, before, after, count = columns
    starts, source_starts = (np.array(place, np.int64) for place in (start, source_start))
    return frame(
        "cleaning",
        {
            "document": document,
            "kind": kind,
            "start": masked(starts, starts < 0),
            "source_start": masked(source_starts, source_starts < 0),
            "before": before,
            "after": after,
            "count": count,
        },
    )
