"""Tables of a kept pass: shown, piped, written and exported, with filters and without."""

import csv
import io
import json
import os
import pty
import shutil
import subprocess

import pytest

from rubricate.coding.passes import pass_id
from rubricate.reports.making import REPORTS
from tests.command import contents, line, rubricate

CODEBOOK = """\
name: harbours
codes:
  sanctions: {terms: [sanction, "embargo*"]}
  war: {terms: [war]}
"""
TEXTS = {
    "a": "No sanctions hurt. War was near.\n\nSanctions and war may come together here.\n",
    "b": "# War\n\nHe says that the embargo was lifted. Is the war over?\n",
}


@pytest.fixture(scope="module")
def applied(tmp_path_factory):
    """A study with a pass beside its texts and tables, made once; each test has a copy."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "texts").mkdir()
    for name, text in TEXTS.items():
        (folder / "texts" / f"{name}.md").write_text(text)
    rubricate("init", folder / "study")
    (folder / "study/codebook.yaml").write_text(CODEBOOK)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder / "study")
        run("corpus", "add", "../texts")
        run("apply", "--out", "../applied")
    return folder


@pytest.fixture
def study(applied, tmp_path, monkeypatch):
    shutil.copytree(applied, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path / "study")
    return tmp_path / "study"


def run(*arguments):
    result = rubricate(*arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def refused(*arguments, code=1):
    result = rubricate(*arguments)
    assert result.exit_code == code
    assert result.stdout == ""
    if code == 1:
        assert result.stderr.count("\n") == 1
    return result.stderr.strip()


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_the_table_of_codes_that_exclude_each_other_is_that_of_apply(study):
    both = CODEBOOK.replace("codes:\n", "codes:\n  tone:\n    exclusive: true\n    codes:\n", 1)
    (study / "codebook.yaml").write_text(
        both.replace("  sanctions:", "      sanctions:").replace("  war:", "      war:")
    )
    run("apply", "--out", "../applied")
    assert run("report", "exclusive") == (study.parent / "applied/exclusive.csv").read_text()
    assert len(rows(run("report", "exclusive"))) == 3


@pytest.mark.parametrize("name", [name for name in REPORTS if name != "exclusive"])
def test_a_table_is_piped_as_apply_writes_it(study, name):
    result = rubricate("report", name)
    assert result.exit_code == 0
    if name == "exclusive":  # apply writes it only where a codebook says that codes exclude each other
        assert rows(result.stdout) == []
    else:
        assert result.stdout_bytes == (study.parent / f"applied/{name}.csv").read_bytes()


FILTERS = ["--negated", "drop"], ["--hedged", "only", "--question", "drop"], ["--attributed", "drop"]


@pytest.mark.parametrize("chosen", [[], *FILTERS])
def test_an_export_is_the_folder_of_apply_byte_for_byte(study, chosen):
    run("export", "--out", "../exported", *chosen)
    run("apply", "--out", "../filtered", *chosen)
    assert contents(study.parent / "exported") == contents(study.parent / "filtered")


@pytest.mark.parametrize("chosen", FILTERS)
def test_filters_of_a_report_count_as_those_of_apply(study, chosen):
    before = run("report", "frequency", *chosen)
    assert before != run("report", "frequency")
    run("apply", "--out", "../filtered", *chosen)
    assert before == (study.parent / "filtered/frequency.csv").read_text()


def test_a_pass_made_with_a_filter_cannot_give_back_what_it_left_out(study):
    run("apply", "--negated", "drop")
    assert [row["mentions"] for row in rows(run("report", "frequency"))] == ["2", "3"]
    assert run("report", "frequency", "--negated", "drop") == run("report", "frequency")
    said = refused("report", "frequency", "--negated", "keep")
    assert "was made with --negated drop, so other segments were not kept" in said
    assert [row["mentions"] for row in rows(run("report", "frequency", "--pass", "1"))] == ["3", "3"]


def test_a_table_is_written_into_a_file_that_is_there_whole_or_not(study):
    assert run("report", "parts", "-o", "parts.csv") == ""
    assert (study / "parts.csv").read_bytes() == (study.parent / "applied/parts.csv").read_bytes()
    run("report", "parts", "-o", "parts.csv")
    before = contents(study)
    assert refused("report", "frequency", "-o", "parts.csv") == (
        "parts.csv: holds something else than this table; name another file"
    )
    assert "name such a file" in refused("report", "parts", "-o", "parts.txt")
    assert contents(study) == before


def test_a_workbook_is_replaced_if_it_is_ours(study):
    run("report", "parts", "-o", "t.xlsx")
    run("report", "frequency", "-o", "t.xlsx")
    (study / "t.xlsx").write_bytes(b"a letter")
    assert "holds something else" in refused("report", "parts", "-o", "t.xlsx")
    assert (study / "t.xlsx").read_bytes() == b"a letter"


def test_json_has_the_table_with_nothing_for_empty_cells(study):
    found = json.loads(run("report", "frequency", "--json"))
    assert found["table"] == "frequency"
    assert found["pass"] == json.loads((study.parent / "applied/pass.json").read_text())["pass"]
    first = found["rows"][0]
    assert list(first) == (study.parent / "applied/frequency.csv").read_text().splitlines()[0].split(",")
    assert (first["code"], first["mentions"], first["document_share"]) == ("sanctions", 3, 1.0)
    assert first["mentions_per_1000_words"] == 125.0
    passage = json.loads(run("report", "passages", "--json"))["rows"][0]
    assert (passage["page"], passage["duplicate_of"], passage["similarity"]) == ("", "", None)


def test_a_terminal_gets_an_aligned_table(study):
    main, side = pty.openpty()
    done = subprocess.run(
        line("report", "frequency"), stdout=side, stderr=subprocess.PIPE, env={**os.environ, "COLUMNS": "60"}
    )
    os.close(side)
    shown = os.read(main, 10_000).decode().replace("\r\n", "\n")
    os.close(main)
    assert (done.returncode, done.stderr) == (0, b"")
    assert shown.splitlines()[:4] == [
        "code       passages  passage_share  documents  mentions",
        "---------  --------  -------------  ---------  --------",
        "sanctions         3              1          2         3",
        "war               3              1          2         3",
    ]


def test_the_report_on_entries_tells_what_is_remarkable(study):
    result = rubricate("report", "entries")
    assert [row["matches"] for row in rows(result.stdout)] == ["2", "1", "3"]
    assert result.stderr == (
        "Entries: all 3 matched\n  1 makes more than half of its code: sanction (2 of 3 in sanctions)\n"
    )


def test_a_pass_older_than_the_codebook_is_reported_on_with_a_warning(study):
    (study / "codebook.yaml").write_text(CODEBOOK.replace("[war]", "[war, battle]"))
    result = rubricate("report", "frequency")
    assert result.stdout_bytes == (study.parent / "applied/frequency.csv").read_bytes()
    (folder,) = (study / "passes").iterdir()
    warning = f"{folder.name}: the codebook has changed since; rubricate apply makes a new pass\n"
    assert result.stderr == warning
    assert rubricate("export", "--out", "../e").stderr == warning


def test_over_another_corpus_only_what_needs_no_texts_is_reported(study):
    (study.parent / "texts/a.md").write_text("War again.\n")
    run("corpus", "add", "../texts")
    (folder,) = (study / "passes").iterdir()
    warning = f"{folder.name}: the corpus has changed since; rubricate apply makes a new pass"
    result = rubricate("report", "expansions")
    assert result.stdout_bytes == (study.parent / "applied/expansions.csv").read_bytes()
    assert result.stderr == f"{warning}\n"
    for command in (["report", "frequency"], ["report", "entries"], ["export", "--out", "../e"]):
        result = rubricate(*command)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.splitlines() == [
            warning,
            f"{folder.name}: is a pass over a corpus that has changed since; make a new one: rubricate apply",
        ]
    assert not (study.parent / "e").exists()
    assert rubricate("passes", "list").stderr == f"{warning}\n"


def test_a_pass_that_counted_otherwise_is_not_mixed_with_what_is_counted_now(study):
    (record,) = (study / "passes").glob("*/pass.json")
    content = json.loads(record.read_text()) | {"engine": 99}
    record.write_text(json.dumps(content | {"pass": pass_id(content)}))
    assert "was made by a version of rubricate that counts otherwise" in refused("report", "frequency")


def test_an_unknown_table_is_told_before_the_age_of_a_pass(study):
    (study / "codebook.yaml").write_text(CODEBOOK.replace("war", "wars"))
    assert refused("report", "words").startswith("there is no table 'words'; ")


def test_what_is_wrong_is_said_in_one_line(study):
    assert "there is no table 'words'; there are documents, passages, " in refused("report", "words")
    assert "'7' is no pass; there are 1-" in refused("report", "parts", "--pass", "7")
    assert "is no choice; write one of keep, drop, only" in refused(
        "report", "parts", "--negated", "no", code=2
    )
    assert "'pdf' is no format; write one of csv, xlsx" in refused(
        "export", "--out", "e", "--format", "pdf", code=2
    )
    (study / "mine").mkdir()
    (study / "mine/letter.txt").write_text("Dear")
    assert "holds letter.txt, which rubricate did not write" in refused("export", "--out", "mine")
    assert "Missing option '--out'" in refused("export", code=2)


def test_a_workbook_of_all_tables_says_what_does_not_fit(study, tmp_path):
    (tmp_path / "texts/c.md").write_text("sanctions " * 4000)
    run("corpus", "add", "../texts")
    run("apply")
    result = rubricate("export", "--out", "../book", "--format", "xlsx")
    assert result.exit_code == 0
    assert result.stderr == (
        "tables.xlsx is without passages, which has a cell of more than 32,767 characters, the most that "
        "Excel shows: it is ../book/passages.csv\n"
    )
    assert sorted(contents(tmp_path / "book")) == [
        *("codebook.yaml", "pass.json", "passages.csv", "tables.json", "tables.xlsx")
    ]


def test_an_export_tells_the_pass_and_what_filters_left_out(study):
    (folder,) = (study / "passes").iterdir()
    assert run("export", "--out", "../e", "--negated", "drop") == (
        f"Left out: 1 segment (--negated drop).\nPass {folder.name}: 5 segments; tables in ../e\n"
    )


def test_pairs_that_occur_together_by_construction_are_told(study):
    assert "not listed" not in rubricate("report", "cooccurrence").stderr
    rules = CODEBOOK + '  pressure: {terms: [war], rules: ["@sanctions NEAR/3 come"]}\n'
    (study / "codebook.yaml").write_text(rules)
    run("apply")
    told = rubricate("report", "cooccurrence").stderr
    assert told.startswith(
        "1 pair of codes is not listed, because one is above the other or asks about it in a rule: "
        "sanctions and pressure; --linked lists them\n"
    )
    rows = list(csv.DictReader(io.StringIO(run("report", "cooccurrence"))))
    assert [(row["code_a"], row["code_b"]) for row in rows] == [("sanctions", "war"), ("war", "pressure")]
    asked = rubricate("report", "cooccurrence", "--linked")
    assert "not listed" not in asked.stderr
    assert [
        (row["code_a"], row["code_b"], row["linked"]) for row in csv.DictReader(io.StringIO(asked.stdout))
    ] == [
        ("sanctions", "war", "0"),
        ("sanctions", "pressure", "1"),
        ("war", "pressure", "0"),
    ]
    assert "only cooccurrence leaves linked pairs out" in refused("report", "frequency", "--linked", code=2)
