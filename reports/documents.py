"""documents.csv: one row per document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.reports.columns import frame

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from rubricate.coding.batch import Batch


def documents(batch: Batch, variables: Sequence[str] = ()) -> pd.DataFrame:
    """Return the documents of a batch, with a column for each of ``variables``.

    Duplicates that are left out are in none of the counts but ``paragraphs``. Raises ReportError where a
    variable has the name of another column.
    """
    import numpy as np

    size = len(batch.documents)
    words = np.zeros(size, dtype=np.int64)
    document = batch.passages.document[batch.counted]
    np.add.at(words, document, batch.passages.words[batch.counted])
    coded = batch.passages.document[np.unique(batch.segments.passage)]
    counts = {
        "words": words,
        "paragraphs": [len(document.paragraphs) for document in batch.documents],
        "passages": np.bincount(document, minlength=size),
        "passages_coded": np.bincount(coded, minlength=size),
    }
    fields = ("citekey", "title", "date", "language", "file", "sha256")
    texts = {name: [getattr(document, name) for document in batch.documents] for name in fields}
    values = {name: [one.variables.get(name, "") for one in batch.documents] for name in variables}
    return frame(
        "documents", {"document": [one.id for one in batch.documents], **texts, **counts, **values}, variables
    )
