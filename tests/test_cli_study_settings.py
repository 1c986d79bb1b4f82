"""What study.toml says is what apply and explain do, unless the command line says otherwise."""

import json
from pathlib import Path

import pytest

from tests.command import contents, read_rows, rubricate
from tests.pipelines import trained

TEXT = "# War\n\nThe war went on. It was long.\n\nThe war went on. It was long.\n"


@pytest.fixture
def study(tmp_path, monkeypatch):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/a.md").write_text(TEXT)
    rubricate("init", tmp_path / "study")
    monkeypatch.chdir(tmp_path / "study")
    (tmp_path / "study/codebook.yaml").write_text("codes: {war: {terms: [war]}}")
    assert rubricate("corpus", "add", "../texts").exit_code == 0
    return tmp_path / "study"


def say(study, text):
    (study / "study.toml").write_text(text)


def apply(*arguments):
    result = rubricate("apply", "--out", "../out", *arguments)
    assert result.exit_code == 0, result.stderr
    (row,) = read_rows(Path("../out/frequency.csv"))
    return int(row["passages"]), int(row["passages_total"])


def test_passes_count_as_the_study_says(study):
    assert apply() == (2, 2)
    say(study, 'unit = "sentence"\n')
    assert apply() == (2, 4)
    say(study, 'parts = ["body", "heading", "title"]\nunit = "document"\n')
    assert apply() == (1, 1)
    say(study, 'duplicates = "exact"\nunit = "sentence"\n')
    assert apply() == (2, 4)  # a passage of under ten words is no duplicate


def test_the_command_line_has_the_last_word(study):
    say(study, 'unit = "sentence"\nparts = ["title"]\n')
    assert apply("--unit", "paragraph", "--parts", "body") == (2, 2)


def test_what_a_study_says_is_no_matter_of_sources_that_are_named(study):
    say(study, 'unit = "sentence"\n')
    assert rubricate("apply", "codebook.yaml", "../texts", "--out", "../out").exit_code == 0
    assert read_rows(Path("../out/frequency.csv"))[0]["passages_total"] == "2"


def test_a_mistake_in_study_toml_is_told_in_the_study_too(study):
    say(study, 'unit = "word"\n')
    for command in (["apply"], ["explain", "a"], ["report", "parts"]):
        result = rubricate(*command)
        assert result.exit_code == 1
        assert result.stderr.startswith("study.toml:1: 'word' is no unit")
        assert result.stderr.count("\n") == 1


def test_explain_explains_what_counts_in_the_study(study):
    def segments(*arguments):
        result = rubricate("explain", "a#p2", "--json", *arguments)
        assert result.exit_code == 0, result.stderr
        return len(json.loads(result.stdout)["paragraphs"][0]["segments"])

    assert segments() == 1
    say(study, 'parts = ["title"]\n')
    assert segments() == 0
    assert segments("--parts", "body") == 1


def test_apply_and_explain_take_the_pipeline_from_the_study(study, tmp_path_factory):
    (study / "codebook.yaml").write_text("codes: {war: {terms: [{pos: power/NOUN}]}}")
    (study.parent / "texts/a.md").write_text("The power of Iran grew.\n\nEngines power the ship.\n")
    rubricate("corpus", "add", "../texts")
    for command in (["apply"], ["explain", "a#p1"]):
        result = rubricate(*command)
        assert result.exit_code == 1
        assert "--pipeline" in result.stderr
    say(study, f'pipeline = "{trained(tmp_path_factory)}"\n')
    assert apply() == (1, 2)
    explained = json.loads(rubricate("explain", "a", "--json").stdout)["paragraphs"]
    assert [len(paragraph["segments"]) for paragraph in explained] == [1, 0]
    (miss,) = explained[1]["nearly"]
    assert (miss["reason"], miss["hit"]) == ("analysis", "power")
    assert miss["why"] == "to the pipeline “power” is VERB here, not NOUN"


SAMPLE = (
    "The documents are a sample, as study.toml says: shares, rates and measures are estimates of those in "
    "all documents that are meant.\n"
)


def pass_json(folder):
    return json.loads((folder / "pass.json").read_text())


def test_numbers_over_a_sample_are_told_to_be_estimates(study):
    commands = ("apply", "export --out ../e", "report frequency", "report cooccurrence_matrix --json")
    apply()
    before = [rubricate(*command.split()) for command in commands]
    say(study, "sample = true\n")
    for command, whole in zip(commands, before, strict=True):
        result = rubricate(*command.split())
        assert (result.exit_code, result.stdout) == (0, whole.stdout)
        assert (result.stderr, whole.stderr) == (SAMPLE, "")
    assert rubricate("report", "segments").stderr == ""


def test_results_say_that_the_documents_are_a_sample_by_what_the_study_says_now(study):
    apply()
    (first,) = (study / "passes").iterdir()
    assert "sample" not in pass_json(first)
    say(study, "sample = true\n")
    apply()
    assert rubricate("export", "--out", "../e").exit_code == 0
    for folder in (study.parent / "out", study.parent / "e"):
        assert pass_json(folder) == pass_json(first) | {"sample": True}
    assert contents(study.parent / "out") == contents(study.parent / "e")
    assert rubricate("passes", "show").stdout.splitlines()[2].startswith("  corpus: 1 document, ")
    apply("--unit", "sentence")
    assert rubricate("passes", "show").stdout.splitlines()[2].startswith("  corpus: 1 document, a sample, ")
    say(study, "sample = false\n")
    assert rubricate("export", "--out", "../e").exit_code == 0
    assert "sample" not in pass_json(study.parent / "e")
    assert rubricate("passes", "replay").exit_code == 0
