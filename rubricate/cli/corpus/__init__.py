"""``rubricate corpus``: what a study has read, what was made of it, and what in it looks like a slip."""

from __future__ import annotations

import typer

from rubricate.cli.corpus.add import add
from rubricate.cli.corpus.check import check
from rubricate.cli.corpus.compare import compare
from rubricate.cli.corpus.correct import correct
from rubricate.cli.corpus.listing import list_documents
from rubricate.cli.corpus.remove import remove
from rubricate.cli.corpus.show import show
from rubricate.cli.usage import Command

corpus = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@corpus.callback()
def _group() -> None:
    """Build a corpus, and see what was made of the documents.

    Example: rubricate corpus show speeches/
    """


corpus.command(cls=Command)(add)
corpus.command("list", cls=Command)(list_documents)
corpus.command(cls=Command)(show)
corpus.command(cls=Command)(compare)
corpus.command(cls=Command)(check)
corpus.command(cls=Command)(correct)
corpus.command(cls=Command)(remove)
