"""The states that a codebook file went through, each a folder beside it that is never changed.

``history/12-1f0c9a2b7d44`` is the twelfth state of codebook.yaml, with the beginning of its hash: the file
as it was, and ``change.json``, which says when it came about, by whom, by which change and why. Of another
file the folder is named after it: ``themes.history/`` beside themes.yaml. Tags are files in
``history/tags/``.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rubricate.codebooks.editing.errors import EditError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from os import PathLike

CHANGE, TAGS = "change.json", "tags"
ID_LETTERS = 12
_KEPT = {"sha256": str, "time": str, "person": str, "what": str, "why": str, "restored": int}
"""What ``change.json`` holds."""
_OF_TAG = {"state": str}
_FOLDER = re.compile(rf"(\d+)-([0-9a-f]{{{ID_LETTERS}}})")
_TAG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_NO_FILE_OF_WINDOWS = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9])(\..*)?|.*\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class State:
    """One state of a codebook file: its folder, number and SHA-256, and how it came about.

    ``what`` says the change in words, ``why`` is the person's reason. ``restored`` is the number of the state
    whose text an undo brought back, 0 for other changes.
    """

    folder: Path
    number: int
    sha256: str
    time: str
    person: str
    what: str
    why: str = ""
    restored: int = 0
    tags: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name in messages and in the name of its folder."""
        return f"{self.number}-{self.sha256[:ID_LETTERS]}"

    def content(self) -> bytes:
        """The codebook file as it was; EditError where it is not what was kept."""
        try:
            contents = [path.read_bytes() for path in self.folder.iterdir() if path.is_file()]
        except OSError:
            contents = []
        for content in contents:  # file managers put files of their own into folders
            if sha256(content).hexdigest() == self.sha256:
                return content
        raise _damaged(self.folder)

    def record(self) -> bytes:
        """What ``change.json`` holds."""
        return as_json({name: getattr(self, name) for name in _KEPT})


def as_json(record: dict[str, Any]) -> bytes:
    """A record as a file of the history holds it."""
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def history_folder(codebook: str | PathLike[str]) -> Path:
    """Where the states of a codebook file are kept: beside the file itself, not beside a link to it."""
    path = Path(os.path.realpath(codebook))
    return path.parent / ("history" if path.stem == "codebook" else f"{path.stem}.history")


def read_history(codebook: str | PathLike[str]) -> list[State]:
    """All states in the order of their numbers, none where nothing was edited yet; EditError for damage."""
    folder = history_folder(codebook)
    if not folder.is_dir():
        return []
    tags = _tags(folder)
    names = ((_FOLDER.fullmatch(path.name), path) for path in folder.iterdir())
    states = (_read(path, int(name[1]), tags) for name, path in names if name)
    return sorted(states, key=lambda state: (state.number, state.time))


def find_state(codebook: str | PathLike[str], named: str) -> State:
    """The state with this tag, number, or name; EditError, which says what there is, where there is none."""
    states = read_history(codebook)
    fitting = [state for state in states if named in state.tags] or [
        state for state in states if named in (str(state.number), state.name)
    ]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise EditError(f"{named} is the number of several states; there are {_some(fitting)}")
    there = f"there are {_some(states)}" if states else "it was not edited yet"
    raise EditError(f"there is no state or tag {named!r}; {there}")


def last_state(codebook: str | PathLike[str]) -> State:
    """The state that a codebook is compared with where nobody names one: the last with a tag, else the last
    that is not the codebook as it is now; EditError where there is none.
    """
    states = read_history(codebook)
    if not states:
        raise EditError("it was not edited with rubricate yet, so there is no earlier state; name a codebook")
    now = sha256(Path(codebook).read_bytes()).hexdigest()
    tagged = [state for state in states if state.tags]
    others = [state for state in states if state.sha256 != now]
    return (tagged or others or states)[-1]


def state_of(codebook: str | PathLike[str], tag_or_number: str) -> bytes:
    """The codebook file as it was in a state, named by a tag, a number or its whole name.

    EditError where there is no such state.
    """
    return find_state(codebook, tag_or_number).content()


def place_of(states: Sequence[State]) -> State:
    """The state whose text the last one is: itself, unless an undo brought that back."""
    numbered = {state.number: state for state in states}
    place = states[-1]
    while place.restored in numbered:
        place = numbered[place.restored]
    return place


def state_before(states: Sequence[State], place: State) -> State:
    """The state before another one; EditError where there is none."""
    earlier = [state for state in states if state.number < place.number]
    if not earlier:
        raise EditError("there is nothing to undo")
    return earlier[-1]


def check_tag(name: str, states: Iterable[State]) -> None:
    """EditError where a tag cannot be called so, or is there already."""
    more = _no_tag(name)
    if more or not _TAG.fullmatch(name):
        raise EditError(f"{name!r} is no name of a tag{more}; write one such as 1.0 or submitted-2026")
    for state in states:
        if name.casefold() in (tag.casefold() for tag in state.tags):
            raise EditError(f"the tag {name} is there already, of state {state.number}; a tag is never moved")


def _no_tag(name: str) -> str:
    """Why letters, digits and signs that a tag may have are none together; nothing where they are one."""
    if name.isdigit():
        return "; digits alone are the number of a state"
    if _FOLDER.fullmatch(name):
        return "; this is how states are called"
    return "; Windows has no files that are called so" if _NO_FILE_OF_WINDOWS.fullmatch(name) else ""


def _tags(folder: Path) -> dict[str, tuple[str, ...]]:
    """The tags of each state, by its name."""
    tags: dict[str, tuple[str, ...]] = {}
    for path in sorted((folder / TAGS).glob("*")):
        if _TAG.fullmatch(path.name):
            state = _json(path, _OF_TAG)["state"]
            tags[state] = (*tags.get(state, ()), path.name)
    return tags


def _read(folder: Path, number: int, tags: dict[str, tuple[str, ...]]) -> State:
    kept = _json(folder / CHANGE, _KEPT)
    if not folder.name.endswith(f"-{kept['sha256'][:ID_LETTERS]}") or not 0 <= kept["restored"] < number:
        raise _damaged(folder / CHANGE)
    return State(folder, number, **kept, tags=tags.get(folder.name, ()))


def _json(path: Path, needed: Mapping[str, type]) -> dict[str, Any]:
    """What a file of the history holds of what is needed; EditError where something of it cannot be."""
    try:
        kept = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        kept = None
    if not isinstance(kept, dict) or any(type(kept.get(name)) is not kind for name, kind in needed.items()):
        raise _damaged(path)
    return {name: kept[name] for name in needed}


def _damaged(path: Path) -> EditError:
    return EditError(f"{path}: is damaged; take it back from a copy or from git")


def _some(states: list[State]) -> str:
    """The last states by name, and all tags."""
    tags = [tag for state in states for tag in state.tags]
    return ", ".join([*(state.name for state in states[-5:]), *tags])
