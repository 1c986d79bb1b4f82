"""Keys and their values: put into a mapping of a draft, taken out, renamed, set."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rubricate.codebooks.editing.brackets import put_between, take_out
from rubricate.codebooks.editing.draft import Splice, changed, code_and_rest, spliced
from rubricate.codebooks.editing.errors import EditError
from rubricate.codebooks.editing.lines import (
    Piece,
    begins_line,
    column_of,
    first_line,
    last_line,
    moved,
    whole_lines,
    without_lines,
)
from rubricate.codebooks.editing.rendering import in_brackets, pair_in_brackets, pair_lines
from rubricate.codebooks.yaml_scalar import scalar
from rubricate.codebooks.yaml_tree import TextNode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rubricate.codebooks.editing.draft import Draft, Path, Plain
    from rubricate.codebooks.yaml_tree import MappingNode, Node


def insert_pair(draft: Draft, path: Path, key: str, piece: Piece, before: str = "") -> Draft:
    """Put a key with its value into the mapping at a path, before another key or at the end."""
    mapping = draft.mapping(path)
    names = [name.text for name, _ in mapping.pairs]
    place = names.index(before) if before else len(names)
    if mapping.flow:
        text = piece.text if piece.text and piece.column < 0 else pair_in_brackets(scalar(key), piece.plain)
        spans = [(draft.start(name), draft.stop(value)) for name, value in mapping.pairs]
        splice = put_between(draft, mapping, spans, place, text)
    else:
        is_code = bool(path) and path[-1] == "codes"
        splice = _insert_lines(draft, mapping, key, piece, place, is_code and _is_spaced(draft, mapping))
    return spliced(draft, [splice], changed(draft.plain, path, lambda old: _with(old, key, piece, place)))


def remove_pair(draft: Draft, path: Path) -> Draft:
    """Take a key with its value and the comments that belong to it out; what is empty then goes, too.

    EditError where that would be a whole code or the codebook.
    """
    *above, key = path
    mapping = draft.mapping(tuple(above))
    if len(mapping.pairs) == 1:
        code, rest = code_and_rest(tuple(above))
        if not rest:
            raise EditError(f"nothing would be left of {code or 'the codebook'}; remove that instead")
        return remove_pair(draft, tuple(above))
    index = _index(mapping, key)
    start, end = _extent(draft, mapping, index)
    expected = changed(draft.plain, tuple(above), lambda old: _without(old, key))
    return spliced(draft, [Splice(start, end, "")], expected)


def remove_pairs(draft: Draft, paths: Sequence[Path]) -> Draft:
    """Take several keys out, of which none is below another one."""
    by_mapping: dict[Path, list[Path]] = {}
    for path in paths:
        by_mapping.setdefault(path[:-1], []).append(path)
    splices, expected, done = [], draft.plain, 0
    singly = []
    for above, together in by_mapping.items():
        mapping = draft.mapping(above)
        if mapping.flow or len(together) == len(mapping.pairs):  # what is left is not what it was
            singly += together
            continue
        for path in together:
            splices.append(Splice(*_extent(draft, mapping, _index(mapping, path[-1])), ""))
            expected = changed(expected, above, partial(_without, key=path[-1]))
    apart = []
    for splice in sorted(splices, key=lambda splice: splice.start):
        apart.append(Splice(max(splice.start, done), splice.end, ""))  # blank lines may be of two
        done = splice.end
    draft = spliced(draft, apart, expected) if apart else draft
    for path in singly:
        draft = remove_pair(draft, path)
    return draft


def piece_of_pair(draft: Draft, path: Path) -> Piece:
    """Return a key with its value as it stands in the text, to be put elsewhere."""
    mapping = draft.mapping(path[:-1])
    index = _index(mapping, path[-1])
    key, value = mapping.pairs[index]
    said = draft.value(path)
    assert said is not None
    if mapping.flow:
        return Piece(said, draft.text[draft.start(key) : draft.stop(value)])
    if not begins_line(draft, draft.start(key)):
        return Piece(said)
    first, last = _lines(draft, mapping, index)
    return Piece(said, whole_lines(draft, first, last), column_of(draft, draft.start(key)))


def extent_of_pair(draft: Draft, path: Path) -> tuple[int, int]:
    """Return from where to where what ``piece_of_pair`` returns stands in the text."""
    mapping = draft.mapping(path[:-1])
    index = _index(mapping, path[-1])
    key, value = mapping.pairs[index]
    if mapping.flow or not begins_line(draft, draft.start(key)):
        return draft.start(key), draft.stop(value)
    first, last = _lines(draft, mapping, index)
    return draft.starts[first], draft.line_stop(last)


def key_splice(draft: Draft, path: Path, new: str) -> Splice:
    """Return the splice that gives a key another name, in its quotation marks."""
    mapping = draft.mapping(path[:-1])
    key = mapping.pairs[_index(mapping, path[-1])][0]
    return Splice(draft.start(key), draft.stop(key), like(key, new))


def with_key(value: Plain, path: Path, new: str) -> Plain:
    """Return a copy of what a draft says in which a key has another name."""
    return changed(value, path[:-1], lambda old: _renamed(old, str(path[-1]), new))


def set_value(draft: Draft, path: Path, key: str, value: Plain, order: Sequence[str]) -> Draft:
    """Give a key of the mapping at a path another value, where ``order`` puts it if it is new."""
    mapping = draft.mapping(path)
    names = [name.text for name, _ in mapping.pairs]
    if key not in names:
        behind = order[order.index(key) + 1 :]
        return insert_pair(
            draft, path, key, Piece(value), next((name for name in names if name in behind), "")
        )
    name, old = mapping.pairs[names.index(key)]
    splice = _value_splice(draft, mapping, name, old, value)
    return spliced(draft, [splice], changed(draft.plain, (*path, key), lambda _: value))


def sister_behind(draft: Draft, path: Path, key: str, order: Sequence[str]) -> str:
    """The first key of the mapping at a path that stands behind another one in an order, or nothing."""
    behind = order[order.index(key) + 1 :]
    return next((name.text for name, _ in draft.mapping(path).pairs if name.text in behind), "")


def like(node: TextNode, text: str) -> str:
    """Return a text as YAML, in the quotation marks of another one if that has some that fit."""
    if node.style == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if node.style == '"' and text.isprintable() and not set('"\\') & set(text):
        return f'"{text}"'
    return scalar(text)


def _value_splice(draft: Draft, mapping: MappingNode, key: TextNode, old: Node, value: Plain) -> Splice:
    start, end = draft.start(old), draft.stop(old)
    if mapping.flow or (not isinstance(old, TextNode) and old.flow) or _stays_on_line(draft, old, value):  # type: ignore[union-attr]
        text = (
            like(old, value) if isinstance(old, TextNode) and isinstance(value, str) else in_brackets(value)
        )
        gap = " " if draft.text[start - 1 : start] == ":" else ""
        return Splice(start, end, gap + text)
    written = draft.text[draft.start(key) : draft.stop(key)]
    lines = pair_lines(written, value, column_of(draft, draft.start(key)))
    lines[0] = lines[0].lstrip(" ")
    if len(lines) > 1:  # a comment behind the old value would become part of a block
        rest = draft.text[end : draft.line_stop(draft.line(max(end - 1, 0)))].rstrip("\r\n")
        lines[0] += rest.rstrip()
        end += len(rest)
    return Splice(draft.start(key), end, draft.line_break.join(lines))


def _stays_on_line(draft: Draft, old: Node, value: Plain) -> bool:
    """Whether a text in quotation marks, or a short one, is replaced where it stands."""
    if not isinstance(old, TextNode) or not isinstance(value, str):
        return False
    column = column_of(draft, draft.start(old))
    return old.style not in ("|", ">") and "\n" not in value and column + len(value) < 100


def _insert_lines(
    draft: Draft, mapping: MappingNode, key: str, piece: Piece, place: int, spaced: bool
) -> Splice:
    column = column_of(draft, draft.start(mapping.pairs[0][0]))
    text = _lines_of(draft, key, piece, column)
    gap = draft.line_break if spaced else ""
    if not place:
        offset = draft.starts[_lines(draft, mapping, 0)[0]]
        return Splice(offset, offset, text + gap)
    offset = draft.line_stop(last_line(draft, mapping.pairs[place - 1][1], column))
    if draft.text[:offset].endswith(("\n", "\r")):
        return Splice(offset, offset, gap + text)
    return Splice(offset, offset, draft.line_break + gap + text.rstrip("\r\n"))


def _lines_of(draft: Draft, key: str, piece: Piece, column: int) -> str:
    if piece.column >= 0:
        return moved(piece.text, column - piece.column)
    if piece.text:
        return f"{' ' * column}{piece.text}{draft.line_break}"
    return "".join(line + draft.line_break for line in pair_lines(scalar(key), piece.plain, column))


def _is_spaced(draft: Draft, mapping: MappingNode) -> bool:
    """Whether blank lines stand between the keys of a block, as far as the last two show it."""
    last = len(mapping.pairs) - 1
    return last > 0 and not draft.line_text(_lines(draft, mapping, last)[0] - 1).strip()


def _extent(draft: Draft, mapping: MappingNode, index: int) -> tuple[int, int]:
    """From where to where a text is to be cut so that a key and its value are gone."""
    if mapping.flow:
        spans = [(draft.start(key), draft.stop(value)) for key, value in mapping.pairs]
        return take_out(draft, spans, index, index)
    start = draft.start(mapping.pairs[index][0])
    if not begins_line(draft, start) and index + 1 < len(mapping.pairs):
        return start, draft.start(mapping.pairs[index + 1][0])
    begins = index == 0 and len(mapping.pairs) > 1
    return without_lines(draft, *_lines(draft, mapping, index), begins)


def _lines(draft: Draft, mapping: MappingNode, index: int) -> tuple[int, int]:
    """The first and the last line of a key of a block with its value and its comments."""
    key, value = mapping.pairs[index]
    start = draft.start(key)
    behind = draft.line(max(draft.stop(mapping.pairs[index - 1][1]) - 1, 0)) if index else -1
    return first_line(draft, start, behind), last_line(draft, value, column_of(draft, start))


def _index(mapping: MappingNode, key: str | int) -> int:
    return next(index for index, (name, _) in enumerate(mapping.pairs) if name.text == key)


def _with(old: Plain, key: str, piece: Piece, place: int) -> Plain:
    assert isinstance(old, dict)
    pairs = list(old.items())
    return dict([*pairs[:place], (key, piece.plain), *pairs[place:]])


def _without(old: Plain, key: str | int) -> Plain:
    assert isinstance(old, dict)
    return {name: value for name, value in old.items() if name != key}


def _renamed(old: Plain, key: str, new: str) -> Plain:
    assert isinstance(old, dict)
    return {new if name == key else name: value for name, value in old.items()}
