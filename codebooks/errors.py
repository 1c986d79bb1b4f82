"""What can be wrong with a codebook file, said once and for every place in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rubricate.codebooks.codebook import Mark


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where it stands, what is wrong, what to write instead.

    ``line`` and ``column`` count from 1; line 0 means the file as a whole. ``excerpt`` is the line of the
    file with a caret below the place, where that helps.
    """

    file: str
    line: int
    column: int
    message: str
    excerpt: str = ""

    def __str__(self) -> str:
        """One line: ``FILE:LINE:COLUMN: message``."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place}: {self.message}"


class CodebookError(Exception):
    """The codebook cannot be used; ``problems`` holds every mistake that was found, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order in which they stand in the file."""
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))
        super().__init__(self.problems)  # as the only argument, so that the error survives pickling

    def __str__(self) -> str:
        """One line for each problem, and below it what the line looks like, where that helps."""
        return "\n".join(
            f"{problem}\n{problem.excerpt}" if problem.excerpt else str(problem) for problem in self.problems
        )


MOST_PROBLEMS = 1000
"""After so many mistakes a file is given up: it is probably no codebook at all."""


class Problems:
    """The mistakes found so far in one file."""

    def __init__(self, file: str) -> None:
        """Begin with none."""
        self.file = file
        self.lines: Sequence[str] = ()  # of the file, once it is read
        self.found: list[Problem] = []

    def add(self, mark: Mark, message: str, excerpt: str = "") -> None:
        """Note a mistake and go on reading."""
        self.found.append(Problem(self.file, mark.line, mark.column, message, excerpt))
        if len(self.found) >= MOST_PROBLEMS:
            hint = f"there may be more than these {MOST_PROBLEMS} mistakes; correct them, or check the file"
            raise CodebookError([*self.found, Problem(self.file, 0, 0, hint)])

    def stop(self, mark: Mark, message: str) -> NoReturn:
        """Note a mistake after which the file cannot be read any further."""
        self.add(mark, message)
        raise CodebookError(self.found)

    def raise_if_any(self) -> None:
        """Raise CodebookError if anything was noted."""
        if self.found:
            raise CodebookError(self.found)
