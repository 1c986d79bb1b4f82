"""Where sentences begin: over arrays, with the abbreviations of the language as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.corpus.words.characters import (
    CLOSER,
    DASH,
    LETTER,
    MARK,
    OPENER,
    SINGLE,
    SPACE,
    TERMINAL,
    UNSPACED_TERMINALS,
)
from rubricate.corpus.words.full_stops import Places, goes_on
from rubricate.corpus.words.languages import language as known_language

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.words.borders import Codes, Ints, Vocabulary, Words

    Bools = NDArray[np.bool_]

_STOP = ord(".")
_STRAIGHT_QUOTES = (ord('"'), ord("'"))
_OPENING_ELSEWHERE = tuple(map(ord, "“‘«‹"))  # and closing in „…“ and »…«
_CLOSING_ELSEWHERE = tuple(map(ord, "»›"))
_UNSPACED = tuple(map(ord, UNSPACED_TERMINALS))
_UNSPACED_AMONG_SINGLES = (ord("!"), ord("?"))
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
    after an abbreviation, an initial or an ordinal number ends it only as ``languages/*.toml`` says.
    """
    import numpy as np

    stop, following, limit = _candidates(words, ranges)
    codes = words.codes
    begins = _first_letter(words, following, codes[stop] != _STOP)
    lower = _is_lower(codes[np.minimum(begins, len(codes) - 1)])
    same = goes_on(words, vocabulary, known_language(language), Places(stop, begins, limit))
    return following[~lower & ~same]


def _candidates(words: Words, ranges: tuple[Ints, Ints] | None) -> tuple[Ints, Ints, Ints]:
    """The last terminal of each row that white space follows, the offset of what stands behind, and the end
    of the stretch.
    """
    import numpy as np

    kinds, codes = words.kinds, words.codes
    stop = np.flatnonzero(kinds == TERMINAL)
    stop = stop[_kind_at(kinds, stop + 1) != TERMINAL]
    limit = np.full(len(stop), len(codes))
    if ranges is not None:
        at = np.searchsorted(ranges[0], stop, side="right") - 1
        limit = np.append(ranges[1], 0)[at]  # 0 before the first stretch
        stop, limit = stop[stop < limit], limit[stop < limit]
    after = _skip_note(words, _skip_closers(words, stop + 1))
    following = after.copy()
    while (spaces := _kind_at(kinds, following) == SPACE).any():
        following[spaces] += 1
    real = ((following > after) | _needs_no_space(words, stop, following)) & (following < len(codes))
    return stop[real], following[real], limit[real]


def _needs_no_space(words: Words, stop: Ints, following: Ints) -> Bools:
    """Whether a terminal ends a sentence without white space behind it: 。 does, and ! between Han."""
    import numpy as np

    codes = words.codes[stop]
    among_singles = np.isin(codes, _UNSPACED_AMONG_SINGLES) & (_kind_at(words.kinds, following) == SINGLE)
    among_singles &= words.kinds[np.maximum(stop - 1, 0)] == SINGLE
    unspaced: Bools = np.isin(codes, _UNSPACED) | among_singles
    return unspaced


def _skip_closers(words: Words, at: Ints) -> Ints:
    """``at`` moved behind the quotes and brackets that close a sentence.

    Straight quotes close as well as open, and so do “ and « before a space („Ja.“ »Ja.«); the French set
    a space before » that stands before no word.
    """
    import numpy as np

    at = at.copy()
    for _ in range(_MOST_CLOSERS):
        codes, behind = _code_at(words, at), _kind_at(words.kinds, at + 1)
        turned = np.isin(codes, _OPENING_ELSEWHERE) & np.isin(behind, (SPACE, CLOSER))
        here = (_kind_at(words.kinds, at) == CLOSER) | np.isin(codes, _STRAIGHT_QUOTES) | turned
        if not here.any():
            break
        at[here] += 1
    spaced = (_kind_at(words.kinds, at) == SPACE) & np.isin(_code_at(words, at + 1), _CLOSING_ELSEWHERE)
    spaced &= ~np.isin(_kind_at(words.kinds, at + 2), (LETTER, MARK, SINGLE, OPENER))
    at[spaced] += 2
    return at


def _first_letter(words: Words, at: Ints, dashed: Bools) -> Ints:
    """``at`` moved behind the quotes and brackets that open a sentence and the space behind them; where
    ``dashed``, behind the dash of a dialogue, too (« Non ! — dit-il).
    """
    import numpy as np

    dash = dashed & (_kind_at(words.kinds, at) == DASH)
    at = at + dash + (dash & (_kind_at(words.kinds, at + 1) == SPACE))
    start = at.copy()
    for _ in range(_MOST_CLOSERS):
        opens = (_kind_at(words.kinds, at) == OPENER) | np.isin(
            _code_at(words, at), (*_STRAIGHT_QUOTES, *_CLOSING_ELSEWHERE)
        )
        if not opens.any():
            break
        at[opens] += 1
    at[(at > start) & (_kind_at(words.kinds, at) == SPACE)] += 1
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
    noted &= closed & (_kind_at(words.kinds, end) == SPACE)
    noted[noted] = _behind_letters(words, at[noted])
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
