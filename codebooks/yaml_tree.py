"""YAML text as a tree whose every node knows its place and whose every scalar is the string typed.

``mark`` is where a node begins, ``end`` the place behind it: behind the bracket where there is one, else
behind the last scalar. That of a block (``|``, ``>``) may lie behind blank lines that follow it.

The tree is built from the parser's events and not by ``yaml.load`` or ``yaml.compose``: these resolve
aliases before they can be refused, drop duplicate keys and recurse as deep as the file wants.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeGuard

import yaml

from rubricate.codebooks.codebook import Mark
from rubricate.codebooks.yaml_syntax import DEEPEST, TOO_DEEP, explain, line_at, needs_quotes, unquoted_word
from rubricate.codebooks.yaml_text import MOST_REPORTED, source_lines, unwanted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rubricate.codebooks.errors import Problems

NOWHERE = Mark()
_OF_NODES = (yaml.NodeEvent, yaml.CollectionEndEvent)

MOST_NODES = 500_000
"""How many keys, texts and lists a file may have: those of a hundred thousand terms with their kinds."""


@dataclass(frozen=True, slots=True)
class TextNode:
    """A scalar; ``folded`` if it goes over several lines without quotes.

    ``style`` is its quotation mark, or ``|`` or ``>`` of a block, or nothing.
    """

    text: str
    mark: Mark
    folded: bool = False
    end: Mark = NOWHERE
    style: str = ""


@dataclass(frozen=True, slots=True)
class ListNode:
    """A list with its items; ``flow`` if it stands in brackets."""

    items: tuple[Node, ...]
    mark: Mark
    end: Mark = NOWHERE
    flow: bool = False


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Keys with their values, in file order, every key once; ``flow`` if they stand in brackets."""

    pairs: tuple[tuple[TextNode, Node], ...]
    mark: Mark
    end: Mark = NOWHERE
    flow: bool = False


@dataclass(frozen=True, slots=True)
class BrokenNode:
    """Something already reported: whoever meets it says nothing more about it."""

    mark: Mark
    end: Mark = NOWHERE


Node = TextNode | ListNode | MappingNode | BrokenNode


def read_tree(text: str, problems: Problems) -> Node:
    """Return the tree of a YAML text; mistakes are noted in ``problems``.

    Raises CodebookError where the text cannot be read to its end.
    """
    lines = problems.lines = source_lines(text, problems)
    events = _parsed(list(lines), problems)
    if not events:
        problems.stop(Mark(1, 1), "the codebook is empty; begin with `codes:` and at least one code")
    return _Builder(events, lines, problems).node()


def _parsed(lines: list[str], problems: Problems) -> list[yaml.Event]:
    """Return the events of the first document.

    A word that only lacks its quotes is reported, and its first character replaced, so that one reading
    finds all such words.
    """
    while True:
        try:
            return list(_events("\n".join(lines), problems))
        except yaml.YAMLError as error:
            mark = unquoted_word(error, lines)
            if mark is None or len(problems.found) >= MOST_REPORTED:
                problems.stop(*explain(error, lines))
            problems.add(mark, needs_quotes(lines, mark))
            line = lines[mark.line - 1]
            lines[mark.line - 1] = f"{line[: mark.column - 1]}x{line[mark.column :]}"


def _events(text: str, problems: Problems) -> Iterator[yaml.Event]:
    """Yield the events of the nodes of the first document, stopping where they are too deep or too many."""
    depth = documents = nodes = 0
    for event in yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            problems.add(_mark(event), "a second YAML document begins here; keep one and remove the `---`")
            return
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            problems.stop(_mark(event), TOO_DEEP)
        if isinstance(event, _OF_NODES):
            nodes += 1
            if nodes > MOST_NODES:
                problems.stop(
                    _mark(event), f"more than {MOST_NODES:,} keys, texts and lists; is it a codebook?"
                )
            yield event


class _Builder:
    """Turns events into nodes, one after the other."""

    def __init__(self, events: list[yaml.Event], lines: Sequence[str], problems: Problems) -> None:
        self._events = iter(events)
        self._lines = lines
        self._problems = problems
        self._closed = events[-1]
        self._reported = {(problem.line, problem.column) for problem in problems.found}

    def node(self) -> Node:
        """Return the next node with everything in it."""
        return self._node(next(self._events))

    def _node(self, event: yaml.Event) -> Node:
        mark = _mark(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._text(event, mark)
        if isinstance(event, yaml.AliasEvent):
            return self._broken(mark, needs_quotes(self._lines, mark))
        if isinstance(event, yaml.CollectionStartEvent) and (event.anchor or event.tag):
            self._problems.add(mark, "anchors and tags are not part of a codebook; remove the & or ! word")
        if isinstance(event, yaml.SequenceStartEvent):
            items = tuple(map(self._item, self._until(yaml.SequenceEndEvent)))
            return ListNode(items, mark, self._end(event, items[-1:]), bool(event.flow_style))
        assert isinstance(event, yaml.MappingStartEvent)
        pairs = tuple(self._pairs())
        values = [value for _, value in pairs[-1:]]
        return MappingNode(pairs, mark, self._end(event, values), bool(event.flow_style))

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        for event in self._events:
            if isinstance(event, end):
                self._closed = event
                return
            yield event

    def _end(self, event: yaml.CollectionStartEvent, last: Sequence[Node]) -> Mark:
        """Where a collection ends, of which all has been read; the parser puts the end of blocks too far."""
        if event.flow_style or not last:
            assert self._closed.end_mark
            return Mark(self._closed.end_mark.line + 1, self._closed.end_mark.column + 1)
        return last[0].end

    def _text(self, event: yaml.ScalarEvent, mark: Mark) -> TextNode | BrokenNode:
        if self._reported and (mark.line, mark.column) in self._reported:  # its first character was replaced
            return BrokenNode(mark)
        if event.anchor or event.tag:
            return self._broken(mark, needs_quotes(self._lines, mark))
        if event.style == '"' and (character := unwanted(event.value)):  # others were seen in the lines
            return self._broken(mark, _escaped(character))
        # The break at the end of a block is layout and not text.
        text = event.value.rstrip("\n") if event.style in ("|", ">") else event.value
        assert event.end_mark
        end = Mark(event.end_mark.line + 1, event.end_mark.column + 1)
        return TextNode(text, mark, not event.style and mark.line < end.line, end, event.style or "")

    def _item(self, event: yaml.Event) -> Node:
        node = self._node(event)
        if not isinstance(node, TextNode) or node.text.strip():
            return node
        return self._comment(node, r"\s*#") or self._broken(
            node.mark, "this item is empty; write something or remove it"
        )

    def _pairs(self) -> Iterator[tuple[TextNode, Node]]:
        first: dict[str, Mark] = {}
        for event in self._until(yaml.MappingEndEvent):
            key, value = self._node(event), self.node()
            if isinstance(value, TextNode) and not value.text:
                value = self._comment(value, r"\s*#(?=\S)") or value
            if self._fits(key, first):
                first[key.text] = key.mark
                yield key, value

    def _fits(self, key: Node, first: Mapping[str, Mark]) -> TypeGuard[TextNode]:
        """Report keys that are no words or stand twice."""
        if isinstance(key, ListNode | MappingNode):
            self._problems.add(key.mark, "a key must be a word; put it in quotes if it holds brackets")
        elif isinstance(key, TextNode) and key.text == "<<":
            self._problems.add(key.mark, "merge keys (<<) are not part of a codebook; write the keys out")
        elif isinstance(key, TextNode) and key.text in first:
            line = first[key.text].line
            self._problems.add(key.mark, f"`{key.text}` stands twice, first in line {line}; keep one of them")
        else:
            return isinstance(key, TextNode)
        return False

    def _comment(self, empty: TextNode, pattern: str) -> BrokenNode | None:
        """Report a comment that stands where a text was meant."""
        hit = re.compile(pattern).match(line_at(self._lines, empty.mark), empty.mark.column - 1)
        if not hit:
            return None
        mark = Mark(empty.mark.line, hit.end())
        return self._broken(mark, needs_quotes(self._lines, mark))

    def _broken(self, mark: Mark, message: str) -> BrokenNode:
        self._problems.add(mark, message)
        return BrokenNode(mark)


def _escaped(character: str) -> str:
    made = f"a backslash in double quotes makes the invisible character U+{ord(character):04X} here"
    return f"{made}; write the text in single quotes"


def _mark(event: yaml.Event) -> Mark:
    assert event.start_mark
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)
