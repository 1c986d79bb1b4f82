"""A file before it is text: its name, its bytes, its hash."""

from __future__ import annotations

import errno
import gzip
import hashlib
import io
import sys
import unicodedata
import zlib
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from rubricate.corpus.errors import FileError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

LARGEST = 4 * 1024**3
"""The largest file that is read, in bytes, after unpacking: a packed file can hide more than memory holds."""

_STEP = 1024**2


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
    the user named this very file, so that failing to read it is an error.
    """

    path: Path | None
    file: str
    id: str
    extension: str
    outright: bool = False


@dataclass(frozen=True, slots=True)
class RawFile:
    """The bytes of a file, unpacked; ``sha256`` is the hash of the file as it lies on the disk."""

    file: str
    id: str
    extension: str
    sha256: str
    data: bytes


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


def read_raw(source: SourceFile, *, largest: int = LARGEST) -> RawFile:
    """Read and unpack a file; FileError if that fails or if it holds more than ``largest`` bytes."""
    try:
        with _open(source.path) as stream:
            data = _read_up_to(stream, largest, source.file)
        digest = hashlib.sha256(data).hexdigest()
        if source.path and source.path.suffix.lower() == ".gz":
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
                data = _read_up_to(stream, largest, source.file)
    except EOFError:
        raise FileError(source.file, "the gzip file is cut off; fetch or pack it again") from None
    except (gzip.BadGzipFile, zlib.error):
        raise FileError(source.file, "is not a sound gzip file; fetch or pack it again") from None
    except OSError as error:
        raise FileError(source.file, f"cannot be read: {explain(error)}") from None
    return RawFile(source.file, source.id, source.extension, digest, data)


def explain(error: OSError) -> str:
    """Say in the system's own words, without paths and numbers, why it refused."""
    return (error.strerror or str(error)).lower()


def _open(path: Path | None) -> AbstractContextManager[IO[bytes]]:
    if path is not None:
        return path.open("rb")
    if sys.stdin is None:  # as for a program started by a timer
        raise OSError(errno.EBADF, "it is closed")
    return nullcontext(sys.stdin.buffer)  # not ours to close


def _read_up_to(stream: IO[bytes] | gzip.GzipFile, largest: int, file: str) -> bytes:
    """Read in steps, so that a file that unpacks to more than we allow is refused before it fills memory."""
    collected = io.BytesIO()
    while step := stream.read(_STEP):
        collected.write(step)
        if collected.tell() > largest:
            raise FileError(file, f"holds more than {_in_words(largest)}; split it into smaller files")
    return collected.getvalue()


def _in_words(size: int) -> str:
    for factor, unit in ((1024**3, "GiB"), (1024**2, "MiB")):
        if size >= factor:
            return f"{size // factor} {unit}"
    return f"{size} bytes"
