"""What a hostile reading of the engine found, each as a test."""

import pytest

from rubricate import apply_codebook, parse_codebook
from rubricate.corpus.document import Document, Paragraph


def found(terms, text, language="en"):
    codebook = parse_codebook(f"codes:\n  x: {{terms: {terms}}}\n")
    document = Document("d", text, (Paragraph(0, len(text)),), language=language)
    (batch,) = apply_codebook(codebook, [document])
    columns = batch.segments
    rows = zip(columns.start.tolist(), columns.end.tolist(), columns.negated.tolist(), strict=True)
    return [(text[start:end], negated) for start, end, negated in rows]


@pytest.mark.parametrize("word", ["cafe", "café"])
def test_two_borders_that_meet_are_one_in_any_script(word):
    assert found(r"[{regex: '(\bUN\b|EU)\b'}]", f"UN and EU {word}.") == [("UN", False), ("EU", False)]


@pytest.mark.parametrize("word", ["cafe", "café"])
def test_a_border_inside_an_alternative_is_a_border(word):
    assert found(r"[{regex: '\b(?:arms|weapon(?:s\b|ry))\b'}]", f"weapons {word}") == [("weapons", False)]


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Resolution No. 1929 imposed sanctions.", False),
        ("The no-fly zone and sanctions hurt.", False),
        ("He answered no – sanctions are good.", False),
        ("The Council has not yet imposed sanctions.", True),
        ("There are no sanctions.", True),
        ("It is not only sanctions.", False),
        ("Sanctions no longer bite; no sanctions do.", True),
        ("No, but sanctions do.", False),
    ],
)
def test_negation(text, negated):
    assert found("[{word: sanctions}]", text)[-1][1] is negated


def test_regions_of_a_language_do_not_matter():
    assert found("{en-GB: [sanction]}", "Sanctions.", language="en-US") == [("Sanctions", False)]


def test_overlaps_in_a_long_chain_are_resolved_from_the_left():
    assert len(found("[ha ha]", "ha " * 999 + "ha")) == 500


def test_a_term_of_adjacent_characters_does_not_move_over_a_line_break():
    assert found("{any: ['制裁']}", "制裁(\n制裁", language="zh") == [("制裁", False)] * 2


def test_a_joined_emoji_is_found_as_typed():
    family = "👨\u200d👩\u200d👧"
    assert found(f"['{family}']", f"a {family} b") == [(family, False)]


def test_of_two_regexes_that_touch_one_word_the_leftmost_wins_not_the_first_in_the_file():
    assert found("[{regex: 'on$'}, {regex: '^sa'}]", "sanction") == [("sa", False)]
