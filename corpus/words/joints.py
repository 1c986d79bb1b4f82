"""What joins two words to a phrase: white space, an unspaced hyphen, or a hyphen at the end of a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rubricate.corpus.words.characters import DASH, DASHES, SPACE, ZWNJ

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.words.borders import Ints, Words

    Bools = NDArray[np.bool_]

_WIDE_JOINT = re.compile(rf"\s+|[{re.escape(DASHES)}{ZWNJ}]|[{re.escape(DASHES)}{ZWNJ}]\s*\n\s*")


def joints(words: Words, at: Ints) -> Bools:
    """Whether white space, an unspaced hyphen, or a hyphen at a line break is all before each of these words
    (positions, none of them the first).
    """
    import numpy as np

    if words.joined is not None:
        return words.joined[at]
    before, start = words.end[at - 1], words.start[at]
    kind = words.kinds[np.minimum(before, len(words.kinds) - 1)]
    joint: Bools = (start - before == 1) & ((kind == SPACE) | (kind == DASH))
    for index in np.flatnonzero(start - before > 1).tolist():
        joint[index] = _WIDE_JOINT.fullmatch(words.text, before[index], start[index]) is not None
    return joint
