"""What a pipeline read: its tokens as arrays over the joined text, and what they say of our words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.coding.scope import UNPARSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]

_NO_WORD = -2

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """Tokens in their order: ``start`` and ``end`` in the joined text, ``pos``, spaCy's number of the part of
    speech, and ``head``, the index of the token on which each hangs, its own where it hangs on none.
    """

    start: Ints
    end: Ints
    pos: Ints
    head: Ints


def with_single_blanks(text: str) -> tuple[str, Ints | None]:
    """A text with every run of white space as one blank, and where its characters stood; None: where they
    stand now.

    A no-break space or a line break is a token to spaCy, and "$481 million" would be found only where there
    is none.
    """
    import numpy as np

    runs = [match.span() for match in _BLANKS.finditer(text) if match[0] != " "]
    if not runs:
        return text, None
    left_out = [place for start, end in runs for place in range(start + 1, end)]
    return _BLANKS.sub(" ", text), np.delete(np.arange(len(text)), left_out)


def tokens_of(doc: Doc, start: int, stood: Ints | None) -> Tokens:
    """The tokens of a paragraph that begins at ``start``; ``stood`` as with_single_blanks gives it."""
    import numpy as np
    from spacy.attrs import HEAD, IDX, LENGTH, POS

    first, length, pos, head = doc.to_array([IDX, LENGTH, POS, HEAD]).astype(np.int64).reshape(-1, 4).T
    behind = first + length
    if stood is not None:
        first, behind = stood[first], stood[behind - 1] + 1
    return Tokens(start + first, start + behind, pos, np.arange(len(doc)) + head)


def joined_tokens(parts: Sequence[Tokens]) -> Tokens:
    """The tokens of several paragraphs one after another."""
    import numpy as np

    none = np.zeros(0, np.int64)
    before = np.cumsum([0, *(len(part.start) for part in parts)])
    return Tokens(
        np.concatenate([none, *(part.start for part in parts)]),
        np.concatenate([none, *(part.end for part in parts)]),
        np.concatenate([none, *(part.pos for part in parts)]),
        np.concatenate([none, *(part.head + more for part, more in zip(parts, before, strict=False))]),
    )


def token_at(tokens: Tokens, offset: Ints) -> Ints:
    """The token in which each offset of a paragraph that was read lies."""
    import numpy as np

    return np.searchsorted(tokens.start, offset, side="right") - 1


def heads_of(reading: Reading, tokens: Tokens, parsed: Bools) -> Ints:
    """For every word of the reading the position of the word on which it hangs: its own where it is the root
    of its sentence, and UNPARSED outside of the ``parsed`` paragraphs.

    A word of several tokens hangs where the highest of them does, so that there is no circle; what hangs on a
    punctuation mark hangs where that does.
    """
    import numpy as np

    heads = np.full(len(reading.words), UNPARSED)
    word = reading.words_in(parsed)
    word_of = _words_of(reading, tokens)
    head = tokens.head[_highest(tokens, reading.words.start[word], reading.words.end[word])]
    while True:
        elsewhere = (word_of[head] != word) & (word_of[head] != _NO_WORD)
        climbing = ~elsewhere & (tokens.head[head] != head)
        if not climbing.any():
            break
        head = np.where(climbing, tokens.head[head], head)
    heads[word] = np.where(elsewhere, word_of[head], word)
    return heads


def _highest(tokens: Tokens, start: Ints, end: Ints) -> Ints:
    """Of the tokens that each word touches the one that is highest in the tree of its sentence."""
    import numpy as np

    depth, at = np.zeros(len(tokens.head), np.int64), np.arange(len(tokens.head))
    while (above := tokens.head[at] != at).any():
        depth += above
        at = tokens.head[at]
    first, last = token_at(tokens, start), token_at(tokens, end - 1)
    for index in np.flatnonzero(last > first).tolist():
        first[index] += int(np.argmin(depth[first[index] : last[index] + 1]))
    return first


def _words_of(reading: Reading, tokens: Tokens) -> Ints:
    """The position of the word in which each token begins, or which begins in it; _NO_WORD for marks."""
    import numpy as np

    word = np.searchsorted(reading.words.end, tokens.start, side="right")
    begins = np.append(reading.words.start, np.iinfo(np.int64).max)[word]
    return np.where(begins < tokens.end, word, _NO_WORD)
