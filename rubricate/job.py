"""The main job: a codebook applied to sources, with every table in one folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from rubricate.codebooks import read_codebook
from rubricate.coding.apply import apply_codebook
from rubricate.coding.passes import CorpusHash, record_pass
from rubricate.coding.settings import Settings
from rubricate.corpus.metadata import find_unmatched, read_metadata
from rubricate.corpus.reader import read_corpus
from rubricate.corpus.readers.raw import ReadOptions
from rubricate.reports.folder import refuse_foreign
from rubricate.reports.write import Record, write_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rubricate.codebooks import Codebook
    from rubricate.corpus.document import Document
    from rubricate.corpus.metadata import Unmatched
    from rubricate.corpus.readers.raw import Skipped
    from rubricate.reports.tally import Tally


@dataclass(frozen=True, slots=True)
class Job:
    """What to apply to what, and where the tables go.

    ``language`` is that of documents whose metadata name none; empty: the codebook's. ``metadata`` is
    a table with a ``document`` column, or empty.
    """

    codebook: str
    sources: tuple[str, ...]
    out: str
    settings: Settings = field(default_factory=Settings)
    language: str = ""
    metadata: str = ""
    options: ReadOptions = field(default_factory=ReadOptions)
    spreadsheet_safe: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job did: the sums of all its tables, what it had to leave out, and the pass's id."""

    codebook: Codebook
    tally: Tally
    skipped: tuple[Skipped, ...]
    unmatched: Unmatched | None
    pass_id: str


def run(job: Job, follow: Callable[[Iterable[Document]], Iterable[Document]] = iter) -> Outcome:
    """Do the job; the folder ``job.out`` is replaced whole or not at all.

    ``follow`` sees the documents go by, to show progress. Raises CodebookError, CorpusError or
    ReportError, each saying in one line where, what and what to do.
    """
    codebook = read_codebook(job.codebook)
    out = Path(job.out)
    refuse_foreign(out)
    metadata = read_metadata(job.metadata, job.options) if job.metadata else None
    skipped: list[Skipped] = []
    names: list[str] = []
    corpus = CorpusHash()
    documents = read_corpus(
        job.sources,
        language=job.language or codebook.language,
        metadata=metadata,
        options=job.options,
        skipped=skipped,
        exclude=[path for path in (job.metadata, job.out, job.codebook) if path],
    )
    pass_ids: list[str] = []

    def record() -> Record:
        done = record_pass(corpus, codebook, job.settings)
        pass_ids.append(done.id)
        files = {"pass.json": done.to_json(), "codebook.yaml": Path(job.codebook).read_bytes()}
        return Record(done.id, files, [(skip.file, skip.reason) for skip in skipped])

    batches = apply_codebook(codebook, _named(follow(corpus.follow(documents)), names), job.settings)
    tally = write_tables(
        out,
        batches,
        codebook,
        settings=job.settings,
        record=record,
        spreadsheet_safe=job.spreadsheet_safe,
    )
    unmatched = find_unmatched(metadata, names) if metadata else None
    return Outcome(codebook, tally, tuple(skipped), unmatched, pass_ids[0])


def _named(documents: Iterable[Document], names: list[str]) -> Iterator[Document]:
    for document in documents:
        names.append(document.id)
        yield document
