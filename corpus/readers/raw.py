"""A file before it is text: its name, its bytes, its hash."""

from __future__ import annotations

import errno
import hashlib
import io
import sys
import unicodedata
import zipfile
import zlib
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from rubricate.corpus.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

LARGEST = 64 * 1024**3
"""The largest table that is read, in bytes, after unpacking: a packed file can hide more than disks hold."""

HELD = 256 * 1024**2
"""The most bytes of one file, after unpacking, that are held in memory."""

STREAMED = frozenset({".csv", ".jsonl", ".ndjson", ".tsv"})
"""Extensions of files that can be larger than HELD, because they are read line by line."""

SWELLING = 1000
"""As many times their own size packed files unpack to only if they were made to fill disks."""

HARMLESS = 1024**3
"""How many bytes may be packed as tightly as they like."""

_STEP = 64 * 1024  # packed bytes at a time: they become 66 MB at worst
_GZIP = 31  # zlib's word for "with the header of a gzip file"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user said about the files; an empty string leaves the choice to the reader.

    ``main_content`` asks of a web page only its article; ``split`` is a regex that the first line of every
    document in a bundle matches.
    """

    text_column: str = ""
    id_column: str = ""
    encoding: str = ""
    main_content: bool = False
    split: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not read, and why; ``document`` is set where it is a single row of a table."""

    file: str
    reason: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be read.

    ``path`` is where it is, or None for standard input; ``file`` is how tables name it: its path below
    the SOURCE argument, which does not depend on the folder in which the command was started. ``id`` is
    ``file`` without extensions, the document id if the file holds one document. ``outright`` says that
    the user named this very file, so that failing to read it is an error. ``member`` is the name of the
    file inside the zip archive that lies at ``path``; empty: the file is no part of an archive.
    """

    path: Path | None
    file: str
    id: str
    extension: str
    outright: bool = False
    member: str = ""


@dataclass(frozen=True, slots=True)
class RawFile:
    """The bytes of a file, unpacked; ``sha256`` is the hash of the file as it lies on the disk.

    A table of more than HELD bytes has no ``data``; ``pieces`` yields them anew, piece by piece, every time
    it is called (and raises FileError where that fails).
    """

    file: str
    id: str
    extension: str
    sha256: str
    data: bytes
    pieces: Callable[[], Iterator[bytes]] | None = None


def source_file(path: Path, file: str, *, outright: bool = False) -> SourceFile:
    """Name the file at ``path`` as tables will; the id is in Unicode's composed form (NFC).

    Some systems hand out file names in decomposed letters; the same folder must give the same ids there.
    """
    stem, extension = split_extension(file)
    return SourceFile(path, file, unicodedata.normalize("NFC", stem), extension, outright)


def split_extension(file: str) -> tuple[str, str]:
    """Split the extension off, in lower case, leaving out a final ``.gz``.

    >>> split_extension("un/Speeches.v2.CSV.gz")
    ('un/Speeches.v2', '.csv')
    """
    path = PurePosixPath(file)
    if path.suffix.lower() == ".gz" and path.with_suffix("").suffix:
        path = path.with_suffix("")
    return str(path.with_suffix("")), path.suffix.lower()


def read_raw(source: SourceFile, *, largest: int = LARGEST, held: int = HELD) -> RawFile:
    """Read and unpack a file; FileError if that fails or if it holds too much.

    That is more than ``held`` bytes or, of a table, ``largest``.
    """
    streamed = source.extension in STREAMED and source.path is not None
    most = largest if streamed else min(largest, held)
    digest = hashlib.sha256()
    data, size, packed = io.BytesIO(), 0, 0

    def follow(step: bytes) -> None:
        nonlocal packed
        digest.update(step)
        packed += len(step)

    for piece in _pieces(source, follow):
        size += len(piece)
        if size > most:
            raise FileError(source.file, f"holds more than {_in_words(most)}; {_advice(source)}")
        if size > max(SWELLING * packed, HARMLESS):
            raise FileError(
                source.file, "unpacks to a thousand times its size; it is damaged, or made to do harm"
            )
        if size <= held:
            data.write(piece)
        else:
            data = io.BytesIO()
    again = partial(_pieces, source) if size > held else None
    return RawFile(source.file, source.id, source.extension, digest.hexdigest(), data.getvalue(), again)


def _advice(source: SourceFile) -> str:
    if source.path is None:
        return "save it as a file and name that"
    return "split it into smaller files"


def _pieces(source: SourceFile, follow: Callable[[bytes], object] = len) -> Iterator[bytes]:
    """Yield the file piece by piece, unpacked; ``follow`` sees each piece as it lies on the disk."""
    packed = PurePosixPath(source.member or str(source.path)).suffix.lower() == ".gz"
    try:
        with ExitStack() as opened:
            steps = _steps(_open(source, opened), follow)
            yield from _unpacked(steps) if packed else steps
    except EOFError:
        raise FileError(
            source.file, f"the {_packing(source)} file is cut off; fetch or pack it again"
        ) from None
    except zlib.error:
        raise FileError(
            source.file, f"is not a sound {_packing(source)} file; fetch or pack it again"
        ) from None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        raise FileError(source.file, "is damaged in its archive; fetch or pack it again") from None
    except OSError as error:
        raise FileError(source.file, f"cannot be read: {explain(error)}") from None


def _packing(source: SourceFile) -> str:
    return "zip" if source.member else "gzip"


def _steps(stream: IO[bytes], follow: Callable[[bytes], object]) -> Iterator[bytes]:
    while step := stream.read(_STEP):
        follow(step)
        yield step


def _unpacked(steps: Iterable[bytes]) -> Iterator[bytes]:
    """What a gzip file holds, which may be several packed files one behind the other.

    Python's own reader takes half as long again. EOFError if the file is cut off, zlib.error if it is none.
    """
    member, begun = zlib.decompressobj(_GZIP), False
    for step in steps:
        rest = step
        while rest:
            if member.eof:
                rest = rest.lstrip(b"\0")  # tapes are filled up with zeros
                if not rest:
                    break
                member = zlib.decompressobj(_GZIP)
            begun = True
            yield member.decompress(rest)
            rest = member.unused_data
    if begun and not member.eof:
        raise EOFError


def explain(error: OSError) -> str:
    """Say in the system's own words, without paths and numbers, why it refused."""
    return (error.strerror or str(error)).lower()


def _open(source: SourceFile, opened: ExitStack) -> IO[bytes]:
    if source.path is None:
        if sys.stdin is None:  # as for a program started by a timer
            raise OSError(errno.EBADF, "it is closed")
        return sys.stdin.buffer  # not ours to close
    if not source.member:
        return opened.enter_context(source.path.open("rb"))
    return opened.enter_context(opened.enter_context(zipfile.ZipFile(source.path)).open(source.member))


def _in_words(size: int) -> str:
    for factor, unit in ((1024**3, "GiB"), (1024**2, "MiB")):
        if size >= factor:
            return f"{size // factor} {unit}"
    return f"{size} bytes"
