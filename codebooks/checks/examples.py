"""Examples that say two things of one text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks.checks.doubt import Doubt
from rubricate.corpus.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from rubricate.codebooks.checks.words import Worded
    from rubricate.codebooks.codebook import Codebook, Example


def contradictions(codebook: Codebook, _: Sequence[Worded]) -> Iterator[Doubt]:
    """A doubt for every example of a code that says the opposite of an earlier one with the same words."""
    for code in codebook.codes:
        first: dict[Hashable, Example] = {}
        for example in code.examples:
            text = fold(" ".join(example.text.split()))
            key = text, example.language or codebook.language, frozenset(example.variables.items())
            other = first.setdefault(key, example)
            if other.applies != example.applies:
                place = f" in line {other.mark.line}" if other.mark.line else ""
                message = f"this example contradicts the one{place}: it must be coded and must not be"
                yield Doubt("contradiction", example.mark, code.id, "", f"{message}; keep one of them")
