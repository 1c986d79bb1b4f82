"""Which files of a study are to be read: those that are new, and those that changed since they were read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from rubricate.corpus.errors import CorpusError, shown
from rubricate.corpus.readers.raw import explain
from rubricate.corpus.storage.copies import damage, file_at, hash_file, sound_copy
from rubricate.corpus.storage.layout import SOURCES
from rubricate.corpus.storage.naming import CopyNames
from rubricate.corpus.storage.record import READING, How, Origin, Refused, relative

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import stat_result
    from pathlib import Path

    from rubricate.corpus.readers.raw import SourceFile
    from rubricate.corpus.storage.context import Context
    from rubricate.corpus.storage.record import Key, Record
    from rubricate.corpus.storage.stored import Store


class Plan:
    """What is to be done with the files of a study.

    ``read`` has the files to be read by the place of their How, each with its Origin as it will be recorded;
    ``fresh`` those of them that need a copy, by its name. ``origins`` are all that will be recorded;
    ``unchanged`` are those that were looked at and need no reading, and ``lost`` those that are no longer in
    their archive. ``refused`` could not be looked into.
    """

    def __init__(self, study: Path, record: Record) -> None:
        self._study, self._record = study, record
        self.hows = list(record.hows)
        self.origins = record.by_key()
        self.read: dict[int, dict[SourceFile, Origin]] = defaultdict(dict)
        self.fresh: dict[str, Path] = {}
        self.unchanged: set[Key] = set()
        self.lost: set[Key] = set()
        self.refused: list[Refused] = []
        self._by_place = {(origin.path, origin.member): origin for origin in record.origins}
        self._by_name: dict[tuple[str, str], list[Origin]] = defaultdict(list)
        for origin in record.origins:
            self._by_name[origin.file, origin.member].append(origin)
        self._hashes: dict[Path, str] = {}
        self._sound: dict[str, Path] = {}
        self._names = CopyNames(study, record.origins)

    def place_of(self, how: How) -> int:
        """The place of a way of reading among all, where it is put if it is new."""
        if how not in self.hows:
            self.hows.append(how)
        return self.hows.index(how)

    def looked_at(self) -> set[Key]:
        """The files that are there."""
        return self.unchanged.union(origin.key for files in self.read.values() for origin in files.values())

    def add(self, files: Iterable[SourceFile], how: int) -> None:
        """Compare files with what is known of them; standard input cannot be compared and is a CorpusError.

        A file that cannot be opened is refused, or a CorpusError where it was named outright.
        """
        for file in files:
            if file.path is None:
                raise CorpusError("standard input cannot be kept in a study; save it as a file and add that")
            try:
                self._look_at(file, file.path, how)
            except OSError as error:
                if file.outright:
                    raise CorpusError(f"{shown(file.path)}: cannot be read: {explain(error)}") from None
                reason = f"cannot be read: {explain(error)}"
                self.refused.append(Refused(relative(file.path, self._study), shown(file.file), reason))
        self._lose_members()

    def _look_at(self, file: SourceFile, path: Path, how: int) -> None:
        place = relative(path, self._study)
        if copied := self._original_of(place, file.member):
            self.unchanged.add(copied.key)
            return
        before = self._by_place.get((place, file.member)) or self._moved(file, path)
        if before and self.hows[how] == How():  # nothing was said: it is read as it was before
            how = before.how
        status = path.stat()  # before its bytes: if these change now, that will be seen the next time
        same = before is not None and before.how == how and not self._is_tried_again(file, before)
        if before and same and (before.path, *before.stamp) == (place, status.st_size, status.st_mtime_ns):
            self.unchanged.add(before.key)
            return
        now = self._origin(file, place, status, self._hash(path), before, how)
        self.origins[now.key] = now
        if before and same and before.sha256 == now.sha256:  # only touched or moved
            self.unchanged.add(now.key)
        else:
            self.read[how][replace(file, file=now.file, id=now.id)] = now
            self.fresh[now.stored] = path

    def _origin(
        self, file: SourceFile, place: str, status: stat_result, sha256: str, before: Origin | None, how: int
    ) -> Origin:
        """A file as it is now; one that is known keeps its name, however it was found this time."""
        now = before or Origin(
            path=place,
            member=file.member,
            file=file.file,
            id=file.id,
            extension=file.extension,
            stored=self._names.name(place, file, sha256),
        )
        return replace(
            now, path=place, size=status.st_size, modified=status.st_mtime_ns, sha256=sha256, how=how
        )

    def _original_of(self, place: str, member: str) -> Origin | None:
        """The file whose copy in the study this is, if it is still where it was."""
        folder, _, stored = place.partition("/")
        origin = self.origins.get((stored, member)) if folder == SOURCES else None
        there = origin and origin.path != place and (self._study / origin.path).exists()
        return origin if there else None

    def _moved(self, file: SourceFile, path: Path) -> Origin | None:
        """What is known of a file that was moved: it has the same name, and its old place is empty."""
        gone = [
            origin
            for origin in self._by_name.get((file.file, file.member), ())
            if self.origins[origin.key] is origin and not (self._study / origin.path).exists()
        ]
        if len(gone) > 1:
            gone.sort(key=lambda origin: origin.sha256 != self._hash(path))
        return gone[0] if gone else None

    def _is_tried_again(self, file: SourceFile, before: Origin) -> bool:
        """Whether a file is read though it is unchanged: it could not be read, but now it is asked for
        outright, or by a better reader.
        """
        outright = file.outright and before.copied != before.sha256
        return outright or bool(before.skipped and self._record.reading != READING)

    def _hash(self, path: Path) -> str:
        if path not in self._hashes:
            self._hashes[path] = hash_file(path)
        return self._hashes[path]

    def _lose_members(self) -> None:
        """Note which members are no longer in the archives that were looked at."""
        seen = self.looked_at()
        archives = {key[0]: self.origins[key] for key in seen if key[1]}
        for key, origin in self.origins.items():
            now = archives.get(key[0])
            if now and key not in seen:
                self.lost.add(key)
                self.origins[key] = replace(
                    origin, path=now.path, size=now.size, modified=now.modified, sha256=now.sha256
                )

    def again(self, store: Store, contexts: dict[int, Context]) -> None:
        """Add the files of documents that would be made otherwise than they were, though the file is the
        same: they are read from their copies. Documents that vanished from their file cannot be.
        """
        planned = self.looked_at() - self.unchanged
        vanished = {place.document for place in self._record.vanished}
        for known in store.known():
            origin = self.origins[known.key]
            if known.key in planned or known.document in vanished or origin.how not in contexts:
                continue
            if known.inputs != contexts[origin.how].inputs(known.document):
                planned.add(known.key)
                self.read_copy(origin)

    def read_copy(self, origin: Origin) -> None:
        """Read a file from its copy; where that is damaged, from the file itself, which is then copied again.

        CorpusError where neither is as it was.
        """
        if origin.stored not in self._sound:
            self._sound[origin.stored] = self._sound_place(origin)
        self.read[origin.how][file_at(self._sound[origin.stored], origin)] = origin

    def _sound_place(self, origin: Origin) -> Path:
        original = self._study / origin.path
        if damage(self._study / SOURCES / origin.stored, origin.copied) and not damage(
            original, origin.copied
        ):
            self.fresh[origin.stored] = original
            return original
        return sound_copy(self._study, origin)
