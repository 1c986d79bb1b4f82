"""``rubricate explain``: why a paragraph has its codes, and why not others."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, Annotated

import typer

from rubricate.cli.apply import chosen_settings
from rubricate.cli.corpus.printing import print_json, print_lines, skipped_rows
from rubricate.cli.errors import one_line_errors
from rubricate.cli.explained import explanation_rows, lines_of_explanations
from rubricate.cli.options import (  # typer reads them
    Attributed,
    CorrectionsFile,
    Duplicates,
    Encoding,
    Hedged,
    IdColumn,
    Json,
    Language,
    MainContent,
    MetadataFile,
    NamePattern,
    Negated,
    Parts,
    Pipeline,
    Question,
    RepairsFile,
    SomeSources,
    Split,
    StudyFolder,
    TextColumn,
    Unit,
)
from rubricate.cli.terminal import terminal_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rubricate.cli.corpus.reading import Reading
    from rubricate.coding.settings import Settings
    from rubricate.corpus.document import Document

_PARAGRAPH = re.compile(r"(?P<document>.+)#p(?P<number>\d{1,9})(?:\.[si]\d+)?", re.DOTALL)
"""The id of a paragraph, or of a sentence or item in it, as tables have them."""

PlaceToExplain = Annotated[
    str, typer.Argument(metavar="PARAGRAPH", help="A paragraph, as DOCUMENT#p3, or a whole document.")
]
CodebookOption = Annotated[
    str,
    typer.Option(
        "-c",
        "--codebook",
        metavar="FILE",
        help="The codebook, a YAML file.  [default: codebook.yaml, of the study if there are no sources]",
        show_default=False,
    ),
]


def explain(
    paragraph: PlaceToExplain,
    sources: SomeSources = None,
    codebook: CodebookOption = "",
    as_json: Json = False,
    study: StudyFolder = "",
    unit: Unit = "",
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
    parts: Parts = "",
    duplicates: Duplicates = "",
    pipeline: Pipeline = "",
    negated: Negated = "keep",
    hedged: Hedged = "keep",
    attributed: Attributed = "keep",
    question: Question = "keep",
) -> None:
    """Show why a paragraph has its codes, and why not others.

    Every segment comes with its entry, and with the words that raised its flags. Behind them stand the
    entries that nearly matched, each with what kept it from that. Of a whole document, those paragraphs are
    shown in which there is either.

    Example: rubricate explain 2015/kerry#p3 speeches/ -c codebook.yaml
    """
    with one_line_errors():
        from rubricate.cli.corpus.reading import reading
        from rubricate.corpus.readers.raw import ReadOptions

        options = ReadOptions(text_column, id_column, encoding, main_content, split)

        def read() -> Reading:
            variables, changes = (metadata, name_pattern), (repairs, corrections)
            return reading(sources or [], study, language, variables, changes, options)

        filters = (negated, hedged, attributed, question)
        chosen = chosen_settings(unit, parts, duplicates, pipeline, *filters)
        file, settings = _defaults(study, sources)
        settings = replace(settings, **chosen)
        if settings.duplicates != "keep" and "-" in (sources or []):
            raise typer.BadParameter("reads the sources twice; write a file for -", param_hint="--duplicates")
        _explain(paragraph, read, codebook or file, settings, as_json)


def _defaults(study: str, sources: Iterable[str] | None) -> tuple[str, Settings]:
    """The codebook and the settings where none are named: without sources those of the study."""
    from rubricate.coding.settings import Settings
    from rubricate.corpus.storage.layout import CODEBOOK
    from rubricate.study import find_study

    if sources:
        return CODEBOOK, Settings()
    here = find_study(study)
    return str(here.folder / CODEBOOK), here.settings


def _explain(
    wanted: str, read: Callable[[], Reading], codebook: str, chosen: Settings, as_json: bool
) -> None:
    from rubricate.codebooks import read_codebook
    from rubricate.coding.explain import explain_paragraphs
    from rubricate.coding.pipeline_check import check_pipeline

    book = read_codebook(codebook)
    check_pipeline(book, chosen.pipeline, codebook)
    parts = _PARAGRAPH.fullmatch(wanted)
    documents = read()
    document = documents.find(parts["document"] if parts else wanted)
    check_pipeline(book, chosen.pipeline, codebook, [document.language])
    asked = [_index(document, int(parts["number"]))] if parts else None
    earlier = (
        takewhile(lambda other: other.id != document.id, read().documents())
        if chosen.duplicates != "keep"
        else ()
    )
    found = explain_paragraphs(book, document, chosen, paragraphs=asked, earlier=earlier)
    if not parts:
        found = [each for each in found if each.segments or each.nearly]
    if as_json:
        rows = explanation_rows(book, document, found)
        print_json(
            document=document.id,
            codebook=codebook,
            paragraphs=rows,
            skipped=skipped_rows(documents.skipped()),
        )
    else:
        print_lines(lines_of_explanations(book, document, found, terminal_width()))
    documents.tell(document)


def _index(document: Document, number: int) -> int:
    """The index of a paragraph by its number; CorpusError where the document has none."""
    from rubricate.corpus.errors import CorpusError

    count = len(document.paragraphs)
    if not 1 <= number <= count:
        there = f"its paragraphs are #p1 to #p{count}" if count else "it has no paragraphs"
        raise CorpusError(f"{document.id} has no paragraph #p{number}; {there}")
    return number - 1
