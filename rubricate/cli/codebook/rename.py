"""``rubricate codebook rename``: another id for a code."""

from __future__ import annotations

from typing import Annotated

import typer

from rubricate.cli.codebook.changing import DryRun, Why, edit, edit_errors
from rubricate.cli.codebook.reading import File


def rename(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The id of a code.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new id: a–z, 0–9 and _.")],
    file: File = "",
    why: Why = "",
    dry_run: DryRun = False,
) -> None:
    """Give a code another id. What speaks of it goes with it; the old id is kept under was.

    Example: rubricate codebook rename sanctions penalties --why "as in the paper"
    """
    with edit_errors(file) as place:
        from rubricate.codebooks.editing.codes import rename_code

        edit(place, lambda draft, _: rename_code(draft, old, new), why, dry_run)
