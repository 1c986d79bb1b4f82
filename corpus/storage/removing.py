"""Documents are taken out of a study's corpus."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rubricate.corpus.storage.layout import CORPUS
from rubricate.corpus.storage.merging import merge_into
from rubricate.corpus.storage.record import Place, write_record
from rubricate.corpus.storage.replacing import changing, replacing
from rubricate.corpus.storage.skipping import write_skipped
from rubricate.corpus.storage.stored import Store, write_summary
from rubricate.corpus.storage.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def remove_documents(study: Path, names: Sequence[str]) -> list[str]:
    """Take documents out of the corpus; their sources stay, and adding these again does not bring them back.

    Returns their ids. CorpusError, and nothing is removed, where one is not there.
    """
    with changing(study), Store(study) as store:
        known = {one.document: one for one in map(store.find, names)}
        removed = {Place(one.document, *one.key) for one in known.values()}
        vanished = tuple(place for place in store.record.vanished if place not in removed)
        record = replace(
            store.record,
            removed=tuple(sorted({*store.record.removed, *removed}, key=lambda place: place.document)),
            vanished=vanished,
        )
        with replacing(study) as new:
            with Writer(new / CORPUS, store.vocabulary) as writer:
                merge_into(writer, store, (), without=known)
            store.close()
            write_summary(new / CORPUS, writer)
            write_record(new / CORPUS, record)
            write_skipped(new / CORPUS, record)
    return sorted(known)
