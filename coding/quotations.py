"""Quotations: what stands between quotation marks, by array.

Marks pair within a paragraph; single ones only within a sentence, because apostrophes look like them. A mark
that finds no partner quotes nothing. Where the next paragraph begins with the same opening mark, though, the
quotation goes on there, as is the custom, and lasts to the end of this paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.coding.marks import among, kinds_beside
from rubricate.corpus.words.characters import (
    CLOSER,
    DASH,
    LETTER,
    MARK,
    OPENER,
    SINGLE,
    SINGLE_MARK,
    SPACE,
    TERMINAL,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.reading import Reading, Sentences
    from rubricate.corpus.words.borders import Codes, Ints

    Bools = NDArray[np.bool_]

_FAMILIES = ('"“”„‟', "'‘’‚‛", "«»", "‹›", "「」", "『』")
"""Marks that pair with each other: texts mix straight and curly ones."""
_SINGLE_MARKS = _FAMILIES[1]
_OF_NO_CLASS = "„‟‚‛"  # the others are openers or closers
_WORD_KINDS = (LETTER, MARK, SINGLE, SINGLE_MARK)
_DEEPEST = 8  # rounds in which pairs are taken out from the inside; no prose nests deeper


@dataclass(frozen=True, slots=True, eq=False)
class _Marks:
    """Quotation marks in order: offset, code point, and whether each opens or closes a quotation."""

    at: Ints
    code: Codes
    opens: Bools

    def take(self, which: Ints | Bools) -> _Marks:
        return _Marks(self.at[which], self.code[which], self.opens[which])


def find_quotations(reading: Reading, sentences: Sentences) -> tuple[Ints, Ints]:
    """Start and end of every quotation, its marks included, in the paragraphs of these sentences."""
    import numpy as np

    marks = _find_marks(reading, sentences)
    sentence = sentences.at(marks.at)
    found = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
    for family in _FAMILIES:
        mine = np.flatnonzero(among(marks.code, family))
        if not len(mine):
            continue
        some, single = marks.take(mine), family is _SINGLE_MARKS
        within = sentence[mine] if single else sentences.paragraph[sentence[mine]]
        opening, closing, alone = _pairs(some.opens, within)
        found.append((some.at[opening], some.at[closing] + 1))
        if not single:
            found.append(_going_on(reading, some.take(alone), within[alone]))
    starts, ends = zip(*found, strict=True)
    return np.concatenate(starts), np.concatenate(ends)


def _find_marks(reading: Reading, sentences: Sentences) -> _Marks:
    """The marks that open or close something in the paragraphs in which these sentences stand."""
    import numpy as np

    codes, kinds = reading.words.codes, reading.words.kinds
    at = np.flatnonzero(kinds >= CLOSER)
    for mark in _OF_NO_CLASS:
        if mark in reading.words.text:
            at = np.sort(np.append(at, np.flatnonzero(codes == ord(mark))))
    looked_at = np.zeros(len(reading.paragraph_start), bool)
    looked_at[sentences.paragraph] = True
    at = at[among(codes[at], "".join(_FAMILIES)) & looked_at[reading.paragraph_at(at)]]
    opens, closes = _what_they_do(reading, at)
    return _Marks(at, codes[at], opens).take(opens | closes)


def _what_they_do(reading: Reading, at: Ints) -> tuple[Bools, Bools]:
    """Which marks open and which close, by their shape and by what stands beside them.

    An apostrophe inside a word or before one does neither. An inch mark can only close, since behind a digit
    nothing opens.
    """
    import numpy as np

    codes, kinds = reading.words.codes, reading.words.kinds
    before, behind = kinds_beside(kinds, at)
    code, next_code = codes[at], codes[np.minimum(at + 1, len(codes) - 1)]
    word_before, word_behind = np.isin(before, _WORD_KINDS), np.isin(behind, _WORD_KINDS)
    free = (before == SPACE) | (before == OPENER) | ((before == DASH) & word_behind)
    can_open, can_close = free & (behind != SPACE), (before != SPACE) & ~word_behind
    apostrophe = among(code, "\"'‘’") & word_before & word_behind
    turned = among(code, "“‘«‹") & can_close & (word_before | (before == TERMINAL))  # „Ja.“ »Ja.«
    opens = among(code, "「『") | (among(code, "„‟‚‛") & ~word_before) | (among(code, "“‘«‹") & ~turned)
    opens |= among(code, "”»›") & can_open & word_behind  # ”Ja.” »Ja.«
    opens |= among(code, '"') & can_open
    opens |= among(code, "'") & can_open & word_behind & ~among(next_code, "0123456789")
    closes = among(code, "」』”»›") | turned | (among(code, "\"'’") & can_close)
    return opens & ~apostrophe, closes & ~opens & ~apostrophe


def _pairs(opens: Bools, within: Ints) -> tuple[Ints, Ints, Ints]:
    """Indices of the marks that open a pair, of those that close it, and of those left alone.

    Marks of different ``within`` never pair. An opening mark and a closing one that follows it directly are
    a pair; taken out, they let those around them meet.
    """
    import numpy as np

    left = np.arange(len(opens))
    opening, closing = [left[:0]], [left[:0]]
    for _ in range(_DEEPEST):
        one, other = left[:-1], left[1:]
        meet = opens[one] & ~opens[other] & (within[one] == within[other])
        if not meet.any():
            break
        opening.append(one[meet])
        closing.append(other[meet])
        gone = np.zeros(len(left), bool)
        gone[:-1] |= meet
        gone[1:] |= meet
        left = left[~gone]
    return np.concatenate(opening), np.concatenate(closing), left


def _going_on(reading: Reading, alone: _Marks, paragraph: Ints) -> tuple[Ints, Ints]:
    """Start and end of the quotations that go on in the next paragraph: it begins with the mark that is the
    last to be left open in this one.
    """
    import numpy as np

    last = np.append(paragraph[1:] != paragraph[:-1], True)[: len(paragraph)] & alone.opens
    at, paragraph, code = alone.at[last], paragraph[last], alone.code[last]
    following = np.minimum(paragraph + 1, len(reading.paragraph_start) - 1)
    same = reading.paragraph_document[following] == reading.paragraph_document[paragraph]
    start = np.minimum(reading.paragraph_start[following], len(reading.words.codes) - 1)
    goes_on = same & (following > paragraph) & (reading.words.codes[start] == code)
    return at[goes_on], reading.paragraph_end[paragraph[goes_on]]
