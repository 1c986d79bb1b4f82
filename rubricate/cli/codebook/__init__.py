"""``rubricate codebook``: look at a codebook before it is applied."""

from __future__ import annotations

import typer

from rubricate.cli.codebook.check import check
from rubricate.cli.codebook.exporting import export_file
from rubricate.cli.codebook.importing import import_file
from rubricate.cli.codebook.testing import run_tests
from rubricate.cli.usage import Command

codebook = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@codebook.callback()
def _group() -> None:
    """Check, test, import and export a codebook.

    Example: rubricate codebook check -c codebook.yaml
    """


codebook.command(cls=Command)(check)
codebook.command("test", cls=Command)(run_tests)
codebook.command("import", cls=Command)(import_file)
codebook.command("export", cls=Command)(export_file)
