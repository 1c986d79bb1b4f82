"""The duplicates of a stored corpus: looked for once, and then kept with the study."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from rubricate.corpus.duplicates.kept import KeptMarks, keep_marks, read_marks, write_marks
from rubricate.corpus.duplicates.search import Duplicates
from rubricate.corpus.passages import analysed_paragraphs, cut_passages
from rubricate.corpus.storage.cache import cache, cached
from rubricate.corpus.storage.readings import stored_readings
from rubricate.corpus.storage.words import made_by

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from rubricate.corpus.duplicates.search import Marks
    from rubricate.corpus.storage.stored import Store

SEARCH = 1
"""Raised whenever other passages become duplicates than before."""


def stored_marks(
    study: Path, store: Store, unit: str, parts: Collection[str], *, near: bool, language: str
) -> KeptMarks:
    """Which passages of a unit repeat others; ``language`` is that of documents that name none.

    The words of the store must be stored.
    """
    first = [group.column("document")[0] for group in store.groups]
    described = (SEARCH, made_by(), unit, sorted(parts), near, language, first)
    digest = sha256(repr(described).encode())
    for one in store.column("hash"):
        digest.update(bytes.fromhex(one))
    name = f"duplicates-{digest.hexdigest()[:32]}.parquet"
    if path := cached(study, name):
        with suppress(OSError):  # another process has just deleted it
            return read_marks(path, first)
    found = _search(store, unit, parts, Duplicates(near=near, language=language))
    marks = keep_marks(list(found), first)
    cache(study, name, lambda new: write_marks(new, marks))
    return marks


def _search(store: Store, unit: str, parts: Collection[str], duplicates: Duplicates) -> Iterator[Marks]:
    for reading in stored_readings(store):
        passages = cut_passages(reading, unit, parts)
        yield duplicates.mark(reading, passages, analysed_paragraphs(reading, parts))
