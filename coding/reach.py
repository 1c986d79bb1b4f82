"""Which cues reach which segments: arrays of word positions, one range of them for each segment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rubricate.coding.match import Matches
    from rubricate.corpus.reading import Reading, Sentences
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]


_MANY = 10_000
"""From so many ranges on all words between the positions are counted rather than each range looked up."""


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where segments stand, as offsets and as word positions: ``word`` is the first word of each and
    ``behind`` the first behind it; the same of the sentence in which it starts.
    """

    start: Ints
    end: Ints
    word: Ints
    behind: Ints
    sentence_end: Ints
    sentence_word: Ints
    sentence_behind: Ints

    def take(self, which: Ints) -> Places:
        """Those of some segments."""
        return Places(*(getattr(self, name)[which] for name in Places.__slots__))


def places(reading: Reading, segments: Matches, sentences: Sentences) -> Places:
    """Where some segments stand."""
    import numpy as np

    sentence = sentences.at(segments.start)
    first = reading.words.start
    # Looked up for each sentence, of which there are far fewer than segments of a large codebook.
    return Places(
        start=segments.start,
        end=segments.end,
        word=segments.word,
        behind=np.searchsorted(first, segments.end),
        sentence_end=sentences.end[sentence],
        sentence_word=np.searchsorted(first, sentences.start)[sentence],
        sentence_behind=np.searchsorted(first, sentences.end)[sentence],
    )


def lowest_before(reading: Reading, segments: Places, ends: Ints, stops: Ints) -> Ints:
    """For each segment the first word that can stand behind a cue that reaches it from in front.

    ``ends`` are words and ``stops`` offsets over which none reaches, both sorted.
    """
    import numpy as np

    last_end = np.append(ends, -1)[np.searchsorted(ends, segments.word) - 1]
    words_before = np.append(np.searchsorted(reading.words.end, stops, side="right"), 0)
    words_before_stop = words_before[np.searchsorted(stops, segments.start) - 1]
    lowest: Ints = np.maximum.reduce([segments.sentence_word, last_end, words_before_stop]) + 1
    return lowest


def highest_behind(reading: Reading, segments: Places, ends: Ints, stops: Ints) -> Ints:
    """For each segment the last word with which a cue can begin that reaches it from behind."""
    import numpy as np

    none = len(reading.words)
    next_end = np.append(ends, none)[np.searchsorted(ends, segments.behind)]
    words_before = np.append(np.searchsorted(reading.words.start, stops), none)
    words_before_stop = words_before[np.searchsorted(stops, segments.end)]
    highest: Ints = np.minimum.reduce([segments.sentence_behind, next_end + 1, words_before_stop]) - 1
    return highest


def any_within(positions: Ints, lowest: Ints, highest: Ints) -> Bools:
    """For each range of words, both edges included, whether one of the positions lies in it."""
    import numpy as np

    if len(lowest) > _MANY and len(positions):
        return _counted_within(positions, lowest, highest)
    positions = np.sort(positions)
    found: Bools = np.searchsorted(positions, highest, side="right") > np.searchsorted(positions, lowest)
    return found


def _counted_within(positions: Ints, lowest: Ints, highest: Ints) -> Bools:
    """The same for many ranges: how many positions there are up to each word is counted once."""
    import numpy as np

    size = int(positions.max()) + 1
    behind = np.append(0, np.cumsum(np.bincount(positions)))  # how many are below each
    found: Bools = behind[np.clip(highest + 1, 0, size)] > behind[np.clip(lowest, 0, size)]
    return found


def pairs_within(positions: Ints, lowest: Ints, highest: Ints) -> tuple[Ints, Ints]:
    """Every pair of a range and a position in it, as indices into both."""
    import numpy as np

    order = np.argsort(positions, kind="stable")
    first = np.searchsorted(positions[order], lowest)
    count = np.maximum(np.searchsorted(positions[order], highest, side="right") - first, 0)
    which = np.repeat(np.arange(len(lowest)), count)
    return which, order[np.arange(count.sum()) - np.repeat(np.cumsum(count) - count - first, count)]


def before_comma(segments: Places, comma: Ints, clause_end: Ints, stops: Ints) -> Bools:
    """For each segment whether it stands before one of these commas, in the sentence in which the clause
    ends that the comma begins, with none of the ``stops`` (sorted) between.
    """
    import numpy as np

    order = np.lexsort((clause_end, comma))
    never = np.iinfo(np.int64).max
    nearest = np.searchsorted(comma[order], segments.end)
    ends, begins = np.append(clause_end[order], never)[nearest], np.append(comma[order], never)[nearest]
    next_stop = np.append(stops, never)[np.searchsorted(stops, segments.end)]
    found: Bools = (ends <= segments.sentence_end) & (begins < next_stop)
    return found
