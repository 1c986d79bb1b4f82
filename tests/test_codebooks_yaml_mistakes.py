"""What is wrong in a codebook file, where, and what to write instead."""

import pickle

import pytest
import yaml

from rubricate.codebooks import CodebookError, parse_codebook
from tests.codebook_texts import code, problems

UNREADABLE = [
    (code('terms:\n  - "制*"'), 4, 9, "each character is a word, and * would be just one; leave it out"),
    (code("terms: [x]\nrules:\n  - x NEAR/2 制*"), 5, 18, "* would be just one; leave it out"),
    (code('terms: [x]\nnot_inside: ["制*裁"]'), 4, 18, "* would be just one; write ? for each character"),
    (code("terms:\n  - *deceit*"), 4, 9, 'YAML reads * as the start of an alias; write "*deceit*" in quotes'),
    (code("terms:\n  - *deceit"), 4, 9, 'start of an alias; write "*deceit" in quotes'),
    (code("terms:\n  - *big lie* # note"), 4, 9, 'start of an alias; write "*big lie*" in quotes'),
    (code("terms: [x, *big lie*, y]"), 3, 16, 'write "*big lie*" in quotes'),
    (code("terms:\n  - @code"), 4, 9, 'YAML does not let a word begin with @; write "@code" in quotes'),
    (code("terms: [@code/*]"), 3, 13, 'write "@code/*" in quotes'),
    (code('terms:\n  - @"a"'), 4, 9, "write '@\"a\"' in quotes"),
    (code("terms:\n  - %x"), 4, 9, 'begin with %; write "%x" in quotes'),
    (code("terms:\n  - #tag"), 4, 9, 'YAML reads # as the start of a comment; write "#tag" in quotes'),
    (code("terms: [#tag]"), 3, 13, 'start of a comment; write "#tag" in quotes'),
    (code("terms: [x]\ncolor: #ff0000"), 4, 12, 'start of a comment; write "#ff0000" in quotes'),
    (code("terms:\n  - &x foo"), 4, 9, 'start of an anchor; write "&x foo" in quotes'),
    (code("terms:\n  - !x foo"), 4, 9, 'start of a tag; write "!x foo" in quotes'),
    (code("terms: !!seq [x]"), 3, 12, "anchors and tags are not part of a codebook; remove"),
    (code("terms: &t [x]"), 3, 12, "anchors and tags are not part of a codebook; remove"),
    (code("terms: [x]\n@label: y"), 4, 5, 'write "@label" in quotes'),
    (code("terms: - x"), 3, 12, "a dash cannot begin an item here"),
    (code("terms:\n  - >x"), 4, 9, 'start of a block of text; write ">x" in quotes'),
    (
        code("terms: [x]\n<<: {label: y}"),
        4,
        5,
        "merge keys (<<) are not part of a codebook; write the keys out",
    ),
    (code("terms: [x]\n[b]: c"), 4, 5, "a key must be a word"),
    (code("\tterms: [x]"), 3, 5, "YAML does not accept a tab here; write spaces"),
    ("codes:\n\ta: {}\n", 2, 1, "YAML does not accept a tab here; write spaces"),
    (code("terms:\n  -"), 4, 8, "this item is empty"),
    (code("terms: ['']"), 3, 13, "this item is empty"),
    (code("when_to_use: [x, ' ']\nterms: [x]"), 3, 22, "this item is empty"),
    (
        code("terms:\n  - embargo\n    arms"),
        4,
        9,
        "`embargo arms` goes over several lines; write the missing dash",
    ),
    (code("terms:\n  - |\n    a\n    b"), 4, 9, "`a b` goes over several lines"),
    (code("terms: [x]\nnot_inside:\n  - a\n    b"), 5, 9, "write the missing dash"),
    (
        code('terms:\n  - "US" sanctions'),
        4,
        14,
        "words after a closing quotation mark; put the whole text in quotes",
    ),
    (code("label: A: b"), 3, 13, "a colon before a space cannot stand here; put the text in quotes"),
    (code("terms: [x]\nlabel"), 4, 5, "this line has no colon"),
    (code("terms: [x, y"), 3, 12, "this [ is never closed; write the closing ]"),
    (code("terms: [x, y\nlabel: z"), 4, 10, "the closing ] is missing"),
    (code("terms: [x, 'y"), 3, 16, "this quotation mark is never closed"),
    (code("terms: [x] y"), 3, 16, "put the whole text in quotes"),
    ("codes:\n  a:\n    terms: [x]\n   label: y\n", 4, 4, "does not fit the lines above; indent it"),
    (code(r'terms: ["\d+"]'), 3, 14, "write the text in single quotes"),
    (code(r'terms: ["\bUN"]'), 3, 13, "makes the invisible character U+0008 here; write the text in single"),
    (code(r'terms: ["a\rb"]'), 3, 13, "makes the invisible character U+000D here; write the text in single"),
    (code('terms: ["x\0y"]'), 3, 15, "the invisible character U+0000 cannot stand in a codebook; delete it"),
    ("codes: \u2028{}\n", 1, 8, "U+2028"),
    ("codes: \ufeff{}\n", 1, 8, "U+FEFF"),
    ("codes: {a: {terms: [x]}}\n---\nname: x\n", 2, 1, "a second YAML document begins here"),
    ("", 1, 1, "the codebook is empty; begin with `codes:`"),
    ("# only a comment\n", 1, 1, "the codebook is empty"),
    ("---\n", 2, 1, "nothing stands here"),
    ("- a\n- b\n", 1, 1, "a codebook begins with keys such as `codes:`; a list stands here"),
    ("sanctions\n", 1, 1, "a codebook begins with keys such as `codes:`; text stands here"),
    ("*x\n", 1, 1, 'write "*x" in quotes'),
]

MISUSED = [
    ("%x\ncodes: {a: {terms: [x]}}\n", 1, 1, "a line cannot begin with %; put the text in quotes"),
    ("name: x\n", 1, 1, "`codes` is missing or empty"),
    ("name: x\ncodes:\n", 2, 7, "`codes` is missing or empty"),
    ("codes: {}\n", 1, 8, "`codes` is missing or empty"),
    ("codes: [a]\n", 1, 8, "`codes` takes a mapping from ids to codes, not a list"),
    (code("codes:"), 3, 11, "`codes` is missing or empty"),
    ("codes:\n  a:\n", 2, 5, "the code `a` takes keys such as `label:` and `terms:`; nothing stands here"),
    (code("terms\n  - x"), 3, 5, "the text `terms - x`, perhaps without its colon, stands here"),
    ("codes:\n  a: [x]\n", 2, 6, "takes keys such as `label:` and `terms:`; a list stands here"),
    (
        "codes:\n  a: {terms: [x]}\n  label: A\n",
        3,
        10,
        "`label` stands where an id of a code is expected; indent",
    ),
    ("codes:\n  a: {}\n", 2, 3, "`a` has no `terms` and no `rules`; add some, or write `coded_by: hand`"),
    (code("coded_by: both"), 2, 3, "`a` has no `terms`"),
    (
        code("coded_by: hand\nterms: [x]"),
        3,
        15,
        "`a` has `terms`, but `coded_by: hand`; write `both`, or remove the terms",
    ),
    (
        code("terms: ['case:Iran']"),
        3,
        13,
        "`case:Iran` is one text and looks for these characters, `case:` too; write `{case: Iran}`",
    ),
    (code("terms: [case:Iran]"), 3, 13, "write `{case: Iran}`"),
    (code('terms:\n  - "lemma: to impose"'), 4, 9, "write `{lemma: to impose}`"),
    (code("terms: {fa: ['word :  x']}"), 3, 18, "write `{word: x}`"),
    (code("terms: ['term: x']"), 3, 13, "write `{term: x}`"),
    (code("terms: ['glob:*stan']"), 3, 13, "write `{glob: '*stan'}`"),
    (code("terms: ['regex: it''s \\d+']"), 3, 13, "write `{regex: 'it''s \\d+'}`"),
    (
        code("terms: [x]\nnot_inside: ['case: Iran']"),
        4,
        18,
        "`case: Iran` is one text and looks for these characters, `case:` too; here stand plain terms: write "
        "`Iran`",
    ),
    (code("terms: [{term: x, not_inside: word:y}]"), 3, 35, "here stand plain terms: write `y`"),
    (code("terms: []"), 3, 12, "no terms stand here; write at least one"),
    (code("terms:"), 3, 11, "no terms stand here"),
    (code("terms: {}"), 3, 12, "no terms stand here"),
    (code("terms: {en: [x], fa: []}"), 3, 26, "no terms stand here"),
    (code("terms: sanction"), 3, 12, "terms are a list; write a dash and a space before each term"),
    (code("terms: {english: [x]}"), 3, 13, "`english` is no language code; write one such as en, fa or any"),
    (code("terms: [[x]]"), 3, 13, "a term is a text; a list stands here"),
    (
        code("terms: [{term: x, glob: y}]"),
        3,
        13,
        "exactly one of term, lemma, word, case, glob, regex, pos, entity or tokens; more",
    ),
    (
        code("terms: [{note: x}]"),
        3,
        13,
        "a term has exactly one of term, lemma, word, case, glob, regex, pos, entity or tokens; none",
    ),
    (code("terms:\n  - term:"), 4, 14, "empty term"),
    (code("terms: [{term: [x]}]"), 3, 20, "`term` takes text; a list stands here"),
    (
        code("terms: [US: sanctions]"),
        3,
        13,
        "`US` is not a key of a term; put the term in quotes if the colon",
    ),
    (code("terms: [{regex: '('}]"), 3, 21, "regex"),
    (code("terms: [x]\nnot_inside: [y, {z: w}]"), 4, 21, "`not_inside` takes a text; a mapping"),
    (
        code("not_inside: x\ncodes: {b: {terms: [x]}}"),
        3,
        5,
        "`not_inside` needs `terms` or `rules` beside it",
    ),
    (code("terms: [x]\nlable: y"), 4, 5, "`lable` is not a key of a code; write `label`"),
    (code("terms: [x]\nWhen to use: y"), 4, 5, "write `when_to_use`"),
    (code("terms: [x]\nzzz: y"), 4, 5, "`zzz` is not a key of a code; its keys are label, definition"),
    (
        "label: x\ncodes: {a: {terms: [x]}}\n",
        1,
        1,
        "`label` is not a key of the codebook but of a code; move it",
    ),
    (
        code("terms: [x]\nlabel: y\nterms: [z]"),
        5,
        5,
        "`terms` stands twice, first in line 3; keep one of them",
    ),
    (code("terms: [x]\nlabel: [y]"), 4, 12, "`label` takes text; a list stands here"),
    (code("terms: [x]\nsee: [b]"), 4, 10, "`see` takes a mapping (`key: text`); a list stands here"),
    (
        code("terms: [x]\nsee: {b: why}"),
        4,
        11,
        "there is no code `b`; write the id of a code of this codebook",
    ),
    (code("terms: [x]\ncodes: {sanctions: {terms: [y]}}\nsee: {sanction: w}"), 5, 11, "write `sanctions`"),
    (
        code("terms: [x]\nwhen_to_use: {y: z}"),
        4,
        18,
        "`when_to_use` takes a text or a list of texts; a mapping",
    ),
    (code("terms: [x]\nexamples: [[y]]"), 4, 16, "an example is a text; a list stands here"),
    (code("terms: [x]\nexamples: [{applies: false}]"), 4, 16, "an example without words; write `text:`"),
    (
        code("terms: [x]\nexamples: [{text: y, applies: no}]"),
        4,
        35,
        "`no` is no value of `applies`; write true or",
    ),
    (
        code("terms: [x]\ncoded_by: human"),
        4,
        15,
        "`human` is no value of `coded_by`; write rules, hand or both",
    ),
    (code("terms: [x]\nnegated:"), 4, 13, "`negated` is empty; write keep or drop"),
    ("within: page\ncodes: {a: {terms: [x]}}\n", 1, 9, "write sentence, paragraph or document"),
    ("hyphens: no\ncodes: {a: {terms: [x]}}\n", 1, 10, "`no` is no value of `hyphens`; write split or keep"),
    (
        "language: English\ncodes: {a: {terms: [x]}}\n",
        1,
        11,
        "`English` is no language code; write one such as en",
    ),
    ("language: any\ncodes: {a: {terms: [x]}}\n", 1, 11, "`any` is no language code"),
    ("codes: {Arms Control: {terms: [x]}}\n", 1, 9, "write `arms_control`, and a `label` beside it"),
    (
        "codes: {تحریم: {terms: [x]}}\n",
        1,
        9,
        "is no id (a–z, 0–9 and _, at most 32 characters); write one such as",
    ),
    (f"codes: {{{'a' * 33}: {{terms: [x]}}}}\n", 1, 9, f"write `{'a' * 32}`"),
    (
        "codes:\n  document: {terms: [x]}\n",
        2,
        3,
        "`document` is the name of another column of passages_wide.csv",
    ),
    (code("codes:\n  passage: {terms: [x]}"), 4, 7, "give the code another id, such as `passages`"),
    ("codes: {code: {terms: [x]}}\n", 1, 9, "the name of another column of cooccurrence_matrix.csv"),
    (code("codes:\n  a: {terms: [x]}"), 4, 7, "the id `a` is used twice, first in line 2"),
    ("codes:\n  a: {terms: [x]}\n  a: {terms: [y]}\n", 3, 3, "`a` stands twice, first in line 2"),
    (code("terms: [x]\nwithin: document"), 4, 5, "`within` is the scope of rules and of `unless`"),
    (code("terms: [{term: x, within: paragraph}]"), 3, 23, "`within` is the scope of `unless`"),
]


@pytest.mark.parametrize(("text", "line", "column", "message"), UNREADABLE + MISUSED)
def test_a_mistake_is_reported_once_with_its_place_and_what_to_write(text, line, column, message):
    [(found_line, found_column, found)] = problems(text)
    assert message in found
    assert (found_line, found_column) == (line, column)


@pytest.mark.parametrize(("text", "line", "column", "message"), UNREADABLE)
def test_the_slower_parser_of_pyyaml_finds_the_same(text, line, column, message, monkeypatch):
    monkeypatch.delattr(yaml, "CBaseLoader")
    [(found_line, _, found)] = problems(text)
    assert message in found
    assert found_line == line


def test_a_code_with_rules_only_is_not_said_to_lack_terms():
    assert [entry.id for entry in parse_codebook(code("rules: [a AND b]")).entries] == ["a.r1"]


def test_all_mistakes_are_reported_at_once_in_file_order():
    text = code(
        "terms:\n  - *deceit*\n  - @code\n  - #tag\n  - {regex: '('}\nlable: x\nsee: {b: y}\nnegated: no"
    )
    assert [(line, column) for line, column, _ in problems("hyphens: x\n" + text)] == [
        (1, 10),
        (5, 9),
        (6, 9),
        (7, 9),
        (8, 17),
        (9, 5),
        (10, 11),
        (11, 14),
    ]


def test_an_error_prints_one_line_for_each_mistake_and_survives_pickling():
    with pytest.raises(CodebookError) as caught:
        parse_codebook(code("terms: [x]\nlable: y\nnegated: no"), file="study/codebook.yaml")
    assert str(caught.value).splitlines() == [
        "study/codebook.yaml:4:5: `lable` is not a key of a code; write `label`",
        "study/codebook.yaml:5:14: `no` is no value of `negated`; write keep or drop",
    ]
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems
