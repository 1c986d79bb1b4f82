"""Lists and mappings in brackets: what stands between two items, and where one begins and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks.editing.draft import Splice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rubricate.codebooks.editing.draft import Draft
    from rubricate.codebooks.yaml_tree import ListNode, MappingNode


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
    """Return from where to where a text is to be cut so that some items and their commas are gone."""
    start, end = spans[first][0], spans[last][1]
    if last + 1 < len(spans):
        return start, spans[last + 1][0]
    before = spans[first - 1][1] if first else start
    if "#" in draft.text[before:start]:  # a comment about the item before; its comma may stay
        return start, end
    return before, end
