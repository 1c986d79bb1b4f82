"""Dictionaries of quanteda, LIWC, WordStat, Yoshikoder and Lexicoder: what becomes of each line."""

import pytest

from rubricate import apply_codebook
from rubricate.codebooks import Codebook, CodebookError, Entry, parse_codebook
from rubricate.codebooks.formats.patterns import ANYWHERE, LAST_STAR, STARS, Wildcards, as_patterns, as_term
from rubricate.corpus.document import Document, Paragraph
from tests.exchanged import imported, read, written


def mentions(book, text):
    document = Document("d", text, (Paragraph(0, len(text)),), language="en")
    return sum(len(batch.segments) for batch in apply_codebook(book, [document]))


# Patterns -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "wildcards", "finds", "not_finds"),
    [
        ("embargo*", LAST_STAR, "Embargoes; EMBARGO", "disembargo"),
        ("sanction", STARS, "sanction; SANCTION", "sanctions; sanctioned"),
        ("US", STARS, "us; US", "use"),
        ("tax* reform", ANYWHERE, "taxation reform; Tax Reform", "tax reforms"),
        ("wom?n", ANYWHERE, "woman; women", "womn"),
        ("wom?n", STARS, "wom?n", "woman"),
        ("d*mn", LAST_STAR, "d*mn", "damn"),
        ("d*mn", STARS, "damn; dmn", "d*m"),
        ("a\\b*", STARS, "a\\b; a\\bc", "ab"),
        ("  two   words ", STARS, "two words", "two, words"),
        (":)", LAST_STAR, "so :) then", "so : ) then"),
        ("case: it", STARS, "case: it", "it"),
    ],
)
def test_a_pattern_becomes_a_term_that_finds_the_same(pattern, wildcards, finds, not_finds):
    kind, text = as_term(pattern, wildcards)
    book = parse_codebook("codes: {a: {terms: [x]}}")
    entry = Entry("a.1", kind, text, "en")
    book = Codebook("", (type(book.codes[0])("a", "A", entries=(entry,)),))
    assert [mentions(book, found.strip()) for found in finds.split(";")] == [1] * (finds.count(";") + 1)
    assert [mentions(book, found.strip()) for found in not_finds.split(";")] == [0] * (
        not_finds.count(";") + 1
    )


@pytest.mark.parametrize("pattern", ["*", "* *", "-", "", "x" * 1001])
def test_a_pattern_that_finds_everything_or_nothing_is_no_term(pattern):
    with pytest.raises(ValueError, match=r"."):
        as_term(pattern, ANYWHERE)


@pytest.mark.parametrize(
    ("entry", "wildcards", "patterns"),
    [
        ("sanction", STARS, ("sanction", "sanctioned", "sanctioning", "sanctions")),
        ("talks", STARS, ("talks",)),
        ("{lemma: war}", STARS, ("war", "warred", "warring", "wars")),
        ("{word: war}", STARS, ("war",)),
        ("{glob: war* crime}", STARS, ("war* crime",)),
        ("arms race", STARS, ("arms race", "arms raced", "arms races", "arms racing")),
        ("embargo*", LAST_STAR, ("embargo*",)),
        (r"{word: d\*mn}", LAST_STAR, ("d*mn",)),
        (r"{word: 'why\?'}", LAST_STAR, ("why?",)),
    ],
)
def test_an_entry_becomes_a_pattern_for_each_of_its_forms(entry, wildcards, patterns):
    book = parse_codebook(f"codes: {{a: {{terms: [{entry}]}}}}")
    assert as_patterns(book.entries[0], book, wildcards) == patterns


@pytest.mark.parametrize(
    ("entry", "wildcards", "why"),
    [
        (r"{word: d\*mn}", STARS, r"the character \* itself"),
        ("wom?n", STARS, r"\? as a wildcard here"),
        ("{glob: war* crime}", LAST_STAR, r"\* as a wildcard here"),
        ("embargo*", Wildcards(), r"\* as a wildcard here"),
        ("{regex: x+}", ANYWHERE, "a regex: entry"),
        ("set make take give find", STARS, "a phrase with .* forms"),
    ],
)
def test_what_no_pattern_can_say_is_told(entry, wildcards, why):
    book = parse_codebook(f"codes: {{a: {{terms: [{entry}]}}}}")
    with pytest.raises(ValueError, match=why):
        as_patterns(book.entries[0], book, wildcards)


# quanteda -----------------------------------------------------------------------------------------------


def test_keys_of_quanteda_become_codes_whatever_yaml_takes_them_for():
    assert imported("climate.yml") == (
        """\
  energy:
    label: Energy
    codes:
      fossil_fuels:
        label: Fossil fuels
        terms:
          - word: coal
          - oil*
          - word: natural gas
      no:
        label: no
        terms:
          - "*tax"
          - word: 1990
  water:
    label: Water
    terms:
      - wat?r
    codes:
      floods:
        label: Floods
        terms:
          - flood*
""",
        [],
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [*deceit*]\n", "f:1:5: YAML reads * as the start of an alias"),
        ("a: [x]\na: [y]\n", "f:2:1: `a` stands twice, first in line 1"),
        ("- a\n", "f:1:1: a dictionary begins with a key; a list stands here"),
        ('a:\n  "": [x]\n', "f:2:3: a key is empty; write a name"),
        ("{}", "f: holds no categories"),
        ("", "f: is empty"),
        ("a: [x\n", "f:1:4: this [ is never closed"),
    ],
)
def test_a_mistake_in_yaml_is_told_with_its_place(text, message):
    with pytest.raises(CodebookError) as caught:
        read("quanteda", text)
    assert str(caught.value).startswith(message)


def test_own_patterns_of_a_key_with_keys_below_are_written_under_two_underscores():
    book, _ = read("quanteda", "a:\n  __: [x]\n  b: [y]\n")
    assert written(book, "quanteda") == (b"a:\n  __:\n    - x\n  b:\n    - y\n", [])


def test_a_name_longer_than_yaml_lets_a_key_be_is_cut_and_has_the_id_behind_it():
    long = "long " * 300 + "end"
    book = parse_codebook(f"codes: {{a: {{label: {long}, terms: [b]}}}}")
    content, lost = written(book, "quanteda")
    [code] = read("quanteda", content)[0].codes
    assert code.label == f"{long[:249]} (a)"
    assert f"a: the label `{long}`: written as `{code.label}`" in lost


def test_names_that_yaml_or_quanteda_would_take_for_something_else_get_the_id_behind_them():
    by_hand = "{label: B, coded_by: hand}"
    book = parse_codebook(f"codes: {{a: {{label: __, terms: [{{word: x}}]}}, b: {by_hand}, c: {by_hand}}}")
    content, lost = written(book, "quanteda")
    assert content.decode() == "__ (a):\n  - x\nB: []\nB (c): []\n"
    assert "a: the label `__`: written as `__ (a)`" in lost


# LIWC ---------------------------------------------------------------------------------------------------


def test_a_nested_header_of_liwc_2015_becomes_a_tree():
    assert imported("nested.dic") == (
        """\
  negations:
    label: Negations
    terms:
      - word: no
      - word: not now
    codes:
      refusals:
        label: Refusals
        terms:
          - word: not now
          - refus*
  emoticons:
    label: Emoticons
    terms:
      - word: ":)"
      - word: "(:"
      - word: 'd\\*mn'
""",
        [],
    )


def test_zero_padded_numbers_spaces_and_an_old_encoding_of_liwc_2001_are_read():
    assert imported("old.dic") == (
        """\
  gefuhl:
    label: Gefühl
    terms:
      - fröh*
      - word: lachen
  verb:
    label: Verb
    terms:
      - word: lachen
""",
        [],
    )


def test_conditions_of_liwc_2007_become_terms_where_they_can_and_text_where_not():
    assert imported("conditions.dic") == (
        """\
  verbs:
    label: verbs
    coded_by: hand
  affect:
    label: affect
    terms:
      - word: kind
        not_inside: [kind of]
    memo: like (22)125/464
  filler:
    label: filler
    terms:
      - word: kind of
      - word: well
  assent:
    label: assent
    coded_by: hand
""",
        [
            "line 8, affect: `like (22)125/464` is a condition on the word before: kept as text in the memo",
            "line 9, filler: `well` is listed twice, so that LIWC counts it twice: counted once",
            "line 10: `lost` is in category 9, which does not exist: left out",
            "line 11: `alone` has no number of a category: left out",
        ],
    )


def test_the_next_word_decides_which_category_counts():
    book, _ = read("liwc", "%\n1\tnice\n2\tfiller\n%\nkind\t<of>2/1\n")
    codes = {code.id: Codebook("", (code,)) for code in book.codes}
    assert [mentions(codes["nice"], text) for text in ("A kind man.", "A kind of man.")] == [1, 0]
    assert [mentions(codes["filler"], text) for text in ("A kind man.", "A kind of man.")] == [0, 1]


@pytest.mark.parametrize("text", ["a\tb\n", "%\n1\ta\n", "", "\n\n", "1 a\n%\n%\n"])
def test_a_file_without_a_header_of_liwc_is_refused(text):
    with pytest.raises(CodebookError, match=r"^f(:1:1)?: (does not begin with categories|is empty)"):
        read("liwc", text)


def test_odd_lines_of_a_header_are_listed():
    _, lost = read("liwc", "%\n1\ta\n1\tb\nx\n%\nw\t1\n")
    assert lost == [
        "line 3: `1\tb` names a category twice: left out",
        "line 4: `x` is no number with a name: left out",
    ]


def test_a_dicx_with_numbers_keeps_them_as_notes_and_writes_them_again():
    text, lost = imported("tone.dicx")
    assert (
        text
        == """\
  anger:
    label: Anger
    terms:
      - hate*
      - word: fine
  joy:
    label: Joy
    terms:
      - word: fine
        note: weight 0.5
      - word: joy
"""
    )
    assert lost == ["line 3, Joy: the weight 0.5 of `fine`: counted as 1, kept as a note"]
    book, _ = read("liwc22", "DicTerm,Anger,Joy\nfine,X,0.5\n")
    assert written(book, "liwc22") == (b"DicTerm,Anger,Joy\nfine,X,0.5\n", [])


def test_odd_cells_of_a_dicx_are_listed():
    _, lost = read("liwc22", "DicTerm,A\nx,yes\n,X\ny,X,X\n")
    assert lost == [
        "line 2, A: `yes` of `x` is neither X nor a number: left out",
        "line 3: a row without a term: left out",
        "line 4: `X` of `y` stands in no column: left out",
    ]


# WordStat, Yoshikoder, Lexicoder ------------------------------------------------------------------------


def test_weights_of_wordstat_become_notes_and_rules_stay_text():
    assert imported("regions.cat") == (
        """\
  regions:
    label: REGIONS
    codes:
      south:
        label: SOUTH
        terms:
          - word: South Africa
          - glob: South African*
            note: weight 2
        memo: "@NEAR_COAST [COAST NEAR #SOUTH]"
      north:
        label: NORTH
        terms:
          - word: Oslo
""",
        [
            "line 4, SOUTH: the weight 2 of `South African*`: counted as 1, kept as a note",
            "line 5, SOUTH: `@NEAR_COAST [COAST NEAR #SOUTH]` is a rule: kept as text in the memo",
        ],
    )


def test_tabs_and_spaces_may_be_mixed_in_a_tree_of_wordstat():
    book, lost = read("wordstat", "A\n        B\n\t\tx (1)\nC\n  y (1)\nz (1)\n")
    assert [(code.id, code.parent) for code in book.codes] == [("a", ""), ("b", "a"), ("c", "")]
    assert lost == ["line 6: `z` stands in no category: left out"]


def test_scores_of_yoshikoder_become_notes_and_the_root_names_the_codebook():
    assert imported("policy.ykd") == (
        """\
  trade:
    label: Trade
    definition: Goods & services
    terms:
      - tariff*
      - word: trade war
        note: weight 2
    memo: score -1.0
    codes:
      embargoes:
        label: Embargoes
        terms:
          - embargo*
""",
        [
            "line 4, Trade: `score -1.0` belongs to the category: kept as text in the memo",
            "line 6, Trade: the weight 2 of `trade war`: counted as 1, kept as a note",
        ],
    )


def test_regexes_of_yoshikoder_become_regexes_where_ours_can_say_them():
    assert imported("patterns.lcd") == (
        """\
  years:
    label: Years
    terms:
      - regex: '(?i)\\b(19|20)\\d\\d\\b'
    memo: "(?=x)y"
""",
        [
            "line 4, Years: `(?=x)y` cannot be a term (lookahead (?=…) is not supported): "
            "kept as text in the memo"
        ],
    )


def test_lexicoder_is_flat_text_with_plus_signs():
    assert imported("policy.lc3") == (
        """\
  trade:
    label: trade
    terms:
      - tariff*
      - word: free trade
  arms:
    label: arms
    terms:
      - missile*
""",
        [],
    )
    _, lost = read("lexicoder", "x\n+a\ny\n")
    assert lost == ["line 1: `x` stands before the first category: left out"]


def test_a_term_that_would_begin_a_category_of_lexicoder_is_left_out():
    book = parse_codebook('codes: {a: {terms: [{word: "+1"}, {word: b}]}}')
    assert written(book, "lexicoder") == (b"+A\nb\n", ["a: `+1` would begin a category: left out"])
