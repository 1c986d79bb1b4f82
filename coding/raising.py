"""Raising a flag: from the cues that stand in some paragraphs to the segments that they reach."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rubricate.coding.marks import among, picked_or_all
from rubricate.coding.match import find_phrases
from rubricate.coding.ordering import runs
from rubricate.coding.overlap import lies_inside
from rubricate.coding.quotations import find_quotations
from rubricate.coding.reach import (
    any_within,
    before_comma,
    highest_behind,
    lowest_before,
    pairs_within,
    places,
)
from rubricate.coding.scope import governs, top_of
from rubricate.corpus.words.characters import DASH, LETTER, ZWNJ

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.coding.marks import Stops
    from rubricate.coding.match import Matches
    from rubricate.coding.plan import Terms
    from rubricate.coding.reach import Places
    from rubricate.corpus.reading import Reading, Sentences
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]

_OWN_WINDOW = 3
"""Words that may stand between somebody who speaks of themselves and what they do: "we have already said"."""


@dataclass(frozen=True, slots=True, eq=False)
class Roles:
    """What the terms of a language are to one flag (rubricate.coding.cues.Cues): for each list which terms
    are in it, and ``cues`` (with those of ``anybody``) and ``behind`` for each window apart.
    """

    cues: Mapping[int, Bools]
    anybody: Bools
    behind: Mapping[int, Bools]
    subject: int
    closing: Bools
    own: Bools
    pseudo: Bools
    ends: Bools


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """Some segments and what stands around them: every cue in their sentences (``found``), and ``heads``
    where there is a parser. ``sentences`` are those of the paragraphs.
    """

    reading: Reading
    segments: Matches
    sentences: Sentences
    places: Places
    found: Matches
    stops: Stops
    heads: Ints | None


def look(
    terms: Terms,
    reading: Reading,
    segments: Matches,
    sentences: Sentences,
    stops: Stops,
    heads: Ints | None,
) -> Sight:
    """Look for all cues (``terms``) around some segments."""
    where = places(reading, segments, sentences)
    # Where its words end tells a sentence: one without words begins at the first word of the next one.
    one, _ = runs(where.sentence_behind)
    first, behind = where.sentence_word[one], where.sentence_behind[one]
    # Cues in other sentences reach nothing.
    found = find_phrases(terms, reading, picked_or_all(first, behind, len(reading.words)))
    return Sight(reading, segments, sentences, where, found, stops, heads)


def raised(sight: Sight, roles: Roles, *, attributed: bool) -> Bools:
    """For each segment whether a cue reaches it; ``attributed``: or whether it stands in a quotation."""
    import numpy as np

    near = _with_cues(sight, roles)
    found = np.zeros(len(near), bool)
    if len(some := np.flatnonzero(near)):
        found[some] = _reached_by_cues(
            sight if len(some) == len(near) else _only(sight, some), roles, attributed
        )
    if attributed:
        quotations = find_quotations(sight.reading, sight.sentences)
        found |= lies_inside(sight.segments.start, sight.segments.end, *quotations)
    return found


def _with_cues(sight: Sight, roles: Roles) -> Bools:
    """The segments in whose sentences a cue stands at all: of most flags these are few."""
    import numpy as np

    where = sight.places
    cues = _those(sight, _any({**roles.cues, -1: _any(roles.behind), -2: roles.closing}))
    words = np.sort(np.append(cues.word, cues.word + cues.words - 1))
    one, sentence = runs(where.sentence_behind)
    first, behind = (
        np.searchsorted(words, some[one]) for some in (where.sentence_word, where.sentence_behind)
    )
    return (behind > first)[sentence]


def _only(sight: Sight, some: Ints) -> Sight:
    """The same of some of the segments."""
    return replace(sight, segments=sight.segments.take(some), places=sight.places.take(some))


def _reached_by_cues(sight: Sight, roles: Roles, attributed: bool) -> Bools:
    """For each segment whether a cue reaches it."""
    import numpy as np

    reading, where = sight.reading, sight.places
    stops = sight.stops.soft if attributed else sight.stops.hard
    stops_behind = stops if attributed else sight.stops.hard_or_comma
    ends = np.sort(_those(sight, roles.ends).word)
    found = np.zeros(len(sight.segments), bool)
    cues, lowest = _genuine(sight, roles, _any(roles.cues)), lowest_before(reading, where, ends, stops)
    for window, members in roles.cues.items():
        some = cues.take(members[cues.term])
        reach = np.maximum(lowest, where.word - window), where.word
        found |= _reached(sight, some, some.word + some.words, reach)
    cues = _opening_nothing(sight, roles, _genuine(sight, roles, _any(roles.behind)))
    highest = highest_behind(reading, where, ends, stops_behind)
    for window, members in roles.behind.items():
        some = cues.take(members[cues.term])
        found |= _reached(sight, some, some.word, (where.behind, np.minimum(highest, where.behind + window)))
    if attributed:
        comma, end = _closing_clauses(sight, roles, ends)
        found |= before_comma(where, comma, end, stops)
    return found


def _those(sight: Sight, members: Bools) -> Matches:
    return sight.found.take(members[sight.found.term])


def _any(members: Mapping[int, Bools]) -> Bools:
    """Which terms are among those of any window."""
    import numpy as np

    found: Bools = np.logical_or.reduce(list(members.values()))
    return found


def _genuine(sight: Sight, roles: Roles, members: Bools) -> Matches:
    """These cues, without those inside a pseudo-cue, those that are part of a longer word ("no-fly"), and
    those with which the speakers speak of themselves.
    """
    cues, pseudo = _those(sight, members), _those(sight, roles.pseudo)
    cues = cues.take(~_inside(cues, pseudo))
    cues = cues.take(~_hyphenated(sight.reading, cues))
    if not roles.own.any():
        return cues
    return cues.take(roles.anybody[cues.term] | ~_own(sight, cues, _those(sight, roles.own)))


def _opening_nothing(sight: Sight, roles: Roles, cues: Matches) -> Matches:
    """The cues that do not open a clause behind them, as "said" does in "said that"."""
    return cues.take(~_inside(cues, _those(sight, _any(roles.cues)), more=1))


def _inside(cues: Matches, others: Matches, more: int = 0) -> Bools:
    """Whether the words of each cue, and so many ``more`` behind them, lie in one of the others."""
    behind = cues.word + cues.words + more
    return lies_inside(cues.word, behind, others.word, others.word + others.words)


def _hyphenated(reading: Reading, cues: Matches) -> Bools:
    """Whether a hyphen joins each cue to the word behind it; a ZWNJ only joins the parts of one word."""
    import numpy as np

    words = reading.words
    behind = np.minimum(cues.end, len(words.codes) - 1)
    following = np.minimum(cues.word + cues.words, len(words) - 1)
    hyphen = (words.kinds[behind] == DASH) & (words.codes[behind] != ord(ZWNJ))
    joined: Bools = hyphen & (words.start[following] == cues.end + 1)
    return joined


def _own(sight: Sight, cues: Matches, own: Matches) -> Bools:
    """Whether one of ``own`` stands close before each cue, in its sentence and without a comma between."""
    import numpy as np

    words, commas = sight.reading.words, sight.stops.commas
    sentence = sight.sentences.start[sight.sentences.at(cues.start)]
    last_comma = np.append(commas, -1)[np.searchsorted(commas, cues.start) - 1]
    first = np.searchsorted(words.start, np.maximum(sentence, last_comma))
    last = own.word + own.words - 1
    return any_within(last, np.maximum(first, cues.word - 1 - _OWN_WINDOW), cues.word - 1)


def _reached(sight: Sight, cues: Matches, edge: Ints, reach: tuple[Ints, Ints]) -> Bools:
    """For each segment whether the edge (a word) of one of the cues lies within the segment's reach, and
    where the cue is parsed whether its head governs the segment.
    """
    import numpy as np

    if sight.heads is None:
        return any_within(edge, *reach)
    which, cue = pairs_within(edge, *reach)
    segments = sight.segments
    cue_top = top_of(sight.heads, cues.word, cues.words)
    segment_top = top_of(sight.heads, segments.word, segments.words)
    found = np.zeros(len(segments), bool)
    found[which[governs(sight.heads, cue_top[cue], segment_top[which])]] = True
    return found


def _closing_clauses(sight: Sight, roles: Roles, ends: Ints) -> tuple[Ints, Ints]:
    """Comma and end of each clause that closes with a cue: ", the minister said."

    None of ``ends`` (words) and no stop stands in it, and punctuation follows it.
    """
    import numpy as np

    reading, stops = sight.reading, sight.stops
    cues = _opening_nothing(sight, roles, _genuine(sight, roles, roles.closing))
    comma = np.append(stops.commas, -1)[np.searchsorted(stops.commas, cues.start) - 1]
    first = np.searchsorted(reading.words.start, comma)
    subject = cues.word - first
    clear = np.searchsorted(ends, first) == np.searchsorted(ends, cues.word)
    clear &= np.searchsorted(stops.hard, comma) == np.searchsorted(stops.hard, cues.start)
    closes = (comma >= 0) & (subject > 0) & (subject <= roles.subject) & clear & _closed(reading, cues)
    return comma[closes], cues.end[closes]


def _closed(reading: Reading, cues: Matches) -> Bools:
    """Whether punctuation but a colon, or the end of the paragraph, follows each cue directly."""
    import numpy as np

    kinds = reading.words.kinds
    behind = kinds[np.minimum(cues.end, len(kinds) - 1)]
    punctuation = behind - np.uint8(LETTER) > DASH - LETTER
    opening = among(reading.words.codes[np.minimum(cues.end, len(kinds) - 1)], ":：")
    closed: Bools = (punctuation & ~opening) | (
        cues.end == reading.paragraph_end[reading.paragraph_at(cues.start)]
    )
    return closed
