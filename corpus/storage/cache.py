"""What a study computed and may need again: a hidden folder that anybody may delete at any time."""

from __future__ import annotations

import secrets
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from rubricate.corpus.storage.copies import hash_file
from rubricate.corpus.storage.layout import CACHE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_MOST = 8
"""So many files of a kind are kept; of more, those go that were used longest ago."""

_HOUR = 3600
_LETTERS = 32

_ABOUT = {
    ".gitignore": "*\n",
    "CACHEDIR.TAG": (
        "Signature: 8a477f597d28d172789f06886806bc55\n"
        "# What rubricate has computed and may need again; it can be deleted at any time.\n"
    ),
}


def cached(study: Path, name: str) -> Path | None:
    """The file of this name as it was written, or None; its time says when it was last used."""
    for path in cached_paths(study, name):
        if _is_sound(path, name):
            with suppress(OSError):  # somebody else's study can be read for all that
                path.touch()
            return path
    return None


def cached_paths(study: Path, name: str) -> list[Path]:
    """The files of this name, whether they are as they were written or not."""
    return list((study / CACHE).glob(_with(name, "*")))


def cached_names(study: Path, beginning: str) -> list[str]:
    """The names of the files that begin so, those that were used last first."""
    files = sorted(_by_use((study / CACHE).glob(f"{beginning}*.*.*")), reverse=True)
    parts = (path.name.split(".") for _, path in files)
    return list(dict.fromkeys(f"{stem}.{extension}" for stem, *_, extension in parts))


def cache(study: Path, name: str, write: Callable[[Path], object]) -> None:
    """Let ``write`` make the file of this name, whole or not at all.

    ``name`` begins with its kind and a hyphen, and has one extension. On the disk it bears the file's hash,
    too, by which damage is noticed. Nobody hears of it where that cannot be: a disk that is full only costs
    time later.
    """
    folder = study / CACHE
    new = folder / f".{secrets.token_hex(4)}.new"
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        for about, text in _ABOUT.items():
            (folder / about).write_text(text, encoding="utf-8")
        try:
            write(new)
            place = folder / _with(name, _hash(new))
            new.replace(place)
        finally:
            new.unlink(missing_ok=True)
        for path in folder.glob(_with(name, "*")):
            if path != place:
                path.unlink(missing_ok=True)
        _forget(folder, name.partition("-")[0])


def _with(name: str, part: str) -> str:
    stem, _, extension = name.partition(".")
    return f"{stem}.{part}.{extension}"


def _hash(path: Path) -> str:
    return hash_file(path)[:_LETTERS]


def _is_sound(path: Path, name: str) -> bool:
    with suppress(OSError):
        return path.is_file() and path.name == _with(name, _hash(path))
    return False


def _by_use(files: Iterable[Path]) -> Iterator[tuple[int, Path]]:
    """The files, each with the time at which it was last used; those that are gone meanwhile are left out."""
    for path in files:
        with suppress(OSError):
            yield path.stat().st_mtime_ns, path


def _forget(folder: Path, kind: str) -> None:
    """Delete what has not been used for longest, and what killed processes left."""
    files = [path for _, path in sorted(_by_use(folder.glob(f"{kind}-*")))]
    left = [path for used, path in _by_use(folder.glob(".*.new")) if used < (time.time() - _HOUR) * 10**9]
    for path in (*files[:-_MOST], *left):
        path.unlink(missing_ok=True)
