"""The corpus of a study, coded a row group at a time."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from rubricate.coding.apply import apply_codebook, is_near, unmarked
from rubricate.coding.reuse.coding import ReusingCoder
from rubricate.coding.reuse.keeping import find_earlier, keeping
from rubricate.corpus.storage.marking import stored_marks
from rubricate.corpus.storage.readings import stored_readings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from rubricate.codebooks import Codebook
    from rubricate.coding.apply import Mark
    from rubricate.coding.batch import Batch
    from rubricate.coding.passes import CorpusHash
    from rubricate.coding.settings import Settings
    from rubricate.corpus.document import Document
    from rubricate.corpus.reading import Reading
    from rubricate.corpus.storage.stored import Store

    Follow = Callable[[Iterable[Document]], Iterable[Document]]


def code_study(
    study: Path,
    store: Store,
    codebook: Codebook,
    settings: Settings,
    corpus: CorpusHash,
    follow: Follow,
    *,
    replays: bool = False,
) -> Iterator[Batch]:
    """The documents of the store, coded; ``corpus`` has their hash when the first batch comes.

    Where their words are stored, texts are read only where something is found; and of what an earlier pass
    found, only that is looked for which has changed since. ``replays``: nothing is taken from earlier passes,
    nor are duplicates marked that count for all that.
    """
    marked = not replays or settings.duplicates != "keep"
    if not store.worded:
        documents = follow(corpus.follow(store.documents()))
        yield from apply_codebook(codebook, documents, settings, mark_duplicates=marked)
        return
    for known in store.known():
        corpus.count(known.hash, known.encoding)
    mark = _mark(study, store, codebook, settings) if marked else unmarked
    earlier = None if replays else find_earlier(study, codebook, settings)
    coder = ReusingCoder(codebook, settings, mark, earlier)
    keys = _keys(store, settings)
    readings = _followed(stored_readings(store), follow)
    with keeping(study, codebook, settings, keys) as keep:
        for key, reading in zip(keys, readings, strict=True):
            batch = coder.code(reading, key)
            keep(key, batch)
            yield batch


def _mark(study: Path, store: Store, codebook: Codebook, settings: Settings) -> Mark:
    near, unit, parts = is_near(settings), settings.unit, settings.parts
    return stored_marks(study, store, unit, parts, near=near, language=codebook.language).mark


def _keys(store: Store, settings: Settings) -> list[str]:
    """For each row group the hash of what is found in it depends on, besides the codebook.

    Where duplicates do not count, that is the whole corpus.
    """
    everything = "".join(known.hash for known in store.known()) if settings.duplicates != "keep" else ""
    groups = ("".join(known.hash for known in group.documents) for group in store.groups)
    return [sha256(f"{group} {everything}".encode()).hexdigest() for group in groups]


def _followed(readings: Iterable[Reading], follow: Follow) -> Iterator[Reading]:
    """The readings; ``follow`` sees all their documents go by as one stream."""
    waiting: list[Reading] = []

    def documents() -> Iterator[Document]:
        for reading in readings:
            waiting.append(reading)
            yield from reading.documents

    for document in follow(documents()):
        if document is waiting[0].documents[-1]:
            yield waiting.pop()
