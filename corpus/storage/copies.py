"""The copies of original files that a study keeps, never changed once they are there."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from rubricate.corpus.errors import CorpusError, shown
from rubricate.corpus.readers.raw import explain
from rubricate.corpus.storage.layout import SOURCES
from rubricate.corpus.storage.planning import hash_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rubricate.corpus.storage.record import Origin


def copy_files(study: Path, files: Iterable[tuple[Path, Origin]]) -> None:
    """Copy files to their places below ``sources/``, each whole or not at all.

    CorpusError where one changed since it was read, or where the disk does not let itself be written.
    """
    done = set()
    for path, origin in files:
        if origin.stored not in done:  # an archive has one copy
            _copy(path, study / SOURCES / origin.stored, origin.sha256)
            done.add(origin.stored)


def _copy(path: Path, copy: Path, sha256: str) -> None:
    if path.resolve() == copy.resolve():
        return
    new = copy.with_name(f".{copy.name}.new")
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, new)
        if hash_file(new) != sha256:
            raise CorpusError(f"{shown(path)}: was changed while it was read; add it again")
        new.replace(copy)
    except OSError as error:
        raise CorpusError(f"{shown(copy)}: cannot be written: {explain(error)}") from None
    finally:
        new.unlink(missing_ok=True)
