"""What a codebook will do before it is applied: every form each entry finds, and what looks doubtful."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rubricate.codebooks.pipeline_terms import PIPELINE_KINDS, entry_needs, parse_pos
from rubricate.codebooks.terms import parse_term
from rubricate.codebooks.token_patterns import NEEDS
from rubricate.corpus.words.folding import fold
from rubricate.corpus.words.languages import language as known_language
from rubricate.corpus.words.lemmas import forms, has_word_list, is_base_form, is_listed, lemma

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.codebooks.codebook import Codebook, Entry, Mark
    from rubricate.codebooks.terms import Slot, Term


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place in the codebook that is no error, and why it may not do what its author wants."""

    mark: Mark
    entry: str
    message: str


def entry_forms(entry: Entry, codebook: Codebook) -> tuple[tuple[str, ...], ...]:
    """For each word of an entry every folded form that it finds; what has no words stands as typed."""
    term = _term(entry)
    if term is None or not term.slots:
        return ((entry.text,),)
    language = _language(entry, codebook)
    return tuple(_slot_forms(slot, language) for slot in term.slots)


def pipeline_remark(entry: Entry) -> str:
    """What an entry needs of a spaCy pipeline and what it is looked for in; nothing for words and phrases."""
    if entry.kind not in PIPELINE_KINDS:
        return ""
    needs = " and ".join(what for need, what in NEEDS.items() if need in entry_needs(entry))
    remark = f"needs a pipeline with {needs}" if needs else "spaCy's blank pipeline is enough"
    return f"{remark}, read in every paragraph" if entry.kind == "entity" else remark


def check_codebook(codebook: Codebook) -> list[Doubt]:
    """Everything about the entries that looks doubtful, in file order."""
    doubts = [*_without_word_list(codebook), *_unlisted(codebook), *_repeated(codebook)]
    doubts += (doubt for entry in codebook.entries for doubt in _ambiguous(entry, codebook))
    return sorted(doubts, key=lambda doubt: (doubt.mark.line, doubt.mark.column))


def _language(entry: Entry, codebook: Codebook) -> str:
    return codebook.language if entry.language == "any" else entry.language


def _slot_forms(slot: Slot, language: str) -> tuple[str, ...]:
    return tuple(forms(slot.text, language)) if _finds_forms(slot, language) else (_typed(slot),)


def _typed(slot: Slot) -> str:
    return slot.text if slot.kind == "case" else fold(slot.text)


def _without_word_list(codebook: Codebook) -> Iterator[Doubt]:
    seen = set()
    for entry in codebook.entries:
        language = _language(entry, codebook)
        if language in seen or _term(entry) is None:
            continue
        seen.add(language)
        if not has_word_list(language):
            yield Doubt(
                entry.mark,
                entry.id,
                f"there is no word list for {language!r}: words of its terms find only the form typed",
            )


def _repeated(codebook: Codebook) -> Iterator[Doubt]:
    first: dict[tuple[str, str, str], str] = {}
    for entry in codebook.entries:
        other = first.setdefault((entry.text, entry.kind, entry.language), entry.id)
        if other != entry.id:
            same = other.rpartition(".")[0] == entry.id.rpartition(".")[0]
            what = "stands in this code already" if same else "stands under another code too"
            yield Doubt(entry.mark, entry.id, f"{entry.text!r} {what} ({other})")


def _unlisted(codebook: Codebook) -> Iterator[Doubt]:
    """One doubt per language, with all words of its terms that the word list does not know."""
    unknown: dict[str, dict[str, Entry]] = {}
    for entry in codebook.entries:
        language = _language(entry, codebook)
        for word in _words_by_lemma(entry, language) if has_word_list(language) else ():
            if not is_listed(word, language):
                unknown.setdefault(language, {}).setdefault(word, entry)
    for language, words in unknown.items():
        first = next(iter(words.values()))
        which = ", ".join(sorted(words))
        message = (
            f"not in the word list ({language}), so found only as typed, add other forms or a glob: {which}"
        )
        yield Doubt(first.mark, first.id, message)


def _ambiguous(entry: Entry, codebook: Codebook) -> Iterator[Doubt]:
    """A doubt where the one word of an entry finds words of other meanings (arm: arms, armed).

    A part of speech tells most of them apart.
    """
    if entry.kind == "pos":
        return
    language = _language(entry, codebook)
    words = _words_by_lemma(entry, language)
    if len(words) == 1 and lemma(words[0], language) in known_language(language).ambiguous:
        found = " ".join(forms(words[0], language))
        message = f"finds words of other meanings: {found}; write word: to find one form only"
        yield Doubt(entry.mark, entry.id, f"{words[0]!r} {message}")


def _words_by_lemma(entry: Entry, language: str) -> list[str]:
    """The folded words of an entry that stand for all their forms."""
    term = _term(entry)
    return [slot.text for slot in term.slots if _finds_forms(slot, language)] if term else []


def _term(entry: Entry) -> Term | None:
    """The words of an entry, without their parts of speech; None for entities and token patterns."""
    if entry.kind == "pos":
        return parse_pos(entry.text).words
    return None if entry.kind in PIPELINE_KINDS else _parsed(entry.text, entry.kind)


@lru_cache(maxsize=2**15)
def _parsed(text: str, kind: str) -> Term:
    """A term, which is asked for by every check and by every listing of forms."""
    return parse_term(text, kind)


def _finds_forms(slot: Slot, language: str) -> bool:
    return slot.kind == "lemma" or (slot.kind == "plain" and is_base_form(slot.text, language))
