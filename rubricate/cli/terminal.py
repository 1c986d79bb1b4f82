"""How wide a line may be, and how counts are worded."""

from __future__ import annotations

import shutil
import sys


def terminal_width() -> int | None:
    """How many characters a line may have; None where no person is watching."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def number(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> number(1, "entry", "entries"), number(1200, "code")
    ('1 entry', '1,200 codes')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
