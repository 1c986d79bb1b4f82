"""Codebooks damaged at random, with rules: every verb edits them or says why not, in one line."""

import random

import pytest

from rubricate.codebooks import CodebookError, parse_codebook
from rubricate.codebooks.difference import difference
from rubricate.codebooks.editing.codes import add_code, move_code, remove_code, rename_code
from rubricate.codebooks.editing.editing import edit_text
from rubricate.codebooks.editing.errors import EditError
from rubricate.codebooks.editing.merging import merge_codes, split_code
from rubricate.codebooks.editing.settings import set_key, unset_key
from rubricate.codebooks.editing.terms import NewTerms, add_terms, move_terms, remove_terms
from tests.codebook_texts import GOOD

RULES = """\
codes:
  east:
    label: East
    terms: [east, {term: orient, unless: "@west", only_in: 'year >= 2018 AND outlet IN ("a", "b")'}]
    exclusive: true
    codes:
      russia: {terms: [Russia, lemma: Moscow],   # and its capital
               color: red}
      china: {terms: [China], see: {west: the other side}}
  west:
    coded_by: both
    terms:
      - west
      - tokens: [{LOWER: {IN: [a, b]}}, {OP: "*", IS_PUNCT: true}]
      - pos: power/NOUN
  ? turn
  : within: paragraph
    unless: "@west"
    rules:
      - (turn OR look) NEAR/3 @east/*    # either way
      - rule: >-
          @russia AND
          "@china"
        id: both
        only_in: outlet = "irna"
      - 'COUNT(@west) >= 2 NOT regex:"a(b|c)+"'
"""
PIECES = [
    *(
        "\t",
        "\n",
        "\r\n",
        "\r",
        "  ",
        " # c\n",
        ": ",
        "- ",
        "? ",
        "[",
        "]",
        "{",
        "}",
        ",",
        '"',
        "'",
        "|",
        ">-\n",
    ),
    *("&a ", "*a", "!x ", "@west", "@east/*", "%", "\\", "---\n", "...\n", "codes:", "terms:", "null", "~"),
    *(
        "\ufeff",
        "\u2028",
        "é",
        "😀",
        "NEAR/99999999",
        "NOT ",
        "AND",
        "(",
        ")",
        "COUNT(",
        'regex:"(a*)*"',
        "\0",
    ),
]


def damaged(text, chance):
    """Pieces put in, taken out or put in place of others, or lines moved, taken out or indented."""
    for _ in range(chance.randint(1, 3)):
        start = chance.randrange(len(text) + 1)
        end = start + chance.choice((0, 1, 1, 3, 10))
        lines = text.split("\n")
        line = chance.randrange(len(lines))
        other = chance.randrange(len(lines))
        indented = " " * chance.randrange(9) + lines[line].lstrip()
        text = chance.choice(
            (
                text[:start] + chance.choice(PIECES) + text[start:],
                text[:start] + text[end:],
                text[:start] + chance.choice(PIECES) + text[end:],
                "\n".join([*lines[:other], lines[line], *lines[other:]]),
                "\n".join([*lines[:line], *lines[line + 1 :]]),
                "\n".join([*lines[:line], indented, *lines[line + 1 :]]),
                "\n".join([*lines[:line], f"{lines[line]}  # c", *lines[line + 1 :]]),
            )
        )
    return text


def verbs(book, chance):
    """Every verb, on codes and entries by chance."""
    ids = [code.id for code in book.codes]
    a, b = chance.choice(ids), chance.choice(ids)
    entries = [entry.id for entry in book.entries] or ["none.1"]
    entry = chance.choice(entries)
    owner = entry.partition(".")[0]
    new = NewTerms(("new", "a: b"), language=chance.choice(("", "fa")), note="why")
    rule = NewTerms(("x NEAR/3 y",), kind="rule")
    yield lambda draft, _: add_code(draft, "new", {"label": "New", "terms": ["x"]}, a)
    yield lambda draft, _: rename_code(draft, a, "new")
    yield lambda draft, _: move_code(draft, a, b)
    yield lambda draft, _: move_code(draft, a, None, after=b)
    yield lambda draft, _: remove_code(draft, a, True, True)
    yield lambda draft, book: merge_codes(draft, book, [a], b)
    yield lambda draft, book: split_code(draft, book, owner, "new", [entry], {})
    yield lambda draft, book: add_terms(draft, book, a, new)
    yield lambda draft, book: add_terms(draft, book, a, rule)
    yield lambda draft, book: move_terms(draft, book, [entry], b)
    yield lambda draft, book: remove_terms(draft, book, owner, [entry])
    yield lambda draft, _: set_key(draft, a, "memo", ["long " * 30 + "\nend"])
    yield lambda draft, _: set_key(draft, a, "literature", ["one"], True)
    yield lambda draft, _: unset_key(draft, a, chance.choice(("label", "terms", "see", "color")))


def check_damage(seed):
    """Whether the text of this seed is still a codebook."""
    chance = random.Random(seed)
    text = damaged(chance.choice((GOOD, RULES)), chance)
    try:
        book = parse_codebook(text)
    except CodebookError as error:
        assert all(problem.line >= 0 and problem.message for problem in error.problems)
        with pytest.raises((CodebookError, EditError)):
            edit_text(text, lambda draft, _: rename_code(draft, "east", "new"))
        return False
    difference(parse_codebook(GOOD), book)
    for verb in verbs(book, chance):
        try:
            after = edit_text(text, verb).draft.text
        except EditError as error:
            assert len(str(error).splitlines()) == 1
        else:
            parse_codebook(after)
    return True


def test_damaged_codebooks_are_edited_or_refused():
    assert 10 < sum(map(check_damage, range(60))) < 50


@pytest.mark.slow
def test_five_hundred_damaged_codebooks_are_edited_or_refused():
    assert sum(map(check_damage, range(60, 560))) > 100
