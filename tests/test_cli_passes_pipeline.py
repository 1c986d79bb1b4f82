"""Passes whose entries are read by a pipeline: replayed from anywhere, and checked for every language."""

import json
import shutil

import pytest

from tests.command import rubricate
from tests.pipelines import trained

CODEBOOK = "language: en\ncodes:\n  power:\n    terms: [{pos: power/NOUN}]\n"
ANY = "language: en\ncodes:\n  power:\n    terms:\n      any:\n        - {pos: power/NOUN}\n"


@pytest.fixture
def study(tmp_path, monkeypatch, tmp_path_factory):
    shutil.copytree(trained(tmp_path_factory), tmp_path / "models/tiny")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/a.txt").write_text("The power of Iran grew.\n")
    monkeypatch.chdir(tmp_path)
    rubricate("init", "study")
    (tmp_path / "study/codebook.yaml").write_text(CODEBOOK)
    assert rubricate("corpus", "add", "texts", "--study", "study", "--language", "en").exit_code == 0
    return tmp_path / "study"


def record(study):
    (folder,) = (study / "passes").iterdir()
    return json.loads((folder / "pass.json").read_text())


def test_a_pass_with_a_pipeline_named_by_a_relative_path_is_replayed_from_another_folder(study, monkeypatch):
    assert rubricate("apply", "--study", "study", "--pipeline", "models/tiny").exit_code == 0
    assert record(study)["pipeline"] == "../models/tiny"
    for here in (study, study / "corpus", study.parent):
        monkeypatch.chdir(here)
        result = rubricate("passes", "replay", *(["--study", "study"] if here == study.parent else []))
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.endswith(": identical, 1 segment.\n")


def test_a_pipeline_in_the_study_moves_with_it(study, monkeypatch):
    shutil.move("models/tiny", "study/tiny")
    (study / "study.toml").write_text('pipeline = "tiny"\n')
    monkeypatch.chdir("study")
    assert rubricate("apply").exit_code == 0
    assert record(study)["pipeline"] == "tiny"
    monkeypatch.chdir("..")
    study.rename("moved")
    assert rubricate("passes", "replay", "--study", "moved").exit_code == 0


def test_a_pipeline_that_is_gone_is_told_and_may_be_named_anew(study):
    rubricate("apply", "--study", "study", "--pipeline", "models/tiny")
    shutil.move("models", "elsewhere")
    (folder,) = (study / "passes").iterdir()
    result = rubricate("passes", "replay", "--study", "study")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"{folder.name}: was made with the pipeline ../models/tiny, which is neither installed nor, "
        "seen from the study, a folder; install it or put it back, or say with --pipeline where it is now\n"
    )
    again = rubricate("passes", "replay", "--study", "study", "--pipeline", "elsewhere/tiny")
    assert (again.exit_code, again.stderr) == (0, "")
    for command in (["report", "frequency"], ["export", "--out", "out"], ["passes", "compare", "1", "1"]):
        assert rubricate(*command, "--study", "study").exit_code == 0  # none of them needs it


def test_a_pipeline_that_no_entry_needs_need_not_be_there(study):
    (study / "codebook.yaml").write_text("codes: {power: {terms: [power]}}")
    rubricate("apply", "--study", "study", "--pipeline", "models/tiny")
    shutil.rmtree("models")
    assert rubricate("passes", "replay", "--study", "study").exit_code == 0


def test_an_entry_in_any_language_is_checked_for_those_of_all_documents_before_anything_runs(study):
    (study / "codebook.yaml").write_text(ANY)
    (study.parent / "texts/b.txt").write_text("Die Macht wuchs.\n")
    (study.parent / "m.csv").write_text("document,language\nb,de\n")
    sources = ("texts", "--metadata", "m.csv", "--language", "en")
    assert rubricate("corpus", "add", *sources, "--study", "study").exit_code == 0
    told = "codebook.yaml:6:11: power.1: `pos: power/NOUN` needs parts of speech; "
    models = ("--pipeline", "models/tiny")
    for command in (
        ["apply", "--study", "study"],
        ["apply", "study/codebook.yaml", *sources, "--out", "out"],
        ["explain", "b", "--study", "study"],
    ):
        result = rubricate(*command, *models)
        assert result.exit_code == 1
        assert result.stderr.startswith(
            f"study/{told}models/tiny reads en, and spaCy's blank pipeline for de"
        )
        assert result.stderr.count("\n") == 1
    assert not (study.parent / "out").exists()
    assert list((study / "passes").iterdir()) == []
    assert rubricate("explain", "a", "--study", "study", *models).exit_code == 0
