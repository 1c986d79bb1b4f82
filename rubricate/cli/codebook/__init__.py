"""``rubricate codebook``: look at a codebook, change it, and check it before it is applied."""

from __future__ import annotations

import typer

from rubricate.cli.codebook.add import add
from rubricate.cli.codebook.check import check
from rubricate.cli.codebook.diff import OnCommand, diff
from rubricate.cli.codebook.edit import edit
from rubricate.cli.codebook.exporting import export_file
from rubricate.cli.codebook.history import history
from rubricate.cli.codebook.importing import import_file
from rubricate.cli.codebook.merge import merge
from rubricate.cli.codebook.move import move
from rubricate.cli.codebook.new import new
from rubricate.cli.codebook.remove import remove
from rubricate.cli.codebook.rename import rename
from rubricate.cli.codebook.schema import schema
from rubricate.cli.codebook.set import set_values
from rubricate.cli.codebook.show import show
from rubricate.cli.codebook.split import split
from rubricate.cli.codebook.tag import tag
from rubricate.cli.codebook.term import term
from rubricate.cli.codebook.testing import run_tests
from rubricate.cli.codebook.undo import undo
from rubricate.cli.usage import Command, Spreading

codebook = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@codebook.callback()
def _group() -> None:
    """Look at a codebook, check and test it, change it without fear, and exchange it with other programs.

    Example: rubricate codebook check -c codebook.yaml
    """


codebook.command(cls=Command)(show)
codebook.command(cls=Command)(check)
codebook.command(cls=OnCommand)(diff)
codebook.command("test", cls=Command)(run_tests)
codebook.command(cls=Command)(schema)
codebook.command(cls=Command)(new)
codebook.command(cls=Spreading)(add)
codebook.command("set", cls=Command)(set_values)
codebook.command(cls=Command)(rename)
codebook.command(cls=Command)(move)
codebook.command(cls=Command)(merge)
codebook.command(cls=Spreading)(split)
codebook.command(cls=Command)(remove)
codebook.add_typer(term, name="term")
codebook.command(cls=Command)(edit)
codebook.command(cls=Command)(undo)
codebook.command(cls=Command)(history)
codebook.command(cls=Command)(tag)
codebook.command("import", cls=Command)(import_file)
codebook.command("export", cls=Command)(export_file)
