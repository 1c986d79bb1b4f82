"""What a pass makes of one document, and what it would make of it if nothing were left out."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from rubricate.codebooks.pipeline_terms import PIPELINE_KINDS
from rubricate.codebooks.rules.dependencies import asked_codes
from rubricate.coding.apply import apply_codebook
from rubricate.coding.flags import FLAGS
from rubricate.coding.match import Matches
from rubricate.coding.settings import Settings
from rubricate.corpus.document import PARTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from rubricate.codebooks.codebook import Codebook, Entry
    from rubricate.coding.batch import Batch
    from rubricate.corpus.document import Document


class Found(NamedTuple):
    """A segment: ``entry`` and ``code`` index those of the codebook, offsets are the document's, ``word`` is
    the position of its first word in the document, and ``flags`` are those that are raised. ``between``
    counts the words between those that are matched, gap by gap.
    """

    entry: int
    code: int
    paragraph: int
    start: int
    end: int
    word: int
    words: int
    sentence_start: int
    sentence_end: int
    flags: frozenset[str]
    between: tuple[int, ...] = ()

    @property
    def place(self) -> tuple[int, int, int]:
        """What tells it apart: entry, start and end."""
        return self.entry, self.start, self.end


@dataclass(frozen=True)
class Coded:
    """The last document of a batch as coded, with its segments in order."""

    batch: Batch
    segments: tuple[Found, ...]

    @cached_property
    def places(self) -> frozenset[tuple[int, int, int]]:
        """The segments' entries, starts and ends."""
        return frozenset(found.place for found in self.segments)

    def counts_at(self, offset: int) -> bool:
        """Whether the passage in which an offset lies counts: it is analysed, and no duplicate left out."""
        passage = self._passage(offset)
        return passage is not None and bool(self.batch.counted[passage])

    def why_left_out(self, offset: int, choice: str) -> str:
        """Which passage the one at an offset repeats."""
        passage = self._passage(offset)
        assert passage is not None
        original = self.batch.marks.originals[int(self.batch.marks.original[passage])]
        where = original.document + (f"#p{original.paragraph + 1}" if original.paragraph >= 0 else "")
        return f"the passage repeats {where}, and --duplicates {choice} leaves it out"

    def _passage(self, offset: int) -> int | None:
        import numpy as np

        passages = self.batch.passages
        mine = np.flatnonzero(passages.document == len(self.batch.documents) - 1)
        place = int(np.searchsorted(passages.start[mine], offset, side="right")) - 1
        return int(mine[place]) if place >= 0 and offset < passages.end[mine[place]] else None


def coded(
    codebook: Codebook, document: Document, settings: Settings, earlier: Iterable[Document] = ()
) -> Coded:
    """What the pass makes of a document; ``earlier`` ones of its corpus may hold what it repeats."""
    batches = apply_codebook(
        codebook, chain(earlier, [document]), settings, mark_duplicates=False, whole=False
    )
    (batch,) = deque(batches, maxlen=1)
    return Coded(batch, segments_of(batch, range(len(codebook.entries))))


def would_be(
    codebook: Codebook, document: Document, settings: Settings, entries: Collection[int]
) -> tuple[Found, ...]:
    """The segments if all parts were analysed and nothing negated or repeated left out.

    Only these ``entries`` are looked for, those that need a pipeline, and rules with what they ask about: a
    codebook of thousands is quickly read, but not quickly compiled.
    """
    asked = {code for others in asked_codes(codebook.codes).values() for code in others}
    owners = [code.id for code in codebook.codes for _ in code.entries]
    needed = {
        number
        for number, (entry, code) in enumerate(zip(codebook.entries, owners, strict=True))
        if entry.kind in (*PIPELINE_KINDS, "rule") or code in asked
    }
    some, numbers = _only(codebook, needed.union(entries))
    some = replace(some, codes=tuple(replace(code, negated="keep") for code in some.codes))
    everything = Settings(parts=PARTS, pipeline=settings.pipeline)
    (batch,) = apply_codebook(
        some, [document], everything, mark_duplicates=False, whole=False, seen=settings.parts
    )
    return segments_of(batch, numbers)


def in_language(
    codebook: Codebook, document: Document, language: str, settings: Settings
) -> tuple[Found, ...]:
    """The segments of entries for another language, if the document were in it."""
    wanted = {number for number, entry in enumerate(codebook.entries) if entry.language == language}
    some, numbers = _only(codebook, wanted)
    other = replace(document, language=language)
    plain = Settings(unit=settings.unit, parts=settings.parts, pipeline=settings.pipeline)
    (batch,) = apply_codebook(some, [other], plain, mark_duplicates=False, whole=False)
    return segments_of(batch, numbers)


def as_matches(some: Sequence[Found]) -> Matches:
    """Segments as matches, for what works on arrays of these."""
    import numpy as np

    names = ("entry", "start", "end", "word", "words")
    return Matches(*(np.array([getattr(found, name) for found in some], np.int64) for name in names))


def _only(codebook: Codebook, entries: Collection[int]) -> tuple[Codebook, list[int]]:
    """The codebook with these entries, and which number each has in the whole codebook."""
    numbers: list[int] = []
    codes, first = [], 0
    for code in codebook.codes:
        numbered: Sequence[tuple[int, Entry]] = list(enumerate(code.entries, first))
        first += len(numbered)
        kept = [(number, entry) for number, entry in numbered if number in entries]
        numbers += (number for number, _ in kept)
        codes.append(replace(code, entries=tuple(entry for _, entry in kept)))
    return replace(codebook, codes=tuple(codes)), numbers


def segments_of(batch: Batch, numbers: Sequence[int]) -> tuple[Found, ...]:
    """The segments of the last document of a batch."""
    import numpy as np

    columns = batch.segments
    mine = np.flatnonzero(columns.document == len(batch.documents) - 1).tolist()

    def found(index: int) -> Found:
        numbers_of = (int(getattr(columns, name)[index]) for name in Found._fields[1:-2])
        flags = frozenset(flag for flag in FLAGS if getattr(columns, flag)[index])
        pieces = columns.pieces.get(index, ())
        between = tuple(other.word - one.word - one.words for one, other in pairwise(pieces))
        return Found._make((numbers[int(columns.entry[index])], *numbers_of, flags, between))

    return tuple(map(found, mine))
