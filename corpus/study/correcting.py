"""Corrections of a study applied to the paragraphs of one document.

Borders are set before the rules of ``corpus/parts/`` run, and parts are known to them, so that a decision
reaches what stands around its paragraph; afterwards what the rules made of these is set right again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.study.corrections import Everywhere, plain
from rubricate.corpus.study.row_index import inside_word
from rubricate.corpus.words.characters import DASHES, QUOTES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rubricate.corpus.document import Block
    from rubricate.corpus.study.corrections import Correction

_NO_ROWS = Everywhere()
_SPACES = re.compile(r"\s+")


class Corrected(NamedTuple):
    """The blocks of a document with its corrections made.

    ``reasons`` are what rows say of blocks, by index; ``named`` are those whose part they say. ``title`` is
    that of the document, empty where no row is about it. ``everywhere`` are the rows about all documents that
    fit one of its paragraphs.
    """

    blocks: list[Block]
    reasons: Mapping[int, str]
    named: frozenset[int]
    title: str
    everywhere: frozenset[Correction] = frozenset()

    def over(self, judged: Sequence[Block]) -> list[Block]:
        """The blocks as rules have judged them, but with the parts that rows name, and their reasons."""
        blocks = list(judged)
        for index, reason in self.reasons.items():
            block, given = judged[index], self.blocks[index]
            if index in self.named:
                level = (block.level or given.level) if given.part == "heading" else 0
                blocks[index] = given._replace(level=level, reason=reason)
            else:
                behind = f"; {block.reason}" if block.reason else ""
                blocks[index] = block._replace(reason=reason + behind)
        return blocks


class _Piece(NamedTuple):
    """A paragraph while it is corrected: its number from before, the beginning by which rows find it, the
    reasons of the rows about it, and those that named its part, joined it to the one before, or made it
    the title.
    """

    number: int
    block: Block
    plain: str
    reasons: tuple[str, ...] = ()
    named: Correction | None = None
    joined: Correction | None = None
    title: Correction | None = None


def correct(
    blocks: Sequence[Block], corrections: Sequence[Correction], everywhere: Everywhere = _NO_ROWS
) -> Corrected:
    """The blocks of one document with the rows about it applied; paths of headings come later.

    A row holds for the paragraph with its number if that begins with its quotation (capitals, quotes and
    white space aside), else for the only one that does. Paragraphs are split first, so that rows can
    speak of what was split off, and joined last. CorpusError names every row that fits nothing, and
    every second row about the same. Rows about all documents come behind those about this one: they change
    nothing that is joined to what stands before it, or whose part is decided.
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
    pieces.name_everywhere(everywhere)
    if pieces.mistakes:
        raise CorpusError("\n".join(pieces.mistakes))
    return pieces.joined()


class _Pieces:
    """The paragraphs of a document while they are corrected, and the rows that fit none."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._pieces = [_Piece(number, block, plain(block.text)) for number, block in enumerate(blocks, 1)]
        self._everywhere: set[Correction] = set()
        self.mistakes: list[str] = []

    def split(self, row: Correction) -> None:
        """Cut a paragraph in two before the words that the row names."""
        index = self._find(row)
        if index is None:
            return
        piece = self._pieces[index]
        text = piece.block.text
        places = _places(row.split_before, text)
        if len(places) != 1 or not text[: places[0]].strip():
            told = (
                "does not have" if not places else "begins with" if len(places) == 1 else "has more than once"
            )
            self._mistake(
                row, f"the paragraph {told} “{row.split_before}”; quote other words to split before"
            )
            return
        self._pieces[index : index + 1] = [
            piece._replace(
                block=piece.block._replace(text=half), plain=plain(half), reasons=(*piece.reasons, row.reason)
            )
            for half in (text[: places[0]].rstrip(), text[places[0] :])
        ]

    def name(self, row: Correction) -> None:
        """Say which part a paragraph is."""
        index = self._find(row)
        if index is None:
            return
        if named := self._pieces[index].named:
            self._mistake(row, f"the part of this paragraph is decided in line {named.line}; keep one")
        else:
            self._name(index, row)

    def name_everywhere(self, rows: Everywhere) -> None:
        """Say which part the paragraphs are that rows about all documents fit."""
        for index, piece in enumerate(self._pieces if rows.rows else ()):
            if row := rows.find(piece.plain):
                self._everywhere.add(row)
                if piece.named is None and piece.joined is None:
                    self._name(index, row)

    def _name(self, index: int, row: Correction) -> None:
        piece = self._pieces[index]
        part = "title" if row.what == "title" else row.value
        level = (piece.block.level or 1) if part == "heading" else 0
        self._pieces[index] = piece._replace(
            block=piece.block._replace(part=part, level=level),
            reasons=(*piece.reasons, row.reason),
            named=row,
            title=row if row.what == "title" else None,
        )

    def mark_joined(self, row: Correction) -> None:
        """Note that a paragraph continues the one before."""
        index = self._find(row)
        if index is None:
            return
        piece = self._pieces[index]
        if index == 0:
            self._mistake(row, "there is no paragraph before the first; remove this row")
        elif piece.named:
            self._mistake(
                row, "what is joined takes the part of the paragraph before; keep one of the two rows"
            )
        elif piece.joined:
            self._mistake(row, f"the same was already decided in line {piece.joined.line}; keep one row")
        else:
            self._pieces[index] = piece._replace(joined=row)

    def joined(self) -> Corrected:
        """All paragraphs, joined where that was noted."""
        whole: list[_Piece] = []
        for piece in self._pieces:
            if piece.joined is None:
                whole.append(piece)
                continue
            before = whole[-1]
            text = f"{before.block.text} {piece.block.text}"
            whole[-1] = before._replace(
                block=before.block._replace(text=text), reasons=(*before.reasons, piece.joined.reason)
            )
        return Corrected(
            [piece.block for piece in whole],
            {
                index: f"corrected: {'; '.join(piece.reasons)}"
                for index, piece in enumerate(whole)
                if piece.reasons
            },
            frozenset(index for index, piece in enumerate(whole) if piece.named),
            next((piece.title.value or piece.block.text for piece in whole if piece.title), ""),
            frozenset(self._everywhere),
        )

    def _find(self, row: Correction) -> int | None:
        """The index of the paragraph that a row is about; None, and a mistake, if there is none."""
        quotation = plain(row.quotation)
        fitting = [index for index, piece in enumerate(self._pieces) if piece.plain.startswith(quotation)]
        there = [index for index in fitting if self._pieces[index].number == row.number]
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


def _places(words: str, text: str) -> list[int]:
    """Where words stand in a text, any white space, quotes and dashes; they begin and end no word in half."""
    alike = (*("".join((mark, twins)) for mark, twins in QUOTES.items()), DASHES)
    classes = {mark: f"[{re.escape(twins)}]" for twins in alike for mark in twins}
    loosely = "".join(
        r"\s+" if mark == " " else classes.get(mark, re.escape(mark)) for mark in _SPACES.sub(" ", words)
    )
    return [
        found.start()
        for found in re.finditer(f"(?=({loosely}))", text)
        if not inside_word(text, found.start()) and not inside_word(text, found.end(1))
    ]
