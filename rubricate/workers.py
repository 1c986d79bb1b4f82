"""Work for several processes: its results come in the order of the tasks, whoever is done first.

A process that dies (killed by the system for want of memory, say) is replaced, and its task tried once more;
a second death is a CorpusError that names the document.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from pickle import PicklingError
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from rubricate.corpus.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    Note = Callable[[str], object]

T_contra = TypeVar("T_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)

_QUEUED = 2  # tasks that a process has at once: the next one waits for it, not it for the next one
_AHEAD = 3  # results per process that may wait for an earlier one
_LOOK_UP = 0.5  # seconds
_PATIENCE = 2.0  # seconds in which a process must end when it is told to


class Work(Protocol[T_contra, R_co]):
    """What is done with a task; ``note`` is told the name of what it is at, in case that it does not survive
    it. Where processes are not forked, it is pickled.
    """

    def __call__(self, task: T_contra, note: Note, /) -> R_co:
        """Do it."""


@dataclass(slots=True)
class _Task:
    """A task, its place among all, and how often a process died of it."""

    number: int
    content: Any
    deaths: int = 0


@dataclass(slots=True)
class _Worker:
    """A process, what it has to do, first things first, and what it last said that it is at."""

    process: BaseProcess
    connection: Connection
    tasks: deque[_Task] = field(default_factory=deque)
    noted: str = ""


def in_order(
    work: Work[T_contra, R_co],
    tasks: Iterable[T_contra],
    workers: int,
    method: str = "",
    meanwhile: Callable[[], object] | None = None,
) -> Iterator[R_co]:
    """The results of all tasks, in their order, from so many processes.

    What ``work`` raises is raised here. All processes have ended when this has, whatever the reason.
    ``method`` is how processes are started; by default they are forked where that is safe. ``meanwhile`` is
    done here while they are at their first tasks.
    """
    crew = _Crew(work, method or ("fork" if sys.platform == "linux" else "spawn"))
    try:
        for _ in range(workers):
            crew.hire()
        numbered = (_Task(number, content) for number, content in enumerate(tasks))
        yield from crew.results(numbered, meanwhile)
    finally:
        crew.dismiss()


class _Crew:
    """Some processes, and the results that wait for earlier ones."""

    def __init__(self, work: Work[Any, Any], method: str) -> None:
        self._work = work
        self._context: Any = multiprocessing.get_context(method)
        self._forked = method == "fork"
        self._workers: list[_Worker] = []
        self._again: deque[_Task] = deque()
        self._done: dict[int, Any] = {}

    def hire(self) -> None:
        """Start another process."""
        ours, theirs = self._context.Pipe()
        inherited = [*(one.connection for one in self._workers), ours] if self._forked else []
        process = self._context.Process(target=_serve, args=(theirs, self._work, inherited), daemon=True)
        self._workers.append(_Worker(process, ours))  # who stops now, stops this one, too
        with _undisturbed():  # until it has its own way of ending, or it would end like the command
            process.start()
        theirs.close()

    def results(self, tasks: Iterator[_Task], meanwhile: Callable[[], object] | None) -> Iterator[Any]:
        """The results, in order."""
        number = 0
        while True:
            self._hand_out(tasks, number)
            if meanwhile:
                meanwhile()
                meanwhile = None
            if number in self._done:
                yield self._done.pop(number)
                number += 1
            elif any(one.tasks for one in self._workers):
                self._listen()
            else:
                return

    def _hand_out(self, tasks: Iterator[_Task], number: int) -> None:
        """Give tasks to the processes that have room for them, the idlest first."""
        for room in range(1, _QUEUED + 1):
            for worker in list(self._workers):
                if len(worker.tasks) < room and (task := self._next(tasks, number)):
                    worker.tasks.append(task)
                    try:
                        worker.connection.send((task.number, task.content, task.deaths > 0))
                    except OSError:  # it is dead
                        self._replace(worker)

    def _next(self, tasks: Iterator[_Task], number: int) -> _Task | None:
        if self._again:
            return self._again.popleft()
        under_way = len(self._done) + sum(len(one.tasks) for one in self._workers)
        return next(tasks, None) if under_way < _AHEAD * len(self._workers) else None

    def _listen(self) -> None:
        """Wait until a process says something, or it is time to look whether somebody wants to stop."""
        heard = wait([one.connection for one in self._workers if one.tasks], _LOOK_UP)
        for worker in [one for one in self._workers if one.connection in heard]:
            try:
                number, sound, answer = worker.connection.recv()
            except (EOFError, OSError):
                self._replace(worker)
                continue
            if number is None:
                worker.noted = answer
            elif sound:
                worker.tasks.popleft()
                self._done[number] = answer
            else:
                raise answer

    def _replace(self, worker: _Worker) -> None:
        """Start a process instead of one that died; a task of which two have died is a CorpusError."""
        worker.process.join()
        self._workers.remove(worker)
        worker.connection.close()
        blamed = worker.tasks[0]
        blamed.deaths += 1
        if blamed.deaths > 1:
            raise CorpusError(
                f"{worker.noted or 'a document'}: the process that worked on it was ended twice "
                f"({_cause(worker.process.exitcode)}); use fewer --workers if memory is short, or leave it "
                "out"
            )
        self._again.extend(worker.tasks)
        self.hire()

    def dismiss(self) -> None:
        """End all processes."""
        started = [one for one in self._workers if one.process.pid]
        for worker in self._workers:
            worker.connection.close()
        for worker in started:
            worker.process.terminate()
        for worker in started:
            worker.process.join(_PATIENCE)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()


def _stops() -> list[signal.Signals]:
    """The signals that end a command, as far as the system has them; Ctrl-C first."""
    return [signal.Signals[name] for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold signals back, here and in a process that is started meanwhile."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _stops())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _cause(code: int | None) -> str:
    return signal.Signals(-code).name if code and code < 0 else f"exit code {code}"


def _serve(connection: Connection, work: Work[Any, Any], inherited: Sequence[Connection]) -> None:
    """What a process does until nobody is there any more to give it tasks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is meant for the command, which ends its processes
    for stop in _stops()[1:]:
        signal.signal(stop, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _stops())
    for other in inherited:  # or nobody would notice that the command is gone
        other.close()
    tasks: SimpleQueue[tuple[int, Any, bool]] = SimpleQueue()
    Thread(target=_receive, args=(connection, tasks), daemon=True).start()
    while True:
        number, content, careful = tasks.get()
        note = (lambda name: connection.send((None, True, name))) if careful else str
        try:
            answer = (number, True, work(content, note))
        except Exception as error:  # noqa: BLE001 (whatever it is, it is raised again where it is handled)
            answer = (number, False, error)
        _answer(connection, answer)


def _receive(connection: Connection, tasks: SimpleQueue[tuple[int, Any, bool]]) -> None:
    try:
        while True:
            tasks.put(connection.recv())
    except (EOFError, OSError):
        os._exit(0)  # the command has ended, or does not want anything any more


def _answer(connection: Connection, answer: tuple[int, bool, Any]) -> None:
    try:
        connection.send(answer)
    except (PicklingError, TypeError, AttributeError) as error:
        connection.send((answer[0], False, RuntimeError(f"{answer[2]!r}: {error}")))
    except OSError:
        os._exit(0)
