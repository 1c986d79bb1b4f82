"""How the commands about a corpus print what they found."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import typer

from rubricate.cli.errors import printing
from rubricate.cli.terminal import defused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rubricate.corpus.readers.raw import Skipped

    Row = dict[str, Any]

MOST_NAMES = 4


def some(names: Sequence[str]) -> str:
    """The first of some names."""
    return ", ".join(names[:MOST_NAMES]) + (", …" if len(names) > MOST_NAMES else "")


def print_lines(lines: Iterable[str]) -> None:
    """Lines on stdout; verbatim where no terminal is, which they could command."""
    with printing():
        for line in lines:
            typer.echo(defused(line) if sys.stdout.isatty() else line)


def print_json(**content: Any) -> None:
    """JSON on stdout."""
    with printing():
        typer.echo(json.dumps(content, ensure_ascii=False, indent=1))


def notes(lines: Iterable[str]) -> None:
    """Lines on stderr."""
    for line in lines:
        typer.echo(defused(line), err=True)


def skipped_rows(skipped: Iterable[Skipped]) -> list[Row]:
    """What could not be read, for JSON."""
    return [{"file": skip.file, "document": skip.document, "reason": skip.reason} for skip in skipped]


def lines_of_skipped(skipped: Iterable[Skipped]) -> list[str]:
    """What could not be read, for a person."""
    return [f"skipped: {skip.file}: {skip.reason}" for skip in skipped]
