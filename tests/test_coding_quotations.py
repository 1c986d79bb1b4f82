"""What stands in quotation marks: which marks pair, and which are none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.coding.quotations import find_quotations
from rubricate.corpus.reading import find_sentences, read_words
from rubricate.corpus.words.borders import Vocabulary
from tests.flagged import document, flags
from tests.reference_flags import quotations
from tests.reference_matcher import sentence_at


def quoted(*texts, language="en"):
    """What is quoted in some documents, the marks included."""
    some = [document(text, language, str(number)) for number, text in enumerate(texts)]
    reading = read_words(some, Vocabulary())
    sentences = find_sentences(reading, np.ones(len(reading.paragraph_start), bool))
    found = sorted(zip(*map(np.ndarray.tolist, find_quotations(reading, sentences)), strict=True))
    return [reading.words.text[start:end] for start, end in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He “knows” it.", ["“knows”"]),
        ('He "knows" it.', ['"knows"']),
        ("He ‘knows’ it.", ["‘knows’"]),
        ("He 'knows' it.", ["'knows'"]),
        ("Er „weiß“ es.", ["„weiß“"]),
        ("Er »weiß« es.", ["»weiß«"]),
        ("Er ”vet” det.", ["”vet”"]),
        ("Il « sait » cela.", ["« sait »"]),
        ("Он «знает» это.", ["«знает»"]),
        ("他说「知道」了。", ["「知道」"]),
        ("他说『知道』了。", ["『知道』"]),
        ('He “knows" it.', ['“knows"']),
        ("(“knows”), “knows”. “Knows”", ["“knows”", "“knows”", "“Knows”"]),
        ("so—“knows”—so", ["“knows”"]),
        ('He said "I know" and "you know".', ['"I know"', '"you know"']),
        ("He said: “It ends. It began. It was.” So.", ["“It ends. It began. It was.”"]),
        ("“He said ‘no’ to me.”", ["“He said ‘no’ to me.”", "‘no’"]),
        ("“He said “no” to me.”", ["“He said “no” to me.”", "“no”"]),
        ("«Он сказал „нет“ мне.»", ["«Он сказал „нет“ мне.»", "„нет“"]),
        ("l'« État »", ["« État »"]),
        ("", []),
        ("”", []),
        ("“", []),
        ("“”", ["“”"]),
    ],
)
def test_what_stands_between_two_marks_is_quoted(text, found):
    assert quoted(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Iran’s and the states’ own.",
        "Iran's and the states' own.",
        "It’s the ’90s and we don’t.",
        "It's the '90s and we don't know the states' own.",
        "Shi‘a and Qur’an, the parties’ own.",
        'A 12" gun and an 8" gun.',
        "A 6' wall and a 5' wall.",
        "A 12″ gun and a 5′ wall.",
        "rock ’n’ roll",
    ],
)
def test_apostrophes_and_inch_marks_quote_nothing(text):
    assert quoted(text) == []


def test_a_mark_without_a_partner_quotes_nothing():
    assert quoted("He said “so and went on. Then he left.") == []
    assert quoted("He said so” and went on “ then.") == []
    assert quoted("He said “so and “went” on.") == ["“went”"]
    assert quoted('A 12" gun, “knows”.') == ["“knows”"]


def test_marks_of_two_paragraphs_do_not_pair():
    assert quoted("He said “so.\n\nAnd so” he left.") == []


def test_a_quotation_goes_on_where_the_next_paragraph_begins_with_its_mark():
    text = "He said: “One.\n\n“Two.\n\n“Three.” So."
    assert quoted(text) == ["“One.", "“Two.", "“Three.”"]
    assert quoted("He said: “One.\n\n«Two.»") == ["«Two.»"]
    assert quoted("He said: “One.", "“Two.”") == ["“Two.”"]  # of another document
    assert quoted("One.” So he said.\n\n”Two.") == []  # nothing was open


def test_single_marks_pair_within_a_sentence_only():
    assert quoted("The ‘so-called. The states’ own.") == []
    assert quoted("The ‘Ali of the states’ own.") == ["‘Ali of the states’"]  # as far as marks can tell


def test_a_hit_is_attributed_where_all_of_it_is_quoted():
    assert flags("“Sanctions” work.") == ["attributed"]
    assert flags("Sanc“tions” work, “no “sanctions.") == ["negated"]
    assert flags("“We know. We wait. Sanctions work. So be it.” Sanctions.") == ["attributed", ""]


MARKS = ['"', "“", "”", "„", "‟", "'", "‘", "’", "‚", "‛", "«", "»", "‹", "›", "「", "」", "『", "』"]


@given(
    st.lists(
        st.sampled_from([*MARKS * 2, *" ab.-制", " ", " ", "\n\n", ". A", "—", "(", "1", "\u200f"]),
        max_size=24,
    ),
    st.sampled_from(["en", "de", "zh"]),
)
def test_marks_pair_as_the_reference_pairs_them(pieces, language):
    text = "\n\n".join(piece for piece in "".join(pieces).split("\n\n") if piece)
    one = document(text, language, "0")
    if text:
        found = sorted(quotations(one, lambda offset: sentence_at(one, offset, language)))
        assert quoted(text, language=language) == [text[start:end] for start, end in found]


def test_deep_nests_and_long_rows_of_marks_take_no_time():
    assert len(quoted("“" * 5000 + "a" + "”" * 5000)) <= 10
    assert len(quoted("“a” " * 5000)) == 5000
