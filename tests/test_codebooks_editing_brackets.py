"""Brackets over several lines, question marks, blanks that nobody sees: what an edit leaves of them."""

import pytest

from rubricate.codebooks.editing.codes import remove_code
from rubricate.codebooks.editing.editing import edit_text
from rubricate.codebooks.editing.errors import EditError
from rubricate.codebooks.editing.settings import set_key
from rubricate.codebooks.editing.terms import NewTerms, add_terms, remove_terms

CODES = """\
codes: {
  # about a
  a: {terms: [x]},   # a, too
  # about b, and more
  b: {terms: [y]},
  c: {terms: [z]},   # c
}
"""
TERMS = """\
codes:
  a:
    terms: [
      x,   # of x
      {term: y, note: n},   # of y, too
      "a, b" ,   # of a, b
    ]
"""


@pytest.mark.parametrize(
    ("code", "gone"),
    [
        ("a", "  a: {terms: [x]},   # a, too\n"),
        ("b", "b: {terms: [y]},\n  "),
        ("c", ",\n  c: {terms: [z]}"),
    ],
)
def test_a_code_in_brackets_goes_without_the_comments_of_others(code, gone):
    assert edit_text(CODES, lambda draft, _: remove_code(draft, code)).draft.text == CODES.replace(gone, "")


@pytest.mark.parametrize(
    ("terms", "gone"),
    [
        (["a.1"], ["x,   # of x\n      "]),
        (["a.2"], ["{term: y, note: n},   # of y, too\n      "]),
        (["a.3"], ['      "a, b" ,   # of a, b\n']),
        (["a.1", "a.3"], ["x,   # of x\n      ", '      "a, b" ,   # of a, b\n']),
        (["a.2", "a.3"], ["      {term: y, note: n},   # of y, too\n", '      "a, b" ,   # of a, b\n']),
    ],
)
def test_a_term_in_brackets_over_lines_goes_with_its_comma_and_its_comment(terms, gone):
    expected = TERMS
    for text in gone:
        expected = expected.replace(text, "")
    assert edit_text(TERMS, lambda draft, book: remove_terms(draft, book, "a", terms)).draft.text == expected


def test_a_comma_in_a_comment_is_not_the_comma_of_an_item():
    text = "codes:\n  a:\n    terms: [x   # x, as it is\n      , y   # y, last\n      ]\n"
    after = edit_text(text, lambda draft, book: remove_terms(draft, book, "a", ["y"])).draft.text
    assert after == "codes:\n  a:\n    terms: [x   # x, as it is\n      ,    # y, last\n      ]\n"


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_blanks_behind_a_value_do_not_become_part_of_a_longer_one(line_break):
    text = "codes:\n  a:\n    label: A  \n    terms: [x]\n".replace("\n", line_break)
    long = "word " * 40 + "end"
    for value in (long, "two\nlines"):
        after = edit_text(text, lambda draft, _, value=value: set_key(draft, "a", "label", [value]))
        assert after.draft.value(("codes", "a", "label")) == value
        assert after.draft.text.endswith(f"{line_break}    terms: [x]{line_break}")


@pytest.mark.parametrize("text", ["codes:\n  ? a\n  : terms: [x]\n", "codes:\n  ? a\n  :\n    terms: [x]\n"])
def test_a_key_behind_a_question_mark_is_said_to_be_too_unusual(text):
    for verb in (
        lambda draft, _: set_key(draft, "a", "label", ["b"]),
        lambda draft, book: add_terms(draft, book, "a", NewTerms(("y",))),
    ):
        with pytest.raises(EditError, match="laid out in a way that this command cannot edit"):
            edit_text(text, verb)
