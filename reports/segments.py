"""segments.csv: one row per segment, the evidence for every number in the other tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.coding.flags import FLAGS
from rubricate.reports.columns import frame, masked
from rubricate.reports.ids import paragraphs_of, passage_id, passage_ids, section_path, segment_ids

if TYPE_CHECKING:
    import pandas as pd

    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.batch import Batch, Ints
    from rubricate.corpus.document import Document


LONGEST_SENTENCE = 2000
"""Characters; a longer "sentence" is a text without sentence ends, and would be repeated for every hit."""
AROUND = 500
"""Characters of such a sentence that are shown on each side of the hit, with … where it was cut."""


def segments(batch: Batch, codebook: Codebook) -> pd.DataFrame:
    """Return the segments of a batch, each with its words, its sentence and the entry that found it."""
    rows = batch.segments
    documents = [batch.documents[index] for index in rows.document.tolist()]
    numbers = rows.paragraph.tolist()
    among = paragraphs_of(batch, rows.document)
    paragraphs = [some[number] for some, number in zip(among, numbers, strict=True)]
    passages = passage_ids(batch)
    listed = codebook.entries  # a property that builds a tuple: once, not per row
    entries = [listed[index] for index in rows.entry.tolist()]
    hits = _texts(documents, rows.start, rows.end)
    return frame(
        "segments",
        {
            "segment": segment_ids(batch, codebook),
            "document": [document.id for document in documents],
            "citekey": [document.citekey for document in documents],
            "paragraph": [
                passage_id(one.id, number, -1) for one, number in zip(documents, numbers, strict=True)
            ],
            "passage": [passages[index] for index in rows.passage.tolist()],
            "part": [paragraph.part for paragraph in paragraphs],
            "heading": list(map(section_path, documents, paragraphs)),
            "page": [paragraph.page for paragraph in paragraphs],
            "speaker": [paragraph.speaker for paragraph in paragraphs],
            "code": [codebook.codes[index].id for index in rows.code.tolist()],
            "hit": hits,
            "sentence": _sentences(documents, batch),
            "entry": [entry.id for entry in entries],
            "entry_text": [entry.text for entry in entries],
            "matched_words": _matched(hits, documents, batch),
            **{flag: masked(getattr(rows, flag), ~batch.judged[flag][rows.document]) for flag in FLAGS},
            "start": rows.start,
            "end": rows.end,
        },
    )


def _texts(documents: list[Document], start: Ints, end: Ints) -> list[str]:
    spans = zip(documents, start.tolist(), end.tolist(), strict=True)
    return [document.text[first:last] for document, first, last in spans]


def _matched(hits: list[str], documents: list[Document], batch: Batch) -> list[str]:
    """The words of each hit, without those that only stand between them."""
    words = list(hits)
    for index, pieces in batch.segments.pieces.items():
        words[index] = " ".join(documents[index].text[one.start : one.end] for one in pieces)
    return words


def _sentences(documents: list[Document], batch: Batch) -> list[str]:
    """The sentence around each segment; of a text without sentence ends only the part near the hit."""
    rows = batch.segments
    columns = (rows.sentence_start, rows.sentence_end, rows.start, rows.end)
    sentences = []
    for document, *places in zip(documents, *(column.tolist() for column in columns), strict=True):
        first, last, start, end = places
        if last - first > LONGEST_SENTENCE:
            near, far = max(first, start - AROUND), min(last, end + AROUND)
            cut = document.text[near:far]
            sentences.append(f"{'…' if near > first else ''}{cut}{'…' if far < last else ''}")
        else:
            sentences.append(document.text[first:last])
    return sentences
