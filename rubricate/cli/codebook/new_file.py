"""Files that a command writes: whole or not at all, and never over one that is there unless told to."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated

import typer

from rubricate.cli.errors import printing

STDOUT = "-"
_THERE = "is there already; write --force to replace it, or name another file to write"

Force = Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")]


def refuse_existing(path: str, *, force: bool) -> None:
    """Raise FileExistsError if a file is there that must not be replaced."""
    if path != STDOUT and not force and Path(path).exists():
        raise FileExistsError(None, _THERE, path)


def write_file(path: str, content: bytes) -> None:
    """Write the file beside its place and move it there; ``-`` is standard output."""
    if path == STDOUT:
        with printing():
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
        return
    target = Path(path)
    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).chmod(0o666 & ~_umask())
            Path(file.name).replace(target)
        except BaseException:
            with suppress(OSError):
                Path(file.name).unlink()
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
