"""The text of a codebook while it is edited: its tree, where each node stands, and what it says.

Every step says beforehand what the codebook must say behind it. A splice that would say anything else,
because the file is laid out in a way that nobody foresaw, is refused and not written.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.codebooks.editing.errors import EditError
from rubricate.codebooks.errors import CodebookError, Problems
from rubricate.codebooks.yaml_tree import BrokenNode, ListNode, MappingNode, Node, TextNode, read_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeAlias

    from rubricate.codebooks.codebook import Mark

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
"""What a node says, without its form."""
Path: TypeAlias = "tuple[str | int, ...]"
"""The keys and the numbers of items that lead from the root to a node."""

_LINE_BREAK = re.compile("\r\n?|\n")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Splice:
    """What takes the place of the characters from ``start`` to ``end`` of a text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A text with its tree, what that says, and the offsets at which lines begin."""

    text: str
    file: str
    root: Node
    plain: Plain
    starts: tuple[int, ...]

    def node(self, path: Path) -> Node:
        """The node to which a path leads."""
        node = self.root
        for step in path:
            if isinstance(node, MappingNode):
                node = next(value for key, value in node.pairs if key.text == step)
            else:
                assert isinstance(node, ListNode)
                assert isinstance(step, int)
                node = node.items[step]
        return node

    def mapping(self, path: Path) -> MappingNode:
        """The mapping to which a path leads."""
        node = self.node(path)
        assert isinstance(node, MappingNode)
        return node

    def value(self, path: Path) -> Plain | None:
        """What the node says to which a path leads, None if there is none."""
        value: Plain = self.plain
        for step in path:
            if isinstance(value, dict) and isinstance(step, str):
                if step not in value:
                    return None
                value = value[step]
            else:
                assert isinstance(value, list)
                assert isinstance(step, int)
                value = value[step]
        return value

    def start(self, node: Node) -> int:
        """Where a node begins."""
        return self._offset(node.mark)

    def stop(self, node: Node) -> int:
        """Where a node ends, white space behind it left out."""
        start = self.start(node)
        return start + len(self.text[start : self._offset(node.end)].rstrip())

    def line(self, offset: int) -> int:
        """The number of the line, from 0, in which an offset lies."""
        return bisect_right(self.starts, offset) - 1

    def line_text(self, line: int) -> str:
        """A line without its break."""
        return self.text[self.starts[line] : self.line_stop(line)].rstrip("\r\n")

    def line_stop(self, line: int) -> int:
        """Where the next line begins."""
        return self.starts[line + 1] if line + 1 < len(self.starts) else len(self.text)

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return len(self.starts)

    @property
    def line_break(self) -> str:
        """The line break of the file: that of its first line."""
        found = _LINE_BREAK.search(self.text)
        return found[0] if found else "\n"

    def _offset(self, mark: Mark) -> int:
        if mark.line > len(self.starts):  # the parser puts some things behind the last line
            return len(self.text)
        return min(self.starts[mark.line - 1] + mark.column - 1, len(self.text))


def read_draft(text: str, file: str) -> Draft:
    """Return the draft of a codebook's text; CodebookError where it is no tree."""
    problems = Problems(file)
    root = read_tree(text, problems)
    problems.raise_if_any()
    bom = len(_BOM) if text.startswith(_BOM) else 0
    starts = (bom, *(found.end() for found in _LINE_BREAK.finditer(text)))
    return Draft(text, file, root, plain(root), starts)


def plain(node: Node) -> Plain:
    """Return what a node says, without its form."""
    if isinstance(node, MappingNode):
        return {key.text: plain(value) for key, value in node.pairs}
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    assert not isinstance(node, BrokenNode)
    return node.text


def spliced(draft: Draft, splices: Iterable[Splice], expected: Plain) -> Draft:
    """Return the draft after all splices, which do not overlap; EditError unless it says what is expected."""
    parts, done = [], 0
    for splice in sorted(splices, key=lambda splice: (splice.start, splice.end)):
        parts += [draft.text[done : splice.start], splice.text]
        done = splice.end
    try:
        after = read_draft("".join([*parts, draft.text[done:]]), draft.file)
    except CodebookError:
        raise too_unusual() from None
    if json.dumps(after.plain) != json.dumps(expected):
        raise too_unusual()
    return after


def changed(value: Plain, path: Path, change: Callable[[Plain], Plain]) -> Plain:
    """Return a copy of a value in which what a path leads to is changed."""
    if not path:
        return change(value)
    if isinstance(value, dict):
        key = str(path[0])
        return {**value, key: changed(value[key], path[1:], change)}
    assert isinstance(value, list)
    index = int(path[0])
    return [*value[:index], changed(value[index], path[1:], change), *value[index + 1 :]]


def code_and_rest(path: Path) -> tuple[str, Path]:
    """Return the id of the code in which a path ends, or nothing, and the rest of the path."""
    code, rest = "", path
    while rest[:1] == ("codes",) and len(rest) > 1:
        code, rest = str(rest[1]), rest[2:]
    return code, rest


def texts(draft: Draft) -> Iterator[tuple[Path, TextNode]]:
    """Yield every text that is no key, in file order, with its path."""
    return _texts(draft.root, ())


def _texts(node: Node, path: Path) -> Iterator[tuple[Path, TextNode]]:
    if isinstance(node, TextNode):
        yield path, node
    elif isinstance(node, MappingNode):
        for key, value in node.pairs:
            yield from _texts(value, (*path, key.text))
    elif isinstance(node, ListNode):
        for index, item in enumerate(node.items):
            yield from _texts(item, (*path, index))


def too_unusual() -> EditError:
    """Say that an edit cannot be made because nobody foresaw how the file is laid out."""
    return EditError(
        "is laid out in a way that this command cannot edit; change it with rubricate codebook edit"
    )
