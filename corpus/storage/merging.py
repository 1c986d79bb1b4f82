"""An earlier corpus and new documents become the next corpus, in the order of ids."""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import merge
from operator import attrgetter
from typing import TYPE_CHECKING

from rubricate.corpus.document_hash import document_hash
from rubricate.corpus.storage.tables import documents_from
from rubricate.corpus.storage.writing import BATCH, Entry, in_batches

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from rubricate.corpus.storage.stored import Group, Known, Store
    from rubricate.corpus.storage.writing import Writer

_ID = attrgetter("document.id")


@dataclass(slots=True)
class Merged:
    """The ids of documents that are ``new``, that ``changed``, and that came again as they were."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)


class _Incoming:
    """A stream of documents of which the next can be looked at."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = iter(entries)
        self.next = next(self._entries, None)

    def until(self, last: str | None) -> Iterator[Entry]:
        """Take the documents up to this id; all where it is None."""
        while self.next is not None and (last is None or self.next.document.id <= last):
            entry = self.next
            self.next = next(self._entries, None)
            yield entry


def merge_into(
    writer: Writer,
    store: Store,
    entries: Iterable[Entry],
    *,
    without: Collection[str] = (),
    refuse: Callable[[Entry, Known], None] = lambda entry, known: None,
) -> Merged:
    """Write the documents of ``store`` and ``entries``; where both have an id, that of ``entries``.

    ``entries`` come in the order of ids; documents ``without`` are left out. ``refuse`` may raise where an
    entry would take the place of a known document. Groups of documents that stay as they are are copied
    unread, unless they are small.
    """
    merged, incoming, kept = Merged(), _Incoming(entries), _Kept(store, writer)
    for group in store.groups:
        last = group.documents[-1].document
        touched = incoming.next is not None and incoming.next.document.id <= last
        touched |= any(one.document in without for one in group.documents)
        if not touched and 2 * group.characters >= BATCH:
            kept.copy(group)
            continue
        old = (entry for entry in kept.read(group) if entry.document.id not in without)
        known = {one.document: one for one in group.documents}
        kept.add(_joined(old, incoming.until(last), known, merged, refuse))
    kept.add(_joined((), incoming.until(None), {}, merged, refuse))
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
            yield Entry(document, known.source, known.member, known.inputs)

    def add(self, entries: Iterable[Entry]) -> None:
        waiting, self._waiting = self._waiting, []
        for batch in in_batches(_chained(waiting, entries)):
            if self._waiting:
                self._writer.write(self._waiting)
            self._waiting = batch

    def copy(self, group: Group) -> None:
        self.flush()
        self._writer.copy(self._store.tables(group))

    def flush(self) -> None:
        if self._waiting:
            self._writer.write(self._waiting)
        self._waiting = []


def _chained(waiting: Iterable[Entry], entries: Iterable[Entry]) -> Iterator[Entry]:
    yield from waiting
    yield from entries


def _joined(
    old: Iterable[Entry],
    new: Iterable[Entry],
    known: dict[str, Known],
    merged: Merged,
    refuse: Callable[[Entry, Known], None],
) -> Iterator[Entry]:
    """Old and new documents in the order of ids; a new one takes the place of an old one."""
    seen: Entry | None = None
    for entry in merge(_judged(new, known, merged, refuse), old, key=_ID):  # of equal ids the new one first
        if seen is None or entry.document.id != seen.document.id:
            yield entry
        seen = entry


def _judged(
    new: Iterable[Entry],
    known: dict[str, Known],
    merged: Merged,
    refuse: Callable[[Entry, Known], None],
) -> Iterator[Entry]:
    for entry in new:
        document = entry.document.id
        if document not in known:
            merged.new.append(document)
        else:
            refuse(entry, known[document])
            same = known[document].hash == document_hash(entry.document).hex()
            (merged.same if same else merged.changed).append(document)
        yield entry
