"""Codebooks as texts, for the tests of reading them."""

import pytest

from rubricate.codebooks import CodebookError, parse_codebook

GOOD = """\
name: Iran–Russia defence diplomacy
version: "1.0"
language: en
within: sentence                     # the default scope
hyphens: split
codes:
  sanctions:
    label: Sanctions
    definition: Use, threat or relief
      of economic sanctions.
    when_to_use: [arms embargoes, snapback]
    when_not_to_use: in the sense of to approve
    see: {secondary_sanctions: pressure on third parties}
    examples:
      - text: Western sanctions led to a decline.
        from: a report
      - text: The Council sanctioned the visit.
        applies: false
        variables: {year: 2018}
      - An embargo followed.
    coded_by: both
    negated: drop
    not_inside: travel sanction
    color: "#aa0000"
    memo: |
      Two
      lines.
    literature: [Hufbauer 2007]
    guid: 0001
    was: [penalties]
    terms:
      - sanction
      - embargo*
      - lemma: impose
      - regex: '\\bUNSCR? ?\\d{4}\\b'
      - term: restriction
        not_inside: [speed restriction, travel sanction]
        note: added after the pilot
    codes:
      secondary_sanctions:
        terms: {fa: [تحریم ثانویه], any: [CAATSA]}
"""


def code(keys):
    """A codebook with one code; its keys begin in line 3, column 5."""
    return "codes:\n  a:\n" + "".join(f"    {line}\n" for line in keys.splitlines())


def problems(text):
    with pytest.raises(CodebookError) as caught:
        parse_codebook(text)
    return [(problem.line, problem.column, problem.message) for problem in caught.value.problems]
