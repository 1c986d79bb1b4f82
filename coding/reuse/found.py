"""What coding some documents found, taken apart by code and put together again from several findings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from rubricate.coding.batch import ByCode, Segments
from rubricate.coding.hits import joined_hits
from rubricate.coding.ordering import order_by
from rubricate.corpus.document import PARTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.batch import Batch, Ints, Piece
    from rubricate.corpus.reading import Reading

COLUMNS = tuple(column.name for column in fields(Segments) if column.name not in ("pieces", "hits"))
"""The columns of segments that are arrays."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a Batch has that depends on codes: its ``segments``, ``forms``, ``applicable`` and ``by_code``."""

    segments: Segments
    forms: Mapping[tuple[int, str], int]
    applicable: NDArray[np.bool_]
    by_code: ByCode


@dataclass(frozen=True, slots=True, eq=False)
class Numbering:
    """Where the codes and entries of a codebook stand in another one, of so many (``size``) codes.

    ``code`` and ``entry`` give their numbers there, -1 for what is not in it.
    """

    code: Ints
    entry: Ints
    size: int

    def take(self, found: Found) -> Found:
        """What was found, as the other codebook numbers it."""
        import numpy as np

        entry, known = self.entry.tolist(), np.flatnonzero(self.code >= 0)
        applicable = np.zeros((len(found.applicable), self.size), np.bool_)
        applicable[:, self.code[known]] = found.applicable[:, known]
        return Found(
            self._segments(found.segments),
            {(entry[number], form): n for (number, form), n in found.forms.items() if entry[number] >= 0},
            applicable,
            self._by_code(found.by_code, known),
        )

    def _segments(self, some: Segments) -> Segments:
        import numpy as np

        taken = taken_from([some], np.flatnonzero(self.code[some.code] >= 0))
        return replace(taken, code=self.code[taken.code], entry=self.entry[taken.entry])

    def _by_code(self, sums: ByCode, known: Ints) -> ByCode:
        import numpy as np

        filtered, code = np.zeros(self.size, np.int64), self.code.tolist()
        filtered[self.code[known]] = sums.filtered[known]
        elsewhere = {
            (code[one], part, raised): n
            for (one, part, raised), n in sums.elsewhere.items()
            if code[one] >= 0
        }
        return ByCode(filtered, elsewhere)


def numbering(places: Sequence[int], entries: Sequence[int], codebook: Codebook) -> Numbering:
    """For codes with so many ``entries`` each: their ``places`` in a codebook, in which they have as many."""
    import numpy as np

    sizes = np.array([len(code.entries) for code in codebook.codes], np.int64)
    first = np.append(np.cumsum(sizes) - sizes, 0)
    code, count = np.array(places, np.int64), np.array(entries, np.int64)
    begins = np.repeat(np.cumsum(count) - count, count)
    there = np.repeat(code, count)
    entry = np.where(there >= 0, first[there] + np.arange(len(there)) - begins, -1)
    return Numbering(code, entry, len(codebook.codes))


def found_in(batch: Batch) -> Found:
    """What a batch has that depends on codes."""
    assert batch.by_code
    return Found(batch.segments, batch.forms, batch.applicable, batch.by_code)


def with_found(batch: Batch, found: Sequence[Found], codebook: Codebook, reading: Reading) -> Batch:
    """The batch of a reading with all that was found instead of what it has; each code is in one of
    ``found``.
    """
    import numpy as np

    forms = Counter({form: n for one in found for form, n in one.forms.items()})
    matches = np.zeros(len(codebook.entries), np.int64)
    np.add.at(matches, [entry for entry, _ in forms], list(forms.values()))
    by_code = ByCode(
        np.sum([one.by_code.filtered for one in found], axis=0),
        {row: n for one in found for row, n in one.by_code.elsewhere.items()},
    )
    elsewhere: Counter[tuple[str, tuple[bool, ...]]] = Counter()
    for (_, part, raised), n in by_code.elsewhere.items():
        elsewhere[part, raised] += n
    segments = _in_order([one.segments for one in found])
    return replace(
        batch,
        segments=segments,
        forms=forms,
        matches=matches,
        applicable=np.logical_or.reduce([one.applicable for one in found]),
        filtered=int(by_code.filtered.sum()),
        parts=_parts(batch, reading, segments, elsewhere),
        elsewhere=elsewhere,
        by_code=by_code,
    )


def _parts(
    batch: Batch, reading: Reading, segments: Segments, elsewhere: Mapping[tuple[str, tuple[bool, ...]], int]
) -> dict[str, tuple[int, int, int]]:
    """The parts of the batch with the segments that there are now."""
    import numpy as np

    paragraph = reading.paragraph_at(segments.start + reading.offset[segments.document])
    hits = np.bincount(reading.paragraph_part[paragraph], minlength=len(PARTS))
    for (part, _), n in elsewhere.items():
        hits[PARTS.index(part)] += n
    return {part: (*batch.parts[part][:2], here) for part, here in zip(PARTS, hits.tolist(), strict=True)}


def _in_order(some: Sequence[Segments]) -> Segments:
    """All segments by document, start, end and code."""
    import numpy as np

    keys = ([getattr(one, name) for one in some] for name in ("document", "start", "end", "code"))
    return taken_from(some, order_by(*map(np.concatenate, keys)))


def taken_from(some: Sequence[Segments], which: Ints) -> Segments:
    """These of all segments, counted from the first to the last."""
    import numpy as np

    columns: dict[str, Any] = {
        name: np.concatenate([getattr(one, name) for one in some])[which] for name in COLUMNS
    }
    hits = joined_hits([one.hits for one in some if one.hits]).take(which)
    pieces: dict[int, tuple[Piece, ...]] = {}
    begins = 0
    for one in some:
        pieces |= {begins + row: places for row, places in one.pieces.items()}
        begins += len(one)
    if not pieces:
        return Segments(**columns, hits=hits)
    rows = {before: row for row, before in enumerate(which.tolist())}
    moved = {rows[before]: places for before, places in pieces.items() if before in rows}
    return Segments(**columns, pieces=moved, hits=hits)
