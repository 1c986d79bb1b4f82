"""The folders below ``passes/``: ``3-1f0c9a2b7d44`` is the third pass, with the beginning of its id."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rubricate.coding.pass_folders.errors import PassError
from rubricate.corpus.errors import shown
from rubricate.corpus.readers.raw import explain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rubricate.coding.passes import PassRecord

RECORD, RUN, CODEBOOK = "pass.json", "run.json", "codebook.yaml"
_NAME = re.compile(r"(\d+)-([0-9a-f]{12})")
_ID_LETTERS = 12


@dataclass(frozen=True)
class Pass:
    """A pass on disk: its folder and number, what it was made from (pass.json), and when and by whom
    (run.json).
    """

    path: Path
    number: int
    content: Mapping[str, Any]
    run: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The hash of everything it was made from."""
        found: str = self.content["pass"]
        return found

    def codebook(self) -> bytes:
        """The codebook as it was applied."""
        return (self.path / CODEBOOK).read_bytes()


def read_passes(passes: Path) -> list[Pass]:
    """All passes in the order of their numbers; none where there is no such folder yet."""
    if not passes.is_dir():
        return []
    found = [(_NAME.fullmatch(path.name), path) for path in passes.iterdir() if path.is_dir()]
    return sorted((_read(path, int(name[1])) for name, path in found if name), key=lambda one: one.number)


def find_pass(passes: Path, named: str = "") -> Pass:
    """The pass with this number or beginning of its id; the last one where none is named.

    PassError where there is none, or more than one.
    """
    known = read_passes(passes)
    if not known:
        raise PassError(f"{shown(passes)}: there are no passes yet; make one with rubricate apply")
    if not named:
        return known[-1]
    fitting = [one for one in known if str(one.number) == named] or [
        one for one in known if one.id.startswith(named.lower()) or one.path.name == named
    ]
    if len(fitting) != 1:
        there = ", ".join(one.path.name for one in (fitting or known)[-5:])
        problem = "is no pass" if not fitting else "is the beginning of several passes"
        raise PassError(f"{named!r} {problem}; there are {there}")
    return fitting[0]


@contextmanager
def new_pass(passes: Path) -> Iterator[Path]:
    """Yield a new folder for the tables of a pass; it is cleared away unless ``keep_pass`` has moved it."""
    _clear_leftovers(passes)
    new = passes / f".{secrets.token_hex(4)}.new"
    try:
        try:
            new.mkdir(parents=True)
        except OSError as error:
            raise PassError(f"{shown(passes)}: cannot be written: {explain(error)}") from None
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)


def keep_pass(new: Path, record: PassRecord, codebook: bytes, run: Mapping[str, Any]) -> Pass:
    """Put a folder that has the tables in its place, whole; return an earlier pass if it is the same one."""
    passes = new.parent
    known = read_passes(passes)
    for one in known:
        if one.id == record.id:
            return one
    number = known[-1].number + 1 if known else 1
    place = passes / f"{number}-{record.id[:_ID_LETTERS]}"
    try:
        (new / RECORD).write_bytes(record.to_json())
        (new / RUN).write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        (new / CODEBOOK).write_bytes(codebook)
        for path in new.iterdir():
            _reach_disk(path)
        new.rename(place)
    except OSError as error:
        raise PassError(f"{shown(place)}: cannot be written: {explain(error)}") from None
    return _read(place, number)


def _read(path: Path, number: int) -> Pass:
    try:
        content, run = (json.loads((path / name).read_bytes()) for name in (RECORD, RUN))
    except (OSError, ValueError):
        raise PassError(f"{shown(path)}: is damaged; take it back from a copy of the study") from None
    if not isinstance(content, dict) or not isinstance(content.get("pass"), str):
        raise PassError(
            f"{shown(path / RECORD)}: is no record of a pass; take it back from a copy of the study"
        )
    return Pass(path, number, content, run)


def _clear_leftovers(passes: Path) -> None:
    """Remove what killed processes left; folders are in nobody's way if they stay."""
    with suppress(OSError):
        for path in passes.glob(".*.new"):
            shutil.rmtree(path, ignore_errors=True)


def _reach_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
