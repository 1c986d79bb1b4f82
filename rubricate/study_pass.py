"""A coding pass in a study: its codebook over its stored corpus, kept below ``passes/``."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from rubricate.codebooks import read_codebook
from rubricate.coding.apply import apply_codebook, apply_to_readings, is_near, unmarked
from rubricate.coding.pass_folders.folder import find_pass, keep_pass, new_pass
from rubricate.coding.pass_folders.replaying import replay
from rubricate.coding.pass_folders.tables import TablesWriter
from rubricate.coding.passes import CorpusHash, codebook_hash, record_pass
from rubricate.coding.pipeline_check import check_pipeline
from rubricate.corpus.errors import CorpusError, shown
from rubricate.corpus.storage.layout import CODEBOOK
from rubricate.corpus.storage.marking import stored_marks
from rubricate.corpus.storage.readings import stored_readings
from rubricate.corpus.storage.stored import Store
from rubricate.reports.folder import refuse_foreign
from rubricate.reports.tally import tally
from rubricate.reports.write import Record, write_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rubricate.codebooks import Codebook
    from rubricate.coding.batch import Batch
    from rubricate.coding.pass_folders.folder import Pass
    from rubricate.coding.pass_folders.replaying import Replay
    from rubricate.coding.settings import Settings
    from rubricate.corpus.document import Document
    from rubricate.corpus.reading import Reading
    from rubricate.reports.tally import Tally
    from rubricate.study import Study

    Follow = Callable[[Iterable[Document]], Iterable[Document]]

PASSES = "passes"
"""The folder of a study that has its coding passes."""


@dataclass(frozen=True, slots=True)
class StudyPass:
    """A pass that was run: the sums of its tables, its folder, how many segments it has, and whether it is
    ``new`` or one that was there already, made from the same.
    """

    codebook: Codebook
    tally: Tally
    folder: Pass
    segments: int
    new: bool


def apply_in_study(
    study: Study,
    codebook_file: str,
    settings: Settings,
    follow: Follow = iter,
    *,
    out: str = "",
    spreadsheet_safe: bool = False,
) -> StudyPass:
    """Apply a codebook (empty: the study's own) to the corpus of a study, and keep the pass.

    ``out`` is a folder for all tables, or empty. Pass and tables are each written whole or not at all.
    CodebookError, CorpusError, PassError or ReportError say what is wrong.
    """
    if out:
        refuse_foreign(Path(out))
    path = Path(codebook_file) if codebook_file else study.folder / CODEBOOK
    codebook, verbatim = read_codebook(path), path.read_bytes()
    check_pipeline(codebook, settings.pipeline, str(path))
    corpus = CorpusHash()
    with new_pass(study.folder / PASSES) as folder, Store(study.folder) as store:
        if not store.groups:
            raise CorpusError(
                f"{shown(study.folder)}: the corpus is empty; read documents into it: rubricate corpus add"
            )
        coded = _coded(study, store, codebook, settings, corpus, follow)

        def record() -> Record:
            done = record_pass(corpus, codebook, settings)
            return Record(done.id, {"pass.json": done.to_json(), "codebook.yaml": verbatim})

        with TablesWriter(folder, codebook) as writer:
            batches = _written(coded, writer)
            if out:
                sums = write_tables(
                    Path(out),
                    batches,
                    codebook,
                    settings=settings,
                    record=record,
                    spreadsheet_safe=spreadsheet_safe,
                )
            else:
                sums = tally(batches, codebook)
        kept = keep_pass(folder, record_pass(corpus, codebook, settings), verbatim, _run())
        new = not folder.exists()
    return StudyPass(codebook, sums, kept, writer.segments, new)


def _coded(
    study: Study,
    store: Store,
    codebook: Codebook,
    settings: Settings,
    corpus: CorpusHash,
    follow: Follow,
    *,
    mark_duplicates: bool = True,
) -> Iterator[Batch]:
    """The corpus, coded; where its words are stored, texts are read only where something is found."""
    mark_duplicates |= settings.duplicates != "keep"
    if not store.worded:
        documents = follow(corpus.follow(store.documents()))
        return apply_codebook(codebook, documents, settings, mark_duplicates=mark_duplicates)
    for known in store.known():
        corpus.count(known.hash, known.encoding)
    mark = unmarked
    if mark_duplicates:
        kept = stored_marks(
            study.folder,
            store,
            settings.unit,
            settings.parts,
            near=is_near(settings),
            language=codebook.language,
        )
        mark = kept.mark
    return apply_to_readings(codebook, _followed(stored_readings(store), follow), settings, mark)


def _followed(readings: Iterable[Reading], follow: Follow) -> Iterator[Reading]:
    """The readings; ``follow`` sees all their documents go by as one stream."""
    waiting: list[Reading] = []

    def documents() -> Iterator[Document]:
        for reading in readings:
            waiting.append(reading)
            yield from reading.documents

    for document in follow(documents()):
        if document is waiting[0].documents[-1]:
            yield waiting.pop()


def replay_in_study(study: Study, named: str, follow: Follow = iter) -> tuple[Pass, Replay]:
    """Run a pass of a study (empty: the last) again, over the corpus as it is now."""
    one = find_pass(study.folder / PASSES, named)
    with Store(study.folder) as store:

        def coded(codebook: Codebook, settings: Settings, corpus: CorpusHash) -> Iterator[Batch]:
            return _coded(study, store, codebook, settings, corpus, follow, mark_duplicates=False)

        return one, replay(one, coded)


def is_older_than_codebook(study: Study, one: Pass) -> bool:
    """Whether the study's codebook says something else now than when a pass was made."""
    codebook = read_codebook(study.folder / CODEBOOK)
    same: bool = one.content["codebook"]["sha256"] == codebook_hash(codebook)
    return not same


def _written(batches: Iterable[Batch], writer: TablesWriter) -> Iterator[Batch]:
    """The batches; each is written on its way."""
    for batch in batches:
        writer.write(batch)
        yield batch


def _run() -> dict[str, str]:
    """When and by whom a pass is made, and with which version: no part of its id."""
    try:
        person = getpass.getuser()
    except (KeyError, OSError):  # nobody is logged in
        person = ""
    return {
        "time": datetime.now(UTC).astimezone().isoformat(timespec="seconds"),
        "person": person,
        "rubricate": version("rubricate"),
    }
