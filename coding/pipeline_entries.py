"""The entries that a spaCy pipeline must read: where they can stand, and where they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.codebooks.errors import CodebookError
from rubricate.codebooks.pipeline_terms import entry_needs, parse_pos
from rubricate.codebooks.token_patterns import parse_tokens
from rubricate.coding.match import Matches, find_terms, joined, touching
from rubricate.coding.pipeline import pipeline_for
from rubricate.coding.pipeline_check import find_problems
from rubricate.coding.pipeline_components import has_parser, idle_components
from rubricate.coding.pipeline_tokens import (
    Tokens,
    heads_of,
    joined_tokens,
    token_at,
    tokens_of,
    with_single_blanks,
)
from rubricate.coding.plan import compile_terms
from rubricate.coding.token_candidates import TokenCandidates
from rubricate.coding.token_matching import TokenMatcher

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.tokens import Doc

    from rubricate.codebooks.codebook import Entry
    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]

_TEXTS_AT_A_TIME = 64


@dataclass(frozen=True, slots=True, eq=False)
class Annotation:
    """What a pipeline found in a reading: ``matches``, whose ``term`` is the index of the entry, ``heads``,
    the position of the word on which each word hangs (its own for the root of a sentence, UNPARSED where no
    parser was), and which ``paragraphs`` the pipeline read.
    """

    matches: Matches
    heads: Ints
    paragraphs: Bools


class PipelineEntries:
    """Entries for documents of one language, ready for any reading of such documents."""

    def __init__(self, asked: Sequence[tuple[int, Entry]], language: str, name: str = "") -> None:
        """Take the entries with their indices; ``name`` is the pipeline that was asked for.

        Raises CodebookError where the pipeline lacks what an entry needs.
        """
        problems = find_problems([entry for _, entry in asked], language, name, "codebook")
        if problems:
            raise CodebookError(problems)
        self._nlp = pipeline_for(language, name)
        needs = frozenset().union(*(entry_needs(entry) for _, entry in asked))
        self._idle = idle_components(self._nlp, needs)
        self._words = _TaggedWords(asked, language)
        self._labels: dict[str, list[int]] = {}
        for index, entry in asked:
            if entry.kind == "entity":
                self._labels.setdefault(entry.text, []).append(index)
        patterns = [(index, parse_tokens(entry.text)) for index, entry in asked if entry.kind == "tokens"]
        self._owners = [index for index, _ in patterns]
        self._candidates = TokenCandidates([pattern for _, pattern in patterns], self._nlp.vocab)
        self._matcher = TokenMatcher([pattern for _, pattern in patterns], self._nlp.vocab)

    def annotate(self, reading: Reading, where: Bools) -> Annotation:
        """What the pipeline finds in the paragraphs where ``where`` is true.

        It reads exactly those that can hold an entry: for ``entity:`` all, for ``pos:`` those with the words,
        for ``tokens:`` those with what the pattern cannot do without.
        """
        words = self._words.find(reading, where)
        paragraphs = where.copy() if self._labels else self._candidates.paragraphs(reading, where)
        paragraphs[reading.paragraph_at(words.start)] = True
        tokens, spans = self._read(reading, paragraphs)
        matches = joined([self._words.tagged(words, reading, tokens), spans])
        parsed = paragraphs & has_parser(self._nlp)
        return Annotation(matches, heads_of(reading, tokens, parsed), paragraphs)

    def _read(self, reading: Reading, paragraphs: Bools) -> tuple[Tokens, Matches]:
        """The tokens of some paragraphs, and the matches that are made of tokens."""
        import numpy as np

        tokens: list[Tokens] = []
        found: list[tuple[int, int, int]] = []
        with self._nlp.memory_zone():
            for doc, part in read_paragraphs(self._nlp, reading, paragraphs, self._idle):
                tokens.append(part)
                for entry, first, behind in self._spans(doc):
                    found.append((entry, int(part.start[first]), int(part.end[behind - 1])))
        rows = np.array(found, np.int64).reshape(-1, 3)
        return joined_tokens(tokens), touching(reading, rows[:, 0], rows[:, 1], rows[:, 2])

    def _spans(self, doc: Doc) -> Iterator[tuple[int, int, int]]:
        """(entry, first token, token behind the last) of every entity and token pattern."""
        for entity in doc.ents if self._labels else ():
            yield from ((entry, entity.start, entity.end) for entry in self._labels.get(entity.label_, ()))
        if self._owners:
            yield from ((self._owners[number], *span) for number, span in self._matcher.find(doc))


def read_paragraphs(
    nlp: Language, reading: Reading, paragraphs: Bools, idle: Sequence[str] = ()
) -> Iterator[tuple[Doc, Tokens]]:
    """What a pipeline makes of some paragraphs, one after another; its ``idle`` components do nothing."""
    docs = nlp.pipe(
        _texts(reading, paragraphs), as_tuples=True, batch_size=_TEXTS_AT_A_TIME, disable=list(idle)
    )
    for doc, (start, stood) in docs:
        yield doc, tokens_of(doc, start, stood)


def _texts(reading: Reading, paragraphs: Bools) -> Iterator[tuple[str, tuple[int, Ints | None]]]:
    """The texts of some paragraphs for spaCy, each with its start and where its characters stood in it."""
    import numpy as np

    for paragraph in np.flatnonzero(paragraphs).tolist():
        start, end = int(reading.paragraph_start[paragraph]), int(reading.paragraph_end[paragraph])
        text, stood = with_single_blanks(reading.words.text[start:end])
        yield text, (start, stood)


class _TaggedWords:
    """The ``pos:`` entries: found as words first, so that spaCy reads only where they stand."""

    def __init__(self, asked: Sequence[tuple[int, Entry]], language: str) -> None:
        import numpy as np
        from spacy.parts_of_speech import IDS

        wanted = [(index, parse_pos(entry.text)) for index, entry in asked if entry.kind == "pos"]
        self._entry = np.array([index for index, _ in wanted], np.int64)
        self._terms = compile_terms((term.words for _, term in wanted), language)
        self._tags: Ints = np.zeros(self._terms.slots.shape, np.int64)  # 0 for any part of speech
        for row, (_, term) in enumerate(wanted):
            self._tags[row, : len(term.tags)] = [IDS[tag] for tag in term.tags]

    def find(self, reading: Reading, where: Bools) -> Matches:
        """The matches of the words, whatever their part of speech; ``term`` counts ``pos:`` entries."""
        return find_terms(self._terms, reading, where)

    def tagged(self, words: Matches, reading: Reading, tokens: Tokens) -> Matches:
        """Those of the matches whose words have their parts of speech, as matches of entries."""
        import numpy as np

        right = np.ones(len(words), bool)
        for place in range(self._tags.shape[1]):
            tag = self._tags[words.term, place]
            at = np.flatnonzero(tag)
            token = token_at(tokens, reading.words.start[words.word[at] + place])
            right[at] &= tokens.pos[token] == tag[at]
        kept = words.take(right)
        return Matches(self._entry[kept.term], kept.start, kept.end, kept.word, kept.words)
