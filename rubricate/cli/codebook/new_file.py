"""Files that a command writes: whole or not at all, and never over one that is there unless told to."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated

import typer

from rubricate.cli.errors import printing

STDOUT = "-"
_THERE = "is there already; write --force to replace it, or name another file to write"
_NO_FILE = "is there already and is no file; name another one, or - for standard output"

Force = Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")]


def refuse_existing(path: str, *, force: bool) -> None:
    """Raise FileExistsError if something is there that must not be replaced: devices and folders never."""
    if path == STDOUT or not Path(path).exists():
        return
    if not Path(path).is_file():
        raise FileExistsError(None, _NO_FILE, path)
    if not force:
        raise FileExistsError(None, _THERE, path)


def write_file(path: str, content: bytes) -> None:
    """Write the file beside its place and move it there, behind a link, too; ``-`` is standard output."""
    if path == STDOUT:
        with printing():
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
        return
    try:
        _replace(Path(os.path.realpath(path)), content)
    except OSError as error:  # of the file that was named, not of the one beside it
        raise OSError(error.errno, error.strerror, path) from None


def _replace(target: Path, content: bytes) -> None:
    """Put a new file, with the permissions of the old one, in place of a file."""
    mode = target.stat().st_mode if target.exists() else 0o666 & ~_umask()
    with NamedTemporaryFile(dir=target.parent, prefix=".rubricate-", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).chmod(stat.S_IMODE(mode))
            Path(file.name).replace(target)
        except BaseException:
            with suppress(OSError):
                Path(file.name).unlink()
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
