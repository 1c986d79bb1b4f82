"""What a codebook loses on its way into or out of a format."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing that has no place: where it stood, what it is, and what became of it.

    ``line`` counts from 1 in the file that was read; 0 where there are no lines. ``code`` is the name of the
    category in the file that was read, or the id of the code that was written; empty for the whole.
    """

    line: int
    code: str
    what: str
    became: str

    def __str__(self) -> str:
        """One line: ``line 3, Trade: the weight 2: kept in the memo``."""
        place = ", ".join(filter(None, (f"line {self.line}" if self.line else "", self.code)))
        return ": ".join(filter(None, (place, self.what, self.became)))


KEPT = "kept as text in the memo"
LEFT_OUT = "left out"
