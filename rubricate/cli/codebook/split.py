"""``rubricate codebook split``: one code made two."""

from __future__ import annotations

from typing import Annotated

import typer

from rubricate.cli.codebook.changing import Definition, DryRun, Label, Why, edit, edit_errors
from rubricate.cli.codebook.reading import File


def split(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The code that is split.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The id of the new code.")],
    terms: Annotated[
        list[str],
        typer.Option("--terms", metavar="TERM...", help="What it takes along, by text or id."),
    ],
    label: Label = "",
    definition: Definition = "",
    file: File = "",
    why: Why = "",
    dry_run: DryRun = False,
) -> None:
    """Make a new code beside another one, with some of its entries.

    Example: rubricate codebook split sanctions embargo --terms "arms embargo" sanctions.4
    """
    with edit_errors(file) as place:
        from rubricate.codebooks.editing.merging import split_code

        content = {"label": label, "definition": definition}
        edit(place, lambda draft, book: split_code(draft, book, code, new, terms, content), why, dry_run)
