"""Where sentences begin: over arrays, with the abbreviations of the language as data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rubricate.corpus.words.characters import (
    CLOSER,
    LETTER,
    MARK,
    OPENER,
    OTHER,
    SPACE,
    TERMINAL,
    UNSPACED_TERMINALS,
)
from rubricate.corpus.words.languages import language as known_language

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.words.borders import Codes, Ints, Vocabulary, Words

    Bools = NDArray[np.bool_]

_STOP = ord(".")
_LINE_BREAK = ord("\n")
_ROMAN = re.compile("x{0,3}(?:ix|iv|v?i{0,3})")
_COLONS = (ord(":"), ord(";"))
_ITEM_DIGITS = 2
_STRAIGHT_QUOTES = (ord('"'), ord("'"))
_NOTE_DIGITS = 3
_LETTERS_BEFORE_NOTE = 3
_MOST_CLOSERS = 4  # ."”) and a footnote mark: longer rows of them do not occur in prose


def sentence_starts(
    words: Words, vocabulary: Vocabulary, language: str, ranges: tuple[Ints, Ints] | None = None
) -> Ints:
    """Offsets at which a new sentence begins within running text, sorted.

    ``ranges`` are the starts and ends of the stretches to look at, sorted; None: the whole text.

    The starts of paragraphs are not among them: the caller knows those. A sentence ends at a row of
    terminals (``.``, ``?``, ``…``, ``؟``, ``。``) with the quotes and brackets that close behind it,
    where white space follows (not asked of ``。``) and the next letter is no small one; a full stop
    after an abbreviation or an initial ends it only as ``languages/*.toml`` says.
    """
    import numpy as np

    stop, following, limit = _candidates(words, ranges)
    codes = words.codes
    begins = _skip(words, following, OPENER)
    lower = _is_lower(codes[np.minimum(begins, len(codes) - 1)])
    abbreviated = _abbreviated(words, vocabulary, language, stop, begins, limit)
    return following[~lower & ~abbreviated]


def _candidates(words: Words, ranges: tuple[Ints, Ints] | None) -> tuple[Ints, Ints, Ints]:
    """The last terminal of each row that white space follows, the offset of what stands behind, and the end
    of the stretch.
    """
    import numpy as np

    kinds, codes = words.kinds, words.codes
    terminal = kinds == TERMINAL
    stop = np.flatnonzero(terminal & ~np.concatenate((terminal[1:], [False])))
    limit = np.full(len(stop), len(codes))
    if ranges is not None:
        at = np.searchsorted(ranges[0], stop, side="right") - 1
        limit = np.append(ranges[1], 0)[at]  # 0 before the first stretch
        stop, limit = stop[stop < limit], limit[stop < limit]
    after = _skip_note(words, _skip(words, stop + 1, CLOSER))
    following = after.copy()
    while (spaces := _kind_at(kinds, following) == SPACE).any():
        following[spaces] += 1
    unspaced = np.isin(codes[stop], np.array([ord(mark) for mark in UNSPACED_TERMINALS], np.uint32))
    real = ((following > after) | unspaced) & (following < len(codes))
    return stop[real], following[real], limit[real]


def _skip(words: Words, at: Ints, kind: int) -> Ints:
    """``at`` moved behind the characters of a class; straight quotes open as well as close."""
    import numpy as np

    at = at.copy()
    for _ in range(_MOST_CLOSERS):
        codes = words.codes[np.minimum(at, len(words.codes) - 1)]
        here = (_kind_at(words.kinds, at) == kind) | np.isin(codes, _STRAIGHT_QUOTES)
        at[here & (at < len(words.codes))] += 1
    return at


def _skip_note(words: Words, at: Ints) -> Ints:
    """``at`` moved behind the number of a note (ended.12 or ended.[3]) that white space follows.

    Only behind a word of three letters or more: "No.12" and "1991.12" are no ends of sentences.
    """
    import numpy as np

    bracket = _code_at(words, at) == ord("[")
    end = at + bracket
    for _ in range(_NOTE_DIGITS):
        digit = (_code_at(words, end) >= ord("0")) & (_code_at(words, end) <= ord("9"))
        end = end + digit
    noted = end > at + bracket
    closed = ~bracket | (_code_at(words, end) == ord("]"))
    end = end + (bracket & closed)
    noted &= closed & (_kind_at(words.kinds, end) == SPACE) & _behind_letters(words, at)
    return np.where(noted, end, at)


def _behind_letters(words: Words, at: Ints) -> Bools:
    """Whether the last word before a place has three letters or more and no digit at its end."""
    import numpy as np

    if not len(words):
        return np.zeros(len(at), bool)
    before = np.maximum(np.searchsorted(words.end, at, side="right") - 1, 0)
    last = words.codes[words.end[before] - 1]
    digit = (last >= ord("0")) & (last <= ord("9"))
    behind: Bools = (words.end[before] - words.start[before] >= _LETTERS_BEFORE_NOTE) & ~digit
    return behind


def _code_at(words: Words, at: Ints) -> Codes:
    import numpy as np

    codes = words.codes[np.minimum(at, len(words.codes) - 1)]
    return np.where(at < len(words.codes), codes, 0)


def _kind_at(kinds: NDArray[np.uint8], at: Ints) -> NDArray[np.uint8]:
    import numpy as np

    return np.where(at < len(kinds), kinds[np.minimum(at, len(kinds) - 1)], np.uint8(255))


def _is_lower(codes: Codes) -> Bools:
    import numpy as np

    distinct, places = np.unique(codes, return_inverse=True)
    return np.array([chr(code).islower() for code in distinct.tolist()], bool)[places]


def _abbreviated(
    words: Words, vocabulary: Vocabulary, language: str, stop: Ints, begins: Ints, limit: Ints
) -> Bools:
    """For each full stop whether it belongs to an abbreviation, an initial or a list number.

    ``begins`` are the offsets at which the next sentence would begin; words from ``limit`` on are not asked.
    """
    import numpy as np

    if not len(words):
        return np.zeros(len(stop), bool)
    known = known_language(language)
    before = np.maximum(np.searchsorted(words.end, stop, side="right") - 1, 0)
    touching = (words.end[before] == stop) & (words.codes[stop] == _STOP)
    behind = np.minimum(np.searchsorted(words.start, begins), len(words) - 1)
    before_id, behind_id = words.id[before], words.id[behind]
    folded = _Folded(vocabulary, np.unique(np.concatenate((before_id[touching], behind_id[touching]))))
    asked = (words.start[behind] >= begins) & (words.start[behind] < limit)
    starts = folded.among(behind_id, known.starters) & asked
    is_number = folded.when(behind_id, _is_number) & ~starts & asked
    dotted = _dotted(words, before)
    initial = folded.when(before_id, str.isalpha) & _stands_alone(words, before)
    abbreviated: Bools = touching & (
        folded.among(before_id, known.before_more)
        | (folded.among(before_id, known.before_number) & is_number)
        | ((folded.among(before_id, known.sometimes_last) | initial | dotted) & ~starts)
    )
    numbered: Bools = touching & folded.when(before_id, str.isdigit)
    numbered &= _opens_item(words, before, stop[~abbreviated])
    return abbreviated | numbered


def _stands_alone(words: Words, at: Ints) -> Bools:
    """Whether the word is one character, and neither the unit in "1.5°C" nor the end of "Iran's"."""
    import numpy as np

    start = words.start[at]
    last, last_but_one = _before(words.kinds, start, 1), _before(words.kinds, start, 2)
    quote = np.isin(last, (OPENER, CLOSER)) & (start > 1) & np.isin(last_but_one, (LETTER, MARK))
    joined = quote | ((start > 0) & (last == OTHER))
    alone: Bools = (words.end[at] - start == 1) & ~joined
    return alone


def _dotted(words: Words, at: Ints) -> Bools:
    """Whether the word ends an abbreviation with dots inside: the S of U.S., the m of p.m."""
    import numpy as np

    previous = np.maximum(at - 1, 0)
    gap = words.start[at] - words.end[previous]
    short = (words.end[at] - words.start[at] <= 2) & (words.end[previous] - words.start[previous] <= 2)
    dotted: Bools = (at > 0) & (gap == 1) & (_before(words.codes, words.start[at], 1) == _STOP) & short
    return dotted


def _opens_item(words: Words, at: Ints, ends: Ints) -> Bools:
    """Whether a word is the first of its line, or a short one behind a colon or one of the ``ends`` of
    sentences: the 1 of "1. Introduction", the 1 and 2 of "goals: 1. Peace. 2. Bread."
    """
    import numpy as np

    start = words.start[at]
    start = start - ((start > 0) & (_before(words.kinds, start, 1) == OPENER))
    line = (start == 0) | (_before(words.codes, start, 1) == _LINE_BREAK)
    spaced = (start > 1) & (_before(words.kinds, start, 1) == SPACE)
    colon = np.isin(_before(words.codes, start, 2), _COLONS)
    introduced = spaced & (colon | np.isin(start - 2, ends))
    opens: Bools = line | (introduced & (words.end[at] - words.start[at] <= _ITEM_DIGITS))
    return opens


def _before(values: NDArray[Any], at: Ints, back: int) -> NDArray[Any]:
    """The values some places before ``at``, where there are any."""
    import numpy as np

    return values[np.maximum(at - back, 0)]


def _is_number(word: str) -> bool:
    return word.isdigit() or _ROMAN.fullmatch(word) is not None


class _Folded:
    """The folded spellings of some words of a vocabulary, each looked at once."""

    def __init__(self, vocabulary: Vocabulary, ids: Ints) -> None:
        self._ids = ids
        self._words = [vocabulary.folded[number] for number in ids.tolist()]

    def among(self, ids: NDArray[np.int32], wanted: frozenset[str]) -> Bools:
        return self.when(ids, wanted.__contains__)

    def when(self, ids: NDArray[np.int32], holds: Callable[[str], bool]) -> Bools:
        import numpy as np

        true = self._ids[np.array([holds(word) for word in self._words], bool)]
        return np.isin(ids, true)
