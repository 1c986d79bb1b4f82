"""One document is read again from the study's copy of its source."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.readers import TABLES, WEB_PAGES
from rubricate.corpus.source_order import read_sources
from rubricate.corpus.storage.copies import file_at, sound_copy

if TYPE_CHECKING:
    from collections.abc import Set
    from pathlib import Path

    from rubricate.corpus.document import Source
    from rubricate.corpus.readers.raw import ReadOptions
    from rubricate.corpus.storage.record import Record
    from rubricate.corpus.storage.stored import Known


def read_again(study: Path, record: Record, known: Known) -> Source:
    """A document as its reader delivers it; CorpusError where the copy of its source is not as it was, or no
    longer has it.
    """
    origin = record.by_key()[known.key]
    if known.document not in {place.document for place in record.vanished}:
        file = file_at(sound_copy(study, origin), origin)
        options = needed(record.hows[origin.how].options, {origin.extension})
        for source in read_sources([file], [], options):
            if source.id == known.document:
                return source
    raise CorpusError(f"document {known.document!r} is no longer in its source; its earlier text is kept")


def needed(options: ReadOptions, extensions: Set[str]) -> ReadOptions:
    """The choices that files with these extensions have a use for; readers refuse others."""
    if not extensions & TABLES:
        options = replace(options, text_column="", id_column="")
    if not extensions & WEB_PAGES:
        options = replace(options, main_content=False)
    return replace(options, split="") if extensions <= TABLES else options
