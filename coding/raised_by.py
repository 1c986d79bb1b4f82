"""Which words raised the flags of segments: the rules are asked again with one cue at a time."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rubricate.coding.flags import FLAGS, compile_flags
from rubricate.coding.marks import find_stops
from rubricate.coding.quotations import find_quotations
from rubricate.coding.raising import look, raised
from rubricate.coding.reach import places
from rubricate.corpus.reading import find_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.coding.match import Matches
    from rubricate.coding.raising import Roles, Sight
    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]
    Place = tuple[int, int]

_MOST_FLAGGED = 1000  # segments in one paragraph of which it is told
_MOST_CUES = 50  # are tried, the nearest first: the reach of a cue is a few words


@dataclass(frozen=True, slots=True)
class Raised:
    """A flag and what raised it: the words at ``start`` to ``end`` of the document's text.

    They are a cue, the mark of a question, or the quotation in which the segment stands. There are none, and
    ``end`` is ``start``, where a paragraph has more flagged segments than anybody reads.
    """

    flag: str
    start: int
    end: int


def what_raised(
    reading: Reading, language: str, segments: Matches, flags: Sequence[frozenset[str]]
) -> list[tuple[Raised, ...]]:
    """For each segment what raised its ``flags``, in the order of FLAGS; the reading is of one document."""
    import numpy as np

    starts = segments.start.tolist()
    found = [
        tuple(Raised(flag, start, start) for flag in FLAGS if flag in up)
        for start, up in zip(starts, flags, strict=True)
    ]
    if not any(flags):
        return found
    rules, stops = compile_flags(language), find_stops(reading)
    paragraph = reading.paragraph_at(segments.start)
    flagged = np.array([bool(each) for each in flags], bool)
    for number in np.unique(paragraph[flagged]).tolist():
        mine = np.flatnonzero(flagged & (paragraph == number))[:_MOST_FLAGGED]
        sentences = find_sentences(reading, np.arange(len(reading.paragraph_start)) == number)
        sight = look(rules.terms, reading, segments.take(mine), sentences, stops, None)
        quotations = find_quotations(reading, sentences)
        for place, index in enumerate(mine.tolist()):
            one = _only(sight, place)
            found[index] = tuple(
                _placed(each, one, rules.roles.get(each.flag), quotations) for each in found[index]
            )
    return found


def _placed(flag: Raised, sight: Sight, roles: Roles | None, quotations: tuple[Ints, Ints]) -> Raised:
    """The flag with the place of what raised it."""
    attributed = flag.flag == "attributed"
    place = _quotation(sight, *quotations) if attributed else None
    if place is None:
        place = _cue(sight, roles, attributed=attributed) if roles else _question_mark(sight)
    return Raised(flag.flag, *place) if place else flag


def _only(sight: Sight, index: int) -> Sight:
    """The same sight of one segment."""
    import numpy as np

    one = sight.segments.take(np.array([index]))
    return replace(sight, segments=one, places=places(sight.reading, one, sight.sentences))


def _question_mark(sight: Sight) -> Place | None:
    text, end = sight.reading.words.text, int(sight.places.sentence_end[0])
    names = (
        (at, unicodedata.name(text[at], "")) for at in range(end - 1, int(sight.segments.end[0]) - 1, -1)
    )
    marks = (at for at, name in names if "QUESTION" in name or name == "INTERROBANG")
    return next(((at, at + 1) for at in marks), None)


def _quotation(sight: Sight, start: Ints, end: Ints) -> Place | None:
    """The shortest quotation in which the segment stands."""
    import numpy as np

    around = np.flatnonzero((start <= sight.segments.start[0]) & (end >= sight.segments.end[0]))
    if not len(around):
        return None
    shortest = around[np.argmin(end[around] - start[around])]
    return int(start[shortest]), int(end[shortest])


def _cue(sight: Sight, roles: Roles, *, attributed: bool) -> Place | None:
    """The nearest cue that raises the flag though no other cue is there."""
    found = sight.found
    cues = _cues(roles)[found.term]
    for start, end in _nearest(sight, cues):
        # What overlaps the cue stays: it may be the beginning of a longer one ("said that").
        beside = ~cues | ((found.start < end) & (found.end > start))
        if raised(replace(sight, found=found.take(beside)), roles, attributed=attributed)[0]:
            return start, end
    return None


def _cues(roles: Roles) -> Bools:
    """Which terms raise the flag."""
    some = roles.closing.copy()
    for members in (*roles.cues.values(), *roles.behind.values()):
        some |= members
    return some


def _nearest(sight: Sight, cues: Bools) -> Iterator[Place]:
    """The cues in the sentence of the segment, the nearest and then the longest first."""
    import numpy as np

    where, found = sight.places, sight.found
    within = (found.word >= where.sentence_word[0]) & (found.word < where.sentence_behind[0])
    some = found.take(cues & within)
    gap = np.maximum(where.start[0] - some.end, some.start - where.end[0])
    for index in np.lexsort((some.start - some.end, gap))[:_MOST_CUES].tolist():
        yield int(some.start[index]), int(some.end[index])
