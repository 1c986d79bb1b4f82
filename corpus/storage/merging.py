"""An earlier corpus and new documents become the next corpus, in the order of ids."""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import merge
from operator import attrgetter
from typing import TYPE_CHECKING

from rubricate.corpus.document_hash import document_hash
from rubricate.corpus.storage.tables import documents_from
from rubricate.corpus.storage.writing import Entry, in_batches, is_small

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from rubricate.corpus.storage.stored import Group, Known, Store
    from rubricate.corpus.storage.writing import Writer


@dataclass(slots=True)
class Merged:
    """The ids of documents that are ``new`` and that ``changed``."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


class _Incoming:
    """A stream of documents of which the next can be looked at."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = iter(entries)
        self._next = next(self._entries, None)

    def is_before(self, last: str) -> bool:
        """Whether there is still a document up to this id."""
        return self._next is not None and self._next.id <= last

    def until(self, last: str) -> Iterator[Entry]:
        """Take the documents up to this id."""
        while self._next is not None and self._next.id <= last:
            yield self._take()

    def rest(self) -> Iterator[Entry]:
        """Take all documents that are left."""
        while self._next is not None:
            yield self._take()

    def _take(self) -> Entry:
        assert self._next
        entry, self._next = self._next, next(self._entries, None)
        return entry


def merge_into(
    writer: Writer,
    store: Store,
    entries: Iterable[Entry],
    *,
    without: Collection[str] = (),
    check: Callable[[Entry], object] = id,
) -> Merged:
    """Write the documents of ``store`` and ``entries``; where both have an id, that of ``entries``.

    ``entries`` come in the order of ids; documents ``without`` are left out. ``check`` sees each entry and
    may refuse it. Groups of documents that stay as they are are copied unread, unless they are small or their
    words are not stored as they are told today.
    """
    merged, incoming, kept = Merged(), _Incoming(entries), _Kept(store, writer)
    for group in store.groups:
        names = group.column("document")
        stays = not incoming.is_before(names[-1]) and not any(name in without for name in names)
        if stays and store.worded and not is_small(group.characters):
            kept.copy(group)
            continue
        known = dict(zip(names, group.documents, strict=True))
        old = (entry for entry in kept.read(group) if entry.id not in without)
        kept.add(_joined(old, _noted(incoming.until(names[-1]), known, merged, check)))
    kept.add(_noted(incoming.rest(), {}, merged, check))
    kept.flush()
    return merged


class _Kept:
    """What waits to be written as the next row group."""

    def __init__(self, store: Store, writer: Writer) -> None:
        self._store, self._writer = store, writer
        self._waiting: list[Entry] = []

    def read(self, group: Group) -> Iterator[Entry]:
        documents = documents_from(self._store.tables(group))
        for document, known in zip(documents, group.documents, strict=True):
            yield Entry(document, *known.key, known.inputs)

    def add(self, entries: Iterable[Entry]) -> None:
        waiting, self._waiting = self._waiting, []
        for batch in in_batches(_chained(waiting, entries)):
            self.flush()
            self._waiting = batch

    def copy(self, group: Group) -> None:
        self.flush()
        self._writer.copy(self._store.tables(group), self._store.word_batch(group))

    def flush(self) -> None:
        if self._waiting:
            self._writer.write(self._waiting)
        self._waiting = []


def _chained(waiting: list[Entry], entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries behind those that wait, of which none is held longer than it must be."""
    waiting.reverse()
    while waiting:
        yield waiting.pop()
    yield from entries


def _joined(old: Iterable[Entry], new: Iterable[Entry]) -> Iterator[Entry]:
    """Old and new documents in the order of ids; a new one takes the place of an old one."""
    before = ""  # no document has this id
    for entry in merge(new, old, key=attrgetter("id")):  # of equal ids the new one comes first
        if entry.id != before:
            yield entry
        before = entry.id


def _noted(
    new: Iterable[Entry], known: dict[str, Known], merged: Merged, check: Callable[[Entry], object]
) -> Iterator[Entry]:
    """The new documents; what they are to those that are known is noted on their way."""
    for entry in new:
        check(entry)
        if entry.id not in known:
            merged.new.append(entry.id)
        elif known[entry.id].hash != document_hash(entry.document).hex():
            merged.changed.append(entry.id)
        yield entry
