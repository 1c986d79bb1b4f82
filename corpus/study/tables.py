"""The tables in which a study writes down what it decides about its texts."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from rubricate.corpus.errors import CorpusError, FileError
from rubricate.corpus.readers.raw import read_raw, source_file
from rubricate.corpus.readers.rows import find_column, open_table

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from rubricate.corpus.readers.raw import ReadOptions


def read_cells(
    path: str | Path, options: ReadOptions, columns: Sequence[str], optional: Collection[str] = ()
) -> tuple[str, list[tuple[int, dict[str, str]]]]:
    """The name of a table's file, and of each row its line and its cells by column; other columns are
    left out, optional ones that are not there are empty.
    """
    source = source_file(Path(path), str(path), outright=True)
    if source.extension not in (".csv", ".tsv"):
        raise CorpusError(f"{path}: must be a .csv or .tsv file")
    table = open_table(read_raw(source), options.encoding)
    places = {name: find_column(table.header, name) for name in columns}
    missing = [name for name, place in places.items() if place is None and name not in optional]
    if missing:
        listed = ", ".join(table.header)
        raise FileError(
            table.file, f"has no column {missing[0]!r}; its columns are {listed}; add or rename one"
        )
    return table.file, [
        (line, {name: "" if place is None else row[place] for name, place in places.items()})
        for line, row in table.rows
    ]


def refuse(file: str, mistakes: Sequence[tuple[int, str]]) -> None:
    """Raise a CorpusError that names every mistake by its line, if there are any."""
    if mistakes:
        raise CorpusError("\n".join(f"{file}: line {line}: {problem}" for line, problem in mistakes))


def same_form(document: str) -> str:
    """An id in composed letters: spreadsheets and file systems may spell one accent in two ways."""
    return unicodedata.normalize("NFC", document)
