"""The examples of docs/pipelines.md are run, those about grammar with a pipeline that is trained for it."""

import re
from pathlib import Path

import pytest
import yaml

from rubricate.codebooks import parse_codebook
from rubricate.codebooks.pipeline_terms import PARTS_OF_SPEECH
from rubricate.coding.pipeline_check import check_pipeline
from tests.pipelines import codebook, found, trained

PAGE = (Path(__file__).parents[1] / "docs" / "pipelines.md").read_text("utf-8")
TABLES = re.findall(r"^\| entry \| finds \| does not find \|\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
ROWS = [
    [cell.strip() for cell in row.strip("|").split(" | ")] for table in TABLES for row in table.splitlines()
]


@pytest.fixture(scope="session")
def tiny(tmp_path_factory):
    """The name of the pipeline."""
    return trained(tmp_path_factory)


@pytest.mark.parametrize(("entry", "finds", "not_finds"), ROWS, ids=[row[0] for row in ROWS])
def test_what_the_manual_says_an_entry_finds_it_finds(entry, finds, not_finds, tiny):
    book = codebook(entry.strip("| "))
    name = "" if book.entries[0].kind == "tokens" else tiny
    check_pipeline(book, name)
    for text in finds.split(";"):
        assert len(found(book, text.strip(), name=name)) == 1, text
    for text in not_finds.strip("| ").split(";"):
        assert found(book, text.strip(), name=name) == [], text


def test_every_kind_is_shown():
    assert {next(iter(yaml.safe_load(row[0].strip("| ")))) for row in ROWS} == {"pos", "entity", "tokens"}


def test_the_codebook_in_the_manual_is_valid_and_finds_what_it_is_about(tiny):
    [text] = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    book = parse_codebook(text)
    check_pipeline(book, tiny)
    texts = ("A great power left Russia.", "It cost US$ 481 million, or €2 more.")
    assert set(found(book, *texts, name=tiny)) >= {
        ("great_powers.1", "great power"),
        ("great_powers.2", "power"),
        ("places.1", "Russia"),
        ("money.1", "US$ 481 million"),
        ("money.1", "€2"),
    }


def test_the_manual_lists_every_part_of_speech():
    assert ", ".join(PARTS_OF_SPEECH) in " ".join(PAGE.split())
