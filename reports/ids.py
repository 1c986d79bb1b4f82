"""The names by which tables refer to paragraphs, passages and segments."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.batch import Batch


def passage_id(document: str, paragraph: int, sentence: int) -> str:
    """Name a passage by its 0-based paragraph and sentence, each -1 where the unit is coarser.

    >>> passage_id("speech", 11, 2), passage_id("speech", 11, -1), passage_id("speech", -1, -1)
    ('speech#p12.s3', 'speech#p12', 'speech')
    """
    if paragraph < 0:
        return document
    place = f"{document}#p{paragraph + 1}"
    return place if sentence < 0 else f"{place}.s{sentence + 1}"


def passage_ids(batch: Batch) -> list[str]:
    """Name every passage of a batch."""
    names = [document.id for document in batch.documents]
    columns = (batch.passages.document, batch.passages.paragraph, batch.passages.sentence)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [passage_id(names[document], paragraph, sentence) for document, paragraph, sentence in rows]


def segment_ids(batch: Batch, codebook: Codebook) -> list[str]:
    """Name every segment of a batch ``DOC#START-END:CODE``, which no edit of another code changes."""
    names = [document.id for document in batch.documents]
    codes = [code.id for code in codebook.codes]
    columns = (batch.segments.document, batch.segments.start, batch.segments.end, batch.segments.code)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [f"{names[document]}#{start}-{end}:{codes[code]}" for document, start, end, code in rows]
