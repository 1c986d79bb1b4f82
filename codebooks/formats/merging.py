"""Lists of terms laid side by side: one row for each term, with the lists that have it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LOOKED_AT = 100


def rows_of(lists: Sequence[Sequence[str]]) -> Iterator[tuple[str, list[int]]]:
    """Each term with the numbers of the lists in which it stands there, every list's terms in its order.

    A term has one row where the orders of the lists allow it, and more where they contradict each other.

    >>> list(rows_of([["a", "b"], ["b"], ["c", "b"]]))
    [('a', [0]), ('c', [2]), ('b', [0, 1, 2])]
    """
    left = Counter(term for terms in lists for term in terms)
    heads: dict[str, list[int]] = defaultdict(list)
    places = [0] * len(lists)
    for number, terms in enumerate(lists):
        if terms:
            heads[terms[0]].append(number)
    waiting = [number for number, terms in enumerate(lists) if terms]
    while waiting:
        term = _next(lists, places, waiting, heads, left)
        here = sorted(heads.pop(term))
        yield term, here
        left[term] -= len(here)
        for number in here:
            places[number] += 1
            if places[number] < len(lists[number]):
                heads[lists[number][places[number]]].append(number)
        done = {number for number in here if places[number] == len(lists[number])}
        if done:
            waiting = [number for number in waiting if number not in done]


def _next(
    lists: Sequence[Sequence[str]],
    places: Sequence[int],
    waiting: Sequence[int],
    heads: dict[str, list[int]],
    left: Counter[str],
) -> str:
    """The first term that stands nowhere else any more, or else simply the first."""
    for number in waiting[:_LOOKED_AT]:
        term = lists[number][places[number]]
        if len(heads[term]) == left[term]:
            return term
    return lists[waiting[0]][places[waiting[0]]]
