"""Dictionaries of Lexicoder 3: lines of text, each category begun by a plus sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks.formats.building import build_codebook
from rubricate.codebooks.formats.patterns import STARS
from rubricate.codebooks.formats.terms import add_pattern

if TYPE_CHECKING:
    from rubricate.codebooks.codebook import Code, Codebook
    from rubricate.codebooks.formats.reading import Reading
    from rubricate.codebooks.formats.themes import Theme
    from rubricate.codebooks.formats.writing import Writing

_BEGINS = "+"


def read(reading: Reading) -> Codebook:
    """The categories as codes; ``*`` stands for any characters of a word."""
    themes: list[Theme] = []
    for number, line in reading.lines():
        pattern = line.strip()
        if pattern.startswith(_BEGINS):
            themes.append(reading.theme(pattern.removeprefix(_BEGINS).strip(), number))
        elif themes:
            add_pattern(reading, themes[-1], pattern, STARS, number)
        else:
            reading.lose(number, "", f"`{pattern}` stands before the first category")
    return build_codebook(reading, themes)


def write(writing: Writing) -> bytes:
    """The codes as categories, named by their labels, without their tree."""
    writing.lose_all_but((), ())
    names = writing.names()
    writing.lose_tree()
    lines = [line for code in writing.book.codes for line in _lines(writing, code, names[code.id])]
    return "".join(f"{line}\n" for line in lines).encode()


def _lines(writing: Writing, code: Code, name: str) -> list[str]:
    patterns = [found for entry in code.entries for found in writing.patterns(entry, STARS)]
    for pattern in patterns:
        if pattern.startswith(_BEGINS):
            writing.lose(code.id, f"`{pattern}` would begin a category")
    return [_BEGINS + name, *(found for found in patterns if not found.startswith(_BEGINS))]
