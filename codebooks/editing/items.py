"""Items of the lists of a draft: put in, taken out, lifted from one list to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks.editing.brackets import put_between, take_out
from rubricate.codebooks.editing.draft import Splice, changed, spliced
from rubricate.codebooks.editing.lines import Piece, last_line, moved, whole_lines, without_lines
from rubricate.codebooks.editing.pairs import remove_pair
from rubricate.codebooks.editing.rendering import in_brackets, item_lines
from rubricate.codebooks.yaml_tree import ListNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rubricate.codebooks.editing.draft import Draft, Path, Plain


def append_items(draft: Draft, path: Path, pieces: Sequence[Piece]) -> Draft:
    """Put items behind those of the list at a path."""
    node = _list(draft, path)
    if node.flow:
        texts = [
            piece.text if piece.text and piece.column < 0 else in_brackets(piece.plain) for piece in pieces
        ]
        splice = put_between(draft, node, _spans(draft, node), len(node.items), ", ".join(texts))
    else:
        splice = _append_lines(draft, node, pieces)
    new = [piece.plain for piece in pieces]
    return spliced(draft, [splice], changed(draft.plain, path, lambda old: [*_items(old), *new]))


def remove_items(draft: Draft, paths: Iterable[Path]) -> Draft:
    """Take items out of their lists, and the key of a list, too, of which nothing is left.

    Comments above an item of a block stay, since they may be about several.
    """
    by_list: dict[Path, set[int]] = {}
    for *above, index in paths:
        by_list.setdefault(tuple(above), set()).add(int(index))
    for path, indexes in by_list.items():
        draft = _remove(draft, path, indexes)
    return draft


def _remove(draft: Draft, path: Path, indexes: set[int]) -> Draft:
    node = _list(draft, path)
    if len(node.items) == len(indexes):
        return remove_pair(draft, path)
    cuts = []
    for first, last in _runs(sorted(indexes)):
        if node.flow:
            cuts.append(take_out(draft, _spans(draft, node), first, last))
        else:
            lines = _lines(draft, node, first)[0], _lines(draft, node, last)[1]
            cuts.append(without_lines(draft, *lines))
    kept = [item for index, item in enumerate(_items(draft.value(path))) if index not in indexes]
    return spliced(draft, [Splice(*cut, "") for cut in cuts], changed(draft.plain, path, lambda _: [*kept]))


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of numbers that follow each other."""
    first = last = numbers[0]
    for number in numbers[1:]:
        if number > last + 1:
            yield first, last
            first = number
        last = number
    yield first, last


def piece_of_item(draft: Draft, path: Path) -> Piece:
    """Return an item as it stands in the text, to be put elsewhere."""
    node = _list(draft, path[:-1])
    index = path[-1]
    assert isinstance(index, int)
    said = draft.value(path)
    assert said is not None
    item = node.items[index]
    if node.flow:
        return Piece(said, draft.text[draft.start(item) : draft.stop(item)])
    return Piece(said, whole_lines(draft, *_lines(draft, node, index)), node.mark.column - 1)


def _append_lines(draft: Draft, node: ListNode, pieces: Sequence[Piece]) -> Splice:
    column = node.mark.column - 1
    text = "".join(item_text(draft, piece, column) for piece in pieces)
    offset = draft.line_stop(last_line(draft, node.items[-1], column))
    if draft.text[:offset].endswith(("\n", "\r")):
        return Splice(offset, offset, text)
    return Splice(offset, offset, draft.line_break + text.rstrip("\r\n"))


def item_text(draft: Draft, piece: Piece, column: int) -> str:
    """Return whole lines with an item whose dash stands at an indentation."""
    if piece.column >= 0:
        return moved(piece.text, column - piece.column)
    if piece.text:
        return f"{' ' * column}- {piece.text}{draft.line_break}"
    return "".join(line + draft.line_break for line in item_lines(piece.plain, column))


def _lines(draft: Draft, node: ListNode, index: int) -> tuple[int, int]:
    """The first and the last line of an item of a block; the first is that of its dash."""
    column = node.mark.column - 1
    line = draft.line(max(draft.stop(node.items[index - 1]) - 1, 0)) + 1 if index else node.mark.line - 1
    while draft.line_text(line)[column : column + 1] != "-":
        line += 1
    return line, last_line(draft, node.items[index], column)


def _spans(draft: Draft, node: ListNode) -> list[tuple[int, int]]:
    return [(draft.start(item), draft.stop(item)) for item in node.items]


def _list(draft: Draft, path: Path) -> ListNode:
    node = draft.node(path)
    assert isinstance(node, ListNode)
    return node


def _items(value: Plain | None) -> list[Plain]:
    assert isinstance(value, list)
    return value
