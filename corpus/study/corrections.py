"""corrections.csv: what a study decides about parts, borders and titles of its texts.

Reading the table names every mistake with its line; ``correcting.py`` then applies what it says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.corpus.document import PARTS
from rubricate.corpus.readers.raw import ReadOptions
from rubricate.corpus.study.tables import read_cells, refuse, same_form
from rubricate.corpus.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

CORRECTION_COLUMNS = ("document", "paragraph", "quotation", "what", "value", "reason")
WHAT = ("part", "border", "title")

_DEFAULTS = ReadOptions()
_NUMBER = re.compile(r"(?:(?P<document>.+)#)?p?(?P<number>\d+)")
_SPLIT = re.compile(r"split\s*:\s*(?P<words>\S.*)", re.DOTALL | re.IGNORECASE)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Correction:
    """A row of corrections.csv about the paragraph ``number`` (from 1) that begins with ``quotation``.

    With ``document`` empty and ``number`` 0 it is about the paragraphs of all documents that are the
    quotation, or begin with it where it ends with "…".

    ``what`` is one of WHAT. ``value`` is a part; ``join`` or ``split``; or the document's title, empty
    where that is the paragraph itself. ``split_before`` are the first words of the paragraph to be split off.
    """

    file: str
    line: int
    document: str
    number: int
    quotation: str
    what: str
    value: str
    reason: str
    split_before: str = ""


@dataclass(frozen=True, slots=True)
class Corrections:
    """The rows of a corrections.csv, in its order."""

    file: str
    rows: tuple[Correction, ...]

    def of(self, document: str) -> tuple[Correction, ...]:
        """The rows about a document."""
        name = same_form(document)
        return tuple(row for row in self.rows if row.document == name)

    def elsewhere(self, documents: Collection[str]) -> tuple[Correction, ...]:
        """The rows about documents that are not among ``documents``."""
        known = {"", *map(same_form, documents)}
        return tuple(row for row in self.rows if row.document not in known)

    def everywhere(self) -> Everywhere:
        """The rows about all documents."""
        return Everywhere(tuple(row for row in self.rows if not row.document))


class Everywhere:
    """The rows about all documents, looked up by the words of a paragraph.

    A row that quotes the whole paragraph comes before those that quote its beginning, and of these the
    longest comes first.
    """

    def __init__(self, rows: tuple[Correction, ...] = ()) -> None:
        self.rows = rows
        self._whole = {plain(row.quotation): row for row in rows if not is_beginning(row.quotation)}
        beginnings = [(plain(row.quotation), row) for row in rows if is_beginning(row.quotation)]
        self._beginnings = sorted(beginnings, key=lambda pair: len(pair[0]), reverse=True)

    def find(self, paragraph: str) -> Correction | None:
        """The row about a paragraph, which is given as ``plain`` has it."""
        if row := self._whole.get(paragraph):
            return row
        return next((row for start, row in self._beginnings if paragraph.startswith(start)), None)


def read_corrections(path: str | Path, options: ReadOptions = _DEFAULTS) -> Corrections:
    """Read a corrections.csv; see Correction for its columns. CorpusError names every mistake, a line each.

    ``paragraph`` is ``p12``, ``12`` or the whole id, ``DOC#p12``. ``value`` is a part; ``join`` (to the
    paragraph before) or ``split: WORDS`` (before these words); or a title, empty where the paragraph is it.
    ``document`` and ``paragraph`` are both empty where a part is decided for all documents.
    Of the options, only the encoding counts.
    """
    file, cells = read_cells(path, options, CORRECTION_COLUMNS)
    mistakes: list[tuple[int, str]] = []
    rows: list[Correction] = []
    lines: dict[tuple[object, ...], int] = {}
    for line, verbatim in cells:
        row = {name: cell.strip() for name, cell in verbatim.items()}
        wrong = [message for check in _CHECKS if (message := check(row))]
        mistakes += ((line, message) for message in wrong)
        if wrong:
            continue
        rows.append(_correction(file, line, row))
        other = lines.setdefault(_subject(rows[-1]), line)
        if other != line:
            mistakes.append((line, f"the same was already decided in line {other}; keep one row"))
    refuse(file, mistakes)
    return Corrections(file, tuple(rows))


def _check_place(row: dict[str, str]) -> str:
    found = _NUMBER.fullmatch(row["paragraph"])
    if not row["document"]:
        return "document is empty; write its id, or leave paragraph empty too" if row["paragraph"] else ""
    if not found or int(found["number"]) < 1:
        return f"paragraph is {row['paragraph']!r}; write its number from 1, such as p12"
    if found["document"] and same_form(found["document"]) != same_form(row["document"]):
        return f"paragraph {row['paragraph']!r} is none of document {row['document']!r}; correct one of them"
    return ""


def _check_texts(row: dict[str, str]) -> str:
    if not plain(row["quotation"]):
        return "quotation is empty; write the first words of the paragraph"
    return "" if row["reason"] else "reason is empty; write why"


def _check_value(row: dict[str, str]) -> str:
    what, value = row["what"].lower(), row["value"]
    if what not in WHAT:
        return f"what is {row['what']!r}; write one of {', '.join(WHAT)}"
    if what != "part" and not row["document"]:
        return f"what is {what!r}, but for all documents only a part can be decided; write a document's id"
    if what == "part" and value.lower() not in PARTS:
        return f"{value!r} is no part; write one of {', '.join(PARTS)}"
    if what == "border" and value.lower() != "join" and not _SPLIT.fullmatch(value):
        return f"value is {value!r}; write join, or split: and the first words of the new paragraph"
    return ""


_CHECKS: tuple[Callable[[dict[str, str]], str], ...] = (_check_place, _check_texts, _check_value)


def _correction(file: str, line: int, row: dict[str, str]) -> Correction:
    """A row that was found good."""
    number = _NUMBER.fullmatch(row["paragraph"])
    what, split = row["what"].lower(), _SPLIT.fullmatch(row["value"])
    split_before = split["words"] if what == "border" and split else ""
    value = row["value"] if what == "title" else "split" if split_before else row["value"].lower()
    return Correction(
        file=file,
        line=line,
        document=same_form(row["document"]),
        number=int(number["number"]) if number else 0,
        quotation=row["quotation"],
        what=what,
        value=value,
        reason=row["reason"],
        split_before=split_before,
    )


def _subject(row: Correction) -> tuple[object, ...]:
    """What a row decides: two rows with the same subject would contradict or repeat each other."""
    if not row.document:
        return plain(row.quotation), is_beginning(row.quotation)
    if row.what == "title":
        return row.document, "title"
    return row.document, row.number, plain(row.quotation), row.what, row.value, row.split_before


def is_beginning(quotation: str) -> bool:
    """Whether a quotation says that it breaks off."""
    return quotation.rstrip().endswith("…")


def plain(text: str) -> str:
    """The beginning of a paragraph as quotations are compared, without the … of one that was shortened."""
    return fold(_SPACES.sub(" ", text.strip()).removesuffix("…").rstrip())
