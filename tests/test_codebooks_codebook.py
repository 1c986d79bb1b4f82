"""The codebook as data."""

import dataclasses
import json

from rubricate.codebooks import Code, Codebook, Entry, Example, parse_codebook
from rubricate.codebooks.codebook import Mark

WRITTEN = """
name: Trade
codes:
  trade:
    label: Trade
    see: {war: force, peace: none}
    terms: [tariff, trade war]
    examples: [{text: A tariff., applies: true}]
  war: {coded_by: hand}
  peace: {coded_by: hand}
"""

REWRITTEN = """
# another hand
codes:
    "trade":
        examples:
        - applies: 'true'
          text: >-
            A
            tariff.
        terms:          # two of them
        - tariff

        - "trade war"
        see:
            peace: none
            war: force
        label: Trade
    war:
        coded_by: hand
    peace:
        coded_by: hand
name: Trade
"""


def canonical(text):
    return parse_codebook(text).canonical()


def test_comments_formatting_and_the_order_of_keys_do_not_change_the_canonical_form():
    assert canonical(WRITTEN) == canonical(REWRITTEN)


def test_the_order_of_terms_and_of_codes_changes_the_canonical_form():
    one, two = "codes: {a: {terms: [x, y]}, b: {terms: [z]}}", "codes: {a: {terms: [y, x]}, b: {terms: [z]}}"
    assert canonical(one) != canonical(two)
    assert canonical(one) != canonical("codes: {b: {terms: [z]}, a: {terms: [x, y]}}")


def test_a_code_or_variable_called_mark_is_part_of_the_canonical_form():
    plain = Codebook("", (Code("a", "A"),))
    seen = Codebook("", (Code("a", "A", see={"mark": "why"}),))
    varied = Codebook("", (Code("a", "A", examples=(Example("x", variables={"mark": "1"}),)),))
    assert len({book.canonical() for book in (plain, seen, varied)}) == 3


def test_places_in_the_file_are_no_part_of_a_codebook():
    here = Codebook("", (Code("a", "A", mark=Mark(3, 4), entries=(Entry("a.1", "term", "x", "en"),)),))
    there = Codebook("", (dataclasses.replace(here.codes[0], mark=Mark(9, 9)),))
    assert here == there
    assert here.canonical() == there.canonical()
    assert '"line"' not in here.canonical()


def test_the_canonical_form_is_json_with_letters_as_they_are():
    text = canonical("codes: {a: {terms: {fa: [تحریم]}}}")
    assert "تحریم" in text
    assert json.loads(text)["codes"][0]["entries"][0]["language"] == "fa"


def test_entries_of_a_codebook_stand_in_file_order():
    codebook = parse_codebook("codes: {a: {codes: {b: {terms: [x]}}, terms: [y, z]}, c: {terms: [w]}}")
    assert [entry.id for entry in codebook.entries] == ["a.1", "a.2", "b.1", "c.1"]
