"""passages.csv: one row per analysed passage."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING

from rubricate.reports.columns import frame
from rubricate.reports.ids import paragraphs_of, passage_id, passage_ids, section_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from rubricate.coding.batch import Batch
    from rubricate.corpus.document import Paragraph

_COARSE = ("heading", "turn", "document")
"""Units whose paragraphs can be different parts."""


def passages(batch: Batch) -> pd.DataFrame:
    """Return the passages of a batch, duplicates included, each with its words, verbatim."""
    places, marks = batch.passages, batch.marks
    originals = [*(passage_id(*original, places.unit) for original in marks.originals), ""]  # at -1: none
    documents = [batch.documents[index] for index in places.document.tolist()]
    paragraphs = paragraphs_of(batch, places.document)
    own = zip(documents, paragraphs, places.paragraph.tolist(), strict=True)
    first = _first_paragraphs(paragraphs, places.start.tolist())
    coarse = places.unit in _COARSE
    many = places.unit in ("turn", "document")  # of different sections
    speaking = places.unit not in ("heading", "document")
    spans = zip(documents, places.start.tolist(), places.end.tolist(), strict=True)
    return frame(
        "passages",
        {
            "passage": passage_ids(batch),
            "document": [document.id for document in documents],
            "part": ["" if coarse else paragraph.part for paragraph in first],
            "heading": ["" if many else section_path(one, some[index]) for one, some, index in own],
            "page": [paragraph.page for paragraph in first],
            "speaker": [paragraph.speaker if speaking else "" for paragraph in first],
            "start": places.start,
            "end": places.end,
            "words": places.words,
            "duplicate_of": [originals[index] for index in marks.original.tolist()],
            "similarity": marks.similarity,
            "text": [document.text[start:end] for document, start, end in spans],
        },
    )


def _first_paragraphs(paragraphs: list[Sequence[Paragraph]], starts: list[int]) -> list[Paragraph]:
    """Of each passage the paragraph in which it begins, among those of its document."""
    begin = attrgetter("start")
    return [
        some[bisect_right(some, start, key=begin) - 1] for some, start in zip(paragraphs, starts, strict=True)
    ]
