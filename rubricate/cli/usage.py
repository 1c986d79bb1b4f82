"""What --help says of the words that follow a command."""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand

_TYPE = re.compile(r"^(  \[?[A-Z]+\]?(?:\.\.\.)?)( <\S+>)", re.MULTILINE)


class Command(TyperCommand):
    """A command whose arguments are shown without their Python types."""

    def get_help(self, ctx: Any) -> str:
        """The help, with spaces where typer writes the type of an argument."""
        return _TYPE.sub(lambda found: found[1] + " " * len(found[2]), super().get_help(ctx))
