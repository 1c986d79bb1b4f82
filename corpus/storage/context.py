"""What a document is made from besides its file: if that stays the same, the document is not made again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from rubricate.corpus.metadata.files import read_metadata
from rubricate.corpus.metadata.matching import match_entries
from rubricate.corpus.metadata.names import parse_pattern
from rubricate.corpus.readers import TABLES
from rubricate.corpus.storage.layout import CORPUS
from rubricate.corpus.storage.record import READING, from_here
from rubricate.corpus.study.changes import StudyChanges
from rubricate.corpus.study.corrections import read_corrections
from rubricate.corpus.study.repair_rows import read_repairs
from rubricate.corpus.study.tables import same_form

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rubricate.corpus.metadata.names import NamePattern
    from rubricate.corpus.metadata.table import Metadata
    from rubricate.corpus.storage.record import How, Origin
    from rubricate.corpus.study.corrections import Correction, Corrections
    from rubricate.corpus.study.repair_rows import RepairRow, Repairs

    Facts = list[tuple[object, ...]]
    """What is decided, without where it is written."""

CORRECTIONS, REPAIRS = "corrections.csv", "repairs.csv"


@dataclass(frozen=True)
class Decisions:
    """What a study has decided about its texts, in its folder ``corpus``."""

    repairs: Repairs | None = None
    corrections: Corrections | None = None

    def changes(self) -> StudyChanges:
        """The same, ready to be made."""
        return StudyChanges(self.repairs, self.corrections)

    def about(self, document: str) -> Facts:
        """What is decided about this document."""
        repairs = self.repairs.own(document) if self.repairs else ()
        return [*map(_repair, repairs), *map(_correction, self.corrections_of(document))]

    def about_all(self) -> Facts:
        """What is decided about all documents."""
        repairs = self.repairs.rows if self.repairs else ()
        return [
            *(_repair(row) for row in repairs if not row.document),
            *map(_correction, self.corrections_of("")),
        ]

    def corrections_of(self, document: str) -> list[Correction]:
        """The corrections of a document; without an id those of all documents."""
        return self._by_document.get(same_form(document), [])

    @cached_property
    def _by_document(self) -> dict[str, list[Correction]]:
        rows: dict[str, list[Correction]] = {}
        for row in self.corrections.rows if self.corrections else ():
            rows.setdefault(row.document, []).append(row)
        return rows


def _repair(row: RepairRow) -> tuple[object, ...]:
    return row.before, row.after


def _correction(row: Correction) -> tuple[object, ...]:
    return row.number, row.quotation, row.what, row.value, row.reason, row.split_before


def read_decisions(study: Path) -> Decisions:
    """Read repairs.csv and corrections.csv of a study; either may be missing or empty."""
    repairs, corrections = study / CORPUS / REPAIRS, study / CORPUS / CORRECTIONS
    return Decisions(
        read_repairs(repairs) if _has_rows(repairs) else None,
        read_corrections(corrections) if _has_rows(corrections) else None,
    )


def _has_rows(path: Path) -> bool:
    return path.exists() and bool(path.read_bytes().strip())


@dataclass(frozen=True)
class Context:
    """How some files are read, with the metadata and the pattern of names ready to be used.

    ``fallback`` is the language of documents whose language nobody names and of which no guess is sure;
    ``extensions`` are those of all files that are read so.
    """

    how: How
    fallback: str
    decisions: Decisions
    extensions: frozenset[str]
    metadata: Metadata | None = None
    pattern: NamePattern | None = None

    def inputs(self, document: str) -> str:
        """The hash of all that a document is made from, but for its file."""
        row = self.metadata.rows.get(same_form(document), {}) if self.metadata else {}
        about = self.decisions.about(document)
        if not row and not about:  # as most
            return self._common
        return _hash([self._common, dict(row), about])

    @cached_property
    def _common(self) -> str:
        how = asdict(replace(self.how, metadata=""))  # it is its rows that count
        columns = self.metadata.columns if self.metadata else ()
        return _hash([READING, how, self.fallback, columns, self.decisions.about_all()])


def _hash(content: object) -> str:
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def context_of(
    how: How, study: Path, fallback: str, decisions: Decisions, files: Sequence[Origin]
) -> Context:
    """Read what ``how`` names for the files that are read so; CorpusError where that cannot be read."""
    metadata = read_metadata(from_here(how.metadata, study), how.options) if how.metadata else None
    if metadata:
        documents = ((file.id, file.file) for file in files if file.extension not in TABLES)
        metadata = match_entries(metadata, documents)
    pattern = parse_pattern(how.name_pattern) if how.name_pattern else None
    return Context(how, fallback, decisions, frozenset(file.extension for file in files), metadata, pattern)
