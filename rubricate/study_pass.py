"""A coding pass in a study: its codebook over its stored corpus, kept below ``passes/``."""

from __future__ import annotations

import getpass
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from rubricate.codebooks import read_codebook
from rubricate.coding.pass_folders.comparison import compare_passes
from rubricate.coding.pass_folders.folder import find_pass, keep_pass, new_pass
from rubricate.coding.pass_folders.replaying import replay
from rubricate.coding.pass_folders.tables import TablesWriter
from rubricate.coding.passes import CorpusHash, record_pass, record_sample
from rubricate.coding.pipeline_check import check_pipeline
from rubricate.corpus.errors import CorpusError, shown
from rubricate.corpus.storage.answers import keep_answers, recall_answers
from rubricate.corpus.storage.layout import CODEBOOK
from rubricate.corpus.storage.stored import Store
from rubricate.reports.folder import refuse_foreign
from rubricate.reports.tally import tally
from rubricate.reports.write import FORMATS, Record, write_tables
from rubricate.study_coding import code_study
from rubricate.study_pipeline import name_in_study, pipeline_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from rubricate.codebooks import Codebook
    from rubricate.coding.batch import Batch
    from rubricate.coding.pass_folders.comparison import PassComparison
    from rubricate.coding.pass_folders.folder import Pass
    from rubricate.coding.pass_folders.replaying import Replay
    from rubricate.coding.passes import PassRecord
    from rubricate.coding.settings import Settings
    from rubricate.corpus.document import Document
    from rubricate.reports.tally import Tally
    from rubricate.study import Study

    Follow = Callable[[Iterable[Document]], Iterable[Document]]

_MANY = 200
"""From so many documents on a store is rather read as a whole than asked for each."""

PASSES = "passes"
"""The folder of a study that has its coding passes."""


@dataclass(frozen=True, slots=True)
class StudyPass:
    """A pass that was run: the sums of its tables, its folder, how many segments it has, whether it is
    ``new`` or one that was there already, made from the same, and why tables are not in the workbook.
    """

    codebook: Codebook
    tally: Tally
    folder: Pass
    segments: int
    new: bool
    too_large: Mapping[str, str]


def apply_in_study(
    study: Study,
    codebook_file: str,
    settings: Settings,
    follow: Follow = iter,
    *,
    out: str = "",
    spreadsheet_safe: bool = False,
    workers: int = 1,
    formats: Collection[str] = FORMATS[:1],
) -> StudyPass:
    """Apply a codebook (empty: the study's own) to the corpus of a study, and keep the pass.

    ``out`` is a folder for all tables in these ``formats``, or empty; ``workers`` is the number of processes.
    Pass and tables are each written whole or not at all. CodebookError, CorpusError, PassError or ReportError
    say what is wrong.
    """
    if out:
        refuse_foreign(Path(out))
    path = Path(codebook_file) if codebook_file else study.folder / CODEBOOK
    codebook, verbatim = read_codebook(path), path.read_bytes()
    check_pipeline(codebook, settings.pipeline, str(path))
    corpus = CorpusHash()
    too_large: dict[str, str] = {}
    recall_answers(study.folder)
    with new_pass(study.folder / PASSES) as folder, Store(study.folder) as store:
        _refuse_empty(study, store)
        check_pipeline(codebook, settings.pipeline, str(path), _languages(store))
        coded = code_study(
            study.folder, store, codebook, settings, corpus, follow, workers=workers, file=str(path)
        )

        @cache
        def done() -> PassRecord:
            named = name_in_study(settings.pipeline, study.folder)
            return record_sample(record_pass(corpus, codebook, settings, pipeline=named), study.sample)

        def record() -> Record:
            return Record(done().id, {"pass.json": done().to_json(), "codebook.yaml": verbatim})

        write = partial(write_tables, settings=settings, record=record, too_large=too_large)
        write = partial(write, spreadsheet_safe=spreadsheet_safe, formats=formats)
        make = partial(write, Path(out)) if out else tally
        with TablesWriter(folder, codebook) as writer:
            sums = make(_written(coded, writer), codebook)
        kept = keep_pass(folder, done(), verbatim, _run())
        new = not folder.exists()
        if store.worded:
            keep_answers(study.folder)
    return StudyPass(codebook, sums, kept, writer.segments, new, too_large)


def _refuse_empty(study: Study, store: Store) -> None:
    if not store.groups:
        raise CorpusError(
            f"{shown(study.folder)}: the corpus is empty; read documents into it: rubricate corpus add"
        )


def _languages(store: Store) -> set[str]:
    return set(store.column("language"))


def replay_in_study(
    study: Study, named: str, follow: Follow = iter, *, workers: int = 1, pipeline: str = ""
) -> tuple[Pass, Replay]:
    """Run a pass of a study (empty: the last) again, over the corpus as it is now.

    ``pipeline`` is where its pipeline is now, if not where it was.
    """
    one = find_pass(study.folder / PASSES, named)
    pipeline = pipeline or pipeline_of(one, study.folder)
    with Store(study.folder) as store:

        def coded(codebook: Codebook, settings: Settings, corpus: CorpusHash) -> Iterator[Batch]:
            return code_study(
                study.folder, store, codebook, settings, corpus, follow, replays=True, workers=workers
            )

        return one, replay(one, coded, pipeline, _languages(store))


def compare_in_study(study: Study, before: str, after: str, most: int | None = None) -> PassComparison:
    """Compare two passes of a study, with ``most`` examples of each entry (None: all) in context, as far as
    the corpus still has their words.
    """
    one, other = (find_pass(study.folder / PASSES, named) for named in (before, after))
    found = compare_passes(one, other, most)
    with Store(study.folder) as store:
        documents = _documents(store, found.segments.documents())
        return replace(found, segments=found.segments.in_context(documents))


def _documents(store: Store, wanted: Collection[str]) -> dict[str, Document]:
    """Those of some documents that a store has."""
    if len(wanted) > _MANY:
        return {document.id: document for document in store.documents() if document.id in wanted}
    found = {}
    for name in wanted:
        with suppress(CorpusError):
            found[name] = store.document(name)
    return found


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
