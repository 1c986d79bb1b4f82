"""What a cue governs, where a parser has said which word hangs on which.

``heads`` holds for every word of a reading the position of the word on which it hangs: its own, where it is
the root of its sentence, and UNPARSED where no parser has read it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]

UNPARSED = -1
_DEEPEST = 1000  # no sentence has a deeper tree; what has is broken


def top_of(heads: Ints, word: Ints, words: Ints) -> Ints:
    """For each run of words the first that hangs on none of the others, or the first where none is parsed."""
    import numpy as np

    top = np.full(len(word), UNPARSED)
    for place in range(int(words.max(initial=0))):
        at = np.minimum(word + place, len(heads) - 1)
        inside = (heads[at] >= word) & (heads[at] < word + words) & (heads[at] != at)
        top = np.where((top == UNPARSED) & (place < words) & ~inside, at, top)
    return np.where(top == UNPARSED, np.minimum(word, len(heads) - 1), top)


def governs(heads: Ints, cue: Ints, word: Ints) -> Bools:
    """Whether each word lies in the subtree of the cue's head; also true where the cue is not parsed."""
    import numpy as np

    head = heads[cue]
    at = word.copy()
    found: Bools = head == UNPARSED
    climbing = ~found
    for _ in range(_DEEPEST):
        if not climbing.any():
            break
        found |= climbing & (at == head)
        above = heads[at]
        climbing &= ~found & (above != at) & (above != UNPARSED)
        at = np.where(climbing, above, at)
    return found
