"""Passes by several processes: the same bytes as by one, whatever is applied to what."""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rubricate import making
from rubricate.coding.settings import Settings
from rubricate.corpus.document import Document, Paragraph
from rubricate.corpus.storage.layout import CACHE
from rubricate.job import Job, run
from rubricate.study import Study
from rubricate.study_pass import PASSES, apply_in_study, replay_in_study
from tests.command import line
from tests.studies import new_study, stored, write

WAR = "codes: {war: {terms: [war]}, arms: {terms: [arms race, lemma: weapon], negated: drop}}"
OTHER = WAR.replace("[war]", "[war, peace]")
TEXTS = ["No war.", "An arms race? War!", "Weapons and war: “no arms race", "Peace."]


def texts(number):
    return f"{TEXTS[number % 4]} Number {number} of all the speeches that were ever held in this hall of war."


@pytest.fixture
def study(tmp_path, monkeypatch):
    """A study of nine documents in five row groups."""
    monkeypatch.chdir(tmp_path)
    folder = new_study()
    documents = [
        Document(f"d{number}", text, (Paragraph(0, len(text)),), language="en", variables={"n": str(number)})
        for number in range(9)
        for text in [texts(number)]
    ]
    stored(folder, documents).close()
    return folder


def everything(folder):
    return {path.name: path.read_bytes() for path in Path(folder).iterdir() if path.name != "run.json"}


def coded(study, codebook, workers, chosen=None):
    (study / "codebook.yaml").write_text(codebook)
    done = apply_in_study(Study(study, "s"), "", chosen or Settings(), out="out", workers=workers)
    return everything(done.folder.path), everything("out")


@pytest.mark.parametrize("chosen", [Settings(), Settings("sentence", duplicates="near", negated="drop")])
def test_a_pass_in_a_study_is_the_same_by_any_number_of_processes(study, chosen):
    found = []
    for workers in (1, 2, 4):
        shutil.rmtree(study / CACHE, ignore_errors=True)
        shutil.rmtree(study / PASSES, ignore_errors=True)
        full = coded(study, WAR, workers, chosen), coded(study, OTHER, workers, chosen)  # then what changed
        shutil.rmtree(study / CACHE)
        assert coded(study, OTHER, workers, chosen) == full[1]
        assert replay_in_study(Study(study, "s"), "", workers=workers)[1].identical
        found.append(full)
    assert found[0] == found[1] == found[2]


def applied(workers, **more):
    outcome = run(Job("codebook.yaml", ("texts", "t.csv"), "out", workers=workers, **more))
    return everything("out"), outcome.without_use, outcome.pass_id


def test_sources_give_the_same_by_any_number_of_processes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write({f"texts/{number}.txt": texts(number) for number in range(5)})
    write(
        {
            "codebook.yaml": WAR,
            "t.csv": "id,text,year\n" + "".join(f"t{n},{texts(n)},{n}\n" for n in range(3)),
        }
    )
    write({"r.csv": "document,before,after\nt1,hall of war,hall\nt2,never,ever\n", "texts/x.doc": "old"})
    monkeypatch.setattr(making, "_BATCH", 100)  # many tasks
    alone = applied(1, repairs="r.csv")
    assert len(alone[1]) == 1
    assert applied(2, repairs="r.csv") == applied(4, repairs="r.csv") == alone


def test_a_mistake_in_a_source_is_one_line_for_all_that(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write({"codebook.yaml": WAR, "t.csv": "id,text,language\na,War.,en\nb,War.,?\n"})
    result = subprocess.run(
        line("apply", "codebook.yaml", "t.csv", "--out", "out", "--workers", "2"),
        capture_output=True,
        text=True,
    )
    assert result.returncode == 1
    assert result.stderr == "document 'b': language is '?'; write a tag such as en, fa or pt-BR\n"
    assert not Path("out").exists()


def slow(number, note):
    time.sleep(60)


STOPPED = """
import signal, sys
from rubricate.workers import in_order
from tests.test_rubricate_workers import slow
import rubricate.cli.app, rubricate.cli.start
rubricate.cli.app.app = lambda: [print(one) for one in in_order(slow, range(4), 2)]
rubricate.cli.start.main()
"""


def children(process):
    found = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(child) for child in found]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_processes_end_with_the_command(number):
    process = subprocess.Popen(
        [sys.executable, "-c", STOPPED], stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]
    )
    deadline = time.monotonic() + 60
    while len(started := children(process)) < 2:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(number)
    _, told = process.communicate(timeout=60)
    assert told == ("" if number == signal.SIGKILL else "stopped; nothing half-written is left\n")
    while any(Path(f"/proc/{child}").exists() for child in started):
        assert time.monotonic() < deadline
        time.sleep(0.02)
