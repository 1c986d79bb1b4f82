"""What the rules and conditions of a codebook make of the matches of its terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.coding.batch import pieces_of
from rubricate.coding.match import Matches, joined
from rubricate.coding.overlap import keep_longest, lies_inside
from rubricate.coding.rules.evaluation import Evaluation
from rubricate.coding.rules.spans import Spans, spans_of, together
from rubricate.coding.rules.variables import looked_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.codebooks.rules.tree import Reference, Rule
    from rubricate.codebooks.rules.variables import Condition
    from rubricate.coding.batch import Piece
    from rubricate.coding.plan import Plan
    from rubricate.coding.rules.plan import Ruled
    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]


class RuledMatches:
    """The matches of all entries in the documents of one language, rules and conditions applied.

    ``matches`` are those, their ``term`` the entry, and ``scattered`` what of them is matched where other
    words stand between (rubricate.coding.batch).
    """

    def __init__(
        self,
        plan: Plan,
        reading: Reading,
        found: Matches,
        by_entry: Matches,
        analysed: Bools,
        code_of_entry: Ints,
    ) -> None:
        """Take what the plan's terms found (``found``), and the matches of the entries that are no rules.

        With these come those of terms of rules that a pipeline read, numbered behind the entries.
        """
        import numpy as np

        self._plan, self._rules, self._reading, self._found = plan, plan.rules, reading, found
        self._code_of_entry = code_of_entry
        self.scattered: dict[tuple[int, int, int], tuple[Piece, ...]] = {}
        entries = len(code_of_entry)
        terms = self._terms(by_entry.take(by_entry.term >= entries))
        mine = by_entry.take(by_entry.term < entries)
        mine = mine.take(self._in_their_documents(mine))
        own, codes = code_of_entry[mine.term], [code for code, _ in self._rules.codes]
        self._of_code = {code: mine.take(own == code) for code in codes}
        self._segments: dict[int, Spans] = {}
        around = joined([found, by_entry]).start
        self._evaluation = Evaluation(reading, terms, self._segments_of, analysed, around)
        referred = {code for meant in self._rules.meant.values() for code in meant}
        for code, some in self._rules.codes:
            self._of_code[code] = self._ruled(code, some)
            if code in referred:
                self._segments[code] = self._longest(self._of_code[code])
        self.matches = joined([mine.take(~np.isin(own, codes)), *self._of_code.values()])
        del self._evaluation  # it asks this object for segments: a circle would keep the reading in memory

    def _terms(self, by_pipeline: Matches) -> dict[tuple[str, str], Spans]:
        """What each term of a rule finds."""
        rules = self._rules
        return self._spans(self._found, rules.terms) | self._spans(by_pipeline, rules.asked)

    def _spans(
        self, matches: Matches, numbers: Mapping[tuple[str, str], int]
    ) -> dict[tuple[str, str], Spans]:
        import numpy as np

        matches = matches.take(np.isin(matches.term, list(numbers.values())))
        order = np.argsort(matches.term, kind="stable")
        first, behind = (
            np.searchsorted(matches.term[order], list(numbers.values()), side=side).tolist()
            for side in ("left", "right")
        )
        return {
            term: spans_of(self._reading, matches.take(order[one:other]))
            for term, one, other in zip(numbers, first, behind, strict=True)
        }

    def _in_their_documents(self, matches: Matches) -> Bools:
        """Which matches lie in documents whose variables are as ``only_in`` of their entries says."""
        import numpy as np

        alike: dict[tuple[Condition, ...], list[int]] = {}
        for entry, conditions in self._rules.only_in.items():
            alike.setdefault(conditions, []).append(entry)
        keep = np.ones(len(matches), bool)
        documents = self._reading.documents
        for conditions, entries in alike.items():
            mine = np.flatnonzero(np.isin(matches.term, entries))
            if len(mine):
                where = np.array([looked_for(conditions, document) for document in documents], bool)
                paragraph = self._reading.paragraph_at(matches.start[mine])
                keep[mine] = where[self._reading.paragraph_document[paragraph]]
        return keep

    def _ruled(self, code: int, some: Sequence[Ruled]) -> Matches:
        """The matches of a code with those of its rules, without those that ``unless`` excludes."""
        matches = joined([self._of_code[code], *(self._made(one) for one in some if one.rule is not None)])
        for one in some:
            for unless in one.unless:
                matches = self._without(matches, one, unless)
        return matches

    def _made(self, one: Ruled) -> Matches:
        """The matches of a rule, outside the terms that it excludes and in its documents."""
        import numpy as np

        assert one.rule is not None
        found = self._evaluation.find(one.rule, one.within)
        terms = self._plan.inside.get(one.entry)
        if terms:
            outer = self._found.take(np.isin(self._found.term, terms))
            found = found.take(~lies_inside(found.start, found.end, outer.start, outer.end))
        for index, pieces in found.scattered().items():
            self.scattered[one.entry, int(found.start[index]), int(found.end[index])] = pieces
        made = Matches(np.full(len(found), one.entry), found.start, found.end, found.word, found.words)
        return made.take(self._in_their_documents(made))

    def _without(self, matches: Matches, one: Ruled, unless: Rule) -> Matches:
        """The matches without those of an entry in whose scope a rule holds."""
        import numpy as np

        mine = np.flatnonzero(matches.term == one.entry)
        keep = np.ones(len(matches), bool)
        keep[mine] = ~self._evaluation.holds_at(unless, one.within, matches.start[mine])
        return matches.take(keep)

    def _longest(self, matches: Matches) -> Spans:
        """The segments of a code, from its matches."""
        import numpy as np

        alone = np.zeros(len(matches), np.int64)
        place = (matches.start, matches.end, matches.word, matches.words)
        pieces = pieces_of(matches, self.scattered)
        kept = matches.take(keep_longest(self._reading, alone, *place, matches.term, pieces))
        return spans_of(self._reading, kept, self.scattered)

    def _segments_of(self, reference: Reference) -> Spans:
        """The segments of the codes that ``@code`` means."""
        codes = self._rules.meant[reference.code, reference.subcodes]
        return together([self._segments[code] for code in codes])
