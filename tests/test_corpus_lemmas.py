from __future__ import annotations

import pytest

from rubricate.corpus.words.languages import language
from rubricate.corpus.words.lemmas import (
    forms,
    has_word_list,
    is_base_form,
    is_listed,
    lemma,
    lemmas,
    same_spelling,
)


def test_a_language_is_known_by_its_first_part() -> None:
    assert has_word_list("en")
    assert has_word_list("en-GB")
    assert has_word_list("FA")
    assert not has_word_list("")
    assert not has_word_list("xx")


def test_words_have_lemmas_as_written_and_in_small_letters() -> None:
    assert lemmas("Sanctions", "en") == {"sanction"}
    assert lemmas("SANCTIONS", "en") == {"sanction"}
    assert lemmas("san\u00adctions", "en") == {"sanction"}


def test_unknown_words_have_no_lemmas_and_are_their_own() -> None:
    assert lemmas("zzyzx", "en") == lemmas("sanctions", "xx") == lemmas("sanctions", "") == frozenset()
    assert lemma("Zzyzx", "en") == "zzyzx"
    assert lemma("Sanctions", "xx") == "sanctions"
    assert not is_listed("zzyzx", "en")
    assert is_listed("sanctions", "en")


def test_nothing_has_no_lemma() -> None:
    assert lemmas("", "en") == frozenset()
    assert lemma("", "en") == ""
    assert forms("", "en") == [""]


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("sanction", True),
        ("sanctions", False),
        ("defence", True),
        ("defense", True),
        ("talks", False),
        ("zzyzx", True),
    ],
)
def test_base_forms_are_their_own_lemma_or_another_spelling_of_it(word: str, base: bool) -> None:
    assert is_base_form(word, "en") is base


def test_spellings_lead_to_one_lemma() -> None:
    assert lemma("defences", "en") == lemma("defense", "en") == "defense"
    assert same_spelling("defence", "defense", "en")
    assert same_spelling("labour", "labor", "en")
    assert not same_spelling("defence", "defend", "en")
    assert not same_spelling("defence", "defense", "xx")


def test_forms_are_what_a_base_form_finds() -> None:
    found = forms("sanction", "en")
    assert {"sanction", "sanctions", "sanctioned", "sanctioning"} <= set(found)
    assert found == sorted(found)
    assert all(lemma(form, "en") == "sanction" for form in found)
    assert forms("zzyzx", "en") == ["zzyzx"]
    assert forms("Sanction", "xx") == ["sanction"]


def test_capitals_of_a_language_have_its_small_letters() -> None:
    assert lemmas("YAPTIRIMLAR", "tr") == lemmas("yaptırımlar", "tr") == {"yaptırım"}
    assert lemmas("SINIR", "tr") == {"sınır"} != lemmas("sinir", "tr")
    assert lemma("İRAN", "tr") == lemma("İran", "tr") == "iran"
    assert lemmas("SANCTIONS", "en") == {"sanction"}


def test_arabic_has_lemmas_with_vowel_signs_and_in_persian_letters() -> None:
    assert lemmas("السيادة", "ar") == lemmas("السِّيَادَة", "ar") == lemmas("السیادة", "ar") != frozenset()
    assert lemma("العقوبات", "ar") == "عقوبة"


def test_what_is_joined_to_an_arabic_word_hides_its_lemma() -> None:
    assert lemmas("والعقوبات", "ar") == frozenset()


@pytest.mark.parametrize(
    ("form", "base", "language"),
    [
        ("санкций", "санкция", "ru"),
        ("Waffen", "waffe", "de"),
        ("négociations", "négociation", "fr"),
        ("sanciones", "sanción", "es"),
        ("مذاکرات", "مذاکره", "fa"),
    ],
)
def test_languages_have_their_lemmas(form: str, base: str, language: str) -> None:
    assert lemma(form, language) == base
    assert is_base_form(base, language)


def test_russian_spellings_with_and_without_dots_are_one_word() -> None:
    assert is_base_form("ещё", "ru")
    assert {"еще", "ещё"} <= set(forms("ещё", "ru"))


def test_chinese_has_no_word_list() -> None:
    assert not has_word_list("zh")
    assert lemma("制", "zh") == "制"


def test_persian_has_lemmas_in_either_kind_of_letters() -> None:
    assert lemma("کتاب", "fa") == lemma("كتاب", "fa")


@pytest.mark.parametrize(
    ("base", "found"),
    [
        ("sale", {"sale", "sales"}),
        ("Kazakh", {"kazakh", "kazakhs"}),
        ("develop", {"develop", "develops", "developed", "developing"}),
        ("travel", {"travelled", "traveled", "travelling"}),
        ("annex", {"annex", "annexed", "annexes", "annexing"}),
        ("fulfill", {"fulfil", "fulfill", "fulfilled"}),
        ("mass", {"mass", "masses"}),
    ],
)
def test_lemmas_that_are_none_are_corrected(base: str, found: set[str]) -> None:
    assert found <= set(forms(base, "en"))
    assert all(lemma(base, "en") in lemmas(form, "en") for form in found)
    assert is_base_form(base, "en")


def test_a_corrected_plural_is_an_inflected_word() -> None:
    assert not is_base_form("sales", "en")
    assert lemmas("Sales", "en") == {"sale"}


@pytest.mark.parametrize("word", ["news", "means", "glasses", "customs", "arms", "species", "politics"])
def test_plurals_that_mean_something_else_are_joined_no_more_than_the_list_joins_them(word: str) -> None:
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    assert lemma(word, "en") == DefaultDictionaryFactory().get_dictionary("en")[word]


def test_what_is_corrected_is_in_the_word_list_as_its_own_lemma() -> None:
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    entries = DefaultDictionaryFactory().get_dictionary("en")
    for listed, right in language("en").corrected.items():
        assert entries[listed] == listed
        assert lemma(right, "en") == right
        assert is_listed(right, "en")


def test_words_apart_are_no_forms_of_what_they_end_like() -> None:
    for word in language("en").apart:
        assert word.endswith(("s", "ed", "ing"))
        assert word not in language("en").corrected
