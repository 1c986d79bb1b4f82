"""skipped.csv: the files and rows that could not be read into the corpus, each with a reason."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from rubricate.corpus.readers.raw import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rubricate.corpus.storage.record import Origin, Record

SKIPPED = "skipped.csv"
_COLUMNS = ("file", "document", "reason")


def skipped_in(record: Record) -> list[Skipped]:
    """What could not be read, each once, in the order of files and documents."""
    rows = {*skipped_of(record.origins), *(Skipped(one.file, one.reason) for one in record.refused)}
    return sorted(rows, key=lambda skip: (skip.file, skip.document, skip.reason))


def skipped_of(origins: Iterable[Origin]) -> list[Skipped]:
    """What of some files could not be read."""
    return [
        Skipped(origin.file, reason, document) for origin in origins for document, reason in origin.skipped
    ]


def write_skipped(folder: Path, record: Record) -> None:
    """Write the table into a folder, for people; the program itself asks the record."""
    with (folder / SKIPPED).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows((skip.file, skip.document, skip.reason) for skip in skipped_in(record))
