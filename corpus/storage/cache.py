"""What a study computed and may need again: a hidden folder that anybody may delete at any time."""

from __future__ import annotations

import secrets
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from rubricate.corpus.storage.layout import CACHE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_MOST = 8
"""So many files of a kind are kept; of more, those go that were used longest ago."""

_HOUR = 3600

_ABOUT = {
    ".gitignore": "*\n",
    "CACHEDIR.TAG": (
        "Signature: 8a477f597d28d172789f06886806bc55\n"
        "# What rubricate has computed and may need again; it can be deleted at any time.\n"
    ),
}


def cached(study: Path, name: str) -> Path | None:
    """The file of this name, or None; its time says when it was last used."""
    path = study / CACHE / name
    if not path.is_file():
        return None
    with suppress(OSError):  # somebody else's study can be read for all that
        path.touch()
    return path


def cache(study: Path, name: str, write: Callable[[Path], object]) -> None:
    """Let ``write`` make the file of this name, whole or not at all.

    ``name`` begins with its kind and a hyphen. Nobody hears of it where that cannot be: a disk that is full
    only costs time later.
    """
    folder = study / CACHE
    new = folder / f".{secrets.token_hex(4)}.new"
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        for about, text in _ABOUT.items():
            (folder / about).write_text(text, encoding="utf-8")
        try:
            write(new)
            new.replace(folder / name)
        finally:
            new.unlink(missing_ok=True)
        _forget(folder, name.partition("-")[0])


def _forget(folder: Path, kind: str) -> None:
    """Delete what has not been used for longest, and what killed processes left."""
    files = sorted(folder.glob(f"{kind}-*"), key=lambda path: path.stat().st_mtime_ns)
    left = [path for path in folder.glob(".*.new") if path.stat().st_mtime < time.time() - _HOUR]
    for path in (*files[:-_MOST], *left):
        path.unlink(missing_ok=True)
