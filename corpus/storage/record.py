"""sources.json: which files a corpus was read from, how, and as what they were found."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from rubricate.corpus.errors import CorpusError, shown
from rubricate.corpus.readers.raw import ReadOptions
from rubricate.corpus.storage.layout import CORPUS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    Key = tuple[str, str]
    """Where a document comes from: the copy of its file below ``sources/``, and the member of an archive."""

RECORD = "sources.json"

READING = 2
"""Raised whenever a file would be read, cleaned or cut otherwise than before: then all is read anew."""


@dataclass(frozen=True, slots=True)
class How:
    """How files are read: what was said when they were added.

    ``metadata`` is the path of a table or bibliography, relative to the study. ``language`` is that of
    documents whose metadata name none; if it is empty, it is guessed.
    """

    options: ReadOptions = field(default_factory=ReadOptions)
    language: str = ""
    metadata: str = ""
    name_pattern: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """A file as it was found when it was last looked at.

    ``path`` is where it lies, relative to the study; ``member`` its part if it is an archive, ``file`` and
    ``id`` what tables call it. ``stored`` is its copy below ``sources/``, and ``copied`` the SHA-256 of that:
    empty where there is none, because nothing could be read, and another than that of the file where it could
    be read earlier. ``size`` and ``modified`` (ns) are asked first, ``sha256`` (of the archive, if it is one)
    only where they differ. ``how`` is the place in Record.hows. ``skipped`` has what could not be read, each
    with its document, empty for the whole file, and the reason.
    """

    path: str
    member: str
    file: str
    id: str
    extension: str
    stored: str
    copied: str = ""
    size: int = 0
    modified: int = 0
    sha256: str = ""
    how: int = 0
    skipped: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> Key:
        """Its copy and member, by which documents refer to it."""
        return self.stored, self.member

    @property
    def stamp(self) -> tuple[int, int]:
        """What is compared before its bytes are."""
        return self.size, self.modified


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that no reader could look into, as it is called in tables, and the path at which it lies."""

    path: str
    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Place:
    """A document, and the copy and member that it came from."""

    document: str
    stored: str
    member: str


@dataclass(frozen=True, slots=True)
class Record:
    """All files of a corpus and the ways in which they are read; the documents that were ``removed``, and
    those that ``vanished``: they are no longer in the file that they came from, but stay.

    ``reading`` is the READING by which the files were read.
    """

    hows: tuple[How, ...] = ()
    origins: tuple[Origin, ...] = ()
    refused: tuple[Refused, ...] = ()
    removed: tuple[Place, ...] = ()
    vanished: tuple[Place, ...] = ()
    reading: int = READING

    def by_key(self) -> dict[Key, Origin]:
        """The files by their keys."""
        return {origin.key: origin for origin in self.origins}


def read_record(study: Path) -> Record:
    """The record of a study; an empty one where there is none yet."""
    path = study / CORPUS / RECORD
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        return Record()
    except (OSError, ValueError):
        raise CorpusError(f"{shown(path)}: is damaged; take it back from a copy of the study") from None
    try:
        return Record(
            hows=tuple(How(**how | {"options": ReadOptions(**how["options"])}) for how in content["hows"]),
            origins=tuple(_origin(one) for one in content["files"]),
            refused=tuple(Refused(**one) for one in content["refused"]),
            removed=tuple(Place(**one) for one in content["removed"]),
            vanished=tuple(Place(**one) for one in content["vanished"]),
            reading=content["reading"],
        )
    except (TypeError, KeyError):
        raise CorpusError(
            f"{shown(path)}: was written by another version of rubricate; add the sources to a new study"
        ) from None


def _origin(content: dict[str, Any]) -> Origin:
    return Origin(**content | {"skipped": tuple((document, why) for document, why in content["skipped"])})


def write_record(folder: Path, record: Record) -> None:
    """Write the record into a folder, one file to a line; ways of reading that no file needs are left out."""
    record = _without_idle(record)
    lists = {
        "hows": record.hows,
        "files": record.origins,
        "refused": record.refused,
        "removed": record.removed,
        "vanished": record.vanished,
    }
    lines = [f' "reading": {record.reading}', *(f' "{key}": {_list(rows)}' for key, rows in lists.items())]
    (folder / RECORD).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _without_idle(record: Record) -> Record:
    used = sorted({origin.how for origin in record.origins})
    places = {how: place for place, how in enumerate(used)}
    origins = tuple(replace(origin, how=places[origin.how]) for origin in record.origins)
    return replace(record, hows=tuple(record.hows[how] for how in used), origins=origins)


def _list(rows: Iterable[Any]) -> str:
    lines = [f"\n  {_line(asdict(row))}" for row in rows]
    return f"[{','.join(lines)}\n ]" if lines else "[]"


def _line(content: dict[str, Any]) -> str:
    line = json.dumps(content, ensure_ascii=False)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:  # a folder whose name is no text
        return json.dumps(content)
    return line


def relative(path: Path, study: Path) -> str:
    """A path relative to the study, so that a study moves together with the files beside it.

    A link to a file has a place of its own, so that it may come to lead to another file.
    """
    real = os.path.join(os.path.realpath(path.parent), path.name)  # noqa: PTH118 (of ".." pathlib knows less)
    try:
        return os.path.relpath(real, os.path.realpath(study)).replace(os.sep, "/")
    except ValueError:  # on another drive
        return real


def from_here(path: str, study: Path) -> str:
    """A path that is relative to a study as the person would write it from where they are."""
    real = os.path.realpath(study / path)
    try:
        return os.path.relpath(real)
    except ValueError:  # on another drive
        return real
