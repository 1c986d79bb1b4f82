"""From SOURCE arguments to documents ready to be coded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.corpus.making import make_document
from rubricate.corpus.metadata import add_metadata
from rubricate.corpus.readers.raw import ReadOptions
from rubricate.corpus.source_order import read_sources
from rubricate.corpus.sources import find_sources
from rubricate.corpus.study.changes import StudyChanges

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rubricate.corpus.document import Document
    from rubricate.corpus.metadata import Metadata
    from rubricate.corpus.readers.raw import Skipped

_DEFAULTS = ReadOptions()


def read_corpus(
    sources: Sequence[str],
    *,
    language: str,
    metadata: Metadata | None = None,
    options: ReadOptions = _DEFAULTS,
    changes: StudyChanges | None = None,
    skipped: list[Skipped] | None = None,
    exclude: Sequence[str] = (),
) -> Iterator[Document]:
    """The documents of files, folders and globs, cleaned, in the order of their ids.

    ``language`` is that of documents whose metadata name none; ``changes`` are what the study has decided
    about its texts. What cannot be read is appended to
    ``skipped``; a CorpusError says what is wrong with what was named outright.
    """
    skipped = [] if skipped is None else skipped
    changes = changes or StudyChanges()
    files = find_sources(sources, skipped, exclude=exclude)
    for source in read_sources(files, skipped, options):
        yield make_document(add_metadata(source, metadata) if metadata else source, language, changes)
