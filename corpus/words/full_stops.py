"""Which full stops end no sentence: those of abbreviations, initials, ordinal and list numbers; and which
ellipses do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rubricate.corpus.words.characters import (
    CLOSER,
    LETTER,
    MARK,
    OPENER,
    OTHER,
    SINGLE,
    SPACE,
    TERMINAL,
    ZWNJ,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.words.borders import Ints, Vocabulary, Words
    from rubricate.corpus.words.languages import Language

    Bools = NDArray[np.bool_]

_STOP = ord(".")
_ELLIPSIS = ord("…")
_LINE_BREAK = ord("\n")
_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN = frozenset(tens + ones for tens in ("", "x", "xx", "xxx") for ones in _ONES)
_COLONS = (ord(":"), ord(";"))
_ITEM_DIGITS = 2
_ORDINAL_DIGITS = 3  # four are a year


class Places(NamedTuple):
    """Offsets of the terminals that may end a sentence, of the first letter of what follows each, and of the
    end of the stretch in which each stands: words from there on are not asked.
    """

    stop: Ints
    begins: Ints
    limit: Ints


def goes_on(words: Words, vocabulary: Vocabulary, known: Language, places: Places) -> Bools:
    """For each place whether the sentence goes on behind it, as far as the words beside it tell."""
    import numpy as np

    stop, begins, limit = places
    if not len(words):
        return np.zeros(len(stop), bool)
    before = np.maximum(np.searchsorted(words.end, stop, side="right") - 1, 0)
    behind = np.minimum(np.searchsorted(words.start, begins), len(words) - 1)
    touching = (words.end[before] == stop) & (words.codes[stop] == _STOP)
    # After a zero-width non-joiner stands the ending of a word: گفته‌ام.
    touching &= _before(words.codes, words.start[before], 1) != ord(ZWNJ)
    asked_of = before[touching]
    if known.ordinal_behind:
        asked_of = np.concatenate((asked_of, np.maximum(asked_of - 1, 0)))
    folded = _Folded(vocabulary, np.unique(np.concatenate((words.id[asked_of], words.id[behind]))))
    asked = (words.start[behind] >= begins) & (words.start[behind] < limit)
    opens = folded.among(words.id[behind], known.starters | known.openers) & asked
    opens &= ~_is_initial(words, folded, behind)
    found: Bools = _abbreviated(words, folded, known, before, behind, asked, opens)
    found |= _ordinal(words, folded, known, before, behind, asked) & ~opens
    found &= touching
    numbered = touching & folded.when(words.id[before], str.isdigit)
    numbered[numbered] = _opens_item(words, before[numbered], stop[~found])
    found |= numbered | (_trails_off(words, known, stop, begins) & ~opens)
    return found


def _abbreviated(
    words: Words, folded: _Folded, known: Language, before: Ints, behind: Ints, asked: Bools, opens: Bools
) -> Bools:
    """Whether the word ``before`` a full stop is an abbreviation or an initial there.

    ``behind`` is the word that follows, where ``asked``; where ``opens``, it usually begins a sentence.
    """
    before_id = words.id[before]
    is_number = folded.when(words.id[behind], _is_number) & ~opens & asked
    initial = folded.when(before_id, _is_letter) & _stands_alone(words, before)
    last = folded.among(before_id, known.sometimes_last) | initial | _dotted(words, before)
    abbreviated: Bools = (
        folded.among(before_id, known.before_more)
        | (folded.among(before_id, known.before_number) & is_number)
        | (last & ~opens)
    )
    return abbreviated


def _is_initial(words: Words, folded: _Folded, at: Ints) -> Bools:
    """Whether a word is one letter with a full stop: the A of J. A. Smith, which begins no sentence."""
    import numpy as np

    end = words.end[at]
    stopped = (end < len(words.codes)) & (words.codes[np.minimum(end, len(words.codes) - 1)] == _STOP)
    initial: Bools = stopped & folded.when(words.id[at], _is_letter)
    return initial


def _ordinal(
    words: Words, folded: _Folded, known: Language, before: Ints, behind: Ints, asked: Bools
) -> Bools:
    """Whether the word ``before`` a full stop is an ordinal number: am 3. März, II. Dünya Savaşı."""
    import numpy as np

    if not (known.ordinal_anywhere or known.ordinal_behind or known.ordinal_before):
        return np.zeros(len(before), bool)
    number: Bools = folded.when(words.id[before], _is_ordinal)
    # The 5 of "3,5" and of "5%5" counts nothing.
    number &= ~np.isin(_before(words.kinds, words.start[before], 1), (OTHER, TERMINAL))
    if known.ordinal_anywhere:
        return number
    previous = np.maximum(before - 1, 0)
    near = (before > 0) & (words.start[before] - words.end[previous] == 1)
    introduced = folded.among(words.id[previous], known.ordinal_behind) & near
    number &= introduced | (folded.among(words.id[behind], known.ordinal_before) & asked)
    return number


def _trails_off(words: Words, known: Language, stop: Ints, begins: Ints) -> Bools:
    """Whether an ellipsis stands before a letter of a script without capitals, whose words alone tell whether
    a sentence begins; nowhere, where no such words are known.
    """
    import numpy as np

    if not known.openers:
        return np.zeros(len(stop), bool)
    dots = (words.codes[stop] == _STOP) & (_before(words.codes, stop, 1) == _STOP)
    trailing: Bools = (words.codes[stop] == _ELLIPSIS) | dots
    place = np.minimum(begins[trailing], len(words.codes) - 1)
    letters = map(chr, words.codes[place].tolist())
    trailing[trailing] = [letter.isalpha() and letter.lower() == letter.upper() for letter in letters]
    return trailing


def _stands_alone(words: Words, at: Ints) -> Bools:
    """Whether the word is neither the unit in "1.5°C" nor the end of "Iran's", and no Han."""
    import numpy as np

    start = words.start[at]
    last, last_but_one = _before(words.kinds, start, 1), _before(words.kinds, start, 2)
    quote = np.isin(last, (OPENER, CLOSER)) & (start > 1) & np.isin(last_but_one, (LETTER, MARK))
    joined = quote | ((start > 0) & (last == OTHER))
    alone: Bools = (words.kinds[start] != SINGLE) & ~joined
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


def _is_letter(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


def _is_number(word: str) -> bool:
    return word.isdigit() or word in _ROMAN


def _is_ordinal(word: str) -> bool:
    return _is_number(word) and not (word.isdigit() and len(word) > _ORDINAL_DIGITS)


class _Folded:
    """The folded spellings of some words of a vocabulary, by number, each looked at once.

    Of words that are not among them the answers mean nothing.
    """

    def __init__(self, vocabulary: Vocabulary, ids: Ints) -> None:
        import numpy as np

        self._place = np.zeros(len(vocabulary.words), np.int64)
        self._place[ids] = np.arange(len(ids))
        self._words = [vocabulary.folded[number] for number in ids.tolist()]
        self._answers: dict[Callable[[str], bool], Bools] = {}

    def among(self, ids: NDArray[np.int32], wanted: frozenset[str]) -> Bools:
        return self.when(ids, wanted.__contains__)

    def when(self, ids: NDArray[np.int32], holds: Callable[[str], bool]) -> Bools:
        import numpy as np

        if holds not in self._answers:
            self._answers[holds] = np.fromiter(map(holds, self._words), bool, len(self._words))
        found: Bools = self._answers[holds][self._place[ids]]
        return found
