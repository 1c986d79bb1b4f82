"""Phrases whose words all stand in a paragraph, or on both sides of its border, but not as a phrase."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from rubricate.codebooks.terms import JOINT
from rubricate.coding.nearly.near_miss import NearMiss, quoted
from rubricate.coding.nearly.scene import Copy
from rubricate.corpus.words.characters import DASHES, ZWNJ
from rubricate.corpus.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from rubricate.coding.nearly.scene import Scene
    from rubricate.corpus.words.borders import Ints

_JOINING = re.compile(rf"\s+|[{re.escape(DASHES)}{ZWNJ}](\s*\n\s*)?")


MOST_APART = 30
"""Other words that may stand between those of a phrase, about two sentences of them, for it to be near."""


class Torn(NamedTuple):
    """A term of the plan and where its words stand, as near to each other as they come: their positions, in
    the order that the term has them.
    """

    term: int
    words: tuple[int, ...]

    @property
    def apart(self) -> int:
        """How many other words stand between them."""
        return max(self.words) - min(self.words) + 1 - len(self.words)

    @property
    def in_order(self) -> bool:
        """Whether they stand in the order of the term."""
        return all(one < other for one, other in pairwise(self.words))


def torn_phrases(scene: Scene) -> Iterator[NearMiss]:
    """Where the words of a phrase stand apart, in another order, or with other characters between them.

    Each is asked for again with its words as the phrase has them: it must be found then.
    """
    torn = [each for paragraph in scene.paragraphs for each in _in_paragraph(scene, paragraph)]
    mended = [_mended(scene, each) for each in torn]
    for entry, number, _, _ in scene.ask_copies(mended):
        if entry in scene.entries_of.get(torn[number].term, ()):
            yield _told(scene, entry, torn[number])


def _in_paragraph(scene: Scene, paragraph: int) -> Iterator[Torn]:
    import numpy as np

    terms, filling = scene.plan.terms, scene.filling(paragraph)
    filled = np.zeros(len(terms.lexicon.slots) + 1, bool)
    filled[[*filling, -1]] = True  # the last one stands for NO_SLOT
    for term in np.flatnonzero(filled[terms.slots].all(axis=1) & (terms.length > 1)).tolist():
        entries = scene.entries_of.get(term, ())
        whole = any((paragraph, entry) in scene.matching for entry in entries)
        if entries and not whole and _can_be_torn(terms.terms[term].gaps):
            places = [filling[slot] for slot in terms.slots[term, : terms.length[term]].tolist()]
            found = [Torn(term, words) for words in (_in_order(places), _in_any_order(places)) if words]
            found.sort(key=lambda each: (each.apart, not each.in_order))
            yield from (each for each in found[:1] if each.apart <= MOST_APART)


def _can_be_torn(gaps: Sequence[str]) -> bool:
    """Not where words touch each other, as in Han, or where a term has other characters at its ends."""
    return all(gaps[1:-1]) and not gaps[0] and not gaps[-1]


def _in_order(places: Sequence[Ints]) -> tuple[int, ...]:
    """The words that are nearest to each other with each behind the one before; none if there are none."""
    import numpy as np

    first, at = places[0], places[0]
    for some in places[1:]:
        place = np.searchsorted(some, at, side="right")
        there = place < len(some)
        first, at = first[there], some[place[there]]
    if not len(first):
        return ()
    words = [int(first[np.argmin(at - first)])]
    for some in places[1:]:
        words.append(int(some[np.searchsorted(some, words[-1], side="right")]))
    return tuple(words)


def _in_any_order(places: Sequence[Ints]) -> tuple[int, ...]:
    """The words that are nearest to the rarest of them; none if one would have to be two of them."""
    import numpy as np

    rarest = min(places, key=len)
    nearest = np.stack([_nearest(some, rarest) for some in places])
    words = tuple(nearest[:, np.argmin(nearest.max(axis=0) - nearest.min(axis=0))].tolist())
    return words if len(set(words)) == len(words) else ()


def _nearest(some: Ints, to: Ints) -> Ints:
    """For each position the nearest of some others."""
    import numpy as np

    place = np.searchsorted(some, to)
    before, behind = some[np.maximum(place - 1, 0)], some[np.minimum(place, len(some) - 1)]
    return np.where(np.abs(to - before) <= np.abs(behind - to), before, behind)


def _mended(scene: Scene, torn: Torn) -> Copy:
    """The words of a phrase, as they stand in the text, with the phrase's own gaps between them."""
    gaps = scene.plan.terms.terms[torn.term].gaps
    text = "".join(gap + scene.word(at) for gap, at in zip(gaps, torn.words, strict=False))
    return Copy(text, ())


def _told(scene: Scene, entry: int, torn: Torn) -> NearMiss:
    words = scene.reading.words
    start, end = int(words.start[min(torn.words)]), int(words.end[max(torn.words)])
    if not torn.in_order:
        order = " before ".join(quoted(scene.word(at)) for at in sorted(torn.words))
        reason, why = "order", f"its words stand in another order, {order}"
        why += f", with {_others(torn.apart)} between them" if torn.apart else ""
    elif torn.apart:
        reason, why = "distance", ", and ".join(_distances(scene, torn))
    else:
        reason, why = "punctuation", _between(scene, torn)
    return scene.miss_at(entry, start, end, reason, why, torn.apart)


def _distances(scene: Scene, torn: Torn) -> Iterator[str]:
    for one, other in pairwise(torn.words):
        if other - one > 1:
            pair = f"{quoted(scene.word(one))} and {quoted(scene.word(other))}"
            yield f"{_others(other - one - 1)} {'stands' if other - one == 2 else 'stand'} between {pair}"


def _others(count: int) -> str:
    return "another word" if count == 1 else f"{count} other words"


def _between(scene: Scene, torn: Torn) -> str:
    """What stands between words that are next to each other, and what the phrase has there."""
    gaps = scene.plan.terms.terms[torn.term].gaps[1:]
    for gap, (one, other) in zip(gaps, pairwise(torn.words), strict=False):
        start, end = int(scene.reading.words.end[one]), int(scene.reading.words.start[other])
        here = " ".join(re.split(r"\s+", scene.text[start:end]))
        if gap == JOINT and not _JOINING.fullmatch(scene.text[start:end]):
            wanted = "a blank or a hyphen"
        elif gap not in (JOINT, fold(here)):
            wanted = f"“{gap}”"
        else:
            continue
        there = f"“{here}” stands" if here else "nothing stands"
        pair = f"{quoted(scene.word(one))} and {quoted(scene.word(other))}"
        return f"{there} between {pair}, and the entry asks for {wanted}"
    return "other characters stand between its words than the entry asks for"


def across_borders(scene: Scene, open_to_it: Collection[int]) -> Iterator[NearMiss]:
    """Where a phrase begins in one paragraph and ends in the next, both of them among ``open_to_it``."""
    pairs = [
        (one, one + 1)
        for one in sorted(open_to_it)
        if one + 1 in open_to_it and (scene.where[one] or scene.where[one + 1])
    ]
    paragraphs = scene.document.paragraphs
    stretches = [(paragraphs[one].start, paragraphs[other].end) for one, other in pairs]
    copies = [Copy(scene.text[start:end], range(start, end)) for start, end in stretches]
    for entry, number, start, end in scene.ask_copies(copies):
        one, other = pairs[number]
        place = copies[number].back(start, end)
        border, behind = paragraphs[one].end, paragraphs[other].start
        if scene.terms[entry].slots and place[0] < border and place[1] > behind:
            halves = quoted(scene.text[place[0] : border]), quoted(scene.text[behind : place[1]])
            if scene.where[one]:
                why = f"{halves[1]}, the rest of it, begins the next paragraph, and no match crosses a border"
                yield scene.miss_at(entry, place[0], border, "border", why)
            if scene.where[other]:
                why = f"{halves[0]}, the rest of it, ends the paragraph before, and no match crosses a border"
                yield scene.miss_at(entry, behind, place[1], "border", why)
