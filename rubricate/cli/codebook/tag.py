"""``rubricate codebook tag``: a name for the present state."""

from __future__ import annotations

from typing import Annotated

import typer

from rubricate.cli.codebook.changing import Why, edit_errors
from rubricate.cli.codebook.reading import File
from rubricate.cli.corpus.printing import notes, print_lines


def tag(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Such as 1.0 or submitted-2026.")],
    file: File = "",
    why: Why = "",
) -> None:
    """Freeze the codebook as it is under a name, for good.

    Example: rubricate codebook tag 1.0 --why "as sent to the journal"
    """
    with edit_errors(file) as place:
        from rubricate.codebooks.editing.editing import tag_codebook

        book, state = tag_codebook(place, name, why)
        if book.version != name:
            says = f"version {book.version}" if book.version else "no version"
            notes([f"{place}: the codebook itself says {says}; rubricate codebook set version says another"])
        print_lines([f"{place}: state {state.number} is {name}"])
