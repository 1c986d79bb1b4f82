"""The main job's last step: all tables of a coding pass in one folder."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rubricate.reports.cleaning import cleaning
from rubricate.reports.columns import TABLES, WITH_VARIABLES, columns_of, frame
from rubricate.reports.cooccurrence import cooccurrence, cooccurrence_matrix
from rubricate.reports.csv_table import csv_table
from rubricate.reports.documents import documents
from rubricate.reports.entries import entries, expansions
from rubricate.reports.exclusive import exclusive
from rubricate.reports.folder import MANIFEST, result_folder, write_bytes, write_manifest
from rubricate.reports.frequency import frequency, frequency_by_document
from rubricate.reports.parts import parts
from rubricate.reports.passages import passages
from rubricate.reports.segments import segments
from rubricate.reports.tally import merge_all, tally_batch
from rubricate.reports.wide import documents_wide, passages_wide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    import pandas as pd

    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.batch import Batch
    from rubricate.coding.settings import Settings
    from rubricate.reports.tally import Tally

STREAMED = ("passages", "segments", "passages_wide", "frequency_by_document", "cleaning")
"""The tables that are written batch by batch, so that memory does not grow with the corpus. Those with
variables wait for the last document: only then are all variables known.
"""


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a pass once its last batch is coded.

    ``files`` are written beside the tables (pass.json, codebook.yaml); ``skipped`` holds (file, reason).
    """

    pass_id: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    skipped: Sequence[tuple[str, str]] = ()


def write_tables(
    folder: Path,
    batches: Iterable[Batch],
    codebook: Codebook,
    *,
    settings: Settings,
    record: Callable[[], Record],
    spreadsheet_safe: bool = False,
) -> Tally:
    """Write every table of a coding pass into ``folder``, and return the sums they were made from.

    ``record`` is called after the last batch. The folder is replaced whole or not at all. Raises
    ReportError where it holds anything rubricate did not write, where it cannot be written, and where a
    variable or a code has the name of a column; what ``batches`` and ``record`` raise passes through.
    """
    codes = [code.id for code in codebook.codes]
    columns = {f"{name}.csv": columns_of(name, codes=codes) for name in TABLES}  # clashes come first
    waiting = _Waiting(codebook)
    with result_folder(folder) as new:

        def created(name: str) -> AbstractContextManager[Callable[[pd.DataFrame], None]]:
            names = [column.name for column in columns[name]]
            return csv_table(
                new / name, names, spreadsheet_safe=spreadsheet_safe, known_as=f"{folder}/{name}"
            )

        with ExitStack() as stack:
            names = (*STREAMED, *(["exclusive"] if any(code.exclusive for code in codebook.codes) else []))
            append = {name: stack.enter_context(created(f"{name}.csv")) for name in names}
            sums = (_stream(batch, codebook, append, waiting) for batch in batches)
            tally = merge_all(sums, codebook)
        known = record()
        for name in WITH_VARIABLES:
            columns[f"{name}.csv"] = columns_of(name, tuple(waiting.variables), codes)
        live = [code for code, applies in zip(codes, tally.applies, strict=True) if applies]
        columns["cooccurrence_matrix.csv"] = columns_of("cooccurrence_matrix", codes=live)
        for name, table in (*waiting.tables(), *_summaries(tally, codebook, settings, known.skipped)):
            with created(f"{name}.csv") as append_all:
                append_all(table)
        for name, data in known.files.items():
            write_bytes(new / name, data, known_as=f"{folder}/{name}")
        write_manifest(new, known.pass_id, columns, known_as=f"{folder}/{MANIFEST}")
    return tally


def _stream(
    batch: Batch, codebook: Codebook, append: Mapping[str, Callable[[pd.DataFrame], None]], waiting: _Waiting
) -> Tally:
    """Append a batch's rows to the streamed tables; return its sums."""
    tally = tally_batch(batch, codebook)
    append["passages"](passages(batch))
    append["segments"](segments(batch, codebook))
    append["cleaning"](cleaning(batch))
    append["passages_wide"](passages_wide(batch, codebook))
    append["frequency_by_document"](frequency_by_document(tally, codebook))
    if "exclusive" in append:
        append["exclusive"](exclusive(batch, codebook))
    waiting.add(batch, tally)
    return tally


class _Waiting:
    """The rows of the tables that have a column for every variable, until all variables are known."""

    def __init__(self, codebook: Codebook) -> None:
        self.variables: dict[str, None] = {}  # in the order in which documents bring them
        self._codebook = codebook
        self._rows: dict[str, list[pd.DataFrame]] = {name: [] for name in WITH_VARIABLES}

    def add(self, batch: Batch, tally: Tally) -> None:
        names = tuple(dict.fromkeys(name for document in batch.documents for name in document.variables))
        self.variables |= dict.fromkeys(names)
        self._rows["documents"].append(documents(batch, names))
        self._rows["documents_wide"].append(documents_wide(tally, batch.documents, self._codebook, names))

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        import pandas as pd

        codes = [code.id for code in self._codebook.codes]
        for name, rows in self._rows.items():
            columns = [column.name for column in columns_of(name, tuple(self.variables), codes)]
            table = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame()
            yield name, table.reindex(columns=columns).fillna(dict.fromkeys(self.variables, ""))


def _summaries(
    tally: Tally, codebook: Codebook, settings: Settings, skipped: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, pd.DataFrame]]:
    yield "frequency", frequency(tally, codebook)
    yield "cooccurrence", cooccurrence(tally, codebook)
    yield "cooccurrence_matrix", cooccurrence_matrix(tally, codebook)
    yield "entries", entries(tally, codebook)
    yield "expansions", expansions(tally, codebook)
    yield "parts", parts(tally, settings)
    if skipped:
        files, reasons = zip(*skipped, strict=True)
        yield "skipped", frame("skipped", {"file": files, "reason": reasons})
