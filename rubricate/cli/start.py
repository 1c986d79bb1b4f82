"""The command line, from its first moment to its last: it can be stopped at any time, in one line."""

from __future__ import annotations

import ctypes
import gc
import io
import os
import signal
import sys
import time
from contextlib import suppress
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

COLLECTOR = (200_000, 50, 100)
"""How seldom Python looks for rubbish: a corpus is millions of objects, and none of them is any."""

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # of mallopt in the GNU C library
_KEPT = 64 * 1024**2  # bytes of freed memory
_LARGEST_KEPT = 32 * 1024**2  # bytes of one array; the library takes no more

_ARROW_POOL = "jemalloc"  # Arrow's own choice keeps far more of what is free again; its wheels have both

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # Ctrl-C, kill, and a terminal that is closed
_AGAIN = 0.01  # seconds until a signal that was lost comes again
_ONE_STOP = 1.0  # seconds; who presses Ctrl-C twice, or closes a terminal, sends more than one


class Stopped(BaseException):
    """The person or the system wants the command to end.

    It passes through everything, so that what is half-written is cleared away on the way out; typer
    would take a KeyboardInterrupt for its own and end without a word.
    """

    def __init__(self, number: int) -> None:
        """Keep the number of the signal."""
        super().__init__(number)
        self.number = number


def main() -> None:
    """Run the command line."""
    heard = [number for name in _SIGNALS if (number := getattr(signal, name, None)) and _is_heard(number)]
    stop = _Stop()
    sys.unraisablehook = stop.swallowed
    try:
        for number in heard:
            signal.signal(number, stop)
        _run()
    except Stopped as stopped:
        with suppress(OSError):  # the terminal may be gone
            print("stopped; nothing half-written is left", file=sys.stderr, flush=True)
        sys.exit(128 + stopped.number)
    finally:
        for number in heard:  # all is done; a signal now would only spoil the exit code
            signal.signal(number, signal.SIG_IGN)


def _is_heard(number: int) -> bool:
    """Whether a signal means us: those that nohup or a shell's & keep away stay away."""
    return signal.getsignal(number) not in (signal.SIG_IGN, None)


class _Stop:
    """What is done at a signal: the first one ends the command, others may not disturb the clearing away."""

    def __init__(self) -> None:
        self._last = -_ONE_STOP

    def swallowed(self, unraisable: sys.UnraisableHookArgs) -> None:
        """Python throws away what is raised while it clears an object away: then the signal comes again."""
        if isinstance(unraisable.exc_value, Stopped):
            self._last = -_ONE_STOP
            again = Timer(_AGAIN, signal.raise_signal, [unraisable.exc_value.number])
            again.daemon = True
            again.start()
        else:
            sys.__unraisablehook__(unraisable)

    def __call__(self, number: int, frame: FrameType | None) -> None:
        now = time.monotonic()
        if now - self._last >= _ONE_STOP:
            self._last = now
            raise Stopped(number)


def keep_memory() -> None:
    """Keep the memory of arrays that are no longer needed for those of the next batch.

    The C library gives it back to the system each time, which then clears it page by page for the next
    array: a twelfth of a run. Only GNU's can be told; nothing happens elsewhere.
    """
    with suppress(OSError, AttributeError, TypeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_TRIM_THRESHOLD, _KEPT)
        mallopt(_MMAP_THRESHOLD, _LARGEST_KEPT)
        os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", _ARROW_POOL)


def _run() -> None:
    from rubricate.cli.app import app

    gc.set_threshold(*COLLECTOR)
    keep_memory()
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal without our letters is no reason to fail
        sys.stdout.reconfigure(errors="backslashreplace")
    app()
