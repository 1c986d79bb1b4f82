"""passages.csv: one row per analysed passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.corpus.document import Paragraph
from rubricate.reports.columns import frame
from rubricate.reports.ids import passage_id, passage_ids

if TYPE_CHECKING:
    import pandas as pd

    from rubricate.coding.batch import Batch

_WHOLE = Paragraph(0, 0, part="", heading="")
"""Stands for the paragraph of a passage that has many."""


def passages(batch: Batch) -> pd.DataFrame:
    """Return the passages of a batch, duplicates included, each with its words, verbatim."""
    places, marks = batch.passages, batch.marks
    originals = [*(passage_id(*original, places.unit) for original in marks.originals), ""]  # at -1: none
    documents = [batch.documents[index] for index in places.document.tolist()]
    paragraphs = [
        document.paragraphs[index] if index >= 0 else _WHOLE
        for document, index in zip(documents, places.paragraph.tolist(), strict=True)
    ]
    spans = zip(documents, places.start.tolist(), places.end.tolist(), strict=True)
    return frame(
        "passages",
        {
            "passage": passage_ids(batch),
            "document": [document.id for document in documents],
            "part": ["" if places.unit == "heading" else paragraph.part for paragraph in paragraphs],
            "heading": [paragraph.heading for paragraph in paragraphs],
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
