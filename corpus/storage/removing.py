"""Documents are taken out of a study's corpus, and put back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rubricate.corpus.storage.layout import CORPUS
from rubricate.corpus.storage.merging import merge_into
from rubricate.corpus.storage.record import Removed, read_record, write_record
from rubricate.corpus.storage.replacing import changing, replacing
from rubricate.corpus.storage.stored import Store, write_summary
from rubricate.corpus.storage.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def remove_documents(study: Path, names: Sequence[str]) -> list[str]:
    """Take documents out of the corpus; their sources stay, and adding these again does not bring them back.

    Returns their ids. CorpusError, and nothing is removed, where one is not there.
    """
    corpus = study / CORPUS
    with changing(study), Store(corpus) as store:
        known = {one.document: one for one in map(store.find, names)}
        record = read_record(corpus)
        removed = (Removed(one.document, one.source, one.member) for one in known.values())
        with replacing(corpus) as new:
            with Writer(new) as writer:
                merge_into(writer, store, (), without=known)
            write_summary(new, writer)
            write_record(new, replace(record, removed=(*record.removed, *removed)))
    return sorted(known)
