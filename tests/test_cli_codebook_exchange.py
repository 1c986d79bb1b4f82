import json
import os
import stat
from pathlib import Path

import pytest

from tests.command import command, make_study, rubricate
from tests.exchanged import DATA


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_import_writes_a_codebook_and_says_from_what():
    result = rubricate("codebook", "import", DATA / "policy.lc3")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        f"codebook.yaml: 2 codes, 3 entries from {DATA / 'policy.lc3'} (Lexicoder 3 dictionary, utf-8-sig); "
        "nothing lost\n"
    )
    assert "codebook.yaml: no errors; 2 codes, 3 entries, " in rubricate("codebook", "check").stdout


def test_import_lists_what_has_no_place_on_stderr():
    result = rubricate("codebook", "import", DATA / "regions.cat", "-o", "a.yaml")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        f"{DATA / 'regions.cat'}: line 4, SOUTH: the weight 2 of `South African*`: "
        "counted as 1, kept as a note",
        f"{DATA / 'regions.cat'}: line 5, SOUTH: `@NEAR_COAST [COAST NEAR #SOUTH]` is a rule: "
        "kept as text in the memo",
    ]
    assert result.stdout.endswith("; 2 things lost or changed\n")


def test_import_as_json_lists_every_loss():
    told = json.loads(rubricate("codebook", "import", DATA / "regions.cat", "--json").stdout)
    assert list(told) == ["file", "errors", "format", "encoding", "codebook", "codes", "entries", "losses"]
    assert (told["format"], told["codes"], told["entries"]) == ("wordstat", 3, 3)
    assert told["losses"][1] == {
        "line": 5,
        "code": "SOUTH",
        "what": "`@NEAR_COAST [COAST NEAR #SOUTH]` is a rule",
        "became": "kept as text in the memo",
    }


def test_import_to_standard_output_prints_the_codebook_alone():
    result = rubricate("codebook", "import", DATA / "policy.lc3", "-o", "-")
    assert result.stdout.startswith("language: en\ncodes:\n  trade:\n")
    assert "nothing lost" not in result.output


def test_the_language_of_the_terms_can_be_named():
    rubricate("codebook", "import", DATA / "policy.lc3", "--language", "fr", "-o", "a.yaml")
    assert Path("a.yaml").read_text().startswith("language: fr\n")
    assert rubricate("codebook", "import", DATA / "policy.lc3", "--language", "French").exit_code == 2


def test_a_format_that_nobody_knows_is_told_before_a_file_that_is_there(folder):
    (folder / "codebook.yaml").write_text("codes: {mine: {terms: [x]}}\n")
    (folder / "dictionary.xyz").write_text("war\n")
    result = rubricate("codebook", "import", "dictionary.xyz")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("dictionary.xyz: ")


@pytest.mark.parametrize("arguments", [("import", DATA / "policy.lc3"), ("export", "codebook.yaml")])
def test_a_file_that_is_there_is_not_replaced_without_force(arguments, folder):
    (folder / "codebook.yaml").write_text("codes: {mine: {terms: [x]}}\n")
    result = rubricate("codebook", *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "codebook.yaml: is there already; write --force to replace it, or name another file to write\n"
    )
    assert (folder / "codebook.yaml").read_text() == "codes: {mine: {terms: [x]}}\n"
    assert rubricate("codebook", *arguments, "--force").exit_code == 0
    assert (folder / "codebook.yaml").read_text().startswith("language: en\n")


def written(to):
    return rubricate("codebook", "import", DATA / "policy.lc3", "--force", "-o", to)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with names")
def test_what_is_no_file_is_never_replaced(folder):
    os.mkfifo("pipe")
    Path("inside").mkdir()
    for name in ("pipe", "inside"):
        result = written(name)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr == (
            f"{name}: is there already and is no file; name another one, or - for standard output\n"
        )
    assert Path("pipe").is_fifo()
    assert sorted(path.name for path in folder.iterdir()) == ["inside", "pipe"]


def test_a_file_that_is_replaced_keeps_its_permissions_and_the_links_to_it(folder):
    (folder / "mine.yaml").write_text("old")
    (folder / "mine.yaml").chmod(0o600)
    (folder / "link.yaml").symlink_to("mine.yaml")
    assert written("link.yaml").exit_code == 0
    assert (folder / "link.yaml").is_symlink()
    assert (folder / "mine.yaml").read_text().startswith("language: en\n")
    assert stat.S_IMODE((folder / "mine.yaml").stat().st_mode) == 0o600


def test_the_file_that_cannot_be_written_is_named_as_it_was_typed(folder):
    (folder / "file").write_text("")
    assert written("file/a.yaml").stderr == "file/a.yaml: not a directory\n"
    assert written("none/a.yaml").stderr == "none/a.yaml: no such file or directory\n"
    assert written("é" * 120 + ".yaml").exit_code == 0
    assert written("é" * 200).stderr == "é" * 200 + ": file name too long\n"


@pytest.mark.parametrize("content", ["+", "no categories\n", "\0", "+a\nb\0\n"])
def test_a_broken_file_is_one_line_and_nothing_is_written(content, folder):
    (folder / "a.lc3").write_text(content)
    result = rubricate("codebook", "import", "a.lc3")
    assert (result.exit_code, result.stdout) == ((0, result.stdout) if content == "+" else (1, ""))
    if content != "+":
        assert len(result.stderr.splitlines()) == 1
        assert result.stderr.startswith("a.lc3")
        assert sorted(path.name for path in folder.iterdir()) == ["a.lc3"]


def test_a_broken_file_is_json_for_who_asked_for_json(folder):
    (folder / "a.lc3").write_text("no categories\n")
    told = json.loads(rubricate("codebook", "import", "a.lc3", "--json").stdout)
    assert told["losses"] == []
    assert [error["message"] for error in told["errors"]] == [
        "holds no categories; is it the right file and format (--from)?"
    ]


ENDINGS = ("yaml", "yml", "dic", "dicx", "cat", "ykd", "lc3", "txt", "qdc", "csv", "xlsx", "md", "docx")


def test_export_writes_every_format_by_its_ending(folder):
    make_study(folder / "study")
    os.chdir(folder / "study")
    for ending in ENDINGS:
        result = rubricate("codebook", "export", f"out.{ending}")
        assert result.exit_code == 0, result.output
        assert result.stdout.startswith(f"out.{ending}: codebook.yaml as ")
    assert sorted(path.suffix for path in (folder / "study").glob("out.*")) == sorted(
        f".{ending}" for ending in ENDINGS
    )


def test_export_tells_what_was_lost_and_where(folder):
    (folder / "codebook.yaml").write_text("codes: {a: {definition: D, terms: [{word: b}]}}\n")
    result = rubricate("codebook", "export", "a.lc3")
    assert result.stderr == "a.lc3: a: the definition: left out\n"
    assert result.stdout == "a.lc3: codebook.yaml as Lexicoder 3 dictionary; 1 thing lost or changed\n"
    told = json.loads(rubricate("codebook", "export", "b.lc3", "--json").stdout)
    assert told["losses"] == [{"line": 0, "code": "a", "what": "the definition", "became": "left out"}]


def test_export_lists_twenty_losses_and_counts_the_rest(folder):
    terms = ", ".join(f"{{word: w{number}, note: n}}" for number in range(30))
    (folder / "codebook.yaml").write_text(f"codes: {{a: {{terms: [{terms}]}}}}\n")
    lines = rubricate("codebook", "export", "a.lc3").stderr.splitlines()
    assert len(lines) == 21
    assert lines[-1] == "a.lc3: … and 10 more; --json lists all"


def test_export_to_standard_output_needs_a_format(folder):
    (folder / "codebook.yaml").write_text("codes: {a: {terms: [{word: b}]}}\n")
    assert command("codebook", "export", "-", "--to", "lexicoder").stdout == "+A\nb\n"
    assert "its ending names no format" in rubricate("codebook", "export", "-").stderr


def test_a_new_file_has_the_usual_permissions_and_a_missing_folder_is_one_line(folder):
    rubricate("codebook", "import", DATA / "policy.lc3")
    (folder / "plain").write_text("")
    modes = [stat.S_IMODE((folder / name).stat().st_mode) for name in ("codebook.yaml", "plain")]
    assert modes[0] == modes[1]
    result = rubricate("codebook", "import", DATA / "policy.lc3", "-o", "none/a.yaml")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def test_csv_can_be_made_safe_for_spreadsheets(folder):
    (folder / "codebook.yaml").write_text('codes: {a: {definition: "=1", coded_by: hand}}\n')
    rubricate("codebook", "export", "a.csv", "--spreadsheet-safe")
    assert ",'=1," in (folder / "a.csv").read_text()
