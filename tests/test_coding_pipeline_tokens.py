"""Token patterns: found as spaCy's Matcher finds them, but faster and only where they can be."""

import importlib
import json
import pkgutil
import time
import unicodedata
from functools import cache

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.attrs import IS_CURRENCY, LIKE_NUM
from spacy.matcher import Matcher

from rubricate.codebooks.token_patterns import parse_tokens
from rubricate.coding.pipeline_tokens import with_single_blanks
from rubricate.coding.token_candidates import WORDS_WITH_SIGNS, TokenCandidates
from rubricate.coding.token_matching import TokenMatcher
from rubricate.corpus.reading import read_words
from rubricate.corpus.words.borders import Vocabulary, words_of
from tests.pipelines import document


@cache
def blank(language="en"):
    return spacy.blank(language)


def spans(pattern, text):
    doc = blank()(text)
    matcher = TokenMatcher([parse_tokens(json.dumps(pattern))], doc.vocab)
    return sorted(span for _, span in matcher.find(doc))


# Following each other -----------------------------------------------------------------------------------

TOKENS = st.fixed_dictionaries(
    {"LOWER": st.sampled_from(["a", "b", "c", {"IN": ["a", "b"]}, {"NOT_IN": ["a"]}])},
    optional={"OP": st.sampled_from(["?", "*", "+", "!", "{2}", "{0,2}", "{1,3}", "{2,}", "{,2}"])},
)
ANYTHING = st.fixed_dictionaries({}, optional={"OP": st.sampled_from(["?", "*", "+", "{0,2}"])})


@settings(max_examples=300)
@given(
    st.lists(TOKENS | ANYTHING, min_size=1, max_size=4).filter(lambda pattern: any(map(len, pattern))),
    st.lists(st.sampled_from("abc"), max_size=8).map(" ".join),
)
def test_a_pattern_matches_where_spacys_own_operators_do(pattern, text):
    if not any("LOWER" in token for token in pattern):
        return
    doc = blank()(text)
    matcher = Matcher(doc.vocab)
    matcher.add("x", [pattern], greedy="LONGEST")
    assert spans(pattern, text) == sorted((start, end) for _, start, end in matcher(doc))


@pytest.mark.parametrize(
    ("operator", "found"),
    [
        (None, [(0, 1), (1, 2), (2, 3)]),
        ("+", [(0, 3)]),
        ("{2}", [(0, 2)]),
        ("{1,2}", [(0, 2), (2, 3)]),
    ],
)
def test_of_matches_that_share_tokens_the_longest_counts_then_the_leftmost(operator, found):
    token = {"LOWER": "a"} | ({"OP": operator} if operator else {})
    assert spans([token], "a a a") == found


def test_a_repeated_token_does_not_take_exponential_time():
    """spaCy's Matcher takes a quarter of a minute for the first, and all memory for the second."""
    text = "a b 1 2 " * 200
    begin = time.process_time()
    spans([{"LOWER": "a"}, {"OP": "{0,100}"}, {"LOWER": "b"}], text)
    assert spans([{"OP": "*"}, {"LOWER": "a"}, {"OP": "*"}, {"LOWER": "b"}, {"OP": "*"}], text) == [(0, 800)]
    assert time.process_time() - begin < 10


@pytest.mark.parametrize("last", ["", " b"])
def test_an_open_repeat_reads_a_paragraph_once_however_long_it_is(last):
    """Read anew from each of its tokens, this one would take minutes, and a book in one paragraph hours."""
    begin = time.process_time()
    text = "b" + " a" * 20_000 + last
    assert spans([{"LOWER": "a"}, {"OP": "*"}, {"LOWER": "b"}], text) == ([(1, 20_002)] if last else [])
    assert time.process_time() - begin < 10


# Where a pattern can be ---------------------------------------------------------------------------------

WORDS = [
    "$",
    "€",
    "481",
    "3,5",
    "Ten",
    "million",
    "MILLION",
    "2000km",
    "km",
    "a@b.org",
    "İran",
    "straße",
    "ΟΔΟΣ",
]
SOME_WORDS = st.lists(st.sampled_from(WORDS), min_size=1)
ATTRIBUTES = st.one_of(
    st.fixed_dictionaries({"LOWER": st.sampled_from([word.lower() for word in WORDS])}),
    st.fixed_dictionaries({"TEXT": st.fixed_dictionaries({"IN": SOME_WORDS})}),
    st.fixed_dictionaries({"SHAPE": st.sampled_from(["ddd", "d,d", "dddd", "Xxx"])}),
    st.sampled_from(["LIKE_NUM", "IS_CURRENCY", "IS_DIGIT", "LIKE_EMAIL"]).map(lambda name: {name: True}),
)


@given(
    st.lists(
        st.tuples(ATTRIBUTES, st.sampled_from([{}, {"OP": "?"}, {"OP": "!"}, {"OP": "+"}])).map(
            lambda pair: pair[0] | pair[1]
        ),
        min_size=1,
        max_size=3,
    ),
    st.lists(st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join), max_size=5),
)
def test_no_paragraph_that_holds_a_pattern_is_left_out(pattern, paragraphs):
    specs = parse_tokens(json.dumps(pattern))
    reading = read_words([document(*paragraphs)], Vocabulary())
    where = np.ones(len(paragraphs), bool)
    can_be = TokenCandidates([specs], blank().vocab).paragraphs(reading, where)
    matcher = TokenMatcher([specs], blank().vocab)
    holds = [any(matcher.find(blank()(paragraph))) for paragraph in paragraphs]
    assert not (np.array(holds, bool) & ~can_be).any()


def languages():
    return [module.name for module in pkgutil.iter_modules(spacy.lang.__path__) if module.ispkg]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("flag", "name"), [(LIKE_NUM, "LIKE_NUM"), (IS_CURRENCY, "IS_CURRENCY")])
def test_spacys_lists_of_numbers_and_currencies_hold_words_that_we_would_find(language, flag, name):
    """Or else the language is one in which every paragraph is read."""
    getters = spacy.util.get_lang_class(language).Defaults.lex_attr_getters
    has_it = getters.get(flag) or spacy.lang.lex_attrs.LEX_ATTRS[flag]
    try:
        module = importlib.import_module(f"spacy.lang.{language}.lex_attrs")
    except ImportError:
        return
    lists = [value for value in vars(module).values() if isinstance(value, list | set | tuple | dict)]
    listed = {word for value in lists for word in value if isinstance(word, str) and word and has_it(word)}
    lost = [
        word
        for word in listed
        if not any(each.isnumeric() or unicodedata.category(each) == "Sc" for each in word)
        and not any(map(has_it, words_of(word)))
    ]
    assert not lost or (name == "LIKE_NUM" and language in WORDS_WITH_SIGNS)


# Blanks -------------------------------------------------------------------------------------------------


def test_a_text_with_single_blanks_only_is_handed_over_as_it_is():
    assert with_single_blanks("A loan of $481 million.") == ("A loan of $481 million.", None)


@given(st.text(alphabet="ab$ \n\t\u00a0\u2009", max_size=12))
def test_every_character_that_is_handed_over_knows_where_it_stood(text):
    single, stood = with_single_blanks(text)
    stood = range(len(text)) if stood is None else stood.tolist()
    assert len(single) == len(stood)
    assert all(
        text[place] == each or (each == " " and text[place].isspace())
        for each, place in zip(single, stood, strict=True)
    )
    assert single.split() == text.split()
    assert "  " not in single
