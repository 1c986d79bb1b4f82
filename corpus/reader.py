"""From SOURCE arguments to documents ready to be coded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.corpus.making import make_documents
from rubricate.corpus.metadata.merging import Misfits, add_variables
from rubricate.corpus.readers import TABLES
from rubricate.corpus.readers.raw import ReadOptions
from rubricate.corpus.source_order import read_sources
from rubricate.corpus.sources import find_sources
from rubricate.corpus.study.changes import StudyChanges

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rubricate.corpus.document import Document, Source
    from rubricate.corpus.metadata.names import NamePattern
    from rubricate.corpus.metadata.table import Metadata
    from rubricate.corpus.readers.raw import Skipped

    Make = Callable[["Making", Iterable[Source]], Iterator[Document]]

_DEFAULTS = ReadOptions()


def language_of(source: Source, language: str, fallback: str) -> str:
    """The language of a document whose metadata name none: ``language``; if that is empty, the one that its
    text is surely written in, else the one that its file names, else ``fallback``.
    """
    if language or source.variables.get("language", "").strip():
        return language or fallback
    from rubricate.corpus.metadata.bibliography import language_tag
    from rubricate.corpus.words.guessing import guess_language

    guess = guess_language(source.text or "\n".join(block.text for block in source.blocks))
    return guess or language_tag(source.properties.get("language", "")) or fallback


def read_corpus(
    sources: Sequence[str],
    *,
    language: str = "",
    fallback: str = "en",
    metadata: Metadata | None = None,
    name_pattern: NamePattern | None = None,
    options: ReadOptions = _DEFAULTS,
    changes: StudyChanges | None = None,
    skipped: list[Skipped] | None = None,
    misfits: Misfits | None = None,
    exclude: Sequence[str] = (),
    make: Make | None = None,
) -> Iterator[Document]:
    """The documents of files, folders and globs, cleaned, in the order of their ids.

    ``language`` is that of documents whose metadata name none; where it is empty, it is guessed, and where no
    guess is sure, it is ``fallback``. ``name_pattern`` says which variables stand
    in the names of files; ``changes`` are what the study has decided about its texts. What cannot be read is
    appended to ``skipped``, and what does not fit together of variables to ``misfits``; a CorpusError says
    what is wrong with what was named outright. ``make`` has the sources made documents somewhere else, by
    the Making that it is given.
    """
    skipped = [] if skipped is None else skipped
    changes = changes or StudyChanges()
    files = find_sources(sources, skipped, exclude=exclude)
    if metadata:
        from rubricate.corpus.metadata.matching import match_entries

        metadata = match_entries(
            metadata, ((file.id, file.file) for file in files if file.extension not in TABLES)
        )
    read = read_sources(files, skipped, options)
    named = add_variables(read, metadata, name_pattern, Misfits() if misfits is None else misfits)
    making = Making(language, fallback, changes)
    yield from make(making, named) if make else making.documents(named)


@dataclass(frozen=True, slots=True)
class Making:
    """What documents are made from besides their sources: see ``read_corpus``."""

    language: str
    fallback: str
    changes: StudyChanges

    def documents(
        self, sources: Iterable[Source], note: Callable[[Source], None] | None = None
    ) -> Iterator[Document]:
        """The documents of these sources; ``note`` is told of each before work on it begins."""
        named = ((source, language_of(source, self.language, self.fallback)) for source in sources)
        return make_documents(named, self.changes, note)
