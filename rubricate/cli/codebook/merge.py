"""``rubricate codebook merge``: several codes made one."""

from __future__ import annotations

from typing import Annotated

import typer

from rubricate.cli.codebook.changing import DryRun, Why, edit, edit_errors
from rubricate.cli.codebook.reading import File


def merge(
    codes: Annotated[list[str], typer.Argument(metavar="CODE...", help="The codes that disappear.")],
    into: Annotated[str, typer.Option("--into", metavar="CODE", help="The code that takes them in.")],
    file: File = "",
    why: Why = "",
    dry_run: DryRun = False,
) -> None:
    """Make codes part of another one: entries, examples, prose, sub-codes, and what speaks of them.

    Example: rubricate codebook merge embargo boycott --into sanctions
    """
    with edit_errors(file) as place:
        from rubricate.codebooks.editing.merging import merge_codes

        names = [*dict.fromkeys(codes)]
        edit(place, lambda draft, book: merge_codes(draft, book, names, into), why, dry_run)
