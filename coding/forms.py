"""In which surface forms entries were found."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rubricate.coding.batch import NOTHING, pieces_of
from rubricate.corpus.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rubricate.coding.batch import Piece, Scattered
    from rubricate.coding.match import Matches
    from rubricate.corpus.reading import Reading


def count_forms(
    reading: Reading, matches: Matches, scattered: Scattered = NOTHING
) -> Counter[tuple[int, str]]:
    """How often each entry matched each surface form: its folded words, one space between them, and … for
    words between them that are not matched (``scattered``).

    Matches are told apart by the numbers of their words; only one of each kind is read. A match
    without words has its own characters as form.
    """
    import numpy as np

    pieces = pieces_of(matches, scattered)
    whole = np.ones(len(matches), bool)
    whole[list(pieces)] = False
    forms = _single_words(reading, matches.take(whole & (matches.words == 1)))
    forms.update((int(matches.term[index]), _in_pieces(reading, some)) for index, some in pieces.items())
    forms.update(
        (int(matches.term[index]), _characters(reading, matches, index))
        for index in np.flatnonzero(whole & (matches.words == 0)).tolist()
    )
    _add_phrases(forms, reading, matches.take(whole & (matches.words > 1)))
    return forms


def _single_words(reading: Reading, matches: Matches) -> Counter[tuple[int, str]]:
    """How often each entry matched each folded word, of matches of one word."""
    import numpy as np
    import pandas as pd

    word, ids = pd.factorize(reading.words.ids(matches.word))
    numbers: dict[str, int] = {}
    folded = (reading.vocabulary.folded[one] for one in ids.tolist())
    number = np.fromiter((numbers.setdefault(text, len(numbers)) for text in folded), np.int64, len(ids))
    key, distinct = pd.factorize(matches.term * len(ids) + number[word])
    entry, text = np.divmod(distinct, max(len(ids), 1))
    rows = zip(entry.tolist(), map(list(numbers).__getitem__, text.tolist()), strict=True)
    return Counter(dict(zip(rows, np.bincount(key).tolist(), strict=True)))


def _add_phrases(forms: Counter[tuple[int, str]], reading: Reading, matches: Matches) -> None:
    """Add how often each entry matched which folded words, of matches of several words."""
    import numpy as np
    import pandas as pd

    if not len(matches):
        return
    key, size = matches.term, len(reading.vocabulary.words) + 1
    for place in range(int(matches.words.max())):
        at = np.minimum(matches.word + place, len(reading.words) - 1)
        number = np.where(place < matches.words, reading.words.ids(at) + 1, 0)
        key = pd.factorize(key * size + number)[0]  # numbered as they come first
    first = np.flatnonzero(np.diff(np.maximum.accumulate(key), prepend=-1))
    for index, times in zip(first.tolist(), np.bincount(key).tolist(), strict=True):
        one, other = int(matches.word[index]), int(matches.word[index] + matches.words[index])
        words = (
            reading.vocabulary.folded[number] for number in reading.words.ids(slice(one, other)).tolist()
        )
        forms[int(matches.term[index]), " ".join(words)] += times


def _in_pieces(reading: Reading, pieces: Sequence[Piece]) -> str:
    """The folded words of each piece, … between them where another word stands there."""
    form, behind = "", pieces[0].word
    for one in pieces:
        ids = reading.words.ids(slice(one.word, one.word + one.words)).tolist()
        words = [reading.vocabulary.folded[number] for number in ids]
        own = " ".join(words) or fold(reading.words.text[one.start : one.end])
        form += (" … " if one.word > behind else " ") + own
        behind = one.word + one.words
    return form.strip()


def _characters(reading: Reading, matches: Matches, index: int) -> str:
    return fold(reading.words.text[matches.start[index] : matches.end[index]])
