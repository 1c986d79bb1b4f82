"""Lists of references: where they begin, and where they really end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rubricate.corpus.parts.names import named
from rubricate.corpus.parts.shapes import ends_sentence, looks_like_heading

if TYPE_CHECKING:
    from rubricate.corpus.document import Block

_PROSE_WORDS = 12
_DATED_PROSE_WORDS = 30  # of prose that names a year, in two sentences or more
_REFERENCE_CHARACTERS = 600
_LONGEST_HEADER = 160

_REFERENCE_YEAR = re.compile(
    r"\((?:\d{4}[a-z]?|n\.d\.|[۰-۹]{4})\b[^)]{0,24}\)"
)  # (2014), (2014, March 3), (n.d.)
_YEAR_SENTENCE = re.compile(r"\.\s(?:1[5-9]|20)\d\d[a-z]?\.")  # Katz, Mark N. 2012.
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20|1[34]|۱[۳۴])\d\d(?!\d)")  # ours or the Persian one
_REFERENCE_ADDRESS = re.compile(r"https?://\S|www\.\S|\bdoi\b|\bISBN\b")
_NUMBER_OF_VOLUME = re.compile(
    r"\b\d{1,3}\s?\(\d{1,3}(?:[-–]\d{1,3})?\)|\bVol(?:ume)?\.?\s?\w{1,6}\b|\bNo\.\s?\(?\d"
)
"""12(4), Vol. XIX, No. 3"""
_REFERENCE_SIGNS = (
    _REFERENCE_YEAR,
    _YEAR_SENTENCE,
    _REFERENCE_ADDRESS,
    # Katz, M.N. / Katz, Mark N. 2012.
    re.compile(
        r"^\W{0,4}(?:\d{1,3}[.)\]]\s*)?[^\W\d_][\w’'-]+(?:\s[\w’'-]+){0,3},\s(?:[^\W\d_]\.[\s,-]*)+"
        r"|^\W{0,4}[^\W\d_][\w’'-]+[,،]\s[^(\n]{2,100}?(?:\.\s(?:1[5-9]|20)\d\d[a-z]?\.|\s?\([۰-۹]{4}\))"
    ),
    _NUMBER_OF_VOLUME,
    # pp. 54-64
    re.compile(r"\bpp?\.\s?\d|\b\d{1,4}\s?[-–]\s?\d{1,4}\.?(?:\s|$)"),
    re.compile(
        r"\[In [A-Z]\w+\]|\b(?:Quarterly|Journal of|Review of|University Press|Publications|Publishing)\b"
        r"|\b(?:فصلنامه|مجله|انتشارات|نشر|چاپ|ترجمه|شماره|صص)\b"
    ),
    re.compile(r"\b(?:Retrieved|Accessed|Available at|et al\.)"),
)
_SENTENCE = re.compile(r"[^\W\d_]{3,}[.!?؟]['\"”’»)]*(?=\s+['\"“‘«(]*[^\Wa-z\d_]|$)")


def is_reference(text: str) -> bool:
    """Whether a paragraph looks like an item of a bibliography: two of its signs or more."""
    return len(text) <= _REFERENCE_CHARACTERS and _signs(text) >= 2


def _signs(text: str) -> int:
    return sum(sign.search(text) is not None for sign in _REFERENCE_SIGNS)


def mark_references(blocks: list[Block], language: str) -> list[Block]:
    """The blocks with those of reference lists marked: under a heading that says so, or three in a row.

    A list ends at the next heading that is known for something else, and where prose begins. What stands
    between references like a heading, or behind the last one, is a running header or the title of another
    text. Furniture stays what it is.
    """
    marked = list(blocks)
    inside = False
    dated = _with_year_or_address(blocks)
    if not dated and not any(block.part in ("heading", "title") for block in blocks):
        return marked
    for index, block in enumerate(blocks):
        name = named(block.text, language) if block.part in ("heading", "title") else ""
        if name in ("references", "abstract", "other"):
            inside = name == "references"
        elif inside and _ends_references(blocks, index):
            inside = False
        elif inside and block.part != "boilerplate":
            marked[index] = _in_list(block, index, blocks)
        elif index in dated and _in_a_row(blocks, index):
            marked[index] = block._replace(part="references", reason="one of several references in a row")
    return marked


def _in_list(block: Block, index: int, blocks: list[Block]) -> Block:
    text = block.text
    # A volume's number stands in running headers too.
    signs = _signs(text) - (_NUMBER_OF_VOLUME.search(text) is not None)
    plain = len(text) <= _LONGEST_HEADER and not ends_sentence(text) and not signs
    if plain and looks_like_heading(text):
        what = "another text" if index + 1 == len(blocks) else "the page"
        return block._replace(part="boilerplate", level=0, reason=f"title of {what} in a reference list")
    return block._replace(part="references", level=0, reason="below a heading of references")


def _is_prose(block: Block) -> bool:
    """Whether a paragraph cannot be an item of a bibliography: whole sentences, and no year but in prose."""
    text = block.text
    if block.part != "body" or not ends_sentence(text) or len(text.split()) < _PROSE_WORDS:
        return False
    if is_reference(text):
        return False
    return not _YEAR.search(text[:_REFERENCE_CHARACTERS]) or (
        not _signs(text) and len(text.split()) >= _DATED_PROSE_WORDS and len(_SENTENCE.findall(text)) > 1
    )


def _ends_references(blocks: list[Block], index: int) -> bool:
    """Whether a list of references is over: at a heading, unless more of them follow (then it was a
    running header), and at prose that no reference follows.
    """
    if blocks[index].part == "heading":
        return not any(is_reference(block.text) for block in blocks[index + 1 : index + 3]) and (
            index + 1 < len(blocks)
        )
    following = next((block for block in blocks[index + 1 :] if block.part != "boilerplate"), None)
    return _is_prose(blocks[index]) and (following is None or _is_prose(following))


def _with_year_or_address(blocks: list[Block]) -> set[int]:
    """The blocks that may be references."""
    return {index for index, block in enumerate(blocks) if _has_year_or_address(block.text)}


def _has_year_or_address(text: str) -> bool:
    if len(text) > _REFERENCE_CHARACTERS:
        return False
    # Looking for one character comes first: it is far faster than anything else, and most have none.
    if ("(" in text and _REFERENCE_YEAR.search(text)) or ("/" in text and "://" in text):
        return True
    return "www." in text or _YEAR_SENTENCE.search(text) is not None


def _in_a_row(blocks: list[Block], index: int) -> bool:
    """Whether a block is one of three references in a row."""
    near = [is_reference(block.text) for block in blocks[max(index - 2, 0) : index + 3]]
    return any(near[place : place + 3] == [True] * 3 for place in range(len(near) - 2))
