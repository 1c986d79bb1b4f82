"""Abstracts: below their heading, or known by the labels of their paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from rubricate.corpus.parts.names import named, names
from rubricate.corpus.parts.shapes import NUMBER
from rubricate.corpus.words.folding import fold

if TYPE_CHECKING:
    from rubricate.corpus.document import Block

_MOST_WORDS = 400  # of an abstract that no heading ends
_MOST_BLOCKS = 6  # of it, or of the abstract's part below one of its labels
_TOP = 14  # blocks among which labelled paragraphs make an abstract
_LABEL = re.compile(r"([^\W\d_][\w /&-]{2,34}?)\s*(?:[:：]|\s[—–-])\s*(?=\S+\s+\S+)")
_AROUND = ("title", "boilerplate", "footnote", "heading")


def mark_abstract(blocks: list[Block], language: str) -> list[Block]:
    """The blocks with those of the abstract marked.

    Paragraphs at the top that begin with labels such as "Objective:" make one; and so do those below the
    heading "Abstract", until the next heading, or the first few where none follows. Labels inside it are
    not the sections of those names.
    """
    blocks = _by_labels(blocks, language)
    at = next(
        (i for i, block in enumerate(blocks[: 2 * _TOP]) if _is_abstract_heading(block, language)), None
    )
    if at is None:
        return blocks
    end, labels = _end(blocks, at, language)
    marked = list(blocks)
    for index in range(at + 1, end):
        if index in labels:
            marked[index] = blocks[index]._replace(level=2, reason="label inside the abstract")
        elif blocks[index].part in ("body", "list"):
            marked[index] = blocks[index]._replace(part="abstract", reason=f"below “{blocks[at].text}”")
    return marked


def _is_abstract_heading(block: Block, language: str) -> bool:
    return block.part in ("heading", "title") and named(block.text, language) == "abstract"


def _end(blocks: list[Block], at: int, language: str) -> tuple[int, set[int]]:
    """Where the abstract below ``blocks[at]`` ends, and which headings in it are only labels."""
    later = Counter(_plain(block.text) for block in blocks[at + 1 :] if block.part == "heading")
    labels: set[int] = set()
    last = at + 1
    for index in range(at + 1, len(blocks)):
        block = blocks[index]
        if block.part != "heading":
            last = index + 1
            continue
        name = _plain(block.text)
        again = later[name] > 1 or _is_followed_by_introduction(blocks, index)
        if name not in names(language).labels or name == "introduction" or not again:
            return index, labels
        labels.add(index)
    return _first_few(blocks, at, last), labels


def _is_followed_by_introduction(blocks: list[Block], index: int) -> bool:
    near = blocks[index + 1 : index + 1 + _MOST_BLOCKS]
    return any(block.part == "heading" and _plain(block.text) == "introduction" for block in near)


def _first_few(blocks: list[Block], at: int, last: int) -> int:
    words = 0
    for index in range(at + 1, last):
        words += len(blocks[index].text.split())
        if words > _MOST_WORDS or index - at > _MOST_BLOCKS:
            return max(index, at + 2)
    return last


def _plain(heading: str) -> str:
    number = NUMBER.match(heading)
    return fold(heading[number.end() :] if number else heading).strip(" .:*#-")


def _by_labels(blocks: list[Block], language: str) -> list[Block]:
    """Two labelled paragraphs in a row at the top, or one that is labelled "Abstract"."""
    found = []
    for index, block in enumerate(blocks[:_TOP]):
        label = _label(block, language)
        if label:
            found.append((index, label))
        elif found or block.part not in _AROUND:
            break
    if len(found) < 2 and not any(label == "abstract" for _, label in found):
        return blocks
    marked = list(blocks)
    for index, label in found:
        marked[index] = blocks[index]._replace(part="abstract", reason=f"labelled “{label}”")
    return marked


def _label(block: Block, language: str) -> str:
    found = _LABEL.match(block.text) if block.part in ("body", "list", "title") else None
    label = fold(found[1]) if found else ""
    return label if label in names(language).labels else ""
