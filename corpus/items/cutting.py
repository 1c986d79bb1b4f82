"""Items: list items, members of enumerations, and the sentences that enumerate nothing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from rubricate.corpus.document import PARTS
from rubricate.corpus.items.enumerations import (
    COLONS,
    FIRST_NUMBERS,
    NUMBER_CLOSERS,
    SEMICOLONS,
    Word,
    member_starts,
)
from rubricate.corpus.items.habits import habits_of
from rubricate.corpus.reading import Sentences, find_sentences
from rubricate.corpus.words.characters import OTHER

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]

_LIST = PARTS.index("list")


def find_items(reading: Reading, where: Bools) -> Sentences:
    """The items of the paragraphs where ``where`` is true, in order, as columns like those of sentences.

    A list item is one whole paragraph; a sentence of other parts is one, or if it enumerates its
    lead-in and each of its members are.
    """
    import numpy as np

    listed = np.flatnonzero(where & (reading.paragraph_part == _LIST))
    sentences = find_sentences(reading, where & (reading.paragraph_part != _LIST))
    start, end, sentence = _members(reading, sentences)
    whole = np.ones(len(sentences.start), bool)
    whole[sentence] = False
    starts = np.concatenate((reading.paragraph_start[listed], sentences.start[whole], start))
    ends = np.concatenate((reading.paragraph_end[listed], sentences.end[whole], end))
    paragraphs = np.concatenate((listed, sentences.paragraph[whole], sentences.paragraph[sentence]))
    order = np.lexsort((starts, paragraphs))
    return Sentences(starts[order], ends[order], paragraphs[order])


def _members(reading: Reading, sentences: Sentences) -> tuple[Ints, Ints, Ints]:
    """Start, end and sentence of each lead-in and member; only sentences with the signs of them are read."""
    import numpy as np

    rows = []
    for sentence in np.flatnonzero(_may_enumerate(reading, sentences)).tolist():
        first, last = int(sentences.start[sentence]), int(sentences.end[sentence])
        text = reading.words.text[first:last]
        document = reading.paragraph_document[sentences.paragraph[sentence]]
        starts = member_starts(text, _words(reading, first, last), reading.documents[int(document)].language)
        if starts:
            for start, end in pairwise((0, *starts, len(text))):
                rows.append((first + start, first + start + len(text[start:end].rstrip()), sentence))
    columns = np.array(rows, np.int64).reshape(-1, 3).T
    return columns[0], columns[1], columns[2]


def _words(reading: Reading, start: int, end: int) -> list[Word]:
    words, folded = reading.words, reading.vocabulary.folded
    first, last = words.start.searchsorted((start, end)).tolist()
    columns = (words.start[first:last] - start, words.end[first:last] - start, words.id[first:last])
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [Word(one, other, folded[number]) for one, other, number in rows]


def _may_enumerate(reading: Reading, sentences: Sentences) -> Bools:
    """The sentences with a colon, two semicolons, the number of a first member, or a first and a second."""
    import numpy as np

    if not len(sentences.start):
        return np.zeros(0, bool)
    ordinals = [habits_of(language).places for language in reading.languages]
    firsts, seconds = ({word for places in ordinals for word in places if places[word] == n} for n in (1, 2))
    numbered = _ends_of(reading, set(FIRST_NUMBERS))
    numbered = numbered[numbered < len(reading.words.codes)]
    places = (
        _signs(reading, COLONS),
        _signs(reading, SEMICOLONS),
        numbered[np.isin(reading.words.codes[numbered], [ord(sign) for sign in NUMBER_CLOSERS])],
        _ends_of(reading, firsts),
        _ends_of(reading, seconds),
    )
    colons, semicolons, numbers, first, second = (_counted(sentences, place) for place in places)
    may: Bools = (colons > 0) | (semicolons > 1) | (numbers > 0) | ((first > 0) & (second > 0))
    return may


def _signs(reading: Reading, signs: str) -> Ints:
    """The offsets of some signs."""
    import numpy as np

    codes = reading.words.codes
    other = np.flatnonzero(reading.words.kinds == OTHER)
    found: Ints = other[np.isin(codes[other], [ord(sign) for sign in signs])]
    return found


def _ends_of(reading: Reading, wanted: set[str]) -> Ints:
    """The offsets at which some words, folded, end."""
    import numpy as np

    known = np.array([word in wanted for word in reading.vocabulary.folded], bool)
    ends: Ints = reading.words.end[known[reading.words.id]]
    return ends


def _counted(sentences: Sentences, offset: Ints) -> Ints:
    """How many of the offsets each sentence has; a sentence's own end belongs to it."""
    import numpy as np

    sentence = sentences.at(offset)
    inside = (sentence >= 0) & (offset <= sentences.end[sentence])
    return np.bincount(sentence[inside], minlength=len(sentences.start))
