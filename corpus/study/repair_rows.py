"""repairs.csv: the words of its texts that a study decides to repair."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rubricate.corpus.readers.raw import ReadOptions
from rubricate.corpus.study.tables import read_cells, refuse, same_form
from rubricate.corpus.words.borders import code_points
from rubricate.corpus.words.characters import LETTER, MARK, classify

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

REPAIR_COLUMNS = ("document", "before", "after", "reason")

_DEFAULTS = ReadOptions()
_SPACES = re.compile(r"\s+")
_GAP = r"(?:[^\S\n]+\n?|\n)[^\S\n]*"  # white space without a blank line


@dataclass(frozen=True, slots=True)
class RepairRow:
    """A row of repairs.csv: write ``after`` for ``before``, in one document or (empty) in all."""

    line: int
    document: str
    before: str
    after: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Repairs:
    """The rows of a repairs.csv, in its order."""

    file: str
    rows: tuple[RepairRow, ...]

    def of(self, document: str) -> tuple[RepairRow, ...]:
        """The rows that hold for a document; its own one beats one for all with the same ``before``."""
        mine = [row for row in self.rows if row.document == same_form(document)]
        own = {row.before for row in mine}
        general = (row for row in self.rows if not row.document and row.before not in own)
        return (*mine, *general)


class Found(NamedTuple):
    """A place of a text, in code points, that a row replaces, and by what."""

    start: int
    end: int
    after: str
    row: RepairRow


def read_repairs(path: str | Path, options: ReadOptions = _DEFAULTS) -> Repairs:
    """Read a repairs.csv: columns document, before, after and perhaps reason; cells verbatim.

    Of the options, only the encoding counts. CorpusError names every mistake, a line each.
    """
    file, cells = read_cells(path, options, REPAIR_COLUMNS, optional=("reason",))
    rows = [
        RepairRow(line, same_form(row["document"].strip()), row["before"], row["after"], row["reason"])
        for line, row in cells
    ]
    lines: dict[tuple[str, str], int] = {}
    mistakes = []
    for row in rows:
        other = lines.setdefault((row.document, row.before), row.line)
        if not row.before.strip():
            mistakes.append((row.line, "before is empty; write the words to be repaired"))
        elif row.before == row.after:
            mistakes.append(
                (row.line, f"before and after are both {row.before!r}; write what should stand there")
            )
        elif other != row.line:
            mistakes.append((row.line, f"{row.before!r} is already repaired in line {other}; keep one row"))
    refuse(file, mistakes)
    return Repairs(file, tuple(rows))


def find_repairs(text: str, document: str, repairs: Repairs) -> list[Found]:
    """Where rows apply to the source text of a document, sorted; no two overlap.

    Capitals count, a space matches white space with a line break too (which stays where ``after`` has as
    many spaces), and where a row begins or ends with a word character the match begins or ends a word.
    Of overlapping matches the longest is taken, then the first.
    """
    found = []
    for row in repairs.of(document):
        for match in _pattern(row.before).finditer(text):
            start, end = match.span(1)
            if not _inside_word(text, start) and not _inside_word(text, end):
                found.append(Found(start, end, _keep_breaks(match[1], row), row))
    found.sort(key=lambda place: (place.start - place.end, place.start))
    taken: list[Found] = []
    covered: set[int] = set()
    for place in found:
        span = range(place.start, place.end)
        if covered.isdisjoint(span):
            covered.update(span)
            taken.append(place)
    return sorted(taken)


def spans_to_repair(text: str, document: str, repairs: Repairs) -> list[tuple[int, int, str]]:
    """What to replace in the source text of a document: start and end in code points, and by what.

    Sorted, without overlaps; see find_repairs.
    """
    return [(start, end, after) for start, end, after, _ in find_repairs(text, document, repairs)]


def unused(repairs: Repairs, found: Collection[RepairRow]) -> list[str]:
    """A line for each row that replaced nothing; ``found`` are the rows that did, in all documents."""
    used = {row.line for row in found}
    return [
        f"{repairs.file}: line {row.line}: {row.before!r} replaces nothing"
        + (f" in document {row.document!r}" if row.document else "")
        for row in repairs.rows
        if row.line not in used
    ]


@lru_cache(maxsize=4096)
def _pattern(before: str) -> re.Pattern[str]:
    """Every place where the words stand, overlapping ones too."""
    return re.compile(f"(?=({_GAP.join(map(re.escape, _SPACES.split(before)))}))")


def _inside_word(text: str, place: int) -> bool:
    """Whether a word goes on across a place of the text."""
    if not 0 < place < len(text):
        return False
    kinds = classify(code_points(text[place - 1 : place + 1]))
    return all(kind in (LETTER, MARK) for kind in kinds)


def _keep_breaks(found: str, row: RepairRow) -> str:
    """What a row writes for what it found, with the white space that was there if it can be kept."""
    gaps = _SPACES.findall(found)
    words = _SPACES.split(row.after)
    if "\n" not in found or len(words) != len(gaps) + 1:
        return row.after
    return "".join(piece for pair in zip(words, [*gaps, ""], strict=True) for piece in pair)
