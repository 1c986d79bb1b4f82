"""The choices of a coding pass that change its results."""

from __future__ import annotations

from dataclasses import dataclass

from rubricate.corpus.document import ANALYSED

ENGINE = 2
"""Raised whenever the same inputs give other results than before."""

DUPLICATES = ("keep", "exact", "near")
"""What can be done with passages that repeat an earlier one; they are marked whatever is chosen."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``unit`` is what is counted (a key of ``rubricate.corpus.passages.UNITS``); ``parts`` are the parts
    of documents that are analysed; ``duplicates`` is ``keep`` (duplicates count like any passage),
    ``exact`` (those with the same words do not count) or ``near`` (nor do those with nearly the same).
    """

    unit: str = "paragraph"
    parts: tuple[str, ...] = ANALYSED
    duplicates: str = "keep"
