"""Where the characters of a text stand in the codebook file, whatever quotation marks it is in."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from rubricate.codebooks.codebook import Mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rubricate.codebooks.yaml_tree import TextNode

_HEX_ESCAPES = {"x": 2, "u": 4, "U": 8}
_BLOCK = re.compile(r"[|>][-+0-9]*")
_BLANKS = re.compile(r"\s*")
_BACKSLASH_AT_END = re.compile(r"\\\s*$")


def place_in_file(node: TextNode, at: int, lines: Sequence[str]) -> Mark:
    """The place of character ``at`` of a text; the beginning of the text where YAML has changed too much."""
    return places_in_file(node, [at], lines)[0]


def places_in_file(node: TextNode, ats: Sequence[int], lines: Sequence[str]) -> list[Mark]:
    """The places of several characters of a text, which is gone through once."""
    if not ats:
        return []
    places = list(islice(_places(node, lines), max(ats) + 1))
    wanted = (min(at, len(node.text) - 1) for at in ats)
    return [places[at] if 0 <= at < len(places) else node.mark for at in wanted]


def _places(node: TextNode, lines: Sequence[str]) -> Iterator[Mark]:
    """The place of each character of a text, up to the first that cannot be told.

    White space is where the reading stands: YAML makes one blank of a line break and what is around it.
    """
    if not 0 < node.mark.line <= len(lines):
        return
    row, column = node.mark.line - 1, node.mark.column - 1
    sign = lines[row][column : column + 1]
    if sign in ("'", '"'):
        column += 1
    elif _BLOCK.match(lines[row], column) and node.text[:1] != sign:
        row, column, sign = row + 1, 0, ""
    else:
        sign = ""
    for character in node.text:
        if not character.isspace():
            row, column = _next_sign(lines, row, column, sign)
        if row >= len(lines):
            return
        width = _width(lines[row], column, sign, character)
        if not width:
            return
        yield Mark(row + 1, column + 1)
        column += width if lines[row][column : column + 1] else 0


def _next_sign(lines: Sequence[str], row: int, column: int, sign: str) -> tuple[int, int]:
    """The next place that is no white space; in double quotes a line may end with a backslash."""
    while row < len(lines):
        line = lines[row]
        found = _BLANKS.match(line, column)
        assert found
        begins = found.end()
        if begins < len(line) and not (sign == '"' and _BACKSLASH_AT_END.match(line, begins)):
            return row, begins
        row, column = row + 1, 0
    return row, column


def _width(line: str, column: int, sign: str, character: str) -> int:
    """How many characters of the file stand for one of the text; 0 where another one stands there."""
    here = line[column : column + 1]
    if sign == '"' and here == "\\":
        return 2 + _HEX_ESCAPES.get(line[column + 1 : column + 2], 0)
    if sign == "'" and here == "'":
        return 2
    return 1 if here == character or character.isspace() else 0


_BEFORE, _BEHIND = 60, 40  # characters of a long line that are shown


def pointed_out(mark: Mark, lines: Sequence[str]) -> str:
    """The line of a place, and a second one with a caret below it; nothing for a place without a line."""
    if not 0 < mark.line <= len(lines):
        return ""
    line = lines[mark.line - 1]
    at = min(mark.column - 1, len(line))
    first = max(0, at - _BEFORE) if at > _BEFORE + 20 else 0
    shown = line[first : at + _BEHIND] if len(line) - first > _BEFORE + 2 * _BEHIND else line[first:]
    cut = "…" if first else ""
    indent = len(shown) - len(shown.lstrip()) if not cut else 0
    before = shown[indent : at - first]
    return f"  {cut}{shown[indent:]}\n  {' ' * len(cut)}{_blank(before)}^"


def _blank(text: str) -> str:
    """As much white space as a text is wide on a screen."""
    import unicodedata

    widths = (
        0
        if unicodedata.category(character) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )
    return " " * sum(widths)
