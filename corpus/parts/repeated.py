"""Paragraphs that stand at the top or the end of many documents, and so may be furniture of their source.

Nothing is decided here, because a document must not depend on others: this is a list for a person to read,
with the rows of corrections.csv that would mark what it names.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from rubricate.corpus.document import PARTS
from rubricate.corpus.parts.names import is_salutation, named
from rubricate.corpus.parts.shapes import is_page_line
from rubricate.corpus.study.corrections import CORRECTION_COLUMNS, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rubricate.corpus.document import Document, Paragraph

PLACES = ("top", "end", "inside")

FEWEST = 3
"""No paragraph is told that stands at the top or the end of fewer documents of an outlet or folder."""

MOST = 1_000_000
"""So many paragraphs that were seen once are remembered."""

_SHARE = 20  # one document in so many of an outlet or folder
_EDGE = 5  # paragraphs that are the top, and the end
_LONGEST = 2000  # characters of a paragraph that is looked at
_LONGEST_WHOLE = 160  # characters of a paragraph that is quoted whole
_QUOTED_WORDS = 12
_FEWEST_WORDS = 3  # before the first digit of a paragraph whose digits differ
_LONGEST_SALUTATION = 60
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]")
_REASON = "stands in many documents"


@dataclass(frozen=True, slots=True)
class RepeatedBlock:
    """A paragraph of many documents: ``text`` as one of them has it, digits can differ in others.

    ``documents`` is their number, ``places`` in how many it stands at the top, at the end and inside (one
    of PLACES each), ``parts`` in how many it is which part. ``among`` are the outlets or folders where it
    is frequent. ``rows`` for corrections.csv would make it boilerplate in all documents.
    """

    text: str
    documents: int
    places: Mapping[str, int]
    parts: Mapping[str, int]
    among: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]

    @property
    def part(self) -> str:
        """What it is in most documents."""
        return max(self.parts, key=lambda part: (self.parts[part], -PARTS.index(part)))


@dataclass(slots=True)
class _Tally:
    """What is known of a paragraph: its text in one document, and in how many documents it is what and where;
    ``edges`` are those of each outlet or folder that have it at the top or the end.
    """

    text: str
    places: Counter[str] = field(default_factory=Counter)
    parts: Counter[str] = field(default_factory=Counter)
    edges: Counter[str] = field(default_factory=Counter)

    def add(self, seen: _Seen) -> None:
        place, part, group = seen
        self.places[place] += 1
        self.parts[part] += 1
        self.edges[group] += place != "inside"


_Seen = tuple[str, str, str]  # where, which part, of which outlet or folder


def find_repeated(documents: Iterable[Document], *, most: int = MOST) -> list[RepeatedBlock]:
    """The paragraphs at the top or the end of FEWEST documents and of 5 % of those of an outlet or folder.

    The outlet is the variable ``outlet``; without one the folder of the file counts. Paragraphs are the same
    if only capitals, white space and digits differ. Left out are headings known by their name, salutations,
    page numbers, and what is boilerplate wherever it stands; copies of a document count once. The most
    frequent come first.

    Documents are read one by one. Of a paragraph that was seen once only a hash is kept; of more than
    ``most`` of these the older half is forgotten, so that in such a corpus the numbers can be too low.
    """
    single: dict[int, _Seen] = {}
    tallies: dict[int, _Tally] = {}
    groups: Counter[str] = Counter()
    copies: set[int] = set()
    for document in documents:
        if (content := hash(document.text)) in copies:
            continue
        copies.add(content)
        group = _group(document)
        groups[group] += 1
        for key, (text, seen) in _paragraphs(document, group).items():
            if key in tallies:
                tallies[key].add(seen)
            elif key in single:
                tallies[key] = _Tally(text)
                tallies[key].add(single.pop(key))
                tallies[key].add(seen)
            else:
                single[key] = seen
        if len(single) > most:
            for key in list(islice(single, len(single) // 2)):
                del single[key]
    blocks = (_block(tally, groups) for tally in tallies.values())
    return sorted((block for block in blocks if block), key=lambda block: (-block.documents, block.text))


def _group(document: Document) -> str:
    return document.variables.get("outlet", "") or str(PurePosixPath(document.file).parent)


def _paragraphs(document: Document, group: str) -> dict[int, tuple[str, _Seen]]:
    """The paragraphs of a document that can be furniture, each once, by a hash of their words."""
    found: dict[int, tuple[str, _Seen]] = {}
    number = len(document.paragraphs)
    for index, paragraph in enumerate(document.paragraphs):
        text = document.text[paragraph.start : paragraph.end]
        if _may_be_furniture(text, paragraph, document.language):
            behind = number - 1 - index
            place = "top" if index < min(_EDGE, behind + 1) else "end" if behind < _EDGE else "inside"
            key = hash(_DIGITS.sub("0", plain(text)))
            if key not in found or found[key][1][0] == "inside":
                found[key] = (text, (place, paragraph.part, group))
    return found


def _may_be_furniture(text: str, paragraph: Paragraph, language: str) -> bool:
    if not text or len(text) > _LONGEST or not _WORD.search(text) or is_page_line(text):
        return False
    if len(text) <= _LONGEST_SALUTATION and is_salutation(text, language):
        return False
    return not (paragraph.part == "heading" and named(text, language))


def _block(tally: _Tally, groups: Mapping[str, int]) -> RepeatedBlock | None:
    """What is told of a paragraph; None if it is not frequent enough, or boilerplate already."""
    among = [
        group for group, count in tally.edges.items() if count >= FEWEST and count * _SHARE >= groups[group]
    ]
    if not among or set(tally.parts) == {"boilerplate"}:
        return None
    places = {place: tally.places[place] for place in PLACES}
    parts = {part: tally.parts[part] for part in PARTS if tally.parts[part]}
    quotations = _quotations(tally.text)
    rows = tuple(
        dict(zip(CORRECTION_COLUMNS, ("", "", words, "part", "boilerplate", _REASON), strict=True))
        for words in quotations
    )
    return RepeatedBlock(tally.text, sum(places.values()), places, parts, tuple(sorted(among)), rows)


def _quotations(text: str) -> Iterator[str]:
    """What a row must quote to fit a paragraph in all documents; nothing where no few words tell it from
    others.

    Digits can differ, so that only what stands before the first holds everywhere.
    """
    digit = _DIGITS.search(text)
    words = text[: digit.start() if digit else None].split()
    if not digit and len(text) <= _LONGEST_WHOLE:
        yield " ".join(words)
    elif len(words) >= _FEWEST_WORDS:
        yield " ".join(words[:_QUOTED_WORDS]) + " …"
