"""Which words of the vocabulary fill which slots: matching looks words up, it never reads them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from rubricate.coding.globs import Globs
from rubricate.corpus.words.folding import bare, fold
from rubricate.corpus.words.lemmas import is_base_form, lemma, lemmas

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rubricate.codebooks.terms import Slot
    from rubricate.corpus.words.borders import Ints, Vocabulary


T = TypeVar("T")


class Lexicon:
    """The slots of some terms, resolved word by word as the vocabulary grows.

    Every distinct word of the corpus is folded and looked up once, however often it occurs.
    """

    def __init__(self, slots: tuple[Slot, ...], language: str) -> None:
        self.slots = slots
        self.language = language
        self._surface: dict[str, list[int]] = {}
        self._case: dict[str, list[tuple[str, int]]] = {}  # by what it is folded, to look at few words
        self._lemma: dict[str, list[int]] = {}
        self._prefix: dict[str, list[int]] = {}
        for number, slot in enumerate(slots):
            self._add(number, slot)
        others = ((number, slot.text) for number, slot in enumerate(slots) if slot.kind == "glob")
        self._globs = Globs((number, glob) for number, glob in others if not _is_prefix(glob))
        self._prefix_lengths = sorted({len(prefix) for prefix in self._prefix})
        self._seen = 0
        self._pairs: tuple[Ints, Ints] | None = None

    def pairs(self, vocabulary: Vocabulary) -> tuple[Ints, Ints]:
        """Every (word, slot) pair in which the word fills the slot, sorted by word."""
        import numpy as np

        none = np.zeros(0, np.int64)
        words, slots = self._pairs or (none, none)
        if self._pairs is None or self._seen < len(vocabulary.words):
            new, filled = self._new_pairs(vocabulary)
            self._pairs = words, slots = np.append(words, new), np.append(slots, filled)
            self._seen = len(vocabulary.words)
        return words, slots

    def _new_pairs(self, vocabulary: Vocabulary) -> tuple[Ints, Ints]:
        """The pairs of the words that were not seen yet."""
        import numpy as np

        new, folded = vocabulary.words[self._seen :], vocabulary.folded[self._seen :]
        known = vocabulary.lemmas.get(self.language, ())[self._seen :]
        size = max(len(self.slots), 1)
        found = chain(self._literal(new, folded, known), self._globs.pairs(folded))
        keys = np.unique(np.fromiter((word * size + slot for word, slot in found), np.int64))
        word, slot = np.divmod(keys, size)
        return word + self._seen, slot

    def _add(self, number: int, slot: Slot) -> None:
        if slot.kind == "case":
            self._case.setdefault(fold(slot.text), []).append((slot.text, number))
        elif slot.kind == "glob":
            if _is_prefix(slot.text):
                self._prefix.setdefault(slot.text.rstrip("*"), []).append(number)
        else:
            self._surface.setdefault(fold(slot.text), []).append(number)
            if slot.kind == "lemma" or (slot.kind == "plain" and is_base_form(slot.text, self.language)):
                self._lemma.setdefault(lemma(slot.text, self.language), []).append(number)

    def _literal(
        self, words: list[str], all_folded: list[str], known: Sequence[Sequence[str]]
    ) -> Iterable[tuple[int, int]]:
        """(word, slot) pairs by surface, capitals, lemma and the prefix of a glob.

        ``known`` are the lemmas of the first words.
        """
        yield from _found(self._surface, all_folded)
        for index, (text, number) in _found(self._case, all_folded):
            if bare(words[index]) == text:
                yield index, number
        if self._lemma:
            more = (lemmas(word, self.language) for word in words[len(known) :])
            for index, some in enumerate(chain(known, more)):
                for each in some:
                    for slot in self._lemma.get(each, ()):
                        yield index, slot
        for length in self._prefix_lengths:
            yield from _found(self._prefix, (folded[:length] for folded in all_folded))


def _found(slots: dict[str, list[T]], words: Iterable[str]) -> Iterable[tuple[int, T]]:
    """(word, slot) pairs of the words that have slots."""
    if not slots:
        return ()
    return ((index, slot) for index, word in enumerate(words) if word in slots for slot in slots[word])


def _is_prefix(glob: str) -> bool:
    """Whether a glob is the beginning of words and nothing else, as most are."""
    stem = glob.rstrip("*")
    return bool(stem) and stem != glob and "*" not in stem and "?" not in stem
