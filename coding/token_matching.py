"""Finding token patterns in a text that spaCy has cut into tokens.

spaCy's Matcher says which tokens have the attributes; how such tokens follow each other is found here. Its
own operators take exponential time (``{0,20}``) or all memory (two ``*``), and give every shorter match too.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from rubricate.codebooks.token_patterns import TokenSpec

Span = tuple[int, int]
"""The first token and the one behind the last."""


class TokenMatcher:
    """Some patterns, ready for the texts that one pipeline reads."""

    def __init__(self, patterns: Sequence[Sequence[TokenSpec]], vocab: Vocab) -> None:
        from spacy.matcher import Matcher

        self._automata = [_Automaton(pattern) for pattern in patterns]
        self._matcher = Matcher(vocab)
        self._steps: dict[int, tuple[int, int]] = {}
        for number, pattern in enumerate(patterns):
            for place, spec in enumerate(pattern):
                if spec.attributes:
                    name = f"{number}.{place}"
                    self._matcher.add(name, [[dict(spec.attributes)]])
                    self._steps[vocab.strings[name]] = (number, self._automata[number].steps_of[place])

    def find(self, doc: Doc) -> Iterator[tuple[int, Span]]:
        """(pattern, tokens) of every match; those of one pattern share no token: the longest counts, of
        equally long ones the leftmost.
        """
        fits = [[automaton.anything] * len(doc) for automaton in self._automata]
        for key, token, _ in self._matcher(doc, allow_missing=True):
            number, steps = self._steps[key]
            fits[number][token] ^= steps
        for number, automaton in enumerate(self._automata):
            yield from ((number, span) for span in automaton.spans(fits[number]))


class _Automaton:
    """A pattern as steps, a bit for each: a set of states is a number whose bits are the steps waited for;
    the bit behind the last step stands for the end of a match.
    """

    def __init__(self, pattern: Sequence[TokenSpec]) -> None:
        self.steps_of: list[int] = []
        self.anything = 0  # the steps that a token takes which has none of the attributes
        self._optional = self._endless = 0
        step = 1
        for spec in pattern:
            most = max(spec.least, 1) if spec.most is None else spec.most
            steps = (step << most) - step
            self.steps_of.append(steps)
            self._optional |= steps & ~((step << spec.least) - step)
            self._endless |= step << most >> 1 if spec.most is None else 0
            self.anything |= steps if spec.negated == bool(spec.attributes) else 0
            step <<= most
        self._end = step
        self._first = self._closed(1)

    def spans(self, fits: Sequence[int]) -> list[Span]:
        """The matches, longest first, that share no token; ``fits`` are the steps each token can take."""
        starts = [first for first, steps in enumerate(fits) if steps & self._first]
        if self._endless and starts:
            ends = self._all_longest(fits)
            found = [(first, ends[first]) for first in starts]
        else:
            found = [(first, self._longest(fits, first, len(fits))) for first in starts]
        waiting = [(first - behind, first) for first, behind in found if behind > first]
        heapify(waiting)
        taken, kept = bytearray(len(fits)), []
        while waiting:
            length, first = heappop(waiting)
            behind = first - length
            limit = taken.find(1, first, behind)
            if limit < 0:
                taken[first:behind] = b"\1" * -length
                kept.append((first, behind))
            elif shorter := self._longest(fits, first, limit):
                heappush(waiting, (first - shorter, first))
        return kept

    def _longest(self, fits: Sequence[int], first: int, limit: int) -> int:
        """The token behind the longest match from ``first`` on, at most ``limit``; 0 where there is none."""
        states, behind = self._first, 0
        for place in range(first, limit):
            taken = states & fits[place]
            if not taken:
                break
            states = self._closed(taken << 1 | taken & self._endless)
            if states & self._end:
                behind = place + 1
        return behind

    def _all_longest(self, fits: Sequence[int]) -> list[int]:
        """The token behind the longest match from each token on; where there is none, no later one.

        Read from the end of the text, once: a match of any length costs no more than a short one.
        """
        steps = range(self._end.bit_length() - 1)
        optional = [bool(self._optional >> step & 1) for step in steps]
        endless = [bool(self._endless >> step & 1) for step in steps]
        ends, behind = [0] * (len(fits) + 1), [0] * (len(steps) + 1)
        for place, fitting in reversed([*enumerate(fits), (len(fits), 0)]):  # no step takes what is no token
            here = [0] * len(steps) + [place]
            for step in reversed(steps):
                furthest = here[step + 1] if optional[step] else 0
                if fitting >> step & 1:
                    furthest = max(furthest, behind[step + 1], behind[step] if endless[step] else 0)
                here[step] = furthest
            ends[place], behind = here[0], here
        return ends

    def _closed(self, states: int) -> int:
        """The states, with those behind steps that need not be taken."""
        while (more := states | (states & self._optional) << 1) != states:
            states = more
        return states
