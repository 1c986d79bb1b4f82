"""A kept pass as the batches of which tables are made: its segments laid over the corpus, nothing matched."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rubricate.coding.apply import NEAR, unmarked, whole_documents
from rubricate.coding.batch import Batch, Piece, Segments
from rubricate.coding.counting import passed, sums_of_parts
from rubricate.coding.flags import FLAGS, Flags
from rubricate.coding.match import touching
from rubricate.coding.pass_folders.rows import StoredRows, damaged, read_forms, read_unanalysed
from rubricate.coding.plan import entries_of_codes
from rubricate.coding.rules.variables import applicable_by, conditions_of
from rubricate.corpus.duplicates.search import Duplicates
from rubricate.corpus.passages import analysed_paragraphs, cut_passages, passages_at
from rubricate.corpus.reading import find_sentences, read_words
from rubricate.corpus.words.borders import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.apply import Mark
    from rubricate.coding.pass_folders.folder import Pass
    from rubricate.coding.pass_folders.rows import Rows
    from rubricate.coding.settings import Settings
    from rubricate.corpus.document import Document
    from rubricate.corpus.passages import Passages
    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]


def stored_batches(
    one: Pass,
    codebook: Codebook,
    settings: Settings,
    documents: Iterable[Document],
    *,
    mark_duplicates: bool = True,
) -> Iterator[Batch]:
    """The batches that ``apply_codebook`` would yield, from the segments that a pass has kept.

    ``codebook`` is the pass's own, ``documents`` the corpus it was made over, in order, and ``settings`` are
    its own too, though filters may be added. What was kept as sums over all documents comes with the first
    batch. PassError where the tables are damaged or do not fit the documents.
    """
    near, vocabulary = NEAR[settings.duplicates], Vocabulary()
    search = mark_duplicates or settings.duplicates != "keep"
    mark = Duplicates(near=near, language=codebook.language).mark if search else unmarked
    readings = (read_words(some, vocabulary) for some in whole_documents(documents))
    return batches_over(readings, one, codebook, settings, mark)


def batches_over(
    readings: Iterable[Reading], one: Pass, codebook: Codebook, settings: Settings, mark: Mark
) -> Iterator[Batch]:
    """The same of documents that are read already, one batch for each reading; ``mark`` gives the duplicates
    among its passages.
    """
    layout = _Layout(one, codebook, settings, mark)
    with StoredRows(one.path, codebook) as stored:
        for number, reading in enumerate(readings):
            names = [document.id for document in reading.documents]
            batch = layout.batch(reading, stored.of(names))
            yield batch if number else _with_sums(batch, one, codebook, settings)
        if stored.left():
            raise damaged(one.path)


def _with_sums(batch: Batch, one: Pass, codebook: Codebook, settings: Settings) -> Batch:
    """The batch with the matches of each entry, and with the segments in parts that are not analysed."""
    import numpy as np

    forms = read_forms(one.path, codebook)
    matches = np.zeros(len(codebook.entries), np.int64)
    for (entry, _), count in forms.items():
        matches[entry] += count
    elsewhere, hits = read_unanalysed(one.path), Counter[str]()
    for (part, raised), count in elsewhere.items():
        flags = {flag: np.array([value]) for flag, value in zip(FLAGS, raised, strict=True)}
        hits[part] += count * int(passed(flags, settings)[0])
    parts = {part: (*sums[:2], sums[2] + hits[part]) for part, sums in batch.parts.items()}
    return replace(batch, forms=forms, matches=matches, parts=parts, elsewhere=elsewhere)


class _Layout:
    """What batches are made with: the settings, and what gives the duplicates."""

    def __init__(self, one: Pass, codebook: Codebook, settings: Settings, mark: Mark) -> None:
        import numpy as np

        self._pass, self._codebook, self._settings, self._mark = one, codebook, settings, mark
        self._flags = Flags(codebook.language)
        owners = [number for number, code in enumerate(codebook.codes) for _ in code.entries]
        self._code_of_entry = np.array(owners, np.int64)
        self._only_in = conditions_of(codebook)
        self._entries: dict[str, list[list[int]]] = {}

    def batch(self, reading: Reading, rows: Rows) -> Batch:
        """Some documents with the segments that were kept of them."""
        import numpy as np

        documents = reading.documents
        analysed = analysed_paragraphs(reading, self._settings.parts)
        passages = cut_passages(reading, self._settings.unit, self._settings.parts)
        marks = self._mark(reading, passages, analysed)
        counted = ~marks.repeats | (self._settings.duplicates == "keep")
        stays = passed(rows.flags, self._settings)
        segments = self._segments(reading, passages, rows.take(stays))
        starts = segments.start + reading.offset[segments.document]
        return Batch(
            documents=documents,
            passages=passages,
            marks=marks,
            counted=counted,
            segments=segments,
            matches=np.zeros(len(self._code_of_entry), np.int64),
            forms={},
            applicable=self._applicable(documents),
            judged=self._flags.judged(documents),
            filtered=int(np.count_nonzero(~stays)),
            parts=sums_of_parts(reading, passages, analysed, counted, starts),
        )

    def _segments(self, reading: Reading, passages: Passages, rows: Rows) -> Segments:
        """The segments with what is not kept of them, because the documents say it."""
        import numpy as np

        offset = reading.offset[rows.document]
        start = rows.start + offset
        paragraph = reading.paragraph_at(start)
        around = np.zeros(len(reading.paragraph_start), bool)
        around[paragraph] = True
        sentences = find_sentences(reading, around)
        sentence = sentences.at(start)
        passage = passages_at(reading, passages, start)
        self._refuse_misfits(passages, passage, rows)
        words = touching(reading, rows.entry, start, rows.end + offset)
        flags: dict[str, Any] = dict(rows.flags)
        return Segments(
            document=rows.document,
            passage=passage,
            paragraph=reading.paragraph_index[paragraph],
            code=self._code_of_entry[rows.entry],
            entry=rows.entry,
            start=rows.start,
            end=rows.end,
            word=words.word,
            words=words.words,
            sentence_start=sentences.start[sentence] - offset,
            sentence_end=sentences.end[sentence] - offset,
            **flags,
            pieces=_pieces(reading, offset, rows),
        )

    def _refuse_misfits(self, passages: Passages, passage: Ints, rows: Rows) -> None:
        """Raise PassError where a segment does not lie in the passage in which it was counted."""
        fits = len(passages) or not len(rows)
        if not fits or (passages.start[passage] != rows.passage_start).any():
            raise damaged(self._pass.path)

    def _applicable(self, documents: Sequence[Document]) -> Bools:
        import numpy as np

        rows = [self._applicable_in(document) for document in documents]
        return np.array(rows, bool).reshape(len(documents), len(self._codebook.codes))

    def _applicable_in(self, document: Document) -> list[bool]:
        """For each code whether it is looked for in a document; where no variables are asked, by language."""
        language = document.language or self._codebook.language
        if language not in self._entries:
            self._entries[language] = entries_of_codes(self._codebook, language)
        if self._only_in:
            return applicable_by(self._entries[language], self._only_in, document)
        return list(map(bool, self._entries[language]))


def _pieces(reading: Reading, offset: Ints, rows: Rows) -> dict[int, tuple[Piece, ...]]:
    """The words that matched of segments in which others stand between them, by their numbers too."""
    import numpy as np

    owners = [row for row, some in rows.pieces.items() for _ in some]
    places = np.array([place for some in rows.pieces.values() for place in some], np.int64).reshape(-1, 2)
    moved = places + offset[owners][:, None] if owners else places
    words = touching(reading, np.zeros(len(places), np.int64), moved[:, 0], moved[:, 1])
    pieces: dict[int, tuple[Piece, ...]] = {}
    columns = (places[:, 0], places[:, 1], words.word, words.words)
    for row, *piece in zip(owners, *(column.tolist() for column in columns), strict=True):
        pieces[row] = (*pieces.get(row, ()), Piece(*piece))
    return pieces
