"""How the person at the terminal is told what a codebook lost on its way into or out of a format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from rubricate.cli.terminal import defused, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rubricate.codebooks.formats.losses import Loss

_MOST = 20


def print_losses(file: str, losses: Sequence[Loss]) -> None:
    """A line on stderr for each of the first losses, and how many there are besides."""
    for loss in losses[:_MOST]:
        typer.echo(defused(f"{file}: {' '.join(str(loss).split())}"), err=True)
    if len(losses) > _MOST:
        typer.echo(f"{file}: … and {len(losses) - _MOST:,} more; --json lists all", err=True)


def losses_as_json(losses: Sequence[Loss]) -> list[dict[str, Any]]:
    """All losses, with the fields of Loss."""
    return [
        {"line": loss.line, "code": loss.code, "what": loss.what, "became": loss.became} for loss in losses
    ]


def counted(losses: Sequence[Loss]) -> str:
    """How much was lost, in words."""
    return number(len(losses), "thing") + " lost or changed" if losses else "nothing lost"
