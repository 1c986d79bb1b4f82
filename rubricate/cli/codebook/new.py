"""``rubricate codebook new``: a codebook to begin with."""

from __future__ import annotations

from typing import Annotated

import typer

from rubricate.cli.codebook.reading import File
from rubricate.cli.corpus.printing import print_lines
from rubricate.cli.errors import one_line_errors


def new(
    name: Annotated[
        str,
        typer.Option("--name", metavar="TEXT", help="Its name.  [default: the file's]", show_default=False),
    ] = "",
    language: Annotated[
        str,
        typer.Option(
            "--language", metavar="CODE", help="The language of its terms.  [default: en]", show_default=False
        ),
    ] = "",
    starter: Annotated[
        str,
        typer.Option(
            "--starter", metavar="NAME", help="Begin with a codebook of ours: minimal, defence_diplomacy."
        ),
    ] = "",
    file: File = "",
) -> None:
    """Write a codebook to begin with. A file that is there stays.

    Example: rubricate codebook new -c themes.yaml --name Themes
    """
    if starter and (name or language):
        raise typer.BadParameter("has both already; leave --name and --language out", param_hint="--starter")
    with one_line_errors():
        from rubricate.study import new_codebook

        path = new_codebook(file or "codebook.yaml", name, language or "en", starter)
        print_lines([f"{path}: a codebook to edit; rubricate codebook show lists its codes"])
