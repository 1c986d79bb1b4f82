"""Sources are added to a study's corpus; of what was added before, only what changed is read again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.metadata.merging import Misfits
from rubricate.corpus.sources import first_reasons
from rubricate.corpus.spool import Spool
from rubricate.corpus.storage.context import Context, context_of, read_decisions
from rubricate.corpus.storage.copies import copy_file
from rubricate.corpus.storage.finding import Finding
from rubricate.corpus.storage.incoming import Incoming, Watch
from rubricate.corpus.storage.layout import CORPUS
from rubricate.corpus.storage.merging import Merged, merge_into
from rubricate.corpus.storage.owning import Owners
from rubricate.corpus.storage.planning import Plan
from rubricate.corpus.storage.record import write_record
from rubricate.corpus.storage.recording import next_record
from rubricate.corpus.storage.replacing import changing, replacing
from rubricate.corpus.storage.skipping import skipped_in, write_skipped
from rubricate.corpus.storage.stored import Store, write_summary
from rubricate.corpus.storage.writing import Writer
from rubricate.corpus.study.tables import same_form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rubricate.corpus.readers.raw import Skipped
    from rubricate.corpus.storage.context import Decisions
    from rubricate.corpus.storage.record import How, Origin, Place, Record

_HELD = 16 * 1024**2
"""How many characters of tables wait in memory."""

_WATCH = Watch()
_NOTHING: Mapping[str, bytes] = {}


@dataclass(frozen=True, slots=True)
class Added:
    """What adding did: ids of documents that are ``new`` and that ``changed``, and how many files are
    ``unchanged``.

    Documents ``vanished`` from their file, or are ``outdated`` because it can no longer be read; files are
    ``gone`` from their place: the documents stay. What was ``skipped``, what of the variables does not fit
    together, the ``warnings`` of readers by document, and the documents that are ``left_out`` because they
    were removed before.
    """

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: int = 0
    vanished: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    misfits: Misfits = field(default_factory=Misfits)
    warnings: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()


def add_sources(
    study: Path, arguments: Sequence[str], how: How, fallback: str = "en", watch: Watch = _WATCH
) -> Added:
    """Add files, folders and globs to the corpus of a study, read in one way.

    A file that was added before is read again only if it, the way of reading, its metadata or the study's
    decisions about it changed. The corpus is replaced whole or not at all. ``fallback`` is the language of
    documents whose language nobody names and of which no guess is sure. CorpusError where a source cannot be
    read or an id is taken.
    """
    with changing(study), _Adding(study, fallback, watch) as adding:
        adding.finding.add(arguments, how)
        return adding.carry_out()


def refresh(study: Path, fallback: str = "en", watch: Watch = _WATCH) -> Added:
    """Look again at all files that were ever added, each read in its way, as add_sources does."""
    with changing(study), _Adding(study, fallback, watch) as adding:
        adding.finding.all_again()
        return adding.carry_out()


def rebuild(
    study: Path, fallback: str, decisions: Decisions, files: Mapping[str, bytes], watch: Watch = _WATCH
) -> Added:
    """Make the documents anew about which the study has decided something since; sources are not looked at.

    ``files`` are written into ``corpus`` together with the result. The caller holds the lock of ``changing``.
    """
    with _Adding(study, fallback, watch, decisions) as adding:
        return adding.carry_out(files)


def restore_documents(
    study: Path, names: Sequence[str], fallback: str = "en", watch: Watch = _WATCH
) -> Added:
    """Put documents back that ``remove_documents`` took out; CorpusError where one was not, or is no longer
    in its source.
    """
    with changing(study), _Adding(study, fallback, watch) as adding:
        adding.restore(names)
        return adding.carry_out()


class _Adding:
    """One addition to a corpus: what is known of it, and what is found on the way."""

    def __init__(self, study: Path, fallback: str, watch: Watch, decisions: Decisions | None = None) -> None:
        self._study, self._fallback, self._watch = study, fallback, watch
        self._decisions = decisions or read_decisions(study)
        self._store = Store(study)
        self._known = tuple(self._store.known())
        self._record = self._store.record
        self._plan = Plan(study, self._record)
        self._restored: tuple[Place, ...] = ()
        self.finding = Finding(study, self._record, self._plan)

    def __enter__(self) -> _Adding:
        return self

    def __exit__(self, *error: object) -> None:
        self._store.close()

    def restore(self, names: Sequence[str]) -> None:
        """Plan to put documents back that were removed."""
        removed = {same_form(place.document): place for place in self._record.removed}
        for name in names:
            if same_form(name) not in removed:
                there = ", ".join(list(removed)[:4])
                raise CorpusError(
                    f"document {name!r} was not removed; {f'removed are {there}' if there else 'none was'}"
                )
        self._restored = tuple(removed[same_form(name)] for name in dict.fromkeys(names))
        rest = (place for place in self._record.removed if place not in self._restored)
        self._record = replace(self._record, removed=tuple(rest))
        for place in self._restored:
            self._plan.read_copy(self._plan.origins[place.stored, place.member])

    def carry_out(self, files: Mapping[str, bytes] = _NOTHING) -> Added:
        """Read what is to be read, and write the next corpus, with ``files``, if it is another, or if the
        words of the one that is there are not stored as they are told today.
        """
        contexts = self._contexts()
        self._plan.again(self._store, contexts)
        writes = bool(self._plan.read or (self._store.groups and not self._store.worded))
        with Spool(_HELD) as spool:
            incoming = Incoming(self._decisions.changes(), self._record.removed, self._watch, spool)
            merged = self._write(incoming, contexts, files) if writes else Merged()
        record = self._next_record(incoming)
        if not writes and (files or record != self._store.record):
            with replacing(self._study) as new:
                _write_about(new / CORPUS, record, files)
        return self._told(record, incoming, merged, contexts)

    def _contexts(self) -> dict[int, Context]:
        """The ways of reading by place, but for those that no file needs, and those that are not needed now
        and whose metadata are gone.
        """
        files: dict[int, list[Origin]] = {}
        for origin in self._plan.origins.values():
            files.setdefault(origin.how, []).append(origin)
        contexts = {}
        for number, origins in files.items():
            how = self._plan.hows[number]
            if number in self._plan.read or not how.metadata or (self._study / how.metadata).is_file():
                contexts[number] = context_of(how, self._study, self._fallback, self._decisions, origins)
        return contexts

    def _write(
        self, incoming: Incoming, contexts: Mapping[int, Context], files: Mapping[str, bytes]
    ) -> Merged:
        vanished = {place.document for place in self._record.vanished}
        owners = Owners(self._study, self._plan.origins, self._known, vanished)
        with replacing(self._study) as new:
            with Writer(new / CORPUS, self._store.vocabulary) as writer:
                entries = incoming.entries(self._plan.read, contexts)
                merged = merge_into(writer, self._store, entries, check=owners.check)
            self._store.close()  # some systems replace no file that is open
            record = self._next_record(incoming)
            self._refuse_nothing(writer.documents, incoming, record)
            self._copy_files(new, incoming)
            write_summary(new / CORPUS, writer)
            _write_about(new / CORPUS, record, files)
        return merged

    def _next_record(self, incoming: Incoming) -> Record:
        refused = self.finding.refused()
        return next_record(self._record, self._plan, incoming, self._known, refused, self._study)

    def _refuse_nothing(self, documents: int, incoming: Incoming, record: Record) -> None:
        """CorpusError where the corpus would have no document, or where one to be put back did not come."""
        if not documents and not self._record.removed:
            raise CorpusError(f"no document could be read; {first_reasons(skipped_in(record))}")
        for place in self._restored:
            if place.document not in incoming.came.get((place.stored, place.member), ()):
                raise CorpusError(f"document {place.document!r} is no longer in its source")

    def _copy_files(self, new: Path, incoming: Incoming) -> None:
        """Copy the files that could be read, those of an archive once."""
        origins = {key[0]: self._plan.origins[key] for key in incoming.came}
        for stored, path in self._plan.fresh.items():
            if stored in origins:
                copy_file(path, self._study, new, origins[stored])

    def _told(
        self, record: Record, incoming: Incoming, merged: Merged, contexts: Mapping[int, Context]
    ) -> Added:
        """What the person is told."""
        origins, vanished = record.by_key(), tuple(place.document for place in record.vanished)
        keys = {known.document: known.key for known in self._known}
        stale = {name for name, key in keys.items() if origins[key].copied != origins[key].sha256}
        asked = (contexts[way].metadata for way in self.finding.ways if way in contexts)
        rows = {row for metadata in asked if metadata for row in metadata.rows}
        known = (*keys, *merged.new, *(place.document for place in record.removed))
        incoming.misfits.rows = sorted(rows.difference(map(same_form, known)))
        return Added(
            new=tuple(merged.new),
            changed=tuple(merged.changed),
            unchanged=len(self._plan.unchanged),
            vanished=vanished,
            gone=self.finding.gone(set(keys.values())),
            outdated=tuple(sorted(stale.difference(vanished, incoming.left_out))),
            skipped=self.finding.skipped(record),
            misfits=incoming.misfits,
            warnings=tuple(incoming.warnings),
            left_out=tuple(incoming.left_out),
        )


def _write_about(folder: Path, record: Record, files: Mapping[str, bytes]) -> None:
    """Write all but the documents into a folder."""
    write_record(folder, record)
    write_skipped(folder, record)
    for name, data in files.items():
        (folder / name).write_bytes(data)
