"""The main job's last step: all tables of a coding pass in one folder."""

from __future__ import annotations

import shutil
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rubricate.reports.columns import TABLES, WITH_VARIABLES, columns_of, frame
from rubricate.reports.csv_table import csv_table
from rubricate.reports.folder import MANIFEST, result_folder, write_bytes, write_manifest
from rubricate.reports.making import STREAMED, SUMMED, Waiting, streamed
from rubricate.reports.tally import merge_all, tally_batch
from rubricate.reports.workbook import write_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.batch import Batch
    from rubricate.coding.settings import Settings
    from rubricate.reports.columns import Column
    from rubricate.reports.tally import Tally

    Append = Callable[[pd.DataFrame], None]

FORMATS = ("csv", "xlsx")
WORKBOOK = "tables.xlsx"
_PLAIN = ".plain"


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
    formats: Collection[str] = FORMATS[:1],
    too_large: dict[str, str] | None = None,
) -> Tally:
    """Write every table of a coding pass into ``folder``, and return the sums they were made from.

    ``record`` is called after the last batch. The folder is replaced whole or not at all. ``formats``
    are some of FORMATS: a CSV file for each table, one workbook for all, or both. A table that does not fit
    into a workbook is a CSV file beside it, and ``too_large`` is told why, by table. Raises ReportError where
    the folder holds anything rubricate did not write, where it cannot be written, and where a variable or a
    code has the name of a column; what ``batches`` and ``record`` raise passes through.
    """
    codes = [code.id for code in codebook.codes]
    columns = {name: columns_of(name, codes=codes) for name in TABLES}  # clashes come first
    waiting = Waiting(codebook)
    with result_folder(folder) as new:
        files = _Files(new, folder, columns, formats, spreadsheet_safe=spreadsheet_safe)
        with ExitStack() as stack:
            append = {name: stack.enter_context(files.created(name)) for name in streamed(codebook)}
            sums = (_stream(batch, codebook, append, waiting) for batch in batches)
            tally = merge_all(sums, codebook)
        known = record()
        for name in WITH_VARIABLES:
            columns[name] = columns_of(name, tuple(waiting.variables), codes)
        live = [code for code, applies in zip(codes, tally.applies, strict=True) if applies]
        columns["cooccurrence_matrix"] = columns_of("cooccurrence_matrix", codes=live)
        for name, table in (*waiting.tables(), *_summaries(tally, codebook, settings, known.skipped)):
            with files.created(name) as append_all:
                append_all(table)
        unfit = files.finish()
        for name, data in known.files.items():
            write_bytes(new / name, data, known_as=f"{folder}/{name}")
        described = {f"{name}.csv": listed for name, listed in columns.items()}
        sheets = {WORKBOOK: {name: columns[name] for name in files.made if name not in unfit}}
        write_manifest(new, known.pass_id, described, sheets, known_as=f"{folder}/{MANIFEST}")
    if too_large is not None:
        too_large |= unfit
    return tally


def _stream(batch: Batch, codebook: Codebook, append: Mapping[str, Append], waiting: Waiting) -> Tally:
    """Append a batch's rows to the streamed tables; return its sums."""
    tally = tally_batch(batch, codebook)
    for name, append_rows in append.items():
        append_rows(STREAMED[name](batch, tally, codebook))
    waiting.add(batch, tally)
    return tally


def _summaries(
    tally: Tally, codebook: Codebook, settings: Settings, skipped: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, pd.DataFrame]]:
    yield from ((name, make(tally, codebook, settings)) for name, make in SUMMED.items())
    if skipped:
        files, reasons = zip(*skipped, strict=True)
        yield "skipped", frame("skipped", {"file": files, "reason": reasons})


class _Files:
    """The tables of a result folder while it is written: CSV files, made into a workbook at the end."""

    def __init__(
        self,
        new: Path,
        folder: Path,
        columns: Mapping[str, Sequence[Column]],
        formats: Collection[str],
        *,
        spreadsheet_safe: bool,
    ) -> None:
        self._new, self._folder, self._columns, self._formats = new, folder, columns, formats
        self._safe = spreadsheet_safe
        self._plain = new
        self.made: list[str] = []
        if "xlsx" in formats and spreadsheet_safe:  # a workbook needs no ' before its cells
            self._plain = new / _PLAIN
            self._plain.mkdir()

    @contextmanager
    def created(self, name: str) -> Iterator[Append]:
        """A new table; yields a function that appends rows to it."""
        self.made.append(name)
        names = [column.name for column in self._columns[name]]
        known_as = f"{self._folder}/{name}.csv"
        places = {self._plain: False} | {self._new: self._safe}
        with ExitStack() as stack:
            sinks = [
                stack.enter_context(
                    csv_table(place / f"{name}.csv", names, spreadsheet_safe=safe, known_as=known_as)
                )
                for place, safe in places.items()
            ]

            def append(table: pd.DataFrame) -> None:
                for sink in sinks:
                    sink(table)

            yield append

    def finish(self) -> dict[str, str]:
        """Make the workbook, if one is wanted; return why tables are not in it, by name."""
        if "xlsx" not in self._formats:
            return {}
        order = [name for name in TABLES if name in self.made]
        tables = {name: (self._plain / f"{name}.csv", self._columns[name]) for name in order}
        unfit = write_workbook(self._new / WORKBOOK, tables, known_as=f"{self._folder}/{WORKBOOK}")
        if self._plain != self._new:
            shutil.rmtree(self._plain)
        for name in order if "csv" not in self._formats else ():
            if name not in unfit:
                (self._new / f"{name}.csv").unlink()
        return unfit
