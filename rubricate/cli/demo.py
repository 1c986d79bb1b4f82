"""``rubricate demo``: the main job on the sample that is shipped with rubricate."""

from __future__ import annotations

from typing import Annotated

import typer

from rubricate.cli.apply import do, settings
from rubricate.cli.errors import one_line_errors

OUT = "rubricate-demo"


def demo(
    out: Annotated[str, typer.Option("--out", help="Folder for the tables.")] = OUT,
    unit: Annotated[
        str, typer.Option("--unit", help="What is counted: paragraph, sentence or document.")
    ] = "paragraph",
) -> None:
    """Apply the minimal codebook to eight sample documents and write every table to a folder.

    Example: rubricate demo --out demo-tables
    """
    with one_line_errors():
        from importlib.resources import as_file, files

        from rubricate.job import Job

        sample = files("rubricate.corpus") / "sample"
        starter = files("rubricate.codebooks") / "starters" / "minimal.yaml"
        with (
            as_file(sample / "texts") as texts,
            as_file(sample / "metadata.csv") as metadata,
            as_file(starter) as codebook,
        ):
            do(
                Job(
                    codebook=str(codebook),
                    sources=(str(texts),),
                    out=out,
                    settings=settings(unit),
                    metadata=str(metadata),
                )
            )
