"""What the copies of sources are called below ``sources/``."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from rubricate.corpus.storage.copies import damage
from rubricate.corpus.storage.layout import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rubricate.corpus.readers.raw import SourceFile
    from rubricate.corpus.storage.record import Origin


class CopyNames:
    """Gives each file a name that no other has: that by which tables call it, if it is free."""

    def __init__(self, study: Path, origins: Iterable[Origin]) -> None:
        self._folder = study / SOURCES
        self._by_place: dict[str, str] = {}
        self._taken: set[str] = set()
        self._folders: set[str] = set()
        for origin in origins:
            self._take(origin.path, origin.stored)

    def name(self, place: str, file: SourceFile, sha256: str) -> str:
        """The name for the copy of a file that lies at ``place``; of the members of one archive it is one.

        What lies below ``sources/`` already is its own copy.
        """
        if place in self._by_place:
            return self._by_place[place]
        folder, _, inside = place.partition("/")
        name = inside if folder == SOURCES else self._free(_wanted(place, file), sha256)
        self._take(place, name)
        return name

    def _take(self, place: str, name: str) -> None:
        self._by_place[place] = name
        self._taken.add(name)
        self._folders.update(map(str, PurePosixPath(name).parents))

    def _free(self, wanted: PurePosixPath, sha256: str) -> str:
        name, number = wanted, 2
        while not self._is_free(name, sha256):
            name, number = PurePosixPath(f"{number}-{wanted}"), number + 1
        return str(name)

    def _is_free(self, name: PurePosixPath, sha256: str) -> bool:
        """Whether no copy has this name, and nothing that lies there by chance is in its way."""
        if str(name) in self._folders or not self._taken.isdisjoint(map(str, (name, *name.parents))):
            return False
        place = self._folder / name
        if place.exists():
            return not damage(place, sha256)
        return not any((self._folder / above).is_file() for above in name.parents)


def _wanted(place: str, file: SourceFile) -> PurePosixPath:
    if not file.member:
        return PurePosixPath(file.file)
    return PurePosixPath(archive_name(file.file, file.member) or PurePosixPath(place).name)


def archive_name(file: str, member: str) -> str:
    """What tables call the archive of a member; empty where the archive was named outright.

    >>> archive_name("un/2015.zip/may/kerry.txt", "may/kerry.txt")
    'un/2015.zip'
    """
    inside = len(PurePosixPath(member.replace("\\", "/")).parts)
    above = PurePosixPath(file).parts[:-inside]
    return str(PurePosixPath(*above)) if above else ""
