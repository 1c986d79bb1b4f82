"""Entries that never count, because an earlier one of their code takes every hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks.checks.doubt import Doubt
from rubricate.codebooks.checks.repeats import finds
from rubricate.codebooks.checks.words import conditions, covers, gap_covers
from rubricate.codebooks.yaml_fields import shown
from rubricate.corpus.words.folding import fold
from rubricate.corpus.words.lemmas import lemma

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rubricate.codebooks.checks.words import Worded
    from rubricate.codebooks.codebook import Codebook
    from rubricate.codebooks.terms import Slot

    Key = tuple[str, int, str, str]

_HEAD = 3  # letters at the beginning of a glob by which it is looked for


def shadowed(_: Codebook, entries: Sequence[Worded]) -> Iterator[Doubt]:
    """A doubt for every entry all of whose hits an earlier one of its code finds in the same place.

    They are compared word by word, so that both have the same number of words. Two that find the same are
    left to ``repeated``.
    """
    codes: dict[str, list[Worded]] = {}
    for each in entries:
        if each.term and each.term.slots and each.entry.kind != "pos":
            codes.setdefault(each.code.id, []).append(each)
    for some in codes.values():
        yield from _in_one_code(some)


def _in_one_code(entries: Sequence[Worded]) -> Iterator[Doubt]:
    earlier: dict[Key, list[int]] = {}
    for index, each in enumerate(entries):
        places = sorted(place for key in _keys_of_others(each) for place in earlier.get(key, ()))
        shadows = [entries[place] for place in places if _leaves_nothing(entries[place], each)]
        if shadows and all(finds(other) != finds(each) for other in shadows):
            yield _doubt(each, shadows[0])
        earlier.setdefault(_key(each), []).append(index)


def _leaves_nothing(other: Worded, each: Worded) -> bool:
    """Whether whatever ``each`` finds and counts ``other`` finds and counts in the same place."""
    one, two = other.term, each.term
    assert one
    assert two
    return (
        other.entry.language in ("any", each.entry.language)
        and set(other.entry.not_inside) <= set(each.entry.not_inside)
        and all(map(gap_covers, one.gaps, two.gaps))
        and all(covers(*slots, each.language) for slots in zip(one.slots, two.slots, strict=True))
        and conditions(other.entry).items() <= conditions(each.entry).items()
    )


def _key(each: Worded) -> Key:
    """By what an entry is looked for: how many words it has, its first and its last."""
    assert each.term
    slots = each.term.slots
    first, last = (_word(slot, each.language) for slot in (slots[0], slots[-1]))
    return each.language, len(slots), first, last


def _keys_of_others(each: Worded) -> Iterator[Key]:
    """The keys that entries can have which find the same."""
    assert each.term
    slots = each.term.slots
    for first in _words(slots[0], each.language):
        for last in _words(slots[-1], each.language) if len(slots) > 1 else (first,):
            yield each.language, len(slots), first, last


def _word(slot: Slot, language: str) -> str:
    if slot.kind == "glob":
        return _head(slot) + "*"
    return lemma(fold(slot.text), language)


def _words(slot: Slot, language: str) -> set[str]:
    text = _head(slot) if slot.kind == "glob" else fold(slot.text)
    heads = {text[:length] + "*" for length in range(_HEAD + 1)}
    return heads if slot.kind == "glob" else heads | {lemma(text, language)}


def _head(slot: Slot) -> str:
    return slot.text.split("*")[0].split("?")[0][:_HEAD]


def _doubt(each: Worded, other: Worded) -> Doubt:
    message = (
        f"{shown(each.entry.text)} never counts: whatever it finds {shown(other.entry.text)} finds, too "
        f"({other.entry.id}, which stands before it)"
    )
    return Doubt("shadowed", each.entry.mark, each.code.id, each.entry.id, message)
