"""The article of a web page: which of its blocks belong to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rubricate.corpus.document import Block

_LARGEST = 5_000_000  # characters of a page
_MOST_TAGS = 60_000  # of it: the time that the search takes grows with their square, …
_MOST_TABLES = 2_000  # … and faster still with tables

_REASON = "not part of the article"
_LONG = 25  # letters; a shorter text can stand in another by chance
_KEPT_BETWEEN = ("heading", "list", "table", "caption", "footnote")
_NO_LETTER = re.compile(r"[\W\d_]+")
_NO_SIGN = re.compile(r"[\W_]+")


def keep_article(blocks: Sequence[Block], page: str) -> tuple[list[Block], tuple[str, ...]]:
    """The blocks, those outside the article as boilerplate, and a warning if no article was found.

    ``page`` is the source of the page. What is found there only says which blocks to keep, because it lacks
    short headings and the marks that join letters: a block belongs to the article if its letters are in it,
    or if it is a heading, a list item, a cell, a caption or a footnote between two blocks that are.
    """
    if _is_large(page):
        return list(blocks), (
            "is too large to look for an article in it; all of it was kept, look it through",
        )
    kept = _kept(blocks, _extracted(page))
    if not kept:
        return list(blocks), ("no article was found in it, so that all of it was kept; look it through",)
    between = range(min(kept), max(kept))
    return [
        block
        if index in kept or block.part == "boilerplate" or (index in between and block.part in _KEPT_BETWEEN)
        else block._replace(part="boilerplate", level=0, reason=_REASON)
        for index, block in enumerate(blocks)
    ], ()


def _is_large(page: str) -> bool:
    tables = page.count("<table") + page.count("<TABLE")
    return len(page) > _LARGEST or page.count("<") > _MOST_TAGS or tables > _MOST_TABLES


def _extracted(page: str) -> str:
    """The text of the article as trafilatura finds it; empty if it finds none."""
    import trafilatura

    text = trafilatura.extract(page, favor_recall=True, include_comments=False, deduplicate=False)
    return text or ""


def _kept(blocks: Sequence[Block], article: str) -> set[int]:
    """Which blocks stand in the article: a short one as a line or a cell, a longer one anywhere.

    The footnotes of a block are kept with it.
    """
    pieces = {_signs(piece) for piece in re.split(r"[\n|]", article)} - {""}
    whole = _letters(article)
    kept: set[int] = set()
    for index, block in enumerate(blocks):
        if block.part == "boilerplate":
            continue
        letters = _letters(block.text)
        is_inside = (len(letters) >= _LONG and letters in whole) or _signs(block.text) in pieces
        if is_inside or (block.part == "footnote" and index - 1 in kept):
            kept.add(index)
    return kept


def _letters(text: str) -> str:
    """Letters alone, in lower case: the article still has the numbers that mark footnotes."""
    return _NO_LETTER.sub("", text).lower()


def _signs(text: str) -> str:
    """Letters and digits alone, in lower case: blanks, marks and joiners differ between two readings."""
    return _NO_SIGN.sub("", text).lower()
