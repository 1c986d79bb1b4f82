"""Finding what is not made of words: users' regexes, and terms such as ":)"."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from rubricate.codebooks.regex_marks import BORDER, LINE_START, NONCHARACTERS, STRAY, TEXT_END, TEXT_START
from rubricate.codebooks.regexes import Regex, compiled
from rubricate.coding.twins import as_typed, twins, units
from rubricate.corpus.words.characters import IGNORED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.codebooks.terms import Term
    from rubricate.corpus.reading import Reading

    Bools = NDArray[np.bool_]

_JOINERS = [ord(character) for character in IGNORED if unicodedata.category(character)[0] != "M"]
r"""What is invisible and no word character to ``\w`` either (variation selectors are marks)."""
_NONCHARACTER = re.compile(f"[{chr(NONCHARACTERS[0])}-{chr(NONCHARACTERS[-1])}]")


def find_spans(term: Term, reading: Reading, spoken: Bools | None) -> Iterator[tuple[int, int]]:
    """Start and end of every match of a term without words, in the paragraphs where ``spoken`` is true."""
    if term.regex is not None:
        return _regex_spans(term.regex, reading, spoken)
    return _literal_spans(term.gaps[0], reading, spoken)


def _literal_spans(characters: str, reading: Reading, spoken: Bools | None) -> Iterator[tuple[int, int]]:
    import numpy as np

    text = reading.words.text
    # Telling that a character is nowhere in the text is much faster than looking for all of them.
    if any(not any(twin in text for twin in twins(unit)) for unit in units(characters) if unit != " "):
        return
    for match in as_typed(characters).finditer(text):
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
    r"""Matches in a paragraph beyond ASCII, where marks stand for ``\b``."""
    import numpy as np

    runs: dict[int, str] = {}
    for mark in regex.marks:
        for offset in _offsets_of(mark, reading, start, piece):
            runs[offset] = runs.get(offset, "") + mark
    edges = sorted(runs)
    clean = _NONCHARACTER.sub(STRAY, piece)
    pieces = [clean[one:other] for one, other in pairwise([0, *edges, len(piece)])]
    marked = pieces[0] + "".join(
        runs[edge] * regex.places + behind for edge, behind in zip(edges, pieces[1:], strict=True)
    )
    lengths = [len(runs[edge]) * regex.places for edge in edges]
    mark_at = np.repeat(edges, lengths) + np.arange(sum(lengths))
    for match in compiled(regex.marked).finditer(marked):
        yield (
            match.start() - int(np.searchsorted(mark_at, match.start())),
            match.end() - int(np.searchsorted(mark_at, match.end())),
        )


def _offsets_of(mark: str, reading: Reading, start: int, piece: str) -> Iterable[int]:
    """Where in a paragraph a mark stands: at every place of its kind."""
    if mark == BORDER:
        return _word_borders(reading, start, piece)
    if mark in (TEXT_START, TEXT_END):
        return [0 if mark == TEXT_START else len(piece)]
    breaks = [index for index, character in enumerate(piece) if character == "\n"]
    return [0, *(index + 1 for index in breaks)] if mark == LINE_START else [*breaks, len(piece)]


def _word_borders(reading: Reading, start: int, piece: str) -> list[int]:
    """Where words begin and end; a joiner at the edge of one is none of its letters."""
    import numpy as np

    words = reading.words
    first = int(np.searchsorted(words.start, start))
    behind = int(np.searchsorted(words.start, start + len(piece)))
    begins, ends = words.start[first:behind] - start, words.end[first:behind] - start
    joiner = np.isin(words.codes[start : start + len(piece)], _JOINERS)
    while (hidden := joiner[begins]).any():
        begins[hidden] += 1
    while (hidden := joiner[ends - 1]).any():
        ends[hidden] -= 1
    borders: list[int] = np.union1d(begins, ends).tolist()
    return borders
