"""What lies in passages that count, how much of each part does, and what is left out."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rubricate.coding.batch import ByCode
from rubricate.coding.flags import FLAGS
from rubricate.corpus.document import PARTS
from rubricate.corpus.passages import passages_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.coding.settings import Settings
    from rubricate.corpus.passages import Passages
    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]


def passed(flags: Mapping[str, Bools], settings: Settings) -> Bools:
    """Which segments pass the filters of the settings."""
    import numpy as np

    passing = np.ones(len(flags["question"]), bool)
    for flag, raised in flags.items():
        wanted = getattr(settings, flag)
        if wanted != "keep":
            passing &= raised if wanted == "only" else ~raised
    return passing


def inside_passages(
    reading: Reading, passages: Passages, analysed: Bools, counted: Bools, offset: Ints
) -> tuple[Bools, Bools]:
    """Which offsets lie in analysed paragraphs, and which of these in passages that count."""
    inside: Bools = analysed[reading.paragraph_at(offset)]
    counts = inside.copy()
    counts[inside] = counted[passages_at(reading, passages, offset[inside])]
    return inside, counts


def _left_out(reading: Reading, passages: Passages, analysed: Bools, counted: Bools) -> Ints:
    """How many words of each paragraph lie in passages that do not count."""
    import numpy as np

    if counted.all():
        return np.zeros(len(analysed), np.int64)
    at = reading.words_in(analysed)
    gone = at[~counted[passages_at(reading, passages, reading.words.start[at])]]
    return np.bincount(reading.paragraph_at(reading.words.start[gone]), minlength=len(analysed))


def sums_of_parts(
    reading: Reading, passages: Passages, analysed: Bools, counted: Bools, segments: Ints
) -> dict[str, tuple[int, int, int]]:
    """For each part its paragraphs, words and segments, those that are not analysed included.

    ``segments`` are their starts. Words of passages that do not count are left out, and paragraphs that have
    no others.
    """
    import numpy as np

    left_out = _left_out(reading, passages, analysed, counted)
    words = reading.paragraph_words
    stays = (left_out == 0) | (left_out < words)
    part_of_segment = reading.paragraph_part[reading.paragraph_at(segments)]
    return {
        part: (
            int(((reading.paragraph_part == number) & stays).sum()),
            int((words - left_out)[reading.paragraph_part == number].sum()),
            int(np.count_nonzero(part_of_segment == number)),
        )
        for number, part in enumerate(PARTS)
    }


def elsewhere(
    reading: Reading, start: Ints, flags: Mapping[str, Bools], where: Bools
) -> Counter[tuple[str, tuple[bool, ...]]]:
    """How many of the segments ``where`` this is true each part has, by the flags raised on them."""
    parts = reading.paragraph_part[reading.paragraph_at(start[where])].tolist()
    raised = zip(*(flags[flag][where].tolist() for flag in FLAGS), strict=True)
    return Counter((PARTS[part], row) for part, row in zip(parts, raised, strict=True))


def by_code(
    reading: Reading,
    code: Ints,
    start: Ints,
    flags: Mapping[str, Bools],
    *,
    filtered: Bools,
    left_out: Bools,
    codes: int,
) -> ByCode:
    """What of some segments is ``filtered`` and what stands in parts that are not analysed, for each code."""
    import numpy as np

    parts = reading.paragraph_part[reading.paragraph_at(start[left_out])].tolist()
    raised = zip(*(flags[flag][left_out].tolist() for flag in FLAGS), strict=True)
    rows = zip(code[left_out].tolist(), parts, raised, strict=True)
    return ByCode(
        filtered=np.bincount(code[filtered], minlength=codes),
        elsewhere=Counter((one, PARTS[part], row) for one, part, row in rows),
    )
