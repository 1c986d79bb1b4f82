"""What codes say to people: definitions, and texts that look as if they were meant to be matched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rubricate.codebooks.checks.doubt import Doubt
from rubricate.codebooks.yaml_fields import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rubricate.codebooks.checks.words import Worded
    from rubricate.codebooks.codebook import Code, Codebook

_PATTERN = re.compile(
    r"(?P<glob>(?<![*\w])\w{2,}\*(?![*\w]))"
    r"|(?P<regex>\\[bdswBDSW]|\(\?[:i=!])"
    r"|(?P<rule>\b(?:NEAR|THEN)(?:/\d+)?\b|\w[)\"']? (?:AND|OR) [(\"'@]?\w)"
    r"|(?P<reference>(?<!\w)@[a-z_]{3,})"
    r"|(?P<kind>^(?:term|lemma|word|case|glob|regex|pos|entity|tokens|rule): ?\S)"
)
"""What terms and rules have and sentences do not."""


def no_definition(codebook: Codebook, _: Sequence[Worded]) -> Iterator[Doubt]:
    """One doubt with all codes that have no definition."""
    bare = [code for code in codebook.codes if not code.definition.strip()]
    if bare:
        names = ", ".join(code.id for code in bare)
        message = f"without a definition nobody can say whether a code was applied rightly: {names}"
        yield Doubt("no_definition", bare[0].mark, bare[0].id, "", message)


def no_entries(codebook: Codebook, _: Sequence[Worded]) -> Iterator[Doubt]:
    """A doubt for every code that has no entries, no codes below it, and is not coded by hand."""
    parents = {code.parent for code in codebook.codes}
    for code in codebook.codes:
        if not code.entries and code.coded_by == "rules" and code.id not in parents:
            yield Doubt("no_entries", code.mark, code.id, "", "has no entries, so it is never applied")


def pattern_in_prose(codebook: Codebook, _: Sequence[Worded]) -> Iterator[Doubt]:
    """A doubt for every text for people that looks like a term or a rule: it is never matched.

    Notes to oneself (``memo``, ``note``) may hold anything.
    """
    for code in codebook.codes:
        for key, text in _prose(code):
            hit = _PATTERN.search(text)
            if hit:
                message = (
                    f"{key} is prose for people and never matched, but {shown(hit[0])} looks like a pattern"
                )
                yield Doubt("pattern_in_prose", code.mark, code.id, "", f"{message}; move it to terms")


def _prose(code: Code) -> Iterator[tuple[str, str]]:
    yield "definition", code.definition
    for text in code.when_to_use:
        yield "when_to_use", text
    for text in code.when_not_to_use:
        yield "when_not_to_use", text
    for text in code.see.values():
        yield "see", text
