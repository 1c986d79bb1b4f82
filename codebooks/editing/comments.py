"""Comments of a codebook's text, and which of them an edit could not keep."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from rubricate.codebooks.yaml_tree import ListNode, MappingNode, TextNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.codebooks.editing.draft import Draft
    from rubricate.codebooks.yaml_tree import Node

_COMMENT = re.compile(r"(?:(?<=\s)|\A)#[^\r\n]*")
_MOST = 5
_LONGEST = 60  # characters of a comment that are shown


def comments(draft: Draft) -> list[str]:
    """All comments of a draft, in order: what begins with # behind white space and is part of no text."""
    found, done = [], 0
    for node in _texts(draft.root):
        start = draft.start(node)
        if start >= done:
            found += _COMMENT.findall(draft.text, done, start)
            done = draft.stop(node)
    return [one.rstrip() for one in [*found, *_COMMENT.findall(draft.text, done)]]


def lost_comments(before: Draft, after: Draft) -> tuple[str, ...]:
    """What is to be said of comments that an edit could not keep: one note, or none."""
    gone = Counter(comments(before)) - Counter(comments(after))
    texts = [text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…" for text in gone.elements()]
    if not texts:
        return ()
    shown = ", ".join(texts[:_MOST]) + (f" and {len(texts) - _MOST} more" if len(texts) > _MOST else "")
    these, them = ("this comment has", "it") if len(texts) == 1 else ("these comments have", "them")
    return (f"{these} no place any more (the state before keeps {them}): {shown}",)


def _texts(node: Node) -> Iterator[TextNode]:
    """The keys and texts of a tree, in the order of the file."""
    if isinstance(node, TextNode):
        yield node
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from _texts(item)
    elif isinstance(node, MappingNode):
        for key, value in node.pairs:
            yield key
            yield from _texts(value)
