"""What a study changes in its documents while they are read, and which of its rows changed nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.corpus.study.corrections import correct
from rubricate.corpus.study.repair_rows import find_repairs, unused

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from rubricate.corpus.document import Block
    from rubricate.corpus.study.corrections import Corrections
    from rubricate.corpus.study.repair_rows import RepairRow, Repairs


class StudyChanges:
    """The rows of repairs.csv and corrections.csv; remembers which repairs were of use."""

    def __init__(self, repairs: Repairs | None = None, corrections: Corrections | None = None) -> None:
        self._repairs = repairs
        self._corrections = corrections
        self._used: set[RepairRow] = set()

    def replacements(self, text: str, document: str) -> list[tuple[int, int, str]]:
        """What to replace in a text of a document: start, end, and what comes there; sorted."""
        if self._repairs is None:
            return []
        found = find_repairs(text, document, self._repairs)
        self._used.update(place.row for place in found)
        return [(place.start, place.end, place.after) for place in found]

    def corrected(self, blocks: Sequence[Block], document: str) -> list[Block]:
        """The blocks of a document with its corrections made; CorpusError where one fits nothing."""
        rows = self._corrections.of(document) if self._corrections else ()
        return correct(blocks, rows) if rows else list(blocks)

    def title(self, document: str) -> str:
        """The title that the study gives to a document; empty where it gives none."""
        return self._corrections.title(document) if self._corrections else ""

    def without_use(self, documents: Collection[str]) -> list[str]:
        """A line for each row that changed nothing in any of these documents."""
        idle = unused(self._repairs, self._used) if self._repairs else []
        elsewhere = self._corrections.elsewhere(documents) if self._corrections else ()
        return idle + [
            f"{row.file}: line {row.line}: there is no document {row.document!r}" for row in elsewhere
        ]
