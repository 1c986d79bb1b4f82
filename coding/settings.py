"""The choices of a coding pass that change its results."""

from __future__ import annotations

from dataclasses import dataclass

from rubricate.corpus.document import ANALYSED

ENGINE = 1
"""Raised whenever the same inputs give other results than before."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``unit`` is what is counted (a key of ``rubricate.corpus.passages.UNITS``); ``parts`` are the parts
    of documents that are analysed.
    """

    unit: str = "paragraph"
    parts: tuple[str, ...] = ANALYSED
