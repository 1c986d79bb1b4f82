"""Which paragraphs can hold a token pattern: spaCy reads no others.

Every test is about something that a match cannot do without, so that it never leaves out a paragraph that
holds one. spaCy cuts words otherwise than we do ("100km" is two tokens), so texts are looked for as they are.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from rubricate.codebooks.token_patterns import values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from spacy.vocab import Vocab

    from rubricate.codebooks.token_patterns import TokenSpec
    from rubricate.corpus.reading import Reading

    Bools = NDArray[np.bool_]

_CHARACTERS: dict[str, Callable[[str], bool]] = {
    "LIKE_NUM": str.isnumeric,
    "IS_DIGIT": str.isdigit,
    "IS_CURRENCY": lambda character: unicodedata.category(character) == "Sc",
    "LIKE_EMAIL": "@".__eq__,
}
"""Attributes → the characters of which a token has one that has the attribute, or else it is a word that
spaCy has in a list (``ten``, ``dollar``)."""

_LISTED = ("LIKE_NUM", "IS_CURRENCY")

WORDS_WITH_SIGNS = ("am", "bo", "ht", "lg", "ml", "th", "tn", "uk")
"""Languages in whose lists of numbers some words have signs inside (``п'ять``) and so are several of ours."""


class TokenCandidates:
    """The patterns of one pipeline, and what is known of the words met so far."""

    def __init__(self, patterns: Sequence[Sequence[TokenSpec]], vocab: Vocab) -> None:
        self._patterns = [list(_conditions(pattern)) for pattern in patterns]
        self._vocab = vocab
        self._listed: dict[str, list[bool]] = {}

    def paragraphs(self, reading: Reading, where: Bools) -> Bools:
        """The paragraphs that can hold a pattern, of those where ``where`` is true."""
        import numpy as np

        found = np.zeros(len(where), bool)
        with_flag: dict[str, Bools] = {}
        texts = _Folded(reading)
        for conditions in self._patterns:
            left = where & ~found
            for flag in _flags(conditions):
                if flag not in with_flag:
                    with_flag[flag] = self._with_flag(reading, flag)
                left &= with_flag[flag]
            for literals in _literals(conditions):
                for paragraph in np.flatnonzero(left).tolist():
                    left[paragraph] = any(literal in texts[paragraph] for literal in literals)
            found |= left
        return found

    def _with_flag(self, reading: Reading, flag: str) -> Bools:
        """The paragraphs with a character or listed word that has the attribute."""
        import numpy as np

        every = np.ones(len(reading.paragraph_start), bool)
        if flag == "LIKE_NUM" and self._vocab.lang in WORDS_WITH_SIGNS:
            return every
        holds = _with_character(reading, _CHARACTERS[flag])
        if flag in _LISTED:
            listed = np.array(self._words(reading.vocabulary.words, flag), bool)
            words = reading.word_paragraph[listed[reading.words.id]]
            holds[words[words >= 0]] = True
        return holds

    def _words(self, words: Sequence[str], flag: str) -> list[bool]:
        """For each word of the vocabulary whether spaCy says that it has the attribute."""
        from spacy.attrs import IDS

        vocab: Any = self._vocab  # spaCy's types leave out what it documents
        has_it = vocab.lex_attr_getters[IDS[flag]]
        known = self._listed.setdefault(flag, [])
        known += [bool(has_it(word)) for word in words[len(known) :]]
        return known


class _Folded:
    """The paragraphs' texts without regard to case, each made when it is first asked for."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._texts: dict[int, str] = {}

    def __getitem__(self, paragraph: int) -> str:
        if paragraph not in self._texts:
            start, end = self._reading.paragraph_start[paragraph], self._reading.paragraph_end[paragraph]
            self._texts[paragraph] = self._reading.words.text[start:end].casefold()
        return self._texts[paragraph]


def _conditions(pattern: Sequence[TokenSpec]) -> Iterator[tuple[str, Any]]:
    """The attributes with their values that some token of every match has."""
    for spec in pattern:
        if spec.required:
            yield from spec.attributes.items()


def _flags(conditions: Iterable[tuple[str, Any]]) -> Iterator[str]:
    """The attributes that leave a trace in the characters of a text."""
    for name, condition in conditions:
        if condition is True and name in _CHARACTERS:
            yield name
        elif name == "SHAPE" and values_of(condition) and all("d" in shape for shape in values_of(condition)):
            yield "IS_DIGIT"


def _literals(conditions: Iterable[tuple[str, Any]]) -> Iterator[list[str]]:
    """Texts, without regard to case, of which one must be in the paragraph."""
    for name, condition in conditions:
        if name in ("LOWER", "TEXT", "ORTH") and values_of(condition):
            yield [value.casefold() for value in values_of(condition)]


def _with_character(reading: Reading, wanted: Callable[[str], bool]) -> Bools:
    """The paragraphs that hold such a character."""
    import numpy as np

    codes = reading.words.codes
    distinct = np.unique(codes)
    among = np.array([wanted(chr(code)) for code in distinct.tolist()], bool)
    at = np.flatnonzero(np.isin(codes, distinct[among]))
    holds = np.zeros(len(reading.paragraph_start), bool)
    paragraph = reading.paragraph_at(at)
    inside = (paragraph >= 0) & (at < reading.paragraph_end[paragraph])
    holds[paragraph[inside]] = True
    return holds
