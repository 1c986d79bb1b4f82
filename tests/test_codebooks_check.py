"""Warnings: each kind where it is due, and not where it would be a false alarm."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate import apply_codebook, parse_codebook
from rubricate.codebooks.check import check_codebook
from rubricate.codebooks.checks.broad_globs import BROAD
from rubricate.codebooks.checks.doubt import KINDS_OF_DOUBT
from rubricate.codebooks.checks.words import covers, entry_forms, may_meet
from rubricate.codebooks.codebook import Code, Codebook
from rubricate.codebooks.terms import parse_term
from rubricate.corpus.document import Document, Paragraph

STARTERS = Path(__file__).parents[1] / "codebooks" / "starters"


def book(**terms):
    """A codebook with a code for each name and its terms as YAML."""
    codes = "".join(f"  {name}: {{definition: D, terms: [{some}]}}\n" for name, some in terms.items())
    return parse_codebook("codes:\n" + codes)


def warned(codebook, *kinds):
    """The entries or codes that are doubtful; of some kinds or of all but unlisted words."""
    return [
        (doubt.kind, doubt.where)
        for doubt in check_codebook(codebook)
        if doubt.kind in (kinds or set(KINDS_OF_DOUBT) - {"unlisted"})
    ]


def message(codebook, kind):
    (found,) = [doubt.message for doubt in check_codebook(codebook) if doubt.kind == kind]
    return found


# Entries that stand twice ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "terms", ["sanction, sanction", "defence, defense", "talks, Talks", "[embargo*, embargo*]"]
)
def test_an_entry_that_stands_twice_in_a_code_is_told_once(terms):
    assert warned(book(x=terms.strip("[]"))) == [("repeated", "x.2")]


def test_an_entry_under_two_codes_is_told_unless_a_note_says_so():
    assert warned(book(x="war", y="war")) == [("repeated", "y.1")]
    assert message(book(x="war", y="war"), "repeated") == (
        "`war` stands under another code too (x.1); if that is meant, name the other code in its note"
    )
    assert warned(book(x="war", y="{term: war, note: also under x}")) == []
    assert warned(book(x="{term: war, note: also under y}", y="war")) == []
    assert warned(book(x="war", y="{term: war, note: also under xyz}")) == [("repeated", "y.1")]


def test_entries_of_different_languages_or_kinds_are_not_the_same():
    codebook = parse_codebook("codes: {x: {definition: D, terms: {en: [pain], fr: [pain]}}}")
    assert warned(codebook) == []
    assert warned(book(x="SWIFT, swift"), "repeated") == []
    assert warned(book(x="{regex: war}", y="war"), "repeated") == []


# Entries that never count ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "terms",
    [
        "sanction, sanctions",
        "sanction, {word: sanctioned}",
        "embargo*, embargo",
        "embargo*, embargoe*",
        "swift, SWIFT",
        "arm* embargo, arms embargo",
        "arms embargo*, arms-embargo",
        "wom?n, women",
        "war, {term: wars, not_inside: star wars}",
    ],
)
def test_an_entry_whose_hits_an_earlier_one_takes_never_counts(terms):
    assert warned(book(x=terms), "shadowed") == [("shadowed", "x.2")]


@pytest.mark.parametrize(
    "terms",
    [
        "sanctions, sanction",  # the earlier one has its own hits
        "embargo, arms embargo",  # the longer one wins
        "SWIFT, swift",
        "embargo*, embarg*",
        "{word: arms}, arm",
        "{term: war, not_inside: star war}, wars",
        "wom?n, womxen",
        "{regex: 'sanctions?'}, sanction",
        "{pos: war/NOUN}, war",
    ],
)
def test_an_entry_with_hits_of_its_own_is_no_shadow(terms):
    assert warned(book(x=terms), "shadowed") == []


def test_a_shadow_is_told_with_what_takes_its_hits():
    assert message(book(x="sanction, sanctions"), "shadowed") == (
        "`sanctions` never counts: whatever it finds `sanction` finds, too (x.1, which stands before it)"
    )


def mentions(codebook, text):
    """How many segments each entry makes."""
    document = Document("d", text, (Paragraph(0, len(text)),))
    found = [0] * len(codebook.entries)
    for batch in apply_codebook(codebook, [document]):
        for entry in batch.segments.entry.tolist():
            found[entry] += 1
    return found


WORDS = ["sanction", "sanctions", "arm", "arms", "war", "SWIFT", "swift", "embargo", "re-arm"]
PIECES = st.sampled_from([*WORDS, "arm*", "sanct*", "*s", "w?r", "swift*", "sanctio*s"])
TERMS = st.lists(st.lists(PIECES, min_size=1, max_size=2).map(" ".join), min_size=1, max_size=6)


@settings(max_examples=30)
@given(TERMS)
def test_what_is_told_to_never_count_makes_no_segment(terms):
    codebook = book(x=", ".join(f"'{term}'" for term in terms))
    text = (
        ". ".join(
            " ".join(forms[index % len(forms)] for forms in entry_forms(entry, codebook))
            for entry in codebook.entries
            for index in range(4)
        )
        .replace("*", "")
        .replace("?", "a")
    )
    made = mentions(codebook, f"{text}. {text.upper()}. {text.title()}.")
    shadows = {entry for kind, entry in warned(codebook, "shadowed", "repeated")}
    assert [
        entry.id for entry, count in zip(codebook.entries, made, strict=True) if count and entry.id in shadows
    ] == []


@given(st.sampled_from(WORDS), PIECES.filter(lambda piece: "-" not in piece), st.sampled_from(WORDS))
def test_a_slot_that_covers_another_may_meet_it(one, other, third):
    one, other = (parse_term(text).slots[-1] for text in (one, other))
    assert not covers(other, one, "en") or may_meet(one, other, "en")
    assert covers(one, one, "en")
    assert may_meet(one, other, "en") == may_meet(other, one, "en")


# Globs ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("glob", ["s*", "re*", "*ing", "*e*", "*?ed"])
def test_a_glob_that_holds_for_many_words_is_told(glob):
    assert warned(book(x=f"'{glob}'"), "broad_glob") == [("broad_glob", "x.1")]


@pytest.mark.parametrize(
    "glob", ["sanction*", "'*stan'", "embargo*", "wom?n", "nuclear s*", "{glob: counter*}"]
)
def test_a_glob_of_a_theme_is_not(glob):
    assert warned(book(x=glob), "broad_glob") == []


def test_a_broad_glob_is_told_with_words_that_it_finds():
    told = message(book(x="'*ing'"), "broad_glob")
    assert told.startswith("`*ing` finds one word in ")
    some = told.partition("such as ")[2].partition(";")[0].split(", ")
    assert len(some) == 4
    assert all(word.endswith("ing") for word in some)
    assert 1 / int(told.split(" in ")[1].split(" ")[0]) >= BROAD


def test_a_hostile_glob_takes_no_time():
    stars = "*a" * 100
    assert warned(book(x=f"'{stars}*', '{stars}b*', '{'a' * 300}*'"), "broad_glob") == []


# not_inside -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "outer"),
    [
        ("arms embargo", "embargo"),
        ("power", "superpower"),
        ("arms race", "arm race"),
        ("SWIFT", "swift boat"),
    ],
)
def test_a_not_inside_in_which_no_hit_can_lie_is_told(term, outer):
    if term == "SWIFT":  # SWIFT BOAT is found by both
        assert warned(book(x=f"{{term: {term}, not_inside: {outer}}}"), "idle_not_inside") == []
    else:
        told = warned(book(x=f"{{term: {term}, not_inside: {outer}}}"), "idle_not_inside")
        assert told == ([] if term == "arms race" else [("idle_not_inside", "x.1")])


@pytest.mark.parametrize(
    ("term", "outer"),
    [
        ("restriction", "speed restrictions"),
        ("Walt*", "Mike Waltz"),
        ("{regex: w.r}", "star wars"),
        ("wars", "star wa*"),
    ],
)
def test_a_not_inside_that_can_apply_is_not(term, outer):
    entry = term.strip("{}") if term.startswith("{") else f"term: {term}"
    assert warned(book(x=f"{{{entry}, not_inside: {outer}}}"), "idle_not_inside", "never") == []


def test_a_not_inside_of_a_code_is_idle_if_it_is_so_for_all_its_entries():
    def of_code(outer):
        return parse_codebook(f"codes: {{x: {{definition: D, not_inside: {outer}, terms: [war, peace]}}}}")

    assert warned(of_code("star wars")) == []
    assert warned(of_code("star trek")) == [("idle_not_inside", "x.1")]


def test_an_entry_in_its_own_not_inside_finds_nothing():
    codebook = book(x="{term: wars, not_inside: war}")
    assert warned(codebook, "never") == [("never", "x.1")]
    assert mentions(codebook, "Wars and wars.") == [0]
    assert warned(book(x="{term: war, not_inside: wars}"), "never") == []


# Codes and their texts ------------------------------------------------------------------------------------


def test_codes_without_definition_are_told_together():
    codebook = parse_codebook(
        "codes: {x: {terms: [war]}, y: {definition: D, terms: [peace]}, z: {coded_by: hand}}"
    )
    assert warned(codebook) == [("no_definition", "x")]
    assert message(codebook, "no_definition").endswith(": x, z")


def test_a_code_that_nothing_finds_is_told():
    codes = (Code("x", "X", definition="D"), Code("y", "Y", parent="x", definition="D", coded_by="hand"))
    assert warned(Codebook("n", codes)) == []
    assert warned(Codebook("n", codes[:1])) == [("no_entries", "x")]


@pytest.mark.parametrize(
    "text",
    [
        "embargo*",
        r"\bsnapback\b",
        "(economic OR financial) pressure",
        "pressure NEAR/4 measures",
        "@sanctions",
        "regex: x",
        "word: talks",
    ],
)
def test_prose_that_looks_like_a_pattern_is_told(text):
    codebook = parse_codebook(f"codes: {{x: {{definition: D, when_to_use: ['{text}'], terms: [war]}}}}")
    assert warned(codebook) == [("pattern_in_prose", "x")]


@pytest.mark.parametrize(
    "text",
    [
        "arms embargoes",
        "*emphasis* and **more**",
        "what is NOT meant",
        "in words: war and peace",
        "a footnote *",
        "write to a@b.org",
        "structural (reform) or not?",
        "note: both where a text has both",
    ],
)
def test_prose_is_not(text):
    codebook = parse_codebook(
        f"codes: {{x: {{definition: '{text}', when_to_use: ['{text}'], terms: [war]}}}}"
    )
    assert warned(codebook) == []


def test_examples_that_contradict_each_other_are_told():
    def with_examples(*examples):
        return parse_codebook(
            "codes: {x: {definition: D, terms: [war], examples: [" + ", ".join(examples) + "]}}"
        )

    no = "{text: War  is near., applies: false%s}"
    assert warned(with_examples("War is near.", no % "")) == [("contradiction", "x")]
    assert "the one in line 1" in message(with_examples("War is near.", no % ""), "contradiction")
    assert warned(with_examples("War is near.", "War is near.")) == []
    assert warned(with_examples("War is near.", no % ", language: de")) == []
    assert warned(with_examples("War is near.", no % ", variables: {year: 2022}")) == []


def test_an_example_of_two_codes_that_exclude_each_other_is_told():
    def children(one, other, exclusive="true"):
        return parse_codebook(
            f"codes: {{p: {{definition: D, exclusive: {exclusive}, codes: {{"
            f"x: {{definition: D, terms: [war], examples: [{one}]}},"
            f"y: {{definition: D, terms: [peace], examples: [{other}]}}}}}}}}"
        )

    assert warned(children("War and peace.", "War and peace.")) == [("contradiction", "y")]
    assert warned(children("War and peace.", "War and peace.", "false")) == []
    assert warned(children("War and peace.", "{text: War and peace., applies: false}")) == []
    assert warned(children("War.", "Peace.")) == []


def test_a_variable_on_which_it_depends_what_is_found_is_told_once():
    codebook = book(
        x="war, {term: peace, only_in: year >= 2018 AND outlet = irna}",
        y="{term: truce, only_in: year < 2000}",
    )
    assert [(doubt.kind, doubt.where, doubt.message[-4:]) for doubt in check_codebook(codebook)] == [
        ("compared", "x.2", "x, y"),
        ("compared", "x.2", "n: x"),
    ]


def test_entries_with_other_conditions_are_not_the_same():
    assert warned(book(x="war, {term: war, only_in: year > 2000}"), "repeated") == []
    assert warned(book(x="{term: war, only_in: year > 2000}, wars"), "shadowed") == []
    assert warned(book(x="{term: war, unless: price}, wars"), "shadowed") == []
    assert warned(book(x="war, {term: wars, unless: price}"), "shadowed") == [("shadowed", "x.2")]


# Word lists -----------------------------------------------------------------------------------------------


def test_unlisted_words_are_told_but_for_what_holds_digits():
    assert message(book(x="snapback, S-300, 2022, F16"), "unlisted").endswith(": snapback")


def test_a_phrase_tells_the_meanings_of_its_words_apart():
    assert warned(book(x="power"), "ambiguous") == [("ambiguous", "x.1")]
    assert warned(book(x="media power, great power"), "ambiguous") == []


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        ("fund", "`fund` does not find `funding`, which the word list has as a word of its own"),
        ("Barrack", "`Barrack` does not find `barracks`, which the word list has as a word of its own"),
        (
            "army barrack",
            "`barrack` in `army barrack` does not find `barracks`, which the word list has as a",
        ),
        ("{lemma: funded}", "`funded` does not find `funding`, which"),
        ("moral", "`moral` does not find `morals`, which the word list has as a form of `morale`"),
        ("awn", "`awn` does not find `awned` and `awning`, which the word list has as words of their own"),
    ],
)
def test_a_form_that_the_word_list_has_elsewhere_is_told(terms, told):
    assert message(book(x=terms), "missed_form").startswith(told)
    assert message(book(x="fund"), "missed_form").endswith("; add it if it is meant")


@pytest.mark.parametrize("word", ["be", "do", "new"])
def test_words_that_only_look_like_forms_are_not_missed(word):
    assert warned(book(x=word), "missed_form") == []


def test_forms_of_the_terms_of_rules_are_told():
    codebook = parse_codebook("codes: {x: {definition: D, rules: [fund NEAR/3 war]}}")
    assert warned(codebook, "missed_form") == [("missed_form", "x.r1")]
    codebook = parse_codebook("codes: {x: {definition: D, rules: [(fund OR funding) NEAR/3 war]}}")
    assert warned(codebook, "missed_form") == []


@pytest.mark.parametrize(
    "terms",
    [
        "sale, arms sale, sanction, develop, travel",  # found
        "fund, funding",  # found by another entry
        "fund, fundin*",
        "fund, {word: FUNDING}",
        "army barrack, army barracks",
        "fund, {lemma: funding}",
        "{word: fund}",
        "fund raiser, news fund",  # -ing of words in phrases is another thing
        "Fund",  # a name
        "new, mean, politic, economic, as, upward",  # other words altogether
        "fund*",
        "{regex: fund}, {pos: fund/NOUN}",
    ],
)
def test_forms_that_are_found_or_not_meant_are_not_told(terms):
    assert warned(book(x=terms), "missed_form") == []


def test_a_form_is_missed_in_the_code_that_misses_it_and_in_english_only():
    assert warned(book(x="fund", y="funding"), "missed_form") == [("missed_form", "x.1")]
    french = parse_codebook("language: fr\ncodes: {x: {definition: D, terms: [fund, cour]}}")
    assert warned(french, "missed_form") == []


def test_what_is_told_to_be_missed_is_not_found_and_what_is_not_told_is():
    words = ["fund", "bomb", "sale", "develop", "guard", "economic", "finance", "trade"]
    told = {word: warned(book(x=word), "missed_form") != [] for word in words}
    found = {
        word: mentions(book(x=word), f"The {form}.") == [1]
        for word, form in zip(
            words,
            ["funding", "bombing", "sales", "developed", "guarded", "economics", "financing", "trading"],
            strict=True,
        )
    }
    assert told == {**{word: not found[word] for word in words}, "economic": False}


# As a whole -----------------------------------------------------------------------------------------------


def test_what_is_told_of_the_starter_is_true_and_in_file_order():
    codebook = parse_codebook((STARTERS / "defence_diplomacy.yaml").read_text("utf-8"))
    doubts = check_codebook(codebook)
    assert {doubt.kind for doubt in doubts} <= set(KINDS_OF_DOUBT)
    assert doubts == sorted(doubts, key=lambda doubt: (doubt.mark.line, doubt.mark.column))
    shadows = {doubt.entry for doubt in doubts if doubt.kind == "shadowed"}
    asked = [entry for entry in codebook.entries if entry.id in shadows]
    documents = [
        Document(
            entry.id,
            (text := entry.text.replace("*", "")),
            (Paragraph(0, len(text)),),
            language=entry.language,
        )
        for entry in asked
    ]
    for batch in apply_codebook(codebook, documents):
        names = [codebook.entries[index].id for index in batch.segments.entry.tolist()]
        assert not shadows & set(names)
        found = {
            (document, name.split(".")[0])
            for document, name in zip(batch.segments.document.tolist(), names, strict=True)
        }
        assert all((number, entry.id.split(".")[0]) in found for number, entry in enumerate(asked))


def test_a_codebook_without_codes_raises_no_warning():
    assert check_codebook(Codebook("n", ())) == []
