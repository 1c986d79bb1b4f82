"""Which code or entry of one codebook is which of another: pairs found by one trait after the other."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rubricate.codebooks.codebook import Entry
from rubricate.corpus.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence

    from rubricate.codebooks.codebook import Code, Codebook

    Pairs = dict[int, int]
    Owned = tuple[int, Entry]
    Traits = Sequence[Callable[[int], Hashable | None]]

_NUMBER = re.compile("r?[0-9]+")
_NO_CONTENT = ("id", "mark")
_ALIKE = 0.5  # from this likeness on, a pattern was changed; below it another one took its place
_MOST_COMPARED = 10_000  # pairs of patterns of a code; with more, none is known again
_CONTENT = tuple(each.name for each in fields(Entry) if each.name not in _NO_CONTENT)


def pair_codes(before: Codebook, after: Codebook) -> Pairs:
    """For the index of each code of ``before`` that is in ``after`` its index there.

    Codes are the same by guid, else by id, else because one ``was`` the other, else by what they find or, if
    they find nothing, by their definition, else by their label; by these two only where no other code has the
    same. Pairs do not depend on which codebook is called the earlier one.
    """
    one, two = before.codes, after.codes
    pairs: Pairs = {}
    _pair(pairs, [code.guid or None for code in one], [code.guid or None for code in two])
    _pair(pairs, [code.id for code in one], [code.id for code in two])
    _pair_by_was(pairs, one, two)
    for trait in (_found_by, _label):
        _pair(pairs, _once(map(trait, one)), _once(map(trait, two)))
    return pairs


def pair_entries(before: Codebook, after: Codebook, codes: Mapping[int, int]) -> Pairs:
    """For the index of each entry of ``before`` that is in ``after`` its index there, given pairs of codes.

    Entries are the same if they say the same in the same code, in all or in kind, text and language; else if
    they have the same name there, or the same text as another kind or for another language; else if they say
    the same in another code, into which they were moved; else if they are patterns of one code that are
    nearly alike. Of several that are alike the first is the first.
    """
    one = [
        (codes.get(code, -1 - code), entry)
        for code, each in enumerate(before.codes)
        for entry in each.entries
    ]
    two = [(code, entry) for code, each in enumerate(after.codes) for entry in each.entries]
    pairs: Pairs = {}
    for trait in (_all, _term, _name, _text):
        _pair(
            pairs,
            [(code, trait(entry)) for code, entry in one],
            [(code, trait(entry)) for code, entry in two],
        )
    for trait in (_all, _term):
        _pair(pairs, [trait(entry) for _, entry in one], [trait(entry) for _, entry in two])
    _pair_alike(pairs, one, two)
    return pairs


def _pair(pairs: Pairs, one: Sequence[Hashable], two: Sequence[Hashable]) -> None:
    """Add pairs of those not paired yet that have the same trait, in order; without a trait (None) there is
    none.
    """
    taken = set(pairs.values())
    waiting: dict[Hashable, list[int]] = {}
    for index in reversed(range(len(two))):
        if index not in taken and _given(two[index]):
            waiting.setdefault(two[index], []).append(index)
    for index, trait in enumerate(one):
        if index not in pairs and waiting.get(trait):
            pairs[index] = waiting[trait].pop()


def _pair_alike(pairs: Pairs, one: Sequence[Owned], two: Sequence[Owned]) -> None:
    """Pair the regexes, rules and token patterns that are left: in each code those most alike first.

    Words are not compared so: "embargo" in place of "arms embargo" is another term, a regex with a bracket
    more is the same one, mended.
    """
    taken = set(pairs.values())
    first = _patterns(one, pairs)
    others = _patterns(two, taken)
    alike = [
        (-_likeness(one[index][1].text, two[other][1].text), index + other, abs(index - other), index, other)
        for group, left in first.items()
        if len(left) * len(others.get(group, ())) <= _MOST_COMPARED
        for index in left
        for other in others.get(group, ())
    ]
    for likeness, _, _, index, other in sorted(alike):
        if -likeness >= _ALIKE and index not in pairs and other not in taken:
            pairs[index] = other
            taken.add(other)


def _patterns(places: Sequence[Owned], known: Container[int]) -> dict[tuple[int, str], list[int]]:
    """By code and kind the regexes, rules and token patterns that are not known yet."""
    found: dict[tuple[int, str], list[int]] = {}
    for index, (code, entry) in enumerate(places):
        if entry.kind in ("regex", "rule", "tokens") and index not in known:
            found.setdefault((code, entry.kind), []).append(index)
    return found


@lru_cache(maxsize=4096)
def _letter_pairs(text: str) -> Counter[str]:
    """How often each two characters stand side by side in a text, its ends included."""
    return Counter(map("".join, pairwise(f"\n{text}\n")))


def _likeness(one: str, other: str) -> float:
    """The share of pairs of characters that two texts have in common (Dice), from 0 to 1."""
    first, second = _letter_pairs(one), _letter_pairs(other)
    return 2 * (first & second).total() / (first.total() + second.total())


def _given(trait: Hashable) -> bool:
    return trait is not None and not (isinstance(trait, tuple) and trait[-1] is None)


def _once(traits: Iterable[Hashable]) -> list[Hashable]:
    """The traits, None for those that several have."""
    found = list(traits)
    count = Counter(found)
    return [trait if count[trait] == 1 else None for trait in found]


def _pair_by_was(pairs: Pairs, one: Sequence[Code], two: Sequence[Code]) -> None:
    """Pair a code with one that names it under ``was``; of several the first."""
    first, second = ({code.id: index for index, code in enumerate(codes)} for codes in (one, two))
    named = {(first[name], index) for index, code in enumerate(two) for name in code.was if name in first}
    named |= {(index, second[name]) for index, code in enumerate(one) for name in code.was if name in second}
    taken = set(pairs.values())
    for index, other in sorted(named, key=sum):  # the same pairs whichever codebook is the earlier one
        if index not in pairs and other not in taken:
            pairs[index] = other
            taken.add(other)


def _found_by(code: Code) -> Hashable:
    return tuple(map(_all, code.entries)) or code.definition or None


def _label(code: Code) -> Hashable:
    return code.label or None


def _all(entry: Entry) -> Hashable:
    return tuple(getattr(entry, name) for name in _CONTENT)


def _term(entry: Entry) -> Hashable:
    return entry.kind, entry.text, entry.language


def given_name(entry: Entry) -> str:
    """The name that an author gave to a rule; empty where an entry has a number, which is only its place."""
    name = entry.id.rpartition(".")[2]
    return "" if _NUMBER.fullmatch(name) else name


def _name(entry: Entry) -> Hashable:
    return given_name(entry) or None


def _text(entry: Entry) -> Hashable:
    return fold(entry.text)
