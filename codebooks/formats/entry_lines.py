"""An entry or an example on one line of a cell, with all that belongs to it, and back."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rubricate.codebooks import keys
from rubricate.codebooks.codebook import Example
from rubricate.codebooks.editing.rendering import in_brackets
from rubricate.codebooks.errors import CodebookError, Problems
from rubricate.codebooks.yaml_entries import read_entries
from rubricate.codebooks.yaml_fields import Fields
from rubricate.codebooks.yaml_file import parse_codebook
from rubricate.codebooks.yaml_tree import MappingNode, read_tree
from rubricate.codebooks.yaml_writing import entry_node, entry_text, example_node

if TYPE_CHECKING:
    from rubricate.codebooks.codebook import Entry

_RULE = re.compile(r"\{\s*rule\s*:")


def entry_line(entry: Entry) -> str:
    """``embargo*``, ``word: talks``, or in braces what has more keys, as it stands in a codebook file."""
    node = entry_node(entry, keys.WITHIN[0], entry.language)
    short = isinstance(node, str) or (len(node) == 1 and entry.kind != "tokens")
    text = entry_text(entry)
    if short and not _in_braces(text):
        return text
    return in_brackets({entry.kind: entry.text} if isinstance(node, str) else node)


def parse_braces(line: str, language: str) -> Entry | None:
    """The entry of a line in braces, None of any other line; a ValueError says what is wrong with it.

    >>> parse_braces("{term: restriction, not_inside: [speed restriction]}", "en").not_inside
    ('speed restriction',)
    """
    if not _in_braces(line):
        return None
    problems = Problems("")
    try:
        key = "rules" if _RULE.match(line) else "terms"
        root = read_tree(f"{key}: [{line}]", problems)
        problems.raise_if_any()
        assert isinstance(root, MappingNode)
        fields = Fields(root, keys.CODE, problems)
        entries, _ = read_entries("", fields, language, keys.WITHIN[0], problems)
        problems.raise_if_any()
    except CodebookError as error:
        raise ValueError(error.problems[0].message) from None
    if len(entries) != 1:
        raise ValueError("more than one entry in a line")
    return entries[0]


def example_line(example: Example) -> str:
    """The words of an example on one line, or in braces what has more keys; ``applies`` is left out."""
    node = example_node(replace(example, applies=True))
    plain = isinstance(node, str) and "\n" not in node and node == node.strip() and not _in_braces(node)
    return example.text if plain else in_brackets({"text": node} if isinstance(node, str) else node)


def parse_example(line: str, *, applies: bool) -> Example:
    """The example of a line; a ValueError says what is wrong with it."""
    if not _in_braces(line):
        return Example(line, applies)
    try:
        book = parse_codebook(f"codes: {{x: {{coded_by: hand, examples: [{line}]}}}}")
    except CodebookError as error:
        raise ValueError(error.problems[0].message) from None
    found = book.codes[0].examples
    if len(found) != 1:
        raise ValueError("more than one example in a line")
    return replace(found[0], applies=applies)


def _in_braces(text: str) -> bool:
    return text.startswith("{") and text.endswith("}")
