"""Which matches become segments: overlap, negation and language, sentence by sentence of their rules."""

import pytest

from rubricate import apply_codebook, parse_codebook
from rubricate.coding.cues import read_cues
from rubricate.corpus.document import Document, Paragraph
from tests.flagged import without


def coded(codes, text, language="en", codebook_language="en"):
    """(code, start, words, entry, negated) of every segment; an empty line parts paragraphs."""
    paragraphs, start = [], 0
    for piece in text.split("\n\n"):
        paragraphs.append(Paragraph(start, start + len(piece)))
        start += len(piece) + 2
    codebook = parse_codebook(f"language: {codebook_language}\ncodes: {{{codes}}}\n")
    (batch,) = apply_codebook(codebook, [Document("d", text, tuple(paragraphs), language=language)])
    columns = batch.segments
    return [
        (
            codebook.codes[columns.code[index]].id,
            int(columns.start[index]),
            text[columns.start[index] : columns.end[index]],
            codebook.entries[columns.entry[index]].id,
            bool(columns.negated[index]),
        )
        for index in range(len(columns))
    ]


def hits(terms, text, **languages):
    return [words for _, _, words, _, _ in coded(f"x: {{terms: {terms}}}", text, **languages)]


# 8. Overlap


@pytest.mark.parametrize(
    ("terms", "text", "words"),
    [
        ("[arms, arms embargo]", "arms embargo", ["arms embargo"]),
        ("[arms, embargo, arms embargo]", "arms embargo", ["arms embargo"]),
        ("[arms embargo, embargo on arms]", "arms embargo on arms", ["embargo on arms"]),
        # as many words: the fewest characters, wherever they stand
        ("[arms embargo, embargo end]", "arms embargo end", ["embargo end"]),
        # as many of both: the leftmost
        ("[bbb aaa, aaa bbb]", "aaa bbb aaa", ["aaa bbb"]),
        ("[a a]", "a a a a a", ["a a", "a a"]),
        # the winner of the winner is free again
        ("[a b, b c d, d e]", "a b c d e", ["b c d"]),
        ("[a b c, c d, d e]", "a b c d e", ["a b c", "d e"]),
        # nothing is shared
        ("[arms, embargo]", "arms embargo", ["arms", "embargo"]),
        ("[arms, embargo]", "arms-embargo", ["arms", "embargo"]),
        ("['制裁', '裁武']", "制裁武器", ["制裁"]),
        ("[U.S., U.S. Navy]", "U.S. Navy", ["U.S. Navy"]),
        # characters beside the words are nobody's
        ("['(a', 'b)', 'a +', '+ b']", "(a + b)", ["(a", "b)"]),
        # without words, characters are what is shared
        ("[':)', ':))']", ":))", [":)"]),
        ("['👍👍', '👍']", "👍👍👍", ["👍", "👍", "👍"]),
        ("[{regex: 'o s'}, sanction]", "no sanction", ["o s"]),
        ("[{regex: 'no sa'}, sanction]", "no sanction", ["no sa"]),
    ],
)
def test_within_a_code_the_longest_match_takes_its_words(terms, text, words):
    assert hits(terms, text) == words


def test_of_equals_the_first_in_the_file_makes_the_segment():
    assert coded("x: {terms: [{word: arms}, {glob: arm*}]}", "arms")[0][3] == "x.1"
    assert coded("x: {terms: [{glob: arm*}, {word: arms}]}", "arms")[0][3] == "x.1"


def test_codes_are_independent_of_each_other():
    codes = "a: {terms: [arms]}, b: {terms: [arms embargo], codes: {c: {terms: [embargo]}}}"
    assert [row[:3] for row in coded(codes, "arms embargo")] == [
        ("a", 0, "arms"),
        ("b", 0, "arms embargo"),
        ("c", 5, "embargo"),
    ]


def test_what_lies_inside_an_excluding_term_takes_no_word_from_others():
    codes = "x: {terms: [{term: speed restriction, not_inside: [speed restriction sign]}, restriction]}"
    assert [row[2] for row in coded(codes, "speed restriction sign")] == ["restriction"]
    assert [row[2] for row in coded(codes, "speed restriction")] == ["speed restriction"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("travel restrictions and restrictions", ["restrictions"]),
        ("travel\nrestriction", []),
        ("travel\n\nrestriction", ["restriction"]),
        ("time-travel restriction", []),
        ("travel, restriction", ["restriction"]),
    ],
)
def test_a_hit_inside_an_excluding_term_is_none(text, words):
    assert hits("[{term: restriction, not_inside: [travel restriction]}]", text) == words


# 9. Flags


def written(cues):
    """The cues as they could stand in a text."""
    return [cue.text.replace("*", "1") for cue in cues]


NEGATIONS = [
    ("No sanctions.", True),
    ("no sanctions", True),
    ("There were no new unilateral sanctions.", True),
    ("They don’t want sanctions.", True),
    ("They don't want sanctions.", True),
    ("Not only sanctions.", False),
    ("Sanctions are no longer sanctions.", False),
    ("There is no doubt sanctions bite.", False),
    ("Not just, not merely, not simply sanctions.", False),
    ("It is not only talks but no sanctions.", True),  # the second one counts
    ("No doubt there are no sanctions.", True),
    ("No. 1929 imposed sanctions.", False),
    ("The no-fly zone, sanctions.", False),
    ("No 1929 sanctions.", False),
    ("no one wants sanctions", True),
    ("sanctions without end", False),  # a cue stands before what it negates
    ("without a b c d e sanctions", True),  # five words between
    ("without a b c d e f sanctions", False),  # six
    ("No. Sanctions.", False),
    ("Never! Sanctions!", False),
    ("no\n\nsanctions", False),
    ("no talks; sanctions", False),
    ("no talks (sanctions)", False),
    ("no talks – sanctions", False),
    ("no talks-sanctions", True),
    ("no talks, sanctions", True),
    ("no talks but sanctions", False),
    ("nobody but sanctions", False),
    ("nose sanctions", False),
    ("NOT sanctions", True),
    ("👍 İ 𝒳 no sanctions", True),
]


@pytest.mark.parametrize(("text", "negated"), NEGATIONS)
def test_a_hit_is_negated_by_a_cue_before_it_in_its_sentence(text, negated):
    assert coded("x: {terms: [{word: sanctions}]}", text)[-1][-1] is negated


def test_a_cue_inside_a_pseudo_cue_does_not_negate():
    pseudos = written(read_cues("negated", "en").pseudo)
    assert pseudos
    assert without("negated", pseudos, [f"it is {pseudo} sanctions" for pseudo in pseudos]) == pseudos


def test_every_cue_negates():
    cues = written(read_cues("negated", "en").cues)
    assert cues
    assert without("negated", cues, [f"it is {cue} sanctions" for cue in cues]) == []
    assert without("negated", cues, [f"{cue.upper()} SANCTIONS" for cue in cues]) == []


def test_flags_delete_nothing_unless_the_code_says_so():
    text = "no sanctions; sanctions"
    keep, drop = coded("x: {terms: [sanction]}", text), coded("x: {negated: drop, terms: [sanction]}", text)
    assert [(row[1], row[-1]) for row in keep] == [(3, True), (14, False)]
    assert [(row[1], row[-1]) for row in drop] == [(14, False)]


def test_a_dropped_segment_gives_its_words_to_no_other():
    codes = "x: {negated: drop, terms: [sanction regime, regime]}"
    assert coded(codes, "no sanctions regime") == []


def test_a_negation_inside_the_hit_does_not_negate_it():
    assert coded("x: {terms: [no sanction]}", "no sanctions") == [("x", 0, "no sanctions", "x.1", False)]


def test_cues_are_those_of_the_documents_language():
    assert coded("x: {terms: {any: [sanction]}}", "no sanctions", "en-GB")[0][-1] is True
    assert coded("x: {terms: {any: [sanktion]}}", "no sanktion", "de")[0][-1] is False
    assert coded("x: {terms: {any: [sanktion]}}", "keine sanktion", "de")[0][-1] is True


# 10. Language


def test_a_plain_list_is_looked_for_in_documents_of_the_codebooks_language():
    assert hits("[sanction]", "sanction", language="en") == ["sanction"]
    assert hits("[sanction]", "sanction", language="de") == []
    assert hits("[sanction]", "sanction", language="de", codebook_language="de") == ["sanction"]


def test_a_document_without_a_language_is_in_the_codebooks():
    assert hits("[sanction]", "sanctions", language="") == ["sanctions"]
    assert hits("[Macht]", "Mächte", language="", codebook_language="de") == ["Mächte"]


def test_each_list_is_looked_for_in_its_language_and_any_in_all():
    terms = "{en: [sanction], fa: [تحریم], any: [SWIFT]}"
    text = "sanction تحریم SWIFT"
    assert hits(terms, text, language="en") == ["sanction", "SWIFT"]
    assert hits(terms, text, language="fa") == ["تحریم", "SWIFT"]
    assert hits(terms, text, language="ru") == ["SWIFT"]


def test_regions_do_not_matter():
    assert hits("{en-GB: [sanction]}", "sanction", language="en-US") == ["sanction"]
    assert hits("{en: [sanction]}", "sanction", language="eng") == []


def test_documents_of_several_languages_lie_in_one_batch():
    codebook = parse_codebook("codes: {x: {terms: {en: [arm], de: [Arm], any: ['1']}}}")
    texts = [("en", "arms Arme 1"), ("de", "arms Arme 1"), ("fa", "arms Arme 1"), ("", "arms Arme 1")]
    some = [
        Document(str(number), text, (Paragraph(0, len(text)),), language=language)
        for number, (language, text) in enumerate(texts)
    ]
    (batch,) = apply_codebook(codebook, some)
    columns = batch.segments
    rows = zip(columns.document.tolist(), columns.start.tolist(), columns.end.tolist(), strict=True)
    found = [(number, texts[number][1][start:end]) for number, start, end in rows]
    assert found == [(0, "arms"), (0, "1"), (1, "Arme"), (1, "1"), (2, "1"), (3, "arms"), (3, "1")]
    assert batch.applicable[:, 0].tolist() == [True] * 4
