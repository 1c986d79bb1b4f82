"""What stands under ``not_inside`` and can never apply, or always does."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from rubricate.codebooks.checks.doubt import Doubt
from rubricate.codebooks.checks.words import covers, gap_covers, may_meet
from rubricate.codebooks.terms import JOINT, parse_term
from rubricate.codebooks.yaml_fields import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rubricate.codebooks.checks.words import Worded
    from rubricate.codebooks.codebook import Codebook
    from rubricate.codebooks.terms import Term


def idle_not_inside(codebook: Codebook, entries: Sequence[Worded]) -> Iterator[Doubt]:
    """A doubt for every term under ``not_inside`` in which no hit of its entry can lie.

    What stands under all entries of a code may stand on the code itself: it is idle if it is so for all.
    """
    if codebook.hyphens != "split":  # what lies inside what is another question then
        return
    for _id, group in groupby(entries, key=lambda each: each.code.id):
        some = list(group)
        count = Counter(text for each in some for text in each.entry.not_inside)
        shared = dict.fromkeys(text for text, times in count.items() if times == len(some) > 1)
        yield from (_idle(some[0], text) for text in shared if all(_is_idle(each, text) for each in some))
        for each in some:
            own = (text for text in each.entry.not_inside if text not in shared)
            yield from (_idle(each, text) for text in own if _is_idle(each, text))


def never(codebook: Codebook, entries: Sequence[Worded]) -> Iterator[Doubt]:
    """A doubt for every entry that finds nothing, because every hit lies in its own ``not_inside``."""
    for each in entries if codebook.hyphens == "split" else ():
        for text in each.entry.not_inside if each.term and each.term.slots else ():
            if _always_inside(each, _outer(text)):
                inside = f"every hit lies inside {shown(text)}, its not_inside"
                message = f"{shown(each.entry.text)} finds nothing: {inside}; remove one of them"
                yield Doubt("never", each.entry.mark, each.code.id, each.entry.id, message)
                break


@lru_cache(maxsize=4096)
def _outer(text: str) -> Term:
    return parse_term(text)


def _is_idle(each: Worded, text: str) -> bool:
    """Whether it is certain that no hit lies inside; of regexes and signs without words that is unknown."""
    inner, outer = each.term, _outer(text)
    if inner is None or not inner.slots or not outer.slots:
        return False
    offsets = range(len(outer.slots) - len(inner.slots) + 1)
    return not any(_may_lie_at(inner, outer, offset, each.language) for offset in offsets)


def _may_lie_at(inner: Term, outer: Term, offset: int, language: str) -> bool:
    slots = outer.slots[offset : offset + len(inner.slots)]
    gaps = outer.gaps[offset + 1 : offset + len(inner.slots)]
    return all(map(_gaps_may_meet, inner.gaps[1:-1], gaps)) and all(
        may_meet(one, other, language) for one, other in zip(inner.slots, slots, strict=True)
    )


def _gaps_may_meet(one: str, other: str) -> bool:
    return one == other or {one, other} == {JOINT, "-"}


def _always_inside(each: Worded, outer: Term) -> bool:
    """Whether the words of a ``not_inside`` are those of the entry, so that each hit lies inside."""
    inner = each.term
    assert inner
    return (
        len(inner.slots) == len(outer.slots)
        and all(map(gap_covers, outer.gaps, inner.gaps))
        and all(covers(one, two, each.language) for one, two in zip(outer.slots, inner.slots, strict=True))
    )


def _idle(each: Worded, text: str) -> Doubt:
    message = (
        f"not_inside {shown(text)} does nothing: no hit of {shown(each.entry.text)} can lie inside it; "
        "write a longer phrase that holds the term, or remove it"
    )
    return Doubt("idle_not_inside", each.entry.mark, each.code.id, each.entry.id, message)
