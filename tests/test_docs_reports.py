"""docs/reports.md: its commands print what it shows, and its tables name what there is."""

import os
import pty
import re
import subprocess
from pathlib import Path

import pytest

from rubricate.study_settings import KEYS
from tests.chapters import followed
from tests.command import line

PAGE = (Path(__file__).parents[1] / "docs" / "reports.md").read_text("utf-8")


def masked(text):
    """The text without what depends on versions: ids of passes."""
    return re.sub(r"\b1-[0-9a-f]{12}\b", "1-…", text)


def firsts(header):
    """The first cells of the table with this header."""
    table = PAGE.split(f"| {header} |")[1].split("\n\n")[0]
    return [row.split("|")[1].strip() for row in table.splitlines()[2:]]


@pytest.fixture(scope="module")
def chapter(tmp_path_factory):
    """The folder in which the page was followed, and what came out."""
    folder = tmp_path_factory.mktemp("reports")
    return folder, followed(PAGE, folder)


def test_every_command_prints_what_the_page_shows(chapter):
    assert masked(chapter[1]) == masked(PAGE)


def test_a_terminal_shows_what_the_page_shows(chapter):
    main, side = pty.openpty()
    environment = {**os.environ, "COLUMNS": "80"}
    where = chapter[0] / "study"
    subprocess.run(
        line("report", "entries"), stdout=side, stderr=subprocess.DEVNULL, cwd=where, env=environment
    )
    os.close(side)
    shown = os.read(main, 10_000).decode().replace("\r\n", "\n")
    os.close(main)
    assert shown in PAGE
    assert shown.startswith("code ")


def test_the_page_names_every_file_of_a_pass(chapter):
    (folder,) = (chapter[0] / "study/passes").iterdir()
    assert sorted(firsts("file | what it is")) == sorted(path.name for path in folder.iterdir())


def test_the_page_names_every_setting_of_a_study():
    assert firsts("key | meaning | such as") == list(KEYS)
