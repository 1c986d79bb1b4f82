"""``rubricate codebook``: look at a codebook before it is applied."""

from __future__ import annotations

import typer

from rubricate.cli.codebook.check import check
from rubricate.cli.codebook.diff import OnCommand, diff
from rubricate.cli.codebook.schema import schema
from rubricate.cli.codebook.testing import run_tests
from rubricate.cli.usage import Command

codebook = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@codebook.callback()
def _group() -> None:
    """Check and test a codebook.

    Example: rubricate codebook check -c codebook.yaml
    """


codebook.command(cls=Command)(check)
codebook.command(cls=OnCommand)(diff)
codebook.command("test", cls=Command)(run_tests)
codebook.command(cls=Command)(schema)
