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
            other = first.setdefault(_same(example, codebook), example)
            if other.applies != example.applies:
                place = f" in line {other.mark.line}" if other.mark.line else ""
                message = f"this example contradicts the one{place}: it must be coded and must not be"
                yield Doubt("contradiction", example.mark, code.id, "", f"{message}; keep one of them")


def exclusions(codebook: Codebook, _: Sequence[Worded]) -> Iterator[Doubt]:
    """A doubt for every example that must be coded by two codes that exclude each other."""
    exclusive = {code.id for code in codebook.codes if code.exclusive}
    first: dict[Hashable, str] = {}
    for code in codebook.codes:
        for example in code.examples if code.parent in exclusive else ():
            key = code.parent, _same(example, codebook)
            other = first.setdefault(key, code.id) if example.applies else code.id
            if other != code.id:
                message = (
                    f"this is an example of {other}, too, and {code.parent} says that they exclude each other"
                )
                yield Doubt("contradiction", example.mark, code.id, "", f"{message}; keep it under one")


def _same(example: Example, codebook: Codebook) -> Hashable:
    """What two examples have in common that say something of one text."""
    text = fold(" ".join(example.text.split()))
    return text, example.language or codebook.language, frozenset(example.variables.items())
