"""Sources are added to a study's corpus; of what was added before, only what changed is read again."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from heapq import merge
from operator import attrgetter
from typing import TYPE_CHECKING

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.making import make_document
from rubricate.corpus.metadata.merging import Misfits, add_variables
from rubricate.corpus.reader import language_of
from rubricate.corpus.readers.raw import Skipped, SourceFile
from rubricate.corpus.source_order import in_order
from rubricate.corpus.sources import find_sources
from rubricate.corpus.spool import Spool
from rubricate.corpus.storage.context import Context, context_of, read_decisions
from rubricate.corpus.storage.copies import copy_files
from rubricate.corpus.storage.layout import CORPUS, PRIVATE
from rubricate.corpus.storage.merging import Merged, merge_into
from rubricate.corpus.storage.planning import Plan, copy_of, plan_again, plan_files
from rubricate.corpus.storage.record import Origin, read_record, write_record
from rubricate.corpus.storage.replacing import changing, finish, replacing
from rubricate.corpus.storage.skipping import read_skipped, write_skipped
from rubricate.corpus.storage.stored import Store, write_summary
from rubricate.corpus.storage.writing import Entry, Writer
from rubricate.corpus.study.tables import same_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from rubricate.corpus.document import Document, Source
    from rubricate.corpus.storage.record import How, Record
    from rubricate.corpus.storage.stored import Known

    Follow = Callable[[Iterable[Document]], Iterable[Document]]

_ID = attrgetter("document.id")


@dataclass(frozen=True, slots=True)
class Added:
    """What adding did: ids of documents that are ``new``, that ``changed``, and ``vanished``, which are no
    longer in their file but stay; ``unchanged`` files, ``gone`` ones (which are no longer where they were;
    their documents stay), what was ``skipped``, what of the variables does not fit together, the
    ``warnings`` of readers by document, and the documents ``left_out`` because they were removed before.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    vanished: tuple[str, ...]
    unchanged: int
    gone: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    misfits: Misfits
    warnings: tuple[tuple[str, str], ...]
    left_out: tuple[str, ...]


def add_sources(
    study: Path,
    arguments: Sequence[str],
    how: How,
    *,
    follow: Follow = iter,
    expect: Callable[[int], object] = int,
) -> Added:
    """Add files, folders and globs to the corpus of a study, read in one way.

    A file that was added before is read again only if it, the way of reading, its metadata or the study's
    decisions about it changed. The corpus is replaced whole or not at all. ``follow`` sees the documents go
    by and ``expect`` is told how many to expect, to show progress. CorpusError where a source cannot be read
    or an id is taken.
    """
    with changing(study):
        return _Adding(study, follow, expect).add(arguments, how)


def refresh(study: Path, *, follow: Follow = iter, expect: Callable[[int], object] = int) -> Added:
    """Look again at all files that were ever added, each read in its way, as add_sources does."""
    with changing(study):
        return _Adding(study, follow, expect).refresh()


def rebuild(study: Path) -> Added:
    """Make the documents anew about which the study has decided something since; sources are not looked at.

    The caller holds the lock of ``changing``.
    """
    return _Adding(study, iter, int).rebuild()


def restore_documents(study: Path, names: Sequence[str]) -> Added:
    """Put documents back that ``remove_documents`` took out; CorpusError where one was not."""
    with changing(study):
        return _Adding(study, iter, int).restore(names)


class _Adding:
    """One addition to a corpus: what is known of it, and what is found on the way."""

    def __init__(self, study: Path, follow: Follow, expect: Callable[[int], object]) -> None:
        self._study, self._corpus = study, study / CORPUS
        self._follow, self._expect = follow, expect
        finish(self._corpus)
        self._record = read_record(self._corpus)
        self._decisions = read_decisions(self._corpus)
        self._changes = self._decisions.changes()
        self._plan = Plan(list(self._record.hows), self._record.by_copy())
        self._gone: set[str] = set()
        self._skipped_before = read_skipped(self._corpus)
        self._skipped: list[Skipped] = []
        self._misfits = Misfits()
        self._warnings: list[tuple[str, str]] = []
        self._left_out: list[str] = []
        self._came: dict[tuple[str, str], set[str]] = {}

    def add(self, arguments: Sequence[str], how: How) -> Added:
        """Add what the arguments lead to."""
        exclude = [self._study / name for name in (*PRIVATE, *([how.metadata] if how.metadata else []))]
        files = find_sources(arguments, self._skipped, exclude=exclude)
        plan_files(self._plan, self._study, self._record, files, how)
        return self._carry_out()

    def refresh(self) -> Added:
        """Look again at all files."""
        by_how: dict[int, list[SourceFile]] = {}
        for origin in self._record.origins:
            path = self._study / origin.path
            if path.is_file():
                file = SourceFile(path, origin.file, origin.id, origin.extension, member=origin.member)
                by_how.setdefault(origin.how, []).append(file)
            else:
                self._gone.add(origin.path)
        for number, files in by_how.items():
            plan_files(self._plan, self._study, self._record, files, self._record.hows[number])
        return self._carry_out()

    def rebuild(self) -> Added:
        """Look only at what the study decided."""
        return self._carry_out()

    def restore(self, names: Sequence[str]) -> Added:
        """Put documents back that were removed."""
        removed = {same_form(one.document): one for one in self._record.removed}
        for name in names:
            if same_form(name) not in removed:
                there = f"there are {', '.join(sorted(removed))}" if removed else "none was removed"
                raise CorpusError(f"document {name!r} was not removed; {there}")
            one = removed.pop(same_form(name))
            origin = self._plan.origins[one.stored, one.member]
            self._plan.read[origin.how].append((copy_of(self._study, origin), origin))
        self._record = replace(self._record, removed=tuple(removed.values()))
        return self._carry_out()

    def _carry_out(self) -> Added:
        """Read what is to be read, and write the next corpus."""
        with Store(self._corpus) as store:
            contexts = self._contexts()
            plan_again(self._plan, self._study, store, contexts)
            merged = self._write(store, contexts) if self._plan.read else Merged()
            vanished = tuple(self._vanished(store))
            ids = {known.document for group in store.groups for known in group.documents}
        if not self._plan.read:
            self._write_what_changed()
        self._misfits.rows = [row for row in self._misfits.rows if row not in set(map(same_form, ids))]
        unchanged = frozenset(self._plan.unchanged)
        before = (skip for skip in self._skipped_before if skip.file in unchanged)
        return Added(
            new=tuple(merged.new),
            changed=tuple(merged.changed),
            vanished=vanished,
            unchanged=len(unchanged),
            gone=tuple(sorted(self._gone)),
            skipped=tuple({(skip.file, skip.document): skip for skip in (*before, *self._skipped)}.values()),
            misfits=self._misfits,
            warnings=tuple(self._warnings),
            left_out=tuple(self._left_out),
        )

    def _write_what_changed(self) -> None:
        """Write the record and the list of what was skipped, if they changed although nothing was read."""
        touched = self._plan.origins != self._record.by_copy()  # files were only touched or moved
        if touched or set(self._all_skipped()) != set(self._skipped_before):
            with replacing(self._corpus) as new:
                write_record(new, self._next_record())
                write_skipped(new, self._all_skipped())

    def _all_skipped(self) -> list[Skipped]:
        """What could not be read before and was not looked at now, and what cannot be read now."""
        now = {origin.file for files in self._plan.read.values() for _, origin in files}
        now |= {skip.file for skip in self._skipped}
        return [*(skip for skip in self._skipped_before if skip.file not in now), *self._skipped]

    def _contexts(self) -> dict[int, Context]:
        """The ways of reading by place, but for those that are not needed and whose metadata are gone."""
        contexts = {}
        for number, how in enumerate(self._plan.hows):
            if number in self._plan.read or not how.metadata or (self._study / how.metadata).is_file():
                files = [one for one in self._plan.origins.values() if one.how == number]
                contexts[number] = context_of(how, self._study, self._decisions, files)
        return contexts

    def _write(self, store: Store, contexts: dict[int, Context]) -> Merged:
        with replacing(self._corpus) as new, Spool() as spool:
            read = self._plan.read.items()
            streams = [self._entries(files, contexts[number], spool) for number, files in read]
            with Writer(new) as writer:
                merged = merge_into(writer, store, _each_once(merge(*streams, key=_ID)), refuse=_refuse_other)
            write_summary(new, writer)
            write_record(new, self._next_record())
            write_skipped(new, self._all_skipped())
            copy_files(self._study, self._plan.fresh)
        return merged

    def _entries(
        self, files: Sequence[tuple[SourceFile, Origin]], context: Context, spool: Spool
    ) -> Iterator[Entry]:
        """The documents of some files that are read in one way, in the order of their ids."""
        how, origins, removed = context.how, dict(files), {one.document for one in self._record.removed}
        places: deque[Origin] = deque()

        def sources() -> Iterator[Source]:
            for file, source in in_order(origins, self._skipped, how.options, spool, self._expect):
                if source.id in removed:
                    self._left_out.append(source.id)
                else:
                    places.append(origins[file])
                    yield source

        named = add_variables(sources(), context.metadata, context.pattern, self._misfits)
        made = (
            make_document(source, language_of(source, how.language, how.fallback), self._changes)
            for source in named
        )
        for document in self._follow(made):
            origin = places.popleft()
            self._came.setdefault((origin.stored, origin.member), set()).add(document.id)
            self._warnings += ((document.id, warning) for warning in document.warnings)
            yield Entry(document, origin.stored, origin.member, context.inputs(document.id))

    def _next_record(self) -> Record:
        return replace(self._record, hows=tuple(self._plan.hows), origins=tuple(self._plan.origins.values()))

    def _vanished(self, store: Store) -> Iterator[str]:
        """Documents that were in a file that was read again, and are no longer."""
        read = {(one.stored, one.member) for files in self._plan.read.values() for _, one in files}
        for group in store.groups:
            for known in group.documents:
                place = (known.source, known.member)
                if place in read and known.document not in self._came.get(place, ()):
                    yield known.document


def _each_once(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries; CorpusError where two have one id."""
    before: Entry | None = None
    for entry in entries:
        if before and before.document.id == entry.document.id:
            raise CorpusError(
                f"document {entry.document.id!r} is in two sources, {before.source} and {entry.source}; "
                "rename one"
            )
        yield entry
        before = entry


def _refuse_other(entry: Entry, known: Known) -> None:
    if (entry.source, entry.member) != (known.source, known.member):
        raise CorpusError(
            f"document {known.document!r} is already in the corpus, from {known.source}; rename the file, or "
            f"remove that one first: rubricate corpus remove {known.document}"
        )
