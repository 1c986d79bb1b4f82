"""What one term finds in a text, sentence by sentence of the rules of matching: words, folding, kinds."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rubricate.codebooks.codebook import Code, Codebook, Entry
from rubricate.codebooks.terms import parse_term
from rubricate.coding.apply import apply_codebook
from rubricate.coding.globs import Globs
from rubricate.corpus.document import Document, Paragraph
from rubricate.corpus.words.borders import words_of


def hits(term, text, language="en", kind="term"):
    """(start, words) of every hit; an empty line in the text parts paragraphs."""
    paragraphs, start = [], 0
    for piece in text.split("\n\n"):
        paragraphs.append(Paragraph(start, start + len(piece)))
        start += len(piece) + 2
    codebook = Codebook("", (Code("c", "", entries=(Entry("c.1", kind, term, "any"),)),))
    (batch,) = apply_codebook(codebook, [Document("d", text, tuple(paragraphs), language=language)])
    columns = batch.segments
    edges = zip(columns.start.tolist(), columns.end.tolist(), strict=True)
    return [(start, text[start:end]) for start, end in edges]


def check(rows, **options):
    for term, text, *expected in rows:
        found = [words for _, words in hits(term, text, **options)]
        assert found == expected, (term, text)


# 1. Words


def test_a_word_is_a_run_of_letters_marks_digits_and_underscores():
    assert hits("arm", "army farm") == []
    assert hits("arm", "army, arm; farm") == [(6, "arm")]
    assert hits("x_1", "x_1 x_12 x 1") == [(0, "x_1")]
    assert hits("cafe", "cafe\u0301 cafe") == [(6, "cafe")]
    assert hits("1929", "19290 n1929 (1929)") == [(13, "1929")]
    assert hits("u", "u2 u²") == [(3, "u")]  # a raised two is no digit of a word


@pytest.mark.parametrize(
    ("term", "text", "starts"),
    [
        ("制裁", "对伊朗的制裁，制 裁和制裁。", [4, 11]),
        ("裁", "制裁", [1]),
        ("カ", "カタカナ", [0, 2]),
        ("ひら", "ひらがな", [0]),
        ("คว่ำ", "การคว่ำบาตร", [3]),
        ("บาตร", "การคว่ำบาตร", [7]),
        ("ລາວ", "ຊາວລາວ", [3]),
        ("ខ្មែរ", "ជនខ្មែរ", [2]),
        ("မြန်", "မြန်မာ", [0]),
    ],
)
def test_each_character_of_a_script_without_spaces_is_a_word(term, text, starts):
    assert [start for start, _ in hits(term, text, "zh")] == starts


@pytest.mark.parametrize(
    "term", ["制*", "*裁", "制裁**", "军事 制*", "カ*", "คว่ำ*", "ລາວ*", "ខ្មែរ*", "မြန်*", "制*?"]
)
def test_a_star_beside_a_character_that_is_a_word_is_refused(term):
    with pytest.raises(
        ValueError, match="and \\* would be just one; leave it out: longer words are found, too"
    ):
        parse_term(term)


def test_a_star_between_characters_that_are_words_is_refused():
    with pytest.raises(ValueError, match="would be just one; write \\? for each character"):
        parse_term("制*裁", "glob")


def test_other_wildcards_beside_such_characters_are_what_they_are_elsewhere():
    assert hits("制?裁", "制经裁，制裁，制经济裁", "zh") == [(0, "制经裁")]
    assert hits("北约NATO*", "北约NATOs", "zh") == [(0, "北约NATOs")]
    assert hits("制 embargo*", "制 embargoes", "zh") == [(0, "制 embargoes")]
    assert hits(r"制\*", "制*", "zh") == [(0, "制*")]


def test_letters_of_other_scripts_end_where_a_script_without_spaces_begins():
    assert hits("US", "中US美", "zh") == [(1, "US")]
    assert hits("5g", "5G网络", "zh") == [(0, "5G")]


@pytest.mark.parametrize(
    "before", ["", "👍 ", "👨\u200d👩\u200d👧, ", "𝒳 ", "é ", "e\u0301 ", "İ ", "制", "a\u00adb "]
)
def test_offsets_are_code_points_of_the_text_whatever_stands_before(before):
    assert hits("arms embargo", before + "arms embargoes.") == [(len(before), "arms embargoes")]
    assert hits(":)", before + ":)") == [(len(before), ":)")]
    assert hits("embarg*", before + "the embargo") == [(len(before) + 4, "embargo")]


def test_offsets_count_in_each_document_and_paragraph_by_itself():
    text = "İstanbul 👍.\n\nno talks\n\ntalks"
    assert hits("talks", text) == [(16, "talks"), (23, "talks")]


# 2. Folding


FOLDED = [
    ("sanction", "SANCTION Sanction sanction", "en", [0, 9, 18]),
    ("istanbul", "İstanbul istanbul ISTANBUL", "tr", [0, 9, 18]),
    ("İran", "iran İRAN", "tr", [0, 5]),
    ("straße", "STRASSE Straße", "de", [0, 8]),
    ("don't", "don’t don't donʼt don`t", "en", [0, 6, 12, 18]),
    ('"axis"', "“axis” „axis“ «axis»", "en", [0, 7, 14]),
    ("a—b", "a-b a–b a—b a‑b a−b", "en", [0, 4, 8, 12, 16]),
    ("arms control", "arms\u00a0control arms\u202fcontrol arms\u3000control", "en", [0, 13, 26]),
    ("تحریم", "تحريم تحریم", "fa", [0, 6]),
    ("كتاب", "کتاب كتاب", "fa", [0, 5]),
    ("1400", "۱۴۰۰ ١٤٠٠ 1400", "fa", [0, 5, 10]),
    ("تحریم", "تـحریم تَحریم", "fa", [0, 7]),
    ("تـحریم", "تحریم", "fa", [0]),
    ("שלום", "שָׁלוֹם שלום", "he", [0, 8]),
    ("sanction", "san\u00adction sanc\u200dtion \u200esanction\u200f", "en", [0, 10, 20]),
    ("می شود", "می\u200cشود می شود می-شود", "fa", [0, 7, 14]),
    ("می\u200cشود", "می شود می\u200cشود", "fa", [0, 7]),
    ("تحریم", "تحریم\u200cها", "fa", [0]),
    ("café", "cafe\u0301 CAFÉ cafe", "fr", [0, 6]),
    ("cafe", "café cafe", "fr", [5]),
    ("ёлка", "Ёлка елка", "ru", [0]),
]


@pytest.mark.parametrize(("term", "text", "language", "starts"), FOLDED)
def test_spellings_that_fold_to_one_are_one(term, text, language, starts):
    assert [start for start, _ in hits(term, text, language, "word")] == starts


def test_the_words_of_a_hit_are_those_of_the_text_never_folded():
    assert hits("sanction", "«SAN\u00adCTIONS»") == [(1, "SAN\u00adCTIONS")]
    assert hits("iran", "İran’s") == [(0, "İran")]


# 3. Plain words


def test_a_word_in_its_base_form_finds_all_its_forms():
    check(
        [
            ("sanction", "Sanctions SANCTIONED sanctioning", "Sanctions", "SANCTIONED", "sanctioning"),
            ("impose", "imposed imposes imposition", "imposed", "imposes"),
            ("child", "children’s child", "children", "child"),
        ]
    )  # fmt: skip


def test_the_documents_language_gives_the_forms_not_the_codebooks():
    assert hits("Macht", "Mächte", "de") == [(0, "Mächte")]
    assert hits("macht", "Mächte, Macht", "de") == [(8, "Macht")]  # a form of machen
    assert hits("Macht", "Mächte", "en") == []
    assert hits("sanction", "sanctions", "zxx") == []
    assert hits("sanction", "Sanction", "zxx") == [(0, "Sanction")]


def test_an_inflected_word_finds_its_surface_in_any_case():
    check(
        [
            ("talks", "talk Talks TALKS talked", "Talks", "TALKS"),
            ("sanctioned", "sanctions SANCTIONED", "SANCTIONED"),
        ]
    )


def test_capitals_find_these_letters_exactly():
    check(
        [
            ("US", "us US Us", "US"),
            ("SWIFT", "swift SWIFT Swift SWIFTS", "SWIFT"),
            ("I", "i I", "i", "I"),  # one letter is no run of capitals
            ("НАТО", "нато НАТО", "НАТО"),
            ("ÖVP", "övp ÖVP O\u0308VP", "ÖVP", "O\u0308VP"),
            ("MI6", "mi6 MI6", "MI6"),
            ("US-led", "us-led US-led US led", "US-led", "US led"),
        ]
    )


def test_spellings_that_the_word_list_joins_find_each_other():
    check(
        [
            ("defence", "defense Defences defended", "defense", "Defences"),
            ("defense", "defence defenses", "defence", "defenses"),
        ]
    )


@pytest.mark.parametrize(
    ("kind", "term", "text", "words"),
    [
        ("lemma", "imposed", "impose imposing", ["impose", "imposing"]),
        ("lemma", "US", "us US", ["us", "US"]),
        ("word", "sanction", "Sanction sanctions", ["Sanction"]),
        ("word", "US", "us US", ["us", "US"]),
        ("case", "Iran", "iran Iran IRAN", ["Iran"]),
        ("case", "iran", "iran Iran", ["iran"]),
        ("glob", "sanction", "Sanction sanctions", ["Sanction"]),
        ("glob", "*stan", "Kazakhstan standard", ["Kazakhstan"]),
        ("word", "sanction*", "sanctions sanction* sanction", ["sanction*"]),
    ],
)
def test_the_kind_said_outright_holds_for_every_word(kind, term, text, words):
    assert [hit for _, hit in hits(term, text, kind=kind)] == words


# 4. Phrases


PHRASES = [
    ("arms control", "arms control", True),
    ("arms control", "arms  \t control", True),
    ("arms control", "arms\ncontrol", True),
    ("arms control", "arms\r\n control", True),
    ("arms control", "arms-control", True),
    ("arms control", "arms–control", True),
    ("arms control", "arms—control", True),
    ("arms control", "arms\u200ccontrol", True),
    ("arms control", "arms-\ncontrol", True),
    ("arms control", "arms-  \n  control", True),
    ("arms control", "arms –\ncontrol", False),
    ("arms control", "arms\n-control", False),
    ("arms control", "arms - control", False),
    ("arms control", "arms – control", False),
    ("arms control", "arms -control", False),
    ("arms control", "arms--control", False),
    ("arms control", "arms, control", False),
    ("arms control", "arms. Control", False),
    ("arms control", "arms/control", False),
    ("arms control", "“arms” control", False),
    ("arms control", "arms (control)", False),
    ("arms control", "arms\n\ncontrol", False),
    ("arms control", "arms' control", False),
    ("arms control", "arms 👍 control", False),
    ("arms control", "arms\u00ad \u200econtrol", True),
    ("East-oriented", "East oriented", True),
    ("East-oriented", "east–oriented", True),
    ("East-oriented", "East - oriented", False),
    ("arms embargo", "Arms embargoes", True),
    ("arms embargo", "arm embargo", False),
    ("US sanction", "US sanctions", True),
    ("US sanction", "us sanctions", False),
    ("nuclear* deal", "nuclear-armed deal", False),
    ("nuclear* deal", "nuclears deals", True),
]  # fmt: skip


@pytest.mark.parametrize(("term", "text", "found"), PHRASES)
def test_what_joins_the_words_of_a_phrase(term, text, found):
    assert [hit for _, hit in hits(term, text)] == [text] * found


def test_a_hyphen_in_front_or_behind_is_not_part_of_a_phrase():
    assert hits("arms control", "pre-arms-control-talks") == [(4, "arms-control")]


@pytest.mark.parametrize("sign", ["'", "’", "ʼ", "＇", "‘"])
def test_a_possessive_never_hides_a_word(sign):
    assert hits("Iran", f"Iran{sign}s allies") == [(0, "Iran")]
    assert hits("ally", f"the allies{sign} arms") == [(4, "allies")]
    assert hits("Iran's allies", f"Iran{sign}s allies") == [(0, f"Iran{sign}s allies")]
    assert hits("Iran allies", f"Iran{sign}s allies") == []


# 5. Other characters


OTHERS = [
    ("U.S.", "the U.S. Navy, the US, u.s., U. S.", [4]),
    ("U.S. Navy", "U.S. Navy U.S.Navy U.S.\nNavy", [0, 19]),
    ("P5+1", "P5+1 P5 1 P5-1 P5+10 XP5+1", [0]),
    ("AT&T", "AT&T at&t AT & T AT&TX", [0]),
    (":)", "good:) :-) :)", [4, 11]),
    ("C++", "C C+ C++ C+++", [5, 9]),
    ("(sic)", "(sic) sic (SIC)", [0, 10]),
    ("#metoo", "#MeToo metoo ##metoo x#metoo", [0, 14, 22]),
    ("covid-19", "COVID-19 covid 19 covid19 covid–19", [0, 9, 26]),
    ("$ 5", "$ 5 $5 US$ 5", [0, 9]),
    ("24/7", "24/7 24 / 7", [0]),
    ("👍", "👍👍 a👍b", [0, 1, 4]),
    ("👨\u200d👩", "👨👩 👨\u200d👩", [0, 3]),
    ("...", ".... …", [0]),
    ("Ⓐ", "Ⓐ ⓐ Ⓑ", [0, 2]),
    ("ⓐ", "ⓐⒶ", [0, 1]),
    ("why;", "why\u037e why; why", [0, 5]),
    ("100 ﷼", "100 ﷼ 100 ریال", [0]),
    ("﷼", "ریال ﷼", [5]),
    ("\u2adc", "a \u2adc b \u2add\u0338", [2, 6]),
    ("n° 5", "n° 5 n°\u00a05 n°5", [0, 5]),
]


@pytest.mark.parametrize(("term", "text", "starts"), OTHERS)
def test_other_characters_stand_as_typed_and_borders_hold_only_at_words(term, text, starts):
    assert [start for start, _ in hits(term, text)] == starts


def test_characters_around_the_words_belong_to_the_hit():
    assert hits("U.S.", "(U.S.)") == [(1, "U.S.")]
    assert hits("(sic)", "a (sic).") == [(2, "(sic)")]
    assert hits("C++", "C++.") == [(0, "C++")]
    assert hits("!important", "so !important!") == [(3, "!important")]
    assert hits(":)", ":\n\n) :)") == [(5, ":)")]


# 6. Globs


GLOBS = [
    ("embargo*", "embargo embargoes Embargoed preembargo", ["embargo", "embargoes", "Embargoed"]),
    ("*stan", "stan Pakistan standard", ["stan", "Pakistan"]),
    ("wom?n", "woman Women womn womaan", ["woman", "Women"]),
    ("a*c*e", "ace abcde abcdef", ["ace", "abcde"]),
    ("anti-*", "anti-war anti war antiwar anti–war", ["anti-war", "anti–war"]),
    ("co-op*", "co-operate co operate cooperate", ["co-operate"]),
    (r"what\?", "what? what", ["what?"]),
    (r"f\*ck", "f*ck fuck", ["f*ck"]),
    (r"a\\b", r"a\b ab", [r"a\b"]),
    ("تحریم*", "تحریم تحریمی تحريم‌ها", ["تحریم", "تحریمی", "تحريم"]),
    ("sanc*", "sanc\u00adtion", ["sanc\u00adtion"]),
    ("caf?", "café cafe\u0301 caf", ["café", "cafe\u0301"]),
    ("US*", "us use USA", ["us", "use", "USA"]),
    ("arm* control*", "arms controls arm-control army, control", ["arms controls", "arm-control"]),
]


@pytest.mark.parametrize(("term", "text", "words"), GLOBS)
def test_a_glob_holds_for_the_whole_word(term, text, words):
    assert [hit for _, hit in hits(term, text)] == words


@pytest.mark.parametrize("term", ["*", "?", "* *", "*-*", "**"])
def test_a_glob_that_matches_every_word_is_refused(term):
    with pytest.raises(ValueError, match="matches every word"):
        parse_term(term)


@pytest.mark.parametrize("text", ["", " ", "\n", "…", "\u00ad", "👍", "\u200c"])
def test_a_text_without_words_has_no_hits(text):
    assert hits("arms control", text) == hits("embargo*", text) == hits("C++", text) == []


@given(st.text(st.characters(max_codepoint=126, exclude_characters="*?\\\\"), max_size=20))
def test_a_term_in_ascii_has_the_words_that_the_text_would_have(text):
    text = " ".join(text.split())
    assume(text.strip("- "))
    assert [slot.text.lower() for slot in parse_term(text, "case").slots] == [
        w.lower() for w in words_of(text)
    ]


LETTERS = st.text("abc", max_size=6)


@given(st.lists(st.text("ab*?", min_size=1, max_size=6), max_size=6), st.lists(LETTERS, max_size=9))
def test_globs_hold_for_the_words_that_a_regex_holds_for(globs, words):
    """Whatever their form, by which they are looked up in different ways."""
    expected = {
        (index, slot)
        for slot, glob in enumerate(globs)
        for index, word in enumerate(words)
        if re.fullmatch(glob.replace("*", ".*").replace("?", "."), word)
    }
    assert set(Globs(enumerate(globs)).pairs(words)) == expected
