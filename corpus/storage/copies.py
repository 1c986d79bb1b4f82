"""The copies of original files that a study keeps, never changed but together with what is read from them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from rubricate.corpus.errors import CorpusError, shown
from rubricate.corpus.readers.raw import SourceFile, explain
from rubricate.corpus.storage.layout import SOURCES
from rubricate.corpus.storage.record import from_here

if TYPE_CHECKING:
    from pathlib import Path

    from rubricate.corpus.storage.record import Origin

_STEP = 1024**2


def sound_copy(study: Path, origin: Origin) -> Path:
    """Where the copy of a file lies; CorpusError where it is not as it was."""
    path = study / SOURCES / origin.stored
    if problem := damage(path, origin.copied):
        place = shown(from_here(f"{SOURCES}/{origin.stored}", study))
        raise CorpusError(f"{place}: the study's copy of a source {problem}; put it back")
    return path


def file_at(path: Path, origin: Origin) -> SourceFile:
    """A known file, to be read from this place."""
    return SourceFile(path, origin.file, origin.id, origin.extension, member=origin.member)


def copy_file(path: Path, study: Path, new: Path, origin: Origin) -> None:
    """Copy a file into ``new``, which is laid out like the study; one that is its own copy stays.

    CorpusError where it changed since it was read, OSError where the disk does not let itself be written.
    """
    place = new / SOURCES / origin.stored
    if path.resolve() == (study / SOURCES / origin.stored).resolve():
        sha256 = hash_file(path)
    else:
        place.parent.mkdir(parents=True, exist_ok=True)
        sha256 = _copied(path, place)
    if sha256 != origin.sha256:
        raise CorpusError(f"{shown(path)}: was changed while it was read; add it again")


def _copied(path: Path, place: Path) -> str:
    """Copy a file; its hash."""
    digest = hashlib.sha256()
    with path.open("rb") as source, place.open("wb") as copy:
        while step := source.read(_STEP):
            digest.update(step)
            copy.write(step)
    return digest.hexdigest()


def damage(path: Path, sha256: str) -> str:
    """How a file differs from that with this hash, in words; empty where it does not."""
    try:
        return "" if hash_file(path) == sha256 else "was changed"
    except FileNotFoundError:
        return "is gone"
    except OSError as error:
        return f"cannot be read: {explain(error)}"


def hash_file(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal; OSError where it cannot be read."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
