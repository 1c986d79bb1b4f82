"""A codebook compiled for the documents of one language: its distinct terms as arrays of word slots."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from rubricate.codebooks.pipeline_terms import PIPELINE_KINDS
from rubricate.codebooks.terms import JOINT, Slot, Term, parse_term
from rubricate.coding.lexicon import Lexicon
from rubricate.coding.rules.plan import RulePlan, pipeline_words, plan_rules
from rubricate.coding.spans import Wordless

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rubricate.codebooks.codebook import Codebook, Entry
    from rubricate.corpus.words.borders import Ints

ANY_LANGUAGE = "any"
NO_SLOT = -1


@dataclass(frozen=True)
class Terms:
    """Distinct terms, and the distinct slots that their words are looked up in.

    ``slots[t, j]`` is the slot of the j-th word of term ``t`` and ``gaps[t, j]`` what must stand before
    it (an index into ``gap_texts``: 0 nothing, 1 JOINT), padded with NO_SLOT and 0; the gap behind the
    last word is at ``gaps[t, length[t]]``.
    """

    terms: tuple[Term, ...]
    lexicon: Lexicon
    slots: Ints
    gaps: Ints
    gap_texts: tuple[str, ...]

    @cached_property
    def length(self) -> Ints:
        """The number of words of each term."""
        import numpy as np

        return np.array([len(term.slots) for term in self.terms], np.int64)

    @cached_property
    def wordless(self) -> Wordless:
        """The terms without words, each with its index."""
        return Wordless((index, term) for index, term in enumerate(self.terms) if not term.slots)


@dataclass(frozen=True)
class Plan:
    """What is looked for in documents of one language.

    ``entry`` and ``entry_term`` are (index in ``codebook.entries``, term) pairs as two arrays; ``asked`` are
    the entries, each with its index, that a pipeline must read, and such terms of rules, numbered behind the
    entries. ``inside`` gives for an entry's index the terms in which its hits do not count, ``rules`` the
    rules and conditions, and ``entries_of`` for each code the indices of its entries for the language.
    """

    terms: Terms
    entry: Ints
    entry_term: Ints
    asked: tuple[tuple[int, Entry], ...]
    inside: dict[int, list[int]]
    rules: RulePlan
    entries_of: list[list[int]]


def compile_codebook(codebook: Codebook, language: str) -> Plan:
    """The plan for documents of ``language``: entries of other languages are left out."""
    import numpy as np

    wanted = [(index, entry) for index, entry in enumerate(codebook.entries) if applies_to(entry, language)]
    numbers: dict[tuple[str, str], int] = {}

    def number(text: str, kind: str) -> int:
        return numbers.setdefault((text, kind), len(numbers))

    worded = [pair for pair in wanted if pair[1].kind not in (*PIPELINE_KINDS, "rule")]
    entry_term = [number(entry.text, entry.kind) for _, entry in worded]
    inside = {
        index: [number(term, "term") for term in entry.not_inside]
        for index, entry in wanted
        if entry.not_inside
    }
    rules = plan_rules(codebook, wanted, number)
    hyphens = () if codebook.hyphens == "split" else (codebook.hyphens,)  # as they were parsed when read
    return Plan(
        terms=compile_terms((parse_term(*term, *hyphens) for term in numbers), language),
        entry=np.array([index for index, _ in worded], np.int64),
        entry_term=np.array(entry_term, np.int64),
        asked=_asked(wanted, rules),
        inside=inside,
        rules=rules,
        entries_of=entries_of_codes(codebook, language),
    )


def _asked(wanted: list[tuple[int, Entry]], rules: RulePlan) -> tuple[tuple[int, Entry], ...]:
    """The entries that a pipeline must read, and for the terms of rules such entries of their own."""
    found = [pair for pair in wanted if pair[1].kind in PIPELINE_KINDS]
    words = {(word.kind, word.text): word for _, entry in wanted for word in pipeline_words(entry)}
    return (*found, *((number, words[word]) for word, number in rules.asked.items()))


def entries_of_codes(codebook: Codebook, language: str) -> list[list[int]]:
    """For each code the indices of its entries that are looked for in documents of a language."""
    entries = iter(enumerate(codebook.entries))
    return [
        [index for index, entry in islice(entries, len(code.entries)) if applies_to(entry, language)]
        for code in codebook.codes
    ]


def applies_to(entry: Entry, language: str) -> bool:
    """Whether an entry is looked for in documents of a language; regions do not matter (en, en-GB)."""
    return entry.language == ANY_LANGUAGE or _primary(entry.language) == _primary(language)


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def compile_terms(terms: Iterable[Term], language: str) -> Terms:
    """Terms as arrays; their slots are resolved by the word list of ``language``."""
    import numpy as np

    terms = tuple(terms)
    width = max((len(term.slots) for term in terms), default=0)
    slots = np.full((len(terms), max(width, 1)), NO_SLOT, np.int64)
    gaps = np.zeros((len(terms), width + 1), np.int64)
    slot_numbers: dict[Slot, int] = {}
    gap_numbers = {"": 0, JOINT: 1}
    for index, term in enumerate(terms):
        for place, slot in enumerate(term.slots):
            slots[index, place] = slot_numbers.setdefault(slot, len(slot_numbers))
        if term.slots:
            for place, gap in enumerate(term.gaps):
                gaps[index, place] = gap_numbers.setdefault(_compact(gap), len(gap_numbers))
    return Terms(terms, Lexicon(tuple(slot_numbers), language), slots, gaps, tuple(gap_numbers))


def _compact(gap: str) -> str:
    return gap if gap == JOINT else " ".join(gap.split(" "))
