"""From SOURCE arguments to the files that are to be read."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from rubricate.corpus.archives import ARCHIVE, members
from rubricate.corpus.errors import CorpusError, FileError, shown
from rubricate.corpus.readers import KNOWN, READERS
from rubricate.corpus.readers.raw import Skipped, SourceFile, explain, source_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MAGIC = re.compile(r"[*?\[]")
_STDIN = SourceFile(None, "-", "stdin", ".txt", outright=True)


def find_sources(
    arguments: Sequence[str], skipped: list[Skipped], *, exclude: Iterable[str | Path] = ()
) -> list[SourceFile]:
    """Resolve files, folders, globs and ``-`` (plain text on standard input) to files, each once.

    A folder is searched with its subfolders; hidden files and folders are passed over, links are
    followed once. A zip archive is a folder, too. In a glob ``**`` stands for any number of folders. What
    a folder or glob holds and cannot be read is appended to ``skipped``; an argument that leads to nothing
    is a CorpusError. ``exclude`` names files and folders that are no sources, such as the metadata file.
    """
    if not arguments:
        raise CorpusError("no SOURCE: name a file, a folder or a glob")
    leave_out = {os.path.realpath(path) for path in exclude}
    found: dict[str, SourceFile] = {}
    for argument in arguments:
        for file in _resolve(argument, skipped, leave_out):
            real = f"{os.path.realpath(file.path)}\0{file.member}" if file.path else "-"
            found.setdefault(real, file)
            if file.outright:  # and stays so, whichever folder it was met in before
                found[real] = replace(found[real], outright=True)
    return list(found.values())


def _resolve(argument: str, skipped: list[Skipped], leave_out: set[str]) -> list[SourceFile]:
    if not argument:
        raise CorpusError("a SOURCE is empty: name a file, a folder or a glob")
    if argument == "-":
        return [_STDIN]
    path = Path(argument)
    try:
        path.stat()
    except (OSError, ValueError) as error:
        if _MAGIC.search(argument) and not os.path.lexists(path):
            return _from_glob(argument, skipped, leave_out)
        raise CorpusError(f"{shown(argument)}: {_missing(error)}") from None
    if path.is_dir():
        return _from_folder(argument, skipped, leave_out)
    return [] if os.path.realpath(path) in leave_out else _named_outright(path, skipped)


def _missing(error: OSError | ValueError) -> str:
    if isinstance(error, OSError) and not isinstance(error, FileNotFoundError):
        return explain(error)
    return "no such file or folder; check the path"


def _named_outright(path: Path, skipped: list[Skipped]) -> list[SourceFile]:
    file = source_file(path, path.name, outright=True)
    if reason := _unusable(file):
        raise CorpusError(f"{shown(path)}: {reason}")
    if file.extension != ARCHIVE:
        return [file]
    refused: list[Skipped] = []
    try:
        found = members(file, refused)
    except FileError as error:
        raise CorpusError(f"{shown(path)}: {error.reason}") from None
    return _usable(str(path), found, refused, skipped)


def _from_folder(argument: str, skipped: list[Skipped], leave_out: set[str]) -> list[SourceFile]:
    refused: list[Skipped] = []
    files = _walk(Path(argument), refused, leave_out)
    return _usable(argument, list(files), refused, skipped)


def _from_glob(argument: str, skipped: list[Skipped], leave_out: set[str]) -> list[SourceFile]:
    parts = Path(argument).parts
    fixed = next(i for i, part in enumerate(parts) if _MAGIC.search(part))
    pattern = parts[fixed:]
    refused: list[Skipped] = []
    inside = _walk(Path(*parts[:fixed]), refused, leave_out, None if "**" in pattern else len(pattern))
    files = [file for file in inside if _matches(file.file.split("/"), pattern)]
    if not files and not refused:
        raise CorpusError(f"{shown(argument)}: no file matches; ** stands for any number of folders")
    return _usable(argument, files, refused, skipped)


def _walk(
    top: Path, refused: list[Skipped], leave_out: set[str], depth: int | None = None
) -> Iterator[SourceFile]:
    """Yield every file below ``top`` that is not hidden, ``depth`` levels deep, each folder once.

    A folder that may not be listed is appended to ``refused``; if it is ``top``, that is a CorpusError.
    """

    def refuse(error: OSError) -> None:
        path = Path(error.filename)
        if path == top:
            raise CorpusError(f"{shown(top)}: {_missing(error)}")
        refused.append(Skipped(shown(path.relative_to(top).as_posix()), explain(error)))

    entered = {os.path.realpath(top)} | leave_out
    for folder, folders, names in os.walk(top, followlinks=True, onerror=refuse):
        here = Path(folder)
        level = len(here.relative_to(top).parts) + 1
        folders[:] = [] if level == depth else _enterable(here, folders, entered)
        for name in sorted(names):
            if not name.startswith(".") and os.path.realpath(here / name) not in leave_out:
                yield source_file(here / name, (here / name).relative_to(top).as_posix())


def _enterable(here: Path, folders: Iterable[str], entered: set[str]) -> list[str]:
    """Return the folders to go into; a link back to a folder that was entered would never end."""
    enter = []
    for name in sorted(folders):
        real = os.path.realpath(here / name)
        if not name.startswith(".") and real not in entered:
            entered.add(real)
            enter.append(name)
    return enter


def _matches(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(_matches(parts[i:], pattern[1:]) for i in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _matches(parts[1:], pattern[1:])


def _usable(
    argument: str, files: Iterable[SourceFile], refused: list[Skipped], skipped: list[Skipped]
) -> list[SourceFile]:
    """Return the files that a reader exists for and report the others; CorpusError if all are others."""
    refused = list(refused)
    reasons = {file: _unusable(file) for file in _unpacked(files, refused)}
    passed_over = [*refused, *(Skipped(shown(file.file), why) for file, why in reasons.items() if why)]
    usable = [file for file, why in reasons.items() if not why]
    if not usable:
        raise CorpusError(f"{shown(argument)}: nothing to read here; {first_reasons(passed_over)}")
    skipped += passed_over
    return usable


def _unpacked(files: Iterable[SourceFile], refused: list[Skipped]) -> Iterator[SourceFile]:
    """Yield the files, and of archives the files in them; those that cannot be read are appended."""
    for file in files:
        if file.extension != ARCHIVE or file.member or _unusable(file):
            yield file
            continue
        try:
            yield from members(file, refused)
        except FileError as error:
            refused.append(Skipped(shown(error.file), error.reason))


def _unusable(file: SourceFile) -> str:
    """Say why a file cannot be a source, before it is opened; an empty string if it can."""
    assert file.path is not None
    if not _is_text(file.file):
        return "its name is not valid text; rename it"
    if shown(file.file) != file.file:
        return "its name holds a line break or another control character; rename it"
    if file.extension not in READERS and (file.member or file.extension != ARCHIVE):
        kind = f"{file.extension} files" if file.extension else "files without extension"
        return f"{kind} cannot be read; known formats: {KNOWN}"
    try:
        if file.member or file.path.is_file():
            return ""
    except OSError as error:
        return explain(error)
    leads_nowhere = file.path.is_symlink() and not file.path.exists()
    return "is a link that leads nowhere" if leads_nowhere else "is not a regular file"


def _is_text(name: str) -> bool:
    """Tell whether a file name can be written into a table: bytes that are no UTF-8 come as surrogates."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def first_reasons(skipped: Sequence[Skipped], most: int = 3) -> str:
    """Why the first of what was skipped could not be read, in one line."""
    if not skipped:
        return "there are no files"
    reasons = "; ".join(f"{skip.file}: {skip.reason}" for skip in islice(skipped, most))
    return reasons + (f"; and {len(skipped) - most} more" if len(skipped) > most else "")
