"""What a study changes in its documents while they are read, and which of its rows changed nothing."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from rubricate.corpus.study.correcting import correct
from rubricate.corpus.study.corrections import Everywhere, is_beginning
from rubricate.corpus.study.repair_rows import find_repairs, line_by_line, unused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from rubricate.corpus.document import Block
    from rubricate.corpus.study.correcting import Corrected
    from rubricate.corpus.study.corrections import Correction, Corrections
    from rubricate.corpus.study.repair_rows import RepairRow, Repairs

    Replacement = tuple[int, int, str]
    Uses = tuple[frozenset[RepairRow], frozenset[Correction]]

_APART = "\uffff"
"""Stands between texts that are searched together: no text has this character, and none matches over it."""


class StudyChanges:
    """The rows of repairs.csv and corrections.csv; remembers which repairs, and which corrections of all
    documents, were of use.
    """

    def __init__(self, repairs: Repairs | None = None, corrections: Corrections | None = None) -> None:
        self._repairs = repairs
        self._corrections = corrections
        self._everywhere = corrections.everywhere() if corrections else Everywhere()
        self._used: set[RepairRow] = set()
        self._fitting: set[Correction] = set()

    @property
    def uses(self) -> Uses:
        """What was of use so far, for another one with the same rows to be told (``add_uses``)."""
        return frozenset(self._used), frozenset(self._fitting)

    def add_uses(self, uses: Uses) -> None:
        """Remember what was of use somewhere else."""
        used, fitting = uses
        self._used |= used
        self._fitting |= fitting

    def replacements(self, text: str, document: str) -> list[Replacement]:
        """What to replace in a text of a document: start, end, and what comes there; sorted.

        No replacement holds a line break that stays: of a row that goes over one, each line is told.
        """
        if self._repairs is None:
            return []
        found = find_repairs(text, document, self._repairs)
        self._used.update(place.row for place in found)
        return [change for place in found for change in line_by_line(text, place)]

    def replacements_in(self, texts: Sequence[str], document: str) -> list[list[Replacement]]:
        """The same for each of a document's texts; no row goes from one into the next."""
        changes: list[list[Replacement]] = [[] for _ in texts]
        starts = [0, *accumulate(len(text) + len(_APART) for text in texts)]
        for start, end, after in self.replacements(_APART.join(texts), document):
            index = bisect_right(starts, start) - 1
            changes[index].append((start - starts[index], end - starts[index], after))
        return changes

    def corrected(self, blocks: Iterable[Block], document: str) -> Corrected | None:
        """The blocks of a document with its corrections made; None if none are. Without any that could be,
        the blocks are not asked for. CorpusError where one about this document fits nothing.
        """
        rows = self._corrections.of(document) if self._corrections else ()
        if not rows and not self._everywhere.rows:
            return None
        made = correct(list(blocks), rows, self._everywhere)
        self._fitting |= made.everywhere
        return made if rows or made.everywhere else None

    def without_use(self, documents: Collection[str]) -> list[str]:
        """A line for each row that changed nothing in any of these documents, which are all there are."""
        idle = unused(self._repairs, self._used, self._repairs.rows) if self._repairs else []
        elsewhere = self._corrections.elsewhere(documents) if self._corrections else ()
        idle += [f"{row.file}: line {row.line}: there is no document {row.document!r}" for row in elsewhere]
        nowhere = (row for row in self._everywhere.rows if row not in self._fitting)
        return idle + [f"{row.file}: line {row.line}: {_fits_nowhere(row)}" for row in nowhere]

    def without_use_in(self, document: str) -> list[str]:
        """A line for each row that names this document and changed nothing in it; others may not be read."""
        return unused(self._repairs, self._used, self._repairs.own(document)) if self._repairs else []


def _fits_nowhere(row: Correction) -> str:
    fits = "begins with" if is_beginning(row.quotation) else "is"
    return f"no paragraph of any document {fits} “{row.quotation}”"
