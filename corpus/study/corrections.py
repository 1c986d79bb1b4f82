"""corrections.csv: what a study decides about parts, borders and titles of its texts.

Reading the table names every mistake with its line; what it says is then applied to the blocks of one
document at a time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.corpus.document import PARTS
from rubricate.corpus.errors import CorpusError
from rubricate.corpus.readers.raw import ReadOptions
from rubricate.corpus.study.tables import read_cells, refuse, same_form
from rubricate.corpus.words.characters import DASHES, QUOTES
from rubricate.corpus.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from rubricate.corpus.document import Block

CORRECTION_COLUMNS = ("document", "paragraph", "quotation", "what", "value", "reason")
WHAT = ("part", "border", "title")

CORRECTED = "corrected: "
"""How the reason of a corrected paragraph begins; behind it stands the reason of the row."""

_DEFAULTS = ReadOptions()
_NUMBER = re.compile(r"(?:(?P<document>.+)#)?p?(?P<number>\d+)")
_SPLIT = re.compile(r"split\s*:\s*(?P<words>\S.*)", re.DOTALL | re.IGNORECASE)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Correction:
    """A row of corrections.csv about the paragraph ``number`` (from 1) that begins with ``quotation``.

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
        return tuple(row for row in self.rows if row.document == same_form(document))

    def title(self, document: str) -> str:
        """The title that a row gives to a document; empty where none does."""
        return next((row.value for row in self.of(document) if row.what == "title"), "")

    def elsewhere(self, documents: Collection[str]) -> tuple[Correction, ...]:
        """The rows about documents that are not among ``documents``."""
        known = set(map(same_form, documents))
        return tuple(row for row in self.rows if row.document not in known)


def read_corrections(path: str | Path, options: ReadOptions = _DEFAULTS) -> Corrections:
    """Read a corrections.csv; see Correction for its columns. CorpusError names every mistake, a line each.

    ``paragraph`` is ``p12``, ``12`` or the whole id, ``DOC#p12``. ``value`` is a part; ``join`` (to the
    paragraph before) or ``split: WORDS`` (before these words); or a title, empty where the paragraph is it.
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


def correct(blocks: Sequence[Block], corrections: Sequence[Correction]) -> list[Block]:
    """The blocks of one document with the rows about it applied; paths of headings come later.

    A row holds for the paragraph with its number if that begins with its quotation (capitals, quotes and
    white space aside), else for the only one that does. Paragraphs are split first, so that rows can
    speak of what was split off, and joined last. CorpusError names every row that fits nothing.
    """
    pieces = _Pieces(blocks)
    for row in corrections:
        if row.what == "border" and row.split_before:
            pieces.split(row)
    for row in corrections:
        if row.what != "border":
            pieces.name(row)
    for row in corrections:
        if row.what == "border" and not row.split_before:
            pieces.mark_joined(row)
    if pieces.mistakes:
        raise CorpusError("\n".join(pieces.mistakes))
    return pieces.joined()


class _Pieces:
    """The paragraphs of a document while they are corrected, each with its number from before."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._pieces = list(enumerate(blocks, 1))
        self._named: set[int] = set()
        self._joined: dict[int, Correction] = {}
        self.mistakes: list[str] = []

    def split(self, row: Correction) -> None:
        """Cut a paragraph in two before the words that the row names."""
        index = self._find(row)
        if index is None:
            return
        number, block = self._pieces[index]
        places = [match.start() for match in _loosely(row.split_before).finditer(block.text)]
        if len(places) != 1 or not block.text[: places[0]].strip():
            told = (
                "does not have" if not places else "begins with" if len(places) == 1 else "has more than once"
            )
            self._mistake(
                row, f"the paragraph {told} “{row.split_before}”; quote other words to split before"
            )
            return
        texts = block.text[: places[0]].rstrip(), block.text[places[0] :]
        reason = _reason(block, row)
        self._pieces[index : index + 1] = [
            (number, block._replace(text=text, reason=reason)) for text in texts
        ]

    def name(self, row: Correction) -> None:
        """Say which part a paragraph is."""
        index = self._find(row)
        if index is None:
            return
        number, block = self._pieces[index]
        part = "title" if row.what == "title" else row.value
        level = (block.level or 1) if part == "heading" else 0
        self._pieces[index] = number, block._replace(part=part, level=level, reason=_reason(block, row))
        self._named.add(index)

    def mark_joined(self, row: Correction) -> None:
        """Note that a paragraph continues the one before."""
        index = self._find(row)
        if index == 0:
            self._mistake(row, "there is no paragraph before the first; remove this row")
        elif index in self._named:
            self._mistake(
                row, "what is joined takes the part of the paragraph before; keep one of the two rows"
            )
        elif index is not None:
            self._joined[index] = row

    def joined(self) -> list[Block]:
        """All paragraphs, joined where that was noted."""
        blocks: list[Block] = []
        for index, (_, block) in enumerate(self._pieces):
            row = self._joined.get(index)
            if row is None:
                blocks.append(block)
            else:
                before = blocks[-1]
                blocks[-1] = before._replace(text=f"{before.text} {block.text}", reason=_reason(before, row))
        return blocks

    def _find(self, row: Correction) -> int | None:
        """The index of the paragraph that a row is about; None, and a mistake, if there is none."""
        quotation = _plain(row.quotation)
        fitting = [
            index for index, (_, block) in enumerate(self._pieces) if _plain(block.text).startswith(quotation)
        ]
        there = [index for index in fitting if self._pieces[index][0] == row.number]
        if len(there) == 1 or (not there and len(fitting) == 1):
            return (there or fitting)[0]
        if fitting:
            problem = (
                f"{len(there) or len(fitting)} paragraphs begin with “{row.quotation}”; quote more words"
            )
        else:
            problem = f"no paragraph begins with “{row.quotation}”; quote its first words as they are now"
        self._mistake(row, problem)
        return None

    def _mistake(self, row: Correction, problem: str) -> None:
        self.mistakes.append(f"{row.file}: line {row.line}: document {row.document!r}: {problem}")


def _reason(block: Block, row: Correction) -> str:
    """Why a paragraph is what it is now; of several corrections, every one."""
    earlier = f"{block.reason}; " if block.reason.startswith(CORRECTED) else CORRECTED
    return earlier + row.reason


def _check_place(row: dict[str, str]) -> str:
    found = _NUMBER.fullmatch(row["paragraph"])
    if not row["document"]:
        return "document is empty; write its id"
    if not found or int(found["number"]) < 1:
        return f"paragraph is {row['paragraph']!r}; write its number from 1, such as p12"
    if found["document"] and same_form(found["document"]) != same_form(row["document"]):
        return f"paragraph {row['paragraph']!r} is none of document {row['document']!r}; correct one of them"
    return ""


def _check_texts(row: dict[str, str]) -> str:
    if not _plain(row["quotation"]):
        return "quotation is empty; write the first words of the paragraph"
    return "" if row["reason"] else "reason is empty; write why"


def _check_value(row: dict[str, str]) -> str:
    what, value = row["what"].lower(), row["value"]
    if what not in WHAT:
        return f"what is {row['what']!r}; write one of {', '.join(WHAT)}"
    if what == "part" and value.lower() not in PARTS:
        return f"{value!r} is no part; write one of {', '.join(PARTS)}"
    if what == "border" and value.lower() != "join" and not _SPLIT.fullmatch(value):
        return f"value is {value!r}; write join, or split: and the first words of the new paragraph"
    return ""


_CHECKS: tuple[Callable[[dict[str, str]], str], ...] = (_check_place, _check_texts, _check_value)


def _correction(file: str, line: int, row: dict[str, str]) -> Correction:
    """A row that was found good."""
    number = _NUMBER.fullmatch(row["paragraph"])
    assert number is not None
    what, split = row["what"].lower(), _SPLIT.fullmatch(row["value"])
    split_before = split["words"] if what == "border" and split else ""
    value = row["value"] if what == "title" else "split" if split_before else row["value"].lower()
    return Correction(
        file=file,
        line=line,
        document=same_form(row["document"]),
        number=int(number["number"]),
        quotation=row["quotation"],
        what=what,
        value=value,
        reason=row["reason"],
        split_before=split_before,
    )


def _subject(row: Correction) -> tuple[object, ...]:
    """What a row decides: two rows with the same subject would contradict or repeat each other."""
    if row.what == "title":
        return row.document, "title"
    return row.document, row.number, _plain(row.quotation), row.what, row.value, row.split_before


def _plain(text: str) -> str:
    """The beginning of a paragraph as quotations are compared, without the … of one that was shortened."""
    return fold(_SPACES.sub(" ", text.strip()).removesuffix("…").rstrip())


def _loosely(words: str) -> re.Pattern[str]:
    """The words with any white space, quotes and dashes."""
    alike = (*("".join((mark, twins)) for mark, twins in QUOTES.items()), DASHES)
    classes = {mark: f"[{re.escape(twins)}]" for twins in alike for mark in twins}
    return re.compile(
        "".join(
            r"\s+" if mark == " " else classes.get(mark, re.escape(mark)) for mark in _SPACES.sub(" ", words)
        )
    )
