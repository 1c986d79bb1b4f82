"""``rubricate demo``: the main job on the sample that is shipped with rubricate."""

from __future__ import annotations

from typing import Annotated

import typer

from rubricate.cli.apply import chosen_settings, do
from rubricate.cli.errors import one_line_errors
from rubricate.cli.options import Unit

OUT = "rubricate-demo"


def demo(
    out: Annotated[str, typer.Option("--out", metavar="FOLDER", help="Folder for the tables.")] = OUT,
    unit: Unit = "",
    traps: Annotated[bool, typer.Option("--traps", help="Take the documents that are dirty.")] = False,
) -> None:
    """Apply a codebook of 26 themes to eight sample documents.

    Both are shipped with rubricate. Every table is written to a folder. With --traps the documents are
    eight that are dirty in the ways of real ones: see how they are cleaned, in cleaning.csv.

    Example: rubricate demo --out demo-tables
    """
    with one_line_errors():
        from importlib.resources import as_file, files

        from rubricate.coding.settings import Settings
        from rubricate.job import Job

        sample = files("rubricate.corpus") / ("traps" if traps else "sample")
        starter = files("rubricate.codebooks") / "starters" / "defence_diplomacy.yaml"
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
                    settings=Settings(**chosen_settings(unit)),
                    metadata=str(metadata),
                )
            )
