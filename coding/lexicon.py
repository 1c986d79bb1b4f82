"""Which words of the vocabulary fill which slots: matching looks words up, it never reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rubricate.codebooks.regexes import compiled
from rubricate.corpus.words.folding import bare, fold
from rubricate.corpus.words.lemmas import is_base_form, lemma, lemmas

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rubricate.codebooks.terms import Slot
    from rubricate.corpus.words.borders import Ints, Vocabulary


class Lexicon:
    """The slots of some terms, resolved word by word as the vocabulary grows.

    Every distinct word of the corpus is folded and looked up once, however often it occurs.
    """

    def __init__(self, slots: tuple[Slot, ...], language: str) -> None:
        self.slots = slots
        self.language = language
        self._surface: dict[str, list[int]] = {}
        self._case: dict[str, list[int]] = {}
        self._lemma: dict[str, list[int]] = {}
        self._prefix: dict[str, list[int]] = {}
        self._globs: list[tuple[int, str]] = []
        for number, slot in enumerate(slots):
            self._add(number, slot)
        self._prefix_lengths = sorted({len(prefix) for prefix in self._prefix})
        self._seen = 0
        self._words: list[int] = []
        self._fills: list[int] = []

    def pairs(self, vocabulary: Vocabulary) -> tuple[Ints, Ints]:
        """Every (word, slot) pair in which the word fills the slot, sorted by word."""
        import numpy as np

        new, folded = vocabulary.words[self._seen :], vocabulary.folded[self._seen :]
        found: dict[int, set[int]] = {}
        for word, slot in (*self._literal(new, folded), *self._by_globs(folded)):
            found.setdefault(word, set()).add(slot)
        for word in sorted(found):
            self._words += [word + self._seen] * len(found[word])
            self._fills += sorted(found[word])
        self._seen += len(new)
        return np.array(self._words, np.int64), np.array(self._fills, np.int64)

    def _add(self, number: int, slot: Slot) -> None:
        if slot.kind == "case":
            self._case.setdefault(slot.text, []).append(number)
        elif slot.kind == "glob":
            self._add_glob(number, slot.text)
        else:
            self._surface.setdefault(fold(slot.text), []).append(number)
            if slot.kind == "lemma" or (slot.kind == "plain" and is_base_form(slot.text, self.language)):
                self._lemma.setdefault(lemma(slot.text, self.language), []).append(number)

    def _add_glob(self, number: int, glob: str) -> None:
        stem = glob.rstrip("*")
        if stem and stem != glob and "*" not in stem and "?" not in stem:
            self._prefix.setdefault(stem, []).append(number)
        else:
            self._globs.append((number, _glob_regex(glob)))

    def _literal(self, words: list[str], all_folded: list[str]) -> Iterable[tuple[int, int]]:
        """(word, slot) pairs by surface, capitals, lemma and the prefix of a glob."""
        for index, (word, folded) in enumerate(zip(words, all_folded, strict=True)):
            for slot in self._surface.get(folded, ()):
                yield index, slot
            if self._case:
                for slot in self._case.get(bare(word), ()):
                    yield index, slot
            if self._lemma:
                for each in lemmas(word, self.language):
                    for slot in self._lemma.get(each, ()):
                        yield index, slot
            for length in self._prefix_lengths:
                for slot in self._prefix.get(folded[:length], ()) if length <= len(folded) else ():
                    yield index, slot

    def _by_globs(self, lines: list[str]) -> Iterable[tuple[int, int]]:
        """(word, slot) pairs by globs that are more than a prefix: one RE2 scan over the words for each."""
        if not self._globs:
            return
        import numpy as np

        text = "\n".join(lines)
        starts = np.cumsum([0, *(len(line) + 1 for line in lines)])
        for slot, pattern in self._globs:
            for match in compiled(pattern).finditer(text):
                yield int(np.searchsorted(starts, match.start(), side="right")) - 1, slot


def _glob_regex(glob: str) -> str:
    body = re.escape(glob).replace(r"\*", ".*").replace(r"\?", ".")
    return f"(?m)^{body}$"
