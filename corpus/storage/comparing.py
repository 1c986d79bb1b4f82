"""A stored corpus beside its sources: what changed there, and what cleaning made of a document."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from os.path import commonpath
from typing import TYPE_CHECKING

from rubricate.corpus.cleaning.repairs import undo
from rubricate.corpus.errors import CorpusError
from rubricate.corpus.source_order import read_sources
from rubricate.corpus.storage.layout import CORPUS, SOURCES
from rubricate.corpus.storage.planning import copy_of, hash_file
from rubricate.corpus.storage.record import read_record
from rubricate.corpus.storage.stored import Store

if TYPE_CHECKING:
    from pathlib import Path

    from rubricate.corpus.document import Document, Source
    from rubricate.corpus.storage.record import Record

_AROUND = 20  # characters on each side of a difference


@dataclass(frozen=True, slots=True)
class Difference:
    """A source that is not as it was when it was read: ``what`` is changed, gone, or that of its copy."""

    file: str
    what: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A document and the text that it was made from; ``whole`` says whether the document with its repairs
    undone is that text, but for white space, and ``missing`` in words what is in one of them only.
    """

    document: Document
    source: str
    whole: bool
    missing: str = ""


def compare_sources(study: Path) -> tuple[list[Difference], int]:
    """The sources that differ from what was read, in the order of their names, and how many there are."""
    record = read_record(study / CORPUS)
    places = {origin.path: origin for origin in record.origins}
    found = []
    for path, origin in sorted(places.items()):
        there, copy = study / path, study / SOURCES / origin.stored
        if not there.is_file():
            found.append(Difference(path, "is gone"))
        elif (there.stat().st_size, hash_file(there)) != (origin.size, origin.sha256):
            found.append(Difference(path, "has changed; rubricate corpus add reads it again"))
        if not copy.is_file():
            found.append(Difference(f"{SOURCES}/{origin.stored}", "the copy is gone; put it back"))
        elif hash_file(copy) != origin.sha256:
            found.append(Difference(f"{SOURCES}/{origin.stored}", "the copy was changed; put it back"))
    return found, len(places)


def compare_document(study: Path, name: str) -> Comparison:
    """A document beside its source; CorpusError where there is no such document or no copy of its source."""
    with Store(study / CORPUS) as store:
        known = store.find(name)
        document = store.document(known.document)
    source = _source(study, read_record(study / CORPUS), known.source, known.member, document.id)
    text = source.text or "\n\n".join(block.text for block in source.blocks)
    ours, theirs = _solid(undo(document.text, document.repairs)), _solid(text)
    return Comparison(document, text, ours == theirs, _in_words(ours, theirs))


def _in_words(ours: str, theirs: str) -> str:
    """Where two texts first differ, and how many characters only one of them has."""
    if ours == theirs:
        return ""
    place = len(commonpath([ours, theirs]))
    lost, more = Counter(theirs) - Counter(ours), Counter(ours) - Counter(theirs)
    return (
        f"{lost.total():,} characters of the source are missing and {more.total():,} are not from it, from "
        f"“{theirs[max(place - _AROUND, 0) : place + _AROUND]}” on"
    )


def _source(study: Path, record: Record, stored: str, member: str, document: str) -> Source:
    origin = record.by_copy()[stored, member]
    file = copy_of(study, origin)
    for source in read_sources([file], [], record.hows[origin.how].options):
        if source.id == document:
            return source
    raise CorpusError(f"{SOURCES}/{stored}: no longer has document {document!r}; compare the corpus")


def _solid(text: str) -> str:
    """A text without its white space."""
    return "".join(text.split())
