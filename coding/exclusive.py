"""Codes that exclude each other (``exclusive: true``) and meet in a paragraph all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.batch import Batch, Ints


class Clash(NamedTuple):
    """Two segments in one paragraph, the first of each of two codes of which only one may be there.

    All are indices: of the batch's documents, of the document's paragraphs, of ``codebook.codes`` (the code
    above both) and of the batch's segments.
    """

    document: int
    paragraph: int
    parent: int
    one: int
    other: int


def clashes(batch: Batch, codebook: Codebook) -> Iterator[Clash]:
    """Every pair of codes below an exclusive one that meets in a paragraph, by document and paragraph.

    A code is there wherever it or a code below it has a segment that counts.
    """
    found = [clash for parent, branch in _branches(codebook) for clash in _meeting(batch, parent, branch)]
    yield from sorted(found, key=lambda clash: clash[:3])


def _branches(codebook: Codebook) -> Iterator[tuple[int, Ints]]:
    """For each exclusive code which of the codes directly below it each code belongs to, -1 for none."""
    import numpy as np

    place = {code.id: index for index, code in enumerate(codebook.codes)}
    for index, parent in enumerate(codebook.codes):
        if parent.exclusive:
            branch = np.full(len(codebook.codes), -1)
            for number, code in enumerate(codebook.codes):  # every code stands after the one above it
                above = place.get(code.parent, -1)
                branch[number] = number if above == index else branch[above] if above >= 0 else -1
            yield index, branch


def _meeting(batch: Batch, parent: int, branch: Ints) -> Iterator[Clash]:
    import numpy as np

    segments = batch.segments
    mine = np.flatnonzero(branch[segments.code] >= 0)
    first: dict[tuple[int, int], dict[int, int]] = {}
    columns = (segments.document[mine], segments.paragraph[mine], branch[segments.code[mine]], mine)
    for document, paragraph, code, index in zip(*(column.tolist() for column in columns), strict=True):
        first.setdefault((document, paragraph), {}).setdefault(code, index)
    for (document, paragraph), codes in first.items():
        some = [codes[code] for code in sorted(codes)]
        for place, one in enumerate(some):
            yield from (Clash(document, paragraph, parent, one, other) for other in some[place + 1 :])
