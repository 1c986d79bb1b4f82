"""Studies that were moved, that may only be read, or that another version of rubricate wrote."""

import json
import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from rubricate.coding.passes import pass_id
from rubricate.coding.settings import ENGINE
from rubricate.corpus.storage.stored import Store
from tests.command import as_nobody, contents, rubricate

CODEBOOK = "codes: {war: {terms: [war], examples: [{text: War came.}]}, oil: {terms: [oil]}}"
TEXTS = {
    "a": "War came to the harbour, and the oil of the harbour burnt all night. No war was near.\n",
    "b": "War came to the harbour, and the oil of the harbour burnt all night. Peace.\n",
}
READING = (
    *("passes list", "passes list --json", "passes show 1", "passes compare 1 2", "passes replay 2"),
    *("report frequency", "report passages --json", "report segments --negated drop", "explain a#p1"),
    *("corpus list", "corpus show --document a", "corpus compare a", "corpus check"),
    *("codebook show", "codebook test", "codebook history"),
)


@pytest.fixture(scope="module")
def made():
    """A study with two passes, in a folder that everybody may enter; no test changes it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "texts").mkdir()
        for title, text in TEXTS.items():
            (folder / "texts" / f"{title}.txt").write_text(text)
        there = ("--study", folder / "study")
        rubricate("init", folder / "study")
        (folder / "study/codebook.yaml").write_text(CODEBOOK)
        for command in (["corpus", "add", folder / "texts"], ["apply"], ["apply", "--unit", "sentence"]):
            assert rubricate(*command, *there).exit_code == 0
        yield folder


@pytest.fixture
def study(made, monkeypatch):
    """A copy of it, in which the test runs."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        study = shutil.copytree(made / "study", Path(name) / "study")
        shutil.copytree(made / "texts", Path(name) / "texts")
        monkeypatch.chdir(study)
        yield study
        monkeypatch.undo()


def told(*commands):
    """What each command says, which must end well."""
    said = {}
    for command in commands:
        result = rubricate(*command.split())
        assert (command, result.exit_code, result.stderr) == (command, 0, "")
        said[command] = result.stdout
    return said


def one_line(command):
    result = rubricate(*command.split())
    assert (command, result.exit_code, result.stderr.count("\n")) == (command, 1, 1)
    return result.stderr


@contextmanager
def without_rights(study):
    """Nobody may write in the study."""
    for path in (study, *study.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    with as_nobody():
        yield "permission denied"
    for path in (study, *study.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


@contextmanager
def on_a_disk_for_reading(study):
    """The study lies on a disk that is mounted for reading only."""
    if os.geteuid() != 0 or subprocess.run(["mount", "--bind", study, study], stderr=-3).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", study], check=True)
        os.chdir(study)  # as it is mounted now
        yield "read-only file system"
    finally:
        os.chdir(study.parent)
        subprocess.run(["umount", study], check=True)
        os.chdir(study)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs rights of Unix")
@pytest.mark.parametrize("held", [without_rights, on_a_disk_for_reading])
@pytest.mark.parametrize("cached", [True, False])
def test_every_reading_command_works_where_nothing_can_be_written(study, held, cached):
    if not cached:
        shutil.rmtree(study / ".rubricate-cache")
    before = told(*READING)
    rubricate("export", "--out", "../before")
    if not cached:
        shutil.rmtree(study / ".rubricate-cache", ignore_errors=True)
    files, out = contents(study), Path(tempfile.mkdtemp())
    out.chmod(0o777)
    with held(study) as why:
        assert told(*READING) == before
        assert rubricate("export", "--out", out / "e").exit_code == 0
        apply = one_line("apply")
        assert one_line("export --out e").startswith("e: cannot be written")
    assert apply == (
        f"passes: cannot be written: {why}; passes are kept in their study: copy that to where you may "
        "write\n"
    )
    assert contents(study) == files
    assert contents(out / "e") == contents(study.parent / "before")
    shutil.rmtree(out)


def test_a_study_that_was_moved_says_the_same(study, monkeypatch):
    before = told(*READING)
    monkeypatch.chdir(study.parent)
    (study.parent / "far").mkdir()
    study.rename("far/elsewhere")
    monkeypatch.chdir("far/elsewhere")
    assert told(*READING) == before
    result = rubricate("apply")
    assert "which was there already: nothing has changed since" in result.stdout


def test_words_that_another_version_stored_are_read_from_the_texts_again(study):
    before = told(*READING)
    path = study / "corpus/vocabulary.parquet"
    pq.write_table(
        pq.read_table(path).replace_schema_metadata({b"rubricate": b"0, Unicode 9, simplemma 0"}), path
    )
    shutil.rmtree(study / ".rubricate-cache")
    with Store(study) as store:
        assert not store.worded
    assert told(*READING) == before
    assert "which was there already" in rubricate("apply").stdout


def rewrite(study, change):
    """Pass 1 as another version would have written it."""
    (path,) = study.glob("passes/1-*/pass.json")
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content | {"pass": pass_id(content)}))
    return path.parent.name


SHOWING = ("passes list", "passes show 1", "passes compare 1 2")
REPORTING = ("report frequency --pass 1", "export --out ../e --pass 1")


def test_of_a_pass_of_another_engine_a_replay_says_so_and_no_table_is_made(study):
    name = rewrite(study, lambda content: content.update(engine=99))
    told(*SHOWING)
    result = rubricate("passes", "replay", "1")
    assert (result.exit_code, result.stdout) == (
        1,
        f"{name}: not the same.\n  engine was 99 and is {ENGINE}\n",
    )
    for command in REPORTING:
        assert one_line(command).startswith(
            f"{name}: was made by a version of rubricate that counts otherwise"
        )


@pytest.mark.parametrize("library", ["simplemma", "unicode", "google-re2"])
def test_a_replay_says_which_library_was_another(study, library):
    name = rewrite(study, lambda content: content["versions"].update({library: "0.1"}))
    result = rubricate("passes", "replay", "1")
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{name}: not the same.\n  versions.{library} was 0.1 and is ")
    for command in REPORTING:
        result = rubricate(*command.split())
        assert result.exit_code == 0
        assert ("told apart by Unicode 0.1" in result.stderr) == (library == "unicode")
        assert result.stderr.count("\n") == (library == "unicode")


@pytest.mark.parametrize(
    ("name", "value"), [("where", "x"), ("unit", "page"), ("parts", ["body", "sidebar"]), ("hedged", "weigh")]
)
def test_settings_of_another_version_are_told_and_the_pass_is_shown_for_all_that(study, name, value):
    rewrite(study, lambda content: content["settings"].update({name: value}))
    told(*SHOWING)
    for command in ("passes replay 1", *REPORTING):
        assert "with settings that this one does not know; install that version for it" in one_line(command)


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.update(settings=None),
        lambda content: content.update(corpus={"hash": "x"}),
        lambda content: content.update(codebook={"sha256": "x"}),
        lambda content: content.update(versions=["simplemma"]),
    ],
)
def test_a_record_of_another_version_is_one_line_and_the_other_passes_are_listed(study, change):
    name = rewrite(study, change)
    line = (
        f"passes/{name}: was made by another version of rubricate, whose records this one cannot read; "
        "install that version for it\n"
    )
    for command in ("passes show 1", "passes compare 1 2", "passes replay 1", *REPORTING):
        assert one_line(command) == line
    result = rubricate("passes", "list")
    assert (result.exit_code, result.stderr) == (1, line)
    assert [row.split("-")[0] for row in result.stdout.splitlines()[1:]] == ["2"]


def test_files_of_another_version_of_the_study_are_one_line(study):
    sources = study / "corpus/sources.json"
    content = json.loads(sources.read_text())
    before = sources.read_text()
    for key in ("hows", "files"):
        rows = [row | {"colour": "red"} for row in content[key]]
        sources.write_text(json.dumps(content | {key: rows}))
        for command in ("apply", "report parts", "corpus list", "explain a"):
            assert one_line(command) == (
                "corpus/sources.json: was written by another version of rubricate; add the sources to a new "
                "study\n"
            )
    sources.write_text(before)
    table = pq.read_table(study / "corpus/documents.parquet")
    pq.write_table(table.drop_columns(["hash"]), study / "corpus/documents.parquet")
    assert one_line("apply").startswith("corpus: its tables are damaged; ")
    told("passes list")
    (study / "study.toml").write_text('name = "s"\n[where]\na = 1\n')
    assert one_line("passes list").startswith("study.toml:2: 'where' is not known; there are ")
