"""Zip archives of documents: a folder in one file, whose members are read where they are."""

from __future__ import annotations

import stat
import zipfile
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from rubricate.corpus.errors import FileError, shown
from rubricate.corpus.readers.raw import HARMLESS, SWELLING, Skipped, SourceFile, explain, source_file

if TYPE_CHECKING:
    from collections.abc import Iterator

ARCHIVE = ".zip"
"""The extension of archives."""

_MOST_MEMBERS = 200_000
_LARGEST = 64 * 1024**3  # bytes that all members may unpack to
_ENCRYPTED = 0x1  # of a member's flag bits


def members(archive: SourceFile, skipped: list[Skipped]) -> list[SourceFile]:
    """The files in an archive, as if it were a folder; hidden ones are passed over.

    Members that are protected, are archives themselves or have paths that lead out of the archive are
    appended to ``skipped``. FileError if the archive cannot be read, or would unpack to more than disks hold.
    """
    assert archive.path is not None
    try:
        with zipfile.ZipFile(archive.path) as opened:
            listed = opened.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeError):
        raise FileError(
            archive.file, "is not a sound zip archive, or cut off; fetch or pack it again"
        ) from None
    except OSError as error:
        raise FileError(archive.file, f"cannot be read: {explain(error)}") from None
    _refuse_bomb(archive, listed)
    found = []
    for file, info in _named(archive, listed):
        reason = _unusable(info)
        if reason:
            skipped.append(Skipped(shown(file.file), reason))
        else:
            found.append(file)
    return found


def _refuse_bomb(archive: SourceFile, listed: list[zipfile.ZipInfo]) -> None:
    """FileError for an archive made to fill a disk: no member can unpack to more than the list says."""
    if len(listed) > _MOST_MEMBERS:
        raise FileError(archive.file, f"holds more than {_MOST_MEMBERS:,} files; pack fewer into one archive")
    packed, unpacked = sum(info.compress_size for info in listed), sum(info.file_size for info in listed)
    if unpacked > _LARGEST or unpacked > max(SWELLING * packed, HARMLESS):
        raise FileError(
            archive.file, f"would unpack to {unpacked / 1024**3:,.0f} GiB; it is damaged, or made to do harm"
        )


def _named(
    archive: SourceFile, listed: list[zipfile.ZipInfo]
) -> Iterator[tuple[SourceFile, zipfile.ZipInfo]]:
    """The members that are files, in the order of their names, named as those of a folder would be."""
    assert archive.path is not None
    seen = set()
    for info in sorted(listed, key=lambda info: info.filename):
        parts = PurePosixPath(info.filename.replace("\\", "/")).parts
        hidden = any(part.startswith(".") and part != ".." for part in parts) or "__MACOSX" in parts
        if info.is_dir() or hidden or not parts or info.filename in seen:
            continue
        seen.add(info.filename)
        path = "/".join(parts).replace("//", "/")  # a path from the root begins with a part of its own
        file = source_file(archive.path, path if archive.outright else f"{archive.file}/{path}")
        inside = f"{archive.id}/{source_file(archive.path, path).id}"
        yield replace(file, id=file.id if archive.outright else inside, member=info.filename), info


def _unusable(info: zipfile.ZipInfo) -> str:
    """Why a member is not read; empty if it is."""
    path = PurePosixPath(info.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or path.parts[0].endswith(":"):
        return "its path leads out of the archive; unpack it by hand if you trust it"
    if path.suffix.lower() == ARCHIVE:
        return "archives inside archives are not read; unpack it first"
    if info.flag_bits & _ENCRYPTED:
        return "is protected by a password; unpack it first"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link, not a document; pack the document itself"
    return ""
