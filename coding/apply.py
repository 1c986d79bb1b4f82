"""Applying a codebook to documents: from words to segments, batch by batch."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rubricate.coding.batch import Batch, ByCode, Segments
from rubricate.coding.counting import by_part, inside, left_out
from rubricate.coding.flags import FLAGS, Flags
from rubricate.coding.match import Matches, find_terms, joined
from rubricate.coding.overlap import keep_longest, lies_inside
from rubricate.coding.plan import compile_codebook
from rubricate.coding.settings import Settings
from rubricate.corpus.document import PARTS
from rubricate.corpus.duplicates.search import Duplicates, no_marks
from rubricate.corpus.passages import analysed_paragraphs, cut_passages, passages_at
from rubricate.corpus.reading import find_sentences, read_words
from rubricate.corpus.words.borders import Vocabulary
from rubricate.corpus.words.folding import fold
from rubricate.corpus.zooming import zoom

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.pipeline_entries import Annotation, PipelineEntries
    from rubricate.coding.plan import Plan
    from rubricate.corpus.document import Document
    from rubricate.corpus.duplicates.search import Marks
    from rubricate.corpus.passages import Passages
    from rubricate.corpus.reading import Reading, Sentences
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]
    Mark = Callable[[Reading, Passages, Bools], Marks]

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
    vocabulary = Vocabulary()
    readings = (read_words(some, vocabulary) for some in _batches(documents))
    settings = settings or Settings()
    search = Duplicates(near=is_near(settings), language=codebook.language)
    mark = search.mark if mark_duplicates or settings.duplicates != "keep" else unmarked
    return apply_to_readings(codebook, readings, settings, mark)


def apply_to_readings(
    codebook: Codebook, readings: Iterable[Reading], settings: Settings, mark: Mark
) -> Iterator[Batch]:
    """The same of documents that are read already, one batch for each reading.

    ``mark`` gives the duplicates among its passages.
    """
    coder = Coder(codebook, settings, mark)
    for reading in readings:
        yield coder.code(reading)


def unmarked(reading: Reading, passages: Passages, analysed: Bools) -> Marks:
    """The marks of passages among which no duplicates are looked for."""
    return no_marks(len(passages))


def is_near(settings: Settings) -> bool:
    """Whether passages with nearly the words of another one are duplicates, too."""
    return {"keep": True, "exact": False, "near": True}[settings.duplicates]


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


class Coder:
    """A codebook ready for any document: plans per language.

    ``mark`` gives the duplicates among the passages of a reading.
    """

    def __init__(self, codebook: Codebook, settings: Settings, mark: Mark) -> None:
        import numpy as np

        self._codebook = codebook
        self._settings = settings
        self._plans: dict[str, Plan] = {}
        self._pipelines: dict[str, PipelineEntries] = {}
        self._flags = Flags(codebook.language)
        numbers = {code.id: index for index, code in enumerate(codebook.codes)}
        owners = [numbers[code.id] for code in codebook.codes for _ in code.entries]
        self._code_of_entry = np.array(owners, np.int64)
        self._mark = mark
        self._drops_negated = np.array([code.negated == "drop" for code in codebook.codes], bool)

    def code(self, reading: Reading) -> Batch:
        """One batch of documents, coded."""
        import numpy as np

        analysed = analysed_paragraphs(reading, self._settings.parts)
        passages = cut_passages(reading, self._settings.unit, self._settings.parts)
        marks = self._mark(reading, passages, analysed)
        counted = ~marks.repeats | (self._settings.duplicates == "keep")
        matches, heads = self._matches(reading, analysed)  # their ``term`` is the entry
        found, sentences, flags = self._segments(reading, matches, heads)
        stays = self._passed(flags)
        within, counts = inside(reading, passages, analysed, counted, found.start)
        segments = found.take(counts & stays)
        matches = matches.take(inside(reading, passages, analysed, counted, matches.start)[1])
        by_code = self._by_code(reading, found.take(counts & ~stays), found.take((counts | ~within) & stays))
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
            applicable=self._applicable(reading.documents),
            judged=self._flags.judged(reading.documents),
            filtered=int(by_code.filtered.sum()),
            parts=by_part(reading, by_code.hits, left_out(reading, passages, analysed, counted)),
            by_code=by_code,
        )

    def _by_code(self, reading: Reading, filtered: Matches, everywhere: Matches) -> ByCode:
        """Count what was filtered out, and the segments in all parts."""
        import numpy as np

        codes, parts = len(self._codebook.codes), len(PARTS)
        part = reading.paragraph_part[reading.paragraph_at(everywhere.start)]
        place = self._code_of_entry[everywhere.term] * parts + part
        return ByCode(
            hits=np.bincount(place, minlength=codes * parts).reshape(codes, parts),
            filtered=np.bincount(self._code_of_entry[filtered.term], minlength=codes),
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
        flags = self._raised(reading, segments, sentences, heads)
        stays = ~(flags["negated"] & self._drops_negated[self._code_of_entry[segments.term]])
        return segments.take(stays), sentences, {flag: raised[stays] for flag, raised in flags.items()}

    def _raised(
        self, reading: Reading, segments: Matches, sentences: Sentences, heads: Ints | None
    ) -> dict[str, Bools]:
        """The flags of the segments.

        No cue reaches from one paragraph to another, but a quotation goes on where the next one begins with
        its mark: these paragraphs are looked at, and no others.
        """
        import numpy as np

        if heads is not None:
            return self._flags.find(reading, segments, sentences, heads)
        at = reading.paragraph_at(segments.start)
        around = np.zeros(len(reading.paragraph_start) + 1, bool)
        around[at] = around[at + 1] = True
        near = zoom(reading, around[:-1])
        moved = Matches(
            segments.term,
            segments.start + near.moved[at],
            segments.end + near.moved[at],
            segments.word + near.words_moved[at],
            segments.words,
        )
        return self._flags.find(near.reading, moved, near.sentences(sentences))

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
        for entry, terms in plan.inside.items():
            outer = found.take(np.isin(found.term, terms))
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

    def _applicable(self, documents: Sequence[Document]) -> Bools:
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
