"""Lemmas by simplemma's word lists.

Only the word list itself is asked, never simplemma's guesses for words that it does not know, so that
every form that a term can find can be listed beforehand (``forms``). Lemmas of the list that are none (of
"developed" it is "develope") are corrected by data, one by one: no rule tells "sales" from "news".
"""

from __future__ import annotations

import re
from functools import cache, cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from rubricate.corpus.words.folding import bare, fold
from rubricate.corpus.words.languages import language as known_language

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORD = re.compile(r"\w+")


def has_word_list(language: str) -> bool:
    """Whether there is a word list for the language (``en``, ``fa``, ``en-GB``)."""
    return bool(_list_name(language))


def lemmas(word: str, language: str) -> frozenset[str]:
    """The folded lemmas of a word as written and in lower case; empty where the list has neither.

    >>> sorted(lemmas("Sanctions", "en")), sorted(lemmas("defences", "en"))
    (['sanction'], ['defense'])
    """
    name = _list_name(language)
    if not name:
        return frozenset()
    entries = _word_list(name)
    found = (entries.get(spelling) for spelling in set(_spellings(word, language)))
    return frozenset(_standard(lemma, language) for lemma in found if lemma is not None)


@lru_cache(maxsize=65_536)
def lemma(word: str, language: str) -> str:
    """The folded lemma of a word as written, else in lower case; itself where the list has neither."""
    name = _list_name(language)
    for spelling in _spellings(word, language) if name else ():
        found = _word_list(name).get(spelling)
        if found is not None:
            return _standard(found, language)
    return fold(word)


def is_listed(word: str, language: str) -> bool:
    """Whether the word list of the language knows the word, or knows it as a name (Russia)."""
    return bool(lemmas(word, language) or lemmas(word.capitalize(), language))


def is_base_form(word: str, language: str) -> bool:
    """Whether a term's word stands for all its inflections: its lemma is itself, or another spelling of it.

    Prepositions, articles and the like stand only for themselves: their lemmas join words at random.

    >>> is_base_form("sanction", "en"), is_base_form("defence", "en"), is_base_form("talks", "en")
    (True, True, False)
    """
    folded = fold(word)
    if folded in known_language(language).function_words:
        return False
    return same_spelling(folded, lemma(word, language), language)


def forms(word: str, language: str) -> list[str]:
    """Every folded form in the word list with the same lemma as ``word``, itself included, sorted.

    Forms of the list that are more than one word to us (with a hyphen, ZWNJ or apostrophe) are left out.
    """
    name = _list_name(language)
    found = _inverse(name, language).get(lemma(word, language), ()) if name else ()
    return sorted({fold(word), *(form for form in map(fold, found) if _WORD.fullmatch(form))})


@cache
def listed_words(language: str) -> tuple[str, ...]:
    """Every folded form that the word list of a language has, sorted; none where there is no list.

    Forms that are more than one word to us are left out.
    """
    name = _list_name(language)
    known = chain.from_iterable(_inverse(name, language).values()) if name else ()
    return tuple(sorted({form for form in map(fold, known) if _WORD.fullmatch(form)}))


def same_spelling(one: str, other: str, language: str) -> bool:
    """Whether two folded words are one word, perhaps in two spellings (defence, defense)."""
    return one == other or _respell(one, language) == _respell(other, language)


def _respell(word: str, language: str) -> str:
    for pattern, replacement in known_language(language).spelling:
        word = pattern.sub(replacement, word)
    return word


def _spellings(word: str, language: str) -> tuple[str, ...]:
    """A word as written, in small letters, and folded: as word lists may have it.

    The small letters are those of the language: SINIR is sınır (border) in Turkish, not sinir (nerve).
    """
    known, written = known_language(language), bare(word)
    lower = known.lower(written)
    folded = fold(lower)
    return (written, lower, folded, known.as_listed(folded)) if known.listed else (written, lower, folded)


@cache
def _standard(lemma: str, language: str) -> str:
    """The folded lemma; where the list leads a spelling on to another one (defence → defense), that one.

    Where it is known to be no lemma (developed → develope), the one that it should be.
    """
    folded = fold(lemma)
    corrected = known_language(language).corrected
    if folded in corrected:
        return corrected[folded]
    further = _word_list(_list_name(language)).get(lemma)
    if further is None or fold(further) == folded or not same_spelling(folded, fold(further), language):
        return folded
    return fold(further)


@cache
def _list_name(language: str) -> str:
    """The name of simplemma's list for the language, or nothing."""
    code = language.partition("-")[0].lower()
    if code in _LISTS:
        return code
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    return code if code in SUPPORTED_LANGUAGES else ""


class _WordList:
    """A word list of simplemma, which takes a fifth of a second to be unpacked.

    So it waits until it is asked what nobody asked it before: ``recalled`` are answers that it gave earlier,
    ``asked`` those that it gives now.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self.recalled: dict[str, str | None] = {}
        self.asked: dict[str, str | None] = {}

    def get(self, spelling: str) -> str | None:
        if spelling in self.recalled:
            return self.recalled[spelling]
        found = self.asked[spelling] = self.entries.get(spelling)
        return found

    @cached_property
    def entries(self) -> Mapping[str, str]:
        from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

        return DefaultDictionaryFactory().get_dictionary(self._name)


_LISTS: dict[str, _WordList] = {}
"""The word lists that were asked, or are known from another time, by their names."""


def _word_list(name: str) -> _WordList:
    return _LISTS.setdefault(name, _WordList(name))


def recall(answers: Mapping[str, Mapping[str, str | None]]) -> None:
    """Let word lists know what they answered another time (``given_answers``)."""
    for name, some in answers.items():
        _word_list(name).recalled.update(some)


def given_answers() -> dict[str, dict[str, str | None]]:
    """By the name of each word list the spellings that it was asked and did not recall, and their lemmas."""
    return {name: dict(one.asked) for name, one in _LISTS.items() if one.asked}


@cache
def _inverse(name: str, language: str) -> dict[str, list[str]]:
    """From each folded lemma to the forms that have it, as listed: folding a million takes seconds."""
    inverse: dict[str, list[str]] = {}
    for form, lemma in _word_list(name).entries.items():
        inverse.setdefault(_standard(lemma, language), []).append(form)
    return inverse
