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
from rubricate.corpus import archives, readers
from rubricate.corpus.document import Document, Paragraph
from rubricate.corpus.metadata import files as metadata_files
from rubricate.corpus.metadata.names import parse_pattern, read_name
from rubricate.corpus.metadata.variable_types import infer_types
from rubricate.corpus.readers import encoding, html_article, json_lines, packages, parquet, raw, spreadsheets
from rubricate.corpus.words.lemmas import has_word_list
from rubricate.reports.columns import as_markdown
from tests.chapters import followed

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
CODEBOOKS = (ROOT / "docs" / "codebooks.md").read_text("utf-8")
CORPORA = (ROOT / "docs" / "corpora.md").read_text("utf-8")
CLEANING = (ROOT / "docs" / "cleaning.md").read_text("utf-8")


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


def test_every_command_of_the_tutorial_prints_what_it_shows(tmp_path):
    assert CODEBOOKS.count("```console\n$ ") == 8
    assert followed(CODEBOOKS, tmp_path) == CODEBOOKS


SOUND = [text for text in blocks(CODEBOOKS, "yaml") if "# these fail as yet" not in text]


@pytest.mark.parametrize("text", [*blocks(README, "yaml"), *SOUND])
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


# The chapters whose commands are run --------------------------------------------------------------------


@pytest.mark.parametrize("text", [CORPORA, CLEANING], ids=["corpora", "cleaning"])
def test_every_command_of_a_chapter_prints_what_the_chapter_shows(text, tmp_path):
    assert "```console\n$ " in text
    assert followed(text, tmp_path) == text


def test_the_manual_names_every_ending_that_is_read():
    listed = [row[1] for row in rows(CORPORA, "format", "endings", "one file is")]
    assert sorted(" ".join(listed).split()) == sorted([*readers.READERS, archives.ARCHIVE])


def test_the_manual_says_of_which_formats_a_file_holds_many_documents():
    found = rows(CORPORA, "format", "endings", "one file is")
    many = [ending for _, endings, one in found for ending in endings.split() if one.startswith("a document")]
    assert sorted(many) == sorted(readers.TABLES)


NAMES = [[cell.strip("`") for cell in row] for row in rows(CORPORA, "pattern", "file", "variables")]


@pytest.mark.parametrize(("pattern", "file", "variables"), NAMES)
def test_a_name_gives_the_variables_that_the_manual_says(pattern, file, variables):
    found = read_name(parse_pattern(pattern), file)
    assert "; ".join(f"{name}: {value}" for name, value in (found or {}).items()) == (
        "" if variables == "does not fit" else variables
    )


@pytest.mark.parametrize(("kind", "values"), rows(CORPORA, "kind", "values"))
def test_values_are_of_the_kind_that_the_manual_says(kind, values):
    (found,) = infer_types({"x": value} for value in values.split("; "))
    assert found.kind == kind


LANGUAGES = rows(CORPORA, "language", "code", "sentence ends", "lemmas", "negation cues")


def test_the_manual_says_what_is_known_of_which_language():
    known = {path.stem for path in (ROOT / "corpus/words/languages").glob("*.toml")}
    assert {code for _, code, *_ in LANGUAGES} == known
    cues = {path.stem for path in (ROOT / "coding/cues").glob("*.toml")}
    for _, code, _, lemmas, negation in LANGUAGES:
        assert lemmas.startswith("yes") == has_word_list(code)
        assert (negation == "yes") == (code in cues)


@pytest.mark.parametrize(
    ("language", "term", "finds", "not_finds"),
    rows(CORPORA, "language", "term", "finds", "does not find"),
)
def test_a_term_finds_in_each_language_what_the_manual_says(language, term, finds, not_finds):
    for text in finds.split(";"):
        assert hits(term, text.strip(), language) == 1, text
    for text in not_finds.split(";"):
        assert hits(term, text.strip(), language) == 0, text


def test_the_limits_are_those_that_the_manual_says():
    mib, gib = 1024**2, 1024**3
    assert [limit for _, limit in rows(CORPORA, "what", "at most")] == [
        f"{encoding.LARGEST_TEXT // mib} MiB",
        f"{raw.HELD // mib} MiB",
        f"{raw.LARGEST // gib} GiB",
        f"{encoding.LARGEST_TEXT // mib} MiB",
        f"{metadata_files._LARGEST // mib} MiB",
        f"{spreadsheets.MOST_CELLS:,}",
        f"{parquet.MOST_ROWS:,}",
        f"{json_lines.MOST_FIELDS:,}",
        f"{archives._MOST_MEMBERS:,}",
        f"{archives._LARGEST // gib} GiB",
        f"{packages.LARGEST_PACKAGE // gib} GiB",
    ]
    assert f"{html_article._LARGEST:,} characters" in CORPORA
