"""skipped.csv: the files and rows that could not be read into the corpus, each with a reason."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from rubricate.corpus.readers.raw import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SKIPPED = "skipped.csv"
_COLUMNS = ("file", "document", "reason")


def read_skipped(corpus: Path) -> list[Skipped]:
    """What could not be read so far; nothing where there is no such file yet."""
    path = corpus / SKIPPED
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(handle)
        return [Skipped(row["file"], row["reason"], row["document"]) for row in rows]


def write_skipped(folder: Path, skipped: Iterable[Skipped]) -> None:
    """Write the table into a folder, in the order of files and documents."""
    rows = sorted((skip.file, skip.document, skip.reason) for skip in skipped)
    with (folder / SKIPPED).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows(rows)
