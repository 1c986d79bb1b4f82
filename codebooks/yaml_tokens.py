"""The value of ``tokens:`` in a codebook file: a pattern whose scalars are strings until we know better."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from rubricate.codebooks import token_patterns as patterns
from rubricate.codebooks.pipeline_terms import PARTS_OF_SPEECH
from rubricate.codebooks.yaml_fields import nearest, node_name, one_of, shown
from rubricate.codebooks.yaml_tree import BrokenNode, ListNode, MappingNode, Node, TextNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rubricate.codebooks.errors import Problems

_EXAMPLE = "[{LIKE_NUM: true}, {LOWER: million}]"
_SLOW = re.compile("REGEX|FUZZY[1-9]?")
_FIVE_ALIKE = re.compile(r"(.)\1{4}")
_OPERATORS = "write ?, *, +, ! or a range such as {0,3}, in quotes"


def read_tokens(node: Node | None, problems: Problems) -> str:
    """Return the pattern as JSON; everything that is wrong with it is noted in ``problems``."""
    return _PatternReader(problems).read(node)


class _PatternReader:
    """Reads one pattern; what its values may be depends on their attribute."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems

    def read(self, node: Node | None) -> str:
        if not isinstance(node, ListNode) or not node.items:
            if node and not isinstance(node, BrokenNode):
                found = "an empty list" if isinstance(node, ListNode) else node_name(node)
                self._wrong(node, f"`tokens` takes a list such as {_EXAMPLE}; {found} stands here")
            return "[]"
        before = len(self._problems.found)
        text = json.dumps([self._token(item) for item in node.items], ensure_ascii=False)
        if len(self._problems.found) == before:
            self._check_whole(node, text)
        return text

    def _check_whole(self, node: Node, text: str) -> None:
        specs = patterns.parse_tokens(text)
        if not any(spec.required and spec.attributes for spec in specs):
            wrong = "nothing in this pattern must be there"
            self._wrong(node, f"{wrong}; give one token an attribute and no `OP` but + or a count")
        size = sum(spec.least if spec.most is None else spec.most for spec in specs)
        if size > patterns.MOST_TOKENS:
            self._wrong(node, f"a pattern of {size} tokens; the longest allowed has {patterns.MOST_TOKENS}")

    def _token(self, item: Node) -> dict[str, Any]:
        if not isinstance(item, MappingNode):
            if not isinstance(item, BrokenNode):
                found = node_name(item)
                self._wrong(item, f"a token is a mapping such as {{LOWER: million}}; {found} stands here")
            return {}
        token = {key.text: self._value(key, value) for key, value in item.pairs}
        if token == {"OP": "!"}:
            self._wrong(item, "`!` needs an attribute beside it: the one that the token must not have")
        return token

    def _value(self, key: TextNode, value: Node) -> Any:
        name = key.text
        if name == "OP":
            return self._operator(value)
        if name in patterns.FLAG_ATTRIBUTES:
            return self._flag(name, value)
        if name in patterns.NUMBER_ATTRIBUTES:
            return self._length(name, value)
        if name in patterns.ATTRIBUTES:
            morph = name == "MORPH"
            return self._condition(name, value, patterns.MORPH_OPERATORS if morph else patterns.SET_OPERATORS)
        self._wrong(key, _unknown_attribute(name))
        return None

    def _operator(self, node: Node) -> str:
        if isinstance(node, MappingNode):  # {0,3} without quotes
            typed = ",".join(name.text for name, _ in node.pairs)
            self._wrong(node, f"YAML reads these brackets as a mapping; write '{{{typed}}}' in quotes")
        elif isinstance(node, TextNode):
            try:
                patterns.repeats(node.text)
            except ValueError as error:
                self._wrong(node, f"{error if node.text else '`OP` is empty'}; {_OPERATORS}")
            else:
                return node.text
        elif isinstance(node, ListNode):
            self._wrong(node, f"`OP` takes text; {node_name(node)} stands here; {_OPERATORS}")
        return "{1}"

    def _flag(self, name: str, node: Node) -> bool:
        if not isinstance(node, BrokenNode) and not (
            isinstance(node, TextNode) and node.text in ("true", "false")
        ):
            found = shown(node.text) if isinstance(node, TextNode) and node.text else node_name(node)
            self._wrong(node, f"`{name}` takes true or false; {found} stands here")
        return isinstance(node, TextNode) and node.text == "true"

    def _length(self, name: str, node: Node) -> Any:
        before = len(self._problems.found)
        condition = self._condition(name, node, (*patterns.NUMBER_OPERATORS, *patterns.SET_OPERATORS))
        if len(self._problems.found) == before and not patterns.has_length(condition):
            self._wrong(node, "no token is so long; write a length from 1 on that all of this allows")
        return condition

    def _condition(self, name: str, node: Node, operators: Sequence[str]) -> Any:
        """Return a text or number, or a mapping of operators to such or to lists of them."""
        if not isinstance(node, MappingNode):
            return self._scalar(name, node)
        if not node.pairs:
            self._wrong(node, f"`{name}` has no value; write one, or {one_of(operators)} and its values")
        return {key.text: self._operand(name, key, value, operators) for key, value in node.pairs}

    def _operand(self, name: str, key: TextNode, node: Node, operators: Sequence[str]) -> Any:
        operator = key.text
        if operator not in operators:
            self._wrong(key, _unknown_operator(name, operator, operators))
            return None
        if operator in patterns.NUMBER_OPERATORS:
            return self._scalar(name, node)
        if isinstance(node, ListNode) and node.items:
            return [self._scalar(name, item) for item in node.items]
        if not isinstance(node, BrokenNode):
            found = "an empty list" if isinstance(node, ListNode) else node_name(node)
            self._wrong(node, f"`{operator}` takes a list of values; {found} stands here")
        return []

    def _scalar(self, name: str, node: Node) -> str | int:
        number = name in patterns.NUMBER_ATTRIBUTES
        if not isinstance(node, TextNode):
            if not isinstance(node, BrokenNode):
                several = "; for several values write {IN: [a, b]}" if isinstance(node, ListNode) else ""
                self._wrong(node, f"`{name}` takes text; {node_name(node)} stands here{several}")
        elif number and re.fullmatch("[0-9]{1,9}", node.text):
            return int(node.text)
        elif wrong := "is no whole number; write one such as 4" if number else _never(name, node.text):
            self._wrong(node, f"{shown(node.text) if node.text else f'the value of `{name}`'} {wrong}")
        return node.text if isinstance(node, TextNode) else ""

    def _wrong(self, node: Node, message: str) -> None:
        self._problems.add(node.mark, message)


def _never(name: str, text: str) -> str:
    """Why a text can never be the value of an attribute, and what to write; nothing where it can."""
    if not text.strip():
        return "is empty; write a text"
    if any(map(str.isspace, text)):
        return "holds a blank, and no token does; write a token for each word"
    if name == "LOWER" and text != text.lower():
        return f"is compared with words in small letters; write `{text.lower()}`, or TEXT: {text}"
    if name == "POS" and text not in PARTS_OF_SPEECH:
        close = nearest(text, [tag.lower() for tag in PARTS_OF_SPEECH]).upper()
        return f"is no part of speech; write {close or one_of(PARTS_OF_SPEECH)}"
    if name == "SHAPE":
        return _no_shape(text)
    return ""


def _no_shape(text: str) -> str:
    if any((each.isalpha() and each not in "Xxd") or each.isdigit() for each in text):
        return "is no shape; write X for a capital, x for a small letter, d for a digit"
    if _FIVE_ALIKE.search(text):
        return "is no shape: spaCy shows at most four of a kind in a row; leave out the rest"
    return ""


def _unknown_attribute(name: str) -> str:
    if name in ("REGEX", "FUZZY"):
        return _slow(name)
    if name == "IS_SPACE":
        return "`IS_SPACE` finds nothing: white space is read as blanks, which are no tokens; remove it"
    close = nearest(name, [each.lower() for each in patterns.ATTRIBUTES]).upper()
    instead = f"write `{close}`" if close else f"write one of {', '.join(patterns.ATTRIBUTES)}"
    return f"{shown(name)} is no attribute of a token; {instead}"


def _unknown_operator(name: str, operator: str, known: Sequence[str]) -> str:
    if _SLOW.fullmatch(operator):
        return _slow(operator)
    return f"{shown(operator)} cannot stand under `{name}`; write {one_of(known)}"


def _slow(operator: str) -> str:
    instead = "list the words under IN, or write a `regex:` entry"
    return f"`{operator}` is not supported: spaCy would try it on every token; {instead}"
