"""Patterns of a foreign file as terms of a category."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks.formats.patterns import as_term
from rubricate.codebooks.formats.themes import ForeignTerm

if TYPE_CHECKING:
    from rubricate.codebooks.formats.patterns import Wildcards
    from rubricate.codebooks.formats.reading import Reading
    from rubricate.codebooks.formats.themes import Theme


def add_pattern(
    reading: Reading, theme: Theme, pattern: str, wildcards: Wildcards, line: int, note: str = ""
) -> None:
    """Give a category a term that finds what the pattern finds; one that cannot be is kept in its memo."""
    try:
        kind, text = as_term(pattern, wildcards)
    except ValueError as error:
        reading.keep(theme, line, pattern, f"cannot be a term: {str(error).partition(';')[0]}")
        return
    if note:
        reading.lose(line, theme.name, f"the {note} of `{pattern}`", "counted as 1, kept as a note")
    reading.term(theme, ForeignTerm(kind, text, pattern, line, note))
