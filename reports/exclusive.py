"""exclusive.csv: where codes meet of which the codebook says that they exclude each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.coding.exclusive import clashes
from rubricate.reports.columns import frame
from rubricate.reports.ids import passage_id

if TYPE_CHECKING:
    import pandas as pd

    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.batch import Batch


def exclusive(batch: Batch, codebook: Codebook) -> pd.DataFrame:
    """Return one row per paragraph and pair of codes that exclude each other, with the first hit of each."""
    found = list(clashes(batch, codebook))
    segments, codes = batch.segments, codebook.codes
    documents = [batch.documents[clash.document] for clash in found]

    def hit(index: int) -> str:
        text = batch.documents[int(segments.document[index])].text
        return text[int(segments.start[index]) : int(segments.end[index])]

    return frame(
        "exclusive",
        {
            "document": [document.id for document in documents],
            "paragraph": [
                passage_id(document.id, clash.paragraph, -1)
                for document, clash in zip(documents, found, strict=True)
            ],
            "parent": [codes[clash.parent].id for clash in found],
            "code_a": [codes[int(segments.code[clash.one])].id for clash in found],
            "hit_a": [hit(clash.one) for clash in found],
            "code_b": [codes[int(segments.code[clash.other])].id for clash in found],
            "hit_b": [hit(clash.other) for clash in found],
        },
    )
