"""What a change of the codebook does to a corpus: both codebooks are applied, and the results compared."""

from __future__ import annotations

from itertools import tee
from typing import TYPE_CHECKING

from rubricate.coding.apply import apply_codebook
from rubricate.coding.comparing.segments import Comparing
from rubricate.coding.pass_folders.tables import segment_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rubricate.codebooks.codebook import Codebook
    from rubricate.codebooks.difference import Difference
    from rubricate.coding.comparing.comparison import Comparison
    from rubricate.coding.settings import Settings
    from rubricate.corpus.document import Document


def compare_codebooks(
    before: Codebook,
    after: Codebook,
    changes: Difference,
    documents: Iterable[Document],
    settings: Settings,
    most: int | None = None,
) -> Comparison:
    """Apply an earlier and a later codebook to the same documents, read once, and compare what they find.

    ``changes`` is the difference of the codebooks, ``most`` how many examples of each entry are kept.
    """
    comparing = Comparing(before, after, changes, most)
    one, other = tee(documents)
    search = settings.duplicates != "keep"
    batches = zip(  # batches depend on the documents only, so that they go in step
        apply_codebook(before, one, settings, mark_duplicates=search),
        apply_codebook(after, other, settings, mark_duplicates=search),
        strict=True,
    )
    for first, second in batches:
        known = {document.id: document for document in first.documents}
        one_table, other_table = segment_table(first, before), segment_table(second, after)
        comparing.add_totals(first, second)
        comparing.add(one_table.to_pandas(), other_table.to_pandas(), known)
    return comparing.result()
