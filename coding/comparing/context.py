"""What stands around a segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from rubricate.corpus.document import Document

CHARACTERS = 60
"""How much is shown on each side of a segment, at most."""


def in_context(rows: pd.DataFrame, documents: Mapping[str, Document]) -> pd.DataFrame:
    """Rows of segments with two more columns, ``left`` and ``right``: what of its paragraph stands before and
    behind each. Empty where the document is not there, or has other words there by now.
    """
    places = rows[["document", "paragraph", "start", "end", "hit"]].itertuples(index=False, name=None)
    sides = [_sides(documents.get(document), *place) for document, *place in places]
    return rows.assign(left=[left for left, _ in sides], right=[right for _, right in sides])


def _sides(document: Document | None, paragraph: int, start: int, end: int, hit: str) -> tuple[str, str]:
    if document is None or document.text[start:end] != hit or paragraph > len(document.paragraphs):
        return "", ""
    bounds = document.paragraphs[paragraph - 1]
    left = document.text[max(bounds.start, start - CHARACTERS) : start]
    right = document.text[end : min(bounds.end, end + CHARACTERS)]
    if start - bounds.start > CHARACTERS:
        left = "…" + left[left.find(" ") :] if " " in left else "…" + left
    if bounds.end - end > CHARACTERS:
        right = right[: right.rfind(" ") + 1] + "…" if " " in right else right + "…"
    return left, right
