"""A progress bar on stderr for what takes longer than a second, and only where a person is watching."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import partial
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.progress import Progress, TaskID

    from rubricate.corpus.document import Document

PATIENCE = 1.0
"""Seconds without a bar."""


@contextmanager
def progress(doing: str = "coding") -> Iterator[Callable[[Iterable[Document]], Iterable[Document]]]:
    """Show what is going on while the block runs; yield a function that counts documents as they go by."""
    if not sys.stderr.isatty():
        yield iter
        return
    bar, task = _bar()
    later = Timer(PATIENCE, bar.start)
    later.daemon = True
    later.start()
    try:
        yield partial(_count, bar, task, doing)
    finally:
        later.cancel()
        later.join()
        bar.stop()


def _count(bar: Progress, task: TaskID, doing: str, documents: Iterable[Document]) -> Iterator[Document]:
    for count, document in enumerate(documents, 1):
        bar.update(task, completed=count, description=doing)
        yield document
    bar.update(task, description="writing")


def _bar() -> tuple[Progress, TaskID]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} documents"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    return bar, bar.add_task("reading", total=None)
