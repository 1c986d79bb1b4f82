"""One code changed in a small draft of its own, because reading that again is fast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks.editing.draft import Splice, changed, read_draft, spliced, too_unusual
from rubricate.codebooks.editing.pairs import extent_of_pair, piece_of_pair

if TYPE_CHECKING:
    from collections.abc import Callable

    from rubricate.codebooks.editing.draft import Draft, Path


def change_alone(draft: Draft, path: Path, change: Callable[[Draft], Draft]) -> Draft:
    """Return a draft in which the code at a path, with all below it, is changed as ``change`` does.

    ``change`` gets a codebook of this code only; there it may not be renamed, nor others be added beside it.
    EditError where its layout does not let it be cut out.
    """
    piece, name = piece_of_pair(draft, path), str(path[-1])
    if not piece.text:  # its key stands behind a question mark
        raise too_unusual()
    in_lines = piece.column >= 0
    before, behind = (f"codes:{draft.line_break}", "") if in_lines else ("codes: {", "}")
    small = change(read_draft(f"{before}{piece.text}{behind}", draft.file))
    text = small.text[len(before) : len(small.text) - len(behind)]
    start, end = extent_of_pair(draft, path)
    if in_lines and not draft.text[start:end].endswith(("\n", "\r")):
        text = text.removesuffix(draft.line_break)
    said = small.value(("codes", name))
    assert said is not None
    return spliced(draft, [Splice(start, end, text)], changed(draft.plain, path, lambda _: said))
