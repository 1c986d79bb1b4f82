"""What the commands that change a codebook share: their options, and what they say when it is done."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from rubricate.cli.codebook.reading import chosen
from rubricate.cli.corpus.printing import notes, print_lines
from rubricate.cli.errors import one_line_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rubricate.codebooks import Codebook
    from rubricate.codebooks.editing.draft import Draft
    from rubricate.codebooks.editing.editing import Done
    from rubricate.codebooks.editing.places import Edit

Why = Annotated[
    str, typer.Option("--why", metavar="TEXT", help="The reason; it is kept in the codebook's history.")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would change in the file, and change nothing.")
]
Under = Annotated[str, typer.Option("--under", metavar="CODE", help="The code above.")]
After = Annotated[str, typer.Option("--after", metavar="CODE", help="The sister that it stands behind.")]
Before = Annotated[str, typer.Option("--before", metavar="CODE", help="The sister that it stands before.")]
Label = Annotated[str, typer.Option("--label", metavar="TEXT", help="The name that people read.")]
Definition = Annotated[str, typer.Option("--definition", metavar="TEXT", help="What the code means.")]


@contextmanager
def edit_errors(file: str) -> Iterator[str]:
    """Yield the path of the codebook; an edit that cannot be made is one line with this path."""
    with one_line_errors():
        from rubricate.codebooks.editing.errors import EditError
        from rubricate.codebooks.errors import CodebookError, Problem

        place = chosen(file)
        try:
            yield place
        except EditError as error:
            raise CodebookError([Problem(place, 0, 0, str(error))]) from None


def edit(file: str, verb: Callable[[Draft, Codebook], Edit], why: str = "", dry_run: bool = False) -> None:
    """Make an edit and say what was done; or show it."""
    from rubricate.codebooks.editing.editing import edit_codebook

    tell(file, edit_codebook(file, verb, why=why, dry_run=dry_run))


def tell(file: str, done: Done) -> None:
    """Say what an edit did, or show what it would do."""
    notes(f"{file}: {note}" for note in done.notes)
    if done.state:
        print_lines([f"{file}: {done.what} (state {done.state.number})"])
    else:
        print_lines(done.diff(file))
        notes([f"{file}: {done.what} (tried only)"])
