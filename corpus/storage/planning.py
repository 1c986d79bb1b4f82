"""Which files of a study are to be read: those that are new, and those that changed since they were read."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from rubricate.corpus.errors import CorpusError, shown
from rubricate.corpus.readers.raw import SourceFile, explain
from rubricate.corpus.storage.layout import SOURCES
from rubricate.corpus.storage.record import How, Origin, Record, relative

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rubricate.corpus.storage.context import Context
    from rubricate.corpus.storage.stored import Store


@dataclass(slots=True)
class Plan:
    """What is to be done: ``read`` has the files by the place of their How, each with its Origin as it will
    be recorded; ``fresh`` are those of them that are to be copied, ``unchanged`` the names of files that need
    no reading. ``origins`` are all that will be recorded, by copy and member.
    """

    hows: list[How]
    origins: dict[tuple[str, str], Origin]
    read: dict[int, list[tuple[SourceFile, Origin]]] = field(default_factory=lambda: defaultdict(list))
    fresh: list[tuple[Path, Origin]] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


def plan_files(plan: Plan, study: Path, record: Record, files: Iterable[SourceFile], how: How) -> None:
    """Compare files with what is known of them; standard input cannot be compared and is a CorpusError."""
    number = _place_of(how, plan.hows)
    known = record.by_place()
    hashes: dict[Path, str] = {}
    for file in files:
        if file.path is None:
            raise CorpusError("standard input cannot be kept in a study; save it as a file and add that")
        path, place = file.path, relative(file.path, study)
        before = known.get((place, file.member)) or _moved(study, record, file, path, hashes)
        status = path.stat()
        stamp = (status.st_size, status.st_mtime_ns)
        if before and before.path == place and before.how == number and _stamp(before) == stamp:
            plan.unchanged.append(file.file)
            continue
        sha256 = hashes[path] = hashes.get(path) or hash_file(path)
        now = Origin(
            path=place,
            member=file.member,
            file=file.file,
            id=file.id,
            extension=file.extension,
            stored=before.stored if before else _copy_name(plan, place, file),
            size=stamp[0],
            modified=stamp[1],
            sha256=sha256,
            how=number,
        )
        plan.origins[now.stored, now.member] = now
        if before and before.sha256 == sha256 and before.how == number:
            plan.unchanged.append(file.file)  # only touched or moved
            continue
        plan.read[number].append((file, now))
        plan.fresh.append((path, now))


def plan_again(plan: Plan, study: Path, store: Store, contexts: dict[int, Context]) -> None:
    """Add the files of documents that would be made otherwise than they were, though the file is the same."""
    planned = {(origin.stored, origin.member) for some in plan.read.values() for _, origin in some}
    for group in store.groups:
        for known in group.documents:
            place = (known.source, known.member)
            origin = plan.origins.get(place)
            if place in planned or origin is None or origin.how not in contexts:
                continue
            if contexts[origin.how].inputs(known.document) != known.inputs:
                planned.add(place)
                plan.read[origin.how].append((copy_of(study, origin), origin))


def copy_of(study: Path, origin: Origin) -> SourceFile:
    """The copy of a file, to be read as the file was."""
    path = study / SOURCES / origin.stored
    return SourceFile(path, origin.file, origin.id, origin.extension, member=origin.member)


def hash_file(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal; CorpusError where it cannot be read."""
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        raise CorpusError(f"{shown(path)}: cannot be read: {explain(error)}") from None


def _place_of(how: How, hows: list[How]) -> int:
    """The place of a way of reading among all, where it is put if it is new."""
    if how not in hows:
        hows.append(how)
    return hows.index(how)


def _moved(
    study: Path, record: Record, file: SourceFile, path: Path, hashes: dict[Path, str]
) -> Origin | None:
    """What is known of a file that now lies elsewhere: it has the same name, and the same bytes or its old
    place is empty.
    """
    for origin in record.origins:
        if (origin.file, origin.member) != (file.file, file.member):
            continue
        if not (study / origin.path).exists():
            return origin
        hashes[path] = hashes.get(path) or hash_file(path)
        if origin.sha256 == hashes[path]:
            return origin
    return None


def _stamp(origin: Origin) -> tuple[int, int]:
    return origin.size, origin.modified


def _copy_name(plan: Plan, place: str, file: SourceFile) -> str:
    """Where the copy of a file is put: under the name that tables give it, if that is free.

    Members of one archive have one copy, that of the archive.
    """
    copies = {origin.path: origin.stored for origin in plan.origins.values()}
    if place in copies:
        return copies[place]
    wanted = PurePosixPath(file.file)
    if file.member:
        inside = len(PurePosixPath(file.member.replace("\\", "/")).parts)
        above = wanted.parts[: len(wanted.parts) - inside]  # empty where the archive was named outright
        wanted = PurePosixPath(*above) if above else PurePosixPath(PurePosixPath(place).name)
    taken, name, number = set(copies.values()), wanted, 2
    while str(name) in taken:
        name, number = wanted.with_stem(f"{wanted.stem}-{number}"), number + 1
    return str(name)
