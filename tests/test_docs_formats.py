"""The page on formats: its commands are run, its tables are what the program does."""

from pathlib import Path

import pytest

from rubricate import apply_codebook
from rubricate.codebooks import yaml_text
from rubricate.codebooks.formats import FORMATS, building, reading, workbook
from rubricate.codebooks.yaml_scalar import scalar
from rubricate.corpus.document import Document, Paragraph
from tests.chapters import followed
from tests.exchanged import read
from tests.test_docs import rows

PAGE = (Path(__file__).parents[1] / "docs" / "formats.md").read_text("utf-8")


def test_every_command_prints_what_the_page_shows(tmp_path):
    assert followed(PAGE, tmp_path) == PAGE


def test_the_page_lists_every_format_with_its_endings_and_directions():
    assert rows(PAGE, "format", "name", "endings", "import", "export") == [
        [
            form.title,
            name,
            " ".join(form.endings),
            *("yes" if done else "no" for done in (form.reads, form.writes)),
        ]
        for name, form in FORMATS.items()
    ]


@pytest.mark.parametrize(("patterns", "text", "mentions"), rows(PAGE, "dictionary", "text", "mentions"))
def test_a_dictionary_of_quanteda_counts_as_the_page_says(patterns, text, mentions):
    lines = "".join(f"  - {scalar(pattern.strip())}\n" for pattern in patterns.split(";"))
    book, lost = read("quanteda", f"a:\n{lines}")
    assert lost == []
    document = Document("d", text, (Paragraph(0, len(text)),), language="en")
    assert sum(len(batch.segments) for batch in apply_codebook(book, [document])) == int(mentions)


def test_the_limits_are_those_that_the_page_says():
    mib = 1024**2
    assert [limit for _, limit in rows(PAGE, "what", "at most")] == [
        f"{reading.LARGEST // mib} MiB",
        f"{yaml_text.LARGEST // mib} MiB",
        f"{reading.MOST_CODES:,}",
        f"{reading.MOST_TERMS:,}",
        str(building.DEEPEST),
        f"{workbook.LARGEST_UNPACKED // mib} MiB",
    ]
