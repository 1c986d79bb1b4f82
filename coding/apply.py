"""Applying a codebook to documents: from words to segments, batch by batch."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rubricate.coding.batch import Batch, Segments
from rubricate.coding.flags import FLAGS, Flags
from rubricate.coding.match import find_terms, joined
from rubricate.coding.overlap import keep_longest, lies_inside
from rubricate.coding.plan import compile_codebook
from rubricate.coding.settings import Settings
from rubricate.corpus.document import PARTS
from rubricate.corpus.duplicates.search import Duplicates, no_marks
from rubricate.corpus.passages import analysed_paragraphs, cut_passages, passages_at, words_between
from rubricate.corpus.reading import find_sentences, read_words
from rubricate.corpus.words.borders import Vocabulary
from rubricate.corpus.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.match import Matches
    from rubricate.coding.pipeline_entries import Annotation, PipelineEntries
    from rubricate.coding.plan import Plan
    from rubricate.corpus.document import Document
    from rubricate.corpus.passages import Passages
    from rubricate.corpus.reading import Reading, Sentences
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]

_NEAR = {"keep": True, "exact": False, "near": True}
"""For each choice in DUPLICATES whether nearly the same words make a duplicate."""

BATCH = 2_000_000
"""Characters coded at a time: large enough for arrays to pay, small enough for any machine."""


def apply_codebook(
    codebook: Codebook,
    documents: Iterable[Document],
    settings: Settings | None = None,
    *,
    mark_duplicates: bool = True,
) -> Iterator[Batch]:
    """The documents, coded, in their order and in batches of whole documents.

    A document without a language counts as one in the codebook's language. The batches depend on the
    documents' lengths; no result depends on the batches. ``mark_duplicates``: whether passages that repeat
    others are looked for where the settings keep them anyway; then only their marks depend on it.
    """
    settings = settings or Settings()
    search = mark_duplicates or settings.duplicates != "keep"
    near = _NEAR[settings.duplicates]
    duplicates = Duplicates(near=near, language=codebook.language) if search else None
    coder = _Coder(codebook, settings, duplicates)
    for some in _batches(documents):
        yield coder.code(some)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    size = 0
    for document in documents:
        if batch and size + len(document.text) > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(document)
        size += len(document.text)
    if batch:
        yield batch


class _Coder:
    """A codebook ready for any document: plans per language, and the vocabulary met so far."""

    def __init__(self, codebook: Codebook, settings: Settings, duplicates: Duplicates | None) -> None:
        import numpy as np

        self._codebook = codebook
        self._settings = settings
        self._vocabulary = Vocabulary()
        self._plans: dict[str, Plan] = {}
        self._pipelines: dict[str, PipelineEntries] = {}
        self._flags = Flags(codebook.language)
        numbers = {code.id: index for index, code in enumerate(codebook.codes)}
        owners = [numbers[code.id] for code in codebook.codes for _ in code.entries]
        self._code_of_entry = np.array(owners, np.int64)
        self._duplicates = duplicates
        self._drops_negated = np.array([code.negated == "drop" for code in codebook.codes], bool)

    def code(self, documents: list[Document]) -> Batch:
        """One batch of documents, coded."""
        import numpy as np

        reading = read_words(documents, self._vocabulary)
        analysed = analysed_paragraphs(reading, self._settings.parts)
        passages = cut_passages(reading, self._settings.unit, self._settings.parts)
        duplicates = self._duplicates
        marks = duplicates.mark(reading, passages, analysed) if duplicates else no_marks(len(passages))
        counted = ~marks.repeats | (self._settings.duplicates == "keep")
        matches, heads = self._matches(reading, analysed)  # their ``term`` is the entry
        found, sentences, flags = self._segments(reading, matches, heads)
        stays = self._passed(flags)
        inside, counts = _inside(reading, passages, analysed, counted, found.start)
        segments = found.take(counts & stays)
        matches = matches.take(_inside(reading, passages, analysed, counted, matches.start)[1])
        return Batch(
            documents=reading.documents,
            passages=passages,
            marks=marks,
            counted=counted,
            segments=self._columns(
                reading, segments, passages, sentences, {flag: flags[flag][counts & stays] for flag in FLAGS}
            ),
            matches=np.bincount(matches.term, minlength=len(self._code_of_entry)),
            forms=_forms(reading, matches),
            applicable=self._applicable(documents),
            judged=self._flags.judged(documents),
            filtered=int(np.count_nonzero(counts & ~stays)),
            parts=_parts(
                reading,
                found.take((counts | ~inside) & stays),
                _left_out(reading, passages, analysed, counted),
            ),
        )

    def _segments(
        self, reading: Reading, matches: Matches, heads: Ints | None
    ) -> tuple[Matches, Sentences, dict[str, Bools]]:
        """The segments in all parts of the documents, the sentences around them, and their flags."""
        import numpy as np

        segments = matches.take(self._longest(reading, matches))
        around = np.zeros(len(reading.paragraph_start), bool)
        around[reading.paragraph_at(segments.start)] = True
        sentences = find_sentences(reading, around)
        flags = self._flags.find(reading, segments, sentences, heads)
        stays = ~(flags["negated"] & self._drops_negated[self._code_of_entry[segments.term]])
        return segments.take(stays), sentences, {flag: raised[stays] for flag, raised in flags.items()}

    def _passed(self, flags: Mapping[str, Bools]) -> Bools:
        """Which segments pass the filters of the settings."""
        import numpy as np

        passed = np.ones(len(flags["question"]), bool)
        for flag, raised in flags.items():
            wanted = getattr(self._settings, flag)
            if wanted != "keep":
                passed &= raised if wanted == "only" else ~raised
        return passed

    def _matches(self, reading: Reading, analysed: Bools) -> tuple[Matches, Ints | None]:
        """The matches of all entries, each in the documents of its language, as Matches of entries; and which
        word hangs on which (Annotation.heads), where a pipeline has read.
        """
        import numpy as np

        matches, heads = [], []
        for language in reading.languages:
            spoken = self._spoken(reading, language)
            annotation = self._annotation(
                reading, language, analysed if spoken is None else analysed & spoken
            )
            matches.append(self._matches_in(reading, language, spoken, annotation))
            heads += [annotation.heads] if annotation else []
        return joined(matches), np.maximum.reduce(heads) if heads else None

    def _spoken(self, reading: Reading, language: str) -> Bools | None:
        """The paragraphs in a language; None: all."""
        import numpy as np

        if len(reading.languages) == 1:
            return None
        same = [document.language == language for document in reading.documents]
        return np.array(same, bool)[reading.paragraph_document]

    def _annotation(self, reading: Reading, language: str, where: Bools) -> Annotation | None:
        """What spaCy finds of the entries that need it; None where there are none."""
        asked = self._plan(language).asked
        if not asked:
            return None
        if language not in self._pipelines:
            from rubricate.coding.pipeline_entries import PipelineEntries

            name = self._settings.pipeline
            self._pipelines[language] = PipelineEntries(asked, language or self._codebook.language, name)
        return self._pipelines[language].annotate(reading, where)

    def _matches_in(
        self, reading: Reading, language: str, spoken: Bools | None, annotation: Annotation | None
    ) -> Matches:
        import numpy as np

        plan = self._plan(language)
        found = find_terms(plan.terms, reading, spoken)
        by_entry = _spread(found, plan)
        if annotation:
            by_entry = joined([by_entry, annotation.matches])
        outside = np.ones(len(by_entry), bool)
        is_there = np.bincount(by_entry.term, minlength=len(self._code_of_entry)) > 0
        for entry in (entry for entry in plan.inside if is_there[entry]):
            outer = found.take(np.isin(found.term, plan.inside[entry]))
            mine = np.flatnonzero(by_entry.term == entry)
            outside[mine] = ~lies_inside(by_entry.start[mine], by_entry.end[mine], outer.start, outer.end)
        return by_entry.take(outside)

    def _longest(self, reading: Reading, matches: Matches) -> Ints:
        """Indices of the matches that become segments, sorted by start, end and code."""
        import numpy as np

        code = self._code_of_entry[matches.term]
        keep = keep_longest(
            reading, code, matches.start, matches.end, matches.word, matches.words, matches.term
        )
        order = np.lexsort((code, matches.end, matches.start))
        return order[keep[order]]

    def _columns(
        self,
        reading: Reading,
        segments: Matches,
        passages: Passages,
        sentences: Sentences,
        flags: Mapping[str, Bools],
    ) -> Segments:
        """The segments as columns, with offsets counted in each segment's own document."""
        paragraph = reading.paragraph_at(segments.start)
        sentence = sentences.at(segments.start)
        document = reading.paragraph_document[paragraph]
        offset = reading.offset[document]
        return Segments(
            document=document,
            passage=passages_at(reading, passages, segments.start),
            paragraph=reading.paragraph_index[paragraph],
            code=self._code_of_entry[segments.term],
            entry=segments.term,
            start=segments.start - offset,
            end=segments.end - offset,
            word=segments.word,
            words=segments.words,
            sentence_start=sentences.start[sentence] - offset,
            sentence_end=sentences.end[sentence] - offset,
            **flags,
        )

    def _plan(self, language: str) -> Plan:
        if language not in self._plans:
            self._plans[language] = compile_codebook(self._codebook, language or self._codebook.language)
        return self._plans[language]

    def _applicable(self, documents: list[Document]) -> Bools:
        import numpy as np

        rows = [self._plan(document.language).applicable for document in documents]
        return np.array(rows, bool).reshape(len(documents), len(self._codebook.codes))


def _spread(found: Matches, plan: Plan) -> Matches:
    """Each match once for every entry that has its term; ``term`` of the result is the entry."""
    import numpy as np

    order = np.argsort(plan.entry_term, kind="stable")
    count = np.bincount(plan.entry_term, minlength=len(plan.terms.terms))
    first = np.cumsum(count) - count
    repeats = count[found.term]
    behind = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    entry = plan.entry[order[np.repeat(first[found.term], repeats) + behind]]
    spread = found.take(np.repeat(np.arange(len(found)), repeats))
    return type(found)(entry, spread.start, spread.end, spread.word, spread.words)


def _forms(reading: Reading, matches: Matches) -> Counter[tuple[int, str]]:
    """How often each entry matched each surface form: its folded words, one space between them.

    Matches are told apart by the numbers of their words; only one of each kind is read. A match
    without words has its own characters as form.
    """
    import numpy as np
    import pandas as pd

    wordless = np.flatnonzero(matches.words == 0).tolist()
    forms = Counter((int(matches.term[index]), _characters(reading, matches, index)) for index in wordless)
    matches = matches.take(matches.words > 0)
    if not len(matches):
        return forms
    key = matches.term
    size = len(reading.vocabulary.words) + 1
    for place in range(int(matches.words.max())):
        at = np.minimum(matches.word + place, len(reading.words) - 1)
        number = np.where(place < matches.words, reading.words.id[at] + 1, 0)
        key = pd.factorize(key * size + number)[0]
    _, first, count = np.unique(key, return_index=True, return_counts=True)
    for index, times in zip(first.tolist(), count.tolist(), strict=True):
        one, other = int(matches.word[index]), int(matches.word[index] + matches.words[index])
        words = (reading.vocabulary.folded[number] for number in reading.words.id[one:other].tolist())
        forms[int(matches.term[index]), " ".join(words)] += times
    return forms


def _characters(reading: Reading, matches: Matches, index: int) -> str:
    return fold(reading.words.text[matches.start[index] : matches.end[index]])


def _inside(
    reading: Reading, passages: Passages, analysed: Bools, counted: Bools, offset: Ints
) -> tuple[Bools, Bools]:
    """Which offsets lie in analysed paragraphs, and which of these in passages that count."""
    inside: Bools = analysed[reading.paragraph_at(offset)]
    counts = inside.copy()
    counts[inside] = counted[passages_at(reading, passages, offset[inside])]
    return inside, counts


def _left_out(reading: Reading, passages: Passages, analysed: Bools, counted: Bools) -> Ints:
    """How many words of each paragraph lie in passages that do not count."""
    import numpy as np

    at = reading.words_in(analysed) if not counted.all() else np.zeros(0, np.int64)
    gone = at[~counted[passages_at(reading, passages, reading.words.start[at])]]
    return np.bincount(reading.paragraph_at(reading.words.start[gone]), minlength=len(analysed))


def _parts(reading: Reading, segments: Matches, left_out: Ints) -> dict[str, tuple[int, int, int]]:
    """For each part its paragraphs, words and segments, those that are not analysed included.

    ``left_out`` are words that do not count, nor does a paragraph that has no others.
    """
    import numpy as np

    words = words_between(reading, reading.paragraph_start, reading.paragraph_end)
    stays = (left_out == 0) | (left_out < words)
    part_of_segment = reading.paragraph_part[reading.paragraph_at(segments.start)]
    return {
        part: (
            int(((reading.paragraph_part == number) & stays).sum()),
            int((words - left_out)[reading.paragraph_part == number].sum()),
            int(np.count_nonzero(part_of_segment == number)),
        )
        for number, part in enumerate(PARTS)
    }
