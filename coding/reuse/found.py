"""What coding some documents found, taken apart by code and put together again from several findings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from rubricate.coding.batch import ByCode, Segments
from rubricate.corpus.document import PARTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.batch import Batch, Ints

COLUMNS = tuple(column.name for column in fields(Segments))


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a Batch has that depends on codes: its ``segments``, ``forms``, ``applicable`` and ``by_code``."""

    segments: Segments
    forms: Mapping[tuple[int, str], int]
    applicable: NDArray[np.bool_]
    by_code: ByCode


@dataclass(frozen=True, slots=True, eq=False)
class Numbering:
    """Where the codes and entries of a codebook stand in another one.

    ``code`` and ``entry`` give their numbers there, -1 for what is not in it.
    """

    code: Ints
    entry: Ints

    def take(self, found: Found, codes: int) -> Found:
        """What was found, as the other codebook, of so many ``codes``, numbers it."""
        import numpy as np

        some = found.segments
        stays = np.flatnonzero(self.code[some.code] >= 0)
        columns = {name: getattr(some, name)[stays] for name in COLUMNS}
        columns |= {"code": self.code[columns["code"]], "entry": self.entry[columns["entry"]]}
        entry = self.entry.tolist()
        known = np.flatnonzero(self.code >= 0)
        hits, filtered = np.zeros((codes, len(PARTS)), np.int64), np.zeros(codes, np.int64)
        hits[self.code[known]] = found.by_code.hits[known]
        filtered[self.code[known]] = found.by_code.filtered[known]
        applicable = np.zeros((len(found.applicable), codes), np.bool_)
        applicable[:, self.code[known]] = found.applicable[:, known]
        return Found(
            Segments(**columns),
            {(entry[number], form): n for (number, form), n in found.forms.items() if entry[number] >= 0},
            applicable,
            ByCode(hits, filtered),
        )


def numbering(places: Sequence[int], entries: Sequence[int], codebook: Codebook) -> Numbering:
    """For codes with so many ``entries`` each: their ``places`` in a codebook, in which they have as many."""
    import numpy as np

    sizes = np.array([len(code.entries) for code in codebook.codes], np.int64)
    first = np.append(np.cumsum(sizes) - sizes, 0)
    code, count = np.array(places, np.int64), np.array(entries, np.int64)
    begins = np.repeat(np.cumsum(count) - count, count)
    there = np.repeat(code, count)
    return Numbering(code, np.where(there >= 0, first[there] + np.arange(len(there)) - begins, -1))


def found_in(batch: Batch) -> Found:
    """What a batch has that depends on codes."""
    assert batch.by_code
    return Found(batch.segments, batch.forms, batch.applicable, batch.by_code)


def with_found(batch: Batch, found: Sequence[Found], codebook: Codebook) -> Batch:
    """The batch with all that was found instead of what it has; each code is in one of ``found``."""
    import numpy as np

    forms: Counter[tuple[int, str]] = Counter()
    for one in found:
        forms.update(one.forms)
    entry = np.array([entry for entry, _ in forms], np.int64)
    matches = np.zeros(len(codebook.entries), np.int64)
    np.add.at(matches, entry, np.array(list(forms.values()), np.int64))
    hits = np.sum([one.by_code.hits for one in found], axis=0)
    filtered = np.sum([one.by_code.filtered for one in found], axis=0)
    segments = hits.sum(axis=0).tolist()
    return replace(
        batch,
        segments=_sorted([one.segments for one in found]),
        forms=forms,
        matches=matches,
        applicable=np.logical_or.reduce([one.applicable for one in found]),
        filtered=int(filtered.sum()),
        parts={
            part: (*batch.parts[part][:2], here) for part, here in zip(batch.parts, segments, strict=True)
        },
        by_code=ByCode(hits, filtered),
    )


def _sorted(some: Sequence[Segments]) -> Segments:
    """All segments by document, start, end and code."""
    import numpy as np

    columns = {name: np.concatenate([getattr(one, name) for one in some]) for name in COLUMNS}
    order = np.lexsort((columns["code"], columns["end"], columns["start"], columns["document"]))
    return Segments(**{name: column[order] for name, column in columns.items()})
