"""Passes that were damaged, edited or made at the same time: one line each, and nothing lost."""

import json
import os
import time

import pytest

from rubricate.coding.pass_folders.folder import new_pass
from tests.command import rubricate

CODEBOOK = "name: s\nlanguage: en\ncodes:\n  x:\n    terms: [sanction, {}]\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A study with two passes; no test changes it."""
    folder = tmp_path_factory.mktemp("studies") / "s"
    texts = folder.parent / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text("Sanctions work. No embargo.\n")
    rubricate("init", folder)
    rubricate("corpus", "add", texts, "--study", folder)
    for term in ("embargo", "work"):
        (folder / "codebook.yaml").write_text(CODEBOOK.format(term))
        assert rubricate("apply", "--study", folder).exit_code == 0
    return folder


@pytest.fixture
def study(made, tmp_path, monkeypatch):
    import shutil

    monkeypatch.chdir(shutil.copytree(made, tmp_path / "s"))
    return tmp_path / "s"


def last(study):
    (found,) = (study / "passes").glob("2-*")
    return found


def edit(file, change):
    content = json.loads(file.read_text())
    change(content)
    file.write_text(json.dumps(content))


def one_line(result):
    """The line on stderr of a command that failed as a user's mistake does."""
    assert result.exit_code == 1
    assert not result.exception or isinstance(result.exception, SystemExit)
    assert len(result.stderr.splitlines()) == 1
    return result.stderr


COMMANDS = [
    ("passes", "list"),
    ("passes", "show", "2"),
    ("passes", "compare", "1", "2"),
    ("passes", "replay", "2"),
]
WRONG_RECORDS = [
    lambda content: content.pop("corpus"),
    lambda content: content.pop("codebook"),
    lambda content: content.update(settings=[1]),
    lambda content: content.pop("versions"),
    lambda content: content["corpus"].pop("documents"),
    lambda content: content["codebook"].update(name=3),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("change", WRONG_RECORDS)
def test_a_record_without_what_it_must_have_is_one_line(study, change, command):
    edit(last(study) / "pass.json", change)
    assert "passes/2-" in one_line(rubricate(*command))


@pytest.mark.parametrize("command", COMMANDS[:2], ids=" ".join)
def test_a_run_that_is_no_table_of_texts_is_one_line(study, command):
    (last(study) / "run.json").write_text("[]")
    assert "passes/2-" in one_line(rubricate(*command))


SETTINGS = [("unit", "nonsense"), ("unit", 7), ("duplicates", "maybe"), ("negated", "no"), ("parts", "body")]


@pytest.mark.parametrize(("name", "value"), SETTINGS)
def test_settings_that_cannot_be_are_one_line(study, name, value):
    edit(last(study) / "pass.json", lambda content: content["settings"].update({name: value}))
    assert "passes/2-" in one_line(rubricate("passes", "replay", "2"))


def test_a_codebook_of_a_pass_that_is_no_text_is_one_line(study):
    (last(study) / "codebook.yaml").write_bytes(b"name: \xe9\n")
    assert "codebook.yaml" in one_line(rubricate("passes", "replay", "2"))


@pytest.mark.parametrize("other", ["corpus/documents.parquet", ""])
def test_another_table_in_the_place_of_the_segments_is_one_line(study, other):
    place = last(study) / "segments.parquet"
    content = (study / other).read_bytes() if other else b""
    place.unlink()
    place.write_bytes(content) if content else place.mkdir()
    assert "segments.parquet" in one_line(rubricate("passes", "compare", "1", "2"))


def test_an_id_that_is_not_that_of_the_record_is_not_proved(study):
    edit(last(study) / "pass.json", lambda content: content.update({"pass": "f" * 64}))
    assert "passes/2-" in one_line(rubricate("passes", "replay", "2"))


def test_a_damaged_pass_keeps_nobody_from_using_the_others(study):
    (last(study) / "pass.json").write_text("")
    assert rubricate("passes", "replay", "1").exit_code == 0
    (study / "codebook.yaml").write_text(CODEBOOK.format("trade"))
    assert rubricate("apply").exit_code == 0


@pytest.mark.parametrize("table", ["segments.parquet", "expansions.parquet"])
@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"")])
def test_the_same_pass_made_again_is_not_said_to_be_there_where_its_tables_are_not(study, table, damage):
    damage(last(study) / table)
    result = rubricate("apply")
    assert "nothing has changed since" not in result.stdout + result.stderr
    assert rubricate("passes", "replay").exit_code == 0


def test_a_pass_that_is_being_made_survives_another_one(tmp_path):
    with new_pass(tmp_path) as one:
        (one / "segments.parquet").write_bytes(b"half")
        with new_pass(tmp_path):
            pass
        assert (one / "segments.parquet").read_bytes() == b"half"


def test_what_a_killed_process_left_is_cleared_away_after_some_days(tmp_path):
    left = tmp_path / ".0a1b2c3d.new"
    left.mkdir()
    week_ago = time.time() - 7 * 86_400
    os.utime(left, (week_ago, week_ago))
    with new_pass(tmp_path):
        assert not left.exists()
