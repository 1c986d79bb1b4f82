"""A codebook as Markdown and as Word: every sentence of it is there, and nothing turns into layout."""

import io

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt

from rubricate.codebooks import parse_codebook
from tests.exchanged import written
from tests.made_codebooks import codebooks

BOOK = parse_codebook(
    """\
name: A book
version: 2
codes:
  war:
    label: War *and* peace
    definition: |
      Fighting.
      # no heading
    when_to_use: [battles]
    when_not_to_use: [trade wars]
    see: {peace: the end}
    examples:
      - {text: A war., from: a report}
      - {text: A warm day., applies: false}
    coded_by: both
    negated: drop
    memo: 1. no list
    literature: [Clausewitz 1832]
    terms:
      en: [{term: war, not_inside: [trade war], note: often}, {regex: 'w`r'}]
      fa: [جنگ]
    codes:
      peace: {label: Peace, coded_by: hand}
"""
)


def test_markdown_says_all_of_a_codebook():
    content, lost = written(BOOK, "markdown")
    assert lost == []
    assert (
        content.decode()
        == """\
# A book

Version 2. Language: en. 2 codes, 3 entries.

## War \\*and\\* peace `war`

Fighting.\\
\\# no heading

**When to use:**

- battles

**When not to use:**

- trade wars

**See also:**

- Peace: the end

**Examples:**

- A war. (a report)

**Near misses, not coded:**

- A warm day.

**Coded** by rules and by hand.

**Negated hits** are not counted.

**Memo** 1\\. no list

**Literature:**

- Clausewitz 1832

**Entries:**

- `war`: not inside: trade war; often
- ``regex: w`r``

**Entries (fa):**

- `جنگ`

### Peace `peace`

**Coded** by hand.
"""
    )


def test_the_scope_of_rules_and_the_kind_of_hyphens_are_told():
    book = parse_codebook(
        "{hyphens: keep, within: document, codes: {a: {terms: [b, {term: c, unless: d}], rules: [e AND f]}}}"
    )
    page = written(book, "markdown")[0].decode()
    assert "\n\nLanguage: en. 1 code, 3 entries. A hyphen between letters joins a word.\n\n" in page
    assert page.endswith("- `b`\n- `c`: within: document; unless: d\n- `rule: e AND f`: within: document\n")


def shown(markdown):
    """The words that a reader of the rendered text sees."""
    tokens = MarkdownIt().parse(markdown)
    leaves = [leaf for token in tokens for leaf in token.children or [token]]
    return "".join("".join(leaf.content for leaf in leaves).split())


@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(codebooks())
def test_every_definition_and_label_is_shown_as_it_is(book):
    page = shown(written(book, "markdown")[0].decode())
    for code in book.codes:
        for text in (code.label, code.definition, *code.when_to_use, *(entry.text for entry in code.entries)):
            assert "".join(text.split()) in page


def test_word_has_headings_for_a_table_of_contents_and_all_texts():
    content, lost = written(BOOK, "docx")
    assert lost == []
    paragraphs = docx.Document(io.BytesIO(content)).paragraphs
    headings = [
        (found.style.name, found.text) for found in paragraphs if found.style.name.startswith("Heading")
    ]
    assert headings == [
        ("Heading 1", "A book"),
        ("Heading 2", "War *and* peace (war)"),
        ("Heading 3", "Peace (peace)"),
    ]
    lists = [found.text for found in paragraphs if found.style.name == "List Bullet"]
    assert lists == [
        *("battles", "trade wars", "Peace: the end", "A war. (a report)", "A warm day.", "Clausewitz 1832"),
        *("war: not inside: trade war; often", "regex: w`r", "جنگ"),
    ]
    assert "Fighting.\n# no heading" in [found.text for found in paragraphs]


@pytest.mark.parametrize("name", ["markdown", "docx"])
def test_an_appendix_of_a_codebook_without_a_name_has_a_heading(name):
    assert written(parse_codebook("codes: {a: {terms: [b]}}"), name)[0]


def test_a_name_too_long_for_the_properties_of_word_is_whole_in_its_heading():
    name = "long " * 60 + "end"
    content, _ = written(parse_codebook(f"name: {name}\ncodes: {{a: {{terms: [b]}}}}\n"), "docx")
    document = docx.Document(io.BytesIO(content))
    assert document.paragraphs[0].text == name
    assert document.core_properties.title == name[:255]
