"""A text within an RTF file as it grows, and what the words before have set for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from rubricate.corpus.readers.rtf_codes import Font, decode

if TYPE_CHECKING:
    from collections.abc import Callable

    from rubricate.corpus.document import Block

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_HALF = re.compile("[\ud800-\udfff]")
_NO_FONT = Font("ascii")
_LONGEST_FALLBACK = 8  # characters after \u that stand for it in programs without Unicode


@dataclass(slots=True)
class Flow:
    """A text that runs by itself: the body, a footnote, the name of a style; ``depth`` is where it began.

    ``raw`` are bytes still to be decoded by ``font``: a letter can be written as several of them.
    ``cells`` are the paragraphs of table cells that have not ended, each with how deep its table is nested;
    ``after`` is what will stand behind the paragraph that is being read.
    """

    kind: str
    parent: Flow | None
    depth: int
    pieces: list[str] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    font: Font = _NO_FONT
    cells: list[tuple[int, str]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)
    labelled: bool = False

    def add(self, text: str) -> None:
        """Add characters."""
        self._decode()
        self.pieces.append(text)

    def add_bytes(self, data: bytes, font: Font) -> None:
        """Add characters as the code page of their font writes them."""
        if font != self.font:
            self._decode()
            self.font = font
        self.raw += data

    def take(self) -> str:
        """The text so far, which is then forgotten."""
        self._decode()
        text = "".join(self.pieces)
        self.pieces.clear()
        if _HALF.search(text):  # \u writes letters beyond U+FFFF as two halves
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return _CONTROL.sub("", text).strip(" \t\n")

    def _decode(self) -> None:
        if self.raw:
            self.pieces.append(decode(bytes(self.raw), self.font))
            self.raw.clear()


class State(NamedTuple):
    """What the words so far have set: it holds until the group ends.

    ``font`` is -1 for the document's; ``fallback`` the number of characters after ``\\u`` that repeat it;
    ``level`` that of a heading; ``depth`` how many tables are around the paragraph.
    """

    flow: Flow
    font: int = -1
    fallback: int = 1
    hidden: bool = False
    deleted: bool = False
    style: int = 0
    level: int = 0
    listed: bool = False
    depth: int = 0


def _level(outline: int) -> int:
    """The level of a heading by its depth in the outline, from 0; 0 for body text (9)."""
    return outline + 1 if 0 <= outline < 9 else 0


SETTINGS: dict[str, Callable[[State, int | None], State]] = {
    "f": lambda state, number: state._replace(font=number or 0),
    "uc": lambda state, number: state._replace(fallback=min(max(number or 0, 0), _LONGEST_FALLBACK)),
    "v": lambda state, number: state._replace(hidden=number != 0),
    "deleted": lambda state, number: state._replace(deleted=number != 0),
    "plain": lambda state, _: state._replace(font=-1, hidden=False),
    "pard": lambda state, _: state._replace(style=0, level=0, listed=False, depth=0),
    "s": lambda state, number: state._replace(style=number or 0),
    "outlinelevel": lambda state, number: state._replace(level=_level(number or 0)),
    "ls": lambda state, number: state._replace(listed=bool(number)),
    "intbl": lambda state, _: state._replace(depth=max(state.depth, 1)),
    "itap": lambda state, number: state._replace(depth=max(number or 0, 0)),
}
