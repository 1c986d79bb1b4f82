"""What can go wrong between a SOURCE and a corpus, said in one line for the person who can mend it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class CorpusError(Exception):
    """A mistake in what the user gave us: where it is, what it is, and what to do."""


class FileError(CorpusError):
    """A file that cannot be read.

    Named outright, such a file ends the work; met in a folder or through a glob, it is skipped, and
    ``reason`` is what the list of skipped files says. ``file`` is how tables name the file.
    """

    def __init__(self, file: str, reason: str) -> None:
        """Keep both for whoever catches it."""
        super().__init__(file, reason)
        self.file = file
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}"


def shown(path: str | Path) -> str:
    """Return a path fit for a one-line message or a table: no line breaks, no bytes that are no text.

    >>> shown("caf\\udce9\\n.txt")
    'caf\\\\udce9\\\\n.txt'
    """
    text = str(path).encode("utf-8", "backslashreplace").decode("utf-8")
    return _UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)
