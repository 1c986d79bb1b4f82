"""The files that a person means, and those that are no longer where they were."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from rubricate.corpus.errors import CorpusError, shown
from rubricate.corpus.readers.raw import Skipped, SourceFile, split_extension
from rubricate.corpus.sources import find_sources
from rubricate.corpus.storage.copies import file_at
from rubricate.corpus.storage.layout import PRIVATE, SOURCES
from rubricate.corpus.storage.naming import archive_name
from rubricate.corpus.storage.record import Refused, from_here, relative
from rubricate.corpus.storage.skipping import skipped_in, skipped_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from rubricate.corpus.storage.planning import Plan
    from rubricate.corpus.storage.record import How, Key, Origin, Record


class Finding:
    """Looks for files, and plans what is to be done with them.

    ``ways`` are the places of the ways of reading by which files were looked for.
    """

    def __init__(self, study: Path, record: Record, plan: Plan) -> None:
        self._study, self._record, self._plan = study, record, plan
        self._real = Path(os.path.realpath(study))
        self._looked_into: list[Path] = []
        self._everywhere = False
        self.ways: set[int] = set()

    def add(self, arguments: Sequence[str], how: How) -> None:
        """Plan the files that arguments lead to. CorpusError where one leads to nothing."""
        if not arguments:
            raise CorpusError("no SOURCE: name a file, a folder or a glob")
        metadata = [self._study / how.metadata] if how.metadata else []
        exclude = [*(self._study / name for name in PRIVATE), *metadata]
        found: dict[tuple[str, str], SourceFile] = {}
        for argument in arguments:
            skipped: list[Skipped] = []
            for file in find_sources([argument], skipped, exclude=exclude):
                real = os.path.realpath(file.path) if file.path else ""
                earlier = found.setdefault((real, file.member), file)
                found[real, file.member] = replace(earlier, outright=earlier.outright or file.outright)
            self._refuse(Path(argument), skipped)
            self._looked_into.append(Path(os.path.realpath(argument)))
        self._refuse_private(found.values())
        number = self._plan.place_of(how)
        self.ways.add(number)
        self._plan.add(found.values(), number)

    def all_again(self) -> None:
        """Plan all files that were ever added, and what is new in archives."""
        self._everywhere = True
        by_how: dict[int, list[SourceFile]] = {}
        archives = set()
        for origin in self._record.origins:
            path, files = self._study / origin.path, by_how.setdefault(origin.how, [])
            if not path.is_file():
                continue
            if not origin.member:
                files.append(file_at(path, origin))
            elif path not in archives:
                archives.add(path)
                files += self._members(path, archive_name(origin.file, origin.member))
        for how, files in by_how.items():
            self.ways.add(how)
            self._plan.add(files, how)

    def _members(self, path: Path, name: str) -> list[SourceFile]:
        """The files in an archive, by its ``name`` in tables: empty where it was named outright."""
        skipped: list[Skipped] = []
        try:
            files = find_sources([str(path)], skipped)
        except CorpusError as error:
            files, skipped = [], [Skipped("", str(error).removeprefix(f"{shown(path)}: "))]
        self._refuse(path, skipped, name)
        if not name:
            return files
        stem = split_extension(name)[0]
        return [replace(file, file=f"{name}/{file.file}", id=f"{stem}/{file.id}") for file in files]

    def _refuse(self, argument: Path, skipped: Iterable[Skipped], above: str = "") -> None:
        """Note what could not be read, each with the path at which it lies; of an archive's member, its path.

        ``above`` is what the files lie in for tables.
        """
        top = argument
        while not os.path.lexists(top):  # a glob
            top = top.parent
        for skip in skipped:
            path = top / skip.file if top.is_dir() else top
            while not os.path.lexists(path):
                path = path.parent
            file = "/".join(filter(None, (above, skip.file)))
            self._plan.refused.append(Refused(relative(path, self._study), file, skip.reason))

    def _refuse_private(self, files: Iterable[SourceFile]) -> None:
        for file in files:
            first = PurePosixPath(relative(file.path, self._study)).parts[0] if file.path else ""
            if first in PRIVATE and first != SOURCES:
                raise CorpusError(f"{shown(file.path or '')}: is a part of the study and no source")

    def refused(self) -> tuple[Refused, ...]:
        """What could not be looked into: now, and earlier what is still there and was not looked at now."""
        found = {self._plan.origins[key].path for key in self._plan.looked_at()}
        earlier = (
            one
            for one in self._record.refused
            if one.path not in found
            and not self._is_looked_into(one.path)
            and os.path.lexists(self._study / one.path)
        )
        return tuple(sorted({*earlier, *self._plan.refused}, key=lambda one: (one.file, one.path)))

    def gone(self, keys: Collection[Key]) -> tuple[str, ...]:
        """The files with documents in the corpus that are no longer where they should be found."""
        return tuple(
            sorted(
                {
                    shown(from_here(origin.path, self._study))
                    for origin in self._plan.origins.values()
                    if origin.key in keys and self._is_missing(origin)
                }
            )
        )

    def _is_missing(self, origin: Origin) -> bool:
        expected = self._everywhere or self._is_looked_into(origin.path)
        return expected and not (self._study / origin.path).exists()

    def _is_looked_into(self, path: str) -> bool:
        place = Path(os.path.normpath(self._real / path))
        return any(place.is_relative_to(folder) for folder in self._looked_into)

    def skipped(self, record: Record) -> tuple[Skipped, ...]:
        """What of the files that were meant could not be read."""
        if self._everywhere:
            return tuple(skipped_in(record))
        origins = record.by_key()
        mine = [origins[key] for key in self._plan.looked_at()]
        rows = {*skipped_of(mine), *(Skipped(one.file, one.reason) for one in self._plan.refused)}
        return tuple(sorted(rows, key=lambda skip: (skip.file, skip.document, skip.reason)))
