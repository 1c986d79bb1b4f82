"""passages_wide.csv and documents_wide.csv: a column for every code, for other statistics programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.reports.columns import frame, masked
from rubricate.reports.ids import passage_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.batch import Batch
    from rubricate.corpus.document import Document
    from rubricate.reports.tally import Tally


def passages_wide(batch: Batch, codebook: Codebook) -> pd.DataFrame:
    """Return the passages that count with 0 or 1 for every code; empty where it cannot apply.

    Raises ReportError where a code has the name of another column.
    """
    import numpy as np

    codes = [code.id for code in codebook.codes]
    found = np.zeros((len(codes), len(batch.passages)), dtype=np.int64)
    found[batch.segments.code, batch.segments.passage] = 1
    rows = np.flatnonzero(batch.counted)
    document = batch.passages.document[rows]
    names = [batch.documents[index].id for index in document.tolist()]
    cells = {
        code: masked(found[place, rows], ~batch.applicable[document, place])
        for place, code in enumerate(codes)
    }
    passages = passage_ids(batch)
    values = {"passage": [passages[row] for row in rows.tolist()], "document": names, **cells}
    return frame("passages_wide", values, codes=codes)


def documents_wide(
    tally: Tally, documents: Sequence[Document], codebook: Codebook, variables: Sequence[str] = ()
) -> pd.DataFrame:
    """Return the documents of a tally with the mentions of every code; empty where it cannot apply, and where
    no passages count.

    ``documents`` are those of the tally, in order. Raises ReportError where a variable or a code has the
    name of another column.
    """
    codes = [code.id for code in codebook.codes]
    mentions = tally.document_mentions.dense()
    values = {name: [one.variables.get(name, "") for one in documents] for name in variables}
    cells = {
        code: masked(mentions[:, place], ~tally.looked_for[:, place]) for place, code in enumerate(codes)
    }
    return frame(
        "documents_wide", {"document": list(tally.documents), **values, **cells}, variables, codes=codes
    )
