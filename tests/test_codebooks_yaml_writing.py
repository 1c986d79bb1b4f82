from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from rubricate.codebooks import parse_codebook, read_codebook
from rubricate.codebooks.yaml_writing import codebook_yaml
from tests.codebook_texts import GOOD
from tests.made_codebooks import codebooks

STARTERS = sorted((Path(__file__).parents[1] / "codebooks" / "starters").glob("*.yaml"))

FULL = """\
name: Iran–Russia defence diplomacy
version: 1.0
language: en
codes:
  sanctions:
    label: Sanctions
    definition: >-
      Use, threat, tightening, relief or circumvention of economic sanctions, by whomever and
      against whomever they are meant.
    when_to_use:
      - arms embargoes
    see:
      war: "so: yes"
    examples:
      - An embargo followed.
      - text: The Council sanctioned the visit.
        applies: false
        language: en
        variables: {year: 2018}
        from: a report
    coded_by: both
    negated: drop
    not_inside: [travel sanction]
    terms:
      en:
        - sanction
        - "*deceit*"
        - term: "case: Iran"
        - regex: '\\bUNSCR? ?\\d{4}\\b'
        - term: restriction
          not_inside: [speed restriction]
          note: added after the pilot
        - tokens: [{LIKE_NUM: true}, {LOWER: {IN: [million, billion]}, OP: "?"}]
      fa:
        - تحریم
    color: "#aa0000"
    memo: |-
      Two

      lines: here
    was: [penalties]
    codes:
      secondary:
        label: Secondary sanctions
        coded_by: hand
  war:
    label: War
    exclusive: true
    within: paragraph
    unless: peace
    only_in: year >= 2018
    terms:
      - war
    rules:
      - "(economic OR financial) NEAR/4 pressure"
      - rule: punitive THEN/2 measure
        id: punitive
        within: document
        unless: visa OR parking
        only_in: 'outlet != "irna"'
      - rule: "@sanctions AND trade"
        language: fa
    codes:
      cold:
        label: Cold war
        rules:
          - cold war
      hot:
        label: Hot war
        coded_by: hand
"""


def test_a_codebook_is_written_in_blocks_in_the_order_of_the_language():
    assert codebook_yaml(parse_codebook(FULL)) == FULL


def check_reads_back(book):
    text = codebook_yaml(book)
    again = parse_codebook(text)
    assert again == book
    assert codebook_yaml(again) == text


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(codebooks())
def test_what_is_written_reads_back_as_it_was_and_is_written_the_same_again(book):
    check_reads_back(book)


@pytest.mark.slow
@settings(max_examples=500, suppress_health_check=list(HealthCheck))
@given(codebooks())
def test_very_much_that_is_written_reads_back_as_it_was(book):
    check_reads_back(book)


@pytest.mark.parametrize("path", STARTERS, ids=lambda path: path.stem)
def test_the_starters_read_back_as_they_were(path):
    book = read_codebook(path)
    assert parse_codebook(codebook_yaml(book)) == book


def test_keys_that_have_their_default_are_left_out():
    text = codebook_yaml(parse_codebook("codes: {a: {terms: [b], coded_by: rules, negated: keep}}"))
    assert text == "language: en\ncodes:\n  a:\n    label: A\n    terms:\n      - b\n"


def test_the_codebook_of_the_tests_reads_back_as_it_was():
    book = parse_codebook(GOOD)
    assert parse_codebook(codebook_yaml(book)) == book
