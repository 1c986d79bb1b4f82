"""Dictionaries of quanteda as YAML: keys within keys, patterns at the leaves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rubricate.codebooks.formats.building import DEEPEST, build_codebook
from rubricate.codebooks.formats.patterns import ANYWHERE
from rubricate.codebooks.formats.terms import add_pattern
from rubricate.codebooks.yaml_fields import node_name
from rubricate.codebooks.yaml_scalar import scalar
from rubricate.codebooks.yaml_tree import ListNode, MappingNode, TextNode, read_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.codebooks.codebook import Code, Codebook
    from rubricate.codebooks.formats.reading import Reading
    from rubricate.codebooks.formats.themes import Theme
    from rubricate.codebooks.formats.writing import Writing
    from rubricate.codebooks.yaml_tree import Node

_CODES = re.compile(r"^[{\"']*codes[\"']?\s*:", re.MULTILINE)
_KEYS = re.compile(
    r"^\s+[^#\n]*\b(?:label|terms|coded_by|codes)[\"']?\s*:|\{\s*(?:label|terms|coded_by)\s*:", re.MULTILINE
)

OWN = "__"
"""The key for the patterns of a key that has keys below it."""
LONGEST_KEY = 250
"""The most characters of a key, which YAML lets have 1,024, all escapes counted."""


def read(reading: Reading) -> Codebook:
    """The keys as codes; ``*`` and ``?`` are wildcards, and a hyphen between letters joins a word."""
    problems = reading.problems()
    root = read_tree(reading.text(), problems)
    problems.raise_if_any()
    if not isinstance(root, MappingNode):
        reading.stop(root.mark.line, f"a dictionary begins with a key; {node_name(root)} stands here")
    return build_codebook(reading, _themes(reading, root, 1), hyphens="keep")


def is_ours(text: str) -> bool:
    """Whether a YAML text is a codebook of ours: it has ``codes`` and keys that codes have."""
    return bool(_CODES.search(text) and _KEYS.search(text))


def _themes(reading: Reading, node: MappingNode, level: int) -> list[Theme]:
    if level > DEEPEST:
        reading.stop(node.mark.line, f"nested deeper than {DEEPEST} levels; make the tree flatter")
    themes = []
    for key, value in node.pairs:
        if not key.text.strip():
            reading.stop(key.mark.line, "a key is empty; write a name", key.mark.column)
        theme = reading.theme(key.text, key.mark.line)
        _fill(reading, theme, value, level)
        themes.append(theme)
    return themes


def _fill(reading: Reading, theme: Theme, node: Node, level: int) -> None:
    """Give a category what stands under its key: patterns, and keys that become categories below."""
    if isinstance(node, MappingNode):
        for key, value in node.pairs:
            if key.text == OWN:
                _fill(reading, theme, value, level)
        rest = tuple((key, value) for key, value in node.pairs if key.text != OWN)
        theme.below.extend(_themes(reading, MappingNode(rest, node.mark), level + 1))
    elif isinstance(node, ListNode):
        for item in node.items:
            _fill(reading, theme, item, level)
    elif isinstance(node, TextNode) and node.text.strip():
        add_pattern(reading, theme, node.text, ANYWHERE, node.mark.line)


def write(writing: Writing) -> bytes:
    """The codes as keys, named by their labels."""
    writing.lose_all_but((), ("hyphens",))
    if writing.book.hyphens != "keep":
        writing.lose("", "a hyphen between letters", "joins them to one word in quanteda")
    names = writing.names(OWN, "<<", unique="siblings", longest=LONGEST_KEY)
    lines = [line for code in writing.below[""] for line in _lines(writing, code, names, 0)]
    return "".join(f"{line}\n" for line in lines).encode()


def _lines(writing: Writing, code: Code, names: dict[str, str], indent: int) -> Iterator[str]:
    pad = " " * indent
    patterns = [found for entry in code.entries for found in writing.patterns(entry, ANYWHERE)]
    below = writing.below[code.id]
    yield f"{pad}{scalar(names[code.id])}:" + ("" if patterns or below else " []")
    if below and patterns:
        yield f"{pad}  {OWN}:"
    inner = pad + ("    " if below else "  ")
    yield from (f"{inner}- {scalar(pattern)}" for pattern in patterns)
    for child in below:
        yield from _lines(writing, child, names, indent + 2)
