"""The corpus of a study, coded a row group at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from rubricate.coding.apply import NEAR, apply_codebook, unmarked
from rubricate.coding.reuse.coding import ReusingCoder
from rubricate.coding.reuse.keeping import find_kept, keeping, read_kept
from rubricate.coding.rules.variables import names_asked, refuse_unknown
from rubricate.corpus.errors import CorpusError, shown
from rubricate.corpus.storage.answers import recall_answers
from rubricate.corpus.storage.marking import stored_marks
from rubricate.corpus.storage.readings import read_group, stored_documents
from rubricate.corpus.storage.stored import Store
from rubricate.workers import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from rubricate.codebooks import Codebook
    from rubricate.coding.apply import Mark
    from rubricate.coding.batch import Batch
    from rubricate.coding.passes import CorpusHash
    from rubricate.coding.reuse.keeping import Kept
    from rubricate.coding.settings import Settings
    from rubricate.corpus.document import Document
    from rubricate.corpus.storage.stored import Group
    from rubricate.workers import Note

    Follow = Callable[[Iterable[Document]], Iterable[Document]]


def code_study(
    study: Path,
    store: Store,
    codebook: Codebook,
    settings: Settings,
    corpus: CorpusHash,
    follow: Follow,
    *,
    replays: bool = False,
    workers: int = 1,
    file: str = "codebook.yaml",
) -> Iterator[Batch]:
    """The documents of the store, coded; ``corpus`` has their hash when the first batch comes.

    Where their words are stored, texts are read only where something is found; and of what an earlier pass
    found, only that is looked for which has changed since. ``replays``: nothing is taken from earlier passes,
    nor are duplicates marked that count for all that. ``workers`` is the number of processes, ``file`` the
    codebook's in messages. CodebookError where ``only_in`` names a variable that no document
    of the store has.
    """
    _refuse_unknown_variables(store, codebook, file)
    marked = not replays or settings.duplicates != "keep"
    if not store.worded:
        documents = follow(corpus.follow(store.documents()))
        yield from apply_codebook(codebook, documents, settings, mark_duplicates=marked, file=file)
        return
    for group in store.groups:
        for one, encoding in zip(*group.columns("hash", "encoding"), strict=True):
            corpus.count(one, encoding)
    keys = _keys(store, settings)
    kept = () if replays else find_kept(study, codebook, settings, keys)
    work = _Work(
        study,
        codebook,
        settings,
        mark=marking(study, store, codebook, settings) if marked else unmarked,
        kept=kept,
        keys=keys,
    )
    batches = _batches(work, store, min(workers, len(store.groups)))
    with keeping(study, codebook, settings, keys, kept) as keep:
        for key, batch in zip(keys, followed(batches, follow), strict=True):
            keep(key, batch)
            yield batch


def _refuse_unknown_variables(store: Store, codebook: Codebook, file: str) -> None:
    """Raise CodebookError before anything is coded: a store knows the variables of its documents."""
    if store.groups and names_asked(codebook):
        refuse_unknown(codebook, (name for row in store.rows() for name in row["variables"]), file)


def _batches(work: _Work, store: Store, workers: int) -> Iterator[Batch]:
    """Each row group, coded here or by so many processes; these send no documents, for they are stored."""
    if workers < 2:
        yield from (work.code(store, group) for group in store.groups)
        return
    coded = in_order(work, range(len(store.groups)), workers)
    for group, batch in zip(store.groups, coded, strict=True):
        yield replace(batch, documents=tuple(stored_documents(store, group)))


@dataclass(frozen=True)
class _Work:
    """A pass that codes row group by row group.

    ``mark`` gives the duplicates, ``kept`` are the files with what earlier passes found, ``keys`` belong to
    the row groups.
    """

    study: Path
    codebook: Codebook
    settings: Settings
    mark: Mark
    kept: Kept
    keys: list[str]

    def __call__(self, number: int, note: Note) -> Batch:
        """Code a row group in a process of its own; the batch comes without the documents."""
        group = self._store.groups[number]
        names = group.column("document")
        note(f"documents {names[0]!r} to {names[-1]!r}")
        return replace(self.code(self._store, group), documents=())

    def code(self, store: Store, group: Group) -> Batch:
        """Code a row group."""
        return self._coder.code(read_group(store, group), self.keys[group.number])

    @cached_property
    def _coder(self) -> ReusingCoder:
        return ReusingCoder(self.codebook, self.settings, self.mark, read_kept(self.kept))

    @cached_property
    def _store(self) -> Store:
        recall_answers(self.study)
        store = Store(self.study)
        if not store.worded or _keys(store, self.settings) != self.keys:
            raise CorpusError(
                f"{shown(self.study)}: the corpus was changed meanwhile; give the command again"
            )
        return store


def marking(study: Path, store: Store, codebook: Codebook, settings: Settings) -> Mark:
    """What gives the duplicates of a store of which the words are stored, as the study keeps them."""
    near, unit, parts = NEAR[settings.duplicates], settings.unit, settings.parts
    return stored_marks(study, store, unit, parts, near=near, language=codebook.language).mark


def _keys(store: Store, settings: Settings) -> list[str]:
    """For each row group the hash of what is found in it depends on, besides the codebook.

    Where duplicates do not count, that is the whole corpus.
    """
    everything = "".join(store.column("hash")) if settings.duplicates != "keep" else ""
    groups = ("".join(group.column("hash")) for group in store.groups)
    return [sha256(f"{group} {everything}".encode()).hexdigest() for group in groups]


def followed(batches: Iterable[Batch], follow: Follow) -> Iterator[Batch]:
    """The batches; ``follow`` sees all their documents go by as one stream."""
    waiting: list[Batch] = []

    def documents() -> Iterator[Document]:
        for batch in batches:
            waiting.append(batch)
            yield from batch.documents

    for document in follow(documents()):
        if document is waiting[0].documents[-1]:
            yield waiting.pop()
