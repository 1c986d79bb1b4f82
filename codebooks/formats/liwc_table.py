"""Dictionaries of LIWC-22 (.dicx): a CSV table with a row for each term and a column for each category."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rubricate.codebooks.formats.building import build_codebook
from rubricate.codebooks.formats.csv_file import csv_bytes, csv_rows
from rubricate.codebooks.formats.merging import rows_of
from rubricate.codebooks.formats.patterns import LAST_STAR, weight_note, weight_of
from rubricate.codebooks.formats.terms import add_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.codebooks.codebook import Code, Codebook
    from rubricate.codebooks.formats.reading import Reading
    from rubricate.codebooks.formats.writing import Writing

TERM_COLUMN = "DicTerm"
_NUMBER = re.compile(r"-?\d*\.?\d+(?:[eE]-?\d{1,3})?")


def read(reading: Reading) -> Codebook:
    """The columns as codes; ``*`` is a wildcard at the end, numbers instead of X are kept as notes."""
    rows = csv_rows(reading)
    line, header = next(rows, (0, [""]))
    if header[0].strip().lower() != TERM_COLUMN.lower():
        reading.stop(line, f"the first column is not {TERM_COLUMN}")
    names = (name.strip() or f"column {number}" for number, name in enumerate(header[1:], 2))
    themes = [reading.theme(name, line) for name in names]
    for number, (term, *cells) in rows:
        if not term.strip():
            reading.lose(number, "", "a row without a term")
            continue
        for index, cell in enumerate(map(str.strip, cells)):
            if not cell:
                continue
            if index >= len(themes):
                reading.lose(number, "", f"`{cell}` of `{term}` stands in no column")
            elif cell.upper() == "X" or _NUMBER.fullmatch(cell):
                note = "" if cell.upper() == "X" else weight_note(cell)
                add_pattern(reading, themes[index], term, LAST_STAR, number, note)
            else:
                reading.lose(number, themes[index].name, f"`{cell}` of `{term}` is neither X nor a number")
    return build_codebook(reading, themes)


def write(writing: Writing) -> bytes:
    """The codes as columns, named by their labels, without their tree; weights of notes instead of X."""
    writing.lose_all_but((), ())
    names = writing.names()
    writing.lose_tree()
    header = [TERM_COLUMN, *names.values()]
    return csv_bytes([header, *_rows(writing)], spreadsheet_safe=writing.spreadsheet_safe)


def _rows(writing: Writing) -> Iterator[list[str]]:
    lists = [_patterns(writing, code) for code in writing.book.codes]
    places = [0] * len(lists)
    for term, numbers in rows_of([[pattern for pattern, _ in found] for found in lists]):
        row = [term] + [""] * len(lists)
        for number in numbers:
            row[number + 1] = lists[number][places[number]][1] or "X"
            places[number] += 1
        yield row


def _patterns(writing: Writing, code: Code) -> list[tuple[str, str]]:
    """The patterns of a code with their weights."""
    return [
        (pattern, weight_of(entry.note))
        for entry in code.entries
        for pattern in writing.patterns(entry, LAST_STAR, noted=bool(weight_of(entry.note)))
    ]
