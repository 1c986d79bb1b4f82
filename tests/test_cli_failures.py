"""What goes wrong is said in one line, and nothing is written, changed or lost."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.command import as_nobody, command, contents, line, make_study, rubricate


@pytest.fixture
def study(tmp_path, monkeypatch):
    """A study with an earlier result in ``out``, and inputs that nobody can use."""
    monkeypatch.chdir(make_study(tmp_path))
    rubricate("apply", "codebook.yaml", "texts", "--out", "out")
    (tmp_path / "empty").mkdir()
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "scan.exe").write_bytes(b"MZ")
    (tmp_path / "cut.txt.gz").write_bytes(b"\x1f\x8b\x08\x00")
    (tmp_path / "plain.txt.gz").write_bytes(b"no")
    (tmp_path / "rows.csv").write_text("name,words\na,War\n")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("War.")
    (tmp_path / "clash.csv").write_text("document,words\na,3\n")
    (tmp_path / "dates.csv").write_text("document,date\na,12/05/2019\nb,5 May 2019\n")
    (tmp_path / "twice.csv").write_text("id,text\n\u00e9,War\ne\u0301,War\n", encoding="utf-8")
    return tmp_path


MISTAKES = {
    "a missing file": ("codebook.yaml none.txt", "none.txt: no such file or folder; check the path"),
    "a missing codebook": ("none.yaml texts", "none.yaml: there is no such file; check the path"),
    "a folder as codebook": ("texts texts", "texts: this is a folder; name the codebook file in it"),
    "a device as codebook": ("/dev/null texts", "/dev/null: is no file that can be read twice"),
    "an empty folder": ("codebook.yaml empty", "empty: nothing to read here; there are no files"),
    "a glob without files": ("codebook.yaml *.docx", "*.docx: no file matches"),
    "a binary file": ("codebook.yaml binary.txt", "binary.txt: looks like a binary file, not text"),
    "an unknown format": ("codebook.yaml scan.exe", "scan.exe: .exe files cannot be read; known formats:"),
    "a gzip file cut off": ("codebook.yaml cut.txt.gz", "cut.txt.gz: the gzip file is cut off"),
    "a gzip file that is none": (
        "codebook.yaml plain.txt.gz",
        "plain.txt.gz: is not a sound gzip file; fetch or pack it again\n",
    ),
    "a text column without a table": (
        "codebook.yaml texts --text-column foo",
        "--text-column: no table is among the sources",
    ),
    "an id column without a table": (
        "codebook.yaml texts --id-column foo",
        "--id-column: no table is among the sources",
    ),
    "dates that are none": (
        "codebook.yaml texts --metadata dates.csv",
        "dates.csv: a date is written 2019-05-12, 2019-05 or 2019; line 2: '12/05/2019' (write 2019-05-12 or "
        "2019-12-05); line 3: '5 May 2019' (write 2019-05-05)\n",
    ),
    "ids that look the same": (
        "codebook.yaml twice.csv",
        "twice.csv: line 3: document 'e\u0301' looks the same",
    ),
    "no text column": (
        "codebook.yaml rows.csv",
        "rows.csv: has no column 'text'; its columns are name, words;",
    ),
    "no such encoding": ("codebook.yaml texts --encoding klingon", "--encoding: 'klingon' is not a known"),
    "metadata missing": ("codebook.yaml texts --metadata none.csv", "none.csv: cannot be read: no such file"),
    "metadata without documents": (
        "codebook.yaml texts --metadata rows.csv",
        "rows.csv: has no column 'document'; its columns are name, words; call the one with the ids that",
    ),
    "a variable named like a column": (
        "codebook.yaml texts --metadata clash.csv",
        'the variable "words" has the same name as',
    ),
    "a folder of others": (
        "codebook.yaml texts --out mine",
        "mine: holds notes.txt, which",
    ),
    "a file in the way": ("codebook.yaml texts --out rows.csv", "rows.csv: is a file: name a folder"),
    "the source folder": ("codebook.yaml texts --out texts", "texts: holds a.txt, which rubricate did not"),
    "inside the source": ("codebook.yaml texts --out texts/out", "texts/out: lies in texts, and next time"),
    "where we are": ("codebook.yaml texts --out .", ".: is the folder you are in and cannot be replaced"),
    "a table as source": (
        "codebook.yaml out/passages.csv",
        "out: holds out/passages.csv, which",
    ),
    "a table as metadata": (
        "codebook.yaml texts --metadata out/documents.csv",
        "out: holds out/documents.csv",
    ),
    "a folder that cannot be": ("codebook.yaml texts --out rows.csv/out", "rows.csv/out: cannot be written"),
    "a failure on the way": ("codebook.yaml none.txt --out deep/er/out", "none.txt: no such file"),
}


@pytest.mark.parametrize(("arguments", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_one_line_and_changes_nothing(study, arguments, message):
    before = contents(study)
    arguments = arguments if "--out" in arguments else f"{arguments} --out out"
    result = rubricate("apply", *arguments.split())
    assert (result.exit_code, result.stdout) == (1, "")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert contents(study) == before


USAGE = {
    "apply codebook.yaml texts --out out --unit page": "'page' is no unit; write one of paragraph, sentence,",
    "apply codebook.yaml texts --out out --duplicates drop": "'drop' is no choice; write one of keep, exact",
    "apply codebook.yaml texts --out out --parts body,tail": "'tail' is no part; write some of title,",
    "apply codebook.yaml texts --out out --parts ,": "'' is no part",
    "apply codebook.yaml texts --out out --language English": "'English' is no language code; write one",
    "apply codebook.yaml texts": "--out: is empty",
    "apply codebook.yaml --out out": "SOURCE: is missing: name the documents",
    "apply codebook.yaml texts --out=": "--out: is empty",
    "aply codebook.yaml texts": "No such command 'aply'. Did you mean 'apply'?",
    "apply codebook.yaml texts --out out --wrong": "No such option: --wrong",
}


@pytest.mark.parametrize(("arguments", "message"), USAGE.items())
def test_wrong_usage_is_exit_code_2_with_a_hint_to_the_help(study, arguments, message):
    before = contents(study)
    result = rubricate(*arguments.split())
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert "-h' for help" in result.stderr
    assert contents(study) == before


def test_all_mistakes_of_a_codebook_are_told_at_once(study):
    (study / "bad.yaml").write_text("codes:\n  a:\n    terms: [x]\n    labl: 3\n  A b:\n    terms: [q]\n")
    before = contents(study)
    result = rubricate("apply", "bad.yaml", "texts", "--out", "out")
    assert result.exit_code == 1
    first, second = result.stderr.splitlines()
    assert first.startswith("bad.yaml:4:5: `labl` is not a key of a code")
    assert second.startswith("bad.yaml:5:3: `A b` is no id")
    assert contents(study) == before


def test_folders_that_may_not_be_read_or_written_are_told():
    with tempfile.TemporaryDirectory() as name:
        study = make_study(Path(name) / "study")
        (study / "locked").mkdir(mode=0)
        for folder in (study.parent, study, study / "texts"):
            folder.chmod(0o555)
        with as_nobody():
            apply = ("apply", study / "codebook.yaml")
            unreadable = rubricate(*apply, study / "locked", "--out", study / "out")
            unwritable = rubricate(*apply, study / "texts", "--out", study / "out")
        study.chmod(0o755)
        assert unreadable.exit_code == unwritable.exit_code == 1
        assert unreadable.stderr == f"{study / 'out'}: cannot be written (Permission denied): " + (
            "name a folder that you may write to\n"
        )
        assert unwritable.stderr == unreadable.stderr
        assert sorted(path.name for path in study.iterdir()) == ["codebook.yaml", "locked", "texts"]


def test_a_locked_folder_of_texts_is_told(tmp_path):
    with tempfile.TemporaryDirectory() as name:
        study = make_study(Path(name) / "study")
        (study / "locked").mkdir(mode=0)
        (study / "results").mkdir()
        for folder, mode in ((study.parent, 0o755), (study, 0o755), (study / "results", 0o777)):
            folder.chmod(mode)
        with as_nobody():
            out = study / "results" / "out"
            result = rubricate("apply", study / "codebook.yaml", study / "locked", "--out", out)
        assert (result.exit_code, result.stderr) == (1, f"{study / 'locked'}: permission denied\n")
        assert contents(study / "results") == {}


FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
from rubricate.cli import main
sys.argv = ["rubricate", *sys.argv[1:]]
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_full_disk_leaves_the_earlier_result(study):
    (study / "texts/long.txt").write_text("No war here.\n\n" * 500)
    before = contents(study)
    arguments = ["apply", "codebook.yaml", "texts", "--out", "out", "--language", "en"]
    result = subprocess.run([sys.executable, "-c", FULL, *arguments], capture_output=True, text=True)
    assert result.returncode == 1
    assert result.stderr.startswith("out/")
    assert result.stderr.endswith(
        ": cannot be written (File too large): free some space or name a folder on another disk\n"
    )
    assert result.stderr.count("\n") == 1
    assert contents(study) == before


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount")
def test_a_truly_full_disk_leaves_the_earlier_result(study):
    disk = study / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk]).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        rubricate("apply", "codebook.yaml", "texts", "--out", "disk/out")
        before = contents(disk)
        (study / "texts/long.txt").write_text("No war here.\n\n" * 5000)
        result = command("apply", "codebook.yaml", "texts", "--out", "disk/out")
        assert result.returncode == 1
        assert "cannot be written (No space left on device): free some space" in result.stderr
        assert result.stderr.count("\n") == 1
        assert contents(disk) == before
    finally:
        subprocess.run(["umount", disk])


def test_a_full_disk_behind_stdout_is_told(study):
    if not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(line("codebook", "check"), stdout=full, stderr=subprocess.PIPE, text=True)
    assert result.returncode == 1
    assert "standard output: cannot be written (No space left on device)" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_closed_standard_input_is_told(study):
    closing = ["sh", "-c", 'exec "$@" <&-', "sh", *line("apply", "codebook.yaml", "-", "--out", "new")]
    result = subprocess.run(closing, capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (1, "standard input: cannot be read: it is closed\n")
    assert not (study / "new").exists()
