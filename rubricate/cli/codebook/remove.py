"""``rubricate codebook remove``: a code taken out."""

from __future__ import annotations

from typing import Annotated

import typer

from rubricate.cli.codebook.changing import DryRun, Why, edit, edit_errors
from rubricate.cli.codebook.reading import File


def remove(
    code: Annotated[str, typer.Argument(metavar="CODE", help="Its id.")],
    with_subcodes: Annotated[
        bool, typer.Option("--with-subcodes", help="Remove the codes below it, too.")
    ] = False,
    with_references: Annotated[
        bool, typer.Option("--with-references", help="Take it out of the see of other codes, too.")
    ] = False,
    file: File = "",
    why: Why = "",
    dry_run: DryRun = False,
) -> None:
    """Remove a code. One that others speak of stays until they do not.

    Example: rubricate codebook remove war --why "merged with conflict in the second round"
    """
    with edit_errors(file) as place:
        from rubricate.codebooks.editing.codes import remove_code

        edit(place, lambda draft, _: remove_code(draft, code, with_subcodes, with_references), why, dry_run)
