"""The styles of an OpenDocument text: what its paragraphs are, and which of its text is hidden."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rubricate.corpus.readers.style_names import BODY, LONGEST_LINEAGE, heading_kind, kind_of_style
from rubricate.corpus.readers.xml_names import attribute, child, name_of, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rubricate.corpus.readers.style_names import Kind
    from rubricate.corpus.readers.xml_names import Element


@dataclass(frozen=True, slots=True)
class Style:
    """A style as it stands, without what it inherits from ``parent``; None: it does not say.

    ``outline`` is the level of headings, from 1, or 0.
    """

    name: str
    parent: str
    outline: int
    hidden: bool | None
    new_page: bool


@dataclass(frozen=True, slots=True)
class Styles:
    """Styles by family ("paragraph", "text") and name."""

    by_name: Mapping[tuple[str, str], Style] = field(default_factory=dict)

    def lineage(self, family: str, name: str) -> Iterator[Style]:
        """The style and those it inherits from, nearest first, as far as one asks."""
        for _ in range(LONGEST_LINEAGE):  # they may go round in circles
            if (family, name) not in self.by_name:
                return
            yield self.by_name[family, name]
            name = self.by_name[family, name].parent

    def is_hidden(self, family: str, name: str) -> bool | None:
        """Whether text of this style is hidden; None if neither it nor what it inherits from says so."""
        return next((style.hidden for style in self.lineage(family, name) if style.hidden is not None), None)

    def begins_page(self, name: str) -> bool:
        """Whether a paragraph of this style begins a page."""
        return any(style.new_page for style in self.lineage("paragraph", name))


def read_styles(*roots: Element | None) -> Styles:
    """Read the styles in these elements, such as ``office:styles``; those of later ones come first."""
    elements = (element for root in roots if root is not None for element in _styles(root))
    return Styles(
        {(attribute(element, "family"), attribute(element, "name")): _style(element) for element in elements}
    )


def _styles(root: Element) -> Iterable[Element]:
    return (element for element in root if name_of(element) == "style:style")


def _style(element: Element) -> Style:
    display = attribute(child(element, "style:text-properties"), "display")
    breaks = attribute(child(element, "style:paragraph-properties"), "break-before")
    return Style(
        name=attribute(element, "display-name") or attribute(element, "name"),
        parent=attribute(element, "parent-style-name"),
        outline=whole(attribute(element, "default-outline-level"), 0),
        hidden=display == "none" if display else None,
        new_page=breaks == "page" or bool(attribute(element, "master-page-name")),
    )


def kind_of(paragraph: Element, styles: Styles) -> Kind:
    """What a ``text:p`` or ``text:h`` is: a heading by itself, otherwise what its style says."""
    lineage = list(styles.lineage("paragraph", attribute(paragraph, "style-name")))
    named = next((kind for style in lineage if (kind := kind_of_style(style.name))), None)
    if named and named.part != "heading":
        return named
    if name_of(paragraph) == "text:h":
        return heading_kind(whole(attribute(paragraph, "outline-level"), 1))
    outline = next((style.outline for style in lineage if style.outline > 0), 0)
    return heading_kind(outline) if outline else named or BODY
