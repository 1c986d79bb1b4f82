"""What the names of paragraph styles say: "Title", "heading 2", "Überschrift 1", "Caption", "toc 1"."""

from __future__ import annotations

import re
from typing import NamedTuple


class Kind(NamedTuple):
    """Part, level and reason of a block, as in document.Block."""

    part: str = "body"
    level: int = 0
    reason: str = ""


BODY = Kind()
LIST_ITEM = Kind("list", 0, "an item of a list")
CAPTION = Kind("caption", 0, "marked as a caption")
CONTENTS = Kind("boilerplate", 0, "a table of contents or an index")

DEEPEST = 6
"""The deepest level of a heading that is told apart."""

LONGEST_LINEAGE = 50
"""Styles that are asked, from the nearest one up: those of real documents inherit from fewer."""

_TITLES = frozenset(("title", "titel", "titre", "título", "titolo", "название", "العنوان"))
_SUBTITLES = frozenset(("subtitle", "untertitel", "sous-titre", "subtítulo", "sottotitolo", "подзаголовок"))
_CAPTIONS = frozenset(
    ("caption", "beschriftung", "légende", "leyenda", "didascalia", "название объекта", "illustration")
)
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|overskrift|nagłówek|заголовок|başlık|عنوان"
    r"|标题|見出し) ?([1-9])"
)
_CONTENTS = re.compile(
    r"(?:toc|toa|contents|index|[a-z]+ index) (?:heading|title|[1-9]|10)|table of (?:figures|authorities)"
)
_LIST = re.compile(r"list (?:bullet|number)(?: [2-5])?")


def kind_of_style(name: str) -> Kind | None:
    """What a paragraph of this style is; None where the name alone does not say.

    >>> kind_of_style("Heading 2")
    Kind(part='heading', level=2, reason='marked as a heading')
    """
    folded = " ".join(name.replace("_20_", " ").casefold().split())
    if heading := _HEADING.fullmatch(folded):
        return heading_kind(int(heading[1]))
    if folded in _TITLES:
        return Kind("title", 0, "marked as the title")
    if folded in _SUBTITLES:  # the title's second half: no heading above the text, and it names the subject
        return Kind("title", 0, "marked as the subtitle")
    if folded in _CAPTIONS:
        return CAPTION
    if _LIST.fullmatch(folded):
        return LIST_ITEM
    return CONTENTS if _CONTENTS.fullmatch(folded) else None


def heading_kind(level: int) -> Kind:
    """A heading of this level, 1 being the highest; all below the sixth count as the sixth."""
    return Kind("heading", min(max(level, 1), DEEPEST), "marked as a heading")
