"""A pass is run again from its own folder, to prove that it comes out the same."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rubricate.codebooks import read_codebook
from rubricate.coding.flags import FLAGS
from rubricate.coding.pass_folders.comparison import different_inputs
from rubricate.coding.pass_folders.errors import PassError
from rubricate.coding.pass_folders.tables import EXPANSIONS, SEGMENTS, UNANALYSED, TablesWriter
from rubricate.coding.passes import CorpusHash, record_pass
from rubricate.coding.pipeline_check import check_pipeline
from rubricate.coding.settings import DUPLICATES, FILTERS, Settings
from rubricate.corpus.document import PARTS
from rubricate.corpus.errors import shown
from rubricate.corpus.passages import UNITS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.batch import Batch
    from rubricate.coding.pass_folders.folder import Pass

    Coded = Callable[[Codebook, Settings, CorpusHash], Iterator[Batch]]


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of a replay: ``inputs`` are those that differ from then (then, now); ``tables`` the names of
    tables that differ. With neither, the pass is proved. ``segments`` is how many there are now.
    """

    inputs: Mapping[str, tuple[Any, Any]]
    tables: tuple[str, ...]
    segments: int

    @property
    def identical(self) -> bool:
        """Whether everything came out as it was."""
        return not self.inputs and not self.tables


def replay(one: Pass, coded: Coded, pipeline: str, languages: Collection[str]) -> Replay:
    """Apply the codebook of a pass, as it was then, to the documents of its study, as they are now.

    ``coded`` applies a codebook with settings to them, and adds them to a hash of the corpus before it ends.
    ``pipeline`` is the pipeline as it is named from here, ``languages`` are those of the documents.
    PassError where the folder of the pass has no sound codebook or settings.
    """
    codebook = applied_codebook(one)
    corpus = CorpusHash()
    settings = replace(applied_settings(one), pipeline=pipeline)
    check_pipeline(codebook, pipeline, str(one.path / "codebook.yaml"), languages)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with TablesWriter(folder, codebook) as writer:
            for batch in coded(codebook, settings, corpus):
                writer.write(batch)
        tables = tuple(
            table
            for table in (SEGMENTS, EXPANSIONS, UNANALYSED)
            if not _same(one.path / table, folder / table)
        )
    now = record_pass(corpus, codebook, settings)
    return Replay(different_inputs(one.content, now.content), tables, writer.segments)


def applied_codebook(one: Pass) -> Codebook:
    """The codebook of a pass as it was applied; CodebookError where this version cannot read it."""
    return read_codebook(one.path / "codebook.yaml")


def applied_settings(one: Pass) -> Settings:
    """The settings of a pass; PassError where this version does not know them."""
    values: dict[str, Any] = {
        name: tuple(v) if isinstance(v, list) else v for name, v in one.content["settings"].items()
    }
    with suppress(TypeError):
        settings = Settings(**values, pipeline=one.content.get("pipeline", ""))
        if _are_known(settings):
            return settings
    raise PassError(
        f"{shown(one.path)}: was made by another version of rubricate, with settings that this one does "
        "not know; install that version for it"
    )


def _are_known(settings: Settings) -> bool:
    """Whether this version knows all that was chosen."""
    return (
        settings.unit in UNITS
        and isinstance(settings.parts, tuple)
        and {*settings.parts} <= {*PARTS}
        and settings.duplicates in DUPLICATES
        and all(getattr(settings, flag) in FILTERS for flag in FLAGS)
    )


def _same(before: Path, after: Path) -> bool:
    """Whether two tables hold the same: byte for byte, or row for row where another pyarrow wrote one."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        if sha256(before.read_bytes()).digest() == sha256(after.read_bytes()).digest():
            return True
        same: bool = pq.read_table(before).equals(pq.read_table(after))
    except (OSError, pa.ArrowException):
        return False
    return same
