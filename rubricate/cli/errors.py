"""Errors as the person at the terminal sees them: one line, and the exit code of the contract."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from rubricate.cli.terminal import defused

if TYPE_CHECKING:
    from collections.abc import Iterator

MISTAKE = 1
SKIPPED = 3


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn what the library raises into a line on stderr and exit code 1."""
    from rubricate.codebooks import CodebookError
    from rubricate.coding.pass_folders.errors import PassError
    from rubricate.corpus.errors import CorpusError
    from rubricate.reports.errors import ReportError

    try:
        yield
    except (CodebookError, CorpusError, PassError, ReportError) as error:
        _stop(str(error))
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _stop(f"{place}{(error.strerror or str(error)).lower()}")
    except MemoryError:
        _stop("not enough memory for this; apply the codebook to fewer documents at a time")


@contextmanager
def printing() -> Iterator[None]:
    """Go on quietly where whoever reads stdout has seen enough, as in ``… | head``: the work is done."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _stop(f"standard output: cannot be written ({error.strerror}); free some space or send it elsewhere")


def _stop(message: str) -> None:
    typer.echo(defused(message), err=True)
    raise typer.Exit(MISTAKE) from None
