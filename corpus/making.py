"""From a source as read to a document ready to be coded."""

from __future__ import annotations

import re
from itertools import accumulate
from operator import add
from typing import TYPE_CHECKING

from rubricate.corpus.cleaning import cut_text, pieces_of
from rubricate.corpus.document import Document, Paragraph
from rubricate.corpus.errors import CorpusError
from rubricate.corpus.page_breaks import mend_page_breaks
from rubricate.corpus.parts import assign_parts, heading_paths, mark_sections
from rubricate.corpus.repairs import BETWEEN, repairs_of

if TYPE_CHECKING:
    from rubricate.corpus.document import Block, Repair, Source

LIFTED = ("language", "title", "date", "citekey")
"""Variables that are properties of a document rather than columns of the user's."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def make_document(source: Source, language: str) -> Document:
    """The source, cleaned, cut into paragraphs and with its metadata in place.

    ``language`` is the document's unless its own metadata says otherwise. The text of the document is
    its paragraphs with a blank line between; nothing of another document takes part.
    """
    language = _language(source) or language
    if source.blocks:
        blocks = mark_sections([block for block in source.blocks if block.text.strip()], language)
        repairs: tuple[Repair, ...] = ()
        joins = 0
    else:
        cut = cut_text(source.text, language)
        pieces = mend_page_breaks(cut, pieces_of(cut))
        decided = {index: (piece.part, piece.reason) for index, piece in enumerate(pieces) if piece.part}
        blocks = assign_parts([piece.text for piece in pieces], language, decided)
        repairs = repairs_of(source.text, cut, pieces)
        joins = sum(piece.joins for piece in pieces)
    lifted = {name: source.variables.get(name, "") for name in LIFTED}
    return Document(
        id=source.id,
        text=BETWEEN.join(block.text for block in blocks),
        paragraphs=_paragraphs(blocks),
        file=source.file,
        sha256=source.sha256,
        encoding=source.encoding,
        **{**lifted, "language": language, "title": lifted["title"] or _title(blocks)},
        variables={name: value for name, value in source.variables.items() if name not in LIFTED},
        repairs=repairs,
        line_joins=joins,
    )


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
