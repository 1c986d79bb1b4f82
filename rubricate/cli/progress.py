"""A progress bar on stderr for what takes longer than a second, and only where a person is watching."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.progress import Progress, TaskID

    from rubricate.corpus.document import Document

PATIENCE = 1.0
"""Seconds without a bar."""


def follow(documents: Iterable[Document]) -> Iterator[Document]:
    """The same documents, with a bar that counts them."""
    if not sys.stderr.isatty():
        yield from documents
        return
    begun = time.monotonic()
    bar: tuple[Progress, TaskID] | None = None
    try:
        for count, document in enumerate(documents, 1):
            if bar is None and time.monotonic() - begun > PATIENCE:
                bar = _bar()
            if bar is not None:
                bar[0].update(bar[1], completed=count)
            yield document
    finally:
        if bar is not None:
            bar[0].stop()


def _bar() -> tuple[Progress, TaskID]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    progress = Progress(
        SpinnerColumn(),
        BarColumn(),
        TextColumn("{task.completed:,.0f} documents"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = progress.add_task("coding", total=None)
    progress.start()
    return progress, task
