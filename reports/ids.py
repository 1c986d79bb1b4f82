"""The names by which tables refer to paragraphs, passages, segments and sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.batch import Batch, Ints
    from rubricate.corpus.document import Document, Paragraph

_RUNS = {"heading": "h", "turn": "t"}
"""Units of several paragraphs, of which a document can have many, and what their ids begin with."""


def passage_id(document: str, paragraph: int, sentence: int, unit: str = "sentence") -> str:
    """Name a passage by its 0-based paragraph and sentence or item, each -1 where the unit is coarser;
    that of a ``heading`` or ``turn`` by the number of its section or turn.

    >>> passage_id("speech", 11, 2), passage_id("speech", 11, -1), passage_id("speech", -1, -1)
    ('speech#p12.s3', 'speech#p12', 'speech')
    >>> passage_id("speech", 11, 2, "item"), passage_id("speech", 11, 2, "heading")
    ('speech#p12.i3', 'speech#h3')
    >>> passage_id("debate", 11, 2, "turn")
    'debate#t3'
    """
    if paragraph < 0:
        return document
    if unit in _RUNS:
        return f"{document}#{_RUNS[unit]}{sentence + 1}"
    place = f"{document}#p{paragraph + 1}"
    return place if sentence < 0 else f"{place}.{'i' if unit == 'item' else 's'}{sentence + 1}"


def passage_ids(batch: Batch) -> list[str]:
    """Name every passage of a batch."""
    names = [document.id for document in batch.documents]
    columns = (batch.passages.document, batch.passages.paragraph, batch.passages.sentence)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    unit = batch.passages.unit
    return [passage_id(names[document], paragraph, sentence, unit) for document, paragraph, sentence in rows]


def segment_ids(batch: Batch, codebook: Codebook) -> list[str]:
    """Name every segment of a batch ``DOC#START-END:CODE``, which no edit of another code changes."""
    names = [document.id for document in batch.documents]
    codes = [code.id for code in codebook.codes]
    columns = (batch.segments.document, batch.segments.start, batch.segments.end, batch.segments.code)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [f"{names[document]}#{start}-{end}:{codes[code]}" for document, start, end, code in rows]


def section_path(document: Document, place: Paragraph) -> str:
    """The headings of the section in which a paragraph of a document stands, outermost first, joined by
    " > "; a heading stands in the section that it opens.
    """
    if place.part != "heading":
        return place.heading
    own = document.text[place.start : place.end]
    return f"{place.heading} > {own}" if place.heading else own


def paragraphs_of(batch: Batch, documents: Ints) -> list[Sequence[Paragraph]]:
    """The paragraphs of these documents, by index: a stored document makes them anew whenever it is asked."""
    rows = documents.tolist()
    known = {index: batch.documents[index].paragraphs for index in dict.fromkeys(rows)}
    return [known[index] for index in rows]
