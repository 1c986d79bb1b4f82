"""A stored corpus beside its sources: what changed there, and what cleaning made of a document."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.corpus.cleaning.repairs import undo
from rubricate.corpus.storage.copies import damage
from rubricate.corpus.storage.layout import SOURCES
from rubricate.corpus.storage.record import from_here
from rubricate.corpus.storage.rereading import read_again
from rubricate.corpus.storage.stored import Store

if TYPE_CHECKING:
    from pathlib import Path

    from rubricate.corpus.document import Document
    from rubricate.corpus.storage.record import Origin

_AROUND = 20  # characters on each side of a difference


@dataclass(frozen=True, slots=True)
class Difference:
    """A source, a copy or a document that is not as it was when it was read, and in ``what``."""

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
    """What differs from what was read, in the order of names, and how many sources there are."""
    with Store(study) as store:
        used = {known.key for known in store.known()}
    # a file that nothing comes from has no copy, and may go
    origins = [one for one in store.record.origins if one.key in used or (study / one.path).exists()]
    sources = {origin.path: origin for origin in origins}
    copies = {origin.stored: origin for origin in origins if origin.key in used}
    found = [
        *(_of_source(study, origin) for _, origin in sorted(sources.items())),
        *(_of_copy(study, origin) for _, origin in sorted(copies.items())),
        *(
            Difference(from_here(how.metadata, study), "the metadata are gone; put them back")
            for how in store.record.hows
            if how.metadata and not (study / how.metadata).exists()
        ),
        *(
            Difference(place.document, "is no longer in its source; rubricate corpus remove takes it out")
            for place in store.record.vanished
        ),
    ]
    return [one for one in found if one.what], len(sources)


def _of_source(study: Path, origin: Origin) -> Difference:
    what = damage(study / origin.path, origin.sha256)
    advice = "; rubricate corpus add reads it again" if what == "was changed" else ""
    return Difference(from_here(origin.path, study), what + advice)


def _of_copy(study: Path, origin: Origin) -> Difference:
    if origin.path == f"{SOURCES}/{origin.stored}":  # the source itself
        return Difference(origin.path, "")
    what = damage(study / SOURCES / origin.stored, origin.copied)
    place = from_here(f"{SOURCES}/{origin.stored}", study)
    return Difference(place, f"the copy {what}; put it back" if what else "")


def compare_document(study: Path, name: str) -> Comparison:
    """A document beside its source; CorpusError where there is no such document or no sound copy of its
    source.
    """
    with Store(study) as store:
        document = store.document(name)
        source = read_again(study, store.record, store.find(name))
    text = source.text or "\n\n".join(block.text for block in source.blocks)
    ours, theirs = _solid(undo(document.text, document.repairs)), _solid(text)
    return Comparison(document, text, ours == theirs, _in_words(ours, theirs))


def _in_words(ours: str, theirs: str) -> str:
    """Where two texts first differ, and how many characters only one of them has."""
    if ours == theirs:
        return ""
    pairs = enumerate(zip(ours, theirs, strict=False))
    place = next((place for place, (one, other) in pairs if one != other), min(len(ours), len(theirs)))
    lost, more = Counter(theirs) - Counter(ours), Counter(ours) - Counter(theirs)
    return (
        f"{lost.total():,} characters of the source are missing and {more.total():,} are not from it, from "
        f"“{theirs[max(place - _AROUND, 0) : place + _AROUND]}” on"
    )


def _solid(text: str) -> str:
    """A text without its white space."""
    return "".join(text.split())
