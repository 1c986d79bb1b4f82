"""``rubricate apply``: the main job in one command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rubricate.cli.errors import SKIPPED, one_line_errors

if TYPE_CHECKING:
    from rubricate.coding.settings import Settings
    from rubricate.job import Job

Unit = Annotated[str, typer.Option("--unit", help="What is counted: paragraph, sentence or document.")]
Out = Annotated[
    str, typer.Option("--out", help="Folder for the tables; replaced if rubricate wrote it, else refused.")
]


def apply(
    codebook: Annotated[str, typer.Argument(metavar="CODEBOOK", help="The codebook, a YAML file.")],
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...", help="Files, folders or globs: .txt, .md, .csv, .tsv, also .gz; - is stdin."
        ),
    ],
    out: Out,
    unit: Unit = "paragraph",
    language: Annotated[
        str,
        typer.Option("--language", help="Language of documents whose metadata name none, such as en or fa."),
    ] = "",
    metadata: Annotated[
        str,
        typer.Option("--metadata", help="CSV or TSV with a document column; the others become variables."),
    ] = "",
    text_column: Annotated[
        str, typer.Option("--text-column", help="Column of a CSV that holds the text.", show_default="text")
    ] = "",
    id_column: Annotated[
        str,
        typer.Option(
            "--id-column", help="Column of a CSV that names the document.", show_default="doc_id or id"
        ),
    ] = "",
    encoding: Annotated[
        str, typer.Option("--encoding", help="Encoding of the files.", show_default="detected")
    ] = "",
    parts: Annotated[
        str,
        typer.Option(
            "--parts",
            help="Parts to analyse, by commas; also heading, references, boilerplate.",
            show_default="title,abstract,body,list,caption,table,footnote",
        ),
    ] = "",
    spreadsheet_safe: Annotated[
        bool,
        typer.Option("--spreadsheet-safe", help="Write ' before cells that Excel would run as formulas."),
    ] = False,
) -> None:
    """Apply a codebook to documents and write every table to a folder.

    Example: rubricate apply codebook.yaml speeches/ --out results --unit sentence
    """
    with one_line_errors():
        from rubricate.corpus.readers.raw import ReadOptions
        from rubricate.job import Job

        job = Job(
            codebook=codebook,
            sources=tuple(sources),
            out=out,
            settings=settings(unit, parts),
            language=language,
            metadata=metadata,
            options=ReadOptions(text_column, id_column, encoding),
            spreadsheet_safe=spreadsheet_safe,
        )
        do(job)


def settings(unit: str, parts: str = "") -> Settings:
    """The settings of a pass from the command line; what is unknown is wrong usage."""
    from rubricate.coding.settings import Settings
    from rubricate.corpus.document import ANALYSED, PARTS
    from rubricate.corpus.passages import UNITS

    if unit not in UNITS:
        raise typer.BadParameter(f"{unit!r} is no unit; write one of {', '.join(UNITS)}", param_hint="--unit")
    named = {part.strip() for part in parts.split(",")} if parts else set(ANALYSED)
    for part in sorted(named):
        if part not in PARTS:
            raise typer.BadParameter(
                f"{part!r} is no part; write some of {', '.join(PARTS)}", param_hint="--parts"
            )
    return Settings(unit, tuple(part for part in PARTS if part in named))


def do(job: Job) -> None:
    """Run a job, show what came out, and exit with 3 where some input was skipped."""
    from rubricate.cli.progress import follow
    from rubricate.cli.summary import show_outcome
    from rubricate.job import run

    outcome = run(job, follow)
    show_outcome(job, outcome)
    if outcome.skipped:
        raise typer.Exit(SKIPPED)
