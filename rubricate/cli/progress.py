"""A progress bar on stderr for what takes longer than a second, and only where a person is watching."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.progress import Progress, TaskID

    from rubricate.corpus.document import Document

PATIENCE = 1.0
"""Seconds without a bar."""


class Following:
    """Counts documents as they go by; ``expect`` says how many there will be, once or bit by bit."""

    def expect(self, documents: int) -> None:
        """So many more documents will go by: from now on the time that is left can be told."""

    def __call__(self, documents: Iterable[Document]) -> Iterable[Document]:
        """The documents."""
        return documents


class _Watched(Following):
    """The same, with a bar."""

    def __init__(self, bar: Progress, task: TaskID, doing: str) -> None:
        self._bar, self._task, self._doing = bar, task, doing
        self._expected = self._seen = 0

    def expect(self, documents: int) -> None:
        self._expected += documents
        self._bar.update(self._task, total=self._expected)

    def __call__(self, documents: Iterable[Document]) -> Iterator[Document]:
        for document in documents:
            self._seen += 1
            self._bar.update(self._task, completed=self._seen, description=self._doing)
            yield document
        if self._seen >= self._expected:
            self._bar.update(self._task, description="writing")


@contextmanager
def progress(doing: str = "coding") -> Iterator[Following]:
    """Show what is going on while the block runs; yield what counts documents as they go by."""
    if not sys.stderr.isatty():
        yield Following()
        return
    bar, task = _bar()
    later = Timer(PATIENCE, bar.start)
    later.daemon = True
    later.start()
    try:
        yield _Watched(bar, task, doing)
    finally:
        later.cancel()
        later.join()
        bar.stop()


def _bar() -> tuple[Progress, TaskID]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} documents"),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    return bar, bar.add_task("reading", total=None)
