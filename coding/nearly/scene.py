"""Some paragraphs of a document and what a codebook finds there: where near misses are sought."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from rubricate.coding.hyphens import joined_by_spaces
from rubricate.coding.match import find_terms
from rubricate.coding.nearly.near_miss import NearMiss
from rubricate.coding.plan import compile_codebook, compile_terms
from rubricate.corpus.document import Document, Paragraph
from rubricate.corpus.reading import read_words
from rubricate.corpus.words.borders import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.codebooks.codebook import Codebook, Entry
    from rubricate.codebooks.terms import Slot, Term
    from rubricate.coding.match import Matches
    from rubricate.coding.nearly.coded import Found
    from rubricate.coding.plan import Plan, Terms
    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]

_BETWEEN = "\n\n"


class Hit(NamedTuple):
    """A match of an entry, or of what the entry was changed to: offsets in the document's text, the first of
    its words (a position in the reading) and how many they are.
    """

    entry: int
    start: int
    end: int
    word: int
    words: int


class Copy(NamedTuple):
    """A stretch of the document as it would be with a change: character ``i`` of ``text`` is that at
    ``origin[i]`` of the document.
    """

    text: str
    origin: Sequence[int]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the document of a stretch of the copy."""
        return self.origin[start], self.origin[end - 1] + 1


@dataclass(frozen=True)
class Scene:
    """A document, a codebook compiled for its ``language``, and ``where``: the paragraphs asked about.

    ``ruled`` are the hits of rules in these.
    """

    codebook: Codebook
    document: Document
    language: str
    plan: Plan
    reading: Reading
    where: Bools
    ruled: tuple[Hit, ...] = ()
    _outers: dict[int, tuple[list[int], list[tuple[int, int]]]] = field(default_factory=dict, init=False)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The entries of the codebook."""
        return self.codebook.entries

    @cached_property
    def code_of(self) -> tuple[int, ...]:
        """For each entry its code, as an index in ``codebook.codes``."""
        codes = self.codebook.codes
        return tuple(number for number, code in enumerate(codes) for _ in code.entries)

    @cached_property
    def terms(self) -> Mapping[int, Term]:
        """The parsed term of every entry for the document's language that needs no pipeline."""
        pairs = zip(self.plan.entry.tolist(), self.plan.entry_term.tolist(), strict=True)
        return {entry: self.plan.terms.terms[term] for entry, term in pairs}

    @cached_property
    def entries_of(self) -> Mapping[int, list[int]]:
        """The entries that have each term of the plan."""
        return _owners(zip(self.plan.entry_term.tolist(), self.plan.entry.tolist(), strict=True))

    @cached_property
    def found(self) -> Matches:
        """Every match of the plan's terms in the paragraphs."""
        return self._find(self.plan.terms, self.reading, self.where)

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """The same as hits of entries, inside an excluded term or not, and the hits of rules."""
        return (*_hits(self.found, self.entries_of), *self.ruled)

    @cached_property
    def matching(self) -> frozenset[tuple[int, int]]:
        """(paragraph, entry) wherever an entry has a match."""
        return frozenset((self.paragraph_at(hit.start), hit.entry) for hit in self.hits)

    def narrowed_to(self, paragraphs: Iterable[int]) -> Scene:
        """The scene of those paragraphs that are among these."""
        import numpy as np

        return replace(self, where=self.where & np.isin(np.arange(len(self.where)), list(paragraphs)))

    def word(self, at: int) -> str:
        """The word at a position, as it stands in the text."""
        return self.text[self.reading.words.start[at] : self.reading.words.end[at]]

    def paragraph_at(self, offset: int) -> int:
        """The index of the paragraph in which an offset lies."""
        import numpy as np

        return int(np.searchsorted(self.reading.paragraph_start, offset, side="right")) - 1

    @cached_property
    def paragraphs(self) -> list[int]:
        """The indices of the paragraphs asked about."""
        import numpy as np

        return np.flatnonzero(self.where).tolist()

    @property
    def stretches(self) -> list[tuple[int, int]]:
        """Start and end of each of the paragraphs."""
        return [self.document.paragraphs[index][:2] for index in self.paragraphs]

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text

    @cached_property
    def vocabulary(self) -> list[str]:
        """The distinct words of the paragraphs, folded, in order of first appearance."""
        folded = self.reading.vocabulary.folded
        ids = self.reading.words.id[self.reading.words_in(self.where)].tolist()
        return list(dict.fromkeys(folded[number] for number in ids))

    def others(self, hit: Hit) -> list[tuple[Slot, str]]:
        """The words of the entry for which there are others in the text, each with that one."""
        pairs = zip(self.terms[hit.entry].slots, range(hit.word, hit.word + hit.words), strict=True)
        return [
            (slot, self.word(at))
            for slot, at in pairs
            if slot not in self._filled[int(self.reading.words.id[at])]
        ]

    @cached_property
    def _fills(self) -> tuple[Ints, Ints]:
        """Every (word, slot) pair, both numbers, in which a word of the text is what a slot asks for."""
        return self.plan.terms.lexicon.pairs(self.reading.vocabulary)

    @cached_property
    def _filled(self) -> Mapping[int, frozenset[Slot]]:
        """For each word of the paragraphs, by number, the slots that it fills."""
        import numpy as np

        (ids, slots), known = self._fills, self.plan.terms.lexicon.slots
        here = np.unique(self.reading.words.id[self.reading.words_in(self.where)])
        first, behind = np.searchsorted(ids, here), np.searchsorted(ids, here, side="right")
        return {
            number: frozenset(known[slot] for slot in slots[one:other].tolist())
            for number, one, other in zip(here.tolist(), first.tolist(), behind.tolist(), strict=True)
        }

    def filling(self, paragraph: int) -> dict[int, Ints]:
        """For each slot of the plan that a word of a paragraph fills, where such words stand, in order."""
        import numpy as np

        ids, slots = self._fills
        at = self.reading.words_in(np.arange(len(self.where)) == paragraph)
        first = np.searchsorted(ids, self.reading.words.id[at])
        count = np.searchsorted(ids, self.reading.words.id[at], side="right") - first
        pair = np.arange(count.sum()) + np.repeat(first - np.cumsum(count) + count, count)
        order = np.argsort(slots[pair], kind="stable")
        slot, edges = np.unique(slots[pair][order], return_index=True)
        return (
            dict(zip(slot.tolist(), np.split(np.repeat(at, count)[order], edges[1:]), strict=True))
            if len(slot)
            else {}
        )

    def miss(self, hit: Hit | Found, reason: str, why: str) -> NearMiss:
        """A near miss at the place of a hit."""
        return self.miss_at(hit.entry, hit.start, hit.end, reason, why)

    def miss_at(self, entry: int, start: int, end: int, reason: str, why: str, apart: int = 0) -> NearMiss:
        """A near miss at a place."""
        return NearMiss(entry, self.paragraph_at(start), start, end, reason, why, apart)

    def excluding(self, entry: int, start: int, end: int) -> tuple[int, int, int] | None:
        """The excluded term in which a place lies, as its number in ``not_inside``, start and end."""
        for number, term in enumerate(self.plan.inside.get(entry, ())):
            starts, furthest = self._outer(term)
            last = bisect_right(starts, start) - 1
            if last >= 0 and furthest[last][1] >= end:
                return number, *furthest[last]
        return None

    def _outer(self, term: int) -> tuple[list[int], list[tuple[int, int]]]:
        """Where a term begins, sorted, and which of its matches so far reaches furthest: start and end."""
        if term not in self._outers:
            some = self.found.take(self.found.term == term)
            ranges = sorted(zip(some.start.tolist(), some.end.tolist(), strict=True))
            furthest = list(accumulate(ranges, _further))
            self._outers[term] = [start for start, _ in ranges], furthest
        return self._outers[term]

    def ask(self, changed: Iterable[tuple[int, Term]]) -> Iterator[Hit]:
        """What entries would find if these were their terms, in paragraphs in which they find nothing."""
        terms, owners = self._compiled(changed)
        for hit in _hits(self._find(terms, self.reading, self.where), owners):
            if (self.paragraph_at(hit.start), hit.entry) not in self.matching:
                yield hit

    def ask_copies(
        self, copies: Sequence[Copy], changed: Iterable[tuple[int, Term]] | None = None
    ) -> Iterator[tuple[int, int, int, int]]:
        """What entries, with their own terms or changed ones, find in changed copies of the text.

        Yields the entry, the number of the copy, and start and end in it.
        """
        if changed is None:
            terms, owners = self.plan.terms, self.entries_of
        else:
            terms, owners = self._compiled(changed)
        if not copies or not terms.terms:
            return
        reading = self._read(copies)
        found = self._find(terms, reading)
        at = reading.paragraph_at(found.start)
        first = reading.paragraph_start[at]
        columns = (found.term, at, found.start - first, found.end - first)
        for term, number, start, end in zip(*(column.tolist() for column in columns), strict=True):
            for entry in owners.get(term, ()):
                yield entry, number, start, end

    def _find(self, terms: Terms, reading: Reading, where: Bools | None = None) -> Matches:
        """What terms find, with the words that the codebook sees."""
        found = find_terms(terms, reading, where)
        return joined_by_spaces(terms, reading, found) if self.codebook.hyphens != "split" else found

    def _compiled(self, changed: Iterable[tuple[int, Term]]) -> tuple[Terms, dict[int, list[int]]]:
        """(entry, term) pairs as distinct terms, and the entries of each."""
        numbers: dict[Term, int] = {}
        owners = _owners((numbers.setdefault(term, len(numbers)), entry) for entry, term in changed)
        return compile_terms(numbers, self.language), owners

    def _read(self, copies: Sequence[Copy]) -> Reading:
        """The copies as the paragraphs of a document, read with the vocabulary of the first."""
        paragraphs, start = [], 0
        for copy in copies:
            paragraphs.append(Paragraph(start, start + len(copy.text)))
            start += len(copy.text) + len(_BETWEEN)
        text = _BETWEEN.join(copy.text for copy in copies)
        document = Document("", text, tuple(paragraphs), language=self.document.language)
        return read_words([document], self.reading.vocabulary, self.codebook.hyphens)


def look_at(codebook: Codebook, document: Document, where: Iterable[int]) -> Scene:
    """The scene of some paragraphs, by their indices."""
    import numpy as np

    language = document.language or codebook.language
    reading = read_words([document], Vocabulary(), codebook.hyphens)
    asked = np.zeros(len(reading.paragraph_start), bool)
    asked[list(where)] = True
    return Scene(codebook, document, language, compile_codebook(codebook, language), reading, asked)


def _further(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return max(one, other, key=itemgetter(1))


def _owners(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    owners: dict[int, list[int]] = {}
    for term, entry in pairs:
        owners.setdefault(term, []).append(entry)
    return owners


def _hits(found: Matches, owners: Mapping[int, list[int]]) -> Iterator[Hit]:
    columns = (found.term, found.start, found.end, found.word, found.words)
    for term, *place in zip(*(column.tolist() for column in columns), strict=True):
        for entry in owners.get(term, ()):
            yield Hit(entry, *place)
