"""``rubricate apply``: the main job in one command."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from rubricate.cli.errors import SKIPPED, one_line_errors
from rubricate.cli.options import (  # typer reads them
    CodebookFile,
    CorrectionsFile,
    Duplicates,
    Encoding,
    IdColumn,
    Language,
    MainContent,
    MetadataFile,
    NamePattern,
    Out,
    Parts,
    RepairsFile,
    Sources,
    Split,
    SpreadsheetSafe,
    TextColumn,
    Unit,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from rubricate.coding.settings import Settings
    from rubricate.job import Job


def apply(
    codebook: CodebookFile,
    sources: Sources,
    out: Out,
    unit: Unit = "paragraph",
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
    duplicates: Duplicates = "keep",
    spreadsheet_safe: SpreadsheetSafe = False,
) -> None:
    """Apply a codebook to documents and write all tables.

    Example: rubricate apply codebook.yaml speeches/ --out results --unit sentence
    """
    with one_line_errors():
        from rubricate.corpus.readers.raw import ReadOptions
        from rubricate.job import Job

        _refuse_empty(CODEBOOK=codebook, **{"--out": out})
        job = Job(
            codebook=codebook,
            sources=tuple(sources),
            out=out,
            settings=settings(unit, parts, duplicates),
            language=checked_language(language),
            metadata=metadata,
            name_pattern=name_pattern,
            repairs=repairs,
            corrections=corrections,
            options=ReadOptions(text_column, id_column, encoding, main_content, split),
            spreadsheet_safe=spreadsheet_safe,
        )
        if "-" in sources and sys.stdin and sys.stdin.isatty():
            typer.echo("Reading the text from this terminal; end it with Ctrl-D.", err=True)
        do(job)


def settings(unit: str, parts: str = "", duplicates: str = "keep") -> Settings:
    """The settings of a pass from the command line; what is unknown is wrong usage."""
    from rubricate.coding.settings import DUPLICATES, Settings
    from rubricate.corpus.document import ANALYSED, PARTS
    from rubricate.corpus.passages import UNITS

    named = {part.strip() for part in parts.split(",")} if parts else set(ANALYSED)
    _refuse_unknown("--unit", [unit], UNITS, "is no unit; write one of")
    _refuse_unknown("--duplicates", [duplicates], DUPLICATES, "is no choice; write one of")
    _refuse_unknown("--parts", sorted(named), PARTS, "is no part; write some of")
    return Settings(unit, tuple(part for part in PARTS if part in named), duplicates)


def do(job: Job) -> None:
    """Run a job, show what came out, and exit with 3 where some input was skipped."""
    from rubricate.cli.progress import progress
    from rubricate.cli.summary import show_outcome
    from rubricate.job import run

    with progress() as follow:
        outcome = run(job, follow)
    show_outcome(job, outcome)
    if outcome.skipped:
        raise typer.Exit(SKIPPED)


def _refuse_unknown(option: str, values: Iterable[str], known: Collection[str], problem: str) -> None:
    for value in values:
        if value not in known:
            raise typer.BadParameter(f"{value!r} {problem} {', '.join(known)}", param_hint=option)


def _refuse_empty(**values: str) -> None:
    for name, value in values.items():
        if not value:
            raise typer.BadParameter("is empty; write a name", param_hint=name)


def checked_language(language: str) -> str:
    """A language code from the command line; what is none is wrong usage."""
    from rubricate.codebooks.yaml_terms import is_language

    if language and not is_language(language):
        raise typer.BadParameter(
            f"{language!r} is no language code; write one such as en, fa or pt-BR", param_hint="--language"
        )
    return language
