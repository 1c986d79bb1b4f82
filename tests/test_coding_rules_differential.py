"""Rules as the engine evaluates them against the reference: random texts and rules in several scripts."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rubricate.codebooks.codebook import Code, Codebook, Entry
from rubricate.codebooks.rules.conditions import parse_condition
from rubricate.codebooks.rules.dependencies import asked_codes, circles
from rubricate.codebooks.rules.parsing import parse_rule
from rubricate.codebooks.rules.tree import Apart, Both, Count, Either, Near, Reference, Without, Words
from rubricate.codebooks.rules.writing import written
from rubricate.coding.apply import apply_codebook
from rubricate.coding.flags import FLAGS
from rubricate.coding.settings import Settings
from rubricate.corpus.document import Document, Paragraph
from tests.reference_rules import find_ruled
from tests.test_coding_differential import batch_size

# Few words, so that rules meet what they look for; signs between them end sentences or join words.
LATIN = "arms arms control treaty talks no not sanctions US".split(" ")
CYRILLIC = "оружия контроль санкции не договор санкция".split(" ")
PERSIAN = "تحریم تحریم\u200cها مذاکره ایران می\u200cشود نه".split(" ")
HAN = "制 裁 制裁 武器 。".split(" ")
VOCABULARIES = (LATIN, LATIN, CYRILLIC, PERSIAN, HAN)
GAPS = (*[" "] * 12, "-", ". ", ". ", "? ", "; ", " :) ", "\n", " – ")
TERMS = {
    "a": (LATIN, ("arms control", "arm*", "US", ":)", "treaty", "no")),
    "r": (CYRILLIC, ("контроль оружия", "санкци*", "не")),
    "p": (PERSIAN, ("تحریم", "تحریم ها", "می شود")),
    "h": (HAN, ("制裁", "武 器", "制")),
}
CONDITIONS = ('outlet = "irna"', "year >= 2018", 'NOT outlet IN ("irna", "tass") AND year < 2020')


@st.composite
def leaves(draw, words, codes):
    if codes and draw(st.integers(0, 4)) == 0:
        return Reference(draw(st.sampled_from(codes)), draw(st.booleans()))
    kind = draw(st.sampled_from(["term", "term", "term", "word", "case", "lemma"]))
    return Words(kind, draw(st.sampled_from(words)))


@st.composite
def placed(draw, words, codes, depth):
    """What may stand inside NEAR and THEN."""
    shape = draw(st.sampled_from(["leaf", "leaf", "either", "near", "near"])) if depth else "leaf"
    inner = placed(words, codes, depth - 1)
    if shape == "either":
        return Either(tuple(draw(st.lists(inner, min_size=2, max_size=3))))
    if shape == "near":
        return Near(draw(inner), draw(inner), draw(st.integers(0, 6)), draw(st.booleans()))
    return draw(leaves(words, codes))


@st.composite
def rules(draw, words, codes, depth=2):
    """Any rule that finds something."""
    shape = draw(st.sampled_from(["placed"] * 4 + ["either", "both", "without", "apart", "count"]))
    inner = rules(words, codes, depth - 1)
    if shape == "placed" or not depth:
        return draw(placed(words, codes, 2))
    if shape == "either":
        return Either(tuple(draw(st.lists(inner, min_size=2, max_size=3))))
    if shape == "both":
        some = st.lists(conditions(words, codes, depth - 1), min_size=1, max_size=2)
        return Both(draw(inner), tuple(draw(some)))
    if shape == "without":
        return Without(draw(inner), draw(conditions(words, codes, depth - 1)))
    if shape == "apart":
        return Apart(draw(inner), draw(placed(words, codes, 1)), draw(st.integers(0, 6)))
    comparison, number = draw(st.sampled_from([(">=", 2), (">", 0), ("=", 1), ("<=", 3), ("!=", 2)]))
    return Count(draw(inner), comparison, number)


def conditions(words, codes, depth):
    """A rule, or a COUNT that holds where there is nothing."""
    nothing = st.sampled_from([("=", 0), ("<", 2), (">=", 2)])
    counts = st.tuples(rules(words, codes, depth), nothing).map(lambda pair: Count(pair[0], *pair[1]))
    return st.one_of(rules(words, codes, depth), counts)


@st.composite
def texts(draw, vocabulary):
    words = draw(st.lists(st.sampled_from(vocabulary), min_size=1, max_size=20))
    return "".join(word + draw(st.sampled_from(GAPS)) for word in words).strip()


@st.composite
def documents(draw, vocabulary, number):
    paragraphs, text = [], ""
    for _ in range(draw(st.integers(0, 3))):
        text += "\n\n" if paragraphs else ""
        piece = draw(texts(vocabulary))
        part = draw(st.sampled_from(["body", "body", "title", "references"]))
        paragraphs.append(Paragraph(len(text), len(text) + len(piece), part))
        text += piece
    language = draw(st.sampled_from(["en", "en", "", "fa", "ru"]))
    year, outlet = draw(st.sampled_from(["", "2017", "2019", "n.d."])), draw(st.sampled_from(["IRNA", ""]))
    return Document(
        str(number), text, tuple(paragraphs), language=language, variables={"year": year, "outlet": outlet}
    )


@st.composite
def codebooks(draw, words):
    codes = []
    for number in range(draw(st.integers(1, 3))):
        name, parent = f"c{number}", draw(st.sampled_from(["", *(code.id for code in codes)]))
        others = [code.id for code in codes if code.entries]
        for free in (others, []):  # without asking about others, where that would be a circle
            some = draw(st.lists(entries(name, words, free), max_size=3))
            some = tuple(replace(one, id=f"{name}.{place}") for place, one in enumerate(some))
            negated = draw(st.sampled_from(["keep", "drop"]))
            new = [*codes, Code(name, "", parent, entries=some, negated=negated)]
            if not circles(asked_codes(new)):
                break
        codes = new
    return Codebook("random", tuple(codes))


@st.composite
def entries(draw, name, words, codes):
    one = Entry(name, "term", draw(st.sampled_from(words)), draw(st.sampled_from(["en", "any", "any", "fa"])))
    if draw(st.integers(0, 3)):
        one = replace(one, kind="rule", text=written(draw(rules(words, codes))))
    some = st.lists(conditions(words, codes, 1).map(written), max_size=1).map(tuple)
    return replace(
        one,
        within=draw(st.sampled_from(["sentence", "paragraph", "document"])),
        unless=draw(some) if draw(st.integers(0, 3)) == 0 else (),
        only_in=(draw(st.sampled_from(CONDITIONS)),) if draw(st.integers(0, 4)) == 0 else (),
        not_inside=(draw(st.sampled_from(words)),) if draw(st.integers(0, 4)) == 0 else (),
    )


@st.composite
def jobs(draw):
    vocabulary, words = draw(st.sampled_from([*TERMS.values()]))
    words = tuple(dict.fromkeys((*words, *(word for word in vocabulary if word != "。"))))
    some = [draw(documents(vocabulary, number)) for number in range(draw(st.integers(1, 3)))]
    return draw(codebooks(words)), some


def check(job, size):
    codebook, some = job
    trees = {one.text: parse_rule(one.text) for one in codebook.entries if one.kind == "rule"}
    trees |= {text: parse_rule(text, condition=True) for one in codebook.entries for text in one.unless}
    asked = {text: parse_condition(text) for text in CONDITIONS}
    expected = [find_ruled(codebook, document, trees, asked) for document in some]
    with batch_size(size):
        batches = list(apply_codebook(codebook, some))
    matches, forms, at = Counter(), Counter(), 0
    for batch in batches:
        matches.update({one: count for one, count in enumerate(batch.matches.tolist()) if count})
        forms.update(batch.forms)
        for number in range(len(batch.documents)):
            assert segments(batch, number) == expected[at].segments
            at += 1
    assert matches == sum((Counter(found.matches) for found in expected), Counter())
    assert forms == sum((Counter(found.forms) for found in expected), Counter())


def segments(batch, number):
    columns, found = batch.segments, []
    for index in range(len(columns)):
        if columns.document[index] == number:
            names = ("start", "end", "code", "entry")
            place = tuple(int(getattr(columns, name)[index]) for name in names)
            flags = tuple(bool(getattr(columns, flag)[index]) for flag in FLAGS)
            sentence = int(columns.sentence_start[index]), int(columns.sentence_end[index])
            pieces = tuple((one.start, one.end) for one in columns.pieces.get(index, ()))
            found.append((*place, flags, sentence, pieces))
    return found


UNHURRIED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
SIZES = st.sampled_from([1, 40, 2_000_000])


@settings(max_examples=70, deadline=None, derandomize=True, suppress_health_check=UNHURRIED)
@given(jobs(), SIZES)
def test_the_engine_finds_what_the_reference_finds(job, size):
    check(job, size)


@pytest.mark.slow
@settings(max_examples=4000, deadline=None, suppress_health_check=UNHURRIED)
@given(jobs(), SIZES)
def test_the_engine_finds_what_the_reference_finds_in_thousands_of_jobs(job, size):
    check(job, size)


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=UNHURRIED)
@given(rules((*LATIN, ":)", "arms control", "and", "OR", 'say "no"', "near/5"), ["a"], 3))
def test_a_rule_that_is_written_is_read_as_the_same_rule(rule):
    assert parse_rule(written(rule)) == rule
    assert written(parse_rule(written(rule))) == written(rule)


def test_the_settings_decide_what_scope_document_sees():
    text = "Arms.\n\nTalks."
    document = Document("d", text, (Paragraph(0, 5), Paragraph(7, 13, "references")), language="en")
    codebook = Codebook(
        "", (Code("a", "", entries=(Entry("a.r1", "rule", "arms AND talks", "en", within="document"),)),)
    )
    parts = ("body", "references")
    assert [len(batch.segments) for batch in apply_codebook(codebook, [document])] == [0]
    assert [len(batch.segments) for batch in apply_codebook(codebook, [document], Settings(parts=parts))] == [
        1
    ]
