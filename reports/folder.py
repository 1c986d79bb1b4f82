"""A result folder: written beside its place and swapped in whole; nothing of the user's is ever lost."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from rubricate.corpus.errors import shown
from rubricate.reports.errors import ReportError, writing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rubricate.reports.columns import Column

MANIFEST = "tables.json"
LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}
"""What file browsers leave in every folder they show; no reason to refuse one."""

_LOCK = re.compile(r"~\$(.+)|\.~lock\.(.+)#")  # what Excel and LibreOffice put beside a file they have open

_NO_SHEETS: Mapping[str, Mapping[str, Sequence[Column]]] = MappingProxyType({})


@contextmanager
def result_folder(folder: Path) -> Iterator[Path]:
    """Yield a new, empty folder that takes the place of ``folder`` when the block ends well.

    When it does not, whatever the reason, ``folder`` stays as it was. What a killed process left beside
    it is cleared away. Raises ReportError where ``folder`` holds anything that rubricate did not write,
    both before the block and after it, and where the disk does not let itself be written.
    """
    place = Path(os.path.realpath(folder))  # a link to a folder stays a link
    refuse_foreign(folder)
    new = place.with_name(f".{place.name}.{secrets.token_hex(4)}.new")
    made = [parent for parent in place.parents if not parent.exists()]
    try:
        with writing(folder):
            place.parent.mkdir(parents=True, exist_ok=True)
            _clear_leftovers(place)
            new.mkdir()
        with _claimed(new):
            yield new
            refuse_foreign(folder)
            with writing(folder):
                _swap(new, place)
    finally:
        shutil.rmtree(new, ignore_errors=True)
        for parent in made:  # folders made on the way to a result that did not come
            with suppress(OSError):  # not empty: the result came
                parent.rmdir()


def _clear_leftovers(place: Path) -> None:
    """Remove the hidden folders that a killed process left; bring back a result that it had put aside."""
    pattern = re.compile(rf"\.{re.escape(place.name)}\.[0-9a-f]{{8}}\.(new|old)")
    with suppress(OSError):  # they are in nobody's way
        for path in sorted(place.parent.iterdir()):
            if not pattern.fullmatch(path.name) or path.is_symlink() or not path.is_dir():
                continue
            with _claimed(path.with_suffix(".new")) as free:
                if free and path.suffix == ".old" and not place.exists():
                    path.rename(place)
                elif free:
                    shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _claimed(new: Path) -> Iterator[bool]:
    """Hold a lock on a folder being written; yield whether it was free. It ends with the process."""
    try:
        import fcntl

        handle = os.open(new, os.O_RDONLY)
    except FileNotFoundError:
        yield True
        return
    except (ImportError, OSError):  # no locks on this system
        yield False
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        free = True
    except OSError:  # held by a process that is alive, or no locks on this disk
        free = False
    try:
        yield free
    finally:
        os.close(handle)


def _swap(new: Path, place: Path) -> None:
    old = new.with_suffix(".old")
    try:
        if place.exists():
            place.rename(old)
        new.rename(place)
    finally:  # also when interrupted between the two
        if old.exists() and not place.exists():
            old.rename(place)
        shutil.rmtree(old, ignore_errors=True)


def refuse_foreign(folder: Path) -> None:
    """Raise ReportError, naming one file, unless ``folder`` is new, empty or as rubricate left it."""
    with writing(folder):
        if not folder.exists():
            return
        if not folder.is_dir():
            raise ReportError(f"{shown(folder)}: is a file: name a folder")
        if folder.samefile(Path.cwd()):
            raise ReportError(
                f"{shown(folder)}: is the folder you are in and cannot be replaced: name another one"
            )
        written = _listed(folder / MANIFEST)
        for path in sorted(folder.iterdir()):
            _refuse_file(folder, path, written)


def _refuse_file(folder: Path, path: Path, written: Mapping[str, str]) -> None:
    if path.name in LITTER or (path.name == MANIFEST and written):
        return
    if (found := _LOCK.fullmatch(path.name)) and (opened := found[1] or found[2]) in (*written, MANIFEST):
        advice = f"close it, or delete {path.name} if it is not"
        raise ReportError(f"{shown(folder)}: {opened} is open in another program: {advice}")
    if path.name not in written or not path.is_file() or path.is_symlink():
        problem = f"holds {shown(path.name)}, which rubricate did not write"
    elif sha256(path) != written[path.name]:
        problem = f"{path.name} was changed after rubricate wrote it"
    else:
        return
    raise ReportError(f"{shown(folder)}: {problem}: name another folder, or move that file elsewhere first")


def _listed(manifest: Path) -> dict[str, str]:
    """Read the hash of each file that a manifest lists; a file that is no manifest of ours lists none."""
    if not manifest.is_file():
        return {}
    try:
        listing = json.loads(manifest.read_bytes())
        return {row["file"]: row["sha256"] for row in listing["files"]} if "pass" in listing else {}
    except (ValueError, TypeError, KeyError):
        return {}


def write_manifest(
    folder: Path,
    pass_id: str,
    columns: Mapping[str, Sequence[Column]],
    sheets: Mapping[str, Mapping[str, Sequence[Column]]] = _NO_SHEETS,
    *,
    known_as: str = "",
) -> None:
    """Write tables.json: each file of ``folder``, its SHA-256 and its columns, and the coding pass.

    ``columns`` are by file name; a file that is no table has none. ``sheets`` of a workbook are by its file
    name, and by their own.
    """
    with writing(known_as or folder):
        files: list[dict[str, Any]] = [
            {"file": path.name, "sha256": sha256(path), "columns": _described(columns.get(path.name, ()))}
            for path in sorted(folder.iterdir())
        ]
    for row in files:
        if row["file"] in sheets:
            row["sheets"] = {name: _described(listed) for name, listed in sheets[row["file"]].items()}
    listing = {"pass": pass_id, "files": files}
    text = json.dumps(listing, ensure_ascii=False, indent=1) + "\n"
    write_bytes(folder / MANIFEST, text.encode("utf-8", errors="backslashreplace"), known_as=known_as)


def _described(columns: Sequence[Column]) -> list[dict[str, Any]]:
    keys = ("name", "type", "unit", "meaning")
    return [{key: getattr(column, key) for key in keys} for column in columns]


def write_bytes(path: Path, data: bytes, *, known_as: str = "") -> None:
    """Write a file and make sure that it reaches the disk; ReportError where it does not."""
    with writing(known_as or path), path.open("wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
