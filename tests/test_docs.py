"""The manual's examples are run, and what it shows is what the commands print."""

import csv
import doctest
import re
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from rubricate import apply_codebook, parse_codebook
from rubricate.cli.app import app
from rubricate.coding.examples import run_examples
from rubricate.corpus.document import Document, Paragraph
from rubricate.reports.columns import as_markdown

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
CODEBOOKS = (ROOT / "docs" / "codebooks.md").read_text("utf-8")


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def rows(text, *header):
    """The rows of the Markdown table with this header."""
    table = text.split("| " + " | ".join(header) + " |\n")[1].split("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[1:]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("demo")
        patch.chdir(folder)
        result = CliRunner().invoke(app, ["demo"])
    assert result.exit_code == 0, result.output
    return result.stdout, folder / "rubricate-demo"


def test_the_readme_shows_what_the_demo_prints(demo):
    """But for codes that it leaves out where a line says "…", it shows all."""
    shown = blocks(README.split("<!-- demo")[1], "text")[0].strip()
    before, behind = shown.split("\n…\n")
    assert demo[0].strip().startswith(before)
    assert demo[0].strip().endswith(behind)
    assert len(before) + len(behind) < len(demo[0].strip())


def test_the_readmes_segments_are_segments_of_the_demo(demo):
    with (demo[1] / "segments.csv").open(encoding="utf-8", newline="") as file:
        segments = list(csv.DictReader(file))
    columns = ("document", "code", "hit", "negated", "sentence")
    found = {tuple(segment[name] for name in columns) for segment in segments}
    shown = rows(README, *columns)
    assert len(shown) == 3
    assert {tuple(row) for row in shown} <= found


def test_the_readme_fits_two_screens():
    assert len(README.splitlines()) <= 100


@pytest.mark.parametrize("text", [*blocks(README, "yaml"), *blocks(CODEBOOKS, "yaml")])
def test_codebooks_in_the_manual_are_valid_and_pass_their_examples(text):
    codebook = parse_codebook(text)
    assert [result.example.text for result in run_examples(codebook) if not result.passed] == []


def hits(entry, text, language):
    codebook = parse_codebook(
        yaml.safe_dump({"codes": {"x": {"terms": {"any": [entry]}}}}, allow_unicode=True)
    )
    document = Document("d", text, (Paragraph(0, len(text)),), language=language)
    return sum(len(batch.segments) for batch in apply_codebook(codebook, [document]))


TERMS = [(term, *rest) for term, *rest in rows(CODEBOOKS, "term", "finds", "does not find")]
ENTRIES = [
    (yaml.safe_load(entry), *rest) for entry, *rest in rows(CODEBOOKS, "entry", "finds", "does not find")
]


@pytest.mark.parametrize(("entry", "finds", "not_finds"), [*TERMS, *ENTRIES], ids=str)
def test_what_the_manual_says_a_term_finds_it_finds(entry, finds, not_finds):
    language = "fa" if re.search("[؀-ۿ]", finds) else "en"
    for text in finds.split(";"):
        assert hits(entry, text.strip(), language) == 1, text
    for text in not_finds.split(";"):
        assert hits(entry, text.strip(), language) == 0, text


def test_docs_tables_is_up_to_date():
    assert (ROOT / "docs" / "tables.md").read_text("utf-8") == as_markdown()


def test_the_python_examples_give_what_they_show(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "statement.txt").write_text(
        "There will be no new sanctions. The arms embargo stays in force.", "utf-8"
    )
    (tmp_path / "codebook.yaml").write_text("codes:\n  sanctions: {terms: [sanction]}\n", "utf-8")
    failed, attempted = doctest.testfile(
        str(ROOT / "docs" / "python.md"), module_relative=False, encoding="utf-8"
    )
    assert attempted
    assert failed == 0
