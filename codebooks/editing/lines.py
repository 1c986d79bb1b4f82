"""The lines that belong to a key or an item of a block: its own, and comments that go with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rubricate.codebooks.editing.draft import Draft, Plain
    from rubricate.codebooks.yaml_tree import Node

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A value, and how it is written where it was taken from, if it was: with its key or dash.

    ``text`` is whole lines if they begin at a ``column``, and else stood in brackets.
    """

    plain: Plain
    text: str = ""
    column: int = -1


def indentation(line: str) -> int:
    """How far a line is indented."""
    return len(line) - len(line.lstrip(" "))


def column_of(draft: Draft, offset: int) -> int:
    """How many characters stand before an offset in its line."""
    return offset - draft.starts[draft.line(offset)]


def begins_line(draft: Draft, offset: int) -> bool:
    """Whether nothing but indentation stands before an offset in its line."""
    return not draft.text[draft.starts[draft.line(offset)] : offset].strip(" ")


def first_line(draft: Draft, offset: int, behind: int) -> int:
    """The first line of what begins at an offset: of the comments directly above at the same indentation.

    They are looked for behind the line ``behind``.
    """
    line, column = draft.line(offset), column_of(draft, offset)
    while line - 1 > behind and _is_comment(draft.line_text(line - 1), column, column):
        line -= 1
    return line


def last_line(draft: Draft, node: Node, column: int) -> int:
    """The last line of what ends with a node: of comments below, indented deeper than a column."""
    last = line = draft.line(max(draft.stop(node) - 1, 0))
    while line + 1 < draft.lines and (
        not (text := draft.line_text(line + 1)).strip() or _is_comment(text, column + 1)
    ):
        line += 1
        if text.strip():
            last = line
    return last


def whole_lines(draft: Draft, first: int, last: int) -> str:
    """Some lines, each with its break."""
    text = draft.text[draft.starts[first] : draft.line_stop(last)]
    return text if text.endswith(("\n", "\r")) else text + draft.line_break


def without_lines(draft: Draft, first: int, last: int, begins: bool = False) -> tuple[int, int]:
    """From where to where a text is to be cut so that some lines, and blank lines of their own, are gone.

    Blank lines below are that where some stand above, too, or where these lines begin a block.
    """
    above = begins or first == 0 or not draft.line_text(first - 1).strip()
    below = last
    while above and below + 1 < draft.lines and not draft.line_text(below + 1).strip():
        below += 1
    start = first
    if below + 1 >= draft.lines:  # nothing follows: the blank lines above end the file
        while start > 0 and not draft.line_text(start - 1).strip():
            start -= 1
    return draft.starts[start], draft.line_stop(below)


def moved(text: str, by: int) -> str:
    """Whole lines, indented by so many characters more, or less."""
    lines = _LINE.findall(text)
    if by >= 0:
        return "".join(" " * by + line if line.strip("\r\n") else line for line in lines)
    return "".join(line[min(-by, indentation(line)) :] for line in lines)


def _is_comment(line: str, least: int, most: int | None = None) -> bool:
    column = indentation(line)
    return line[column : column + 1] == "#" and least <= column and (most is None or column <= most)
