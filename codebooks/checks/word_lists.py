"""Words that the word list of their language does not know, or of which it knows too much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks.checks.doubt import Doubt
from rubricate.codebooks.checks.words import looked_up, words_by_lemma
from rubricate.codebooks.yaml_fields import shown
from rubricate.corpus.words.languages import language as known_language
from rubricate.corpus.words.lemmas import forms, has_word_list, is_listed, lemma

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rubricate.codebooks.checks.words import Worded
    from rubricate.codebooks.codebook import Codebook


def without_word_list(codebook: Codebook, entries: Sequence[Worded]) -> Iterator[Doubt]:
    """One doubt per language that has no word list, at the first entry that would need it."""
    first: dict[str, Worded] = {}
    for each in looked_up(codebook, entries):
        if each.term:
            first.setdefault(each.language, each)
    for language, each in first.items():
        if not has_word_list(language):
            message = f"there is no word list for {language!r}: words of its terms find only the form typed"
            yield Doubt("no_word_list", each.entry.mark, each.code.id, each.entry.id, message)


def unlisted(codebook: Codebook, entries: Sequence[Worded]) -> Iterator[Doubt]:
    """One doubt per language, with all words of its terms that the word list does not know.

    What holds a digit (S-300, 2022) has no other forms.
    """
    unknown: dict[str, dict[str, Worded]] = {}
    for each in looked_up(codebook, entries):
        for word in words_by_lemma(each) if has_word_list(each.language) else ():
            if not any(map(str.isdigit, word)) and not is_listed(word, each.language):
                unknown.setdefault(each.language, {}).setdefault(word, each)
    for language, words in unknown.items():
        first = next(iter(words.values()))
        message = (
            f"not in the word list ({language}), so found only as typed, add other forms or a glob: "
            + ", ".join(sorted(words))
        )
        yield Doubt("unlisted", first.entry.mark, first.code.id, first.entry.id, message)


def ambiguous(codebook: Codebook, entries: Sequence[Worded]) -> Iterator[Doubt]:
    """A doubt where an entry of one word finds words of other meanings (arm: arms, armed).

    A part of speech tells most of them apart, and so do the other words of a phrase.
    """
    for each in looked_up(codebook, entries):
        if each.entry.kind == "pos" or not each.term or len(each.term.slots) > 1:
            continue
        for word in words_by_lemma(each):
            if lemma(word, each.language) in known_language(each.language).ambiguous:
                found = " ".join(forms(word, each.language))
                message = f"{shown(word)} finds words of other meanings: {found}"
                message += "; write word: to find one form only"
                yield Doubt("ambiguous", each.entry.mark, each.code.id, each.entry.id, message)
