"""What a document is made from besides its file: if that stays the same, the document is not made again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.metadata.files import read_metadata
from rubricate.corpus.metadata.matching import match_entries
from rubricate.corpus.metadata.names import parse_pattern
from rubricate.corpus.readers import TABLES
from rubricate.corpus.study.changes import StudyChanges
from rubricate.corpus.study.corrections import read_corrections
from rubricate.corpus.study.repair_rows import read_repairs
from rubricate.corpus.study.tables import same_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rubricate.corpus.metadata.names import NamePattern
    from rubricate.corpus.metadata.table import Metadata
    from rubricate.corpus.storage.record import How, Origin
    from rubricate.corpus.study.corrections import Correction, Corrections
    from rubricate.corpus.study.repair_rows import Repairs

READING = 1
"""Raised whenever a file would be read, cleaned or cut otherwise than before: then all is read anew."""

CORRECTIONS, REPAIRS = "corrections.csv", "repairs.csv"


@dataclass(frozen=True)
class Decisions:
    """What a study has decided about its texts, in its folder ``corpus``."""

    repairs: Repairs | None
    corrections: Corrections | None

    def changes(self) -> StudyChanges:
        """The same, ready to be made."""
        return StudyChanges(self.repairs, self.corrections)

    def about(self, document: str) -> list[tuple[object, ...]]:
        """Everything that is decided about a document."""
        repairs = self.repairs.of(document) if self.repairs else ()
        corrections = (*self._corrections.get("", ()), *self._corrections.get(same_form(document), ()))
        return [(row.before, row.after) for row in repairs] + [
            (row.number, row.quotation, row.what, row.value, row.reason, row.split_before)
            for row in corrections
        ]

    @cached_property
    def _corrections(self) -> dict[str, list[Correction]]:
        """The corrections by document; those of all documents under an empty name."""
        rows: dict[str, list[Correction]] = {}
        for row in self.corrections.rows if self.corrections else ():
            rows.setdefault(row.document, []).append(row)
        return rows


def read_decisions(corpus: Path) -> Decisions:
    """Read repairs.csv and corrections.csv of a study; either may be missing."""
    repairs, corrections = corpus / REPAIRS, corpus / CORRECTIONS
    return Decisions(
        read_repairs(repairs) if repairs.exists() else None,
        read_corrections(corrections) if corrections.exists() else None,
    )


@dataclass(frozen=True)
class Context:
    """How some files are read, with the metadata and the pattern of names ready to be used."""

    how: How
    decisions: Decisions
    metadata: Metadata | None = None
    pattern: NamePattern | None = None
    _known: dict[str, str] = field(default_factory=dict)

    def inputs(self, document: str) -> str:
        """The hash of all that a document is made from, but for its file."""
        row: Mapping[str, str] = self.metadata.rows.get(same_form(document), {}) if self.metadata else {}
        about = self.decisions.about(document)
        how = asdict(self.how) | {"metadata": ""}  # its rows are what counts
        columns = self.metadata.columns if self.metadata else ()
        content = json.dumps([READING, how, columns, dict(row), about], sort_keys=True)
        if content not in self._known:  # most documents have no row and no decisions
            self._known.clear()
            self._known[content] = sha256(content.encode()).hexdigest()
        return self._known[content]


def context_of(how: How, study: Path, decisions: Decisions, files: Iterable[Origin]) -> Context:
    """Read what ``how`` names for the files that are read so; CorpusError where that cannot be read."""
    metadata = read_metadata(metadata_file(how, study), how.options) if how.metadata else None
    if metadata:
        documents = ((file.id, file.file) for file in files if file.extension not in TABLES)
        metadata = match_entries(metadata, documents)
    return Context(how, decisions, metadata, parse_pattern(how.name_pattern) if how.name_pattern else None)


def metadata_file(how: How, study: Path) -> Path:
    """Where the metadata lie; CorpusError if they are gone."""
    path = Path(study, how.metadata)
    if not path.is_file():
        raise CorpusError(
            f"{how.metadata}: the metadata of this corpus are gone; put the file back, or add the sources "
            "again with another --metadata"
        )
    return path
