"""Documents made from their sources by several processes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from rubricate.workers import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rubricate.corpus.document import Document, Source
    from rubricate.corpus.reader import Making
    from rubricate.corpus.study.changes import Uses
    from rubricate.workers import Note

_BATCH = 500_000
"""Characters sent at a time: enough to be worth the sending, few enough for all to have something to do."""


def make_documents(making: Making, sources: Iterable[Source], workers: int) -> Iterator[Document]:
    """The documents of these sources, in their order, made by so many processes."""
    # Words are told with pandas, which takes long to load; the processes do without it.
    load = partial(import_module, "pandas")
    for documents, uses in in_order(_Work(making), _batches(sources), workers, meanwhile=load):
        making.changes.add_uses(uses)
        yield from documents


@dataclass(frozen=True, slots=True)
class _Work:
    """The making of some documents."""

    making: Making

    def __call__(self, sources: list[Source], note: Note) -> tuple[list[Document], Uses]:
        """Make them, each noted before, and say what of the study's changes was of use so far."""

        def begun(source: Source) -> None:
            note(f"document {source.id!r}")

        documents = list(self.making.documents(sources, begun))
        return documents, self.making.changes.uses


def _batches(sources: Iterable[Source]) -> Iterator[list[Source]]:
    batch: list[Source] = []
    size = 0
    for source in sources:
        batch.append(source)
        size += len(source.text) + sum(len(block.text) for block in source.blocks)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
