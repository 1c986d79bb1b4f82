"""True processes: interrupted, killed, read by half, and watched at a terminal."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.command import command, contents, environment, line

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs signals and terminals of Unix")


def start(*arguments):
    return subprocess.Popen(
        line("apply", "codebook.yaml", *arguments, "--out", "out"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def hidden(folder):
    return [path for path in folder.iterdir() if path.name.startswith(".out.")]


def wait_for_writing(process, folder):
    deadline = time.monotonic() + 60
    while not hidden(folder):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.005)


STOPPED = "stopped; nothing half-written is left\n"
STOPS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


def pairs(some, others):
    """Every pair; in the fast suite only as many as show each of ``some`` and of ``others`` once."""
    quick = {(some[n % len(some)], others[n % len(others)]) for n in range(max(len(some), len(others)))}
    return [
        pytest.param(one, other, marks=[] if (one, other) in quick else pytest.mark.slow)
        for one in some
        for other in others
    ]


@pytest.mark.parametrize(("times", "number"), pairs([1, 5], STOPS))
def test_a_stop_is_one_line_and_leaves_nothing_however_often_it_is_asked_for(study, number, times):
    before = contents(study)
    process = start("texts", "-")  # waits for its standard input
    wait_for_writing(process, study)
    for _ in range(times):
        process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (128 + number, "", STOPPED)
    assert contents(study) == before


def test_what_nohup_keeps_away_stays_away(study):
    before = contents(study)
    process = subprocess.Popen(
        ["nohup", *line("apply", "codebook.yaml", "texts", "-", "--out", "out")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_for_writing(process, study)
    process.send_signal(signal.SIGHUP)
    _, err = process.communicate("War.", timeout=60)
    assert (process.returncode, err) == (0, "")
    assert contents(study).keys() > before.keys()


STOPS_ITSELF = """
import os, signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "{name}":
            os.kill(os.getpid(), {number})
sys.meta_path.insert(0, Finder())
import rubricate.cli
sys.argv = ["rubricate", "apply", "codebook.yaml", "texts", "--out", "out"]
rubricate.cli.main()
"""


LIBRARIES = ["typer", "rubricate.codebooks", "rubricate.job", "numpy", "pandas"]


@pytest.mark.parametrize(("name", "number"), pairs(LIBRARIES, STOPS))
def test_a_stop_while_libraries_are_imported_is_one_line(study, number, name):
    before = contents(study)
    script = STOPS_ITSELF.format(name=name, number=int(number))
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (128 + number, STOPPED)
    after = contents(study)
    assert [path for path in after if path not in before and not path.startswith("out")] == []
    assert not hidden(study)


def test_what_a_killed_run_leaves_is_cleared_away_by_the_next(study):
    process = start("texts", "-")
    wait_for_writing(process, study)
    process.kill()
    process.communicate(timeout=60)
    assert len(hidden(study)) == 1
    assert command("apply", "codebook.yaml", "texts", "--out", "out").returncode == 0
    assert hidden(study) == []
    assert (study / "out/tables.json").exists()


def test_two_runs_into_one_folder_do_not_disturb_each_other(study):
    process = start("texts", "-")
    wait_for_writing(process, study)
    assert command("apply", "codebook.yaml", "texts", "--out", "out").returncode == 0
    assert len(hidden(study)) == 1
    _, err = process.communicate("War.", timeout=60)
    assert (process.returncode, err) == (0, "")
    assert hidden(study) == []
    assert "stdin" in (study / "out/documents.csv").read_text()


@pytest.mark.slow
@pytest.mark.parametrize("number", [*STOPS, signal.SIGKILL])
def test_an_end_at_any_moment_leaves_the_earlier_result_or_a_whole_new_one(study, number):
    assert command("apply", "codebook.yaml", "texts", "--out", "out").returncode == 0
    earlier = contents(study / "out")
    for index in range(20):
        (study / "texts" / f"{index:03}.txt").write_text(f"War {index} and sanctions again.\n\n" * 4000)
    begun = time.monotonic()
    assert command("apply", "codebook.yaml", "texts", "--out", "whole").returncode == 0
    takes = time.monotonic() - begun
    whole = contents(study / "whole")
    for moment in range(8):
        process = start("texts")
        time.sleep(takes * (moment + 1) / 8)
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
        assert contents(study / "out") in (earlier, whole), err
        if number != signal.SIGKILL:
            assert hidden(study) == []
            assert "Traceback" not in err or takes * moment / 8 < 0.5  # Python itself was still starting
    assert command("apply", "codebook.yaml", "texts", "--out", "out").returncode == 0
    assert contents(study / "out") == whole
    assert hidden(study) == []


@pytest.mark.parametrize("arguments", ["apply codebook.yaml texts --out out", "codebook check", "--help"])
def test_a_reader_that_goes_away_is_no_failure(study, arguments):
    told = "" if arguments == "--help" else command(*arguments.split()).stderr
    reading, writing = os.pipe()
    os.close(reading)
    result = subprocess.run(line(*arguments.split()), stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(writing)
    assert result.stderr == told
    assert result.returncode == (1 if arguments == "--help" else 0)


PATIENT = """
import sys
import rubricate.cli.progress
rubricate.cli.progress.PATIENCE = float(sys.argv.pop(1))
rubricate.cli.main()
"""


def at_a_terminal(patience):
    """A command that waits for its standard input; its stderr is a terminal, whose other end is ours."""
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", PATIENT, patience, *line("apply", "codebook.yaml", "-", "--out", "out")[3:]],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=environment(TERM="xterm"),
    )
    os.close(theirs)
    return process, ours


def read_all(terminal):
    shown = b""
    try:
        while chunk := os.read(terminal, 4096):
            shown += chunk
    except OSError:  # Linux's way to say that the other end is closed
        pass
    os.close(terminal)
    return shown


def test_a_short_run_shows_no_bar(study):
    process, terminal = at_a_terminal("60")
    out, _ = process.communicate(b"War.", timeout=60)
    assert read_all(terminal) == b""
    assert b"Analysed: 1 document, " in out


def test_a_longer_run_shows_a_bar_and_takes_it_away(study):
    process, terminal = at_a_terminal("0.1")
    shown = b""
    while b"documents" not in shown:
        shown += os.read(terminal, 4096)
    out, _ = process.communicate(b"War.", timeout=60)
    assert read_all(terminal).endswith(b"\x1b[2K")  # the line is empty again
    assert b"reading" in shown
    assert b"Analysed: 1 document, " in out
