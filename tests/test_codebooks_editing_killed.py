"""A codebook outlives whatever stops its edit: kill -9 at any moment, other commands, a full disk."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rubricate.codebooks.editing.codes import add_code
from rubricate.codebooks.editing.editing import edit_codebook, states_of, undo
from rubricate.codebooks.editing.errors import EditError
from rubricate.codebooks.editing.replacing import held
from tests.command import contents, environment, line

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs signals and locks of Unix")

BEFORE = "codes:\n  a: {terms: [war]}  # first\n"

DIES = """
# Makes an edit again and again, each time in a new copy of this folder and in a process that is killed at the
# next of the moments at which it touches a file, until it is not killed any more.
import os, shutil, signal, sys
from pathlib import Path
from rubricate.codebooks.editing.codes import add_code
from rubricate.codebooks.editing.editing import edit_codebook

here = Path.cwd()

def die_at(moment):
    def hook(event, args):
        nonlocal moment
        touches = event in ("os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.copymode")
        if touches or (event == "open" and isinstance(args[1], str) and args[1] not in ("r", "rb")):
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
        edit_codebook("codebook.yaml", lambda draft, _: add_code(draft, "b", {"terms": ["x"]}), why="w")
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    Path("codebook.yaml").write_text(BEFORE)
    return home


def add(name):
    return edit_codebook("codebook.yaml", lambda draft, _: add_code(draft, name, {"terms": [f"t{name}"]}))


def history():
    return [(state.what, state.content()) for state in states_of("codebook.yaml") if state.folder.is_dir()]


@pytest.mark.parametrize("how", ["never edited", "edited by hand"])
def test_a_codebook_whose_edit_was_killed_at_any_moment_is_as_before_or_as_behind(home, monkeypatch, how):
    if how == "edited by hand":
        add("c")
        Path("codebook.yaml").write_text(BEFORE)
    subprocess.run(
        [sys.executable, "-c", DIES], check=True, env=environment(PYTHONPATH=str(Path(__file__).parents[1]))
    )
    copies = sorted((home.parent / "copies").iterdir(), key=lambda path: int(path.name))
    monkeypatch.chdir(copies.pop())
    behind = Path("codebook.yaml").read_text()
    assert behind == BEFORE + "  b:\n    terms:\n      - x\n"
    whole = history()
    assert len(copies) >= 6
    seen = set()
    for copy in copies:
        monkeypatch.chdir(copy)
        found = Path("codebook.yaml").read_text()
        assert found in (BEFORE, behind)
        seen.add(found)
        if found == BEFORE:
            edit_codebook("codebook.yaml", lambda draft, _: add_code(draft, "b", {"terms": ["x"]}), why="w")
        assert history() == whole
        assert not [name for name in contents(copy) if "/." in name or name.startswith(".")]
        undo("codebook.yaml")
        assert Path("codebook.yaml").read_text() == BEFORE
    assert seen == {BEFORE, behind}


def test_an_edit_by_hand_behind_a_killed_one_does_not_hide_it(home):
    """Killed between the file and its state: the state is kept although the file is another one by now."""
    add("b")
    states = sorted(Path("history").iterdir(), key=lambda path: int(path.name.split("-")[0]))
    states[-1].rename("history/.ready")
    after = Path("codebook.yaml").read_text()
    Path("codebook.yaml").write_text(f"{after}# mine\n")
    assert [state.what for state in states_of("codebook.yaml")] == [
        "found as it is",
        "added b",
        "edited by hand",
    ]
    undo("codebook.yaml")
    assert Path("codebook.yaml").read_text() == after


def test_a_hidden_folder_without_a_state_does_not_hinder_anybody(home):
    add("b")
    Path("history/.ready").mkdir()
    assert [state.what for state in states_of("codebook.yaml")] == ["found as it is", "added b"]
    assert not Path("history/.ready").exists()


def test_edits_at_the_same_time_are_all_made(home):
    started = [
        subprocess.Popen(
            line("codebook", "add", f"n{number}", "--term", f"t{number}"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for number in range(4)
    ]
    for process in started:
        out, err = process.communicate()
        assert (process.returncode, err) == (0, b""), out
    assert {f"n{number}:" in Path("codebook.yaml").read_text() for number in range(4)} == {True}
    assert [state.number for state in states_of("codebook.yaml")] == [1, 2, 3, 4, 5]


def test_a_file_that_an_editor_saved_meanwhile_is_left_as_it_was_saved(home):
    with held("codebook.yaml") as codebook:
        Path("codebook.yaml").write_text("# saved\n")
        with pytest.raises(EditError, match="changed by another program"):
            codebook.replace(b"mine", "an edit")
    assert Path("codebook.yaml").read_text() == "# saved\n"
    assert not [name for name in contents(home) if "/." in name or name.startswith(".")]


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everything")
def test_a_codebook_that_may_not_be_written_is_left(home):
    Path("codebook.yaml").chmod(0o444)
    with pytest.raises(EditError, match="cannot be written"):
        add("b")
    assert contents(home) == {"codebook.yaml": BEFORE.encode()}


def test_a_full_disk_leaves_the_codebook_as_it_was(home):
    limited = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20));"
    limited += "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
    limited += "sys.argv = ['rubricate', 'codebook', 'add', 'b', '--term', 'x'];"
    limited += "from rubricate.cli import main; main()"
    result = subprocess.run([sys.executable, "-c", limited], capture_output=True, text=True)
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1
    assert contents(home) == {"codebook.yaml": BEFORE.encode()}


def test_a_link_to_a_codebook_stays_a_link_and_its_permissions_stay(home):
    Path("codebook.yaml").chmod(0o640)
    Path("link.yaml").symlink_to("codebook.yaml")
    edit_codebook("link.yaml", lambda draft, _: add_code(draft, "b", {"terms": ["x"]}))
    assert Path("link.yaml").is_symlink()
    assert Path("codebook.yaml").stat().st_mode & 0o777 == 0o640
    assert "b:" in Path("codebook.yaml").read_text()


def test_a_damaged_state_is_said_and_nothing_is_written(home):
    add("b")
    first = min(Path("history").iterdir(), key=lambda path: int(path.name.split("-")[0]))
    (first / "codebook.yaml").write_text("something else")
    with pytest.raises(EditError, match="is damaged"):
        undo("codebook.yaml")
    (first / "change.json").write_text(json.dumps({"what": "nothing"}))
    with pytest.raises(EditError, match=r"change.json: is damaged"):
        states_of("codebook.yaml")


@pytest.mark.parametrize(
    "record",
    [
        {"time": 5},
        {"what": None},
        {"sha256": ["x"]},
        {"sha256": "0" * 64},
        {"restored": "1"},
        {"restored": True},
        {"restored": 1},
        {"restored": 2},
        {"restored": -1},
    ],
)
def test_a_state_whose_record_cannot_be_is_damaged_and_nothing_waits_for_it(home, record):
    add("b")
    change = next(Path("history").glob("1-*/change.json"))
    change.write_text(json.dumps({**json.loads(change.read_text()), **record}))
    for verb in (states_of, undo):
        with pytest.raises(EditError, match=r"change.json: is damaged"):
            verb("codebook.yaml")


def test_a_record_that_is_nested_without_end_is_damaged(home):
    add("b")
    next(Path("history").glob("1-*/change.json")).write_text("[" * 100_000)
    with pytest.raises(EditError, match=r"change.json: is damaged"):
        states_of("codebook.yaml")


def test_files_that_a_file_manager_leaves_in_the_history_do_no_harm(home):
    add("b")
    for folder in ("history", *Path("history").glob("[0-9]*")):
        (Path(folder) / ".DS_Store").write_text("Finder")
        (Path(folder) / "Thumbs.db").write_text("Explorer")
    undo("codebook.yaml")
    assert Path("codebook.yaml").read_text() == BEFORE
