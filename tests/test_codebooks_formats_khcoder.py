import pytest

from rubricate.codebooks import CodebookError, parse_codebook
from rubricate.codebooks.formats.khcoder_conditions import MOST_WORDS, alternatives
from tests.exchanged import imported, read, written

BELOW = {"Deterrence": "deterrence"}


@pytest.mark.parametrize(
    ("condition", "entries"),
    [
        ("deter", [("lemma", "deter")]),
        (
            "deter or deterrent | arms+race",
            [("lemma", "deter"), ("lemma", "deterrent"), ("lemma", "arms race")],
        ),
        ("'P5+1' | ''", [("regex", r"(?i)P5\+1"), ("lemma", "''")]),
        ("'100% of _'", [("regex", "(?i)100.*? of .")]),
        ('why? or "don\'t"', [("lemma", r"why\?"), ("lemma", "don't")]),
        ("near(first-strike)[5]", [("rule", 'lemma:"first" NEAR/4 lemma:"strike"')]),
        ("near(first-strike)", [("rule", 'lemma:"first" NEAR/9 lemma:"strike"')]),
        ("seq(look-east)[1]", [("rule", 'lemma:"look" THEN/0 lemma:"east"')]),
        ("a & b", [("rule", 'lemma:"a" AND lemma:"b"')]),
        ("! a & b and c", [("rule", 'lemma:"b" AND lemma:"c" NOT lemma:"a"')]),
        ("a &! b", [("rule", 'lemma:"a" NOT lemma:"b"')]),
        ("( a | b ) & ! <*Deterrence>", [("rule", '(lemma:"a" OR lemma:"b") NOT @deterrence')]),
        ("<*Deterrence>", [("rule", "@deterrence")]),
        ("treaty >= 2", [("rule", 'COUNT(lemma:"treaty") >= 2')]),
        ("treaty > 2", [("rule", 'COUNT(lemma:"treaty") >= 3')]),
        ("( a )", [("lemma", "a")]),
        ("or or or", [("", "the condition is unfinished")] * 4),
        ("! a", [("", "it says only what must be absent")]),
        ("a & ( ! b & ! c )", [("", "it says only what must be absent")]),
        ("( a", [("", "a bracket is never closed")]),
        ("a )", [("", "`)` does not fit here")]),
        ("! ! a", [("", "a negation of a negation")]),
        ("lw >= 50", [("", "a length")]),
        ("No. > 3", [("", "the number of a document")]),
        ("<>period-->late", [("", "a variable or heading")]),
        ("<>heading1-->War", [("", "a variable or heading")]),
        ("war-->Noun", [("", "a part of speech or inflection")]),
        ("a + b > 3", [("", "`+` does not fit here")]),
        ("a < 3", [("", "a comparison of this kind")]),
        ("<*Later>", [("", "there is no code `Later` above")]),
        ("near(a-b-c)[5]", [("", "near with another number of words or without a distance")]),
        ("near(a-b)[b]", [("", "a distance in sentences or paragraphs")]),
        ("near(a-b)[0]", [("", "near with another number of words or without a distance")]),
    ],
)
def test_alternatives_become_terms_and_rules_or_say_why_not(condition, entries):
    assert [(kind, text) for kind, text, _ in alternatives(condition, BELOW)] == entries


def test_a_condition_as_long_as_nobody_writes_is_refused():
    with pytest.raises(ValueError, match="more than 2,000 words"):
        alternatives("a " * (MOST_WORDS + 1), {})


def test_brackets_may_not_be_nested_without_end():
    ((kind, why, _),) = alternatives("( " * 900 + "a" + " )" * 900, {})
    assert (kind, why) == ("", "nested too deep")


def test_what_our_rules_can_say_becomes_rules_and_the_rest_is_kept_as_text():
    assert imported("rules.txt") == (
        """\
  deterrence:
    label: Deterrence
    terms:
      - lemma: deter
      - lemma: deterrent
      - lemma: second strike
    rules:
      - 'lemma:"first" NEAR/4 lemma:"strike"'
  sanctions:
    label: Sanctions
    rules:
      - '(lemma:"sanction" OR lemma:"embargo") NOT @deterrence'
  raw:
    label: Raw
    terms:
      - regex: '(?i)P5\\+1'
    rules:
      - 'COUNT(lemma:"treaty") >= 2'
  long:
    label: Long
    coded_by: hand
    memo: lw >= 50 & peace
  empty:
    label: Empty
    coded_by: hand
""",
        ["line 13, Long: `lw >= 50 & peace` cannot be said in a rule (a length): kept as text in the memo"],
    )


def test_a_rule_that_asks_for_a_code_without_anything_to_find_is_kept_as_text():
    book, lost = read("khcoder", "*A\nlw > 3\n*B\nx & <*A>\n*C\ny & <*B>\nz\n")
    assert [(code.id, code.coded_by, code.memo) for code in book.codes] == [
        ("a", "hand", "lw > 3"),
        ("b", "hand", 'lemma:"x" AND @a'),
        ("c", "hand", "y & <*B> z"),
    ]
    assert (
        lost[-1]
        == 'line 3, B: `lemma:"x" AND @a` names a code with nothing to find: kept as text in the memo'
    )


RULES = [
    ("near(first-strike)[5]", "near(first-strike)[5]"),
    ("seq(look-east)[1]", "seq(look-east)[1]"),
    ("( a | b ) & ! <*A>", "( a | b ) & ! <*A>"),
    ("a & b and ( c | d )", "a & b & ( c | d )"),
    ("treaty > 2", "treaty >= 3"),
    ("( a & b ) | c", "c or a & b"),
]


@pytest.mark.parametrize(("condition", "again"), RULES)
def test_rules_of_kh_coder_are_written_as_they_were_meant(condition, again):
    book, lost = read("khcoder", f"*A\nx\n\n*B\n{condition}\n")
    assert lost == []
    content, lost = written(book, "khcoder")
    assert (content.decode(), lost) == (f"*A\nx\n\n*B\n{again}\n", [])
    assert read("khcoder", content)[0] == book


def test_rules_that_kh_coder_cannot_say_are_listed():
    book = parse_codebook(
        "codes: {a: {rules: [x NEAR/2 y, 'lemma:x NOT NEAR/3 lemma:y', 'lemma:x OR entity:GPE']}}"
    )
    assert written(book, "khcoder")[1] == [
        "a: `x NEAR/2 y` needs more than KH Coder can say: left out",
        'a: `lemma:"x" NOT NEAR/3 lemma:"y"` needs more than KH Coder can say: left out',
        'a: `lemma:"x" OR entity:GPE` needs more than KH Coder can say: left out',
    ]


def test_a_code_that_stands_twice_is_a_mistake_as_in_kh_coder():
    with pytest.raises(CodebookError, match=r"^f:3:1: the code `A` stands twice"):
        read("khcoder", "*A\nx\n*A\n")


def test_text_before_the_first_code_is_listed_and_full_width_asterisks_begin_codes():
    book, lost = read("khcoder", "x\n＊軍縮\n条約　or 交渉\n")
    assert lost == ["line 1: `x` stands before the first code: left out"]
    assert [(entry.kind, entry.text) for entry in book.entries] == [("lemma", "条約"), ("lemma", "交渉")]


def test_words_and_phrases_are_written_and_the_rest_is_listed():
    book = parse_codebook(
        'codes: {a: {terms: [{lemma: deter}, arms race, {word: talks}, embargo*, {lemma: "and"}, '
        '{lemma: "50"}, {lemma: x(y)}, {regex: z}]}}'
    )
    content, lost = written(book, "khcoder")
    assert content == b"*A\ndeter or arms+race or talks\n"
    assert lost == [
        "a: `arms race`: written as a base form",
        "a: `talks`: written as a base form",
        "a: `embargo*` has a wildcard: left out",
        "a: `and` holds signs that mean something to KH Coder: left out",
        "a: `50` holds signs that mean something to KH Coder: left out",
        "a: `x(y)` holds signs that mean something to KH Coder: left out",
        "a: `z`: a regex: entry: left out",
    ]
