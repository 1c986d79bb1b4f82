"""Rules and conditions as they are read from a codebook: places of mistakes, limits, one form."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate import CodebookError, parse_codebook
from rubricate.codebooks.codebook import Code
from rubricate.codebooks.rules.conditions import parse_condition, written_condition
from rubricate.codebooks.rules.dependencies import NamedCodes, circles
from rubricate.codebooks.rules.mistakes import LanguageError
from rubricate.codebooks.rules.parsing import parse_rule
from rubricate.codebooks.rules.tree import Near, Words
from rubricate.codebooks.rules.variables import All, Comparison, Not, Some
from rubricate.codebooks.rules.writing import written
from rubricate.coding.passes import codebook_hash
from tests.codebook_texts import code, problems


def entries(keys):
    return parse_codebook(code(keys)).entries


# What is read


def test_rules_stand_behind_terms_with_ids_of_their_own():
    found = entries("terms: [x]\nrules:\n  - a AND b\n  - {rule: c, id: tit_for_tat}\n  - d")
    assert [(one.id, one.kind) for one in found] == [
        ("a.1", "term"),
        ("a.r1", "rule"),
        ("a.tit_for_tat", "rule"),
        ("a.r3", "rule"),
    ]


def test_rules_have_languages_as_terms_do():
    found = entries("rules: {fa: [a], any: [b]}")
    assert [(one.id, one.language) for one in found] == [("a.r1", "fa"), ("a.r2", "any")]
    assert [one.language for one in entries("rules: [{rule: a, language: any}, b]")] == ["any", "en"]


def test_what_stands_on_a_code_holds_for_all_its_entries_and_for_no_code_below():
    found = parse_codebook(
        code(
            "within: paragraph\nunless: u\nonly_in: y = 1\nnot_inside: n\nterms: [x]\n"
            "rules: [{rule: r, unless: v, only_in: z = 2, within: document}]\n"
            "codes: {b: {rules: [s]}}"
        )
    ).entries
    assert [(one.within, one.unless, one.only_in, one.not_inside) for one in found] == [
        ("paragraph", ("u",), ("y = 1",), ("n",)),
        ("document", ("u", "v"), ("y = 1", "z = 2"), ("n",)),
        ("sentence", (), (), ()),
    ]


def test_the_scope_of_the_codebook_is_that_of_entries_without_one():
    book = parse_codebook("within: document\ncodes: {a: {rules: [x, {rule: y, within: sentence}]}}\n")
    assert [one.within for one in book.entries] == ["document", "sentence"]


def test_layout_brackets_and_blanks_make_no_other_pass():
    one = parse_codebook(code("rules:\n  - (a OR b)  NEAR/5 c AND d\nunless: x"))
    other = parse_codebook(code("rules:\n  - >-\n    ((a OR b) NEAR/05 ((c)))\n    AND (d)\nunless: (x)"))
    assert codebook_hash(one) == codebook_hash(other)
    assert codebook_hash(one) != codebook_hash(parse_codebook(code("rules: [(a OR b) NEAR/6 c AND d]")))


def test_precedence_is_near_then_not_then_and_then_or():
    rule = parse_rule("a OR b AND c NOT d NEAR/2 e THEN/1 f")
    assert rule == parse_rule("a OR (b AND (c NOT ((d NEAR/2 e) THEN/1 f)))")
    assert parse_rule("a NEAR/1 b NEAR/2 c") == Near(
        Near(Words("term", "a"), Words("term", "b"), 1), Words("term", "c"), 2
    )


CONDITIONS = st.recursive(
    st.builds(
        Comparison,
        st.sampled_from(["year", "news outlet", "date", "AND", "x-1", 'a "b"']),
        st.just("="),
        st.tuples(st.sampled_from(["2018", "irna", "new york", "2018-05", "OR", 'say "no"'])),
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(tuple).map(All),
        st.lists(inner, min_size=2, max_size=3).map(tuple).map(Some),
        inner.map(Not),
    ),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(CONDITIONS)
def test_a_condition_that_is_written_is_read_as_the_same(condition):
    assert parse_condition(written_condition(condition)) == condition


@pytest.mark.parametrize(
    ("condition", "wrong"),
    [
        ("year > 1 AND date >= 2018-13-45", "2018-13-45"),
        ("date = 2023-02-29", "2023-02-29"),
        ("date IN (2024-02-29, 2024-02-30)", "2024-02-30"),
        ("published < 2018-00", "2018-00"),
        ("date != 2018-04-31T12:00", "2018-04-31T12:00"),
    ],
)
def test_a_date_that_no_calendar_has_is_a_mistake(condition, wrong):
    [(line, column, message)] = problems(code(f"terms: [x]\nonly_in: '{condition}'"))
    assert (line, column) == (4, 15 + max(condition.find("date"), 0))
    assert message.startswith(
        f"{wrong} is no date: there is no such month or day; write one as in 2018-05-14"
    )


@pytest.mark.parametrize(
    "condition", ["date >= 2024-02-29", "issue = 2018-13", "date > 0000-01", "date < 2018"]
)
def test_what_is_or_may_be_no_date_is_taken_as_it_is(condition):
    (entry,) = parse_codebook(code(f"terms: [x]\nonly_in: '{condition}'")).entries
    assert entry.only_in == (written_condition(parse_condition(condition)),)


def test_named_codes_are_those_below_in_the_order_of_the_codebook():
    codes = [
        Code("a", ""),
        Code("b", "", parent="a"),
        Code("c", ""),
        Code("d", "", parent="b"),
        Code("e", "", parent="a"),
    ]
    named = NamedCodes(codes)
    assert named.of("a", subcodes=True) == ["a", "b", "d", "e"]
    assert named.of("a", subcodes=False) == ["a"]
    assert named.of("d", subcodes=True) == ["d"]
    assert named.of("x", subcodes=True) == named.of("x", subcodes=False) == []


TREES = st.lists(st.integers(-1, 8), max_size=9)


@given(TREES)
def test_named_codes_are_all_that_have_the_code_above_them(parents):
    above = [parent if parent < place else -1 for place, parent in enumerate(parents)]
    codes = [Code(f"c{n}", "", parent=f"c{one}" if one >= 0 else "") for n, one in enumerate(above)]
    named = NamedCodes(codes)
    for place, each in enumerate(codes):
        meant = {place}
        for other, one in enumerate(above):
            meant |= {other} if one in meant else set()
        assert named.of(each.id, subcodes=True) == [f"c{one}" for one in sorted(meant)]


# Where mistakes are


@pytest.mark.parametrize(
    ("keys", "line", "column"),
    [
        ("rules:\n  - arms NEAR/3 (a AND b)", 4, 22),
        ("rules: ['it''s \"x']", 3, 20),
        ('rules: ["a AND \\u0042 )"]', 3, 27),
        ("rules:\n  - >-\n    a OR\n    b )", 6, 11),
        ("rules:\n  - rule: |\n      a OR b\n      OR", 6, 11),
        ("rules: ['a OR\n  b )']", 4, 9),
        ('rules: ["a OR \\\n  b )"]', 4, 9),
        ("rules: [{rule: x, unless: (y}]", 3, 31),
        ("rules: [{rule: x, only_in: y == 1}]", 3, 34),
        ("rules: ['@nobody AND x']", 3, 14),
    ],
)
def test_a_mistake_is_placed_in_the_file_whatever_quotation_marks_are_around(keys, line, column):
    [(found_line, found_column, _)] = problems(code(keys))
    assert (found_line, found_column) == (line, column)


def test_mistakes_of_several_rules_and_in_one_are_told_at_once_with_a_caret():
    with pytest.raises(CodebookError) as caught:
        parse_codebook(code("rules:\n  - (a OR leema:\"b\"\n  - '*'\nunless: c w/5 d"))
    lines = str(caught.value).splitlines()
    assert [line.split(": ")[0] for line in lines[::3]] == [
        "codebook.yaml:4:9",
        "codebook.yaml:4:15",
        "codebook.yaml:5:10",
        "codebook.yaml:6:15",
    ]
    assert lines[1:3] == ['  - (a OR leema:"b"', "    ^"]


def test_the_caret_stands_under_the_place_in_a_long_line_and_under_wide_letters():
    with pytest.raises(CodebookError) as caught:
        parse_codebook(code(f"rules: [{'word OR ' * 40}制裁 NEAR/3 (x]"))
    line, caret = caught.value.problems[0].excerpt.splitlines()
    assert line.strip().startswith("…")
    assert line[: caret.index("^")].count("制") == 1
    assert len(line) < 150


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ("rules: []", "no rules stand here"),
        ("rules: x", "rules are a list; write a dash and a space before each rule"),
        ("rules: [[a]]", "a rule is a text; a list stands here"),
        ("rules: [{id: x}]", "a rule without its words"),
        ("rules: [{rule: x, id: A}]", "is no id of a rule"),
        ("rules: [{rule: x, id: y}, {rule: z, id: y}]", "the id `y` is used twice, first in line 3"),
        ("rules: [{rule: x, language: English}]", "is no language code"),
        ("rules: {en: [{rule: x, language: fa}]}", "the language of this rule is said above it"),
        ("rules: [{rule: x, terms: y}]", "`terms` is not a key of a rule but of a code"),
        ("rules: [x]\ncoded_by: hand", "`a` has `rules`, but `coded_by: hand`"),
        ("terms: [{term: x, unless: [y]}]", "`unless` takes a text; a list stands here"),
        ("terms: [{term: x, only_in: ''}]", "`only_in` is empty"),
        ("rules:\n  - a OR\n    b", "goes over several lines"),
        ("terms: [x]\nrules: ['@a AND x']", "a rule cannot name its own code"),
        ("rules: ['@b']\ncodes: {b: {rules: ['@a']}}", "asks about"),
        ("rules: ['@b']\ncodes: {b: {coded_by: hand}}", "`b` is coded by hand"),
        ("codes: {b: {rules: ['@a/*']}}", "`b` is one of @a/*, so the rule would wait for itself"),
    ],
)
def test_what_is_wrong_with_rules_is_told(keys, message):
    assert message in problems(code(keys))[0][2]


# Hostile rules


@pytest.mark.parametrize(
    "rule",
    [
        "(" * 5_000,
        "(" * 5_000 + "a" + ")" * 5_000,
        "a NEAR/1 " * 1_100 + "a",
        "a AND (" * 1_400 + "a",
        "COUNT(" * 1_600,
        "NOT " * 2_400 + "a",
        '"' * 9_999,
        "a OR " * 1_999 + "a",
        "@" * 10_000,
        "a\\" * 5_000,
        "*" * 10_000,
        "x" * 1_000_000,
        "COUNT(a) >= " + "9" * 9_000,
        'regex:"' + "(" * 5_000 + '"',
        'regex:"(a{1000}){1000}"',
    ],
)
def test_a_hostile_rule_is_refused_at_once(rule):
    started = time.process_time()
    for read in (parse_rule, parse_condition):
        try:
            read(rule)
        except LanguageError as error:
            assert str(error)
    assert time.process_time() - started < 5


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(
            'a b ( ) OR AND NOT NEAR/3 THEN/1 NEAR COUNT( >= 2 " @a @b/* regex:"x" * , = IN'.split(" ")
        )
    )
)
def test_anything_typed_is_a_rule_or_a_mistake_with_a_message(pieces):
    text = " ".join(pieces)
    for read, write in ((parse_rule, written), (parse_condition, written_condition)):
        try:
            tree = read(text)
        except LanguageError as error:
            assert error.mistakes
            assert all(mistake.message and 0 <= mistake.at <= len(text) for mistake in error.mistakes)
        else:
            assert read(write(tree)) == tree


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdefx"), max_size=4)))
def test_a_code_is_in_a_circle_where_it_can_be_reached_from_itself(asked):
    reached = {code: set(others) for code, others in asked.items()}
    for _ in asked:
        for others in reached.values():
            others.update(*(reached.get(one, ()) for one in list(others)))
    assert circles(asked) == {code for code, others in reached.items() if code in others}
