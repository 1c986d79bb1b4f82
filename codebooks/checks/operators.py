"""Words of rules that may have been meant as operators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks.checks.doubt import Doubt
from rubricate.codebooks.rules.dependencies import rules_of
from rubricate.codebooks.rules.operands import words_of_rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rubricate.codebooks.checks.words import Worded
    from rubricate.codebooks.codebook import Codebook

_SMALL = ("and", "or", "not", "near", "then")


def small_operators(_: Codebook, entries: Sequence[Worded]) -> Iterator[Doubt]:
    """A doubt for every phrase of a rule with a small ``and``, ``or`` or ``not``: a word there."""
    for each in entries:
        for word in (word for rule in rules_of(each.entry) for word in words_of_rule(rule)):
            small = [one for one in word.text.split() if word.kind == "term" and one in _SMALL]
            if small:
                message = f"is the word “{small[0]}”; write {small[0].upper()} for the operator"
                message = f"{small[0]!r} in {word.text!r} {message}"
                yield Doubt("small_operator", each.entry.mark, each.code.id, each.entry.id, message)
