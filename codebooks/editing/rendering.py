"""New parts of a codebook as YAML: in blocks, as people write them, or in brackets."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from rubricate.codebooks.yaml_scalar import scalar

if TYPE_CHECKING:
    from rubricate.codebooks.editing.draft import Plain

STEP = 2
"""How much deeper what belongs to a key is indented."""
_WIDTH = 100
_IN_BRACKETS = ("was", "not_inside", "variables", "tokens")
"""Keys whose values go in brackets while these fit on a line."""


def in_brackets(value: Plain) -> str:
    """Return a value on one line.

    >>> print(in_brackets({"term": "war", "not_inside": ["trade war", "star: wars"]}))
    {term: war, not_inside: [trade war, "star: wars"]}
    """
    if isinstance(value, dict):
        return f"{{{', '.join(pair_in_brackets(scalar(key), item) for key, item in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(in_brackets, value))}]"
    return scalar(value)


def pair_in_brackets(key: str, value: Plain) -> str:
    """Return a key, as it is to be written, with its value, on one line."""
    return f"{key}: {in_brackets(value)}"


def pair_lines(key: str, value: Plain, column: int) -> list[str]:
    """Return the lines of a key, as it is to be written, with its value, at an indentation."""
    head = f"{' ' * column}{key}:"
    if isinstance(value, str):
        return _text_lines(head, value, column + STEP)
    line = f"{head} {in_brackets(value)}"
    if not value or (key in _IN_BRACKETS and len(line) <= _WIDTH):
        return [line]
    if isinstance(value, dict):
        below = (pair_lines(scalar(name), item, column + STEP) for name, item in value.items())
    else:
        below = (item_lines(item, column + STEP) for item in value)
    return [head, *(line for lines in below for line in lines)]


def item_lines(value: Plain, column: int) -> list[str]:
    """Return the lines of an item of a list whose dash stands at an indentation."""
    dash = f"{' ' * column}- "
    if not isinstance(value, dict) or not value:
        return [f"{dash}{in_brackets(value)}"]
    pairs = (pair_lines(scalar(name), item, column + STEP) for name, item in value.items())
    first, *rest = (line for lines in pairs for line in lines)
    return [f"{dash}{first[column + STEP :]}", *rest]


def _text_lines(head: str, text: str, column: int) -> list[str]:
    """A text behind its key: on the line if it fits, else as a block, if a block can hold it."""
    plain = scalar(text)
    lines = text.split("\n")
    if not all(line.isprintable() and line == line.strip() for line in lines) or not lines[-1]:
        return [f"{head} {plain}"]
    indent = " " * column
    if len(lines) > 1 and lines[0]:
        return [f"{head} |-", *(f"{indent}{line}" if line else "" for line in lines)]
    if len(lines) > 1 or len(head) + len(plain) < _WIDTH or "  " in text:
        return [f"{head} {plain}"]
    wrapped = textwrap.wrap(text, _WIDTH - column, break_long_words=False, break_on_hyphens=False)
    return [f"{head} >-", *(f"{indent}{line}" for line in wrapped)]
