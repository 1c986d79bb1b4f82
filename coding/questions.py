"""Questions: sentences that end in a question mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.coding.marks import among
from rubricate.corpus.words.characters import MARK, SINGLE_MARK, SPACE, TERMINAL

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.words.borders import Ints, Words

    Bools = NDArray[np.bool_]

_QUESTION_MARKS = "?؟？⁇⁈⁉‽"
_FURTHEST = 8  # characters behind the mark: "?!", a closing quote, a bracket, the number of a note


def asked(words: Words, start: Ints, end: Ints) -> Bools:
    """Whether each sentence (``start`` to ``end``) ends in a question mark, with nothing behind it but other
    terminals and what closes: quotes, brackets, white space and marks without a letter.
    """
    import numpy as np

    at = end - 1
    for _ in range(_FURTHEST):
        here = np.maximum(at, 0)
        kind, code = words.kinds[here], words.codes[here]
        passed = (kind >= TERMINAL) | (kind == SPACE) | (kind == MARK) | (kind == SINGLE_MARK)
        passed &= ~among(code, _QUESTION_MARKS)
        if not passed.any():
            break
        at = at - passed
    return among(words.codes[np.maximum(at, 0)], _QUESTION_MARKS) & (at >= start)
