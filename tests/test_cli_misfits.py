"""What the commands tell of variables that do not fit together."""

import csv
import json

import pytest

from rubricate.cli.misfits import lines_of_misfits
from rubricate.corpus.metadata.merging import Conflict, Misfits
from tests.command import rubricate

CODEBOOK = "codes:\n  peace:\n    terms: [peace]\n"


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "texts").mkdir()
    (tmp_path / "codebook.yaml").write_text(CODEBOOK, "utf-8")
    (tmp_path / "facts.csv").write_text("document,year\nirna_2019,2018\n", "utf-8")
    for name in ("irna_2019.txt", "tass.txt"):
        (tmp_path / "texts" / name).write_text("They spoke of peace.", "utf-8")
    return tmp_path


TOLD = (
    "1 conflict between variables: irna_2019: year 2018 (facts.csv) not 2019 (file name)\n"
    "1 document without a row in facts.csv: tass\n"
    "1 file with a name that does not fit {outlet}_{year}.txt: tass.txt\n"
)


def test_apply_takes_variables_from_names_and_tells_what_does_not_fit(study):
    options = ("--metadata", "facts.csv", "--name-pattern", "{outlet}_{year}.txt", "--out", "out")
    result = rubricate("apply", "codebook.yaml", "texts", *options)
    assert (result.exit_code, result.stderr) == (0, TOLD)
    with (study / "out" / "documents.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["document"], row["year"], row["outlet"]) for row in csv.DictReader(file)]
    assert rows == [("irna_2019", "2018", "irna"), ("tass", "", "")]


@pytest.mark.usefixtures("study")
def test_corpus_show_and_check_tell_the_same():
    options = ("--metadata", "facts.csv", "--name-pattern", "{outlet}_{year}.txt")
    for verb in ("show", "check"):
        assert rubricate("corpus", verb, "texts", *options).stderr == TOLD
    one = rubricate("corpus", "show", "texts", "--document", "tass", "--json", *options)
    assert json.loads(one.stdout)["document"] == "tass"
    assert one.stderr == "".join(TOLD.splitlines(keepends=True)[1:])


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("{outlet", "--name-pattern: '{outlet', character 1: this { is never closed"),
        ("{words}", 'the variable "words" has the same name as the column "words"'),
    ],
)
def test_a_wrong_pattern_is_one_line_and_changes_nothing(study, pattern, message):
    result = rubricate("apply", "codebook.yaml", "texts", "--name-pattern", pattern, "--out", "out")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert message in result.stderr
    assert not (study / "out").exists()


def test_of_many_misfits_the_first_are_named():
    conflicts = [Conflict(f"d{n}", "x", "a\nb" + "c" * 99, "m.csv", "y", f"d{n}.txt") for n in range(6)]
    found = list(
        lines_of_misfits(Misfits(conflicts, [*"abcde"], doubts=[f"doubt {n}" for n in range(6)]), "m.csv", "")
    )
    assert found[:5] == ["doubt 0", "doubt 1", "doubt 2", "doubt 3", "… and 2 doubts more of that kind"]
    assert found[5].startswith(
        f"6 conflicts between variables: d0: x a b{'c' * 56}… (m.csv) not y (d0.txt); "
    )
    assert found[5].endswith("; …")
    assert found[6:] == ["5 rows of m.csv without a document: a, b, c, d, …"]
