"""What is wrong with a rule or condition, each mistake with its place in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Mistake(NamedTuple):
    """A mistake at a character of the text, counted from 0, and what to write instead."""

    at: int
    message: str


class LanguageError(ValueError):
    """A rule or condition cannot be used; ``mistakes`` are all that were found, from left to right."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        """Keep the mistakes in the order of their places."""
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("; ".join(mistake.message for mistake in self.mistakes))


def raise_if_any(mistakes: Iterable[Mistake]) -> None:
    """Raise LanguageError if there is a mistake."""
    found = list(mistakes)
    if found:
        raise LanguageError(found)
