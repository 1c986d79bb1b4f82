"""What docs/flags.md says of sentences, lists and options is so."""

import re
import shlex
from dataclasses import fields
from pathlib import Path

import pytest

from rubricate.coding.cues import Cues, read_cues
from rubricate.coding.flags import FLAGS
from rubricate.coding.marks import HARD_STOPS, SOFT_STOPS
from tests.command import read_rows, rubricate
from tests.flagged import flags

PAGE = (Path(__file__).parents[1] / "docs" / "flags.md").read_text("utf-8")
LANGUAGES = ("en", "ru", "de", "fr", "fa")


def rows(*header):
    """The rows of the table with this header."""
    table = PAGE.split("| " + " | ".join(header) + " |\n")[1].split("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[1:]]


@pytest.mark.parametrize(("sentence", "raised"), rows("sentence", "flags"))
def test_a_sentence_of_the_manual_raises_the_flags_it_shows(sentence, raised):
    assert flags(sentence) == [raised]


def test_the_manual_names_every_flag_and_every_list():
    assert tuple(name for name, _ in rows("flag", "a hit has it where its sentence")) == FLAGS
    lists = {field.name for field in fields(Cues)} - {"subject"}
    assert {name for name, _ in rows("list", "what stands in it")} == lists


def test_the_languages_that_the_manual_names_are_judged():
    assert all(read_cues(flag, language) for flag in FLAGS[:3] for language in LANGUAGES)
    assert "English and, with fewer cues, in Russian, German, French and Persian" in PAGE


def test_the_windows_are_those_of_the_manual():
    windows = {
        (flag, name): {cue.window for cue in getattr(read_cues(flag, "en"), name)}
        for flag in FLAGS[:3]
        for name in ("cues", "behind")
    }
    assert (windows["negated", "cues"], windows["negated", "behind"]) == ({5, 1, 0}, {3, 0})
    assert (windows["hedged", "cues"], windows["hedged", "behind"]) == ({8, 2, 1}, {4})
    assert 40 in windows["attributed", "cues"]
    assert set(HARD_STOPS) > set(SOFT_STOPS) == set(";؛；")


def test_the_command_of_the_manual_leaves_out_what_it_says(study):
    (study / "texts").rename(study / "speeches")
    (study / "speeches/c.txt").write_text("Why war? The sanctions.\n")
    (command,) = re.findall(r"^\$ rubricate (.*)$", PAGE, re.MULTILINE)
    result = rubricate(*shlex.split(command))
    assert "\nLeft out: 2 segments (--negated drop, --question drop).\n" in result.stdout
    assert [row["hit"] for row in read_rows(study / "results/segments.csv")] == [
        "arms embargo",
        "war",
        "sanctions",
    ]
