"""What rules find in a reading, and in which scopes they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rubricate.codebooks.rules.tree import Apart, Both, Count, Either, Near, Reference, Rule, Without, Words
from rubricate.coding.overlap import keep_longest
from rubricate.coding.rules.pairs import lonely, pairs
from rubricate.coding.rules.scopes import Scope, scope_of
from rubricate.coding.rules.spans import Spans, together

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]


class Evaluation:
    """Rules over one reading; what was asked once is known.

    ``terms`` gives what a term finds and ``segments`` those of the codes that an ``@code`` means; ``around``
    are offsets in all paragraphs in which anything was found.
    """

    def __init__(
        self,
        reading: Reading,
        terms: Mapping[tuple[str, str], Spans],
        segments: Callable[[Reference], Spans],
        analysed: Bools,
        around: Ints,
    ) -> None:
        self._reading = reading
        self._terms = terms
        self._segments = segments
        self._analysed = analysed
        self._around = around
        self._scopes: dict[str, Scope] = {}
        self._found: dict[tuple[Rule, str], Spans] = {}

    def find(self, rule: Rule, within: str) -> Spans:
        """What a rule finds, with conditions in the scope ``within``."""
        key = rule, within
        if key not in self._found:
            self._found[key] = self._find(rule, within)
        return self._found[key]

    def holds(self, rule: Rule, within: str) -> Bools:
        """For each scope of the reading whether a rule holds in it."""
        import numpy as np

        held: Any
        match rule:
            case Either(parts):
                held = np.any([self.holds(part, within) for part in parts], axis=0)
            case Both(first, others):
                held = np.all([self.holds(part, within) for part in (first, *others)], axis=0)
            case Without(first, other):
                return self.holds(first, within) & ~self.holds(other, within)
            case Count(counted):
                return self._in_numbers(rule, self._longest(self.find(counted, within)), within)
            case _:
                held = self.scope(within).count(self.find(rule, within).start) > 0
        return np.asarray(held, bool)

    def scope(self, within: str) -> Scope:
        """The scope of a name."""
        if within not in self._scopes:
            self._scopes[within] = scope_of(self._reading, within, self._analysed, self._around)
        return self._scopes[within]

    def _find(self, rule: Rule, within: str) -> Spans:
        match rule:
            case Words(kind, text):
                return self._terms[kind, text]
            case Reference():
                return self._segments(rule)
            case Either(parts):
                return together([self.find(part, within) for part in parts])
            case Near(first, other, most, ordered):
                one, another = self.find(first, within), self.find(other, within)
                return pairs(self._reading, one, another, most, ordered=ordered)
            case Apart(first, other, most):
                found = self.find(first, within)
                return found.take(lonely(self._reading, found, self.find(other, within), most))
            case Both(first, others):
                found = self.find(first, within)
                for condition in others:
                    found = found.take(self.holds_at(condition, within, found.start))
                return found
            case Without(first, other):
                found = self.find(first, within)
                return found.take(~self.holds_at(other, within, found.start))
            case Count(counted):
                found = self._longest(self.find(counted, within))
                enough = self._in_numbers(rule, found, within)
                return found.take(enough[self.scope(within).at(found.start)])

    def holds_at(self, rule: Rule, within: str, offset: Ints) -> Bools:
        """Whether a rule holds in the scope in which each offset lies."""
        return self.holds(rule, within)[self.scope(within).at(offset)]

    def _in_numbers(self, rule: Count, found: Spans, within: str) -> Bools:
        """For each scope whether it has as many as a COUNT asks for."""
        import numpy as np

        count = self.scope(within).count(found.start)
        compared: Bools = np.array([rule.holds(number) for number in range(int(count.max(initial=0)) + 1)])
        return compared[count]

    def _longest(self, found: Spans) -> Spans:
        """Those that stay where they compete for words, like the matches of one code."""
        return found.take(longest(self._reading, found))


def longest(reading: Reading, found: Spans) -> Bools:
    """Which places stay where they compete for words; of equals the first."""
    import numpy as np

    none = np.zeros(len(found), np.int64)
    return keep_longest(
        reading, none, found.start, found.end, found.word, found.words, none, found.scattered()
    )
