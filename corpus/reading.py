"""Documents side by side as arrays: their words and paragraphs, and the sentences of these."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from rubricate.corpus.document import PARTS
from rubricate.corpus.words.borders import find_words
from rubricate.corpus.words.sentences import sentence_starts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.document import Document
    from rubricate.corpus.words.borders import Ints, Vocabulary, Words

    Bools = NDArray[np.bool_]

BETWEEN = "\n\n"
"""What stands between two documents in the joined text, and so between paragraphs."""


@dataclass(frozen=True, eq=False)
class Reading:
    """Some documents, joined to one text so that their words and paragraphs are columns.

    ``offset[d]`` is where document ``d`` starts in the joined text: every other offset here counts in
    that text. Paragraphs: ``paragraph_start``, ``paragraph_end``, ``paragraph_document`` (index),
    ``paragraph_part`` (index into PARTS) and ``paragraph_index`` (0-based within its document).
    ``word_paragraph`` gives each word's paragraph. ``sentences`` reads all sentences, and ``counted`` is the
    number of words of each paragraph, where they are stored.
    """

    documents: tuple[Document, ...]
    vocabulary: Vocabulary
    words: Words
    offset: Ints
    paragraph_start: Ints
    paragraph_end: Ints
    paragraph_document: Ints
    paragraph_part: Ints
    paragraph_index: Ints
    sentences: Callable[[], Sentences] | None = None
    counted: Ints | None = None

    @cached_property
    def first_words(self) -> Ints:
        """The position of the first word of each paragraph; where it has none, of the next one."""
        import numpy as np

        if self.counted is not None and self.counted.sum() == len(self.words):  # none stands outside
            return np.cumsum(self.counted) - self.counted
        return np.searchsorted(self.words.start, self.paragraph_start)

    @cached_property
    def paragraph_words(self) -> Ints:
        """The number of words of each paragraph."""
        import numpy as np

        if self.counted is not None:
            return self.counted
        return np.searchsorted(self.words.start, self.paragraph_end) - self.first_words

    @cached_property
    def word_paragraph(self) -> Ints:
        """The index of the paragraph of each word; -1 in front of the first paragraph."""
        import numpy as np

        size = len(self.paragraph_start)
        return np.repeat(np.arange(-1, size), np.diff(self.first_words, prepend=0, append=len(self.words)))

    def paragraph_of(self, words: Ints) -> Ints:
        """The index of the paragraph of the words at these positions; -1 in front of the first paragraph."""
        import numpy as np

        return np.searchsorted(self.first_words, words, side="right") - 1

    @property
    def languages(self) -> tuple[str, ...]:
        """The documents' languages, each once."""
        return tuple(dict.fromkeys(document.language for document in self.documents))

    def paragraph_at(self, offset: Ints) -> Ints:
        """The index of the paragraph in which each offset lies."""
        import numpy as np

        return np.searchsorted(self.paragraph_start, offset, side="right") - 1

    def words_in(self, paragraphs: Bools) -> Ints:
        """The positions of the words of the paragraphs where this is true."""
        import numpy as np

        first, count = self.first_words[paragraphs], self.paragraph_words[paragraphs]
        positions: Ints = np.arange(count.sum()) + np.repeat(first - np.cumsum(count) + count, count)
        return positions


@dataclass(frozen=True, slots=True, eq=False)
class Sentences:
    """Sentences of a reading, in order: ``start``, ``end`` (without the white space behind it) and the
    index of the ``paragraph``.
    """

    start: Ints
    end: Ints
    paragraph: Ints

    def at(self, offset: Ints) -> Ints:
        """The index of the sentence in which each offset lies."""
        import numpy as np

        return np.searchsorted(self.start, offset, side="right") - 1

    def take(self, which: Bools) -> Sentences:
        """The sentences where this is true."""
        return Sentences(self.start[which], self.end[which], self.paragraph[which])


def read_words(documents: Sequence[Document], vocabulary: Vocabulary, hyphens: str = "split") -> Reading:
    """The words and paragraphs of some documents; new words are added to ``vocabulary``.

    ``hyphens``: ``split`` or ``keep``, whether one between two letters parts or joins words.
    """
    import numpy as np

    words = find_words(BETWEEN.join(document.text for document in documents), vocabulary, hyphens)
    counts = np.array([len(document.paragraphs) for document in documents], np.int64)
    paragraphs = [paragraph for document in documents for paragraph in document.paragraphs]
    numbers = {part: index for index, part in enumerate(PARTS)}
    columns = [map(itemgetter(column), paragraphs) for column in range(3)]
    columns[2] = map(numbers.__getitem__, columns[2])
    start, end, part = (np.fromiter(column, np.int64, len(paragraphs)) for column in columns)
    lengths = np.array([len(document.text) for document in documents], np.int64)
    return side_by_side(documents, vocabulary, words, lengths, counts, (start, end, part))


def side_by_side(
    documents: Sequence[Document],
    vocabulary: Vocabulary,
    words: Words,
    lengths: Ints,
    counts: Ints,
    paragraphs: tuple[Ints, Ints, Ints],
) -> Reading:
    """A reading of documents with texts of these ``lengths`` and so many (``counts``) paragraphs.

    ``paragraphs`` are start and end of each in its own document, and its part.
    """
    import numpy as np

    offset = np.concatenate(([0], np.cumsum(lengths + len(BETWEEN))))[: len(documents)].astype(np.int64)
    owner = np.repeat(np.arange(len(documents)), counts)
    start, end, part = paragraphs
    return Reading(
        documents=tuple(documents),
        vocabulary=vocabulary,
        words=words,
        offset=offset,
        paragraph_start=start + offset[owner],
        paragraph_end=end + offset[owner],
        paragraph_document=owner,
        paragraph_part=part,
        paragraph_index=np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts),
    )


def find_sentences(reading: Reading, where: Bools) -> Sentences:
    """The sentences of the paragraphs where ``where`` is true, each by the rules of its language."""
    import numpy as np

    if reading.sentences:
        known = reading.sentences()
        return known.take(where[known.paragraph])
    chosen = np.flatnonzero(where)
    start, end = reading.paragraph_start[chosen], reading.paragraph_end[chosen]
    languages = [document.language for document in reading.documents]
    inner = []
    for language in reading.languages:
        spoken = np.array([other == language for other in languages], bool)
        mine = spoken[reading.paragraph_document[chosen]]
        inner.append(sentence_starts(reading.words, reading.vocabulary, language, (start[mine], end[mine])))
    starts = np.unique(np.concatenate((start, *inner)))
    at = np.searchsorted(start, starts, side="right") - 1
    inside = starts < end[at]
    inside |= starts == start[at]  # also a paragraph without any text
    starts, at = starts[inside], at[inside]
    ends = np.minimum(np.append(starts[1:], end[-1:]), end[at])
    return Sentences(starts, _without_space(reading.words, starts, ends), chosen[at])


def _without_space(words: Words, start: Ints, end: Ints) -> Ints:
    """``end`` moved before the white space in front of it."""
    from rubricate.corpus.words.characters import SPACE

    end = end.copy()
    if not len(words.kinds):
        return end
    while (trailing := (end > start) & (words.kinds[end - 1] == SPACE)).any():
        end[trailing] -= 1
    return end
