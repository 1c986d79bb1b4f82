"""A table cell of a word processor as one block, whatever paragraphs it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.corpus.document import Block
from rubricate.corpus.readers.style_names import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CELL = Kind("table", 0, "a cell of a table")


def cell_blocks(blocks: Iterable[Block], aside: Kind | None) -> Iterator[Block]:
    """Make one block of the blocks in a cell, a line each, then yield their notes.

    The cells of a table inside the cell stay blocks of their own. ``aside`` is what the cell is where the
    whole table is no part of the text.
    """
    kind = aside or _CELL
    inside: list[Block] = []
    notes: list[Block] = []
    for block in blocks:
        if block.reason == _CELL.reason:
            yield from _joined(inside, kind)
            inside = []
            yield block
        else:
            (notes if block.part == "footnote" and not aside else inside).append(block)
    yield from _joined(inside, kind)
    yield from notes


def _joined(blocks: list[Block], kind: Kind) -> Iterator[Block]:
    if blocks:
        yield Block("\n".join(block.text for block in blocks), *kind, blocks[0].page)
