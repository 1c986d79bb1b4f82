"""Finding what is not made of words: users' regexes, and terms such as ":)"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rubricate.codebooks.regex_needs import Need
from rubricate.coding.at_once import spans_alone, spans_within, touched
from rubricate.coding.marked_text import marked_spans, word_borders
from rubricate.coding.sieve import Sieve
from rubricate.coding.twins import as_typed, twins, units
from rubricate.corpus.words.characters import SPACE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.codebooks.regexes import Regex
    from rubricate.codebooks.terms import Term
    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]

_ASCII = 127


class Wordless:
    """Terms without words, each with its number, to be looked for in one reading after the other."""

    def __init__(self, terms: Iterable[tuple[int, Term]]) -> None:
        self._terms = list(terms)
        self._sieve = Sieve([_needs(term) for _, term in self._terms])

    def find(self, reading: Reading, spoken: Bools | None) -> Iterator[tuple[int, int, int]]:
        """Number of the term, start and end of every match in the paragraphs where ``spoken`` is true."""
        import numpy as np

        if not self._terms:
            return
        wide = _wide_paragraphs(reading)
        borders = cache(word_borders)  # for as long as the reading is read
        everywhere = np.ones(len(wide), bool) if spoken is None else spoken
        for (number, term), may in zip(self._terms, self._sieve.paragraphs(reading), strict=True):
            where = everywhere if may is None else everywhere & may
            spans = (
                _literal_spans(term.gaps[0], reading, where)
                if term.regex is None
                else _regex_spans(term.regex, reading, where, wide, borders)
            )
            yield from ((number, start, end) for start, end in spans)


def _needs(term: Term) -> tuple[Need, ...]:
    if term.regex is not None:
        return term.regex.needs
    beginnings = [{twin[0]: None for twin in twins(unit)} for unit in units(term.gaps[0]) if unit != " "]
    return tuple(Need((), tuple(signs)) for signs in beginnings)


def _wide_paragraphs(reading: Reading) -> Bools:
    """Paragraphs with letters, marks or digits beyond ASCII, or signs that another Unicode has for these."""
    import numpy as np

    beyond = np.flatnonzero((reading.words.codes > _ASCII) & (reading.words.kinds < SPACE))
    paragraph = reading.paragraph_at(beyond)
    wide = np.zeros(len(reading.paragraph_start), bool)
    wide[paragraph[paragraph >= 0]] = True
    return wide


def _literal_spans(characters: str, reading: Reading, where: Bools) -> Iterator[tuple[int, int]]:
    for start, end in _paragraphs(reading, where).tolist():
        for match in as_typed(characters).finditer(reading.words.text, start, end):
            yield match.span()


def _regex_spans(
    regex: Regex, reading: Reading, where: Bools, wide: Bools, borders: Callable[[str], Iterable[int]]
) -> list[tuple[int, int]]:
    """Start and end of the matches in the paragraphs where this is true, in order."""
    text = reading.words.text
    search = spans_alone if regex.anchored else spans_within
    spans = search(regex.narrow, text, _paragraphs(reading, where & ~wide))
    beyond = _paragraphs(reading, where & wide)
    if not regex.borders:
        return sorted(spans + search(regex.loose, text, beyond))
    if len(beyond) and not regex.anchored:
        beyond = beyond[touched(regex.loose, text, beyond)]
    for start, end in beyond.tolist():
        found = marked_spans(regex, text[start:end], borders)
        spans += ((start + one, start + other) for one, other in found)
    return sorted(spans)


def _paragraphs(reading: Reading, where: Bools) -> Ints:
    """Start and end of the paragraphs where this is true, as rows."""
    import numpy as np

    chosen = np.flatnonzero(where)
    return np.array((reading.paragraph_start[chosen], reading.paragraph_end[chosen])).T
