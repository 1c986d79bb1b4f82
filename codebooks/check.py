"""A codebook before it is applied: everything about it that is no mistake and looks doubtful."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks.checks.broad_globs import broad_globs
from rubricate.codebooks.checks.codes import no_definition, no_entries, pattern_in_prose
from rubricate.codebooks.checks.comparisons import compared
from rubricate.codebooks.checks.examples import contradictions, exclusions
from rubricate.codebooks.checks.missed_forms import missed_forms
from rubricate.codebooks.checks.not_inside import idle_not_inside, never
from rubricate.codebooks.checks.operators import small_operators
from rubricate.codebooks.checks.repeats import repeated
from rubricate.codebooks.checks.shadows import shadowed
from rubricate.codebooks.checks.word_lists import ambiguous, unlisted, without_word_list
from rubricate.codebooks.checks.words import worded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rubricate.codebooks.checks.doubt import Doubt
    from rubricate.codebooks.checks.words import Worded
    from rubricate.codebooks.codebook import Codebook

CHECKS: tuple[Callable[[Codebook, Sequence[Worded]], Iterable[Doubt]], ...] = (
    without_word_list,
    unlisted,
    ambiguous,
    missed_forms,
    repeated,
    shadowed,
    broad_globs,
    idle_not_inside,
    never,
    small_operators,
    compared,
    no_definition,
    no_entries,
    pattern_in_prose,
    contradictions,
    exclusions,
)
"""Every kind of warning; each is asked for all codes and entries at once."""


def check_codebook(codebook: Codebook) -> list[Doubt]:
    """Everything about a codebook that looks doubtful, in file order."""
    entries = worded(codebook)
    doubts = [doubt for check in CHECKS for doubt in check(codebook, entries)]
    return sorted(doubts, key=lambda doubt: (doubt.mark.line, doubt.mark.column))
