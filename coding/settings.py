"""The choices of a coding pass that change its results."""

from __future__ import annotations

from dataclasses import dataclass

from rubricate.corpus.document import ANALYSED

ENGINE = 5
"""Raised whenever the same inputs give other results than before."""

DUPLICATES = ("keep", "exact", "near")
"""What can be done with passages that repeat an earlier one; they are marked whatever is chosen."""

FILTERS = ("keep", "drop", "only")
"""What can be done with segments on which a flag is raised."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``unit`` is what is counted (a key of ``rubricate.corpus.passages.UNITS``); ``parts`` are the parts
    of documents that are analysed; ``duplicates`` is ``keep`` (duplicates count like any passage),
    ``exact`` (those with the same words do not count) or ``near`` (nor do those with nearly the same).
    ``negated``, ``hedged``, ``attributed`` and ``question`` are filters by the flag of that name: ``keep``
    (segments count, flagged or not), ``drop`` (those flagged do not) or ``only`` (the others do not).
    """

    unit: str = "paragraph"
    parts: tuple[str, ...] = ANALYSED
    duplicates: str = "keep"
    negated: str = "keep"
    hedged: str = "keep"
    attributed: str = "keep"
    question: str = "keep"
    pipeline: str = ""
