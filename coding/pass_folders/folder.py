"""The folders below ``passes/``: ``3-1f0c9a2b7d44`` is the third pass, with the beginning of its id."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rubricate.coding.pass_folders.errors import PassError
from rubricate.coding.pass_folders.tables import EXPANSIONS, SEGMENTS, UNANALYSED
from rubricate.coding.passes import pass_id
from rubricate.corpus.errors import shown
from rubricate.corpus.readers.raw import explain
from rubricate.corpus.storage.replacing import waiting_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rubricate.coding.passes import PassRecord

RECORD, RUN, CODEBOOK = "pass.json", "run.json", "codebook.yaml"
_NAME = re.compile(r"(\d+)-([0-9a-f]{12})")
_ID_LETTERS = 12
_SHOWN: Mapping[str, tuple[Any, ...]] = {
    "corpus": (str, "sha256"),
    "codebook": (str, "name", "version", "sha256"),
    "settings": (str, "unit"),
    "versions": (str,),
}
"""Of the parts of a record: of what type these are."""

_ABANDONED = 3 * 86_400  # seconds


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


def read_passes(passes: Path, problems: list[str] | None = None) -> list[Pass]:
    """All passes in the order of their numbers; none where there is no such folder yet.

    PassError where one cannot be read; given ``problems``, that is added to them, and the others are read.
    """
    if not passes.is_dir():
        return []
    if problems is None:
        return [_read(*folder) for folder in _folders(passes)]
    return list(_sound(passes, problems))


def _folders(passes: Path) -> list[tuple[Path, int]]:
    """The folders of passes with their numbers, in the order of these."""
    found = [(_NAME.fullmatch(path.name), path) for path in passes.glob("*") if path.is_dir()]
    return sorted(
        ((path, int(name[1])) for name, path in found if name), key=lambda one: (one[1], one[0].name)
    )


def _sound(passes: Path, problems: list[str] | None = None) -> Iterator[Pass]:
    """The passes that can be read: one that is damaged keeps nobody from the others."""
    for folder in _folders(passes):
        try:
            yield _read(*folder)
        except PassError as error:
            if problems is not None:
                problems.append(str(error))


def find_pass(passes: Path, named: str = "") -> Pass:
    """The pass with this number or beginning of its id; the last one where none is named.

    PassError where there is none, or more than one.
    """
    if not _folders(passes):
        raise PassError(f"{shown(passes)}: there are no passes yet; make one with rubricate apply")
    if not named:
        return _read(*_folders(passes)[-1])
    known = list(_sound(passes))
    fitting = [one for one in known if str(one.number) == named] or [
        one for one in known if one.id.startswith(named.lower()) or one.path.name == named
    ]
    if not fitting:
        known = read_passes(passes)  # says what is wrong where the one that is meant is damaged
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
            raise PassError(
                f"{shown(passes)}: cannot be written: {explain(error)}; passes are kept in their study: copy "
                "that to where you may write"
            ) from None
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)


def keep_pass(new: Path, record: PassRecord, codebook: bytes, run: Mapping[str, Any]) -> Pass:
    """Put a folder that has the tables in its place, whole; return an earlier pass if it is the same one.

    Processes that end at the same time do so one after the other, so that each pass has a number of its own.
    """
    try:
        (new / RECORD).write_bytes(record.to_json())
        (new / RUN).write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        (new / CODEBOOK).write_bytes(codebook)
        for path in new.iterdir():
            _reach_disk(path)
        with waiting_for(new.parent):
            return _place(new, record)
    except OSError as error:
        raise PassError(f"{shown(new.parent)}: cannot be written: {explain(error)}") from None


def _place(new: Path, record: PassRecord) -> Pass:
    """The earlier pass with this record, if its tables are sound; else ``new``, moved into its place."""
    passes = new.parent
    number = max((number for _, number in _folders(passes)), default=0) + 1
    for one in _sound(passes):
        if one.id == record.id and _has_tables(one):
            return one
        if one.id == record.id:  # the same again, whole: it takes the place, and nothing is thrown away
            number = one.number
            one.path.rename(passes / f".{one.path.name}.{secrets.token_hex(4)}.damaged")
    place = passes / f"{number}-{record.id[:_ID_LETTERS]}"
    new.rename(place)
    return _read(place, number)


def _read(path: Path, number: int) -> Pass:
    try:
        content, run = (json.loads((path / name).read_bytes()) for name in (RECORD, RUN))
    except (OSError, ValueError):
        raise PassError(f"{shown(path)}: is damaged; take it back from a copy of the study") from None
    if not _is_record(content) or not isinstance(run, dict):
        raise PassError(
            f"{shown(path)}: was changed after it was made; take it back from a copy of the study"
        )
    if not _is_legible(content):
        raise PassError(
            f"{shown(path)}: was made by another version of rubricate, whose records this one cannot read; "
            "install that version for it"
        )
    return Pass(path, number, content, run)


def _is_record(content: Any) -> bool:
    """Whether a record is what was written: its id is the hash of the rest."""
    with suppress(KeyError, TypeError):
        return bool(content["pass"] == pass_id(content))
    return False


def _is_legible(content: Mapping[str, Any]) -> bool:
    """Whether what is shown of a pass is in its record."""
    return all(
        isinstance(content[part], dict) and all(isinstance(content[part].get(name), kind) for name in names)
        for part, (kind, *names) in _SHOWN.items()
    ) and isinstance(content["corpus"].get("documents"), int)


def _has_tables(one: Pass) -> bool:
    """Whether the tables of a pass are there and can be opened."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        for table in (SEGMENTS, EXPANSIONS, UNANALYSED):
            pq.read_metadata(one.path / table)
    except (OSError, pa.ArrowException):
        return False
    return True


def _clear_leftovers(passes: Path) -> None:
    """Remove what killed processes left days ago: what is younger, another process may be writing."""
    with suppress(OSError):
        for path in passes.glob(".*.new"):
            if time.time() - path.stat().st_mtime > _ABANDONED:
                shutil.rmtree(path, ignore_errors=True)


def _reach_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
