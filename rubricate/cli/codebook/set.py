"""``rubricate codebook set``: a key of the codebook or of a code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rubricate.cli.codebook.changing import DryRun, Why, edit, edit_errors
from rubricate.cli.codebook.reading import File

if TYPE_CHECKING:
    from rubricate.codebooks.editing.draft import Draft
    from rubricate.codebooks.editing.places import Edit


def set_values(
    words: Annotated[
        list[str],
        typer.Argument(metavar="[CODE] KEY VALUE...", help="No CODE for the codebook's own name, version, …"),
    ],
    add: Annotated[bool, typer.Option("--add", help="Of a list: keep what is there.")] = False,
    unset: Annotated[bool, typer.Option("--unset", help="Take the key away.")] = False,
    file: File = "",
    why: Why = "",
    dry_run: DryRun = False,
) -> None:
    """Set a key of a code, or of the codebook: label, definition, when_to_use, see, coded_by, version, …

    Keys with lists take any number of values, see takes a code and a text.

    Example: rubricate codebook set war definition "Organised armed violence between states."
    """
    with edit_errors(file) as place:
        edit(place, lambda draft, _: _setting(draft, words, add, unset), why, dry_run)


def _setting(draft: Draft, words: list[str], add: bool, unset: bool) -> Edit:
    """The edit that the words ask for; of one word and of two the first may be a key of the codebook."""
    from rubricate.codebooks.editing.settings import OF_CODEBOOK, set_key, unset_key

    code, key, *values = words if words[0] not in OF_CODEBOOK or len(words) > 2 else ["", *words]
    return unset_key(draft, code, key) if unset else set_key(draft, code, key, values, add)
