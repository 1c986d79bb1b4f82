"""Flags: what the words before a segment do to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.codebooks.terms import parse_term
from rubricate.coding.cues import read_cues
from rubricate.coding.match import find_terms
from rubricate.coding.overlap import lies_inside
from rubricate.coding.plan import compile_terms
from rubricate.corpus.words.characters import DASH

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rubricate.coding.match import Matches
    from rubricate.coding.plan import Terms
    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]

_PUNCTUATION = re.compile(r"[;:()—]|\s[-–]\s")
"""Marks over which no cue reaches. A comma is none of them: "no sanctions, embargoes or threats"."""


@dataclass(frozen=True)
class FlagRules:
    """The cues of one flag and language, compiled: cues come first, then pseudo-cues, then ends."""

    terms: Terms
    cues: int
    pseudo: int
    window: int


def compile_flag(flag: str, language: str) -> FlagRules | None:
    """The rules of a flag in a language; None where the language has none yet."""
    cues = read_cues(flag, language)
    if not cues.cues:
        return None
    texts = (*cues.cues, *cues.pseudo, *cues.ends)
    terms = compile_terms((parse_term(text, "word") for text in texts), language)
    return FlagRules(terms, len(cues.cues), len(cues.pseudo), cues.window)


def flagged(rules: FlagRules, reading: Reading, segments: Matches, sentence_start: Ints) -> Bools:
    """For each segment whether a cue reaches it; ``sentence_start`` is where its sentence begins."""
    import numpy as np

    if not len(segments):
        return np.zeros(0, bool)
    worth_a_look = np.zeros(len(reading.paragraph_start), bool)
    worth_a_look[reading.paragraph_at(segments.start)] = True
    found = find_terms(rules.terms, reading, worth_a_look)
    is_cue = found.term < rules.cues
    cues = found.take(is_cue)
    pseudo = found.take(~is_cue & (found.term < rules.cues + rules.pseudo))
    ends = found.take(found.term >= rules.cues + rules.pseudo)
    cues = cues.take(~lies_inside(cues.start, cues.end, pseudo.start, pseudo.end))
    cues = cues.take(~_belongs_to_next(reading, cues))
    cue_end = np.sort(cues.word + cues.words)
    if not len(cue_end):
        return np.zeros(len(segments), bool)
    nearest = np.searchsorted(cue_end, segments.word, side="right") - 1
    behind_cue = cue_end[nearest]
    first = np.searchsorted(reading.words.start, sentence_start)
    near = (nearest >= 0) & (behind_cue > first) & (segments.word - behind_cue <= rules.window)
    near[near] = ~_barred(reading, ends, behind_cue[near], segments.take(near))
    return near


def _belongs_to_next(reading: Reading, cues: Matches) -> Bools:
    """Whether a cue is part of something longer: "No. 1929", "no-fly zone"."""
    import numpy as np

    words = reading.words
    behind = np.minimum(cues.end, len(words.codes) - 1)
    following = np.minimum(cues.word + cues.words, len(words) - 1)
    hyphen = (words.kinds[behind] == DASH) & (words.start[following] == cues.end + 1)
    first = words.codes[words.start[following]]
    digit = (first >= ord("0")) & (first <= ord("9"))
    belongs: Bools = (
        hyphen | (words.codes[behind] == ord(".")) | (digit & (following == cues.word + cues.words))
    )
    return belongs


def _barred(reading: Reading, ends: Matches, behind_cue: Ints, segments: Matches) -> Bools:
    """Whether an end of scope stands between a segment and the cue before ``behind_cue`` (a word)."""
    import numpy as np

    stops = np.sort(ends.word)
    by_word: Bools = np.searchsorted(stops, segments.word) > np.searchsorted(stops, behind_cue)
    by_mark = [
        _PUNCTUATION.search(reading.words.text, one, other) is not None
        for one, other in zip(
            reading.words.end[behind_cue - 1].tolist(), segments.start.tolist(), strict=True
        )
    ]
    barred: Bools = by_word | np.array(by_mark, bool)
    return barred
