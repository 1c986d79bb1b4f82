"""Terms that a spaCy pipeline reads: what they may say, and what is wrong with all others."""

import json

import pytest

from rubricate.codebooks import parse_codebook
from rubricate.codebooks.check import check_codebook
from rubricate.codebooks.checks.words import entry_forms, pipeline_remark
from rubricate.codebooks.pipeline_terms import entry_needs, parse_pos
from rubricate.codebooks.terms import parse_term
from rubricate.codebooks.token_patterns import TokenSpec, parse_tokens
from tests.codebook_texts import code, problems


def entries(*terms):
    lines = "".join(f"  - {term}\n" for term in terms)
    return parse_codebook(code(f"terms:\n{lines}")).entries


def entry(term):
    return entries(term)[0]


def shown(entries):
    return [(entry.id, entry.kind, entry.text) for entry in entries]


def test_each_kind_is_an_entry_with_its_text_in_one_form():
    assert shown(
        entries(
            "{pos: great/ADJ   power/NOUN}",
            "entity: GPE",
            "tokens: [{LIKE_NUM: true}, {LOWER: {IN: [million, billion]}, OP: '?'}]",
        )
    ) == [
        ("a.1", "pos", "great/ADJ power/NOUN"),
        ("a.2", "entity", "GPE"),
        ("a.3", "tokens", '[{"LIKE_NUM": true}, {"LOWER": {"IN": ["million", "billion"]}, "OP": "?"}]'),
    ]


def test_they_take_the_keys_of_any_term():
    book = parse_codebook(code("terms: {fa: [{entity: GPE, not_inside: [Strait of Hormuz], note: n}]}"))
    [found] = book.entries
    assert (found.language, found.not_inside, found.note) == ("fa", ("Strait of Hormuz",), "n")


def test_the_words_of_a_pos_term_are_cut_as_those_of_any_term():
    for text, words, tags in (
        ("power/NOUN", "power", ["NOUN"]),
        ("great/ADJ power/NOUN", "great power", ["ADJ", "NOUN"]),
        ("great power/NOUN", "great power", ["", "NOUN"]),
        ("U.S./PROPN sanction*/NOUN", "U.S. sanction*", ["PROPN", "PROPN", "NOUN"]),
        ("SWIFT/PROPN", "SWIFT", ["PROPN"]),
        ("and/or/CCONJ", "and/or", ["CCONJ", "CCONJ"]),
        ("制裁/NOUN", "制裁", ["NOUN", "NOUN"]),
    ):
        term = parse_pos(text)
        assert term.words == parse_term(words)
        assert list(term.tags) == tags


def test_scalars_of_a_pattern_are_what_their_attribute_takes():
    pattern = "[{LIKE_NUM: true, IS_PUNCT: false, LENGTH: 4}, {TEXT: true}, {LENGTH: {'>=': 2, IN: [3]}}, {}]"
    assert json.loads(entry(f"tokens: {pattern}").text) == [
        {"LIKE_NUM": True, "IS_PUNCT": False, "LENGTH": 4},
        {"TEXT": "true"},
        {"LENGTH": {">=": 2, "IN": [3]}},
        {},
    ]


@pytest.mark.parametrize(
    ("operator", "least", "most", "negated"),
    [
        ("?", 0, 1, False),
        ("*", 0, None, False),
        ("+", 1, None, False),
        ("!", 1, 1, True),
        ("{3}", 3, 3, False),
        ("{1,3}", 1, 3, False),
        ("{2,}", 2, None, False),
        ("{,2}", 0, 2, False),
    ],
)
def test_an_operator_says_how_many_tokens(operator, least, most, negated):
    text = entry(f"tokens: [{{LOWER: x}}, {{LOWER: y, OP: '{operator}'}}]").text
    assert parse_tokens(text)[1] == TokenSpec({"LOWER": "y"}, least, most, negated)


def test_what_an_entry_needs_follows_from_what_it_asks_for():
    found = entries(
        "power",
        "pos: power/NOUN",
        "entity: GPE",
        "tokens: [{LOWER: x}]",
        "tokens: [{LEMMA: x, POS: NOUN}, {ENT_TYPE: GPE}]",
    )
    assert [sorted(entry_needs(each)) for each in found] == [
        [],
        ["pos"],
        ["entity"],
        [],
        ["entity", "lemma", "pos"],
    ]
    assert list(map(pipeline_remark, found)) == [
        "",
        "needs a pipeline with parts of speech",
        "needs a pipeline with entities, read in every paragraph",
        "spaCy's blank pipeline is enough",
        "needs a pipeline with parts of speech and spaCy's lemmas and entities",
    ]


def test_check_shows_the_forms_of_words_and_warns_of_unknown_ones_only():
    book = parse_codebook(code("definition: D\nterms: [{pos: power/NOUN}, {entity: GPE}, {pos: zzyx/NOUN}]"))
    forms = [entry_forms(entry, book) for entry in book.entries]
    assert "powers" in forms[0][0]
    assert forms[1] == (("GPE",),)
    warned = [(doubt.entry, doubt.message) for doubt in check_codebook(book)]
    assert [entry for entry, _ in warned] == ["a.3"]
    assert "not in the word list" in warned[0][1]


def test_a_language_without_word_list_matters_to_words_only():
    book = parse_codebook("language: yi\n" + code("definition: D\nterms: [{entity: GPE}, {pos: x/NOUN}]"))
    assert [doubt.entry for doubt in check_codebook(book)] == ["a.2"]


WRONG = [
    ("pos: power", 4, 14, "`power` has no part of speech; write the word, a slash and one, as in"),
    ("pos: power/noun", 4, 14, "`noun` is no part of speech; write NOUN"),
    ("pos: power/NN", 4, 14, "`NN` is no part of speech; write NOUN"),
    ("pos: power/", 4, 14, "`power/` lacks its part of speech; write one of ADJ"),
    ("pos: /NOUN", 4, 14, "no word stands before the slash of `/NOUN`"),
    ("pos: '$/SYM'", 4, 14, "no word stands before the slash of `$/SYM`"),
    ("pos: power/NOUN/VERB", 4, 14, "`power/NOUN/VERB` has more than one part of speech; write one"),
    ("pos: follow-up/NOUN", 4, 14, "`follow-up` is more than one word to spaCy; write each with its part of"),
    ("pos: '*/NOUN'", 4, 14, "this matches every word; write letters beside the * or ?"),
    ("pos:", 4, 13, "an empty term; write a word or phrase"),
    ("pos: [power/NOUN]", 4, 14, "`pos` takes text; a list stands here"),
    ("'pos: power/NOUN'", 4, 9, "`pos:` too; write `{pos: power/NOUN}`"),
    ("entity:", 4, 16, "the label of an entity is missing; write one that the pipeline knows, such as GPE"),
    ("entity: a place", 4, 17, "`a place` is no entity label; write one"),
    ("entity: {label: GPE}", 4, 17, "`entity` takes text; a mapping"),
    ("'tokens: [{LOWER: x}]'", 4, 9, "write `{tokens: [{LOWER: x}]}`"),
    ("tokens: LIKE_NUM", 4, 17, "`tokens` takes a list such as [{LIKE_NUM: true}, {LOWER: million}]; text"),
    ("tokens: {LOWER: x}", 4, 17, "; a mapping (`key: value`) stands here"),
    ("tokens: []", 4, 17, "; an empty list stands here"),
    ("tokens:", 4, 16, "; nothing stands here"),
    ("tokens: [million]", 4, 18, "a token is a mapping such as {LOWER: million}; text stands here"),
    ("tokens: [{}]", 4, 17, "nothing in this pattern must be there; give one token an attribute and no `OP`"),
    ("tokens: [{LOWER: x, OP: '?'}, {}]", 4, 17, "nothing in this pattern must be there"),
    ("tokens: [{LOWER: x, OP: '!'}]", 4, 17, "nothing in this pattern must be there"),
    ("tokens: [{LOWER: x, OP: '{201}'}]", 4, 17, "a pattern of 201 tokens; the longest allowed has 200"),
    ("tokens: [{LOWER: x}, {OP: '!'}]", 4, 30, "`!` needs an attribute beside it"),
    ("tokens: [{LOWR: x}]", 4, 19, "`LOWR` is no attribute of a token; write `LOWER`"),
    ("tokens: [{lower: x}]", 4, 19, "`lower` is no attribute of a token; write `LOWER`"),
    ("tokens: [{zzz: x}]", 4, 19, "`zzz` is no attribute of a token; write one of TEXT, ORTH, LOWER"),
    ("tokens: [{_: {x: y}}]", 4, 19, "`_` is no attribute of a token"),
    ("tokens: [{REGEX: x}]", 4, 19, "`REGEX` is not supported: spaCy would try it on every token; list the"),
    ("tokens: [{LOWER: {REGEX: x}}]", 4, 27, "`REGEX` is not supported: spaCy would try it on every token"),
    ("tokens: [{LOWER: {FUZZY2: x}}]", 4, 27, "`FUZZY2` is not supported"),
    ("tokens: [{IS_SPACE: true}]", 4, 19, "`IS_SPACE` finds nothing"),
    ("tokens: [{LOWER: {INN: [x]}}]", 4, 27, "`INN` cannot stand under `LOWER`; write IN or NOT_IN"),
    ("tokens: [{LOWER: {INTERSECTS: [x]}}]", 4, 27, "cannot stand under `LOWER`; write IN or NOT_IN"),
    ("tokens: [{LOWER: {IN: x}}]", 4, 31, "`IN` takes a list of values; text stands here"),
    ("tokens: [{LOWER: {IN: []}}]", 4, 31, "`IN` takes a list of values; an empty list"),
    ("tokens: [{LOWER: {}}]", 4, 26, "`LOWER` has no value; write one, or IN or NOT_IN and its values"),
    ("tokens: [{LOWER: [x, y]}]", 4, 26, "`LOWER` takes text; a list stands here; for several values write"),
    ("tokens: [{LOWER: US}]", 4, 26, "`US` is compared with words in small letters; write `us`, or TEXT: US"),
    ("tokens: [{LOWER: {IN: [x, US]}}]", 4, 35, "write `us`"),
    ("tokens: [{LOWER: arms embargo}]", 4, 26, "holds a blank, and no token does; write a token for each"),
    ("tokens: [{LOWER: ''}]", 4, 26, "the value of `LOWER` is empty; write a text"),
    ("tokens: [{LIKE_NUM: yes}]", 4, 29, "`LIKE_NUM` takes true or false; `yes` stands here"),
    ("tokens: [{LIKE_NUM: }]", 4, 29, "`LIKE_NUM` takes true or false; nothing stands here"),
    ("tokens: [{LIKE_NUM: {IN: [true]}}]", 4, 29, "`LIKE_NUM` takes true or false; a mapping"),
    ("tokens: [{LENGTH: four}]", 4, 27, "`four` is no whole number; write one such as 4"),
    ("tokens: [{LENGTH: {'>': }}]", 4, 33, "the value of `LENGTH` is no whole number"),
    ("tokens: [{LENGTH: {REGEX: 4}}]", 4, 28, "`REGEX` is not supported"),
    ("tokens: [{LENGTH: 0}]", 4, 27, "no token is so long; write a length from 1 on"),
    ("tokens: [{LENGTH: {'<': 1}}]", 4, 27, "no token is so long"),
    ("tokens: [{LENGTH: {'>': 4, '<=': 4}}]", 4, 27, "no token is so long"),
    ("tokens: [{LENGTH: {IN: [0]}}]", 4, 27, "no token is so long"),
    ("tokens: [{LENGTH: {IN: [2, 3], NOT_IN: [3], '!=': 2}}]", 4, 27, "no token is so long"),
    ("tokens: [{POS: noun}]", 4, 24, "`noun` is no part of speech; write NOUN"),
    ("tokens: [{SHAPE: ddddd}]", 4, 26, "is no shape: spaCy shows at most four of a kind in a row"),
    ("tokens: [{SHAPE: Ab1}]", 4, 26, "is no shape; write X for a capital, x for a small letter, d for a"),
    ("tokens: [{LOWER: x, OP: most}]", 4, 33, "`most` is no `OP`; write ?, *, +, ! or a range such as"),
    ("tokens: [{LOWER: x, OP: '{,}'}]", 4, 33, "`{,}` is no `OP`"),
    ("tokens: [{LOWER: x, OP: '{3,1}'}]", 4, 33, "`{3,1}` says from 3 to 1 tokens; write"),
    ("tokens: [{LOWER: x, OP: '{0}'}]", 4, 33, "`{0}` says from 0 to 0 tokens"),
    ("tokens: [{LOWER: x, OP: ''}]", 4, 33, "`OP` is empty; write ?, *, +"),
    ("tokens: [{LOWER: x, OP: {0,3}}]", 4, 33, "YAML reads these brackets as a mapping; write '{0,3}' in"),
    ("tokens: [{LOWER: x, OP: [1]}]", 4, 33, "`OP` takes text; a list stands here"),
    ("tokens: [{LOWER: x, OP: *}]", 4, 33, 'YAML reads * as the start of an alias; write "*" in quotes'),
    ("tokens: [{LOWER: x, LOWER: y}]", 4, 29, "`LOWER` stands twice"),
    ("tokens: [[{LOWER: x}]]", 4, 18, "a token is a mapping such as {LOWER: million}; a list stands here"),
]  # fmt: skip


@pytest.mark.parametrize(("term", "line", "column", "message"), WRONG, ids=[row[0] for row in WRONG])
def test_a_mistake_is_reported_once_with_its_place_and_what_to_write(term, line, column, message):
    [(found_line, found_column, found)] = problems(code(f"terms:\n  - {term}"))
    assert message in found
    assert (found_line, found_column) == (line, column)


LENGTHS = [
    "1",
    "{'>': 0}",
    "{'>=': 0}",
    "{'<': 2}",
    "{'!=': 1}",
    "{NOT_IN: [1]}",
    "{'>': 3, '<': 5}",
    "{'==': 9}",
]


@pytest.mark.parametrize("length", LENGTHS)
def test_a_length_that_a_token_can_have_is_right(length):
    [entry] = parse_codebook(code(f"terms:\n  - tokens: [{{LENGTH: {length}}}]")).entries
    assert entry.kind == "tokens"


def test_all_mistakes_of_a_pattern_are_reported_at_once():
    pattern = "[{LOWR: x, LIKE_NUM: yes}, x, {LOWER: {REGEX: x}, OP: most}]"
    text = code(f"terms:\n  - tokens: {pattern}\n  - pos: power/noun")
    assert [(line, column) for line, column, _ in problems(text)] == [
        (4, 19),
        (4, 38),
        (4, 44),
        (4, 56),
        (4, 71),
        (5, 14),
    ]
