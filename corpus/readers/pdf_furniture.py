"""What printers put on every page of a PDF: page numbers, running headers and footers.

A line is furniture if the same stands at the same height of other pages; one number in it may count with
the pages. A bare number that does is a page number, and what stands beside it is furniture too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rubricate.corpus.readers.pdf_layout import Line

    Place = tuple[int, int]  # page, and place among its lines

_ROWS = 3  # from the top and from the bottom of a page
_SAME_HEIGHT = 4  # points
_CLOSE = 3.5  # of the size
_FEW_PAGES = 5
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"[\W_]*(?:(?:page|p\.|seite|صفحه)\s*)?(\d{1,4}|[ivxlc]{1,8})[\W_]*", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"[\W_]*(?:page\s*)?#-?\d+(?:\s*(?:/|of)\s*\d+)?[\W_]*")
_NOTES = re.compile(r"[\W\d]*(?:ibid|ebd|ebenda|op\. cit|loc\. cit|همان)", re.IGNORECASE)
"""What stands at the foot of many pages and is a footnote."""

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
PAGE_NUMBER = "page number"


class _Edge(NamedTuple):
    """What stands at the edge of a page: a line, or a number and what is close behind it.

    ``text`` is in small letters; ``places`` are those of the lines.
    """

    page: int
    side: str
    y: float
    text: str
    places: tuple[Place, ...]


def find_page_furniture(pages: Sequence[Sequence[Line]]) -> dict[Place, str]:
    """Which lines are furniture, by page and place in the page, and why; ``pages`` are lists of lines."""
    repeated: dict[tuple[str, str], list[_Edge]] = defaultdict(list)
    for page, lines in enumerate(pages if len(pages) > 1 else ()):
        for edge in _edges(page, lines):
            for pattern in _patterns(edge.text, page):
                repeated[edge.side, pattern].append(edge)
    fewest = 2 if len(pages) < _FEW_PAGES else 3
    found: dict[Place, str] = {}
    for (side, pattern), edges in repeated.items():
        for together in _at_one_height(edges):
            count = len({edge.page for edge in together})
            if count >= fewest:
                number = _PAGE_NUMBER.fullmatch(pattern)
                reason = PAGE_NUMBER if number else f"repeated at the {side} of {count} pages"
                found.update((place, reason) for edge in together for place in edge.places)
    return {**_beside(pages, found), **found}


def _edges(page: int, lines: Sequence[Line]) -> Iterator[_Edge]:
    """What stands in the uppermost and the lowest rows of a page, but for what is plainly a note."""
    heights = sorted({round(line.y) for line in lines if not line.turn})
    for side, outer in (("top", set(heights[-_ROWS:])), ("bottom", set(heights[:_ROWS]))):
        at_edge = {
            index: line for index, line in enumerate(lines) if not line.turn and round(line.y) in outer
        }
        close = {index: _close_behind(line, at_edge) for index, line in at_edge.items()}
        for index, line in at_edge.items():
            if index in close.values() or _NOTES.match(line.text):
                continue
            behind = close[index]
            text = line.text if behind is None else f"{line.text} {at_edge[behind].text}"
            places = tuple((page, other) for other in (index, behind) if other is not None)
            yield _Edge(page, side, line.y, text.casefold(), places)


def _close_behind(line: Line, others: Mapping[int, Line]) -> int | None:
    """What stands close behind a number in its row, as the text of a note or of an item does."""
    if not _NUMBER.fullmatch(line.text):
        return None
    reach = line.x1 + _CLOSE * line.size
    return next(
        (
            index
            for index, other in others.items()
            if abs(other.y - line.y) <= _SAME_HEIGHT and line.x1 <= other.x0 < reach
        ),
        None,
    )


def _patterns(text: str, page: int) -> Iterator[str]:
    """The text itself, and with each of its numbers as its distance from that of the page.

    >>> list(_patterns("3 of 7", 2)), list(_patterns("- xiv -", 13))
    (['3 of 7', '#1 of 7', '3 of #5'], ['#1'])
    """
    if number := _NUMBER.fullmatch(text):
        yield f"#{_value(number[1]) - page}"
        return
    yield text
    for digits in _DIGITS.finditer(text):
        yield f"{text[: digits.start()]}#{int(digits[0][-9:]) - page}{text[digits.end() :]}"


def _at_one_height(edges: list[_Edge]) -> Iterator[list[_Edge]]:
    """Gather what stands at one height, the commonest first."""
    while edges:
        ((height, _),) = Counter(round(edge.y) for edge in edges).most_common(1)
        yield [edge for edge in edges if abs(edge.y - height) <= _SAME_HEIGHT]
        edges = [edge for edge in edges if abs(edge.y - height) > _SAME_HEIGHT]


def _beside(pages: Sequence[Sequence[Line]], found: Mapping[Place, str]) -> dict[Place, str]:
    """What stands in one row with a page number: the header of a chapter that has few pages."""
    numbers = {
        (page, round(pages[page][index].y)) for (page, index), why in found.items() if why == PAGE_NUMBER
    }
    return {
        place: "beside the page number"
        for page, lines in enumerate(pages)
        for edge in (_edges(page, lines) if numbers else ())
        for place in edge.places
        if (page, round(edge.y)) in numbers
    }


def _value(number: str) -> int:
    """The value of a number in Arabic or Roman digits.

    >>> _value("12"), _value("xiv")
    (12, 14)
    """
    if number.isdigit():
        return int(number)
    values = [_ROMAN[digit] for digit in number.lower()]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)
