import hashlib
import json
import os
import shutil

import pytest

from rubricate.reports.columns import TABLES
from rubricate.reports.errors import ReportError
from rubricate.reports.folder import result_folder, write_bytes, write_manifest


def put(folder, text="new", name="a.csv"):
    with result_folder(folder) as new:
        write_bytes(new / name, text.encode())
        write_manifest(new, "pass-1", {name: TABLES["skipped"]})


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def out(tmp_path):
    put(tmp_path / "out", "old")
    return tmp_path / "out"


def test_a_result_appears_whole_and_nothing_stays_beside_it(tmp_path):
    put(tmp_path / "deep" / "out")
    assert names(tmp_path / "deep") == ["out"]
    assert names(tmp_path / "deep" / "out") == ["a.csv", "tables.json"]


def test_the_manifest_lists_every_file_with_hash_and_columns(out):
    listing = json.loads((out / "tables.json").read_text(encoding="utf-8"))
    assert listing["pass"] == "pass-1"
    (row,) = listing["files"]
    assert row["file"] == "a.csv"
    assert row["sha256"] == hashlib.sha256(b"old").hexdigest()
    assert row["columns"][0] == {
        "name": "file",
        "type": "text",
        "unit": "",
        "meaning": "input that was not read",
    }


def test_our_own_result_is_replaced_also_by_fewer_files(out):
    put(out, name="b.csv")
    assert names(out) == ["b.csv", "tables.json"]
    assert names(out.parent) == ["out"]


def test_an_empty_folder_and_what_file_browsers_leave_are_no_reason_to_refuse(tmp_path, out):
    (tmp_path / "empty").mkdir()
    put(tmp_path / "empty")
    (out / ".DS_Store").write_bytes(b"finder")
    put(out)
    assert (out / "a.csv").read_text() == "new"


def test_a_deleted_table_is_no_reason_to_refuse(out):
    (out / "a.csv").unlink()
    put(out)
    assert names(out) == ["a.csv", "tables.json"]


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("notes.txt", "mine", "holds notes.txt, which rubricate did not write"),
        ("a.csv", "edited by hand", "a.csv was changed after rubricate wrote it"),
        ("tables.json", "{}", "holds a.csv, which rubricate did not write"),
        ("tables.json", "not json", "holds a.csv, which rubricate did not write"),
    ],
)
def test_what_rubricate_did_not_write_is_never_replaced(out, name, text, problem):
    (out / name).write_text(text)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    with pytest.raises(ReportError, match=f"{problem}: name another folder, or move that file"):
        put(out)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert names(out.parent) == ["out"]


@pytest.mark.parametrize("lock", ["~$a.csv", ".~lock.a.csv#", ".~lock.tables.json#"])
def test_a_table_that_is_open_in_another_program_is_said_to_be(out, lock):
    (out / lock).write_bytes(b"somebody")
    opened = "tables.json" if "json" in lock else "a.csv"
    with pytest.raises(ReportError) as caught:
        put(out)
    assert str(caught.value) == (
        f"{out}: {opened} is open in another program: close it, or delete {lock} if it is not"
    )
    assert (out / "a.csv").read_text() == "old"


def test_the_lock_of_a_file_of_others_is_a_file_of_others(out):
    (out / "~$mine.csv").write_bytes(b"somebody")
    with pytest.raises(ReportError, match=r"holds ~\$mine\.csv, which rubricate did not write"):
        put(out)


def test_a_folder_inside_is_refused_even_under_a_name_of_ours(out):
    (out / "a.csv").unlink()
    (out / "a.csv").mkdir()
    with pytest.raises(ReportError, match=r"holds a\.csv"):
        put(out)


@pytest.mark.parametrize(
    "manifest", ['{"files": []}', '{"pass": 1, "files": {}}', "[]", "7", '{"pass": "", "files": [1]}']
)
def test_a_tables_json_of_somebody_else_is_refused(tmp_path, manifest):
    (tmp_path / "tables.json").write_text(manifest)
    with pytest.raises(ReportError, match=r"holds tables\.json, which rubricate did not write"):
        put(tmp_path)


def test_a_file_that_comes_while_we_write_is_not_lost(out):
    with pytest.raises(ReportError, match=r"holds late\.txt"), result_folder(out):
        (out / "late.txt").write_text("mine")
    assert names(out) == ["a.csv", "late.txt", "tables.json"]
    assert names(out.parent) == ["out"]


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_failure_in_the_middle_leaves_the_old_result_and_nothing_else(out, failure):
    with pytest.raises(failure), result_folder(out) as new:  # noqa: PT012
        (new / "a.csv").write_text("half")
        raise failure
    assert (out / "a.csv").read_text() == "old"
    assert names(out.parent) == ["out"]


def test_a_swap_that_fails_halfway_is_taken_back(out):
    with pytest.raises(ReportError, match="cannot be written"), result_folder(out) as new:
        shutil.rmtree(new)
    assert (out / "a.csv").read_text() == "old"
    assert names(out.parent) == ["out"]


def test_a_file_in_the_way_is_refused(tmp_path):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(ReportError, match="out: is a file: name a folder"):
        put(tmp_path / "out")


def test_the_current_folder_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ReportError, match="is the folder you are in"):
        put(tmp_path)


def test_a_link_to_a_folder_stays_a_link(tmp_path, out):
    (tmp_path / "link").symlink_to(out)
    put(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (out / "a.csv").read_text() == "new"


def test_a_parent_that_is_a_file_is_said_in_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ReportError, match=r"cannot be written \((Not a directory|File exists)\)"):
        put(tmp_path / "file" / "out")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="this user may write anywhere")
def test_a_folder_without_permission_is_said_in_one_line(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(ReportError, match="name a folder that you may write to"):
        put(tmp_path / "out")
    tmp_path.chmod(0o700)


def leftover(out, ending, text="left by a killed process"):
    folder = out.with_name(f".{out.name}.0123abcd.{ending}")
    folder.mkdir()
    (folder / "a.csv").write_text(text)
    return folder


def test_what_a_killed_process_left_is_cleared_away(out):
    leftover(out, "new")
    leftover(out, "old")
    put(out)
    assert names(out.parent) == ["out"]
    assert (out / "a.csv").read_text() == "new"


def test_a_result_that_a_killed_process_had_put_aside_comes_back(out):
    out.rename(out.with_name(".out.0123abcd.old"))
    leftover(out, "new")
    with pytest.raises(ValueError, match="too bad"), result_folder(out):
        raise ValueError("too bad")
    assert (out / "a.csv").read_text() == "old"
    assert names(out.parent) == ["out"]


def test_what_a_living_process_is_writing_stays(out):
    with result_folder(out) as first:
        write_bytes(first / "a.csv", b"first")
        put(out, "second")
        assert first.exists()
        write_manifest(first, "pass-1", {})
    assert (out / "a.csv").read_text() == "first"
    assert names(out.parent) == ["out"]


@pytest.mark.parametrize(
    "name", [".out.new", ".out.0123abcd.txt", ".out.0123ABCD.new", ".other.0123abcd.new"]
)
def test_hidden_folders_of_others_stay(out, name):
    (out.parent / name).mkdir()
    put(out)
    assert names(out.parent) == sorted(["out", name])


def test_folders_made_on_the_way_go_when_the_result_does_not_come(tmp_path):
    with pytest.raises(ValueError, match="too bad"), result_folder(tmp_path / "deep" / "er" / "out"):
        raise ValueError("too bad")
    assert names(tmp_path) == []
