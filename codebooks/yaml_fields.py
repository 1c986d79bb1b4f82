"""The values of one mapping of a codebook: asked for by key, checked, and reported where they are wrong."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from rubricate.codebooks.keys import CODE, CODEBOOK, EXAMPLE, RULE, TERM
from rubricate.codebooks.yaml_tree import BrokenNode, ListNode, MappingNode, Node, TextNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rubricate.codebooks.errors import Problems
    from rubricate.codebooks.keys import Place

_NODE_NAMES = {TextNode: "text", ListNode: "a list", MappingNode: "a mapping (`key: value`)"}
_LONGEST_SHOWN = 60


def shown(text: str) -> str:
    """Return a text of the file as it appears in a message: on one line and not too long."""
    line = " ".join(text.split())
    return f"`{line[:_LONGEST_SHOWN]}…`" if len(line) > _LONGEST_SHOWN else f"`{line}`"


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that was probably meant, or nothing."""
    typed = word.strip().lower().replace("-", "_").replace(" ", "_")
    return next(iter(difflib.get_close_matches(typed, known, n=1)), "")


def one_of(words: Sequence[str]) -> str:
    """Return `a, b or c`."""
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def node_name(node: Node) -> str:
    """Return what a node is, in words."""
    if isinstance(node, TextNode) and not node.text:
        return "nothing"
    return _NODE_NAMES.get(type(node), "something else")


class Fields:
    """The keys of one mapping with their values; unknown keys are reported at once."""

    def __init__(self, node: MappingNode, place: Place, problems: Problems) -> None:
        """Take the keys that the place knows."""
        self.mark = node.mark
        self._problems = problems
        self.marks = {key.text: key.mark for key, _ in node.pairs}
        self._values = {key.text: value for key, value in node.pairs}
        self.strange = tuple(key for key, _ in node.pairs if key.text not in place.keys)
        for key in self.strange:
            problems.add(key.mark, _strange_key(key.text, place))

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def node(self, key: str) -> Node | None:
        """Return the value of a key as it stands in the file, or None if the key is absent."""
        return self._values.get(key)

    def text(self, key: str, default: str = "") -> str:
        """Return a text, the default if the key is absent or its value is wrong."""
        node = self._values.get(key)
        if isinstance(node, TextNode):
            return node.text or default
        self._expect("text", key, node)
        return default

    def choice(self, key: str, allowed: Sequence[str]) -> str:
        """Return one of the allowed values; the first one is the default."""
        node = self._values.get(key)
        if isinstance(node, TextNode) and node.text not in allowed:
            wrong = f"{shown(node.text)} is no value of `{key}`" if node.text else f"`{key}` is empty"
            self._problems.add(node.mark, f"{wrong}; write {one_of(allowed)}")
            return allowed[0]
        return self.text(key, allowed[0])

    def filled(self, key: str) -> TextNode | None:
        """Return the node of a text, None if the key is absent or its value is wrong; empty is wrong, too."""
        node = self._values.get(key)
        if isinstance(node, TextNode) and node.text.strip():
            return node
        if isinstance(node, TextNode):
            self._problems.add(node.mark, f"`{key}` is empty; write something, or remove the key")
        else:
            self._expect("a text", key, node)
        return None

    def items(self, key: str) -> tuple[Node, ...]:
        """Return the items of a list, or a single text as the only item."""
        node = self._values.get(key)
        if isinstance(node, ListNode):
            return node.items
        if isinstance(node, TextNode):
            return (node,) if node.text.strip() else ()
        self._expect("a text or a list of texts", key, node)
        return ()

    def texts(self, key: str) -> tuple[TextNode, ...]:
        """Return the items of a list of texts, or a single text."""
        items = self.items(key)
        for item in items:
            if not isinstance(item, TextNode):
                self._expect("a text", key, item)
        return tuple(item for item in items if isinstance(item, TextNode))

    def pairs(self, key: str) -> tuple[tuple[TextNode, str], ...]:
        """Return the keys of a mapping with their texts."""
        node = self._values.get(key)
        if isinstance(node, TextNode) and not node.text:
            return ()
        if not isinstance(node, MappingNode):
            self._expect("a mapping (`key: text`)", key, node)
            return ()
        for _, value in node.pairs:
            if not isinstance(value, TextNode):
                self._expect("a text", key, value)
        return tuple((name, value.text) for name, value in node.pairs if isinstance(value, TextNode))

    def _expect(self, expected: str, key: str, found: Node | None) -> None:
        if found is not None and not isinstance(found, BrokenNode):
            self._problems.add(found.mark, f"`{key}` takes {expected}; {node_name(found)} stands here")


def _strange_key(key: str, place: Place) -> str:
    """Say what a key is that cannot stand here: misspelt, misplaced or unknown."""
    wrong = f"{shown(key)} is not a key of {place.name}"
    close = nearest(key, place.keys)
    if close:
        return f"{wrong}; write `{close}`"
    for other in (CODEBOOK, CODE, TERM, RULE, EXAMPLE):
        if key in other.keys:
            return f"{wrong} but of {other.name}; move it there (check the indentation)"
    instead = "put the term in quotes if the colon belongs to it; " if place is TERM else ""
    return f"{wrong}; {instead}its keys are {', '.join(place.keys)}"
