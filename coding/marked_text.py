r"""Paragraphs beyond ASCII, read with marks for a regex that has ``\b`` (``codebooks/regex_marks.py``)."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from rubricate.codebooks.regex_marks import BORDER, LINE_START, NONCHARACTERS, STRAY, TEXT_END, TEXT_START
from rubricate.codebooks.regexes import Regex, compiled
from rubricate.corpus.words.borders import word_edges
from rubricate.corpus.words.characters import IGNORED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_JOINERS = "".join(character for character in IGNORED if unicodedata.category(character)[0] != "M")
r"""What is invisible and no word character to ``\w`` either (variation selectors are marks)."""
_NONCHARACTER = re.compile(f"[{chr(NONCHARACTERS[0])}-{chr(NONCHARACTERS[-1])}]")


def marked_spans(
    regex: Regex, piece: str, borders: Callable[[str], Iterable[int]]
) -> Iterator[tuple[int, int]]:
    """Start and end of the matches in a paragraph; ``borders`` is ``word_borders``, or a cache of it."""
    import numpy as np

    runs: dict[int, str] = {}
    for mark in regex.marks:
        for offset in borders(piece) if mark == BORDER else _offsets_of(mark, piece):
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


def _offsets_of(mark: str, piece: str) -> Iterable[int]:
    """Where in a paragraph a mark stands that is none of a word border: at every place of its kind."""
    if mark in (TEXT_START, TEXT_END):
        return [0 if mark == TEXT_START else len(piece)]
    breaks = [index for index, character in enumerate(piece) if character == "\n"]
    return [0, *(index + 1 for index in breaks)] if mark == LINE_START else [*breaks, len(piece)]


def word_borders(piece: str) -> set[int]:
    """Where words begin and end; a joiner at the edge of one is none of its letters."""
    borders = set()
    for start, end in word_edges(piece):
        word = piece[start:end]
        borders.add(end - len(word.lstrip(_JOINERS)))
        borders.add(start + len(word.rstrip(_JOINERS)))
    return borders
