"""Why rules, and terms with conditions, find nothing where something of them stands."""

import pytest

from rubricate import Document, Paragraph, Settings, parse_codebook
from rubricate.coding.explain import explain_paragraphs


def explained(code, text, parts=(), settings=None, **variables):
    """(entry, reason, words, why) of every near miss, and the words of the segments, of a whole document."""
    paragraphs, start = [], 0
    for number, piece in enumerate(text.split("\n\n")):
        paragraphs.append(Paragraph(start, start + len(piece), parts[number] if parts else "body"))
        start += len(piece) + 2
    codebook = parse_codebook(f"codes:\n  x: {code}\n  other: {{terms: [treaty]}}\n")
    document = Document("d", text, tuple(paragraphs), language="en", variables=variables)
    found = explain_paragraphs(codebook, document, settings)
    misses = [
        (codebook.entries[miss.entry].id, miss.reason, text[miss.start : miss.end], miss.why)
        for one in found
        for miss in one.nearly
    ]
    return misses, [text[hit.start : hit.end] for one in found for hit in one.segments]


RULES = [
    (
        "arms NEAR/1 talks",
        "Arms, then some talks",
        "distance",
        "2 words stand between, more than the rule allows: arms NEAR/1 talks",
    ),
    ("arms NEAR/0 talks", "Arms and talks", "distance", "1 word stands between, more than the rule allows"),
    (
        "ships NEAR/1 arms NEAR/1 talks",
        "Ships and arms, but no more talks",
        "distance",
        "1 and 3 words stand between, more than the rule allows",
    ),
    ("arms THEN/3 talks", "Talks on arms", "order", "it stands in another order than THEN asks for"),
    ("arms NOT talks", "Arms and talks", "excluded", "what the rule excludes is there: arms NOT talks"),
    ("arms NOT NEAR/3 talks", "Arms and talks", "excluded", "what the rule excludes is there"),
    ("arms AND talks", "Arms. Talks.", "scope", "the rule holds within the paragraph, and the entry"),
    ("arms AND talks", "Arms.\n\nTalks.", "scope", "the rule holds within the document, and the entry"),
    ("COUNT(arms) >= 2", "Arms.", "count", "there are not as many in the sentence as the rule asks for"),
    (
        "{rule: arms, not_inside: [small arms]}",
        "Small arms.",
        "not_inside",
        "it lies inside one of not_inside",
    ),
    ("{rule: arms, unless: talks}", "Arms and talks.", "unless", "this holds in its sentence: talks; the"),
    ("{rule: arms, only_in: year > 2018}", "Arms.", "only_in", "only in documents of which year > 2018"),
]


@pytest.mark.parametrize(("rule", "text", "reason", "why"), RULES)
def test_what_keeps_a_rule_from_finding_anything_is_told(rule, text, reason, why):
    ((entry, told, _, said),), hits = explained(f"{{rules: [{rule}]}}", text, year="2015")
    assert (entry, told, hits) == ("x.r1", reason, [])
    assert why in said


def test_a_term_that_a_condition_keeps_out_is_told_at_its_place():
    misses, hits = explained("{terms: [{term: arms, unless: visa}]}", "Arms. A visa for arms.")
    assert hits == ["Arms"]
    assert misses == [
        ("x.1", "unless", "arms", "“arms”: this holds in its sentence: visa; the entry says unless")
    ]


def test_a_rule_that_loses_its_words_to_another_entry_is_told():
    misses, hits = explained("{rules: [arms NEAR/2 talks], terms: [arms and talks]}", "Arms and talks.")
    assert hits == ["Arms and talks"]
    assert [(entry, reason) for entry, reason, *_ in misses] == [("x.r1", "overlap")]


def test_what_a_document_scope_does_not_see_is_not_seen_here_either():
    code = "{within: document, rules: [arms AND talks]}"
    text, parts = "Arms.\n\nTalks.", ("body", "references")
    assert explained(code, text, parts) == ([], [])
    seen = Settings(parts=("body", "references"))
    assert explained(code, text, parts, seen) == ([], ["Arms"])


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("arms NEAR/2 talks", "Arms and talks."),
        ("arms NEAR/2 talks", "Arms and ships."),
        ("'@other AND arms'", "A treaty on arms."),
        ("'@other AND arms'", "A treaty."),
        ("arms AND ships", "Arms and talks."),
    ],
)
def test_nothing_is_told_of_a_rule_that_holds_or_is_far_from_it(rule, text):
    assert explained(f"{{rules: [{rule}]}}", text)[0] == []


def test_a_negated_hit_of_a_rule_is_told_with_its_cue():
    misses, _ = explained("{negated: drop, rules: [arms NEAR/2 talks]}", "No arms talks.")
    assert misses == [
        ("x.r1", "negated", "arms talks", "it is negated by “No”, and the code says negated: drop")
    ]
