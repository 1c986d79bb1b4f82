"""What a corpus is made of: a document as read, and a document ready to be coded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

PARTS = (
    "title",
    "abstract",
    "body",
    "list",
    "caption",
    "table",
    "footnote",
    "heading",
    "references",
    "boilerplate",
)
"""Every part a paragraph can be, in the order in which tables list them."""

ANALYSED = PARTS[:7]
"""The parts that are coded and counted unless the user asks for others."""


class Block(NamedTuple):
    """A structural piece of a document: ``part`` is one of PARTS, ``level`` the depth of a heading (1 is
    the highest), otherwise 0.

    A named tuple, like Paragraph: a corpus has millions, and they are made in a third of the time.
    """

    text: str
    part: str = "body"
    level: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A document as a reader delivers it: decoded, but not cleaned.

    Plain text comes as one string in ``text``; a format that marks headings and lists comes as
    ``blocks``, and then ``text`` is empty. ``file`` is the path below the SOURCE argument and ``sha256``
    the hash of that file's bytes.
    """

    id: str
    file: str
    sha256: str
    encoding: str
    text: str = ""
    blocks: tuple[Block, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)


class Paragraph(NamedTuple):
    """The smallest structural block: code points ``start`` to ``end`` of its document's text."""

    start: int
    end: int
    part: str = "body"
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One text, cleaned and cut into paragraphs.

    Offsets count Unicode code points of ``text``, from 0, end exclusive. ``variables`` are the columns
    the user brought (outlet, country, …), as strings; an empty string means "no value".
    """

    id: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    file: str = ""
    sha256: str = ""
    encoding: str = ""
    language: str = ""
    title: str = ""
    date: str = ""
    citekey: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
