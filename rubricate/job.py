"""The main job: a codebook applied to sources, with every table in one folder."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rubricate.codebooks import CodebookError, read_codebook
from rubricate.codebooks.errors import Problem
from rubricate.coding.apply import apply_codebook
from rubricate.coding.passes import CorpusHash, record_pass
from rubricate.coding.pipeline_check import check_pipeline, watch_languages
from rubricate.coding.settings import Settings
from rubricate.corpus.errors import CorpusError, shown
from rubricate.corpus.making import LIFTED
from rubricate.corpus.metadata.files import read_metadata
from rubricate.corpus.metadata.merging import Misfits
from rubricate.corpus.metadata.names import parse_pattern
from rubricate.corpus.reader import read_corpus
from rubricate.corpus.readers.raw import ReadOptions
from rubricate.corpus.study.changes import StudyChanges
from rubricate.corpus.study.corrections import read_corrections
from rubricate.corpus.study.repair_rows import read_repairs
from rubricate.making import make_documents
from rubricate.reports.columns import columns_of
from rubricate.reports.errors import ReportError
from rubricate.reports.folder import refuse_foreign
from rubricate.reports.write import FORMATS, Record, write_tables
from rubricate.scripts import Foreign, watch_scripts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from rubricate.codebooks import Codebook
    from rubricate.corpus.document import Document
    from rubricate.corpus.readers.raw import Skipped
    from rubricate.reports.tally import Tally


_SUFFIXES = re.compile(r"(?:\.[ct]sv)?(?:\.gz)?$")


@dataclass(frozen=True, slots=True)
class Job:
    """What to apply to what, and where the tables go.

    ``language`` is that of documents whose metadata name none; empty: it is guessed, and where no guess is
    sure it is the codebook's. ``metadata`` is
    a table with a ``document`` column or a bibliography, or empty; so are ``repairs`` and ``corrections``,
    the tables in which a study decides about words, parts and borders of its texts. ``name_pattern`` says
    which variables stand in the names of files. ``spreadsheet_safe`` changes how tables are shown, not what
    they hold, and so not the pass's id; nor do ``formats``, some of ``reports.write.FORMATS``, and
    ``workers``, the number of processes.
    """

    codebook: str
    sources: tuple[str, ...]
    out: str
    settings: Settings = field(default_factory=Settings)
    language: str = ""
    metadata: str = ""
    name_pattern: str = ""
    repairs: str = ""
    corrections: str = ""
    options: ReadOptions = field(default_factory=ReadOptions)
    spreadsheet_safe: bool = False
    workers: int = 1
    formats: tuple[str, ...] = FORMATS[:1]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job did: the sums of all its tables, what it had to leave out, what of its variables does not
    fit together, which rows of the study's own tables were of no use (a line each), which documents are in
    another script than that of their language, and the pass's id.
    """

    codebook: Codebook
    tally: Tally
    skipped: tuple[Skipped, ...]
    misfits: Misfits
    without_use: tuple[str, ...]
    foreign: tuple[Foreign, ...]
    pass_id: str
    too_large: Mapping[str, str] = field(default_factory=dict)


def run(job: Job, follow: Callable[[Iterable[Document]], Iterable[Document]] = iter) -> Outcome:
    """Do the job; the folder ``job.out`` is replaced whole or not at all.

    ``follow`` sees the documents go by, to show progress. Raises CodebookError, CorpusError or
    ReportError, each saying in one line where, what and what to do.
    """
    codebook, verbatim = _read_codebook(job.codebook)
    check_pipeline(codebook, job.settings.pipeline, job.codebook)
    refuse_foreign(Path(job.out))
    _refuse_overlap(job)
    study = _read_study(job)
    changes = read_changes(job.repairs, job.corrections, job.options)
    skipped: list[Skipped] = []
    misfits, corpus = Misfits(), CorpusHash()
    found = _documents(job, codebook.language, changes, skipped, misfits)
    documents = watch_languages(codebook, job.settings.pipeline, job.codebook, found)
    foreign: list[Foreign] = []
    recorded: list[Record] = []
    too_large: dict[str, str] = {}

    def record() -> Record:
        done = record_pass(corpus, codebook, job.settings, study)
        files = {"pass.json": done.to_json(), "codebook.yaml": verbatim, **study}
        recorded.append(Record(done.id, files, [(skip.file, skip.reason) for skip in skipped]))
        return recorded[0]

    tally = write_tables(
        Path(job.out),
        apply_codebook(
            codebook,
            follow(watch_scripts(corpus.follow(documents), foreign)),
            job.settings,
            file=job.codebook,
        ),
        codebook,
        settings=job.settings,
        record=record,
        spreadsheet_safe=job.spreadsheet_safe,
        formats=job.formats,
        too_large=too_large,
    )
    idle = tuple(changes.without_use(tally.documents))
    told = (tuple(skipped), misfits, idle, tuple(foreign))
    return Outcome(codebook, tally, *told, recorded[0].pass_id, too_large)


def _documents(
    job: Job, fallback: str, changes: StudyChanges, skipped: list[Skipped], misfits: Misfits
) -> Iterator[Document]:
    """The documents of the job; what is wrong with its metadata is said before any is read."""
    pattern = parse_pattern(job.name_pattern) if job.name_pattern else None
    metadata = read_metadata(job.metadata, job.options) if job.metadata else None
    _refuse_clashes((*(metadata.columns if metadata else ()), *(pattern.names if pattern else ())))
    return read_corpus(
        job.sources,
        language=job.language,
        fallback=fallback,
        metadata=metadata,
        name_pattern=pattern,
        options=job.options,
        changes=changes,
        skipped=skipped,
        misfits=misfits,
        exclude=[
            path for path in (job.metadata, job.repairs, job.corrections, job.out, job.codebook) if path
        ],
        make=partial(make_documents, workers=job.workers) if job.workers > 1 else None,
    )


def read_changes(repairs: str, corrections: str, options: ReadOptions) -> StudyChanges:
    """What a study has decided about its texts; either file may be missing (an empty path)."""
    return StudyChanges(
        read_repairs(repairs, options) if repairs else None,
        read_corrections(corrections, options) if corrections else None,
    )


def _read_codebook(path: str) -> tuple[Codebook, bytes]:
    """The codebook, and its file as it was applied: a copy of it goes into the result."""
    if _is_pipe(path):
        problem = "is no file that can be read twice; save the codebook as a file and name that"
        raise CodebookError([Problem(path, 0, 0, problem)])
    return read_codebook(path), Path(path).read_bytes()


def _read_study(job: Job) -> dict[str, bytes]:
    """The files in which the study decides about its texts, by the names under which copies go into the
    result; what cannot be read is left to those who read it for its rows.
    """
    files = {}
    for name, path in (("repairs", job.repairs), ("corrections", job.corrections)):
        if path and _is_pipe(path):
            raise CorpusError(f"{shown(path)}: is no file that can be read twice; save it as a file")
        with suppress(OSError):
            if path:
                files[name + _SUFFIXES.findall(path.lower())[0]] = Path(path).read_bytes()
    return files


def _refuse_clashes(variables: Iterable[str]) -> None:
    """Raise ReportError where a variable has the name of another column, before hours of work."""
    columns_of("documents", [name for name in dict.fromkeys(variables) if name not in LIFTED])


def _is_pipe(path: str) -> bool:
    return Path(path).exists() and not Path(path).is_file() and not Path(path).is_dir()


def _refuse_overlap(job: Job) -> None:
    """Raise ReportError where the tables would come to lie among the texts, or replace what is read.

    Tables that lie in a folder of texts would be read as texts the next time.
    """
    out = Path(os.path.realpath(job.out))
    for source in job.sources:
        path = Path(os.path.realpath(source))
        if path.is_dir() and out.is_relative_to(path):
            raise ReportError(
                f"{shown(job.out)}: lies in {shown(source)}, and next time its tables would be read as "
                f"texts: name a folder outside, or only the files to be read"
            )
    for read in (*job.sources, job.metadata, job.repairs, job.corrections):
        if read and Path(os.path.realpath(read)).is_relative_to(out):
            raise ReportError(
                f"{shown(job.out)}: holds {shown(read)}, which is to be read: name another folder"
            )
