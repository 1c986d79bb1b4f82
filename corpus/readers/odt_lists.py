"""The numbers and letters that show before list items and headings of an OpenDocument text.

They stand nowhere in the text; list styles say how they are formed, and the items are counted. Bullets
are marks, not text, and left out. Numbers in scripts whose digits or letters are not known here are given in
decimal digits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rubricate.corpus.readers.list_numbers import LONGEST_LABEL, Level, advance
from rubricate.corpus.readers.xml_names import attribute, name_of, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rubricate.corpus.readers.xml_names import Element

    Levels = Mapping[int, Level]
    Counts = dict[int, int]

_STYLES = frozenset(("text:list-style", "text:outline-style"))
_NUMBERED = frozenset(("text:list-level-style-number", "text:outline-level-style"))
_FORMATS = {
    "1": "decimal",
    "a": "lowerAlphabetic",
    "A": "upperAlphabetic",
    "i": "lowerRoman",
    "I": "upperRoman",
}
_PLACE = re.compile(r"%([0-9]{1,2})%")


class Lists:
    """The list styles of a document by name, and how far its lists and headings have been counted."""

    def __init__(self, *roots: Element) -> None:
        styles = [element for root in roots for element in root.iter("{*}list-style", "{*}outline-style")]
        self._levels = {attribute(style, "name"): _levels(style) for style in styles}
        outline = next((style for style in styles if name_of(style) == "text:outline-style"), None)
        self._outline = attribute(outline, "name", "Outline")
        self._headings: Counts = {}
        self._by_id: dict[str, Counts] = {}
        self._by_style: dict[str, Counts] = {}

    def levels(self, style: str) -> Levels:
        """The levels of a list style, from 0."""
        return self._levels.get(style, {})

    def begin(self, element: Element) -> Counts:
        """The counts with which an outermost list begins: its own, or those of the list it continues."""
        style = attribute(element, "style-name")
        if style == self._outline:
            return self._headings
        counts = self._by_id.get(attribute(element, "continue-list"))
        if counts is None and attribute(element, "continue-numbering") == "true":
            counts = self._by_style.get(style)
        counts = {} if counts is None else counts
        self._by_style[style] = self._by_id[attribute(element, "id")] = counts
        return counts

    def count_heading(self, heading: Element) -> str:
        """Count a heading that is in no list, and return its number, if headings have one."""
        if attribute(heading, "is-list-header") == "true":
            return ""
        depth = max(whole(attribute(heading, "outline-level"), 1), 1) - 1
        restart_at(heading, self._headings, depth)
        return advance(self.levels(self._outline), self._headings, depth)


def restart_at(element: Element, counts: Counts, depth: int) -> None:
    """Let the count begin anew where an item or heading says with which number."""
    start = attribute(element, "start-value")
    if start:
        counts[depth] = whole(start, 1) - 1


def _levels(style: Element) -> Levels:
    return {whole(attribute(level, "level"), 1) - 1: _level(level) for level in style if name_of(level)}


def _level(element: Element) -> Level:
    shown = attribute(element, "num-format")
    if name_of(element) not in _NUMBERED:
        return Level()
    if not shown:
        return Level("none")
    numerals = _FORMATS.get(shown, "decimal")
    if attribute(element, "num-letter-sync") == "true":
        numerals = numerals.replace("Alphabetic", "Letter")
    return Level(numerals, _label(element), whole(attribute(element, "start-value"), 1))


def _label(element: Element) -> tuple[str | int, ...]:
    """The label from its pattern, "%1%.%2%)", or else from what stands around the numbers."""
    pattern = attribute(element, "num-list-format")[:LONGEST_LABEL]
    if pattern:
        pieces = _PLACE.split(pattern)
        return tuple(int(piece) - 1 if place % 2 else piece for place, piece in enumerate(pieces))
    last = whole(attribute(element, "level"), 1) - 1
    first = max(last + 1 - whole(attribute(element, "display-levels"), 1), 0)
    numbers = [piece for depth in range(first, last + 1) for piece in (".", depth)][1:]
    before, behind = (attribute(element, name)[:LONGEST_LABEL] for name in ("num-prefix", "num-suffix"))
    return (before, *numbers, behind)
