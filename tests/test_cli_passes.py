"""Coding passes in a study: made by ``apply``, listed, compared and replayed by ``passes``."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.command import contents, read_rows, rubricate

CODEBOOK = """\
name: harbours
version: "1"
codes:
  sanctions:
    terms: [sanction]
  war:
    terms: [war]
"""
TEXTS = {
    "a": "The sanctions hurt. No war was near.\n\nSanctions and war came together here.\n",
    "b": "The embargo was lifted. The war was over.\n",
}


@pytest.fixture
def study(tmp_path, monkeypatch):
    (tmp_path / "texts").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "texts" / f"{name}.txt").write_text(text)
    rubricate("init", tmp_path / "study")
    monkeypatch.chdir(tmp_path / "study")
    (tmp_path / "study/codebook.yaml").write_text(CODEBOOK)
    assert rubricate("corpus", "add", "../texts").exit_code == 0
    return tmp_path / "study"


def run(*arguments):
    result = rubricate(*arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def edit(study, before, after):
    path = study / "codebook.yaml"
    path.write_text(path.read_text().replace(before, after))


def test_apply_in_a_study_keeps_the_pass_and_tells_it(study):
    out = run("apply")
    (folder,) = (study / "passes").iterdir()
    assert out.splitlines()[-1] == f"Pass {folder.name}: 5 segments."
    assert sorted(path.name for path in folder.iterdir()) == [
        "codebook.yaml",
        "expansions.parquet",
        "pass.json",
        "run.json",
        "segments.parquet",
        "unanalysed.parquet",
    ]
    record = json.loads((folder / "pass.json").read_text())
    assert folder.name == f"1-{record['pass'][:12]}"
    assert record["corpus"]["sha256"] == json.loads((study / "corpus/corpus.json").read_text())["sha256"]
    assert (folder / "codebook.yaml").read_text() == CODEBOOK


def test_the_pass_of_a_study_is_that_of_its_sources(study, tmp_path):
    run("apply", "--out", "../one")
    run("apply", "codebook.yaml", "../texts", "--out", "../two")
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert one == two
    (folder,) = (study / "passes").iterdir()
    assert folder.name[2:] == json.loads((tmp_path / "two/pass.json").read_text())["pass"][:12]


def test_the_same_inputs_are_the_same_pass(study):
    run("apply")
    before = contents(study)
    edit(study, "terms: [war]", "terms: [war]  # a comment changes nothing")
    assert "which was there already: nothing has changed since" in run("apply")
    assert contents(study / "passes") == {
        name.removeprefix("passes/"): data for name, data in before.items() if name.startswith("passes/")
    }


def test_passes_are_listed_and_one_that_is_older_than_the_codebook_is_told(study):
    assert run("passes", "list") == "There are no passes yet; make one with rubricate apply.\n"
    run("apply")
    assert rubricate("passes", "list").stderr == ""
    edit(study, "terms: [war]", "terms: [war, embargo]")
    listed = rubricate("passes", "list")
    (folder,) = (study / "passes").iterdir()
    assert (
        listed.stderr == f"{folder.name}: the codebook has changed since; rubricate apply makes a new pass\n"
    )
    assert listed.stdout.splitlines()[1].split()[0] == folder.name
    assert [one["number"] for one in json.loads(run("passes", "list", "--json"))["passes"]] == [1]
    assert f"  id: {json.loads((folder / 'pass.json').read_text())['pass']}" in run("passes", "show")


UNREADABLE = [
    ("codes: [broken\n", "codebook.yaml:1:8: this [ is never closed; write the closing ]"),
    ("codes:\n  a: {labl: x}\n", "codebook.yaml:2:3: `a` has no `terms`"),
    (None, "codebook.yaml: there is no such file; check the path"),
]


def test_passes_do_not_need_the_codebook_that_people_edit(study):
    run("apply")
    commands = ("passes list", "passes show", "report parts", "export --out ../e", "passes compare 1 1")
    sound = {command: run(*command.split()) for command in (*commands, "passes replay", "passes show --json")}
    (study / "codebook.yaml").write_text("codes: [")
    for number, command in enumerate(sound):
        result = rubricate(*command.split())
        assert (result.exit_code, result.stdout) == (0, sound[command])
        assert result.stderr.count("\n") == (number < 4)


@pytest.mark.parametrize(("codebook", "why"), UNREADABLE)
def test_that_a_pass_may_be_older_than_a_codebook_with_mistakes_is_told(study, codebook, why):
    run("apply")
    (folder,) = (study / "passes").iterdir()
    path = study / "codebook.yaml"
    path.write_text(codebook) if codebook else path.unlink()
    told = rubricate("passes", "list").stderr
    assert told.startswith(f"{folder.name}: whether the codebook has changed since cannot be said: {why}")
    assert told.count("\n") == 1


def test_passes_are_listed_where_the_corpus_is_damaged(study):
    run("apply")
    listed = run("passes", "list")
    (folder,) = (study / "passes").iterdir()
    for damage in ("{", "[]", "{}"):
        (study / "corpus/corpus.json").write_text(damage)
        result = rubricate("passes", "list")
        assert (result.exit_code, result.stdout) == (0, listed)
        assert result.stderr == (
            f"{folder.name}: whether the corpus has changed since cannot be said: corpus/corpus.json: is "
            "damaged; add the sources again\n"
        )


def test_compare_tells_what_an_edit_did(study):
    run("apply")
    edit(study, "terms: [war]", "terms: [war, embargo]")
    edit(study, "terms: [sanction]", "terms: [sanctions and war]")
    run("apply")
    told = run("passes", "compare", "1", "2").splitlines()
    assert told[0].startswith("codebook: ")
    assert told[1:] == [
        "sanctions",
        "  entry added: `sanctions and war`",
        "  entry removed: `sanction`",
        "war",
        "  entry added: `embargo`",
        "entries: 2 added, 1 removed",
        "2 segments gained, 2 segments lost",
        "  sanctions",
        "    sanctions.1 sanctions and war: 1 gained in 1 document",
        "      + a#p2: [Sanctions and war] came together here.",
        "    sanctions.1 sanction: 2 lost in 1 document",
        "      - a#p1: The [sanctions] hurt. No war was near.",
        "      - a#p2: [Sanctions] and war came together here.",
        "  war",
        "    war.2 embargo: 1 gained in 1 document",
        "      + b#p1: The [embargo] was lifted. The war was over.",
        "2 codes with other numbers",
        "  code       passages  documents  mentions  negated",
        "  sanctions     2 → 1          1     2 → 1        0",
        "  war               3          2     3 → 4        1",
        "1 pair of codes with other numbers",
        "  code       code   both",
        "  sanctions  war   2 → 1",
    ]
    found = json.loads(run("passes", "compare", "1", "2", "--json"))
    assert [row["hit"] for row in found["gained"]] == ["Sanctions and war", "embargo"]
    assert [entry["changes"] for entry in found["codebook"]["entries"]] == [["added"], ["added"], ["removed"]]
    assert {name: len(found[name]) for name in ("lost", "changed", "cooccurrence")} == {
        "lost": 2,
        "changed": 0,
        "cooccurrence": 1,
    }


def test_an_entry_put_before_others_changes_none_of_their_segments(study):
    run("apply")
    edit(study, "terms: [war]", "terms: [embargo, war]")
    run("apply")
    assert "1 segment gained" in run("passes", "compare", "1", "2")


def test_a_segment_whose_words_are_gone_is_told_without_them(study):
    run("apply")
    (study.parent / "texts/a.txt").write_text("Nothing.\n")
    run("corpus", "add")
    run("apply")
    assert "      - a#p1: [sanctions]\n" in run("passes", "compare", "1", "2")
    run("corpus", "remove", "a")
    assert "      - a#p1: [sanctions]\n" in run("passes", "compare", "1", "2")


def test_a_flag_that_changed_is_told(study):
    run("apply")
    (study.parent / "texts/a.txt").write_text(TEXTS["a"].replace("No war", "So war"))
    run("corpus", "add")
    run("apply")
    told = run("passes", "compare", "1", "2")
    assert "      ~ a#p1: The sanctions hurt. So [war] was near. (negated yes → no)\n" in told


def test_a_replay_proves_a_pass(study):
    run("apply")
    run("apply", "--unit", "sentence", "--parts", "body")
    for name in ("1", "2", ""):
        assert run("passes", "replay", *([name] if name else [])).endswith(": identical, 5 segments.\n")
    assert json.loads(run("passes", "replay", "1", "--json"))["identical"] is True


def test_a_replay_says_which_input_differs(study):
    run("apply")
    (study.parent / "texts/c.txt").write_text("War.\n")
    run("corpus", "add", "../texts")
    result = rubricate("passes", "replay")
    assert result.exit_code == 1
    assert "  corpus was " in result.stdout


def test_a_replay_finds_a_table_that_was_changed(study):
    run("apply")
    run("apply", "--unit", "document")
    one, two = sorted((study / "passes").iterdir())
    shutil.copy(two / "segments.parquet", one / "segments.parquet")
    result = rubricate("passes", "replay", "1")
    assert (result.exit_code, result.stdout.splitlines()[1]) == (
        1,
        "  All inputs are the same, but these tables differ: segments.parquet",
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("passes", "show"), "there are no passes yet; make one with rubricate apply"),
        (("passes", "replay", "7"), "there are no passes yet"),
        (("passes", "compare", "1", "2"), "there are no passes yet"),
    ],
)
def test_without_passes_every_command_says_so(study, arguments, told):
    result = rubricate(*arguments)
    assert result.exit_code == 1
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_pass_is_named_by_number_or_id(study):
    run("apply")
    (folder,) = (study / "passes").iterdir()
    for name in ("1", folder.name, folder.name[2:8]):
        assert run("passes", "show", name).startswith(folder.name)
    result = rubricate("passes", "show", "9")
    assert (result.exit_code, result.stderr) == (1, f"'9' is no pass; there are {folder.name}\n")


def test_a_damaged_pass_is_one_line(study):
    run("apply")
    (folder,) = (study / "passes").iterdir()
    (folder / "segments.parquet").write_bytes(b"")
    result = rubricate("passes", "compare", "1", "1")
    assert result.exit_code == 1
    assert "segments.parquet: is damaged; take it back from a copy of the study\n" in result.stderr
    (folder / "pass.json").write_text("{")
    assert "is damaged" in rubricate("passes", "list").stderr


def test_an_empty_corpus_and_other_options_are_told(tmp_path, monkeypatch, study):
    rubricate("init", tmp_path / "empty")
    result = rubricate("apply", "--study", tmp_path / "empty")
    assert result.exit_code == 1
    assert "the corpus is empty" in result.stderr
    assert list((tmp_path / "empty").glob("passes/*")) == []
    assert "a study decided them" in rubricate("apply", "--metadata", "m.csv").stderr
    monkeypatch.chdir(tmp_path)
    assert "name the documents, or go into a study" in rubricate("apply").stderr


def test_all_tables_can_be_had_of_a_pass(study):
    run("apply", "--out", "../tables")
    rows = read_rows(study.parent / "tables/segments.csv")
    assert [row["hit"] for row in rows] == ["sanctions", "war", "Sanctions", "war", "war"]


def test_the_workbook_of_a_pass_is_that_of_its_export(study):
    run("apply", "--out", "../one", "--format", "csv,xlsx")
    run("export", "--out", "../two", "--format", "csv,xlsx")
    assert contents(study.parent / "one") == contents(study.parent / "two")
    assert "tables.xlsx" in contents(study.parent / "one")
