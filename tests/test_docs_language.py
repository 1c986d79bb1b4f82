"""Every example of the reference of the language is run."""

import re
from pathlib import Path

import pytest
import yaml

from rubricate import CodebookError, Document, Paragraph, apply_codebook, parse_codebook
from rubricate.codebooks import keys
from rubricate.codebooks.rules.conditions import parse_condition
from rubricate.codebooks.rules.mistakes import LanguageError
from rubricate.codebooks.rules.tokens import DEEPEST, MOST_BETWEEN
from rubricate.codebooks.rules.variables import holds
from rubricate.codebooks.schema import codebook_schema
from rubricate.coding.examples import run_examples
from tests.chapters import followed

PAGE = (Path(__file__).parents[1] / "docs" / "language.md").read_text("utf-8")
BLOCKS = re.findall(r"(?:`([^`\n]+)`:\n\n)?^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def rows(*header):
    """The rows of the table with this header."""
    table = PAGE.split("| " + " | ".join(header) + " |\n")[1].split("\n\n")[0]
    # A bar is never part of a cell on this page.
    return [[cell.strip() for cell in line.strip()[1:-1].split("|")] for line in table.splitlines()[1:]]


@pytest.mark.parametrize("text", [text for name, text in BLOCKS if name != "wrong.yaml"])
def test_the_codebooks_on_the_page_are_valid_and_pass_their_examples(text):
    assert [result.example.text for result in run_examples(parse_codebook(text)) if not result.passed] == []


def book(rule, within="sentence"):
    """The codebook of the page with a rule."""
    data = yaml.safe_load(next(text for name, text in BLOCKS if name == "rules.yaml"))
    data["codes"]["rule"]["rules"] = [rule]
    return parse_codebook(yaml.safe_dump({"within": within, **data}, allow_unicode=True, width=1000))


def hits(codebook, text, code="rule"):
    paragraphs, start = [], 0
    text = text.replace(" ¶ ", "\n\n")
    for piece in text.split("\n\n"):
        paragraphs.append(Paragraph(start, start + len(piece)))
        start += len(piece) + 2
    document = Document("d", text, tuple(paragraphs), language="en")
    (batch,) = apply_codebook(codebook, [document])
    number = [one.id for one in codebook.codes].index(code)
    places = zip(batch.segments.code, batch.segments.start, batch.segments.end, strict=True)
    return "; ".join(text[start:end] for one, start, end in places if one == number)


@pytest.mark.parametrize(("rule", "text", "expected"), rows("rule", "text", "hits"))
def test_a_rule_finds_what_the_page_says(rule, text, expected):
    assert hits(book(rule), text) == expected


@pytest.mark.parametrize(("within", "rule", "text", "expected"), rows("within", "rule", "text", "hits"))
def test_a_scope_is_what_the_page_says(within, rule, text, expected):
    assert hits(book(rule, within), text) == expected


@pytest.mark.parametrize(("condition", "variables", "expected"), rows("only_in", "variables", "true"))
def test_a_condition_is_true_where_the_page_says(condition, variables, expected):
    name, _, value = variables.partition(": ")
    assert holds(parse_condition(condition), {name: value}) == (expected == "yes")


@pytest.mark.parametrize(
    ("term", "text", "split", "keep"), rows("term", "text", "hyphens: split", "hyphens: keep")
)
def test_hyphens_are_read_as_the_page_says(term, text, split, keep):
    for hyphens, expected in (("split", split), ("keep", keep)):
        codebook = parse_codebook(f"hyphens: {hyphens}\ncodes: {{a: {{terms: [{term}]}}}}\n")
        assert hits(codebook, text, "a") == expected


@pytest.mark.parametrize(("rule", "message"), rows("rule", "message"))
def test_a_mistake_in_a_rule_is_told_as_the_page_says(rule, message):
    with pytest.raises(CodebookError) as caught:
        book(rule)
    assert caught.value.problems[0].message == message


@pytest.mark.parametrize(("condition", "message"), rows("only_in", "message"))
def test_a_mistake_in_a_condition_is_told_as_the_page_says(condition, message):
    with pytest.raises(LanguageError) as caught:
        parse_condition(condition)
    assert caught.value.mistakes[0].message == message


def test_the_commands_print_what_the_page_shows(tmp_path):
    assert followed(PAGE, tmp_path) == PAGE


@pytest.mark.parametrize(
    ("entry", "rule"), [row[:2] for row in rows("in a codebook", "in a rule", "finds") if row[1]]
)
def test_a_term_and_the_same_in_a_rule_are_read(entry, rule):
    codes = f"codes: {{a: {{terms: [{entry}]}}, rule: {{rules: [x]}}}}\n"
    assert len(parse_codebook(codes).entries) == 2
    assert book(rule).entries[-1].kind == "rule"


def test_every_key_of_the_language_is_on_the_page():
    known = {key for place in (keys.CODEBOOK, keys.CODE, keys.RULE) for key in place.keys}
    listed = {key.strip() for names, *_ in rows("key", "where", "what") for key in names.split(",")}
    assert listed == known - {"rule"}
    assert set(codebook_schema()["properties"]) <= listed


def test_words_that_yaml_reads_otherwise_are_the_words_that_were_typed():
    typed = re.search(r"nothing is taken over: (.*?) are the words", PAGE, re.DOTALL)[1]
    words = re.findall(r"`([^`]+)`", typed)
    assert words == ["no", "on", "1990", "1.10", "2015-07-14"]
    codebook = parse_codebook(f"codes: {{a: {{terms: [{', '.join(words)}]}}}}\n")
    assert [entry.text for entry in codebook.entries] == words


def test_the_limits_are_those_that_the_page_says():
    assert f"(up to {MOST_BETWEEN:,})" in PAGE
    assert f"brackets nested {DEEPEST}\ndeep" in PAGE
