"""What a codebook will do before it is applied: every form each entry finds, and what looks doubtful."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.codebooks.terms import parse_term
from rubricate.corpus.words.languages import language as known_language
from rubricate.corpus.words.lemmas import forms, has_word_list, is_base_form, is_listed, lemma

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.codebooks.codebook import Codebook, Entry, Mark
    from rubricate.codebooks.terms import Slot


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place in the codebook that is no error, and why it may not do what its author wants."""

    mark: Mark
    entry: str
    message: str


def entry_forms(entry: Entry, codebook: Codebook) -> tuple[tuple[str, ...], ...]:
    """For each word of an entry every folded form that it finds; a glob or regex stands as typed."""
    term = parse_term(entry.text, entry.kind)
    if not term.slots:
        return ((entry.text,),)
    language = _language(entry, codebook)
    return tuple(_slot_forms(slot, language) for slot in term.slots)


def check_codebook(codebook: Codebook) -> list[Doubt]:
    """Everything about the entries that looks doubtful, in file order."""
    doubts = [*_without_word_list(codebook), *_repeated(codebook)]
    for entry in codebook.entries:
        doubts += (Doubt(entry.mark, entry.id, message) for message in _doubts(entry, codebook))
    return sorted(doubts, key=lambda doubt: (doubt.mark.line, doubt.mark.column))


def _language(entry: Entry, codebook: Codebook) -> str:
    return codebook.language if entry.language == "any" else entry.language


def _slot_forms(slot: Slot, language: str) -> tuple[str, ...]:
    by_lemma = slot.kind == "lemma" or (slot.kind == "plain" and is_base_form(slot.text, language))
    return tuple(forms(slot.text, language)) if by_lemma else (slot.text,)


def _without_word_list(codebook: Codebook) -> Iterator[Doubt]:
    seen = set()
    for entry in codebook.entries:
        language = _language(entry, codebook)
        if language not in seen and not has_word_list(language):
            yield Doubt(
                entry.mark,
                entry.id,
                f"there is no word list for {language!r}: words of its terms find only the form typed",
            )
        seen.add(language)


def _repeated(codebook: Codebook) -> Iterator[Doubt]:
    first: dict[tuple[str, str, str], str] = {}
    for entry in codebook.entries:
        other = first.setdefault((entry.text, entry.kind, entry.language), entry.id)
        if other != entry.id:
            same = other.rpartition(".")[0] == entry.id.rpartition(".")[0]
            what = "stands in this code already" if same else "stands under another code too"
            yield Doubt(entry.mark, entry.id, f"{entry.text!r} {what} ({other})")


def _doubts(entry: Entry, codebook: Codebook) -> Iterator[str]:
    """What is doubtful about the words of one entry."""
    language = _language(entry, codebook)
    if not has_word_list(language):
        return
    for slot in parse_term(entry.text, entry.kind).slots:
        by_lemma = slot.kind == "lemma" or (slot.kind == "plain" and is_base_form(slot.text, language))
        found = " ".join(forms(slot.text, language)) if by_lemma else ""
        if by_lemma and not is_listed(slot.text, language):
            yield f"{slot.text!r} is not in the word list and finds only this form; add others or write a glob"
        elif by_lemma and lemma(slot.text, language) in known_language(language).ambiguous:
            yield f"{slot.text!r} finds words of other meanings: {found}; write word: to find one form only"
