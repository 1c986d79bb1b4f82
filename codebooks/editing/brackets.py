"""Lists and mappings in brackets: what stands between two items, and where one begins and ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rubricate.codebooks.editing.draft import Splice
from rubricate.codebooks.editing.lines import begins_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rubricate.codebooks.editing.draft import Draft
    from rubricate.codebooks.yaml_tree import ListNode, MappingNode

_COMMA = re.compile(r"(?:\s|#[^\r\n]*+)*+,[ \t]*(?:#[^\r\n]*)?")
"""The comma behind an item, and a comment behind that in its line: it is about the item."""


def put_between(
    draft: Draft, node: ListNode | MappingNode, spans: Sequence[tuple[int, int]], place: int, text: str
) -> Splice:
    """Return the splice that puts a text among items, before the one with the number ``place``.

    ``spans`` are where the items begin and end.
    """
    if not spans:
        start = draft.start(node) + 1
        return Splice(start, start, text)
    if place < len(spans):
        start = spans[place][0]
        return Splice(start, start, f"{text}, ")
    end = spans[-1][1]
    return Splice(end, end, f", {text}")


def take_out(draft: Draft, spans: Sequence[tuple[int, int]], first: int, last: int) -> tuple[int, int]:
    """Return from where to where a text is to be cut so that some items and their commas are gone.

    Comments above other items, and behind the comma of the item before, stay.
    """
    start, end = spans[first][0], spans[last][1]
    comma = _COMMA.match(draft.text, end)
    behind = comma.end() if comma else end
    if last + 1 < len(spans):
        following = spans[last + 1][0]
        return _with_line(draft, start, behind) if "#" in draft.text[behind:following] else (start, following)
    before = spans[first - 1][1] if first else start
    return _with_line(draft, start, behind) if "#" in draft.text[before:start] else (before, end)


def _with_line(draft: Draft, start: int, end: int) -> tuple[int, int]:
    """From where to where a text is to be cut so that no blank line is left of what had lines of its own."""
    stop = draft.line_stop(draft.line(end))
    if not begins_line(draft, start) or draft.text[end:stop].strip():
        return start, end
    return draft.starts[draft.line(start)], stop
