"""``rubricate apply``: the main job in one command."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import typer

from rubricate.cli.errors import SKIPPED, one_line_errors, printing
from rubricate.cli.formats import Formats, chosen_formats
from rubricate.cli.options import (  # typer reads them
    Attributed,
    CodebookFile,
    CorrectionsFile,
    Duplicates,
    Encoding,
    Hedged,
    IdColumn,
    Language,
    MainContent,
    MetadataFile,
    NamePattern,
    Negated,
    Out,
    Parts,
    Pipeline,
    Question,
    RepairsFile,
    SomeSources,
    Split,
    SpreadsheetSafe,
    StudyFolder,
    TextColumn,
    Unit,
    Workers,
)
from rubricate.cli.terminal import number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from rubricate.job import Job


def apply(
    codebook: CodebookFile = "",
    sources: SomeSources = None,
    out: Out = "",
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
    formats: Formats = "",
    spreadsheet_safe: SpreadsheetSafe = False,
    workers: Workers = 1,
) -> None:
    """Apply a codebook to documents and write all tables.

    Without SOURCE, in a study: over its corpus, with its codebook or the one named; the pass is kept.

    Example: rubricate apply codebook.yaml speeches/ --out results --unit sentence
    """
    with one_line_errors():
        from rubricate.coding.settings import Settings
        from rubricate.corpus.readers.raw import ReadOptions
        from rubricate.job import Job

        filters = (negated, hedged, attributed, question)
        chosen = chosen_settings(unit, parts, duplicates, pipeline, *filters)
        files = (metadata, name_pattern, repairs, corrections)
        what = (codebook, tuple(sources or ()), out, Settings(**chosen), checked_language(language))
        options = ReadOptions(text_column, id_column, encoding, main_content, split)
        job = Job(*what, *files, options, spreadsheet_safe=spreadsheet_safe, workers=workers)
        job = replace(job, formats=chosen_formats(formats))
        _refuse_without_tables(out, formats, spreadsheet_safe)
        if sources:
            _apply_to_sources(study, job)
        else:
            _apply_in_study(study, job, chosen)


def _refuse_without_tables(out: str, formats: str, spreadsheet_safe: bool) -> None:
    """Wrong usage: how tables are to be written, where none are."""
    for option, chosen in (("--format", formats), ("--spreadsheet-safe", spreadsheet_safe)):
        if chosen and not out:
            raise typer.BadParameter("is about the tables; name a folder with --out", param_hint=option)


def _apply_to_sources(study: str, job: Job) -> None:
    if study:
        raise typer.BadParameter("goes without SOURCE: name one of them", param_hint="--study")
    _refuse_empty(CODEBOOK=job.codebook, **{"--out": job.out})
    if "-" in job.sources and sys.stdin and sys.stdin.isatty():
        typer.echo("Reading the text from this terminal; end it with Ctrl-D.", err=True)
    do(job)


def _apply_in_study(named: str, job: Job, chosen: Mapping[str, Any]) -> None:
    """Run a pass over the corpus of a study, with its settings where none are chosen; show what came out."""
    from rubricate.cli.progress import progress
    from rubricate.cli.report import tell_sample
    from rubricate.cli.summary import show_outcome
    from rubricate.corpus.metadata.merging import Misfits
    from rubricate.job import Job, Outcome
    from rubricate.study import find_study, is_in_study
    from rubricate.study_pass import apply_in_study

    reading = (job.language, job.metadata, job.name_pattern, job.repairs, job.corrections)
    if any(reading) or job.options != Job("", (), "").options:
        raise typer.BadParameter("these options go with SOURCE; a study decided them", param_hint="SOURCE")
    if not named and not is_in_study():
        raise typer.BadParameter("is missing: name the documents, or go into a study", param_hint="SOURCE")
    study = find_study(named)
    job = replace(job, settings=replace(study.settings, **chosen))
    with progress() as follow:
        done = apply_in_study(
            study,
            job.codebook,
            job.settings,
            follow,
            out=job.out,
            spreadsheet_safe=job.spreadsheet_safe,
            workers=job.workers,
            formats=job.formats,
        )
    outcome = Outcome(done.codebook, done.tally, (), Misfits(), (), (), done.folder.id, done.too_large)
    show_outcome(job, outcome)
    tell_sample(study)
    what = "" if done.new else ", which was there already: nothing has changed since"
    with printing():
        typer.echo(f"Pass {done.folder.path.name}: {number(done.segments, 'segment')}{what}.")


def chosen_settings(
    unit: str = "", parts: str = "", duplicates: str = "", pipeline: str = "", *filters: str
) -> dict[str, Any]:
    """The settings of a pass that were chosen on the command line, by name; what is unknown is wrong usage.

    ``filters`` are those of FLAGS, in this order.
    """
    from rubricate.coding.flags import FLAGS
    from rubricate.coding.settings import DUPLICATES, FILTERS
    from rubricate.corpus.document import PARTS
    from rubricate.corpus.passages import UNITS

    named = {part.strip() for part in parts.split(",")} if parts else set()
    _refuse_unknown("--unit", [unit] if unit else [], UNITS, "is no unit; write one of")
    _refuse_unknown(
        "--duplicates", [duplicates] if duplicates else [], DUPLICATES, "is no choice; write one of"
    )
    _refuse_unknown("--parts", sorted(named), PARTS, "is no part; write some of")
    for flag, choice in zip(FLAGS, filters, strict=False):
        _refuse_unknown(f"--{flag}", [choice], FILTERS, "is no choice; write one of")
    chosen = {"unit": unit, "parts": tuple(part for part in PARTS if part in named)}
    chosen |= {"duplicates": duplicates, "pipeline": pipeline, **dict(zip(FLAGS, filters, strict=False))}
    return {name: value for name, value in chosen.items() if value}


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
