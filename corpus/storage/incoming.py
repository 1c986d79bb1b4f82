"""Planned files become documents on their way into the store, all in one order."""

from __future__ import annotations

from collections import deque
from heapq import merge
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.making import make_documents
from rubricate.corpus.metadata.merging import Misfits, add_variables
from rubricate.corpus.reader import language_of
from rubricate.corpus.readers import TABLES
from rubricate.corpus.source_order import in_order
from rubricate.corpus.storage.rereading import needed
from rubricate.corpus.storage.writing import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from rubricate.corpus.document import Document, Source
    from rubricate.corpus.readers.raw import ReadOptions, Skipped, SourceFile
    from rubricate.corpus.spool import Spool
    from rubricate.corpus.storage.context import Context
    from rubricate.corpus.storage.record import Key, Origin, Place
    from rubricate.corpus.study.changes import StudyChanges

    Files = dict[SourceFile, Origin]
    Follow = Callable[[Iterable[Document]], Iterable[Document]]


class Watch(NamedTuple):
    """Who looks on: ``follow`` sees the documents go by, ``expect`` is told how many more to expect."""

    follow: Follow = iter
    expect: Callable[[int], object] = int


class Incoming:
    """The documents of files, and what is noticed while they go by.

    ``came`` has the ids of what could be read of each file, ``skipped`` what could not; ``left_out`` are the
    documents that were removed before; ``misfits`` and the ``warnings`` of readers are for the person.
    """

    def __init__(self, changes: StudyChanges, removed: Iterable[Place], watch: Watch, spool: Spool) -> None:
        self._changes, self._watch, self._spool = changes, watch, spool
        self._removed = {(place.document, place.stored, place.member) for place in removed}
        self._seen: list[tuple[Files, list[Skipped]]] = []
        self.came: dict[Key, set[str]] = {}
        self.left_out: list[str] = []
        self.misfits = Misfits()
        self.warnings: list[tuple[str, str]] = []

    def entries(self, read: Mapping[int, Files], contexts: Mapping[int, Context]) -> Iterator[Entry]:
        """The documents in the order of ids, of files by the place of their context."""
        streams = [
            self._stream(files, contexts[how]) for how, several in read.items() for files in _layers(several)
        ]
        return merge(*streams, key=attrgetter("id"))

    def skipped(self) -> dict[Key, tuple[tuple[str, str], ...]]:
        """What could not be read of each file, known when all documents have gone by: document, reason."""
        found: dict[Key, list[tuple[str, str]]] = {}
        for files, skipped in self._seen:
            keys = {origin.file: origin.key for origin in files.values()}
            found |= {key: [] for key in keys.values()}
            for skip in skipped:
                found[keys[skip.file]].append((skip.document, skip.reason))
        return {key: tuple(rows) for key, rows in found.items()}

    def _stream(self, files: Files, context: Context) -> Iterator[Entry]:
        """The documents of some files that are read in one way."""
        origins: deque[Origin] = deque()  # of the documents that are on their way
        sources = self._sources(files, _fitting(context, files), origins)
        named = add_variables(sources, context.metadata, context.pattern, self.misfits)
        for document in self._watch.follow(self._made(named, context)):
            origin = origins.popleft()
            self.warnings += ((document.id, warning) for warning in document.warnings)
            yield Entry(document, *origin.key, context.inputs(document.id))

    def _made(self, sources: Iterable[Source], context: Context) -> Iterator[Document]:
        how = context.how
        named = ((source, language_of(source, how.language, context.fallback)) for source in sources)
        return make_documents(named, self._changes)

    def _sources(self, files: Files, options: ReadOptions, origins: deque[Origin]) -> Iterator[Source]:
        skipped: list[Skipped] = []
        self._seen.append((files, skipped))
        for file, source in self._some_in_order(files, skipped, options):
            origin = files[file]
            self.came.setdefault(origin.key, set()).add(source.id)
            if (source.id, *origin.key) in self._removed:
                self.left_out.append(source.id)
            else:
                origins.append(origin)
                yield source

    def _some_in_order(
        self, files: Files, skipped: list[Skipped], options: ReadOptions
    ) -> Iterator[tuple[SourceFile, Source]]:
        """What ``in_order`` yields; but it is no error if nothing can be read of some files among many."""
        told: list[int] = []
        came = False

        def expect(documents: int) -> None:
            told.append(documents)
            self._watch.expect(documents)

        try:
            for item in in_order(files, skipped, options, self._spool, expect):
                came = True
                yield item
        except CorpusError:
            unreadable = {skip.file for skip in skipped if not skip.document}
            texts = {file.file for file in files if file.extension not in TABLES}
            if came or not told or not texts <= unreadable:
                raise


def _layers(files: Files) -> list[Files]:
    """The files apart, so that of those with one name each is by itself: what is skipped is told by name."""
    layers: list[Files] = []
    count: dict[str, int] = {}
    for file, origin in files.items():
        layer = count[file.file] = count.get(file.file, -1) + 1
        if layer == len(layers):
            layers.append({})
        layers[layer][file] = origin
    return layers


def _fitting(context: Context, files: Iterable[SourceFile]) -> ReadOptions:
    """The choices for some of the files that are read in one way, without those that only others of them have
    a use for; what none has a use for stays, to be refused.
    """
    options = context.how.options
    if needed(options, context.extensions) != options:
        return options
    return needed(options, {file.extension for file in files})
