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
    the highest), otherwise 0; ``reason`` says why it is that part.

    ``page`` is the label of the page on which it begins ("7", "iv"), ``speaker`` who says it and ``time``
    when it begins in the recording, as hours:minutes:seconds ("00:01:12"); each is empty where the format
    does not say. A named tuple, like Paragraph: a corpus has millions, and they are made in a third of the
    time.
    """

    text: str
    part: str = "body"
    level: int = 0
    reason: str = ""
    page: str = ""
    speaker: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A document as a reader delivers it: decoded, but not cleaned.

    Plain text comes as one string in ``text``; a format that marks headings and lists comes as
    ``blocks``, and then ``text`` is empty. ``file`` is the path below the SOURCE argument and ``sha256``
    the hash of that file's bytes. ``variables`` are what the user's own data say (columns, front matter);
    ``properties`` what the file says of itself (title, author, created, …), which holds only where nothing
    else is known. ``warnings`` are doubts about the text, each one line that says what to do.
    """

    id: str
    file: str
    sha256: str
    encoding: str
    text: str = ""
    blocks: tuple[Block, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


class Paragraph(NamedTuple):
    """The smallest structural block: code points ``start`` to ``end`` of its document's text.

    ``reason`` says in a few words why it is the ``part`` that it is; empty: nothing speaks against body.
    ``page``, ``speaker`` and ``time`` are those of its Block.
    """

    start: int
    end: int
    part: str = "body"
    heading: str = ""
    reason: str = ""
    page: str = ""
    speaker: str = ""
    time: str = ""


class Repair(NamedTuple):
    """One change made on the way from the source's text to the document's.

    The document has ``after`` at ``start`` where the source has ``before`` at ``source_start``; both
    count code points from 0, and ``source_start`` is -1 where the source was no plain text. ``kind`` is one
    of REPAIRS.
    """

    kind: str
    start: int
    source_start: int
    before: str
    after: str


REPAIRS = ("hyphen", "dash", "page_break", "moved", "control_character", "repairs.csv")
"""What is repaired, besides white space: a hyphen or a dash at the end of a line, a sentence cut by a page
break, what stood inside that sentence and comes behind it now, control characters, and what the study's
own file of repairs says."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text, cleaned and cut into paragraphs.

    Offsets count Unicode code points of ``text``, from 0, end exclusive. ``variables`` are the columns
    the user brought (outlet, country, …), as strings; an empty string means "no value". ``repairs`` are
    what was changed in the source's text, in the order of ``start``; of the lines that were joined with a
    space only the number is kept, ``line_joins``. ``warnings`` are the reader's doubts about the text.
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
    repairs: tuple[Repair, ...] = ()
    line_joins: int = 0
    warnings: tuple[str, ...] = ()

    @property
    def repair_count(self) -> int:
        """The number of repairs."""
        return len(self.repairs)
