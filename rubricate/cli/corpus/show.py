"""``rubricate corpus show``: what was made of the documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rubricate.cli.corpus.lines import (
    lines_of_paragraphs,
    overview,
    paragraph_rows,
    repair_rows,
    table_of_documents,
)
from rubricate.cli.corpus.printing import print_json, print_lines, skipped_rows
from rubricate.cli.errors import one_line_errors
from rubricate.cli.options import (  # typer reads them
    CorrectionsFile,
    Encoding,
    IdColumn,
    Json,
    Language,
    MainContent,
    MetadataFile,
    NamePattern,
    RepairsFile,
    SomeSources,
    Split,
    StudyFolder,
    TextColumn,
)
from rubricate.cli.terminal import terminal_width

if TYPE_CHECKING:
    from rubricate.cli.corpus.reading import Reading
    from rubricate.corpus.document import Document
    from rubricate.corpus.readers.raw import Skipped


def show(
    sources: SomeSources = None,
    document: Annotated[
        str, typer.Option("--document", metavar="ID", help="Show the paragraphs of this document.")
    ] = "",
    full: Annotated[bool, typer.Option("--full", help="With --document: whole paragraphs.")] = False,
    as_json: Json = False,
    study: StudyFolder = "",
    language: Language = "",
    metadata: MetadataFile = "",
    name_pattern: NamePattern = "",
    repairs: RepairsFile = "",
    corrections: CorrectionsFile = "",
    text_column: TextColumn = "",
    id_column: IdColumn = "",
    encoding: Encoding = "",
    main_content: MainContent = False,
    split: Split = "",
) -> None:
    """List documents, or the paragraphs of one, each with its part and why.

    The documents are those of the sources or, without any, those of the study. Line joins are line breaks
    inside a paragraph that became spaces; repairs are all other changes.

    Example: rubricate corpus show speeches/ --document 2015/kerry
    """
    with one_line_errors():
        from rubricate.cli.corpus.reading import reading
        from rubricate.corpus.readers.raw import ReadOptions

        if full and not document:
            raise typer.BadParameter("goes with --document ID", param_hint="--full")
        read = reading(
            sources or [],
            study,
            language,
            (metadata, name_pattern),
            (repairs, corrections),
            ReadOptions(text_column, id_column, encoding, main_content, split),
        )
        if document:
            found = read.find(document)
            _print_document(found, full, as_json, read.skipped())
            read.tell(found)
        else:
            _print_table(read, as_json)
            read.tell()


def _print_table(read: Reading, as_json: bool) -> None:
    rows = read.each(overview)
    if as_json:
        print_json(documents=rows, skipped=skipped_rows(read.skipped()))
    else:
        print_lines(table_of_documents(rows, terminal_width()))


def _print_document(document: Document, full: bool, as_json: bool, skipped: list[Skipped]) -> None:
    if as_json:
        print_json(
            **overview(document)
            | {
                "title": document.title,
                "paragraphs": paragraph_rows(document),
                "repairs": repair_rows(document),
                "warnings": list(document.warnings),
                "skipped": skipped_rows(skipped),
            }
        )
    else:
        print_lines(lines_of_paragraphs(document, full, terminal_width()))
