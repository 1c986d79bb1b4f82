"""A codebook as a table with a row for each code, and such tables of other programs as codebooks.

Our own columns are COLUMNS; terms of another language than the codebook's stand in ``terms_fa``, ….
Lists have one item per line of their cell.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rubricate.codebooks import keys
from rubricate.codebooks.formats.building import build_codebook
from rubricate.codebooks.formats.entry_lines import entry_line, example_line, parse_braces, parse_example
from rubricate.codebooks.formats.references import NUMBERED
from rubricate.codebooks.formats.table_columns import (
    EXAMPLES,
    LISTS,
    NEAR_MISSES,
    PATH,
    TERMS,
    TEXTS,
    find_columns,
)
from rubricate.codebooks.formats.themes import ForeignTerm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rubricate.codebooks.codebook import Code, Codebook, Entry
    from rubricate.codebooks.formats.reading import Reading
    from rubricate.codebooks.formats.table_columns import Columns
    from rubricate.codebooks.formats.themes import Theme
    from rubricate.codebooks.formats.writing import Writing

_KIND = re.compile(rf"({'|'.join((*keys.ENTRY_KINDS, 'rule'))})\s*:\s*(\S.*)")
_SEE = re.compile(r"([a-z0-9_]{1,32})\s*:\s*(.*)")


def read_rows(reading: Reading, rows: Iterator[tuple[int, list[str]]]) -> Codebook:
    """The codebook of a table whose first row names its columns.

    Besides ours, columns of other programs are known: the name in ``tag``, ``name``, ``path`` or ``code``,
    the definition in ``description`` or ``memo``, the parent in ``parent`` or ``parent code``.
    """
    line, header = next(rows, (0, []))
    columns = find_columns(reading, line, header)
    tree = _Tree(reading, columns)
    for number, cells in rows:
        tree.add(number, [cell.strip() for cell in cells] + [""] * (len(header) - len(cells)))
    return build_codebook(reading, tree.roots())


class _Tree:
    """Rows as categories, by their ids and names; parents may stand behind their children."""

    def __init__(self, reading: Reading, columns: Columns) -> None:
        self._reading = reading
        self._columns = columns
        self._themes: list[tuple[Theme, str]] = []
        self._by_id: dict[str, Theme] = {}
        self._by_name: dict[str, Theme] = {}
        self._by_path: dict[tuple[str, ...], Theme] = {}

    def add(self, line: int, cells: list[str]) -> None:
        """Take a row."""
        columns, reading = self._columns, self._reading
        found = cells[columns.id] if columns.id >= 0 else ""
        name = (cells[columns.name] if columns.name >= 0 else "") or found
        if not name:
            reading.lose(line, "", "a row without the name of a code")
            return
        if found and found in self._by_id:
            reading.stop(line, f"the id `{found}` stands twice; give one of the two another id")
        parent = cells[columns.parent] if columns.parent >= 0 else ""
        if columns.paths and not parent:
            theme = self._along(line, name)
        else:
            theme = reading.theme(name, line, id=found)
            self._themes.append((theme, parent))
        self._by_id.setdefault(found, theme)
        self._by_name.setdefault(name, theme)
        fill(reading, theme, columns, line, cells)

    def _along(self, line: int, name: str) -> Theme:
        """The category at the end of a path such as ``Trade > Tariffs``, made with all above it."""
        path: tuple[str, ...] = ()
        for piece in filter(None, map(str.strip, PATH.split(name))):
            path = (*path, piece)
            if path not in self._by_path:
                theme = self._reading.theme(piece, line)
                if path[:-1]:
                    self._by_path[path[:-1]].below.append(theme)
                else:
                    self._themes.append((theme, ""))
                self._by_path[path] = theme
        if path not in self._by_path:
            self._reading.stop(line, f"`{name}` is no name of a code")
        return self._by_path[path]

    def roots(self) -> list[Theme]:
        """The categories below no other, with all others below them; a circle is a mistake."""
        roots, above = [], {}
        for theme, parent in self._themes:
            found = self._by_id.get(parent) or self._by_name.get(parent) if parent else None
            if parent and found is None:
                lost = f"the parent `{parent}` is no code"
                self._reading.lose(theme.line, theme.name, lost, "stands at the top")
            if found is None:
                roots.append(theme)
            else:
                found.below.append(theme)
                above[id(theme)] = found
        self._check_circles(above)
        return roots

    def _check_circles(self, above: dict[int, Theme]) -> None:
        sound: set[int] = set()
        for theme, _ in self._themes:
            way, place = [], theme
            while id(place) in above and id(place) not in sound:
                way.append(id(place))
                place = above[id(place)]
                if id(place) in way[:1] or len(way) > len(above):
                    self._reading.stop(theme.line, f"`{theme.name}` stands below itself; correct the parents")
            sound.update(way)


def fill(reading: Reading, theme: Theme, columns: Columns, line: int, cells: list[str]) -> None:
    """Give a category what stands in the other cells of its row."""
    for index, key in columns.fields.items():
        value, items = cells[index], [item.strip() for item in cells[index].split("\n") if item.strip()]
        if not items:
            continue
        if key in TEXTS:
            theme.more[key] = _checked(reading, theme, line, key, value)
        elif key in LISTS:
            theme.more[key] = (*theme.more.get(key, ()), *items)
        elif key in (EXAMPLES, NEAR_MISSES):
            _add_examples(reading, theme, line, items, applies=key == EXAMPLES)
        elif key == "see":
            _add_see(reading, theme, line, items)
        else:
            _add_terms(reading, theme, line, items, key.removeprefix(TERMS).removeprefix("_"))


def _add_examples(reading: Reading, theme: Theme, line: int, items: Iterable[str], *, applies: bool) -> None:
    for item in items:
        try:
            example = parse_example(item, applies=applies)
        except ValueError as error:
            reading.keep(theme, line, item, f"is no example ({error})")
        else:
            theme.more["examples"] = (*theme.more.get("examples", ()), example)


def _add_see(reading: Reading, theme: Theme, line: int, items: Iterable[str]) -> None:
    for item in items:
        found = _SEE.fullmatch(item)
        if found:
            theme.more.setdefault("see", {})[found[1]] = found[2]
        else:
            reading.keep(theme, line, item, "names no code in the column see")


def _add_terms(reading: Reading, theme: Theme, line: int, items: Iterable[str], language: str) -> None:
    for item in items:
        try:
            entry = parse_braces(item, language or reading.language)
        except ValueError as error:
            reading.keep(theme, line, item, f"is no entry ({error})")
            continue
        if entry and _names_twice(entry, theme):
            reading.lose(line, theme.name, f"the id of `{item}` is another rule's", "numbered")
            entry = replace(entry, id="")
        named = _KIND.fullmatch(item)
        kind, text = named.groups() if named else ("term", item)
        reading.term(theme, ForeignTerm(kind, text, item, line, language=language, entry=entry))


def _names_twice(entry: Entry, theme: Theme) -> bool:
    """Whether a rule has an id of its own that another rule of its code has."""
    return not NUMBERED.fullmatch(entry.id.rpartition(".")[2]) and any(
        term.entry.id == entry.id for term in theme.terms if term.entry
    )


def _checked(reading: Reading, theme: Theme, line: int, key: str, value: str) -> str:
    allowed = {"coded_by": keys.CODED_BY, "negated": keys.NEGATED}.get(key)
    if allowed and value not in allowed:
        reading.lose(line, theme.name, f"`{value}` is no value of {key}")
        return ""
    return value


def rows_of_codebook(writing: Writing) -> list[list[str]]:
    """The table: a header, then a row for each code."""
    held = ("definition", "see", "examples", *TEXTS, *LISTS)
    writing.lose_all_but(held, ("language",))
    book = writing.book
    languages = dict.fromkeys(entry.language for entry in book.entries if entry.language != book.language)
    header = ["code", "label", "parent", *TEXTS[:1], *LISTS[:2], "see", TERMS]
    header += [f"{TERMS}_{language}" for language in languages]
    header += [EXAMPLES, NEAR_MISSES, *TEXTS[1:], *LISTS[2:]]
    return [header, *([_cell(writing, code, column) for column in header] for code in book.codes)]


def _cell(writing: Writing, code: Code, column: str) -> str:
    if column in ("code", "label", "parent"):
        return {"code": code.id, "label": code.label, "parent": code.parent}[column]
    if column in (EXAMPLES, NEAR_MISSES):
        return "\n".join(_examples(code, applies=column == EXAMPLES))
    if column == "see":
        return "\n".join(f"{other}: {_line(writing, code, why)}" for other, why in code.see.items())
    if column.startswith(TERMS):
        language = column.removeprefix(TERMS).removeprefix("_") or writing.book.language
        return "\n".join(_terms(code, language))
    value = getattr(code, column)
    return value if isinstance(value, str) else "\n".join(_line(writing, code, item) for item in value)


def _terms(code: Code, language: str) -> Iterator[str]:
    return (entry_line(entry) for entry in code.entries if entry.language == language)


def _examples(code: Code, *, applies: bool) -> Iterator[str]:
    return (example_line(example) for example in code.examples if example.applies == applies)


def _line(writing: Writing, code: Code, item: str) -> str:
    """An item on one line, so that lines of a cell are items."""
    if "\n" not in item:
        return item
    writing.lose(code.id, f"the line breaks of `{' '.join(item.split())}`", "spaces instead")
    return " ".join(item.split())
