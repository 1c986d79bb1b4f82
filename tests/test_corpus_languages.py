from __future__ import annotations

import re
from importlib.resources import files

import pytest

from rubricate.corpus.words.folding import fold
from rubricate.corpus.words.languages import Language, language

CODES = sorted(
    file.name.removesuffix(".toml")
    for file in (files("rubricate.corpus.words") / "languages").iterdir()
    if file.name.endswith(".toml")
)


@pytest.mark.parametrize("code", ["", "xx", "-en", "../languages/en", "e\0n"])
def test_of_an_unknown_language_nothing_is_known(code: str) -> None:
    assert language(code) == Language()


def test_a_region_speaks_the_language() -> None:
    assert language("en-GB") == language("EN") == language("en")


@pytest.mark.parametrize("code", CODES)
def test_words_in_the_data_are_folded(code: str) -> None:
    known = language(code)
    for words in (
        known.before_more,
        known.before_number,
        known.sometimes_last,
        known.starters,
        known.openers,
        known.ordinal_behind,
        known.ordinal_before,
        known.ambiguous,
        known.function_words,
    ):
        assert all(word == fold(word) for word in words)
    assert all(word == word.lower() for word in known.unfinished)


def test_nine_languages_are_known() -> None:
    assert CODES == ["ar", "de", "en", "es", "fa", "fr", "ru", "tr", "zh"]
    assert all(language(code).script for code in CODES)


@pytest.mark.parametrize("code", CODES)
def test_an_abbreviation_that_never_ends_a_sentence_is_in_no_other_list(code: str) -> None:
    known = language(code)
    assert not known.before_more & known.sometimes_last
    assert not known.before_more & known.openers


def test_small_letters_are_those_of_the_language() -> None:
    assert language("tr").lower("IRAK, İRAN") == "ırak, iran"
    assert language("en").lower("IRAN") == "iran"


@pytest.mark.parametrize("code", CODES)
def test_spelling_patterns_change_no_word_twice(code: str) -> None:
    for pattern, replacement in language(code).spelling:
        assert isinstance(pattern, re.Pattern)
        once = pattern.sub(replacement, "defence labour theatre programme archaeology travelling judgement")
        assert pattern.sub(replacement, once) == once
