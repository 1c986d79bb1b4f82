"""The documents that a command is about: those of its sources, or those of a study."""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any

import typer

from rubricate.cli.apply import checked_language
from rubricate.cli.corpus.printing import MOST_NAMES, lines_of_skipped, notes, some
from rubricate.cli.errors import SKIPPED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rubricate.corpus.document import Document
    from rubricate.corpus.metadata.merging import Misfits
    from rubricate.corpus.readers.raw import ReadOptions, Skipped

    Row = dict[str, Any]


class Reading(ABC):
    """Documents, in the order of their ids, and what is to be told of them."""

    @abstractmethod
    def documents(self) -> Iterator[Document]:
        """The documents."""

    @abstractmethod
    def find(self, wanted: str) -> Document:
        """The document with this id; CorpusError, with ids that are like it, if there is none."""

    @abstractmethod
    def skipped(self) -> list[Skipped]:
        """What could not be read, known when the documents have gone by."""

    @abstractmethod
    def tell(self, one: Document | None = None) -> None:
        """Say on stderr what does not fit, of all documents or one, and what was skipped: then exit is 3."""

    def each(self, describe: Callable[[Document], Row]) -> list[Row]:
        """What ``describe`` says of each document, with a progress bar where that takes long."""
        from rubricate.cli.progress import progress

        with progress("reading") as follow:
            return [describe(document) for document in follow(self.documents())]

    def _tell_skipped(self) -> None:
        if self.skipped():
            notes(lines_of_skipped(self.skipped()))
            raise typer.Exit(SKIPPED)


def reading(
    sources: Sequence[str],
    study: str,
    language: str,
    variables: tuple[str, str],
    changes: tuple[str, str],
    options: ReadOptions,
    fallback: str = "en",
) -> Reading:
    """Those of the sources; without any those of the study, for which nothing else can be said.

    ``variables`` are the file with metadata and the pattern of names, ``changes`` the files with repairs and
    corrections, ``fallback`` is the language of documents of which no guess is sure.
    """
    if sources and study:
        raise typer.BadParameter("goes without SOURCE: name one of them", param_hint="--study")
    if sources:
        return SourceReading(sources, language, variables, changes, options, fallback)
    if any((language, *variables, *changes)) or options != type(options)():
        raise typer.BadParameter("these options go with SOURCE; a study decided them", param_hint="SOURCE")
    return StudyReading(study)


class SourceReading(Reading):
    """The documents of files, folders and globs, read for this command."""

    def __init__(
        self,
        sources: Sequence[str],
        language: str,
        variables: tuple[str, str],
        changes: tuple[str, str],
        options: ReadOptions,
        fallback: str = "en",
    ) -> None:
        from rubricate.corpus.metadata.files import read_metadata
        from rubricate.corpus.metadata.merging import Misfits
        from rubricate.corpus.metadata.names import parse_pattern
        from rubricate.job import read_changes

        self._sources = sources
        self._language = checked_language(language)
        self._fallback = fallback
        self._options = options
        self._file, self._pattern = variables
        self._exclude = [path for path in (self._file, *changes) if path]
        self._changes = read_changes(*changes, options)
        self._name_pattern = parse_pattern(self._pattern) if self._pattern else None
        self._metadata = read_metadata(self._file, options) if self._file else None
        self._misfits = Misfits()
        self._skipped: list[Skipped] = []
        self._ids: list[str] = []

    def documents(self) -> Iterator[Document]:
        """The documents, read now."""
        from rubricate.corpus.reader import read_corpus

        if "-" in self._sources and sys.stdin and sys.stdin.isatty():
            notes(["Reading the text from this terminal; end it with Ctrl-D."])
        for document in read_corpus(
            self._sources,
            language=self._language,
            fallback=self._fallback,
            metadata=self._metadata,
            name_pattern=self._name_pattern,
            options=self._options,
            changes=self._changes,
            skipped=self._skipped,
            misfits=self._misfits,
            exclude=self._exclude,
        ):
            self._ids.append(document.id)
            yield document

    def find(self, wanted: str) -> Document:
        """The document with this id, the last that is read."""
        from difflib import get_close_matches

        from rubricate.corpus.errors import CorpusError
        from rubricate.corpus.study.tables import same_form

        for document in self.documents():
            if same_form(document.id) == same_form(wanted):
                return document
        notes(lines_of_skipped(self._skipped))
        near = get_close_matches(wanted, self._ids, MOST_NAMES, 0.5) or self._ids
        there = f"there are {some(near)}" if near else "there are none"
        raise CorpusError(f"there is no document {wanted!r}; {there}")

    def skipped(self) -> list[Skipped]:
        """What could not be read so far."""
        return self._skipped

    def tell(self, one: Document | None = None) -> None:
        """Tell; of one that was looked for, rows of tables may be about documents that were not read."""
        if one is None:
            self._tell_misfits(self._misfits)
            notes(self._changes.without_use(self._ids))
        else:
            self._tell_misfits(self._misfits.of(one.id, one.file))
            notes(self._changes.without_use_in(one.id))
            notes(f"{one.id}: {warning}" for warning in one.warnings)
        self._tell_skipped()

    def _tell_misfits(self, misfits: Misfits) -> None:
        from rubricate.cli.misfits import lines_of_misfits

        notes(lines_of_misfits(misfits, self._file, self._pattern))


class StudyReading(Reading):
    """The documents that a study has stored."""

    def __init__(self, study: str) -> None:
        from rubricate.study import find_study

        self._folder = find_study(study).folder

    def documents(self) -> Iterator[Document]:
        """The documents, from the disk."""
        from rubricate.corpus.storage.stored import Store

        with Store(self._folder) as store:
            yield from store.documents()

    def find(self, wanted: str) -> Document:
        """The document with this id, found without reading the others."""
        from rubricate.corpus.storage.stored import Store

        with Store(self._folder) as store:
            return store.document(wanted)

    def skipped(self) -> list[Skipped]:
        """What could not be read when sources were added."""
        from rubricate.corpus.storage.skipping import skipped_in
        from rubricate.corpus.storage.stored import Store

        with Store(self._folder) as store:
            return skipped_in(store.record)

    def tell(self, one: Document | None = None) -> None:
        """Tell the doubts about a document; what was skipped is the matter of all."""
        if one is None:
            self._tell_skipped()
        else:
            notes(f"{one.id}: {warning}" for warning in one.warnings)
