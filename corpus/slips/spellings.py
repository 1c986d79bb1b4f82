"""The distinct words of one document as evidence: how often each stands there, and what stands beside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase
from typing import TYPE_CHECKING

from rubricate.corpus.words.borders import Vocabulary, find_words
from rubricate.corpus.words.folding import bare, fold
from rubricate.corpus.words.languages import language as known_language
from rubricate.corpus.words.lemmas import has_word_list, is_listed, lemmas

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.document import Document
    from rubricate.corpus.words.borders import Words

UNREAD = ("references", "boilerplate")
"""Parts that are not searched: more foreign names and addresses than prose, and not analysed."""

SHORTEST = 3
"""No word with fewer letters is a suspect, or foreign."""

_MOST_UNLISTED = 0.1  # of the words: a list that misses more is no list of this document's language
_USUAL = 0.0005  # of the characters: how many are a letter of the language's own
_SHORTEST_TAIL = 5  # letters of a word that makes a compound; one more, if nothing is known of its head


@dataclass(frozen=True, slots=True, eq=False)
class Spellings:
    """What a document has: its words, and each distinct one (by its number) as written with its count.

    ``folded`` counts words as matching sees them, ``spelled`` as written. ``unread`` is true of the words
    in parts that are not searched. ``judged`` says whether the word list fits the document.
    """

    text: str
    language: str
    words: Words
    written: list[str]
    counts: list[int]
    folded: Counter[str]
    spelled: Counter[str]
    unread: NDArray[np.bool_]
    alphabet: str
    judged: bool

    def odd(self) -> Iterator[int]:
        """The words worth a closer look: not in the list, or not in plain small letters."""
        for number, word in enumerate(self.written):
            if len(word) >= SHORTEST and not (word[1:].islower() and self.lists(word)):
                yield number

    def places(self, number: int) -> list[int]:
        """Which words of the text, outside the parts that are not searched, are this one."""
        import numpy as np

        return [int(place) for place in np.flatnonzero((self.words.id == number) & ~self.unread)]

    def lists(self, word: str) -> bool:
        """Whether the word list has a word, or it is a function word."""
        return is_known(word, self.language)

    def joined(self, place: int, marks: frozenset[str]) -> bool:
        """Whether one of ``marks`` joins a word of the text to the one before or behind it."""
        start, end = int(self.words.start[place]), int(self.words.end[place])
        before, behind = self.text[max(start - 2, 0) : start], self.text[end : end + 2]
        return (before[1:] in marks and before[:1].isalnum()) or (
            behind[:1] in marks and behind[1:].isalnum()
        )

    def among_foreign(self, place: int) -> bool:
        """Whether a word stands beside another one that no list has: a quotation, a name."""
        capital = self.written[self.words.id[place]][0].isupper()
        for other in (place - 1, place + 1):
            if 0 <= other < len(self.words):
                word = self.written[self.words.id[other]]
                if word.isalpha() and (capital or word.islower()) and not self.could_list(word):
                    return True
        return False

    def could_list(self, word: str) -> bool:
        """Whether a word is in the list or made of its words: geostrategic, airbases."""
        if len(word) < SHORTEST or self.lists(word):
            return True
        cuts = range(2, len(word) - _SHORTEST_TAIL + 1)
        return any(
            self.lists(word[cut:]) and (len(word) - cut > _SHORTEST_TAIL or self.lists(word[:cut]))
            for cut in cuts
        )

    def as_spelled(self, folded: str, like: str, slip: str) -> str:
        """A folded word as the document mostly writes it, with a capital where ``like`` has one."""
        if like.islower() and lemmas(folded, self.language):
            return folded
        forms = [
            (count, form) for form, count in self.spelled.items() if form != slip and fold(form) == folded
        ]
        form = max(forms, default=(0, folded.capitalize()))[1]
        return form[0].upper() + form[1:] if like[0].isupper() else form


def read_spellings(document: Document) -> Spellings:
    """Read the words of a document, and judge whether the word list is one of its language."""
    import numpy as np

    vocabulary, language = Vocabulary(), document.language
    words = find_words(document.text, vocabulary)
    written = list(map(bare, vocabulary.words))
    counts = [int(count) for count in np.bincount(words.id, minlength=len(written))]
    folded: Counter[str] = Counter()
    spelled: Counter[str] = Counter()
    for word, form, count in zip(vocabulary.folded, written, counts, strict=True):
        folded[word] += count
        spelled[form] += count
    starts = [paragraph.start for paragraph in document.paragraphs]
    unread = np.array([False] + [paragraph.part in UNREAD for paragraph in document.paragraphs])
    names = {fold(word) for word in written if word[:1].isupper()}
    prose = {word: folded[word] for word in folded.keys() - names if word.isalpha()}
    unlisted = sum(count for word, count in prose.items() if not is_known(word, language))
    return Spellings(
        text=document.text,
        language=language,
        words=words,
        written=written,
        counts=counts,
        folded=folded,
        spelled=spelled,
        unread=unread[np.searchsorted(starts, words.start, side="right")],
        alphabet=_alphabet(document.text),
        judged=has_word_list(language) and unlisted <= _MOST_UNLISTED * sum(prose.values()),
    )


def _alphabet(text: str) -> str:
    """The usual letters of a text, small: a foreign name's accents are not among them."""
    characters = Counter(text.lower())
    usual = {sign for sign, count in characters.items() if count >= _USUAL * len(text) and sign.isalpha()}
    return "".join(sorted(usual | set(ascii_lowercase if usual & set(ascii_lowercase) else "")))


@lru_cache(maxsize=1 << 17)
def is_known(word: str, language: str) -> bool:
    """Whether the word list of a language has a word, or it is a function word there."""
    return is_listed(word, language) or fold(word) in known_language(language).function_words
