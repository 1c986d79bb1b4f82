"""A codebook file is replaced whole or not at all, whenever the program stops, and what it was is kept.

The new text is written beside the file and its state into a hidden folder of the history; renaming the one
over the file is the moment from which the edit counts, and renaming the other comes behind it. Who was killed
between the two leaves a hidden state without its file, and the next command knows by this that it counts.
"""

from __future__ import annotations

import getpass
import os
import shutil
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from rubricate.codebooks.editing.errors import EditError
from rubricate.codebooks.editing.history import (
    CHANGE,
    TAGS,
    State,
    as_json,
    check_tag,
    history_folder,
    read_history,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike
    from types import ModuleType

FOUND = "found as it is"
BY_HAND = "edited by hand"
_NEW, _READY = ".new", ".ready"


class CodebookFile:
    """A codebook file, held by one process while it is changed; ``content`` is its bytes."""

    def __init__(self, path: Path) -> None:
        """Read the file; the caller holds its lock."""
        self.path = path
        self.content = path.read_bytes()
        self._history = history_folder(path)

    def states(self) -> list[State]:
        """Every state, the present text as the last one, although it may not be kept yet."""
        self._settle()
        states = read_history(self.path)
        if states and states[-1].sha256 == sha256(self.content).hexdigest():
            return states
        state = self._state(self.content, BY_HAND if states else FOUND, states)
        return [*states, replace(state, time=self._written(states))]

    def replace(self, content: bytes, what: str, why: str = "", restored: int = 0) -> State:
        """Put other bytes in place of the file and keep both; return the new state.

        EditError where somebody else wrote the file meanwhile, OSError where the disk cannot be written:
        then the file is as it was.
        """
        beside = self._beside()
        try:
            state = self._state(content, what, self._kept_states())
            state = replace(state, why=why, restored=restored)
            _write(beside, content)
            shutil.copymode(self.path, beside)
            ready = self._prepared(state, content)
            if self.path.read_bytes() != self.content:
                raise EditError("was changed by another program meanwhile; give the command again")
            beside.replace(self.path)
        except BaseException:  # it may have come right behind the moment from which the edit counts
            self._settle()
            raise
        _reach_disk(self.path.parent)
        self._keep(ready, state)
        self.content = content
        return state

    def tag(self, name: str, why: str = "") -> State:
        """Give the present text a name for good; return its state. EditError where the name is taken."""
        check_tag(name, read_history(self.path))
        state = self._kept_states()[-1]
        (self._history / TAGS).mkdir(exist_ok=True)
        new = self._history / TAGS / _NEW
        record = {"state": state.name, "time": _now(), "person": _person(), "why": why}
        _write(new, as_json(record))
        new.replace(self._history / TAGS / name)
        return replace(state, tags=(*state.tags, name))

    def _kept_states(self) -> list[State]:
        """The states, the present text among them."""
        if not os.access(self.path, os.W_OK):
            raise EditError("cannot be written; see that you may change the file")
        states = self.states()
        if not states[-1].folder.exists():
            self._keep(self._prepared(states[-1], self.content), states[-1])
        return states

    def _state(self, content: bytes, what: str, states: list[State]) -> State:
        number = states[-1].number + 1 if states else 1
        state = State(self._history, number, sha256(content).hexdigest(), _now(), _person(), what)
        return replace(state, folder=self._history / state.name)

    def _written(self, states: list[State]) -> str:
        """When the present text came into the file: what the disk says, if that can be.

        A file that was put back from a backup is as old as it was, but came behind the states that are kept.
        """
        written = _local(self.path.stat().st_mtime)
        kept, now = states[-1].time if states else "", _now()
        return written if kept <= written <= now else now

    def _prepared(self, state: State, content: bytes) -> Path:
        """A hidden folder that holds a whole state."""
        new, ready = self._history / _NEW, self._history / _READY
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        _write(new / self.path.name, content)
        _write(new / CHANGE, state.record())
        new.rename(ready)
        return ready

    def _keep(self, ready: Path, state: State) -> None:
        ready.rename(state.folder)
        _reach_disk(self._history)

    def _settle(self) -> None:
        """Finish, or clear away, what a killed process left."""
        ready = self._history / _READY
        if (ready / self.path.name).exists() and not self._beside().exists():
            states = read_history(self.path)
            number = states[-1].number + 1 if states else 1
            content = (ready / self.path.name).read_bytes()
            ready.rename(self._history / f"{number}-{sha256(content).hexdigest()[:12]}")
        self._clear()

    def _clear(self) -> None:
        """Take away what does not count; the file beside last, for it says that the state does not."""
        shutil.rmtree(self._history / _READY, ignore_errors=True)
        shutil.rmtree(self._history / _NEW, ignore_errors=True)
        if self._beside().exists():  # a disk that cannot be written would refuse even nothing
            self._beside().unlink()
        with suppress(OSError):  # it holds something, or is not there
            self._history.rmdir()

    def _beside(self) -> Path:
        return self.path.with_name(f".{self.path.name}.new")


@contextmanager
def held(path: str | PathLike[str]) -> Iterator[CodebookFile]:
    """Hold a codebook file so that no other command changes it; who comes second waits.

    Where the system has no locks, nothing is held, and a change made meanwhile is noticed.
    """
    place = Path(os.path.realpath(path))
    if not place.is_file():
        raise EditError("there is no such file; check the path, or make one with rubricate codebook new")
    with ExitStack() as holding:
        try:
            import fcntl
        except ImportError:
            pass
        else:
            _lock(place, holding, fcntl)
        yield CodebookFile(place)


def _lock(path: Path, holding: ExitStack, fcntl: ModuleType) -> None:
    """Lock the file that the path names when we get it: it may be replaced while we wait."""
    while True:
        handle = os.open(path, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError:  # no locks on this disk
            os.close(handle)
            return
        if path.exists() and os.path.samestat(os.fstat(handle), path.stat()):
            holding.callback(os.close, handle)
            return
        os.close(handle)


def _now() -> str:
    return _local(datetime.now(UTC).timestamp())


def _local(seconds: float) -> str:
    """Seconds since 1970 as ISO 8601 in the time of this place."""
    return datetime.fromtimestamp(seconds, UTC).astimezone().isoformat(timespec="seconds")


def _person() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # nobody: some containers
        return ""


def _write(path: Path, content: bytes) -> None:
    """Write a file that has reached the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _reach_disk(folder: Path) -> None:
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    except OSError:  # folders cannot be asked for it everywhere
        pass
    finally:
        os.close(handle)
