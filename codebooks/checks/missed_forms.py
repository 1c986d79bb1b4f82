"""Regular forms that a word in its base form does not find, because the word list has them elsewhere."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rubricate.codebooks.checks.doubt import Doubt
from rubricate.codebooks.checks.repeats import found_by
from rubricate.codebooks.checks.words import finds_forms, glob_holds, looked_up
from rubricate.codebooks.yaml_fields import shown
from rubricate.corpus.words.folding import fold
from rubricate.corpus.words.languages import language as known_language
from rubricate.corpus.words.lemmas import forms, is_base_form, lemma, lemmas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeAlias

    from rubricate.codebooks.checks.words import Worded
    from rubricate.codebooks.codebook import Codebook

    Place: TypeAlias = tuple[str, str, tuple[tuple[str, str], ...], tuple[str, ...]]

_VOWELS = "aeiou"
_HISSING = ("s", "x", "z", "ch", "sh")


def missed_forms(codebook: Codebook, entries: Sequence[Worded]) -> Iterator[Doubt]:
    """A doubt where a word stands for its forms and one of them is a word of its own in the word list.

    The one word of an entry is asked for its plural, -ed and -ing, the last one of a phrase for its plural.
    What another entry of the code finds is not missed. English only: there the list is made of dictionaries
    that have "funding" beside "fund".
    """
    asked = list(looked_up(codebook, entries))
    missing = [(each, missed) for each in asked if (missed := _missing(each))]
    codes = {each.code.id for each, _ in missing}
    there = _found_there(each for each in asked if each.code.id in codes)
    for each, missed in missing:
        left = [form for form in missed if not _is_found(form, there[_place(each)], each.language)]
        if left:
            message = _message(each, left)
            yield Doubt("missed_form", each.entry.mark, each.code.id, each.entry.id, message)


def _missing(each: Worded) -> tuple[str, ...]:
    """The forms that the last word of an entry misses."""
    if not each.term or not each.term.slots or each.entry.kind == "pos":
        return ()
    last = each.term.slots[-1]
    plural_only = len(each.term.slots) > 1 or last.text != fold(last.text)  # names have no -ing
    return _missed(last.text, each.language, plural_only) if finds_forms(last, each.language) else ()


@lru_cache(maxsize=65_536)
def _missed(word: str, language: str, plural_only: bool) -> tuple[str, ...]:
    """The regular forms of a word that the word list has, but not as its forms."""
    if language.partition("-")[0].lower() != "en":
        return ()
    base = fold(word) if is_base_form(word, language) else lemma(word, language)
    regular = _plurals(base) if plural_only else [*_plurals(base), *_verbal(base)]
    listed = [form for form in dict.fromkeys(regular) if lemmas(form, language)]
    known = known_language(language).apart.union(forms(word, language) if listed else ())
    return tuple(form for form in listed if form not in known and _is_apart(form, base, language))


def _is_apart(form: str, base: str, language: str) -> bool:
    """Whether the list has a form as a word of its own; or as the plural of another word (base: bases).

    Adverbs in -wards, and the arts and sciences in -ics, are no forms of anything.
    """
    if form.endswith(("ics", "wards", "ways")):
        return False
    return lemma(form, language) == form or (form in _plurals(base) and not base.endswith("sis"))


def _plurals(base: str) -> list[str]:
    """The plural of a noun and the third person of a verb, regular."""
    if base.endswith(_HISSING):
        return [base + "es"]
    if base[-1:] == "y" and base[-2:-1] not in _VOWELS:
        return [base[:-1] + "ies"]
    return [base + "s", base + "es"] if base.endswith("o") else [base + "s"]


def _verbal(base: str) -> Iterator[str]:
    """The regular -ed and -ing of a word."""
    if base.endswith("e"):
        yield base + "d"
        yield base + "ing" if base.endswith(("ee", "oe", "ye")) else base[:-1] + "ing"
        return
    for stem in _before_vowels(base):
        ends_in_y = stem[-1:] == "y" and stem[-2:-1] not in _VOWELS
        yield stem[:-1] + "ied" if ends_in_y else stem + "ed"
        yield stem + "ing"


def _before_vowels(base: str) -> list[str]:
    """A word as it is written before -ed and -ing: its last consonant is doubled behind one short vowel.

    In words of several syllables either spelling occurs.
    """
    short = base[-1:] not in _VOWELS + "wxy" and base[-2:-1] in _VOWELS and base[-3:-2] not in _VOWELS
    if len(base) < 3 or not short:
        return [base]
    doubled = base + base[-1]
    return [doubled] if sum(letter in _VOWELS for letter in base) == 1 else [base, doubled]


def _found_there(entries: Iterable[Worded]) -> dict[Place, set[tuple[str, str]]]:
    """By the words before it what stands as the last word of the entries of a code."""
    there: dict[Place, set[tuple[str, str]]] = {}
    for each in entries:
        if each.term and each.term.slots:
            there.setdefault(_place(each), set()).add(found_by(each.term.slots[-1], each.language))
    return there


def _place(each: Worded) -> Place:
    assert each.term
    before = tuple(found_by(slot, each.language) for slot in each.term.slots[:-1])
    return each.code.id, each.language, before, each.term.gaps


def _is_found(form: str, others: set[tuple[str, str]], language: str) -> bool:
    """Whether something in the place of a word finds a form of it."""
    if ("word", form) in others or ("lemma", lemma(form, language)) in others:
        return True
    return any(kind == "glob" and glob_holds(text, form) for kind, text in others)


def _message(each: Worded, missed: Sequence[str]) -> str:
    assert each.term
    where = f" in {shown(each.entry.text)}" if len(each.term.slots) > 1 else ""
    one = len(missed) == 1
    whose = "a word of its own" if one else "words of their own"
    if one and (other := lemma(missed[0], each.language)) != missed[0]:
        whose = f"a form of {shown(other)}"
    found = f"{shown(each.term.slots[-1].text)}{where} does not find {' and '.join(map(shown, missed))}"
    return f"{found}, which the word list has as {whose}; add {'it if it is' if one else 'what is'} meant"
