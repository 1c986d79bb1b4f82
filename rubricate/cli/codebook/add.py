"""``rubricate codebook add``: a new code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rubricate.cli.codebook.changing import (
    After,
    Before,
    Definition,
    DryRun,
    Label,
    Under,
    Why,
    edit,
    edit_errors,
)
from rubricate.cli.codebook.reading import File

if TYPE_CHECKING:
    from rubricate.codebooks.editing.draft import Plain


def add(
    code: Annotated[str, typer.Argument(metavar="CODE", help="Its id: a–z, 0–9 and _.")],
    label: Label = "",
    definition: Definition = "",
    under: Under = "",
    after: After = "",
    before: Before = "",
    terms: Annotated[list[str] | None, typer.Option("--term", metavar="TERM...", help="Its terms.")] = None,
    coded_by: Annotated[str, typer.Option("--coded-by", metavar="WHO", help="rules, hand or both.")] = "",
    file: File = "",
    why: Why = "",
    dry_run: DryRun = False,
) -> None:
    """Add a code, at the top or under another one. Without terms it is coded by hand.

    Example: rubricate codebook add war --label War --term war --under conflict
    """
    if after and before:
        raise typer.BadParameter("say one place", param_hint="--after, --before")
    with edit_errors(file) as place:
        from rubricate.codebooks.editing.codes import add_code

        content: dict[str, Plain] = {
            "label": label,
            "definition": definition,
            "coded_by": coded_by,
            "terms": [*dict.fromkeys(terms or ())],
        }
        edit(
            place, lambda draft, _: add_code(draft, code, content, under or None, after, before), why, dry_run
        )
