"""Documents side by side as arrays: their words, paragraphs and sentences, ready to be coded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.corpus.document import PARTS
from rubricate.corpus.words.borders import find_words
from rubricate.corpus.words.sentences import sentence_starts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rubricate.corpus.document import Document
    from rubricate.corpus.words.borders import Ints, Vocabulary, Words

_BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Some documents, joined to one text so that their words and paragraphs are columns.

    ``offset[d]`` is where document ``d`` starts in the joined text: every other offset here counts in
    that text. Paragraphs: ``paragraph_start``, ``paragraph_end``, ``paragraph_document`` (index),
    ``paragraph_part`` (index into PARTS) and ``paragraph_index`` (0-based within its document).
    ``word_paragraph`` gives each word's paragraph. Sentences: ``sentence_start``, ``sentence_end``
    (without the white space behind it), ``sentence_paragraph``.
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
    sentence_start: Ints
    sentence_end: Ints
    sentence_paragraph: Ints

    @property
    def languages(self) -> tuple[str, ...]:
        """The documents' languages, each once."""
        return tuple(dict.fromkeys(document.language for document in self.documents))


def read_words(documents: Sequence[Document], vocabulary: Vocabulary) -> Reading:
    """The words, paragraphs and sentences of some documents; new words are added to ``vocabulary``."""
    import numpy as np

    words = find_words(_BETWEEN.join(document.text for document in documents), vocabulary)
    lengths = np.array([len(document.text) + len(_BETWEEN) for document in documents], np.int64)
    offset = np.concatenate(([0], np.cumsum(lengths)))[: len(documents)].astype(np.int64)
    counts = np.array([len(document.paragraphs) for document in documents], np.int64)
    paragraphs = [paragraph for document in documents for paragraph in document.paragraphs]
    owner = np.repeat(np.arange(len(documents)), counts)
    start = np.fromiter((paragraph.start for paragraph in paragraphs), np.int64, len(paragraphs))
    end = np.fromiter((paragraph.end for paragraph in paragraphs), np.int64, len(paragraphs))
    numbers = {part: index for index, part in enumerate(PARTS)}
    part = np.fromiter((numbers[paragraph.part] for paragraph in paragraphs), np.int64, len(paragraphs))
    start, end = start + offset[owner], end + offset[owner]
    sentence_start, sentence_end, sentence_paragraph = _sentences(
        documents, words, vocabulary, start, end, owner
    )
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
        word_paragraph=np.searchsorted(start, words.start, side="right") - 1,
        sentence_start=sentence_start,
        sentence_end=sentence_end,
        sentence_paragraph=sentence_paragraph,
    )


def _sentences(
    documents: Sequence[Document],
    words: Words,
    vocabulary: Vocabulary,
    paragraph_start: Ints,
    paragraph_end: Ints,
    owner: Ints,
) -> tuple[Ints, Ints, Ints]:
    """Start, end and paragraph of every sentence, each paragraph by the rules of its language."""
    import numpy as np

    languages = [document.language for document in documents]
    inner = [np.zeros(0, np.int64)]
    for language in dict.fromkeys(languages):
        starts = sentence_starts(words, vocabulary, language)
        at = np.searchsorted(paragraph_start, starts, side="right") - 1
        inside = (at >= 0) & (starts > paragraph_start[at]) & (starts < paragraph_end[at])
        spoken = np.array([other == language for other in languages], bool)
        inside[inside] = spoken[owner[at[inside]]]
        inner.append(starts[inside])
    start = np.sort(np.concatenate([paragraph_start, *inner]))
    paragraph = np.searchsorted(paragraph_start, start, side="right") - 1
    end = np.minimum(np.concatenate((start[1:], paragraph_end[-1:])), paragraph_end[paragraph])
    return start, _without_space(words, start, end), paragraph


def _without_space(words: Words, start: Ints, end: Ints) -> Ints:
    """``end`` moved before the white space in front of it."""
    from rubricate.corpus.words.characters import SPACE

    end = end.copy()
    while (trailing := (end > start) & (words.kinds[end - 1] == SPACE)).any():
        end[trailing] -= 1
    return end
