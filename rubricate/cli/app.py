"""The commands, put together."""

from __future__ import annotations

from typing import Annotated

import typer

from rubricate.cli.apply import apply
from rubricate.cli.codebook import codebook
from rubricate.cli.corpus import corpus
from rubricate.cli.demo import demo
from rubricate.cli.explain import explain
from rubricate.cli.export import export
from rubricate.cli.init import init
from rubricate.cli.passes import passes
from rubricate.cli.report import report
from rubricate.cli.usage import Command

app = typer.Typer(
    name="rubricate",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # a traceback must be fit for a bug report, without people's texts
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"rubricate {version('rubricate')}")
        raise typer.Exit


@app.callback()
def rubricate(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Apply a codebook of themes to the passages of a corpus.

    Every number in the tables leads back to the words that caused it.

    Example: rubricate demo
    """


app.command(cls=Command)(demo)
app.command(cls=Command)(apply)
app.command(cls=Command)(init)
app.command(cls=Command)(explain)
app.command(cls=Command)(report)
app.command(cls=Command)(export)
app.add_typer(corpus, name="corpus")
app.add_typer(codebook, name="codebook")
app.add_typer(passes, name="passes")
