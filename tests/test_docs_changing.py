"""What docs/changing-codebooks.md shows is what the commands print."""

import doctest
import json
import re
from pathlib import Path

from rubricate.codebooks.checks.doubt import KINDS_OF_DOUBT
from tests.chapters import followed
from tests.command import rubricate

PATH = Path(__file__).parents[1] / "docs" / "changing-codebooks.md"
PAGE = PATH.read_text("utf-8")


def test_every_command_of_the_page_prints_what_it_shows(tmp_path, monkeypatch):
    assert PAGE.count("```console\n$ ") == 4
    assert followed(PAGE, tmp_path) == PAGE
    monkeypatch.chdir(tmp_path)
    assert doctest.testfile(str(PATH), module_relative=False, encoding="utf-8").failed == 0
    explained = re.search("`rubricate (explain .*?)`", PAGE)[1].split()
    assert "“snapback” by penalties.1" in rubricate(*explained).stdout


def test_the_page_names_every_warning(tmp_path, monkeypatch):
    assert re.findall(r"^\| (\w+) \|", PAGE, re.MULTILINE)[1:] == list(KINDS_OF_DOUBT)
    followed(PAGE, tmp_path)
    monkeypatch.chdir(tmp_path)
    kinds = {
        warning["kind"] for warning in json.loads(rubricate("codebook", "check", "--json").stdout)["warnings"]
    }
    assert kinds < set(KINDS_OF_DOUBT)
