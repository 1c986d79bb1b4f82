"""What lies in passages that count, and how much of each part does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.corpus.document import PARTS
from rubricate.corpus.passages import passages_at

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.passages import Passages
    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]


def inside(
    reading: Reading, passages: Passages, analysed: Bools, counted: Bools, offset: Ints
) -> tuple[Bools, Bools]:
    """Which offsets lie in analysed paragraphs, and which of these in passages that count."""
    within: Bools = analysed[reading.paragraph_at(offset)]
    counts = within.copy()
    counts[within] = counted[passages_at(reading, passages, offset[within])]
    return within, counts


def left_out(reading: Reading, passages: Passages, analysed: Bools, counted: Bools) -> Ints:
    """How many words of each paragraph lie in passages that do not count."""
    import numpy as np

    at = reading.words_in(analysed) if not counted.all() else np.zeros(0, np.int64)
    gone = at[~counted[passages_at(reading, passages, reading.words.start[at])]]
    return np.bincount(reading.paragraph_at(reading.words.start[gone]), minlength=len(analysed))


def by_part(reading: Reading, hits: Ints, without: Ints) -> dict[str, tuple[int, int, int]]:
    """For each part its paragraphs, words and segments (``hits`` are by code), those that are not analysed
    included.

    ``without`` are words that do not count, nor does a paragraph that has no others.
    """

    words = reading.paragraph_words
    stays = (without == 0) | (without < words)
    segments = hits.sum(axis=0).tolist()
    return {
        part: (
            int(((reading.paragraph_part == number) & stays).sum()),
            int((words - without)[reading.paragraph_part == number].sum()),
            segments[number],
        )
        for number, part in enumerate(PARTS)
    }
