"""The styles of a Word document: what its paragraphs are, and which of its text is hidden."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rubricate.corpus.readers.style_names import BODY, LIST_ITEM, LONGEST_LINEAGE, heading_kind, kind_of_style
from rubricate.corpus.readers.xml_names import attribute, child, is_on, name_of, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rubricate.corpus.readers.style_names import Kind
    from rubricate.corpus.readers.xml_names import Element

_UNSET = -1
_NO_HEADING = 9  # the outline level of body text


@dataclass(frozen=True, slots=True)
class Style:
    """A style as it stands, without what it inherits from ``parent``; ``outline`` -1 and None: not said."""

    id: str
    name: str = ""
    parent: str = ""
    outline: int = _UNSET
    list_id: str = ""
    list_level: int = _UNSET
    hidden: bool | None = None


@dataclass(frozen=True, slots=True)
class Styles:
    """All styles by id; ``default`` is the id of the one that paragraphs without a style have."""

    by_id: Mapping[str, Style] = field(default_factory=dict)
    default: str = ""

    def lineage(self, style: str) -> Iterator[Style]:
        """The style and those it inherits from, nearest first, as far as one asks."""
        for _ in range(LONGEST_LINEAGE):  # they may go round in circles
            if style not in self.by_id:
                return
            yield self.by_id[style]
            style = self.by_id[style].parent


def read_styles(root: Element) -> Styles:
    """Read ``styles.xml``."""
    elements = [element for element in root if name_of(element) == "w:style"]
    defaults = (
        attribute(element, "styleId")
        for element in elements
        if attribute(element, "type") == "paragraph" and attribute(element, "default") in ("1", "true", "on")
    )
    return Styles(
        {attribute(element, "styleId"): _style(element) for element in elements}, next(defaults, "")
    )


def _style(element: Element) -> Style:
    paragraph = child(element, "w:pPr")
    hidden = child(element, "w:rPr", "w:vanish")
    return Style(
        id=attribute(element, "styleId"),
        name=attribute(child(element, "w:name"), "val"),
        parent=attribute(child(element, "w:basedOn"), "val"),
        outline=whole(attribute(child(paragraph, "w:outlineLvl"), "val"), _UNSET),
        list_id=attribute(child(paragraph, "w:numPr", "w:numId"), "val"),
        list_level=whole(attribute(child(paragraph, "w:numPr", "w:ilvl"), "val"), _UNSET),
        hidden=None if hidden is None else is_on(hidden),
    )


def style_of(properties: Element | None, styles: Styles) -> str:
    """The id of a paragraph's style from its ``w:pPr``."""
    return attribute(child(properties, "w:pStyle"), "val") or styles.default


def kind_of(properties: Element | None, styles: Styles, *, listed: bool) -> Kind:
    """What a paragraph is: by its own outline level, its style or the styles that this one inherits from."""
    outline = whole(attribute(child(properties, "w:outlineLvl"), "val"), _UNSET)
    lineage = list(styles.lineage(style_of(properties, styles)))
    named = [kind for style in lineage if (kind := kind_of_style(style.name))]
    if named and named[0].part != "heading":
        return named[0]
    outlines = [level for level in (outline, *(style.outline for style in lineage)) if level != _UNSET]
    if outlines and 0 <= outlines[0] < _NO_HEADING:
        return heading_kind(outlines[0] + 1)
    if named and not outlines:
        return named[0]
    return LIST_ITEM if listed else BODY


def list_of(properties: Element | None, styles: Styles) -> tuple[str, int, str]:
    """The id of a paragraph's list, the level in it, and the style that says so.

    The id is empty where the paragraph is in none; the level is -1 where nothing says it, and then the
    list itself knows which of its levels belongs to the style.
    """
    numbering = child(properties, "w:numPr")
    level = whole(attribute(child(numbering, "w:ilvl"), "val"), _UNSET)
    lineage = list(styles.lineage(style_of(properties, styles)))
    number = attribute(child(numbering, "w:numId"), "val")
    origin = next((style for style in lineage if style.list_id), Style(""))
    if number or level != _UNSET:
        number, level = number or origin.list_id, max(level, 0)
    else:
        number = origin.list_id
        level = next((style.list_level for style in lineage if style.list_level != _UNSET), _UNSET)
    return ("" if number == "0" else number), level, origin.id


def is_hidden(run: Element | None, paragraph_style: str, styles: Styles) -> bool:
    """Whether the text of a run is hidden, by its own ``w:rPr`` or by a style."""
    own = child(run, "w:vanish")
    if own is not None:
        return is_on(own)
    character_style = attribute(child(run, "w:rStyle"), "val")
    said = (
        style.hidden
        for name in (character_style, paragraph_style)
        for style in styles.lineage(name)
        if style.hidden is not None
    )
    return next(said, False)
