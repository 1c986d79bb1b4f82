"""Several processes: order, errors, deaths."""

import os
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from rubricate.corpus.errors import CorpusError
from rubricate.workers import in_order


def squared(number, note):
    time.sleep(0.02 if number % 3 == 0 else 0)
    return number * number


def refusing(number, note):
    if number == 2:
        raise CorpusError(f"{number}: no")
    return number


def dying(folder, times, number, note):
    """Die at 2, so many times."""
    note(f"document {number}")
    mark = Path(folder) / f"{number}-{len(list(Path(folder).glob(f'{number}-*')))}"
    if number == 2 and len(list(Path(folder).glob("2-*"))) < times:
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def unspeakable(number, note):
    return lambda: number


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_results_come_in_the_order_of_the_tasks(workers):
    assert list(in_order(squared, range(20), workers)) == [number * number for number in range(20)]


def test_nothing_to_do():
    assert list(in_order(squared, [], 2)) == []


def test_something_else_is_done_once_while_they_are_at_their_first_tasks():
    done = []
    results = in_order(squared, range(9), 2, meanwhile=lambda: done.append("now"))
    assert [next(results), *done] == [0, "now"]
    assert [*results, len(done)] == [1, 4, 9, 16, 25, 36, 49, 64, 1]


def test_processes_that_are_spawned_do_the_same():
    assert list(in_order(squared, range(3), 1, "spawn")) == [0, 1, 4]


def test_large_tasks_and_results_do_not_block_each_other():
    sizes = [len(one) for one in in_order(lambda text, note: text * 2, ["x" * 3_000_000] * 8, 2)]
    assert sizes == [6_000_000] * 8


def test_a_mistake_is_raised_where_it_is_handled():
    with pytest.raises(CorpusError, match=r"^2: no$"):
        list(in_order(refusing, range(9), 2))


def test_a_result_that_cannot_be_sent_is_an_error():
    with pytest.raises(RuntimeError, match="lambda"):
        list(in_order(unspeakable, [1], 1))


@pytest.mark.parametrize("workers", [1, 3])
def test_a_process_that_dies_is_retried_once(tmp_path, workers):
    assert list(in_order(partial(dying, tmp_path, 1), range(6), workers)) == list(range(6))


def test_who_dies_twice_is_reported_with_the_name_of_the_document(tmp_path):
    with pytest.raises(CorpusError) as error:
        list(in_order(partial(dying, tmp_path, 2), range(6), 2))
    assert str(error.value) == (
        "document 2: the process that worked on it was ended twice (SIGKILL); use fewer --workers if memory "
        "is short, or leave it out"
    )


def test_nobody_works_on_when_nobody_listens():
    results = in_order(lambda number, note: os.getpid(), range(99), 2)
    processes = {next(results) for _ in range(8)}
    results.close()
    for process in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
