"""Work on a file in a process of its own: what crashes it, fills memory or never ends ends only that."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 30
"""How many seconds such a process may take for a step."""

_MEMORY = 2 * 1024**3  # bytes that it may ask for


@contextmanager
def own_process(module: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process in which a module of ours is run as a program; it has ended when the block is left."""
    # It finds modules where we found them, and none in the folder in which the command was started (-P).
    command = [sys.executable, "-P", "-m", module]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(  # noqa: S603 (our own program, told nothing but the bytes of a file)
        command, stdin=pipe, stdout=pipe, stderr=nothing, env=environment
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def send(data: bytes, stream: IO[bytes] | None) -> None:
    """Write all to a process and close the stream; one that has ended will be missed when it is to answer."""
    assert stream
    try:
        with stream:
            stream.write(data)
    except OSError:
        pass


def limit_memory() -> None:
    """Let this process have no more memory than a file needs, where the system knows such limits."""
    try:
        import resource
    except ImportError:  # on Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = _MEMORY if most == resource.RLIM_INFINITY else min(_MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (limit, most))
