"""Documents side by side as arrays: their words and paragraphs, and the sentences of these."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from rubricate.corpus.document import PARTS
from rubricate.corpus.words.borders import find_words
from rubricate.corpus.words.sentences import sentence_starts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.document import Document
    from rubricate.corpus.words.borders import Ints, Vocabulary, Words

    Bools = NDArray[np.bool_]

_BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Some documents, joined to one text so that their words and paragraphs are columns.

    ``offset[d]`` is where document ``d`` starts in the joined text: every other offset here counts in
    that text. Paragraphs: ``paragraph_start``, ``paragraph_end``, ``paragraph_document`` (index),
    ``paragraph_part`` (index into PARTS) and ``paragraph_index`` (0-based within its document).
    ``word_paragraph`` gives each word's paragraph.
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
    word_paragraph: Ints

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

        chosen = np.flatnonzero(paragraphs)
        first = np.searchsorted(self.words.start, self.paragraph_start[chosen])
        count = np.searchsorted(self.words.start, self.paragraph_end[chosen]) - first
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


def read_words(documents: Sequence[Document], vocabulary: Vocabulary, hyphens: str = "split") -> Reading:
    """The words and paragraphs of some documents; new words are added to ``vocabulary``.

    ``hyphens``: ``split`` or ``keep``, whether one between two letters parts or joins words.
    """
    import numpy as np

    words = find_words(_BETWEEN.join(document.text for document in documents), vocabulary, hyphens)
    lengths = np.array([len(document.text) + len(_BETWEEN) for document in documents], np.int64)
    offset = np.concatenate(([0], np.cumsum(lengths)))[: len(documents)].astype(np.int64)
    counts = np.array([len(document.paragraphs) for document in documents], np.int64)
    paragraphs = [paragraph for document in documents for paragraph in document.paragraphs]
    owner = np.repeat(np.arange(len(documents)), counts)
    numbers = {part: index for index, part in enumerate(PARTS)}
    start, end = (
        np.fromiter(map(itemgetter(column), paragraphs), np.int64, len(paragraphs)) for column in (0, 1)
    )
    part = np.fromiter((numbers[name] for _, _, name, *_ in paragraphs), np.int64, len(paragraphs))
    start, end = start + offset[owner], end + offset[owner]
    first_word = np.searchsorted(words.start, start)
    return Reading(
        documents=tuple(documents),
        vocabulary=vocabulary,
        words=words,
        offset=offset,
        paragraph_start=start,
        paragraph_end=end,
        paragraph_document=owner,
        paragraph_part=part,
        paragraph_index=np.arange(len(paragraphs)) - np.repeat(np.cumsum(counts) - counts, counts),
        word_paragraph=np.repeat(
            np.arange(-1, len(paragraphs)), np.diff(first_word, prepend=0, append=len(words))
        ),
    )


def find_sentences(reading: Reading, where: Bools) -> Sentences:
    """The sentences of the paragraphs where ``where`` is true, each by the rules of its language."""
    import numpy as np

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
