from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate.corpus.words.characters import DASHES, IGNORED, ZWNJ
from rubricate.corpus.words.folding import bare, fold

LETTERS = "aAİıßſéÅöЖйυςΣאבּكيىہۀآأؤئ한가ध्नก制カが"
SIGNS = (
    "\u0301\u0308\u0307\u0327\u0653\u0654\u0655\u064e\u0651\u0670\u05b7"
    "\u0640\u00ad\u200d\u200f\u2060\ufeff\u200c"
)
TEXTS = st.text(st.one_of(st.sampled_from(LETTERS + SIGNS + " '’“-–٣۴9"), st.characters(codec="utf-8")))


@settings(max_examples=300)
@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(max_examples=300)
@given(TEXTS)
def test_canonically_equal_strings_fold_to_one(text: str) -> None:
    composed, taken_apart = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert fold(composed) == fold(taken_apart) == fold(text)


@settings(max_examples=300)
@given(TEXTS)
def test_the_fold_of_a_text_in_capitals_is_its_own(text: str) -> None:
    plain = "".join(character for character in text if character not in "ıİŉǰſ")
    if (
        unicodedata.normalize("NFC", plain.upper()).casefold()
        == unicodedata.normalize("NFC", plain).casefold()
    ):
        assert fold(plain.upper()) == fold(plain)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("İRAN", "iran"),
        ("IRAN", "İran"),
        ("IRAK", "Irak"),
        ("I\u0307ran", "iran"),
        ("Straße", "STRASSE"),
        ("ﬁnance", "FINANCE"),
        ("ΣΑΣ", "σας"),
        ("كتابي", "کتابی"),
        ("علی", "على"),
        ("خانهٔ", "خانه"),
        ("خانۀ", "خانه"),
        ("a\u00ad\u0301", "á"),
        ("ؤ", "و\u0640\u0654"),
        ("ﺗﺤﺮﯾﻢ", "تحریم"),
        ("ﷲ", "الله"),
        ("تـــحریم", "تحریم"),
        ("تَحْرِیم", "تحریم"),
        ("שָׁלוֹם", "שלום"),
        ("۱۴۰۰", "1400"),
        ("١٩٢٩", "1929"),
        ("san\u00adction", "sanction"),
        ("\u200fایران\u200e", "ایران"),
        ("Iran’s", "iran's"),
        ("Iran`s", "iran's"),
        ("“arms”", '"arms"'),
        ("arms\u00a0race", "arms race"),
        ("arms\u202frace", "arms race"),
        ("می\u200cشود", "می-شود"),
    ],
)
def test_twins_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("café", "cafe"),
        ("sanción", "sancion"),
        ("Mächte", "Machte"),
        ("اب", "آب"),
        ("ы", "и"),
        ("лёд", "лед"),
        ("ı", "l"),
        ("sınır", "sinir"),  # border and nerve; SINIR folds to the latter
    ],
)
def test_accents_and_the_madda_of_a_long_vowel_count(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_madda_may_be_a_character_of_its_own() -> None:
    assert fold("ا\u0653ب") == fold("آب")


def test_every_dash_is_a_hyphen() -> None:
    assert {fold(dash) for dash in DASHES + ZWNJ} == {"-"}


def test_nothing_is_left_of_what_nobody_sees() -> None:
    assert fold(IGNORED) == fold("") == ""


def test_bare_words_keep_their_case_and_lose_what_nobody_sees() -> None:
    assert bare("San\u00adction") == "Sanction"
    assert bare("E\u0301tat") == bare("E\u00ad\u0301tat") == "État"
    assert bare("SWIFT") == "SWIFT"
    assert bare("") == ""
