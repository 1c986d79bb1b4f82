"""Flags: what a sentence does to the segments in it: it denies, softens, puts down to others, or asks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from rubricate.codebooks.terms import parse_term
from rubricate.coding.cues import read_cues
from rubricate.coding.marks import find_stops, picked_or_all
from rubricate.coding.ordering import runs
from rubricate.coding.plan import compile_terms
from rubricate.coding.questions import asked
from rubricate.coding.raising import Roles, look, raised

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.codebooks.terms import Term
    from rubricate.coding.cues import Cue, Cues
    from rubricate.coding.match import Matches
    from rubricate.coding.plan import Terms
    from rubricate.corpus.document import Document
    from rubricate.corpus.reading import Reading, Sentences
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]

FLAGS = ("negated", "hedged", "attributed", "question")
"""Every flag, in the order of the columns of segments.csv."""

_BY_CUES = FLAGS[:3]


@dataclass(frozen=True, slots=True)
class FlagRules:
    """The cues of a language, compiled: the distinct ``terms`` of all flags, and for each flag that the
    language has cues for what these terms are to it.
    """

    terms: Terms
    roles: Mapping[str, Roles]


def compile_flags(language: str) -> FlagRules:
    """The rules of all flags that are judged by cues, in a language."""
    terms, roles = _parsed(language.partition("-")[0].lower())
    return FlagRules(compile_terms(terms, language), roles)


@cache
def _parsed(language: str) -> tuple[tuple[Term, ...], Mapping[str, Roles]]:
    """The distinct terms of the cues of a language, and what they are to each flag."""
    flags = {flag: cues for flag in _BY_CUES if (cues := read_cues(flag, language))}
    numbers: dict[tuple[str, str], int] = {}
    for cues in flags.values():
        lists = (cues.cues, cues.anybody, cues.behind, cues.closing, cues.own, cues.pseudo, cues.ends)
        for cue in chain.from_iterable(lists):
            numbers.setdefault((cue.text, cue.kind), len(numbers))
    terms = tuple(parse_term(text, kind) for text, kind in numbers)
    return terms, {flag: _roles(cues, numbers) for flag, cues in flags.items()}


def _roles(cues: Cues, numbers: Mapping[tuple[str, str], int]) -> Roles:
    import numpy as np

    def which(some: Iterable[Cue]) -> Bools:
        members = np.zeros(len(numbers), bool)
        members[[numbers[cue.text, cue.kind] for cue in some]] = True
        return members

    def by_window(some: Sequence[Cue]) -> dict[int, Bools]:
        windows = sorted({cue.window for cue in some}) or [0]
        return {window: which(cue for cue in some if cue.window == window) for window in windows}

    return Roles(
        cues=by_window((*cues.cues, *cues.anybody)),
        anybody=which(cues.anybody),
        behind=by_window(cues.behind),
        subject=cues.subject,
        closing=which(cues.closing),
        own=which(cues.own),
        pseudo=which(cues.pseudo),
        ends=which(cues.ends),
    )


class Flags:
    """The flags of segments in any language; a document without a language is in ``language``."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._rules: dict[str, FlagRules] = {}

    def judged(self, documents: Sequence[Document]) -> dict[str, Bools]:
        """For each flag and document whether it is judged there: questions always, the others where the
        language has cues for them.
        """
        import numpy as np

        languages = [document.language or self._language for document in documents]
        known = {flag: [bool(read_cues(flag, language)) for language in languages] for flag in _BY_CUES}
        return {flag: np.array(known.get(flag, [True] * len(documents)), bool) for flag in FLAGS}

    def find(
        self, reading: Reading, segments: Matches, sentences: Sentences, heads: Ints | None = None
    ) -> dict[str, Bools]:
        """For each flag and segment whether it is raised; what is not judged is not raised.

        ``sentences`` are those of the paragraphs of the segments. ``heads`` (rubricate.coding.scope) come
        from a parser: a cue that is parsed then reaches only what its head governs.
        """
        import numpy as np

        found = {flag: np.zeros(len(segments), bool) for flag in FLAGS}
        if not len(segments):
            return found
        among = sentences.at(segments.start)
        begins, sentence = runs(among)
        around = among[begins]
        start, end = sentences.start[around], sentences.end[around]
        found["question"] = asked(reading.words, start, end)[sentence]
        document = reading.paragraph_document[reading.paragraph_at(segments.start)]
        languages = [document.language for document in reading.documents]
        # Marks in other sentences change nothing.
        stops = find_stops(reading, picked_or_all(start, end, len(reading.words.codes)))
        for language in reading.languages:
            rules = self._compiled(language)
            mine = np.array([other == language for other in languages], bool)[document]
            if rules.roles and mine.any():
                sight = look(rules.terms, reading, segments.take(mine), sentences, stops, heads)
                for flag, roles in rules.roles.items():
                    found[flag][mine] = raised(sight, roles, attributed=flag == "attributed")
        return found

    def _compiled(self, language: str) -> FlagRules:
        if language not in self._rules:
            self._rules[language] = compile_flags(language or self._language)
        return self._rules[language]
