"""The chapter on editing is followed, and names every verb."""

import re
from pathlib import Path

from typer.main import get_command

from rubricate.cli.app import app
from tests.chapters import followed

EDITING = (Path(__file__).parents[1] / "docs" / "editing.md").read_text("utf-8")
OTHERS = {"check", "test", "schema", "diff", "import", "export", "new"}


def test_every_command_of_the_chapter_prints_what_the_chapter_shows(tmp_path):
    assert "```console\n$ " in EDITING
    assert followed(EDITING, tmp_path) == EDITING


def test_the_chapter_names_every_verb_that_edits():
    verbs = set(get_command(app).commands["codebook"].commands) - OTHERS
    named = set(re.findall(r"rubricate codebook (\w+)", EDITING)) | set(re.findall(r"\| `(\w+) ", EDITING))
    assert verbs <= named
