"""A foreign file while it is read: its bytes, what is wrong with it, and what of it has no place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from rubricate.codebooks.codebook import Mark
from rubricate.codebooks.errors import CodebookError, Problem, Problems
from rubricate.codebooks.formats.decoding import decoded
from rubricate.codebooks.formats.losses import KEPT, LEFT_OUT, Loss
from rubricate.codebooks.formats.themes import ForeignTerm, Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 32 * 1024**2
"""The most bytes of a file that is imported."""
MOST_CODES = 10_000
MOST_TERMS = 100_000
MOST_LOSSES = 100_000


class Reading:
    """What readers share; ``stop`` is for mistakes, ``lose`` for what has no place in a codebook of ours."""

    def __init__(self, file: str, data: bytes, language: str = "en", encoding: str = "") -> None:
        """Begin with nothing lost; ``file`` is its name in messages, ``encoding`` forces one."""
        self.file = file
        self.data = data
        self.language = language
        self.encoding = encoding
        self.losses: list[Loss] = []
        self._codes = self._terms = 0
        if len(data) > LARGEST:
            self.stop(0, f"is larger than {LARGEST // 1024**2} MiB, too large for a codebook; split it")

    def text(self) -> str:
        """The text of the file, with LF for its line ends; ``encoding`` then says which it was."""
        try:
            text, self.encoding = decoded(self.data, self.encoding)
        except ValueError as error:
            self.stop(0, str(error))
        return text

    def lines(self) -> Iterator[tuple[int, str]]:
        """The lines of the text that are not blank, with their numbers from 1."""
        for number, line in enumerate(self.text().split("\n"), 1):
            if line.strip():
                yield number, line

    def problems(self) -> Problems:
        """A new list of mistakes in this file."""
        return Problems(self.file)

    def stop(self, line: int, message: str, column: int = 1) -> NoReturn:
        """Raise CodebookError about a line, or about the whole file if ``line`` is 0."""
        mark = Mark(line, column) if line else Mark()
        raise CodebookError([Problem(self.file, mark.line, mark.column, message)])

    def theme(self, name: str, line: int = 0, **fields: Any) -> Theme:
        """A new category without terms; a file with too many is given up."""
        self._codes += 1
        if self._codes > MOST_CODES:
            self.stop(line, f"more than {MOST_CODES:,} categories; is it a codebook?")
        return Theme(name, line, **fields)

    def term(self, theme: Theme, term: ForeignTerm) -> None:
        """Give a category a term; a file with too many is given up."""
        self._terms += 1
        if self._terms > MOST_TERMS:
            self.stop(term.line, f"more than {MOST_TERMS:,} terms; is it a codebook?")
        theme.terms.append(term)

    def lose(self, line: int, code: str, what: str, became: str = LEFT_OUT) -> None:
        """Note what has no place."""
        if len(self.losses) >= MOST_LOSSES:
            self.stop(line, f"more than {MOST_LOSSES:,} things have no place in a codebook; is it one?")
        self.losses.append(Loss(line, code, what, became))

    def keep(self, theme: Theme, line: int, text: str, why: str) -> None:
        """Keep a text that has no place in the memo of its category, and note it."""
        theme.kept.append(text)
        self.lose(line, theme.name, f"`{text}` {why}", KEPT)
