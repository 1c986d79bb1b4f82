"""The scopes in which conditions of rules hold: the sentences, paragraphs or documents of a reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.corpus.reading import find_sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Scope:
    """So many (``size``) sentences, paragraphs or documents: ``at`` says in which each offset lies, and
    ``sees`` whether what lies at an offset counts for them.
    """

    size: int
    at: Callable[[Ints], Ints]
    sees: Callable[[Ints], Bools]

    def count(self, offset: Ints) -> Ints:
        """How many of the offsets lie in each."""
        import numpy as np

        return np.bincount(self.at(offset[self.sees(offset)]), minlength=self.size)


def scope_of(reading: Reading, within: str, analysed: Bools, around: Ints) -> Scope:
    """The scope of a name, for offsets in the paragraphs in which those of ``around`` lie.

    The scope ``document`` sees analysed paragraphs only.
    """
    import numpy as np

    def everything(offset: Ints) -> Bools:
        return np.ones(len(offset), bool)

    if within == "document":
        return Scope(
            len(reading.documents),
            lambda offset: reading.paragraph_document[reading.paragraph_at(offset)],
            lambda offset: analysed[reading.paragraph_at(offset)],
        )
    if within == "paragraph":
        return Scope(len(reading.paragraph_start), reading.paragraph_at, everything)
    where = np.zeros(len(reading.paragraph_start), bool)
    where[reading.paragraph_at(around)] = True
    sentences = find_sentences(reading, where)
    return Scope(len(sentences.start), sentences.at, everything)
