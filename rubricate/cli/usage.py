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


class Spreading(Command):
    """A command of which an option that may be given again also takes several words at once.

    ``--terms A B`` is read as ``--terms A --terms B`` where the command has no other place for B.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; where words are left over, the options before them take them."""
        _, left, _ = self.make_parser(ctx).parse_args([*args])
        return super().parse_args(ctx, self._spread(args) if left else args)

    def _spread(self, args: list[str]) -> list[str]:
        again = {name for one in self.params if getattr(one, "multiple", False) for name in one.opts}
        spread: list[str] = []
        option, words = "", 0
        for word in args:
            if word.startswith("-"):
                option, words = (word, 0) if word in again else ("", 0)
            elif option:
                spread += [option] if words else []
                words += 1
            spread.append(word)
        return spread
