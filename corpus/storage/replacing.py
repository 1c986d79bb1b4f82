"""Several files of a folder are replaced together or not at all, whenever the program is stopped.

New files are written into a hidden folder. When all of them have reached the disk, it is renamed: from then
on they count. Whoever opens the folder next moves them into place, if the one who wrote them was stopped
before he could. Other files of the folder are never touched.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rubricate.corpus.errors import CorpusError, shown
from rubricate.corpus.readers.raw import explain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NEW = ".new"
_READY = ".ready"


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Yield a new, empty folder whose files take the place of those in ``folder`` when the block ends well.

    When it does not, whatever the reason, ``folder`` stays as it was. The caller holds the lock of
    ``changing``. CorpusError where the disk does not let itself be written.
    """
    new = folder / _NEW
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(new, ignore_errors=True)  # what a killed process left
        new.mkdir()
        yield new
        for path in (*new.iterdir(), new):
            _reach_disk(path)
        new.rename(folder / _READY)
        finish(folder)
    except OSError as error:
        raise CorpusError(f"{shown(folder)}: cannot be written: {explain(error)}") from None
    finally:
        shutil.rmtree(new, ignore_errors=True)


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file by these bytes, whole or not at all."""
    new = path.with_name(f".{path.name}.new")
    try:
        new.write_bytes(data)
        _reach_disk(new)
        new.replace(path)
    except OSError as error:
        raise CorpusError(f"{shown(path)}: cannot be written: {explain(error)}") from None
    finally:
        new.unlink(missing_ok=True)


def finish(folder: Path) -> None:
    """Move new files into place that count already; nothing is done where there are none."""
    ready = folder / _READY
    if not ready.exists():
        return
    for path in sorted(ready.iterdir()):
        path.replace(folder / path.name)
    ready.rmdir()


@contextmanager
def changing(folder: Path) -> Iterator[None]:
    """Hold the lock by which only one process at a time changes what lies in ``folder``.

    It ends with the process. CorpusError where another one holds it. Where the system has no such locks,
    nothing is held.
    """
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        yield
        return
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CorpusError(
                f"{shown(folder)}: another rubricate command is changing it; wait until that has ended"
            ) from None
        except OSError:  # no locks on this disk
            pass
        yield
    finally:
        os.close(handle)


def _reach_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:  # folders cannot be asked for it everywhere
        if path.is_file():
            raise
    finally:
        os.close(handle)
