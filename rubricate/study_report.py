"""The tables of a pass that a study has kept, made again without matching anything."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from rubricate.coding.apply import unmarked
from rubricate.coding.pass_folders.batches import batches_over, stored_batches
from rubricate.coding.pass_folders.errors import PassError
from rubricate.coding.pass_folders.folder import find_pass
from rubricate.coding.pass_folders.replaying import applied_codebook, applied_settings
from rubricate.coding.pass_folders.rows import read_forms
from rubricate.coding.passes import record_filtered, record_sample
from rubricate.coding.settings import ENGINE
from rubricate.corpus.document_hash import corpus_hash
from rubricate.corpus.storage.readings import stored_readings
from rubricate.corpus.storage.stored import Store
from rubricate.reports.entries import expansions
from rubricate.reports.folder import refuse_foreign
from rubricate.reports.making import make_table
from rubricate.reports.tally import merge_all
from rubricate.reports.write import FORMATS, Record, write_tables
from rubricate.study_coding import followed, marking
from rubricate.study_pass import PASSES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    import pandas as pd

    from rubricate.codebooks import Codebook
    from rubricate.coding.batch import Batch
    from rubricate.coding.pass_folders.folder import Pass
    from rubricate.coding.settings import Settings
    from rubricate.corpus.document import Document
    from rubricate.reports.tally import Tally
    from rubricate.study import Study

    Follow = Callable[[Iterable[Document]], Iterable[Document]]

_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Source:
    """What a table of a pass is made from: the pass, its codebook as it was applied, and its settings with
    the filters that were asked for.
    """

    folder: Pass
    codebook: Codebook
    settings: Settings


@dataclass(frozen=True, slots=True)
class Export:
    """What was written of a pass: the sums of its tables, and why tables are not in the workbook, by name."""

    source: Source
    tally: Tally
    too_large: Mapping[str, str]


def find_source(study: Study, named: str = "", filters: Mapping[str, str] = _NONE) -> Source:
    """The pass of a study (empty: the last) from which tables are to be made.

    ``filters`` are by flag; what is missing or empty is as it was when the pass was made. PassError where
    there is no such pass, or where it has left segments out that are asked for now.
    """
    one = find_pass(study.folder / PASSES, named)
    settings = applied_settings(one)
    chosen: dict[str, Any] = {flag: choice for flag, choice in filters.items() if choice}
    for flag, choice in chosen.items():
        before = getattr(settings, flag)
        if before not in ("keep", choice):
            raise PassError(
                f"{one.path.name}: was made with --{flag} {before}, so other segments were not kept; make a "
                f"pass without it: rubricate apply --{flag} {choice}"
            )
    return Source(one, applied_codebook(one), replace(settings, **chosen))


@contextmanager
def open_table(
    study: Study, name: str, source: Source, follow: Follow = iter, *, linked: bool = False
) -> Iterator[Iterator[pd.DataFrame]]:
    """Yield the rows of a table of a pass, as ``make_table`` does.

    PassError where the corpus is another one than when the pass was made; ``expansions`` needs none.
    """
    if name == "expansions":
        sums = replace(merge_all((), source.codebook), forms=read_forms(source.folder.path, source.codebook))
        yield iter([expansions(sums, source.codebook)])
        return
    marks = name == "passages"
    with Store(study.folder) as store:
        _refuse_changes(store, source.folder)
        batches = _batches(study, store, source, follow, marks=marks)
        yield make_table(name, batches, source.codebook, source.settings, linked=linked)


def export_pass(
    study: Study,
    out: Path,
    source: Source,
    follow: Follow = iter,
    *,
    formats: Collection[str] = FORMATS[:1],
    spreadsheet_safe: bool = False,
) -> Export:
    """Write all tables of a pass into a folder, as ``rubricate apply`` would with these settings.

    PassError where the corpus is another one than when the pass was made, ReportError where the folder is not
    ours or cannot be written.
    """
    refuse_foreign(out)
    done = record_sample(record_filtered(source.folder.content, source.settings), study.sample)
    files = {"pass.json": done.to_json(), "codebook.yaml": source.folder.codebook()}
    too_large: dict[str, str] = {}
    with Store(study.folder) as store:
        _refuse_changes(store, source.folder)
        tally = write_tables(
            out,
            _batches(study, store, source, follow, marks=True),
            source.codebook,
            settings=source.settings,
            record=lambda: Record(done.id, files),
            formats=formats,
            spreadsheet_safe=spreadsheet_safe,
            too_large=too_large,
        )
    return Export(source, tally, too_large)


def _batches(study: Study, store: Store, source: Source, follow: Follow, *, marks: bool) -> Iterator[Batch]:
    """A pass laid over the corpus: over its words and duplicates where these are stored, else over its texts.

    ``marks`` is whether duplicates are looked for where they count for all that.
    """
    one, codebook, settings = source.folder, source.codebook, source.settings
    if not store.worded:
        documents = follow(store.documents())
        return stored_batches(one, codebook, settings, documents, mark_duplicates=marks)
    search = marks or settings.duplicates != "keep"
    mark = marking(study.folder, store, codebook, settings) if search else unmarked
    return followed(batches_over(stored_readings(store), one, codebook, settings, mark), follow)


def _refuse_changes(store: Store, one: Pass) -> None:
    """Raise PassError unless the tables of a pass come out of this corpus as they would have then."""
    if one.content["engine"] != ENGINE:
        raise PassError(
            f"{one.path.name}: was made by a version of rubricate that counts otherwise (engine "
            f"{one.content['engine']}, now {ENGINE}); make it anew: rubricate apply"
        )
    if one.content["corpus"]["sha256"] != corpus_hash(map(bytes.fromhex, store.column("hash"))):
        raise PassError(
            f"{one.path.name}: is a pass over a corpus that has changed since; make a new one: "
            "rubricate apply"
        )
