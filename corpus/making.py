"""From a source as read to a document ready to be coded."""

from __future__ import annotations

import re
from itertools import accumulate
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from rubricate.corpus.cleaning.page_breaks import mend_page_breaks
from rubricate.corpus.cleaning.pieces import cut_text, pieces_of
from rubricate.corpus.cleaning.repairs import BETWEEN, carried_over, repairs_of
from rubricate.corpus.document import Document, Paragraph, Repair
from rubricate.corpus.errors import CorpusError
from rubricate.corpus.parts.assign import assign_parts, heading_paths, mark_sections
from rubricate.corpus.study.changes import StudyChanges

if TYPE_CHECKING:
    from rubricate.corpus.document import Block, Source

LIFTED = ("language", "title", "date", "citekey")
"""Variables that are properties of a document rather than columns of the user's."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_NO_CHANGES = StudyChanges()


class _Cleaned(NamedTuple):
    blocks: list[Block]
    repairs: tuple[Repair, ...]
    line_joins: int


def make_document(source: Source, language: str, changes: StudyChanges = _NO_CHANGES) -> Document:
    """The source, cleaned, cut into paragraphs and with its metadata in place.

    ``language`` is the document's unless its own metadata says otherwise; ``changes`` are what the study
    has decided about its texts. The text of the document is its paragraphs with a blank line between;
    nothing of another document takes part.
    """
    language = _language(source) or language
    clean = _clean_blocks if source.blocks else _clean_text
    found, repairs, joins = clean(source, language, changes)
    blocks = changes.corrected(found, source.id)
    text = BETWEEN.join(block.text for block in blocks)
    if repairs:
        repairs = carried_over(repairs, BETWEEN.join(block.text for block in found), text)
    lifted = {name: source.variables.get(name, "") for name in LIFTED}
    title = changes.title(source.id) or lifted["title"] or _title(blocks)
    return Document(
        id=source.id,
        text=text,
        paragraphs=_paragraphs(blocks),
        file=source.file,
        sha256=source.sha256,
        encoding=source.encoding,
        **{**lifted, "language": language, "title": title},
        variables={name: value for name, value in source.variables.items() if name not in LIFTED},
        repairs=repairs,
        line_joins=joins,
    )


def _clean_text(source: Source, language: str, changes: StudyChanges) -> _Cleaned:
    """The blocks of a plain text, and what had to be repaired."""
    cut = cut_text(source.text, language, changes.replacements(source.text, source.id))
    pieces = mend_page_breaks(cut, pieces_of(cut))
    decided = {index: (piece.part, piece.reason) for index, piece in enumerate(pieces) if piece.part}
    blocks = assign_parts([piece.text for piece in pieces], language, decided)
    repairs = repairs_of(source.text, cut, pieces)
    return _Cleaned(blocks, repairs, sum(piece.joins for piece in pieces))


def _clean_blocks(source: Source, language: str, changes: StudyChanges) -> _Cleaned:
    """The blocks of a format that marks them, with the study's own repairs."""
    blocks, repairs, length = [], [], 0
    for block in source.blocks:
        if not block.text.strip():
            continue
        pieces, done = [], 0
        for start, end, after in changes.replacements(block.text, source.id):
            pieces += [block.text[done:start], after]
            place = length + sum(map(len, pieces)) - len(after)
            repairs.append(Repair("repairs.csv", place, -1, block.text[start:end], after))
            done = end
        text = "".join([*pieces, block.text[done:]])
        length += len(text) + len(BETWEEN)
        blocks.append(block._replace(text=text))
    return _Cleaned(mark_sections(blocks, language), tuple(repairs), 0)


def _language(source: Source) -> str:
    """The language that a document's metadata name, as a tag; empty where they name none."""
    named = source.variables.get("language", "").strip().replace("_", "-")
    if named and not _LANGUAGE.fullmatch(named):
        raise CorpusError(
            f"document {source.id!r}: language is {named!r}; write a tag such as en, fa or pt-BR"
        )
    primary, hyphen, region = named.partition("-")
    return primary.lower() + hyphen + region


def _paragraphs(blocks: list[Block]) -> tuple[Paragraph, ...]:
    lengths = [len(block.text) for block in blocks]
    starts = [0, *accumulate(length + len(BETWEEN) for length in lengths)]
    ends = map(add, starts, lengths)
    parts, reasons = [block.part for block in blocks], [block.reason for block in blocks]
    columns = zip(starts, ends, parts, heading_paths(blocks), reasons, strict=False)
    return tuple(map(Paragraph._make, columns))


def _title(blocks: list[Block]) -> str:
    titles = [block.text for block in blocks if block.part == "title"]
    headings = [block.text for block in blocks[:1] if block.part == "heading" and block.level == 1]
    return next(iter(titles + headings), "")
