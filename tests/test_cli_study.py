"""The commands of a study: what they print, and how they end."""

import json
import shutil
from pathlib import Path

import pytest

from tests.command import contents, rubricate
from tests.studies import TEXTS, change, stamps, write

LONG = "Peace is near.\n\nThe Council met again on Friday to talk about sanctions. No one spoke.\n\nShare\n"


@pytest.fixture(autouse=True)
def study(tmp_path, monkeypatch):
    """We are in a new study, beside a folder of two texts."""
    monkeypatch.chdir(tmp_path)
    write(TEXTS)
    rubricate("init", "study")
    monkeypatch.chdir("study")
    return Path()


def run(*arguments, code=0, error=""):
    """What a command prints; on stderr, that."""
    result = rubricate(*arguments)
    assert (result.exit_code, result.stderr) == (code, error)
    return result.stdout


def add(*arguments, **expected):
    return run("corpus", "add", *arguments, **expected)


# init ---------------------------------------------------------------------------------------------------


def test_init_says_what_comes_next(monkeypatch):
    assert run("init", "deep/er/", "--starter", "minimal") == (
        "deep/er/: a study with the codebook deep/er/codebook.yaml\n"
        "Next: cd deep/er/ and rubricate corpus add SOURCE\n"
    )
    assert rubricate("codebook", "check", "-c", "deep/er/codebook.yaml").exit_code == 0
    Path("new").mkdir()
    monkeypatch.chdir("new")
    assert (
        run("init", ".") == ".: a study with the codebook codebook.yaml\nNext: rubricate corpus add SOURCE\n"
    )


def test_init_refuses_in_one_line():
    run("init", ".", code=1, error=".: holds codebook.yaml; name a new or empty folder\n")
    run(
        "init",
        "x",
        "--starter",
        "y",
        code=1,
        error="--starter: there is no 'y'; there are defence_diplomacy, minimal\n",
    )
    assert rubricate("init", "").exit_code == 2
    assert not Path("x").exists()


# add ----------------------------------------------------------------------------------------------------


def test_add_says_what_it_did():
    assert add("../texts") == "2 documents added\nThe corpus has 2 documents and 8 words.\n"
    assert add("../texts") == "2 files as before\nThe corpus has 2 documents and 8 words.\n"
    write({"../texts/c.txt": "War."})
    change("../texts/a.txt", "Peace.")
    assert add() == "1 document changed, 1 file as before\nThe corpus has 2 documents and 6 words.\n"
    assert add("../texts/c.txt") == "1 document added\nThe corpus has 3 documents and 7 words.\n"


def test_add_without_a_source_looks_at_all_that_was_ever_added():
    assert add() == "Nothing was added.\nThe corpus has 0 documents and 0 words.\n"
    add("../texts", "--language", "fr")
    assert add() == "2 files as before\nThe corpus has 2 documents and 8 words.\n"


def test_options_go_with_sources():
    result = rubricate("corpus", "add", "--language", "fr")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "these options go with SOURCE" in result.stderr


def test_add_from_inside_a_folder_of_the_study(monkeypatch):
    monkeypatch.chdir("sources")
    assert add("../../texts").startswith("2 documents added\n")
    monkeypatch.chdir("../../texts")
    assert add("a.txt", "--study", "../study").startswith("1 file as before\n")
    told = (
        "this folder is no study and lies in none; name one with --study, or make one with rubricate init\n"
    )
    run("corpus", "add", "a.txt", code=1, error=told)


def test_add_lists_what_it_skipped_and_ends_with_3():
    write({"../texts/x.txt": bytes(range(256))})
    reason = (
        "looks like a binary file, not text (if it is text, name its encoding, such as --encoding utf-16-le)"
    )
    skipped = f"skipped: x.txt: {reason}\n"
    assert add("../texts", code=3, error=skipped).startswith("2 documents added\n")
    assert add("../texts", code=3, error=skipped).startswith("3 files as before\n")
    assert add(code=3, error=skipped)
    assert add("../texts/a.txt")
    assert Path("corpus/skipped.csv").read_text() == f'file,document,reason\nx.txt,,"{reason}"\n'
    before = contents(".")
    add("../texts/x.txt", code=1, error=f"../texts/x.txt: {reason}\n")
    assert contents(".") == before
    change("../texts/x.txt", "War.")
    assert add("../texts") == "1 document added, 2 files as before\nThe corpus has 3 documents and 9 words.\n"
    assert Path("corpus/skipped.csv").read_text() == "file,document,reason\n"


def test_add_tells_every_doubt():
    write(
        {
            "../meta.csv": "document,outlet\na,irna\nz,mehr\n",
            "../t.csv": "id,text,outlet\nx,War.,fars\ny,Peace.,\n",
        }
    )
    add(
        "../texts",
        "--metadata",
        "../meta.csv",
        error=("1 row of ../meta.csv without a document: z\n1 document without a row in ../meta.csv: b\n"),
    )
    add("../t.csv")
    run("corpus", "remove", "a")
    change("../texts/a.txt", "War!")
    Path("../texts/b.txt").unlink()
    change("../t.csv", "id,text,outlet\nx,War.,fars\n")
    stay = "the documents stay until rubricate corpus remove takes them out"
    add(
        error=(
            "1 row of the metadata without a document: z\n"
            f"1 source no longer in place; {stay}: ../texts/b.txt\n"
            f"1 document no longer in the source; {stay}: y\n"
            "1 document left out, removed before; rubricate corpus remove --undo puts back: a\n"
        )
    )
    write({"../t.csv": bytes(range(256))})
    change("../t.csv", "id,text,outlet\n")
    assert "1 document whose source can no longer be read; the earlier text stays: x\n" in (
        rubricate("corpus", "add").stderr
    )


def test_add_as_json():
    write({"../texts/x.txt": bytes(256)})
    result = rubricate("corpus", "add", "../texts", "--json")
    found = json.loads(result.stdout)
    corpus = json.loads(Path("corpus/corpus.json").read_text())
    assert result.exit_code == 3
    assert found.pop("skipped")[0]["file"] == "x.txt"
    assert found == {
        "new": ["a", "b"],
        "changed": [],
        "vanished": [],
        "outdated": [],
        "gone": [],
        "left_out": [],
        "unchanged_files": 0,
        "warnings": [],
        "conflicts": [],
        "rows_without_document": [],
        "documents_without_row": [],
        "names_that_do_not_fit": [],
        "corpus": corpus,
    }


def test_a_mistake_is_one_line_and_changes_nothing():
    write({"../other/a.txt": "War."})
    add("../texts")
    before = contents("..")
    for arguments, message in {
        ("../none.txt",): "../none.txt: no such file or folder; check the path\n",
        (
            "../other",
        ): "document 'a' is in two files, ../texts/a.txt and ../other/a.txt; rename one, or take it "
        "out of the corpus first: rubricate corpus remove a\n",
        ("-",): "standard input cannot be kept in a study; save it as a file and add that\n",
        ("../texts", "--name-pattern", "x"): None,
    }.items():
        result = rubricate("corpus", "add", *arguments)
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
        assert message in (None, result.stderr)
        assert contents("..") == before


def test_a_mistake_in_the_settings_stops_every_command():
    Path("study.toml").write_text("language = 3\n")
    for arguments in COMMANDS:
        run(*arguments, code=1, error="study.toml:1: language must be a text in quotation marks\n")


# The other commands -------------------------------------------------------------------------------------

COMMANDS = {
    ("corpus", "add"): (0, "Nothing was added.\nThe corpus has 0 documents and 0 words.\n", ""),
    ("corpus", "list"): (0, "document  date  language  words  title\n\n0 documents, 0 variables\n", ""),
    ("corpus", "show"): (0, "document  language  words  paragraphs  line joins  repairs  parts\n", ""),
    ("corpus", "show", "--document", "a"): (1, "", "there is no document 'a'; the corpus is empty\n"),
    ("corpus", "compare"): (0, "0 sources, 0 differences.\n", ""),
    ("corpus", "compare", "a"): (1, "", "there is no document 'a'; the corpus is empty\n"),
    ("corpus", "check"): (0, "0 suspects in 0 of 0 documents, 0 words.\n", ""),
    ("corpus", "correct", "a#p1", "part", "body", "--reason", "x"): (
        1,
        "",
        "there is no document 'a'; the corpus is empty\n",
    ),
    ("corpus", "remove", "a"): (1, "", "there is no document 'a'; the corpus is empty\n"),
    ("corpus", "remove", "--undo", "a"): (1, "", "document 'a' was not removed; none was\n"),
}


@pytest.mark.parametrize(("arguments", "expected"), COMMANDS.items())
def test_every_command_knows_an_empty_study(arguments, expected):
    before = stamps(".")
    result = rubricate(*arguments)
    assert (result.exit_code, result.stdout, result.stderr) == expected
    assert stamps(".") == before


@pytest.mark.parametrize("arguments", COMMANDS)
def test_every_command_works_in_a_study_without_its_empty_folders(arguments):
    shutil.rmtree("corpus")
    shutil.rmtree("sources")
    assert rubricate(*arguments).exit_code == COMMANDS[arguments][0]


def test_list_shows_documents_and_the_kinds_of_variables():
    rows = "id,text,year,outlet,note\nx,War.,2015,irna,\ny,Peace at last.,2016,مهر,\n"
    write({"../t.csv": rows, "../تحریم.txt": "جنگ.\n\nصلح."})
    add("../t.csv", "../تحریم.txt", "--language", "fa")
    assert run("corpus", "list") == (
        "document  date  language  words  title\n"
        "x               fa            1\n"
        "y               fa            3\n"
        "تحریم           fa            2\n"
        "\n"
        "3 documents, 3 variables:\n"
        "  year: date, 2 different, 1 missing, such as 2015\n"
        "  outlet: text, 2 different, 1 missing, such as irna\n"
        "  note: empty, 0 different, 3 missing\n"
    )
    found = json.loads(run("corpus", "list", "--json"))
    assert found["documents"][0] | {"sha256": ""} == {
        "document": "x",
        "file": "t.csv",
        "source": "t.csv",
        "member": "",
        "sha256": "",
        "encoding": "utf-8",
        "language": "fa",
        "title": "",
        "date": "",
        "citekey": "",
        "variables": {"year": "2015", "outlet": "irna", "note": ""},
        "words": 1,
        "characters": 4,
        "warnings": [],
    }
    assert [one["name"] for one in found["variables"]] == ["year", "outlet", "note"]


def test_show_and_check_are_about_the_study():
    write({"../texts/c.txt": "The lranian side spoke. lran said so, and lran is right."})
    add("../texts")
    assert run("corpus", "show").splitlines()[1].split() == ["a", "en", "3", "1", "0", "0", "body", "1"]
    assert run("corpus", "show", "--document", "a") == (
        "a#p1  body\n    No sanctions yet.\n1 paragraph, 0 line joins, 0 repairs\n"
    )
    assert "lran → Iran" in run("corpus", "check")
    result = rubricate("corpus", "show", "../texts", "--study", ".")
    assert (result.exit_code, result.stdout) == (2, "")
    assert rubricate("corpus", "show", "--language", "en").exit_code == 2


def test_compare_says_what_differs():
    write({"../texts/c.txt": "The co-\noperation and\ncooperation of states."})
    add("../texts")
    assert run("corpus", "compare") == "3 sources, 0 differences.\n"
    assert run("corpus", "compare", "c") == (
        "  hyphen in c#p1: '-\\n' → ''\n"
        "c: 1 repair, 1 line join.\n"
        "With the repairs undone it is its source, character for character but for white space.\n"
    )
    assert json.loads(run("corpus", "compare", "c", "--json")) == {
        "document": "c",
        "whole": True,
        "missing": "",
        "source": "The co-\noperation and\ncooperation of states.",
        "text": "The cooperation and cooperation of states.",
        "repairs": [
            {
                "paragraph": "c#p1",
                "kind": "hyphen",
                "start": 6,
                "source_start": 6,
                "before": "-\n",
                "after": "",
            }
        ],
    }
    change("../texts/a.txt", "War.")
    told = "was changed; rubricate corpus add reads it again"
    assert run("corpus", "compare") == f"../texts/a.txt: {told}\n3 sources, 1 difference.\n"
    assert json.loads(run("corpus", "compare", "--json")) == {
        "sources": 3,
        "differences": [{"file": "../texts/a.txt", "what": told}],
    }


def test_compare_ends_with_1_where_a_document_is_not_its_source(monkeypatch):
    add("../texts")
    monkeypatch.setattr("rubricate.corpus.storage.comparing.undo", lambda *_: "War")
    result = rubricate("corpus", "compare", "a")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1].startswith(
        "With the repairs undone it differs from its source: 14 char"
    )


def test_correct_says_what_it_decided():
    write({"../texts/long.txt": LONG})
    add("../texts")
    assert run("corpus", "correct", "long#p2", "border", "split: No one", "--reason", "another thought") == (
        "long#p2 “The Council met again on Friday to talk …”: border split (1 document changed)\n"
    )
    assert run("corpus", "correct", "long#p1", "title", "--reason", "it is") == (
        "long#p1 “Peace is near.”: title (1 document changed)\n"
    )
    assert "long#p1  title: corrected: it is" in run("corpus", "show", "--document", "long")
    before = contents(".")
    run(
        "corpus",
        "correct",
        "long#p9",
        "part",
        "body",
        "--reason",
        "x",
        code=1,
        error=("'long#p9' is no paragraph; long has long#p1 to long#p4\n"),
    )
    result = rubricate("corpus", "correct", "long#p1", "part", "body", "--reason", " ")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is missing; say why, for your readers" in result.stderr
    assert contents(".") == before


def test_remove_says_how_documents_come_back():
    add("../texts")
    assert run("corpus", "remove", "b", "a") == "2 documents removed: a, b; --undo puts them back\n"
    assert add("../texts") == "2 files as before\nThe corpus has 0 documents and 0 words.\n"
    assert run("corpus", "remove", "--undo", "a") == "1 document put back: a\n"
    run("corpus", "remove", "b", code=1, error="there is no document 'b'; there are a\n")
    assert rubricate("corpus", "remove").exit_code == 2
