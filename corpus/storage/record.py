"""sources.json: which files a corpus was read from, how, and as what they were found."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from rubricate.corpus.errors import CorpusError, shown
from rubricate.corpus.readers.raw import ReadOptions

if TYPE_CHECKING:
    from pathlib import Path

RECORD = "sources.json"


@dataclass(frozen=True, slots=True)
class How:
    """How files are read: what was said when they were added.

    ``metadata`` is the path of a table or bibliography, relative to the study. ``language`` is that of
    documents whose metadata name none; if it is empty, it is guessed, and where no guess is sure it is
    ``fallback``.
    """

    options: ReadOptions = field(default_factory=ReadOptions)
    language: str = ""
    fallback: str = "en"
    metadata: str = ""
    name_pattern: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """A file as it was found when it was last read.

    ``path`` is where it lies, relative to the study; ``member`` its part if it is an archive, ``file`` and
    ``id`` what tables call it. ``stored`` is its copy below ``sources/``. ``size`` and ``modified`` (ns) are
    asked first, ``sha256`` (of the archive, if it is one) only where they differ. ``how`` is the place in
    Record.hows.
    """

    path: str
    member: str
    file: str
    id: str
    extension: str
    stored: str
    size: int
    modified: int
    sha256: str
    how: int


@dataclass(frozen=True, slots=True)
class Removed:
    """A document that was removed from the corpus, and the copy and member that it came from."""

    document: str
    stored: str
    member: str


@dataclass(frozen=True, slots=True)
class Record:
    """All files of a corpus, the ways in which they are read, and the documents that were removed."""

    hows: tuple[How, ...] = ()
    origins: tuple[Origin, ...] = ()
    removed: tuple[Removed, ...] = ()

    def by_place(self) -> dict[tuple[str, str], Origin]:
        """The files by the path and member at which they lie."""
        return {(origin.path, origin.member): origin for origin in self.origins}

    def by_copy(self) -> dict[tuple[str, str], Origin]:
        """The files by the path and member of their copies."""
        return {(origin.stored, origin.member): origin for origin in self.origins}


def read_record(corpus: Path) -> Record:
    """The record in a study's folder ``corpus``; an empty one where there is none yet."""
    path = corpus / RECORD
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        return Record()
    except (OSError, ValueError):
        raise CorpusError(f"{shown(path)}: is damaged; take it back from a copy of the study") from None
    try:
        hows = (How(**how | {"options": ReadOptions(**how["options"])}) for how in content["hows"])
        origins = (Origin(**one) for one in content["files"])
        removed = (Removed(**one) for one in content["removed"])
        return Record(tuple(hows), tuple(origins), tuple(removed))
    except (TypeError, KeyError):
        raise CorpusError(
            f"{shown(path)}: was written by another version of rubricate; add the sources to a new study"
        ) from None


def write_record(folder: Path, record: Record) -> None:
    """Write the record into a folder, one file to a line."""
    content: dict[str, Any] = {
        "hows": [asdict(how) for how in record.hows],
        "files": [asdict(origin) for origin in record.origins],
        "removed": [asdict(one) for one in record.removed],
    }
    lines = [f' "{key}": {_list(values)}' for key, values in content.items()]
    (folder / RECORD).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _list(values: list[Any]) -> str:
    rows = [f"\n  {json.dumps(value, ensure_ascii=False)}" for value in values]
    return f"[{','.join(rows)}\n ]" if rows else "[]"


def relative(path: Path, study: Path) -> str:
    """A path relative to the study, so that a study moves together with the files beside it."""
    try:
        return os.path.relpath(os.path.realpath(path), os.path.realpath(study)).replace(os.sep, "/")
    except ValueError:  # on another drive
        return os.path.realpath(path)
