"""Commands that make passes of one study at the same time: each pass has a number of its own."""

import json
import os
import subprocess
import time

import pytest

from tests.command import line, rubricate

fcntl = pytest.importorskip("fcntl", reason="no locks on this system")

TEXT = "The sanctions hurt. No war was near.\n\nWar came.\n"


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT)
    rubricate("init", "study")
    monkeypatch.chdir("study")
    (tmp_path / "study/codebook.yaml").write_text("codes: {war: {terms: [war]}}")
    assert rubricate("corpus", "add", "../a.txt").exit_code == 0
    return tmp_path / "study"


def start(*arguments):
    return subprocess.Popen(
        line("apply", *arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def ended(process):
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    return out.splitlines()[-1]


def numbers(study):
    return sorted(int(path.name.split("-")[0]) for path in (study / "passes").iterdir())


def test_passes_that_end_at_the_same_time_have_different_numbers(study):
    started = [start("--unit", unit) for unit in ("paragraph", "sentence", "item", "document")]
    told = {ended(process).split(":")[0] for process in started}
    assert numbers(study) == [1, 2, 3, 4]
    assert told == {f"Pass {path.name}" for path in (study / "passes").iterdir()}


def test_the_same_pass_made_twice_at_the_same_time_is_kept_once(study):
    told = [ended(process) for process in [start(), start()]]
    assert numbers(study) == [1]
    assert sorted("there already" in line for line in told) == [False, True]


def test_a_pass_takes_its_number_when_nobody_else_is_taking_one(study):
    """Another process has the lock and, holding it, puts a pass with the next number in place."""
    rubricate("apply", "--unit", "document")
    passes = study / "passes"
    (other,) = passes.iterdir()
    other.rename(study / "other")
    handle = os.open(passes, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    process = start()
    deadline = time.monotonic() + 60
    while not list(passes.glob(".*.new/codebook.yaml")):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.005)
    (study / "other").rename(other)
    os.close(handle)
    assert ended(process).startswith("Pass 2-")
    assert numbers(study) == [1, 2]
    record = json.loads(next(passes.glob("2-*/pass.json")).read_text())
    assert record["settings"]["unit"] == "paragraph"
