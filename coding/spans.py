"""Finding what is not made of words: users' regexes, and terms such as ":)"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from rubricate.codebooks.regexes import MARK, STRAY_MARK, Regex, compiled
from rubricate.corpus.words.characters import DASHES, IGNORED, QUOTES, ZWNJ

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.codebooks.terms import Term
    from rubricate.corpus.reading import Reading

    Bools = NDArray[np.bool_]


_INVISIBLE = f"[{IGNORED}]*"


def find_spans(term: Term, reading: Reading, spoken: Bools | None) -> Iterator[tuple[int, int]]:
    """Start and end of every match of a term without words, in the paragraphs where ``spoken`` is true."""
    if term.regex is not None:
        return _regex_spans(term.regex, reading, spoken)
    return _literal_spans(as_typed(term.gaps[0]), reading, spoken)


def as_typed(characters: str, *, at_end: bool = False) -> re.Pattern[str]:
    """Folded characters as a regex for the text as it is."""
    return re.compile(_INVISIBLE.join(map(_unfolded, characters)) + (r"\Z" if at_end else ""))


def _unfolded(character: str) -> str:
    if character == " ":
        return r"\s+"
    twins = {"-": DASHES + ZWNJ, **{quote: quote + twins for quote, twins in QUOTES.items()}}
    return f"[{re.escape(twins[character])}]" if character in twins else re.escape(character)


def _literal_spans(
    pattern: re.Pattern[str], reading: Reading, spoken: Bools | None
) -> Iterator[tuple[int, int]]:
    import numpy as np

    for match in pattern.finditer(reading.words.text):
        paragraph = int(np.searchsorted(reading.paragraph_start, match.start(), side="right")) - 1
        within = paragraph >= 0 and match.end() <= reading.paragraph_end[paragraph]
        if within and (spoken is None or spoken[paragraph]):
            yield match.span()


def _regex_spans(regex: Regex, reading: Reading, spoken: Bools | None) -> Iterator[tuple[int, int]]:
    """The regex's matches, searched again paragraph by paragraph wherever its loose form finds any."""
    text = reading.words.text
    for paragraph in _worth_a_look(regex, reading):
        if spoken is not None and not spoken[paragraph]:
            continue
        start, end = int(reading.paragraph_start[paragraph]), int(reading.paragraph_end[paragraph])
        piece = text[start:end]
        if regex.borders and not piece.isascii():
            spans = _marked_spans(regex, reading, start, piece)
        else:
            spans = (match.span() for match in compiled(regex.plain).finditer(piece))
        yield from ((start + first, start + last) for first, last in spans if first < last)


def _worth_a_look(regex: Regex, reading: Reading) -> list[int]:
    """The paragraphs that the regex's loose form touches when it reads the joined text at once."""
    import numpy as np

    if regex.anchored:
        return list(range(len(reading.paragraph_start)))
    spans = [match.span() for match in compiled(regex.loose).finditer(reading.words.text)]
    touched: set[int] = set()
    for start, end in spans:
        first = int(np.searchsorted(reading.paragraph_end, start, side="right"))
        behind = int(np.searchsorted(reading.paragraph_start, end, side="left"))
        touched.update(range(first, behind))
    return sorted(touched)


def _marked_spans(regex: Regex, reading: Reading, start: int, piece: str) -> Iterator[tuple[int, int]]:
    r"""Matches in a paragraph beyond ASCII, where MARKs stand for ``\b``."""
    import numpy as np

    words = reading.words
    first = int(np.searchsorted(words.start, start))
    behind = int(np.searchsorted(words.start, start + len(piece)))
    begins, ends = words.start[first:behind] - start, words.end[first:behind] - start
    invisible = np.isin(words.codes[start : start + len(piece)], list(map(ord, IGNORED)))
    while (hidden := invisible[begins]).any():  # a joiner at the edge of a word is none of its letters
        begins[hidden] += 1
    while (hidden := invisible[ends - 1]).any():
        ends[hidden] -= 1
    edges = np.union1d(begins, ends)
    clean = piece.replace(MARK, STRAY_MARK)
    marked = (MARK * regex.borders).join(
        clean[one:other] for one, other in pairwise([0, *edges.tolist(), len(piece)])
    )
    mark_at = np.repeat(edges, regex.borders) + np.arange(len(edges) * regex.borders)
    for match in compiled(regex.marked).finditer(marked):
        yield (
            match.start() - int(np.searchsorted(mark_at, match.start())),
            match.end() - int(np.searchsorted(mark_at, match.end())),
        )
