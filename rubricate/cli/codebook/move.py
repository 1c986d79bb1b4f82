"""``rubricate codebook move``: a code elsewhere in the tree."""

from __future__ import annotations

from typing import Annotated

import typer

from rubricate.cli.codebook.changing import After, Before, DryRun, Under, Why, edit, edit_errors
from rubricate.cli.codebook.reading import File


def move(
    code: Annotated[str, typer.Argument(metavar="CODE", help="Its id.")],
    under: Under = "",
    top: Annotated[bool, typer.Option("--top", help="Under no other code.")] = False,
    after: After = "",
    before: Before = "",
    file: File = "",
    why: Why = "",
    dry_run: DryRun = False,
) -> None:
    """Put a code, with all below it, under another one or to another place among its sisters.

    Example: rubricate codebook move war --under conflict
    """
    if (under and top) or (after and before):
        raise typer.BadParameter("say one place", param_hint="--under, --top, --after, --before")
    with edit_errors(file) as place:
        from rubricate.codebooks.editing.codes import move_code

        parent = under or ("" if top else None)
        edit(place, lambda draft, _: move_code(draft, code, parent, after, before), why, dry_run)
