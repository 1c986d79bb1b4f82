"""The words of entries, and what words of a text each of them can stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import TYPE_CHECKING

from rubricate.codebooks.codebook import Entry
from rubricate.codebooks.pipeline_terms import PIPELINE_KINDS, entry_needs, parse_pos
from rubricate.codebooks.regexes import compiled
from rubricate.codebooks.rules.dependencies import terms_of
from rubricate.codebooks.terms import JOINT, KINDS, parse_term
from rubricate.codebooks.token_patterns import NEEDS
from rubricate.corpus.words.folding import fold
from rubricate.corpus.words.lemmas import forms, is_base_form, lemma, lemmas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rubricate.codebooks.codebook import Code, Codebook
    from rubricate.codebooks.terms import Slot, Term

_CONDITIONS = tuple(
    each.name
    for each in fields(Entry)
    if each.name not in ("id", "kind", "text", "language", "not_inside", "note", "mark")
)


@dataclass(frozen=True, slots=True)
class Worded:
    """An entry with its code, the language whose word list its words are looked up in, and its words (None
    for entities, token patterns and whatever else is no term).
    """

    code: Code
    entry: Entry
    language: str
    term: Term | None


def worded(codebook: Codebook) -> list[Worded]:
    """All entries of a codebook, in file order."""
    return [
        Worded(code, entry, language_of(entry, codebook), term_of(entry, codebook.hyphens))
        for code in codebook.codes
        for entry in code.entries
    ]


def looked_up(codebook: Codebook, entries: Iterable[Worded]) -> Iterator[Worded]:
    """The entries, and behind each the terms of its rules and conditions, as entries of their own."""
    for each in entries:
        yield each
        for entry in terms_of(each.entry):
            yield Worded(each.code, entry, language_of(entry, codebook), term_of(entry, codebook.hyphens))


def entry_forms(entry: Entry, codebook: Codebook) -> tuple[tuple[str, ...], ...]:
    """For each word of an entry every folded form that it finds; what has no words stands as typed.

    So does a rule: its terms (``rubricate.codebooks.rules.dependencies.terms_of``) have their own forms.
    """
    term = term_of(entry, codebook.hyphens)
    if term is None or not term.slots:
        return ((entry.text,),)
    language = language_of(entry, codebook)
    return tuple(_listed(slot, language) for slot in term.slots)


def pipeline_remark(entry: Entry) -> str:
    """What an entry needs of a spaCy pipeline and what it is looked for in; nothing for words and phrases."""
    if entry.kind not in PIPELINE_KINDS:
        return ""
    needs = " and ".join(what for need, what in NEEDS.items() if need in entry_needs(entry))
    remark = f"needs a pipeline with {needs}" if needs else "spaCy's blank pipeline is enough"
    return f"{remark}, read in every paragraph" if entry.kind == "entity" else remark


def language_of(entry: Entry, codebook: Codebook) -> str:
    """The language whose word list an entry's words are looked up in."""
    return codebook.language if entry.language == "any" else entry.language


def term_of(entry: Entry, hyphens: str) -> Term | None:
    """The words of an entry, without their parts of speech; None for what is no term.

    ``hyphens`` is what they do in the codebook (``Codebook.hyphens``).
    """
    if entry.kind == "pos":
        return parse_pos(entry.text).words
    return parse_term(entry.text, entry.kind, hyphens) if entry.kind in KINDS else None


def conditions(entry: Entry) -> dict[str, object]:
    """What else than its words and ``not_inside`` decides where an entry counts, but for what is not set."""
    found = {name: getattr(entry, name) for name in _CONDITIONS}
    return {name: value for name, value in found.items() if value}


@lru_cache(maxsize=65_536)
def finds_forms(slot: Slot, language: str) -> bool:
    """Whether a word stands for all its forms in the word list."""
    return slot.kind == "lemma" or (slot.kind == "plain" and is_base_form(slot.text, language))


def words_by_lemma(each: Worded) -> list[str]:
    """The words of an entry that stand for all their forms, as written."""
    return [slot.text for slot in each.term.slots if finds_forms(slot, each.language)] if each.term else []


def covers(outer: Slot, inner: Slot, language: str) -> bool:
    """Whether every word that fills ``inner`` fills ``outer``; False where that cannot be told.

    >>> from rubricate.codebooks.terms import Slot
    >>> covers(Slot("plain", "sanction"), Slot("surface", "sanctions"), "en")
    True
    """
    if outer == inner:
        return True
    if outer.kind == "case":
        return inner.kind == "case" and inner.text == outer.text
    if inner.kind == "glob":
        return outer.kind == "glob" and _glob_covers(outer.text, inner.text)
    known = slot_forms(inner, language)
    if outer.kind != "glob" and not known <= slot_forms(outer, language):
        return False
    return all(fills(form, outer, language) for form in known)


def may_meet(one: Slot, other: Slot, language: str) -> bool:
    """Whether a word may fill both; True where that cannot be told."""
    if one.kind == other.kind == "case":
        return one.text == other.text
    if one.kind == other.kind == "glob":
        return _globs_may_meet(one.text, other.text)
    if "glob" not in (one.kind, other.kind):
        return not slot_forms(one, language).isdisjoint(slot_forms(other, language))
    glob, word = (one, other) if one.kind == "glob" else (other, one)
    return any(fills(form, glob, language) for form in slot_forms(word, language))


def fills(word: str, slot: Slot, language: str) -> bool:
    """Whether a word of a text, in small letters, fills a slot; capitals are filled by their letters."""
    if slot.kind == "glob":
        return glob_holds(slot.text, word)
    if word == fold(slot.text):
        return True
    return finds_forms(slot, language) and lemma(slot.text, language) in lemmas(word, language)


def glob_holds(glob: str, word: str) -> bool:
    """Whether a folded glob holds for a folded word."""
    stem = glob.strip("*")
    if "*" in stem or "?" in stem:
        return bool(compiled(glob_pattern(glob)).fullmatch(word))
    if glob.startswith("*"):  # most are the beginning or the end of words
        return stem in word if glob.endswith("*") else word.endswith(stem)
    return word.startswith(stem)


@lru_cache(maxsize=65_536)
def slot_forms(slot: Slot, language: str) -> frozenset[str]:
    """The folded forms that fill a slot which is no glob, as far as the word list has them."""
    return frozenset(forms(slot.text, language) if finds_forms(slot, language) else (fold(slot.text),))


def gap_covers(outer: str, inner: str) -> bool:
    """Whether whatever fills the gap ``inner`` between two words of a term fills ``outer``, too."""
    return outer == inner or (outer == JOINT and inner == "-")


def glob_pattern(glob: str, one: str = ".") -> str:
    """A folded glob as a pattern of RE2, which no glob can make slow; ``one`` is what ? stands for."""
    pieces = re.split(r"([*?])", glob)
    return "".join({"*": ".*", "?": one}.get(piece, re.escape(piece)) for piece in pieces)


def _listed(slot: Slot, language: str) -> tuple[str, ...]:
    if finds_forms(slot, language):
        return tuple(sorted(slot_forms(slot, language)))
    return (slot.text if slot.kind == "case" else fold(slot.text),)


def _glob_covers(outer: str, inner: str) -> bool:
    """Whether every word of one glob is one of another, shown by reading its * and ? as letters.

    Only a star can stand for another star; a question mark stands for a question mark or a letter.
    """
    return bool(compiled(glob_pattern(outer, "[^*]")).fullmatch(inner))


def _globs_may_meet(one: str, other: str) -> bool:
    """Whether what two globs begin and end with leaves room for a word of both."""
    return _fit(_head(one), _head(other)) and _fit(_head(one[::-1]), _head(other[::-1]))


def _head(glob: str) -> str:
    return re.split(r"[*?]", glob, maxsplit=1)[0]


def _fit(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
