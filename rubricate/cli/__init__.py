"""The command line: one file per command; it prints, the library does not.

Nothing but typer is imported until a command runs, so that --help answers at once.
"""

from rubricate.cli.start import main

__all__ = ["main"]
