"""``rubricate codebook undo``: an earlier state brought back."""

from __future__ import annotations

from typing import Annotated

import typer

from rubricate.cli.codebook.changing import DryRun, Why, edit_errors, tell
from rubricate.cli.codebook.reading import File


def undo(
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="STATE",
            help="Its number or a tag; later ones too.  [default: the one before]",
            show_default=False,
        ),
    ] = "",
    file: File = "",
    why: Why = "",
    dry_run: DryRun = False,
) -> None:
    """Bring the state before the last edit back; again for the one before that. Nothing is lost.

    Edits by hand count, too. rubricate codebook history lists the states.

    Example: rubricate codebook undo --to 3
    """
    with edit_errors(file) as place:
        from rubricate.codebooks.editing.editing import undo as undo_edit

        tell(place, undo_edit(place, to, why=why, dry_run=dry_run))
