"""repairs.csv: the words of its texts that a study decides to repair."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from rubricate.corpus.readers.raw import ReadOptions
from rubricate.corpus.study.row_index import RowIndex, inside_word
from rubricate.corpus.study.tables import read_cells, refuse, same_form

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

REPAIR_COLUMNS = ("document", "before", "after", "reason")

_DEFAULTS = ReadOptions()
_SPACES = re.compile(r"\s+")
_BREAK = "[\n\x0b\x0c\x85\u2028]"
_BLANK = "[^\\S\n\x0b\x0c\x85\u2028\u2029]"
_GAP = f"(?:{_BLANK}+{_BREAK}?|{_BREAK}){_BLANK}*"  # white space without a blank line
_LINE_EDGE = re.compile(rf"\s*{_BREAK}\s*")


@dataclass(frozen=True, slots=True)
class RepairRow:
    """A row of repairs.csv: write ``after`` for ``before``, in one document or (empty) in all."""

    line: int
    document: str
    before: str
    after: str
    reason: str = ""


@dataclass(frozen=True)
class Repairs:
    """The rows of a repairs.csv, in its order."""

    file: str
    rows: tuple[RepairRow, ...]

    def own(self, document: str) -> Sequence[RepairRow]:
        """The rows that name a document."""
        return self._by_document.get(same_form(document), ())

    def of(self, document: str) -> Sequence[RepairRow]:
        """The rows that hold for a document; its own one beats one for all with the same ``before``."""
        mine = self.own(document)
        known = {_words(row.before) for row in mine}
        general = self._by_document.get("", [])
        return (*mine, *(row for row in general if _words(row.before) not in known))

    def index(self, document: str) -> RowIndex:
        """The same, ready to be looked up."""
        key = same_form(document) if self.own(document) else ""
        if key not in self._indexes:
            self._indexes[key] = RowIndex(self.of(document))
        return self._indexes[key]

    @cached_property
    def _by_document(self) -> dict[str, list[RepairRow]]:
        rows: dict[str, list[RepairRow]] = {}
        for row in self.rows:
            rows.setdefault(row.document, []).append(row)
        return rows

    @cached_property
    def _indexes(self) -> dict[str, RowIndex]:
        return {}


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
        other = lines.setdefault((row.document, _words(row.before)), row.line)
        if not row.before.strip():
            mistakes.append((row.line, "before is empty; write the words to be repaired"))
        elif row.before == row.after:
            mistakes.append(
                (row.line, f"before and after are both {row.before!r}; write what should stand there")
            )
        elif row.after != "".join(row.after.splitlines()):
            mistakes.append((row.line, f"after is {row.after!r}, with a line break; write a space"))
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
    for start, row in repairs.index(document).candidates(text):
        match = _pattern(row.before).match(text, start)
        if match and not inside_word(text, match.end()):
            found.append(Found(start, match.end(), _keep_breaks(match[0], row), row))
    found.sort(key=lambda place: (place.start - place.end, place.start, place.row.line))
    taken: list[Found] = []
    covered: set[int] = set()
    for place in found:
        span = range(place.start, place.end)
        if covered.isdisjoint(span):
            covered.update(span)
            taken.append(place)
    return sorted(taken)


def line_by_line(text: str, place: Found) -> Iterator[tuple[int, int, str]]:
    """What a place changes: start, end and what comes there, without line breaks and lines that stay."""
    before = text[place.start : place.end]
    ones, others = _lines(before), _lines(place.after)
    if len(ones) != len(others):  # the breaks go
        yield place[:3]
        return
    for (start, end), (first, last) in zip(ones, others, strict=True):
        if before[start:end] != place.after[first:last]:
            yield place.start + start, place.start + end, place.after[first:last]


def unused(repairs: Repairs, found: Collection[RepairRow], rows: Sequence[RepairRow]) -> list[str]:
    """A line for each of ``rows`` that replaced nothing; ``found`` are those that did."""
    used = {row.line for row in found}
    return [
        f"{repairs.file}: line {row.line}: {row.before!r} replaces nothing"
        + (f" in document {row.document!r}" if row.document else "")
        for row in rows
        if row.line not in used
    ]


@cache
def _pattern(before: str) -> re.Pattern[str]:
    return re.compile(_GAP.join(map(re.escape, _SPACES.split(before))))


def _words(before: str) -> str:
    """What a row looks for: it does not matter which white space stands in it."""
    return _SPACES.sub(" ", before)


def _lines(text: str) -> list[tuple[int, int]]:
    """Start and end of each line, without the white space at line breaks."""
    edges = [edge for found in _LINE_EDGE.finditer(text) for edge in found.span()]
    return list(zip([0, *edges[1::2]], [*edges[::2], len(text)], strict=True))


def _keep_breaks(found: str, row: RepairRow) -> str:
    """What a row writes for what it found, with the white space that was there if it can be kept.

    That is where ``after`` has it between as many words, so that no line is new or empty.
    """
    words = _SPACES.split(row.after)
    parallel = [bool(word) for word in words] == [bool(word) for word in _SPACES.split(row.before)]
    if not parallel or not _LINE_EDGE.search(found):
        return row.after
    gaps = _SPACES.findall(found)
    return "".join(piece for pair in zip(words, [*gaps, ""], strict=True) for piece in pair)
