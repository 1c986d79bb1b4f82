"""``rubricate corpus check``: what in the documents looks like a slip, or like furniture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.cli.corpus.lines import lines_of_repeated, lines_of_suspects, repeated_row, suspects_of
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
    from collections.abc import Iterable, Iterator

    from rubricate.cli.corpus.printing import Row
    from rubricate.cli.corpus.reading import Reading
    from rubricate.corpus.document import Document


def check(
    sources: SomeSources = None,
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
    """List words that look like slips, and paragraphs that many documents repeat.

    The documents are those of the sources or, without any, those of the study. Nothing is changed: the study
    decides what to repair, and writes it into its repairs.csv and corrections.csv.

    Example: rubricate corpus check speeches/
    """
    with one_line_errors():
        from rubricate.cli.corpus.reading import reading
        from rubricate.corpus.readers.raw import ReadOptions

        read = reading(
            sources or [],
            study,
            language,
            (metadata, name_pattern),
            (repairs, corrections),
            ReadOptions(text_column, id_column, encoding, main_content, split),
        )
        _check(read, as_json)
        read.tell()


def _check(read: Reading, as_json: bool) -> None:
    from rubricate.cli.progress import progress
    from rubricate.corpus.parts.repeated import find_repeated

    checked: list[Row] = []
    with progress("reading") as follow:
        repeated = find_repeated(_noted(follow(read.documents()), checked))
    if as_json:
        print_json(
            documents=len(checked),
            words=sum(row["words"] for row in checked),
            suspects=[suspect for row in checked for suspect in row["suspects"]],
            repeated=[repeated_row(block) for block in repeated],
            skipped=skipped_rows(read.skipped()),
        )
    else:
        print_lines(lines_of_suspects(checked, terminal_width()))
        print_lines(lines_of_repeated(repeated, terminal_width()))


def _noted(documents: Iterable[Document], checked: list[Row]) -> Iterator[Document]:
    """The documents; what is suspect in each is noted on its way."""
    for document in documents:
        checked.append(suspects_of(document))
        yield document
