"""Hostile and broken codebook files."""

import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rubricate.codebooks import Codebook, CodebookError, parse_codebook
from rubricate.codebooks.errors import MOST_PROBLEMS
from tests.codebook_texts import GOOD

ALIAS_BOMB = "a0: &a0 [x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 20)
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ALIAS_BOMB, "alias"),
        ("[" * 100_000, "nested deeper than 50 levels"),
        ("{" * 100_000, "nested deeper than 50 levels"),
        ("codes: " + "{a: " * 100_000, "nested deeper than 50 levels"),
        ("- " * 100_000, "nested deeper than 50 levels"),
        ("? " * 100_000, "nested deeper than 50 levels"),
        ("\0" * 100_000, "U+0000"),
        ("*a " * 100_000, "alias"),
        (":*a" * 100_000 + ",: x", ""),
        ("[" + ",#a" * 100_000, ""),
        ("[" + "*a, " * 100_000 + "]", f"more than these {MOST_PROBLEMS} mistakes"),
        ("codes:\n" + "- @a\n" * 100_000, "YAML does not let a word begin with @"),
        ("codes: {a: {terms: [" + "(" * 100_000 + "]}}", ""),
        ("codes: {a: {" + "".join(f"k{n}: x, " for n in range(100_000)) + "}}", "is not a key of a code"),
    ],
    ids=lambda value: value[:12],
)
def test_a_hostile_file_is_refused_within_seconds(text, message):
    begun = time.process_time()
    with pytest.raises(CodebookError) as caught:
        parse_codebook(text)
    assert message in str(caught.value)
    assert time.process_time() - begun < 5


def test_rules_full_of_references_are_read_within_seconds():
    rule = " OR ".join(f"@c{number % 10}" for number in range(900))
    found = "".join(f"  c{number}: {{terms: [x]}}\n" for number in range(10))
    chained = "".join(f"  d{number}: {{rules: ['@d{number + 1} AND x']}}\n" for number in range(2000))
    asking = "".join(f'  r{number}: {{rules: ["{rule}"]}}\n' for number in range(10))
    begun = time.process_time()
    book = parse_codebook(f"codes:\n{found}{asking}{chained}  d2000: {{terms: [x]}}\n")
    assert len(book.codes) == 2021
    assert time.process_time() - begun < 10


def reads_or_complains(text):
    try:
        found = parse_codebook(text)
    except CodebookError as error:
        found = error
    if isinstance(found, Codebook):
        assert parse_codebook(text).canonical() == found.canonical()
    else:
        lines = text.count("\n") + text.count("\r") + 2
        assert all(0 < problem.line <= lines and problem.column > 0 for problem in found.problems)
        assert len(str(found).splitlines()) == len(found.problems) > 0


@given(st.text(st.one_of(st.characters(), st.sampled_from("\n \t-:*&!@#%[]{}|>'\"?,\\"))))
def test_any_text_is_a_codebook_or_a_codebook_error_by_either_parser(text):
    reads_or_complains(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(yaml, "CBaseLoader")
        reads_or_complains(text)


EDITS = st.tuples(
    st.integers(0, len(GOOD)),
    st.integers(0, 12),
    st.one_of(st.text(max_size=3), st.text("\n \t-:*&!@#%[]{}|>'\"?,\\a", max_size=4)),
)


@given(st.lists(EDITS, min_size=1, max_size=4))
def test_a_damaged_codebook_is_a_codebook_or_a_codebook_error(edits):
    text = GOOD
    for start, length, inserted in edits:
        text = text[:start] + inserted + text[start + length :]
    reads_or_complains(text)
