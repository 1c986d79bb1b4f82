"""passages.csv: one row per analysed passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.reports.columns import frame
from rubricate.reports.ids import passage_id, passage_ids, section_path

if TYPE_CHECKING:
    import pandas as pd

    from rubricate.coding.batch import Batch


def passages(batch: Batch) -> pd.DataFrame:
    """Return the passages of a batch, duplicates included, each with its words, verbatim."""
    places, marks = batch.passages, batch.marks
    originals = [*(passage_id(*original, places.unit) for original in marks.originals), ""]  # at -1: none
    documents = [batch.documents[index] for index in places.document.tolist()]
    rows = list(zip(documents, places.paragraph.tolist(), strict=True))
    coarse = places.unit == "heading"
    spans = zip(documents, places.start.tolist(), places.end.tolist(), strict=True)
    return frame(
        "passages",
        {
            "passage": passage_ids(batch),
            "document": [document.id for document in documents],
            "part": [
                "" if coarse or index < 0 else document.paragraphs[index].part for document, index in rows
            ],
            "heading": ["" if index < 0 else section_path(document, index) for document, index in rows],
            "page": None,
            "speaker": None,
            "start": places.start,
            "end": places.end,
            "words": places.words,
            "duplicate_of": [originals[index] for index in marks.original.tolist()],
            "similarity": marks.similarity,
            "text": [document.text[start:end] for document, start, end in spans],
        },
    )
