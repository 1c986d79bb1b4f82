"""``rubricate codebook set``: a key of the codebook or of a code."""

from __future__ import annotations

from typing import Annotated

import typer

from rubricate.cli.codebook.changing import DryRun, Why, edit, edit_errors
from rubricate.cli.codebook.reading import File


def set_values(
    words: Annotated[
        list[str],
        typer.Argument(metavar="[CODE] KEY VALUE...", help="No CODE for the codebook's own name, version, …"),
    ],
    add: Annotated[bool, typer.Option("--add", help="Of a list: keep what is there.")] = False,
    near_miss: Annotated[
        bool, typer.Option("--near-miss", help="Of examples: the code must not be applied to these.")
    ] = False,
    unset: Annotated[bool, typer.Option("--unset", help="Take the key away.")] = False,
    file: File = "",
    why: Why = "",
    dry_run: DryRun = False,
) -> None:
    """Set a key of a code, or of the codebook: label, definition, when_to_use, see, coded_by, version, …

    Keys with lists take any number of values, see takes a code and a text. With --near-miss examples are such
    that the code must not be applied to.

    Example: rubricate codebook set war definition "Organised armed violence between states."
    """
    code, key, values = _sorted_out(words, unset)
    if unset and (add or near_miss):
        raise typer.BadParameter("goes with no other", param_hint="--unset")
    with edit_errors(file) as place:
        from rubricate.codebooks.editing.settings import set_key, unset_key

        if unset:
            edit(place, lambda draft, _: unset_key(draft, code, key), why, dry_run)
        else:
            edit(place, lambda draft, _: set_key(draft, code, key, values, add, near_miss), why, dry_run)


def _sorted_out(words: list[str], unset: bool) -> tuple[str, str, list[str]]:
    """The code, or nothing for the codebook, the key and its values; BadParameter where a word is missing."""
    from rubricate.codebooks.editing.settings import OF_CODEBOOK

    least = 1 if unset else 2
    of_codebook = words[0] in OF_CODEBOOK and len(words) == least
    code, *rest = ["", *words] if of_codebook else words
    if len(rest) < least or (unset and len(rest) > 1):
        raise typer.BadParameter("say the code, the key and its value", param_hint="[CODE] KEY VALUE...")
    return code, rest[0], rest[1:]
