"""Tables as a person reads them at a terminal: columns side by side, as many as there is room for."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from rubricate.cli.right_to_left import isolate
from rubricate.cli.terminal import display_width, left, right, shortened, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd

MOST_ROWS = 40
"""Of a longer table only so many rows are shown, unless all are asked for."""

_FIRST = {
    "documents": ("document", "title", "date", "language", "words", "passages", "passages_coded"),
    "passages": ("passage", "part", "words", "duplicate_of", "text"),
    "segments": ("passage", "code", "hit", "negated", "hedged", "attributed", "question", "sentence"),
    "frequency": (
        *("code", "passages", "passage_share", "documents", "mentions", "mentions_per_1000_words"),
        *("negated", "passages_with_subcodes", "document_share", "mean_document_share"),
    ),
    "cooccurrence": (
        *("code_a", "code_b", "both", "both_apart", "a", "b", "expected", "jaccard", "npmi"),
        "log_likelihood",
    ),
    "entries": (
        *("code", "kind", "text", "matches", "mentions", "passages", "documents", "share_of_code"),
        *("only_here", "entry"),
    ),
    "expansions": ("code", "entry", "form", "matches"),
}
"""What matters most in tables that are too wide: these columns come first, then the others."""

_BY = {
    "frequency": "passages",
    "frequency_by_document": "mentions",
    "cooccurrence": "both",
    "entries": "mentions",
    "expansions": "matches",
}
"""By which column rows are chosen where there are too many: those with the largest numbers, first."""

_NAMES = ("document", "passage", "paragraph", "segment", "duplicate_of", "citekey", "entry", "file")
"""Columns whose texts are told apart by their ends, too: they are cut in the middle."""

_CAPS = (60, 40, 24)
"""How wide a column of text may be; the first that lets as many columns in as the last does."""


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of a table as they are shown: ``rows`` of the first of its ``count`` rows, by ``columns``."""

    columns: tuple[str, ...]
    numeric: frozenset[str]
    rows: tuple[tuple[str, ...], ...]
    count: int

    def column(self, name: str) -> list[str]:
        place = self.columns.index(name)
        return [row[place] for row in self.rows]


def aligned(name: str, frames: Iterable[pd.DataFrame], width: int, most: int | None) -> Iterator[str]:
    """The rows of a table as lines of ``width`` columns: ``most`` of them (None: all), and what is not shown.

    Columns in which nothing stands are left out.
    """
    cells = _cells(name, frames, most)
    filled = [column for column in _ranked(name, cells.columns) if any(cells.column(column))]
    wanted = filled or list(cells.columns)
    sizes = _sizes(cells, wanted, width)
    shown = [
        _lines(column, cells.column(column), size, numeric=column in cells.numeric)
        for column, size in sizes.items()
    ]
    for row in zip(*shown, strict=True):
        yield "  ".join(row).rstrip()
    if cells.count > len(cells.rows):
        which = f" with the largest “{_BY[name]}”" if name in _BY else ""
        yield f"{len(cells.rows)} of {cells.count:,} rows{which or ', the first'} (--full shows all)."
    if hidden := [column for column in wanted if column not in sizes]:
        yield from wrapped(f"Not shown: {', '.join(hidden)} (-o FILE writes them).", width, rest="  ")


def _cells(name: str, frames: Iterable[pd.DataFrame], most: int | None) -> _Cells:
    import pandas as pd

    every, count = pd.DataFrame(), 0
    for frame in frames:
        every = _first_rows(name, frame if not count else pd.concat([every, frame]), most)
        count += len(frame)
    texts = ([_shown(value) for value in every[column].tolist()] for column in every.columns)
    columns = tuple(map(str, every.columns))
    numeric = frozenset(map(str, every.select_dtypes("number").columns))
    return _Cells(columns, numeric, tuple(zip(*texts, strict=True)), count)


def _first_rows(name: str, frame: pd.DataFrame, most: int | None) -> pd.DataFrame:
    """All rows, or if they are too many the ``most`` first or largest."""
    if most is None or len(frame) <= most:
        return frame
    if name not in _BY:
        return frame.head(most)
    return frame.sort_values(_BY[name], ascending=False, kind="stable", na_position="last").head(most)


def _shown(value: object) -> str:
    """A cell as people read it: thousands apart, four significant digits, nothing where it is empty."""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return f"{value:,.4g}" if value == value and abs(value) < 10_000 else _large(value)
    return f"{value:,}" if isinstance(value, int) else ""


def _large(value: float) -> str:
    return f"{value:,.0f}" if value == value else ""


def _ranked(name: str, columns: Sequence[str]) -> list[str]:
    """The columns of a table, those that matter most in front."""
    first = [column for column in _FIRST.get(name, ()) if column in columns]
    return first + [column for column in columns if column not in first]


def _sizes(cells: _Cells, columns: Sequence[str], width: int) -> dict[str, int]:
    """The columns that fit, each with its width; what is left of the line goes to the text cut most."""
    needs = {column: _need(cells, column) for column in columns}
    by_cap = [_fitting(cells, needs, cap, width) for cap in _CAPS]
    sizes = next(one for one in by_cap if len(one) == len(by_cap[-1]))
    cut = max(sizes, key=lambda column: needs[column] - sizes[column])
    spare = width - sum(sizes.values()) - 2 * (len(sizes) - 1)
    sizes[cut] = min(needs[cut], sizes[cut] + max(spare, 0))
    return sizes


def _fitting(cells: _Cells, needs: dict[str, int], cap: int, width: int) -> dict[str, int]:
    """As many of the first columns as fit beside each other, and always one."""
    sizes = {column: need if column in cells.numeric else min(need, cap) for column, need in needs.items()}
    ends, used = {}, -2
    for column, size in sizes.items():
        used += size + 2
        ends[column] = used
    fitting = list(takewhile(lambda column: ends[column] <= width, sizes)) or list(sizes)[:1]
    return {column: min(sizes[column], width) for column in fitting}


def _need(cells: _Cells, column: str) -> int:
    """How wide a column is if nothing of it is cut."""
    return max(map(display_width, (column, *(" ".join(cell.split()) for cell in cells.column(column)))))


def _lines(column: str, cells: Sequence[str], size: int, *, numeric: bool) -> list[str]:
    """A column, its name above a line, each cell as wide as all."""
    cut = _cut_inside if column in _NAMES else _cut
    texts = [cut(cell, size) for cell in (column, *cells)]
    padded = [right(text, size) if numeric else left(isolate(text), size) for text in texts]
    return [padded[0], "-" * size, *padded[1:]]


def _cut(text: str, width: int) -> str:
    """A text cut to a width, between words where it can be, with … for what is missing."""
    found = shortened(text, width)
    if found != "…" or text == "…":
        return found
    return _cut_off(text, width)


def _cut_inside(text: str, width: int) -> str:
    """A name cut to a width, with … in its middle for what is missing."""
    if display_width(text) <= width:
        return text
    behind = text[-(width // 2) :]
    while display_width(behind) > width // 2:
        behind = behind[1:]
    return _cut_off(text, width - display_width(behind)) + behind


def _cut_off(text: str, width: int) -> str:
    while display_width(text) >= width:
        text = text[:-1]
    return f"{text}…"
