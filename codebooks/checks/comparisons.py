"""Variables on which it depends what is found, so that their values cannot be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks.checks.doubt import Doubt
from rubricate.codebooks.rules.conditions import parse_condition
from rubricate.codebooks.rules.variables import comparisons
from rubricate.codebooks.yaml_fields import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rubricate.codebooks.checks.words import Worded
    from rubricate.codebooks.codebook import Codebook


def compared(_: Codebook, entries: Sequence[Worded]) -> Iterator[Doubt]:
    """One doubt per variable that ``only_in`` asks about, at the first entry, with all codes that do.

    Numbers of such a code by the values of the variable tell of the codebook as much as of the documents.
    """
    asking: dict[str, list[Worded]] = {}
    for each in entries:
        for condition in each.entry.only_in:
            for comparison in comparisons(parse_condition(condition)):
                asking.setdefault(comparison.variable, []).append(each)
    for variable, some in asking.items():
        codes = ", ".join(dict.fromkeys(each.code.id for each in some))
        message = (
            f"only_in makes what is looked for depend on {shown(variable)}; do not compare documents by it "
            f"on: {codes}"
        )
        yield Doubt("compared", some[0].entry.mark, some[0].code.id, some[0].entry.id, message)
