"""Several files of a study are replaced together or not at all, whenever the program is stopped.

New files are written into a hidden folder that is laid out like the study. When all of them have reached the
disk, it is renamed: from then on they count. Whoever opens the study next moves them into place, if the one
who wrote them was stopped before he could. Other files are never touched, but for one that an earlier
version wrote in the place of one that is new.
"""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from rubricate.corpus.errors import CorpusError, shown
from rubricate.corpus.readers.raw import explain
from rubricate.corpus.storage.layout import CORPUS
from rubricate.corpus.storage.word_file import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NEW = ".new"
_READY = ".ready"
_WORDS_BEFORE = "words.parquet"
"""What words.arrow was in an earlier version; nobody reads it any more."""


@contextmanager
def replacing(study: Path) -> Iterator[Path]:
    """Yield a new folder, laid out like ``study``, whose files take the place of those there when the block
    ends well.

    When it does not, whatever the reason, all stays as it was. The caller holds the lock of ``changing``.
    CorpusError where the disk does not let itself be written.
    """
    new = study / CORPUS / _NEW
    try:
        shutil.rmtree(new, ignore_errors=True)  # what a killed process left
        (new / CORPUS).mkdir(parents=True)
        yield new
        for path in (*new.rglob("*"), new):
            _reach_disk(path)
        new.rename(study / CORPUS / _READY)
        _reach_disk(study / CORPUS)
    except OSError as error:
        raise _unwritable(study, error) from None
    finally:
        shutil.rmtree(new, ignore_errors=True)
    with settled(study):
        pass


@contextmanager
def settled(study: Path) -> Iterator[None]:
    """Hold the files of a study still while they are opened, those in place that count already.

    It is for a moment: others wait. CorpusError where new files cannot be moved into place.
    """
    with waiting_for(study / CORPUS):
        try:
            _move_into_place(study)
        except OSError as error:
            raise _unwritable(study, error) from None
        yield


@contextmanager
def waiting_for(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder for a moment; who else wants it waits. It ends with the process.

    Where the system has no such locks, nothing is held.
    """
    with ExitStack() as held:
        _lock(folder, held, wait=True)
        yield


@contextmanager
def changing(study: Path) -> Iterator[None]:
    """Hold the lock by which only one process at a time changes a study; it ends with the process.

    CorpusError where another one holds it. Where the system has no such locks, nothing is held.
    """
    with ExitStack() as held:
        if not _lock(study, held, wait=False):
            raise CorpusError(
                f"{shown(study)}: another rubricate command is changing this study; wait until that has ended"
            )
        yield


def _lock(folder: Path, held: ExitStack, *, wait: bool) -> bool:
    """Lock a folder for as long as ``held`` is open; False where somebody else has locked it."""
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):  # no such locks here, or no such folder yet
        return True
    held.callback(os.close, handle)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # no locks on this disk
        pass
    return True


def _move_into_place(study: Path) -> None:
    ready = study / CORPUS / _READY
    if not ready.exists():
        return
    for path in sorted(ready.rglob("*")):
        if path.is_file():
            if path.name == WORDS:
                (study / CORPUS / _WORDS_BEFORE).unlink(missing_ok=True)
            _move(path, study / path.relative_to(ready))
    shutil.rmtree(ready)


def _move(path: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.replace(place)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        near = place.parent / _NEW  # a folder of the study lies on another disk
        shutil.copyfile(path, near)
        _reach_disk(near)
        near.replace(place)
        path.unlink()


def _unwritable(study: Path, error: OSError) -> CorpusError:
    reason = os.strerror(error.errno).lower() if error.errno else explain(error)  # Arrow has its own words
    return CorpusError(
        f"{shown(study / CORPUS)}: cannot be written: {reason}; see that there is room and that you may "
        "write there, then give the command again"
    )


def _reach_disk(path: Path) -> None:
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    except OSError:  # folders cannot be asked for it everywhere
        if path.is_file():
            raise
    finally:
        os.close(handle)
