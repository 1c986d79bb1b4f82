"""``rubricate init``: a new study folder."""

from __future__ import annotations

from typing import Annotated

import typer

from rubricate.cli.errors import one_line_errors, printing


def init(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="A new or empty folder.")],
    starter: Annotated[
        str,
        typer.Option(
            "--starter", metavar="NAME", help="Begin with a codebook of ours: minimal, defence_diplomacy."
        ),
    ] = "",
) -> None:
    """Make a study folder: a codebook to edit, and room for a corpus.

    Example: rubricate init my-study --starter defence_diplomacy
    """
    with one_line_errors():
        from pathlib import Path

        from rubricate.study import init_study

        if not folder:
            raise typer.BadParameter("is empty; write a name", param_hint="FOLDER")
        study = init_study(Path(folder), starter)
        here = study.folder == Path()
        with printing():
            typer.echo(f"{folder}: a study with the codebook {study.folder / 'codebook.yaml'}")
            typer.echo("Next: " + ("" if here else f"cd {folder} and ") + "rubricate corpus add SOURCE")
