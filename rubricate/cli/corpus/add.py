"""``rubricate corpus add``: sources into a study's corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from rubricate.cli.apply import checked_language
from rubricate.cli.corpus.printing import lines_of_skipped, notes, print_json, print_lines, skipped_rows, some
from rubricate.cli.errors import SKIPPED, one_line_errors
from rubricate.cli.options import (  # typer reads them
    Encoding,
    IdColumn,
    Json,
    Language,
    MainContent,
    MetadataFile,
    NamePattern,
    SomeSources,
    Split,
    StudyFolder,
    TextColumn,
)
from rubricate.cli.terminal import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.corpus.readers.raw import ReadOptions
    from rubricate.corpus.storage.adding import Added
    from rubricate.corpus.storage.record import How
    from rubricate.study import Study


def add(
    sources: SomeSources = None,
    as_json: Json = False,
    study: StudyFolder = "",
    language: Language = "",
    metadata: MetadataFile = "",
    name_pattern: NamePattern = "",
    text_column: TextColumn = "",
    id_column: IdColumn = "",
    encoding: Encoding = "",
    main_content: MainContent = False,
    split: Split = "",
) -> None:
    """Read sources into the study, and keep copies of them.

    Adding again takes only what changed. Without SOURCE all files that were ever added are looked at again,
    each read as it was then.

    Example: rubricate corpus add speeches/ --name-pattern "{country}_{date:%Y-%m-%d}.txt"
    """
    with one_line_errors():
        from rubricate.cli.progress import progress
        from rubricate.corpus.readers import raw
        from rubricate.corpus.storage.adding import add_sources, refresh
        from rubricate.corpus.storage.incoming import Watch
        from rubricate.study import find_study

        here = find_study(study)
        options = raw.ReadOptions(text_column, id_column, encoding, main_content, split)
        how = _how(here, language, metadata, name_pattern, options)
        if not sources and how != type(how)():
            raise typer.BadParameter("these options go with SOURCE", param_hint="SOURCE")
        with progress("reading") as follow:
            watch = Watch(follow, follow.expect)
            if sources:
                added = add_sources(here.folder, sources, how, here.language, watch)
            else:
                added = refresh(here.folder, here.language, watch)
        show_added(here, added, as_json, metadata, name_pattern)


def _how(study: Study, language: str, metadata: str, name_pattern: str, options: ReadOptions) -> How:
    from pathlib import Path

    from rubricate.corpus.storage.record import How, relative

    where = relative(Path(metadata), study.folder) if metadata else ""
    return How(options, checked_language(language), where, name_pattern)


def show_added(study: Study, added: Added, as_json: bool, metadata: str = "", name_pattern: str = "") -> None:
    """Say what adding did; exit with 3 where something was skipped."""
    from rubricate.cli.misfits import lines_of_misfits
    from rubricate.corpus.storage.stored import read_summary

    summary = read_summary(study.folder)
    if as_json:
        print_json(**_content(added), corpus=summary)
    else:
        print_lines(_lines(added, summary["documents"], summary["words"]))
    notes(f"{document}: {warning}" for document, warning in added.warnings)
    notes(lines_of_misfits(added.misfits, metadata or "the metadata", name_pattern or "its pattern"))
    notes(_doubts(added))
    notes(lines_of_skipped(added.skipped))
    if added.skipped:
        raise typer.Exit(SKIPPED)


def _content(added: Added) -> dict[str, object]:
    names = ("new", "changed", "vanished", "outdated", "gone", "left_out")
    return {name: list(getattr(added, name)) for name in names} | {
        "unchanged_files": added.unchanged,
        "warnings": [{"document": document, "warning": warning} for document, warning in added.warnings],
        "conflicts": [
            {name: getattr(one, name) for name in one.__slots__} for one in added.misfits.conflicts
        ],
        "rows_without_document": added.misfits.rows,
        "documents_without_row": added.misfits.documents,
        "names_that_do_not_fit": list(added.misfits.names),
        "skipped": skipped_rows(added.skipped),
    }


def _lines(added: Added, documents: int, words: int) -> Iterator[str]:
    done = [
        f"{number(len(names), 'document')} {what}"
        for names, what in ((added.new, "added"), (added.changed, "changed"))
        if names
    ]
    same = f"{number(added.unchanged, 'file')} as before" if added.unchanged else ""
    yield ", ".join(filter(None, [*done, same])) or "Nothing was added."
    yield f"The corpus has {number(documents, 'document')} and {number(words, 'word')}."


def _doubts(added: Added) -> Iterator[str]:
    stay = "the documents stay until rubricate corpus remove takes them out"
    for names, one, what in (
        (added.gone, "source", f"no longer in place; {stay}"),
        (added.vanished, "document", f"no longer in the source; {stay}"),
        (added.outdated, "document", "whose source can no longer be read; the earlier text stays"),
        (added.left_out, "document", "left out, removed before; rubricate corpus remove --undo puts back"),
    ):
        if names:
            yield f"{number(len(names), one)} {what}: {some(names)}"
