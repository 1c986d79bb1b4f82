"""The options that choose segments by their flags."""

import json

import pytest

from rubricate.coding.flags import FLAGS
from tests.command import read_rows, rubricate


def test_a_filter_leaves_out_segments_and_says_how_many(study):
    result = rubricate("apply", "codebook.yaml", "texts", "--out", "out", "--negated", "drop")
    assert (result.stderr, result.exit_code) == ("", 0)
    assert "\nLeft out: 1 segment (--negated drop).\n" in result.stdout
    assert [row["hit"] for row in read_rows(study / "out/segments.csv")] == ["arms embargo", "war"]
    only = rubricate("apply", "codebook.yaml", "texts", "--out", "out", "--negated", "only")
    assert "\nLeft out: 2 segments (--negated only).\n" in only.stdout
    assert [row["hit"] for row in read_rows(study / "out/segments.csv")] == ["sanctions"]


def test_without_a_filter_nothing_is_said_of_it(study):
    assert "Left out" not in rubricate("apply", "codebook.yaml", "texts", "--out", "out").stdout


@pytest.mark.parametrize("flag", FLAGS)
def test_the_choice_is_in_pass_json(study, flag):
    rubricate("apply", "codebook.yaml", "texts", "--out", "out", f"--{flag}", "only")
    settings = json.loads((study / "out/pass.json").read_bytes())["settings"]
    assert {name: settings[name] for name in FLAGS} == {
        name: "only" if name == flag else "keep" for name in FLAGS
    }


@pytest.mark.parametrize("flag", FLAGS)
def test_an_unknown_choice_is_wrong_usage(study, flag):
    result = rubricate("apply", "codebook.yaml", "texts", "--out", "out", f"--{flag}", "some")
    assert result.exit_code == 2
    assert f"--{flag}" in result.stderr
    assert "keep, drop, only" in " ".join(result.stderr.split())
