"""The numbers and letters that Word shows before the paragraphs of lists and before headings.

They stand nowhere in the text; ``numbering.xml`` says how they are formed, and the paragraphs are counted.
Bullets are marks, not text, and left out. Numbers in scripts whose digits or letters are not known here
are given in decimal digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rubricate.corpus.readers.docx_styles import list_of
from rubricate.corpus.readers.list_numbers import BULLET, LONGEST_LABEL, Level, advance
from rubricate.corpus.readers.xml_names import attribute, child, is_on, name_of, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rubricate.corpus.readers.docx_styles import Styles
    from rubricate.corpus.readers.xml_names import Element

_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list: its levels, and which of them belong to which style.

    Lists of the same ``family`` are counted together; ``begins_anew`` are the levels (and the numbers
    before their first item) at which this one starts for itself.
    """

    family: str
    levels: Mapping[int, Level]
    of_style: Mapping[str, int]
    begins_anew: Mapping[int, int] = field(default_factory=dict)


class Numbers:
    """The lists of a document by id, and how far each has been counted."""

    def __init__(self, lists: Mapping[str, NumberedList]) -> None:
        self._lists = lists
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def count(self, properties: Element | None, styles: Styles) -> str | None:
        """Count a paragraph by its ``w:pPr`` and return its label; None if it is in no list."""
        number, depth, style = list_of(properties, styles)
        numbered = self._lists.get(number)
        if numbered is None:
            return None
        counts = self._counts.setdefault(numbered.family, {})
        if number not in self._begun:
            self._begun.add(number)
            counts.update(numbered.begins_anew)
        return advance(numbered.levels, counts, numbered.of_style.get(style, 0) if depth < 0 else depth)


def read_numbering(root: Element, styles: Styles) -> dict[str, NumberedList]:
    """Read ``numbering.xml``: each list by its id."""
    patterns = {
        attribute(element, "abstractNumId"): element
        for element in root
        if name_of(element) == "w:abstractNum"
    }
    families = {
        attribute(element, "numId"): attribute(child(element, "w:abstractNumId"), "val")
        for element in root
        if name_of(element) == "w:num"
    }
    lists = {}
    for element in root:
        if name_of(element) == "w:num":
            number = attribute(element, "numId")
            family = _defining(families[number], patterns, families, styles)
            lists[number] = _numbered(element, family, patterns.get(family))
    return lists


def _defining(
    family: str, patterns: Mapping[str, Element], families: Mapping[str, str], styles: Styles
) -> str:
    """The pattern that a list follows: it may only refer to a style, whose list has the levels."""
    link = attribute(child(patterns.get(family), "w:numStyleLink"), "val")
    linked = (families.get(style.list_id, "") for style in styles.lineage(link) if style.list_id)
    return next(linked, family)


def _numbered(element: Element, family: str, pattern: Element | None) -> NumberedList:
    overrides = [inner for inner in element if name_of(inner) == "w:lvlOverride"]
    own = [inner for inner in (child(override, "w:lvl") for override in overrides) if inner is not None]
    defined = [inner for inner in (pattern if pattern is not None else ()) if name_of(inner) == "w:lvl"]
    starts = {
        _depth(override): whole(attribute(start, "val"), 1) - 1
        for override in overrides
        if (start := child(override, "w:startOverride")) is not None
    }
    styles = {attribute(child(level, "w:pStyle"), "val"): _depth(level) for level in (*defined, *own)}
    return NumberedList(family, {_depth(level): _level(level) for level in (*defined, *own)}, styles, starts)


def _depth(element: Element) -> int:
    return whole(attribute(element, "ilvl"), 0)


def _level(element: Element) -> Level:
    pieces = _PLACE.split(attribute(child(element, "w:lvlText"), "val")[:LONGEST_LABEL])
    label = tuple(int(piece) - 1 if place % 2 else piece for place, piece in enumerate(pieces))
    hidden = is_on(child(element, "w:rPr", "w:vanish"))
    return Level(
        format=BULLET if hidden else attribute(child(element, "w:numFmt"), "val", "decimal"),
        label=label,
        start=whole(attribute(child(element, "w:start"), "val"), 0),
        restarts=attribute(child(element, "w:lvlRestart"), "val") != "0",
        plain=is_on(child(element, "w:isLgl")),
    )
