"""Dictionaries of LIWC 2001, 2007 and 2015 (.dic): numbered categories, then terms with their numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rubricate.codebooks.formats.building import build_codebook
from rubricate.codebooks.formats.liwc_lines import HEADER, Condition, parse_term_line
from rubricate.codebooks.formats.merging import rows_of
from rubricate.codebooks.formats.patterns import LAST_STAR, STARS, as_term
from rubricate.codebooks.formats.terms import add_pattern
from rubricate.codebooks.formats.themes import ForeignTerm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rubricate.codebooks.codebook import Code, Codebook
    from rubricate.codebooks.formats.liwc_lines import TermLine
    from rubricate.codebooks.formats.reading import Reading
    from rubricate.codebooks.formats.themes import Theme
    from rubricate.codebooks.formats.writing import Writing

_EDGE = "%"
_TAB = 8  # columns, where tabs and spaces are mixed
_ONE_WORD = re.compile(r"[^\s*]+")


def read(reading: Reading) -> Codebook:
    """The categories as codes, as deep as the header indents them; ``*`` is a wildcard at the end.

    "kind <of>131/125" gives the code 131 "kind of", and the code 125 "kind" outside it. Conditions on the
    word before are kept as text.
    """
    lines = list(reading.lines())
    edges = [index for index, (_, line) in enumerate(lines) if line.strip() == _EDGE]
    if len(edges) < 2 or edges[0] != 0:
        reading.stop(lines[0][0] if lines else 0, "does not begin with categories between two lines with %")
    roots, themes = _categories(reading, lines[1 : edges[1]])
    for number, line in lines[edges[1] + 1 :]:
        found = parse_term_line(line)
        if found is None:
            reading.lose(number, "", f"`{line.strip()}` has no number of a category")
        else:
            _add(reading, themes, found, number)
    return build_codebook(reading, roots)


def _categories(reading: Reading, lines: Iterable[tuple[int, str]]) -> tuple[list[Theme], dict[int, Theme]]:
    """The categories that are below no other, and all by their numbers."""
    roots: list[Theme] = []
    themes: dict[int, Theme] = {}
    above: list[tuple[int, Theme]] = []
    for number, line in lines:
        found = HEADER.fullmatch(line)
        if not found or int(found["id"]) in themes:
            wrong = "names a category twice" if found else "is no number with a name"
            reading.lose(number, "", f"`{line.strip()}` {wrong}")
            continue
        indent = len(found["indent"].expandtabs(_TAB))
        theme = reading.theme(found["name"] or found["id"], number)
        while above and above[-1][0] >= indent:
            above.pop()
        (above[-1][1].below if above else roots).append(theme)
        above.append((indent, theme))
        themes[int(found["id"])] = theme
    return roots, themes


def _add(reading: Reading, themes: dict[int, Theme], line: TermLine, number: int) -> None:
    listed = []
    for category in line.categories:
        theme = themes.get(category)
        if theme is None:
            reading.lose(number, "", f"`{line.term}` is in category {category}, which does not exist")
        elif category in listed:
            twice = f"`{line.term}` is listed twice, so that LIWC counts it twice"
            reading.lose(number, theme.name, twice, "counted once")
        else:
            add_pattern(reading, theme, line.term, LAST_STAR, number)
        listed.append(category)
    for condition in line.conditions:
        _add_condition(reading, themes, line.term, condition, number)


def _add_condition(
    reading: Reading, themes: dict[int, Theme], term: str, condition: Condition, number: int
) -> None:
    then, otherwise = themes.get(condition.then), themes.get(condition.otherwise)
    text = f"{term} {condition.text}"
    if then is None or (condition.otherwise and otherwise is None):
        reading.lose(number, "", f"`{text}` names a category that does not exist")
    elif not condition.next_word or not _ONE_WORD.fullmatch(condition.next_word):
        reading.keep(then, number, text, "is a condition on the word before")
    else:
        try:
            kind, phrase = as_term(f"{term} {condition.next_word}", STARS)
            alone_kind, alone = as_term(term, LAST_STAR)
        except ValueError:
            reading.keep(then, number, text, "cannot be a term")
            return
        reading.term(then, ForeignTerm(kind, phrase, text, number))
        if otherwise:
            reading.term(otherwise, ForeignTerm(alone_kind, alone, text, number, not_inside=(phrase,)))


def write(writing: Writing) -> bytes:
    """The codes as numbered categories, named by their labels, the tree by tabs before the numbers."""
    writing.lose_all_but((), ())
    names = writing.names()
    lines = [_EDGE, *_header(writing, names), _EDGE, *_terms(writing)]
    return "".join(f"{line}\n" for line in lines).encode()


def _header(writing: Writing, names: dict[str, str]) -> Iterator[str]:
    levels = {"": -1}
    for number, code in enumerate(writing.book.codes, 1):
        levels[code.id] = levels[code.parent] + 1
        yield "\t" * levels[code.id] + f"{number}\t{names[code.id]}"


def _terms(writing: Writing) -> Iterator[str]:
    lists = [_patterns(writing, code) for code in writing.book.codes]
    for term, numbers in rows_of(lists):
        yield "\t".join((term, *(str(number + 1) for number in numbers)))


def _patterns(writing: Writing, code: Code) -> list[str]:
    return [found for entry in code.entries for found in writing.patterns(entry, LAST_STAR)]
