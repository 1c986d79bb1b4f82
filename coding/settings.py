"""The choices of a coding pass that change its results."""

from __future__ import annotations

from dataclasses import dataclass

from rubricate.corpus.document import ANALYSED

UNITS = ("paragraph", "sentence", "document")
"""The units of counting."""

ENGINE = 1
"""Raised whenever the same inputs give other results than before."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``unit`` is what is counted (one of UNITS); ``parts`` are the parts of documents that are analysed."""

    unit: str = "paragraph"
    parts: tuple[str, ...] = ANALYSED
