"""Dictionaries of WordStat (.cat): a tree by indentation, terms with their weight in brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rubricate.codebooks.formats.building import build_codebook
from rubricate.codebooks.formats.patterns import STARS, weight_note, weight_of
from rubricate.codebooks.formats.terms import add_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.codebooks.codebook import Code, Codebook, Entry
    from rubricate.codebooks.formats.reading import Reading
    from rubricate.codebooks.formats.themes import Theme
    from rubricate.codebooks.formats.writing import Writing

_TERM = re.compile(r"(.*\S)\s*\((-?\d{1,9}(?:\.\d{1,9})?)\)")
_RULE = "@"
_TAB = 8  # columns, where tabs and spaces are mixed


def read(reading: Reading) -> Codebook:
    """The categories as codes; ``*`` is a wildcard. Weights are kept as notes, rules as text."""
    roots: list[Theme] = []
    open_themes: list[tuple[int, Theme]] = []
    for number, line in reading.lines():
        indent = _indent(line)
        term = _TERM.fullmatch(line.strip())
        while open_themes and open_themes[-1][0] >= indent:
            open_themes.pop()
        above = open_themes[-1][1] if open_themes else None
        if term:
            _add(reading, above, number, *term.groups())
        else:
            theme = reading.theme(line.strip(), number)
            (above.below if above else roots).append(theme)
            open_themes.append((indent, theme))
    return build_codebook(reading, roots)


def _indent(line: str) -> int:
    expanded = line.expandtabs(_TAB)
    return len(expanded) - len(expanded.lstrip())


def _add(reading: Reading, theme: Theme | None, line: int, text: str, weight: str) -> None:
    if theme is None:
        reading.lose(line, "", f"`{text}` stands in no category")
    elif text.startswith(_RULE):
        reading.keep(theme, line, text, "is a rule")
    else:
        add_pattern(reading, theme, text, STARS, line, weight_note(weight))


def write(writing: Writing) -> bytes:
    """The codes as a tree of categories, named by their labels."""
    writing.lose_all_but((), ())
    names = writing.names()
    lines = [line for code in writing.below[""] for line in _lines(writing, code, names, 0)]
    return "".join(f"{line}\n" for line in lines).encode()


def _lines(writing: Writing, code: Code, names: dict[str, str], level: int) -> Iterator[str]:
    tabs = "\t" * level
    yield tabs + _name(writing, code, names[code.id])
    for entry in code.entries:
        for pattern in _patterns(writing, code, entry):
            yield f"{tabs}\t{pattern} ({weight_of(entry.note) or 1})"
    for child in writing.below[code.id]:
        yield from _lines(writing, child, names, level + 1)


def _name(writing: Writing, code: Code, name: str) -> str:
    if not _TERM.fullmatch(name):
        return name
    writing.lose(code.id, f"the label `{code.label}` would be a term", f"named `{code.id}`")
    return code.id


def _patterns(writing: Writing, code: Code, entry: Entry) -> Iterator[str]:
    for pattern in writing.patterns(entry, STARS, noted=bool(weight_of(entry.note))):
        if pattern.startswith(_RULE):
            writing.lose(code.id, f"`{pattern}` would be a rule")
        else:
            yield pattern
