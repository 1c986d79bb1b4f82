"""What readers of foreign formats make: categories with their terms, not yet codes of ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rubricate.codebooks.codebook import Entry


@dataclass(frozen=True, slots=True)
class ForeignTerm:
    """A term in our language (``kind``, ``text``), and how it stood in the file (``original``, ``line``).

    ``entry`` is the whole of it, where the file said all that an entry can have.
    """

    kind: str
    text: str
    original: str
    line: int = 0
    note: str = ""
    not_inside: tuple[str, ...] = ()
    language: str = ""
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """A category, filled while its file is read.

    ``kept`` are texts of the file that end up in the memo; ``more`` are fields of a Code. ``group`` says
    that a category with others below, but without terms, only holds these and is not coded by hand.
    """

    name: str
    line: int = 0
    terms: list[ForeignTerm] = field(default_factory=list)
    below: list[Theme] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)
    id: str = ""
    group: bool = True
