"""Applying a codebook to documents: from words to segments, batch by batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.coding.batch import Batch, Segments, pieces_of
from rubricate.coding.counting import by_code, elsewhere, inside_passages, passed, sums_of_parts
from rubricate.coding.flags import FLAGS, Flags
from rubricate.coding.forms import count_forms
from rubricate.coding.hits import find_hits
from rubricate.coding.hyphens import in_words_of, joined_by_spaces, pieces_in_words_of
from rubricate.coding.match import Matches, find_terms, joined
from rubricate.coding.ordering import order_by
from rubricate.coding.overlap import keep_longest, lies_inside
from rubricate.coding.plan import compile_codebook
from rubricate.coding.rules.entries import RuledMatches
from rubricate.coding.rules.variables import applicable, watched
from rubricate.coding.settings import Settings
from rubricate.corpus.duplicates.search import Duplicates, no_marks
from rubricate.corpus.passages import analysed_paragraphs, cut_passages, passages_at
from rubricate.corpus.reading import find_sentences, read_words
from rubricate.corpus.words.borders import Vocabulary
from rubricate.corpus.zooming import zoom

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.batch import Piece
    from rubricate.coding.pipeline_entries import Annotation, PipelineEntries
    from rubricate.coding.plan import Plan
    from rubricate.corpus.document import Document
    from rubricate.corpus.duplicates.search import Marks
    from rubricate.corpus.passages import Passages
    from rubricate.corpus.reading import Reading, Sentences
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]
    Mark = Callable[[Reading, Passages, Bools], Marks]

NEAR = {"keep": True, "exact": False, "near": True}
"""For each choice in DUPLICATES whether nearly the same words make a duplicate."""

BATCH = 2_000_000
"""Characters coded at a time: large enough for arrays to pay, small enough for any machine."""


def apply_codebook(
    codebook: Codebook,
    documents: Iterable[Document],
    settings: Settings | None = None,
    *,
    mark_duplicates: bool = True,
    whole: bool = True,
    file: str = "codebook.yaml",
    seen: tuple[str, ...] = (),
) -> Iterator[Batch]:
    """The documents, coded, in their order and in batches of whole documents.

    A document without a language counts as one in the codebook's language. The batches depend on the
    documents' lengths; no result depends on the batches. ``mark_duplicates``: whether passages that repeat
    others are looked for where the settings keep them anyway; then only their marks depend on it.
    ``whole``: whether these are all documents, so that CodebookError is raised behind the last where
    ``only_in`` names a variable that none of them has; ``file`` is the codebook's in the message. ``seen``
    are the parts that rules in the scope of a document see, by default those that are analysed.
    """
    settings = settings or Settings()
    search = Duplicates(near=NEAR[settings.duplicates], language=codebook.language)
    mark = search.mark if mark_duplicates or settings.duplicates != "keep" else unmarked
    vocabulary = Vocabulary()
    some = whole_documents(watched(codebook, documents, file) if whole else documents)
    return apply_to_readings(codebook, (read_words(each, vocabulary) for each in some), settings, mark, seen)


def apply_to_readings(
    codebook: Codebook,
    readings: Iterable[Reading],
    settings: Settings,
    mark: Mark,
    seen: tuple[str, ...] = (),
) -> Iterator[Batch]:
    """The same of documents that are read already, one batch for each reading.

    ``mark`` gives the duplicates among its passages; ``seen`` is that of apply_codebook.
    """
    coder = Coder(codebook, settings, mark, seen)
    for reading in readings:
        yield coder.code(reading)


def unmarked(reading: Reading, passages: Passages, analysed: Bools) -> Marks:
    """The marks of passages among which no duplicates are looked for."""
    return no_marks(len(passages))


def whole_documents(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """The documents, in their order, in lists of about BATCH characters or of one longer document."""
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

    ``mark`` gives the duplicates among the passages of a reading; ``seen`` are the parts that rules in the
    scope of a document see, if not those that are analysed.
    """

    def __init__(
        self, codebook: Codebook, settings: Settings, mark: Mark, seen: tuple[str, ...] = ()
    ) -> None:
        import numpy as np

        self._codebook = codebook
        self._settings = settings
        self._seen = seen or settings.parts
        self._joined_vocabulary = Vocabulary()  # where hyphens join words
        self._plans: dict[str, Plan] = {}
        self._pipelines: dict[str, PipelineEntries] = {}
        self._flags = Flags(codebook.language)
        numbers = {code.id: index for index, code in enumerate(codebook.codes)}
        owners = [numbers[code.id] for code in codebook.codes for _ in code.entries]
        self._code_of_entry = np.array(owners, np.int64)
        self._mark = mark
        self._scattered: dict[tuple[int, int, int], tuple[Piece, ...]] = {}  # of the batch
        self._drops_negated = np.array([code.negated == "drop" for code in codebook.codes], bool)

    def code(self, reading: Reading) -> Batch:
        """One batch of documents, coded."""
        import numpy as np

        looked_through, documents = reading, reading.documents
        if self._codebook.hyphens != "split":
            looked_through = read_words(documents, self._joined_vocabulary, self._codebook.hyphens)
        analysed = analysed_paragraphs(reading, self._settings.parts)
        passages = cut_passages(reading, self._settings.unit, self._settings.parts)
        marks = self._mark(reading, passages, analysed)
        counted = ~marks.repeats | (self._settings.duplicates == "keep")
        matches, heads = self._matches(reading, looked_through, analysed)  # their ``term`` is the entry
        longest, scattered = matches.take(self._longest(looked_through, matches)), self._scattered
        if looked_through is not reading:
            longest = self._in_words_of(reading, longest)
        found, sentences, flags = self._segments(reading, longest, heads)
        stays = passed(flags, self._settings)
        inside, counts = inside_passages(reading, passages, analysed, counted, found.start)
        segments = found.take(counts & stays)
        matches = matches.take(inside_passages(reading, passages, analysed, counted, matches.start)[1])
        forms = count_forms(looked_through, matches, scattered)
        return Batch(
            documents=reading.documents,
            passages=passages,
            marks=marks,
            counted=counted,
            segments=self._columns(
                reading, segments, passages, sentences, {flag: flags[flag][counts & stays] for flag in FLAGS}
            ),
            matches=np.bincount(matches.term, minlength=len(self._code_of_entry)),
            forms=forms,
            applicable=self._applicable(documents),
            judged=self._flags.judged(documents),
            filtered=int(np.count_nonzero(counts & ~stays)),
            parts=sums_of_parts(
                reading, passages, analysed, counted, found.start[(counts | ~inside) & stays]
            ),
            elsewhere=elsewhere(reading, found.start, flags, ~inside & stays),
            by_code=by_code(
                reading,
                self._code_of_entry[found.term],
                found.start,
                flags,
                filtered=counts & ~stays,
                left_out=~inside & stays,
                codes=len(self._codebook.codes),
            ),
        )

    def _segments(
        self, reading: Reading, segments: Matches, heads: Ints | None
    ) -> tuple[Matches, Sentences, dict[str, Bools]]:
        """The segments in all parts of the documents, the sentences around them, and their flags."""
        import numpy as np

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

    def _matches(
        self, reading: Reading, looked_through: Reading, analysed: Bools
    ) -> tuple[Matches, Ints | None]:
        """The matches of all entries, each in the documents of its language, as Matches of entries; and which
        word hangs on which (Annotation.heads), where a pipeline has read.
        """
        import numpy as np

        matches, heads = [], []
        self._scattered = {}
        seen = analysed_paragraphs(reading, self._seen)
        for language in reading.languages:
            spoken = self._spoken(reading, language)
            annotation = self._annotation(
                reading, language, analysed if spoken is None else analysed & spoken
            )
            asked = annotation.matches if annotation else None
            if asked is not None and looked_through is not reading:
                asked = in_words_of(looked_through, asked)
            by_entry = self._matches_in(looked_through, language, spoken, asked, seen)
            matches.append(by_entry)
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
        self,
        reading: Reading,
        language: str,
        spoken: Bools | None,
        asked: Matches | None,
        seen: Bools,
    ) -> Matches:
        import numpy as np

        plan = self._plan(language)
        found = find_terms(plan.terms, reading, spoken)
        if self._codebook.hyphens != "split":
            found = joined_by_spaces(plan.terms, reading, found)
        by_entry = _spread(found, plan)
        if asked is not None:
            by_entry = joined([by_entry, asked])
        outside = np.ones(len(by_entry), bool)
        is_there = np.bincount(by_entry.term, minlength=len(self._code_of_entry)) > 0
        for entry in (entry for entry in plan.inside if is_there[entry]):
            outer = found.take(np.isin(found.term, plan.inside[entry]))
            mine = np.flatnonzero(by_entry.term == entry)
            outside[mine] = ~lies_inside(by_entry.start[mine], by_entry.end[mine], outer.start, outer.end)
        by_entry = by_entry.take(outside)
        if not plan.rules.codes and not plan.rules.only_in:
            return by_entry
        ruled = RuledMatches(plan, reading, found, by_entry, seen, self._code_of_entry)
        self._scattered |= ruled.scattered
        return ruled.matches

    def _longest(self, reading: Reading, matches: Matches) -> Ints:
        """Indices of the matches that become segments, sorted by start, end and code."""
        code = self._code_of_entry[matches.term]
        place = (matches.start, matches.end, matches.word, matches.words)
        pieces = pieces_of(matches, self._scattered)
        keep = keep_longest(reading, code, *place, matches.term, pieces)
        order = order_by(matches.start, matches.end, code)
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
            pieces=self._pieces(segments, offset),
            hits=find_hits(reading, segments),
        )

    def _in_words_of(self, reading: Reading, segments: Matches) -> Matches:
        """Segments, and their pieces, with the words of a reading."""
        pieces = pieces_of(segments, self._scattered)
        self._scattered = {
            (int(segments.term[index]), int(segments.start[index]), int(segments.end[index])): (
                pieces_in_words_of(reading, some)
            )
            for index, some in pieces.items()
        }
        return in_words_of(reading, segments)

    def _pieces(self, segments: Matches, offset: Ints) -> dict[int, tuple[Piece, ...]]:
        """The pieces of segments, with offsets counted in each segment's own document."""
        return {
            index: tuple(one.moved(-int(offset[index])) for one in some)
            for index, some in pieces_of(segments, self._scattered).items()
        }

    def _plan(self, language: str) -> Plan:
        if language not in self._plans:
            self._plans[language] = compile_codebook(self._codebook, language or self._codebook.language)
        return self._plans[language]

    def _applicable(self, documents: Sequence[Document]) -> Bools:
        import numpy as np

        plans = {one.language: self._plan(one.language) for one in documents}
        same = {language: applicable(plan, documents[0]) for language, plan in plans.items()}
        rows = [
            applicable(plans[one.language], one) if plans[one.language].rules.only_in else same[one.language]
            for one in documents
        ]
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
