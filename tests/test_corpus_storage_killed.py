"""A study outlives whatever stops a command: kill -9 at any moment, Ctrl-C, a full disk, another command."""

import errno
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.storage.adding import refresh
from rubricate.corpus.storage.comparing import compare_sources
from rubricate.corpus.storage.replacing import changing, replacing, settled
from tests.command import command, contents, environment, line
from tests.studies import (
    TEXTS,
    WORKS,
    add,
    change,
    documents,
    names,
    new_study,
    sha256,
    stamps,
    texts,
    touch,
    write,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs signals and locks of Unix")

DIES = """
# Does a work again and again, each time in a new copy of this folder and in a process that is killed at the
# next of the moments at which it touches the study, until it is not killed any more.
import os, shutil, signal, sys
from pathlib import Path
import pyarrow.parquet
from rubricate.corpus.readers import plain_text, rows
from tests.studies import WORKS

work = WORKS[sys.argv[1]]
events = ("os.rename", "open", "os.mkdir", "os.remove", "os.rmdir")
here = Path.cwd()

def die_at(moment):
    def hook(event, args):
        nonlocal moment
        if event in events and "study" in str(args[0]) and not (event == "open" and args[1] in ("r", "rb")):
            moment -= 1
            if not moment:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hook)

for moment in range(1, 1000):
    copy = here.parent / "copies" / str(moment)
    shutil.copytree(here, copy)
    child = os.fork()
    if not child:
        os.chdir(copy)
        die_at(moment)
        work(Path("study"))
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
"""


@pytest.fixture
def study(tmp_path, monkeypatch):
    """A study of two texts and a table, all of which were changed since."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    write({**TEXTS, "t.csv": "id,text\nx,War.\ny,Peace.\n"})
    return new_study()


def state(study):
    """What a study holds for those who read it."""
    return [documents(study), compare_sources(study), contents(study / "sources")]


@pytest.mark.slow
@pytest.mark.parametrize("work", WORKS)
def test_a_study_that_was_killed_at_any_moment_is_as_before_or_as_behind(study, monkeypatch, work):
    if work != "a first addition":
        add(study, "texts", "t.csv")
    if work == "a refresh":
        write({"t.csv": "id,text\nx,Embargo.\nz,Talks.\n"})
        touch("t.csv")
        change("texts/a.txt", "Sanctions at last.")
    before, home = state(study), Path.cwd()
    arguments = [sys.executable, "-c", DIES, work]
    subprocess.run(arguments, check=True, env=environment(PYTHONPATH=str(Path(__file__).parents[1])))
    copies = sorted((home.parent / "copies").iterdir(), key=lambda path: int(path.name))
    monkeypatch.chdir(copies.pop())
    behind = state(study)
    assert behind != before
    assert len(copies) >= 6
    for copy in copies:
        monkeypatch.chdir(copy)
        found = state(study)
        assert found in (before, behind)
        assert not (study / "corpus/.ready").exists()
        if found == before:
            WORKS[work](study)
        assert state(study) == behind
        with changing(study), replacing(study):
            pass
        assert not [name for name in names(study) if "/." in name]


@pytest.fixture
def large(study):
    """The study, and a table that takes a while."""
    row = "The Council talked about sanctions, an embargo and war. " * 20
    write({"big.csv": "id,text\n" + "".join(f'd{number},"{row}{number}"\n' for number in range(6000))})
    add(study, "texts")
    return study


def start(*arguments):
    return subprocess.Popen(
        line(*arguments), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def wait_for(path, process):
    deadline = time.monotonic() + 60
    while not path.exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.mark.slow
def test_a_command_that_is_killed_at_any_time_can_be_given_again(large):
    before = state(large)
    for wait in [0.0, 0.4, 0.9, 1.6]:
        process = start("corpus", "add", "--study", "study", "big.csv")
        wait_for(large / "corpus/.new", process)
        time.sleep(wait)
        process.kill()
        process.communicate()
        if process.returncode != -signal.SIGKILL:
            break
        if state(large) == before:
            for arguments in (["list"], ["show"], ["check"], ["compare"], ["compare", "a"]):
                assert command("corpus", *arguments, "--study", "study").returncode == 0
    assert command("corpus", "add", "--study", "study", "big.csv").returncode == 0
    assert len(documents(large)) == 6002
    assert not [name for name in names(large) if "/." in name]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_command_that_is_stopped_leaves_all_as_it_was(large, number):
    before = contents(large)
    process = start("corpus", "add", "--study", "study", "big.csv")
    wait_for(large / "corpus/.new", process)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (
        128 + number,
        "",
        "stopped; nothing half-written is left\n",
    )
    assert contents(large) == before


FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
from rubricate.cli import main
sys.argv = ["rubricate", *sys.argv[2:]]
main()
"""


@pytest.mark.parametrize("most", [100, 2000, 6000])
def test_a_full_disk_leaves_all_as_it_was(study, most):
    add(study, "texts")
    write({"texts/long.txt": "".join(f"No war {number}.\n\n" for number in range(3000))})
    before = contents(study)
    arguments = [str(most), "corpus", "add", "--study", "study", "texts", "--language", "en"]
    result = subprocess.run([sys.executable, "-c", FULL, *arguments], capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == (
        "study/corpus: cannot be written: file too large; see that there is room and that you may write "
        "there, then give the command again\n"
    )
    assert contents(study) == before


# Several commands at once -------------------------------------------------------------------------------


def test_only_one_command_at_a_time_changes_a_study(study):
    add(study, "texts")
    told = "study: another rubricate command is changing this study; wait until that has ended\n"
    with changing(study):
        for arguments in (
            ["add", "t.csv"],
            ["remove", "a"],
            ["correct", "a#p1", "part", "body", "--reason", "x"],
        ):
            result = command("corpus", *arguments, "--study", "study")
            assert (result.returncode, result.stdout, result.stderr) == (1, "", told)
        for arguments in (["list"], ["compare"]):
            assert command("corpus", *arguments, "--study", "study").returncode == 0
    assert command("corpus", "add", "--study", "study", "t.csv").returncode == 0


def test_who_reads_waits_while_files_are_moved_into_place(study):
    add(study, "texts")
    with settled(study):
        process = start("corpus", "list", "--study", "study")
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=1.5)
    out, _ = process.communicate(timeout=60)
    assert (process.returncode, out.splitlines()[-1]) == (0, "2 documents, 0 variables")


def test_who_reads_does_not_see_what_is_changed_meanwhile(study):
    from rubricate.corpus.storage.stored import Store

    add(study, "texts")
    with Store(study) as store:
        reading = store.documents()
        change("texts/b.txt", "Peace.")
        assert refresh(study).changed == ("b",)
        assert [document.text for document in reading] == list(TEXTS.values())
    assert texts(study)["b"] == "Peace."


@pytest.mark.parametrize("failure", [OSError(errno.ENOLCK, "No locks available"), OSError(errno.EBADF, "")])
def test_a_disk_without_locks_does_without(study, monkeypatch, failure):
    import fcntl

    def fail(*_):
        raise failure

    monkeypatch.setattr(fcntl, "flock", fail)
    assert add(study, "texts").new == ("a", "b")


# Replacing ----------------------------------------------------------------------------------------------


def test_a_failure_while_files_are_replaced_leaves_all_as_it_was(study):
    add(study, "texts")
    before = stamps(study)

    def fail(failure):
        with replacing(study) as new:
            write({new / "corpus/corpus.json": "{}", new / "sources/a.txt": "War."})
            raise failure

    for failure in (CorpusError("no"), KeyboardInterrupt()):
        with pytest.raises(type(failure)):
            fail(failure)
    assert stamps(study) == before


def test_what_a_killed_command_left_is_cleared_away(study):
    write({"study/corpus/.new/corpus/documents.parquet": "half"})
    add(study, "texts")
    assert not (study / "corpus/.new").exists()


def test_files_that_cannot_be_moved_into_place_are_told(study):
    add(study, "texts")
    write({"study/corpus/.ready/sources/a.txt/x.txt": "War."})
    before = contents(study)
    with pytest.raises(
        CorpusError,
        match=r"^study/corpus: cannot be written: (not a directory|file exists); see that there is room",
    ):
        documents(study)
    assert contents(study) == before


def test_files_are_moved_to_another_disk_whole(study, monkeypatch):
    real = Path.replace

    def replace(path, place):
        if ".ready" in path.parts and "sources" in path.parts:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return real(path, place)

    monkeypatch.setattr(Path, "replace", replace)
    add(study, "texts")
    assert names(study / "sources") == ["a.txt", "b.txt"]
    assert compare_sources(study) == ([], 2)


def test_a_source_that_changes_while_it_is_read_is_told(study, monkeypatch):
    from rubricate.corpus.storage import incoming

    def make_documents(sources, changes):
        for document in made(sources, changes):
            Path("texts/b.txt").write_text("Something else.")
            yield document

    made = incoming.make_documents
    before = contents(study)
    monkeypatch.setattr(incoming, "make_documents", make_documents)
    with pytest.raises(CorpusError, match=r"^texts/b.txt: was changed while it was read; add it again$"):
        add(study, "texts")
    assert contents(study) == before


def test_a_file_that_is_gone_before_it_is_looked_at_is_skipped(study, monkeypatch):
    from rubricate.corpus.storage import finding

    def find_sources(*arguments, **options):
        found = real(*arguments, **options)
        Path("texts/b.txt").unlink()
        return found

    real = finding.find_sources
    monkeypatch.setattr(finding, "find_sources", find_sources)
    added = add(study, "texts")
    assert (added.new, [skip.reason for skip in added.skipped]) == (
        ("a",),
        ["cannot be read: no such file or directory"],
    )
    assert json.loads((study / "corpus/corpus.json").read_text())["sha256"] == sha256(study)
