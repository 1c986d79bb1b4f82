"""Why a paragraph has its codes and why not others: one test for every reason, and what holds for all."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from rubricate import apply_codebook, parse_codebook
from rubricate.coding.explain import explain_paragraphs
from rubricate.coding.nearly.near_miss import REASONS, quoted
from rubricate.coding.settings import Settings
from rubricate.corpus.document import PARTS, Document, Paragraph
from tests.test_coding_explain_rules import RULES

LONG = "The council of ministers adopted a resolution about the harbour of the city yesterday."


def document(text, part="body", language="en", name="d"):
    """A document; an empty line parts paragraphs, all of which are of the same part."""
    paragraphs, start = [], 0
    for piece in text.split("\n\n"):
        paragraphs.append(Paragraph(start, start + len(piece), part))
        start += len(piece) + 2
    return Document(name, text, tuple(paragraphs), language=language)


def codebook(codes, language="en"):
    codes = codes if ":" in codes.split("[")[0].split("{")[0] else f"x: {{terms: {codes}}}"
    return parse_codebook(f"language: {language}\ncodes: {{{codes}}}\n")


def explained(codes, text, paragraph=0, earlier=(), settings=None, **what):
    """The segments, each with its flags and their cues, and the near misses of a paragraph."""
    book, read = codebook(codes), document(text, **what)
    (found,) = explain_paragraphs(book, read, settings, paragraphs=[paragraph], earlier=earlier)
    segments = [
        (text[each.start : each.end], {up.flag: text[up.start : up.end] for up in each.raised})
        for each in found.segments
    ]
    return segments, [(miss.reason, text[miss.start : miss.end], miss.why) for miss in found.nearly]


def nearly(codes, text, **what):
    return explained(codes, text, **what)[1]


# Segments and their flags


def test_a_segment_is_told_with_its_code_entry_place_and_sentence():
    text = "Peace. An arms embargo holds."
    (found,) = explain_paragraphs(
        codebook("a: {terms: [war]}, b: {terms: [peace talk, arms embargo]}"), document(text)
    )
    (segment,) = found.segments
    assert (segment.code, segment.entry) == (1, 2)
    assert text[segment.start : segment.end] == "arms embargo"
    assert text[segment.sentence_start : segment.sentence_end] == "An arms embargo holds."


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("There are sanctions.", {}),
        ("There are no sanctions.", {"negated": "no"}),
        ("No talks, no sanctions.", {"negated": "no"}),
        ("Sanctions may follow.", {"hedged": "may"}),
        ("Are there sanctions?", {"question": "?"}),
        ("He said that sanctions work.", {"attributed": "said that"}),
        ("The “new sanctions” work.", {"attributed": "“new sanctions”"}),
        ("Sanctions work, the minister said.", {"attributed": "said"}),
        ("Could there be no sanctions?", {"negated": "no", "hedged": "Could", "question": "?"}),
    ],
)
def test_a_flag_is_told_with_what_raised_it(text, flags):
    ((_, found),), _ = explained("[sanction]", text)
    assert found == flags


def test_of_several_cues_the_nearest_is_told():
    text = "Never say no to sanctions."
    (found,) = explain_paragraphs(codebook("[sanction]"), document(text))
    (raised,) = found.segments[0].raised
    assert (raised.flag, raised.start, raised.end) == ("negated", 10, 12)


# Every reason


def test_a_match_in_an_excluded_term():
    codes = "[{term: restriction, not_inside: [speed restriction, travel restriction]}]"
    segments, near = explained(codes, "A travel restriction and an export restriction.")
    assert segments == [("restriction", {})]
    assert near == [
        (
            "not_inside",
            "restriction",
            "it lies inside “travel restriction”; the entry says not_inside: travel restriction",
        )
    ]


@pytest.mark.parametrize(
    ("codes", "text", "lost", "why"),
    [
        (
            "[arms, arms embargo]",
            "arms embargo",
            "arms",
            "“arms embargo” (x.2) of the same code, which has more words",
        ),
        (
            "[arms embargo, embargo end]",
            "arms embargo end",
            "arms embargo",
            "“embargo end” (x.2) of the same code, which is shorter",
        ),
        (
            "[bbb aaa, aaa bbb]",
            "aaa bbb aaa",
            "bbb aaa",
            "“aaa bbb” (x.2) of the same code, which stands further left",
        ),
        (
            "[{word: arms}, {glob: arm*}]",
            "arms",
            "arms",
            "“arms” (x.1) of the same code, which stands first in the codebook",
        ),
    ],
)
def test_a_match_that_another_of_the_code_comes_before(codes, text, lost, why):
    assert nearly(codes, text) == [("overlap", lost, f"it shares words with {why}")]


def test_a_match_of_another_code_takes_nothing():
    assert nearly("a: {terms: [arms]}, b: {terms: [arms embargo]}", "arms embargo") == []


def test_a_negated_match_that_its_code_leaves_out():
    codes = "a: {negated: drop, terms: [sanction]}, b: {terms: [sanction]}"
    segments, near = explained(codes, "There are no sanctions.")
    assert segments == [("sanctions", {"negated": "no"})]
    assert near == [("negated", "sanctions", "it is negated by “no”, and the code says negated: drop")]


@pytest.mark.parametrize(
    ("settings", "text", "why"),
    [
        (
            {"hedged": "drop"},
            "There may be sanctions.",
            "it is hedged by “may”, and --hedged drop leaves it out",
        ),
        ({"question": "drop"}, "Sanctions?", "it is in a question by “?”, and --question drop leaves it out"),
        ({"negated": "only"}, "More sanctions.", "it is not negated, and --negated only leaves it out"),
    ],
)
def test_a_match_that_the_settings_leave_out_by_its_flags(settings, text, why):
    segments, ((reason, _, told),) = explained("[sanction]", text, settings=Settings(**settings))
    assert (segments, reason, told) == ([], "filtered", why)


def test_a_match_in_a_part_that_is_not_analysed():
    why = "the paragraph is of the part references, which is not analysed; name references in --parts, too"
    codes = "[sanction, {term: talk, not_inside: [peace talk]}, talks, us embargo]"
    text = "Sanctions after peace talks, an embargo by us."
    assert nearly(codes, text, part="references") == [
        ("part", "Sanctions", why),
        ("part", "talks", why),
    ]
    assert explained("[sanction]", text, part="references", settings=Settings(parts=PARTS))[1] == []


def test_a_match_of_an_entry_for_another_language():
    why = "the entry is looked for in documents in fa, and this one is in en"
    assert nearly("x: {terms: {fa: [SWIFT], en: [bank]}}", "SWIFT said so.") == [("language", "SWIFT", why)]
    assert nearly("x: {terms: {fa: [SWIFT], en: [SWIFT]}}", "SWIFT said so.") == []
    assert nearly("x: {terms: {en-GB: [war]}}", "No war.") == []


def test_a_match_in_a_passage_that_repeats_another():
    why = "the passage repeats d#p1, and --duplicates exact leaves it out"
    twice = f"{LONG}\n\n{LONG}"
    exact = Settings(duplicates="exact")
    assert nearly("[resolution]", twice, paragraph=1, settings=exact) == [("duplicate", "resolution", why)]
    assert nearly("[resolution, adopt ministers]", twice, paragraph=0, settings=exact)[0][0] == "order"
    assert nearly("[adopt ministers]", twice, paragraph=1, settings=exact) == []
    assert nearly("[resolution]", twice, paragraph=1) == []


def test_a_match_in_a_passage_that_repeats_one_of_an_earlier_document():
    settings = Settings(duplicates="near")
    before = [document("Nothing of the kind.", name="a"), document(LONG, name="b")]
    ((reason, _, why),) = nearly("[resolution]", LONG, settings=settings, earlier=iter(before))
    assert (reason, why) == ("duplicate", "the passage repeats b#p1, and --duplicates near leaves it out")


@pytest.mark.parametrize(
    ("term", "text", "reason", "here", "why"),
    [
        (
            "talks",
            "They talk.",
            "form",
            "talk",
            "the text has “talk”, and the entry finds only “talks”; lemma: talks would find it",
        ),
        (
            "{word: sanctions}",
            "One sanction.",
            "form",
            "sanction",
            "the text has “sanction”, and the entry finds only “sanctions”; lemma: sanctions would find it",
        ),
        (
            "peace talks",
            "A peace talk.",
            "form",
            "peace talk",
            "the text has “talk”, and the entry finds only “talks”",
        ),
        (
            "SWIFT",
            "A swift move.",
            "case",
            "swift",
            "the text has “swift”, and the entry finds only “SWIFT”; word: SWIFT would find it",
        ),
        (
            "{case: Iran}",
            "IRAN.",
            "case",
            "IRAN",
            "the text has “IRAN”, and the entry finds only “Iran”; word: Iran would find it",
        ),
        (
            "{regex: 'UNSC \\d+'}",
            "By unsc 1929.",
            "case",
            "unsc 1929",
            "it would match with (?i) before the regex, but as it is written capitals count",
        ),
        (
            "sanction",
            "It is sanctionable.",
            "inside_word",
            "sanctionable",
            "“sanction” is part of “sanctionable”; sanction* would find it",
        ),
        (
            "arms",
            "Some firearms.",
            "inside_word",
            "firearms",
            "“arms” is part of “firearms”; *arms would find it",
        ),
        (
            "nuclear weapon",
            "Nuclear weaponization.",
            "inside_word",
            "Nuclear weaponization",
            "“weapon” is part of “weaponization”; nuclear weapon* would find it",
        ),
        (
            "{word: gulf}",
            "The engulfing.",
            "inside_word",
            "engulfing",
            "“gulf” is part of “engulfing”; *gulf* would find it",
        ),
        (
            "café",
            "A cafe.",
            "accent",
            "cafe",
            "“cafe” is written with other accents than “café”, and accents count",
        ),
        (
            "cafe",
            "A café.",
            "accent",
            "café",
            "“café” is written with other accents than “cafe”, and accents count",
        ),
        (
            "cooperation",
            "Naval co-operation.",
            "hyphen",
            "co-operation",
            "“co-operation” is written with a hyphen, and the entry says “cooperation”",
        ),
        (
            "naval cooperation",
            "Naval co-operation.",
            "hyphen",
            "Naval co-operation",
            "“Naval co-operation” is written with a hyphen, and the entry says “naval cooperation”",
        ),
        (
            "cybersecurity",
            "On cyber security.",
            "hyphen",
            "cyber security",
            "“cyber security” is written in two words, and the entry says “cybersecurity”",
        ),
        (
            "cyber defence",
            "On cyberdefence.",
            "hyphen",
            "cyberdefence",
            "“cyberdefence” is written in one word, and the entry says “cyber defence”",
        ),
        (
            "arms embargo",
            "Call to arms. Embargo now.",
            "punctuation",
            "arms. Embargo",
            "“. ” stands between “arms” and “Embargo”, and the entry asks for a blank or a hyphen",
        ),
        (
            "East-oriented",
            "An East - oriented policy.",
            "punctuation",
            "East - oriented",
            "“ - ” stands between “East” and “oriented”, and the entry asks for a blank or a hyphen",
        ),
        (
            "AT&T",
            "AT-T called.",
            "punctuation",
            "AT-T",
            "“-” stands between “AT” and “T”, and the entry asks for “&”",
        ),
        (
            "arms embargo",
            "Arms sales and an embargo.",
            "distance",
            "Arms sales and an embargo",
            "3 other words stand between “Arms” and “embargo”",
        ),
        (
            "end arms embargo",
            "End the arms embargo.",
            "distance",
            "End the arms embargo",
            "another word stands between “End” and “arms”",
        ),
        (
            "arms embargo",
            "An embargo, arms.",
            "order",
            "embargo, arms",
            "its words stand in another order, “embargo” before “arms”",
        ),
        (
            "arms embargo",
            "Embargo on arms.",
            "order",
            "Embargo on arms",
            "its words stand in another order, “Embargo” before “arms”, with another word between them",
        ),
    ],
)
def test_what_keeps_an_entry_from_matching_is_told(term, text, reason, here, why):
    assert explained(f"[{term!r}]" if "{" not in term else f"[{term}]", text) == ([], [(reason, here, why)])


def test_what_would_find_it_finds_it():
    table = test_what_keeps_an_entry_from_matching_is_told.pytestmark[0].args[1]
    advised = [(row, re.search(r"; (?:(word|lemma): )?([^;]+) would find it", row[4])) for row in table]
    found = [
        explained(f"[{{{advice[1] or 'term'}: '{advice[2]}'}}]", text)[0] == [(here, {})]
        for (_, text, _, here, _), advice in advised
        if advice
    ]
    assert found == [True] * 8


def test_a_half_space_is_named():
    ((reason, _, why),) = nearly("x: {terms: {fa: [هستهای]}}", "برنامه هسته\u200cای", language="fa")
    assert (reason, why.split("”")[1]) == (
        "hyphen",
        " is written with a half-space, and the entry says “هستهای",
    )


def test_a_phrase_across_the_border_of_two_paragraphs():
    text = "They sold more arms\n\nembargo or not."
    first = "“embargo”, the rest of it, begins the next paragraph, and no match crosses a border"
    second = "“arms”, the rest of it, ends the paragraph before, and no match crosses a border"
    assert nearly("[arms embargo]", text, paragraph=0) == [("border", "arms", first)]
    assert nearly("[arms embargo]", text, paragraph=1) == [("border", "embargo", second)]


def test_every_reason_has_its_test():
    rows = test_what_keeps_an_entry_from_matching_is_told.pytestmark[0].args[1]
    tested = {row[2] for row in rows} | {row[2] for row in RULES}
    tested |= {"analysis"}  # tests/test_coding_analyses.py
    tested |= {"not_inside", "overlap", "negated", "filtered", "part", "language", "duplicate", "border"}
    assert tested == set(REASONS)


# What is no near miss


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        ("[arms embargo]", "Arms only."),
        ("[us]", "Thus."),
        ("[at]", "Attack."),  # a function word stands for itself
        ("[talk, talks]", "They talk."),  # the code has these words
        ("[arm, {regex: arms}]", "firearms"),
        ("[{word: restriction, not_inside: [travel restrictions]}]", "Travel restrictions."),
        ("['制裁武器']", "制 and 裁 and 武 and 器"),
        ("[arms embargo]", "Arms " + "and more " * 16 + "embargo."),
        ("[C++]", "C is a letter."),
        ("['й']", "и"),
        ("[':)']", ": )"),
        ("['(a b)']", "a b"),
        ("[arms embargo]", ""),
    ],
)
def test_nothing_is_told_of(codes, text):
    assert nearly(codes, text) == []


def test_of_an_entry_that_matches_elsewhere_in_the_paragraph_nothing_weaker_is_told():
    assert nearly("[SWIFT]", "SWIFT is swift.") == []


def test_an_entry_is_told_once_by_the_first_reason_and_where_it_is_nearest():
    text = "Arms or an embargo; arms and no more embargo. Embargo arms."
    assert [miss[:2] for miss in nearly("[arms embargo]", text)] == [("order", "embargo; arms")]


def test_near_misses_come_by_reason_and_the_nearest_first():
    text = "Swift arms for an embargo, a ban on trade."
    found = nearly("[trade ban, arms embargo, SWIFT]", text)
    assert [(reason, words) for reason, words, _ in found] == [
        ("case", "Swift"),
        ("distance", "arms for an embargo"),
        ("order", "ban on trade"),
    ]


def test_only_the_paragraphs_asked_for_are_explained():
    text = "War.\n\nMore war.\n\nTalks."
    found = explain_paragraphs(codebook("[war, talk]"), document(text), paragraphs=[1, 2, 1])
    assert [(each.paragraph, len(each.segments), len(each.nearly)) for each in found] == [
        (1, 1, 0),
        (2, 1, 0),
    ]
    assert [each.paragraph for each in explain_paragraphs(codebook("[war]"), document(text))] == [0, 1, 2]


def test_a_document_without_paragraphs_has_no_explanations():
    assert explain_paragraphs(codebook("[war]"), Document("d", "", ())) == []


def test_a_document_without_a_language_is_in_that_of_the_codebook():
    assert explained("[sanction]", "No sanctions.", language="") == ([("sanctions", {"negated": "No"})], [])


def test_persian_is_explained_like_any_language():
    segments, near = explained("x: {terms: {fa: [تحریم ثانویه]}}", "ثانویه است این تحریم", language="fa")
    assert (segments, [miss[:2] for miss in near]) == ([], [("order", "ثانویه است این تحریم")])


def test_long_words_are_quoted_without_their_middle():
    assert quoted("a" * 200) == f"“{'a' * 30} … {'a' * 30}”"
    assert quoted("one two three four five six seven eight nine ten eleven twelve") == (
        "“one two three four five six … eight nine ten eleven twelve”"
    )


# Hostile paragraphs


@pytest.mark.parametrize(
    "text",
    [
        "arms " * 20_000,
        "no " * 20_000 + "sanctions",
        '"He said sanctions" ' * 1_000,
        "embargo a arms b " * 5_000,
        "co-operation é " * 5_000,
        "a" * 200_000,
        "制裁" * 20_000,
        "\u0301" * 20_000,
        "no sanctions, " * 2_000,
    ],
    ids=lambda text: text[:12],
)
def test_hostile_paragraphs_are_explained(text):
    codes = "[arms embargo, sanction, cooperation, SWIFT, é, {regex: '(a|b)*c(a*)*'}, b arms no a]"
    book, read = codebook(codes), document(text)
    (found,) = explain_paragraphs(book, read)
    (batch,) = apply_codebook(book, [read])
    assert len(found.segments) == len(batch.segments)


# What holds for all

WORDS = (
    "arms embargo Embargo control talks talk no may said SWIFT swift co-operation cooperation café cafe x"
).split()
GAPS = [" "] * 6 + [". ", ", ", "-", "\n\n", " (", "? "]
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GAPS)), max_size=14).map(
    lambda pairs: "".join(word + gap for word, gap in pairs) + "end"
)
TERMS = st.lists(
    st.sampled_from(
        [
            *(
                "arms",
                "embargo",
                "arms embargo",
                "embargo arms",
                "talks",
                "SWIFT",
                "co-operation",
                "cooperation",
            ),
            *("café", "cafe", "arms control", "control*", "x x", "arms embargo control", "embarg", "no talk"),
            *(
                "{word: talk}",
                "{regex: 'Embargo'}",
                "{regex: 'a\\w+ e'}",
                "{term: arms, not_inside: [no arms]}",
            ),
        ]
    ),
    min_size=1,
    max_size=6,
)


@examples(max_examples=60)
@given(
    TEXTS,
    TERMS,
    TERMS,
    st.sampled_from(["body", "heading"]),
    st.sampled_from(["keep", "drop"]),
    st.sampled_from(["keep", "drop", "only"]),
)
def test_what_the_pass_finds_is_told_and_nothing_is_told_twice(text, some, others, part, negated, hedged):
    terms = ", ".join(some)
    book = codebook(f"a: {{negated: {negated}, terms: [{terms}]}}, b: {{terms: [{', '.join(others)}]}}")
    read, settings = document(text, part=part), Settings(hedged=hedged)
    found = explain_paragraphs(book, read, settings)
    (batch,) = apply_codebook(book, [read], settings)
    told = [
        (each.paragraph, one.entry, one.start, one.end, {up.flag for up in one.raised})
        for each in found
        for one in each.segments
    ]
    columns = batch.segments
    flags = ("negated", "hedged", "attributed", "question")
    assert told == [
        (
            *(int(getattr(columns, name)[index]) for name in ("paragraph", "entry", "start", "end")),
            {flag for flag in flags if getattr(columns, flag)[index]},
        )
        for index in range(len(columns))
    ]
    assert all(up.end > up.start for each in found for one in each.segments for up in one.raised)
    misses = [miss for each in found for miss in each.nearly]
    places = [(entry, start, end) for _, entry, start, end, _ in told]
    places += [(miss.entry, miss.start, miss.end) for miss in misses]
    assert len(places) == len(set(places))
    for each in found:
        start, end, *_ = read.paragraphs[each.paragraph]
        for miss in each.nearly:
            assert miss.paragraph == each.paragraph
            assert start <= miss.start < miss.end <= end
            assert "\n" not in miss.why


MATCHED = ("negated", "filtered", "overlap")


@examples(max_examples=40)
@given(TEXTS, TERMS, st.sampled_from(["keep", "drop"]))
def test_every_match_is_a_segment_or_told_with_its_reason_and_the_other_entries_have_none(
    text, terms, negated
):
    book, read = codebook(f"a: {{negated: {negated}, terms: [{', '.join(terms)}]}}"), document(text)
    found = explain_paragraphs(book, read)
    (batch,) = apply_codebook(book, [read])
    counts = Counter(one.entry for each in found for one in each.segments)
    counts += Counter(miss.entry for each in found for miss in each.nearly if miss.reason in MATCHED)
    assert [counts[entry] for entry in range(len(book.entries))] == batch.matches.tolist()
    for each in found:
        with_match = {one.entry for one in each.segments}
        with_match |= {miss.entry for miss in each.nearly if miss.reason in (*MATCHED, "not_inside")}
        weaker = [miss.entry for miss in each.nearly if miss.reason not in (*MATCHED, "not_inside")]
        assert not with_match & set(weaker)
        assert len(weaker) == len(set(weaker))
