"""What each paragraph is: title, abstract, body, heading, list item, caption, reference, …"""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING

from rubricate.corpus.document import Block
from rubricate.corpus.parts.abstracts import mark_abstract
from rubricate.corpus.parts.furniture import find_furniture, mark_furniture
from rubricate.corpus.parts.names import is_known_heading, is_salutation
from rubricate.corpus.parts.references import mark_references
from rubricate.corpus.parts.shapes import (
    NUMBER,
    begins_plainly,
    ends_clause,
    ends_sentence,
    is_caption,
    is_footnote,
    is_page_line,
    is_unfinished,
    looks_like_heading,
    speaks,
    starts_list_item,
)

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

_HEADING_CHARACTERS = 110
_HEADING_WORDS = 14
_SENTENCE_CASE_WORDS = 10  # a longer heading shows itself by capitals
_TITLE_WORDS = 30
_TITLE_CHARACTERS = 300
_PROSE_WORDS = 12
_SALUTATION_CHARACTERS = 60
_ENDS_INSIDE = re.compile(r"[^\W\d_]{3}[.!?]\s+\w")  # a sentence ends inside: no heading
_QUOTES = "\"'“‘«„"
_BODY = ("body", 0, "")
_PART = itemgetter(1)
ASIDE = ("boilerplate", "footnote", "caption")
"""Parts that take no part in deciding what stands around them, where they are known beforehand."""


def assign_parts(
    paragraphs: Sequence[str], language: str, decided: Mapping[int, tuple[str, str]] | None = None
) -> list[Block]:
    """The paragraphs of a plain text with their parts, levels of headings and reasons.

    ``decided`` gives part and reason of paragraphs (by place) that are known already. What does not belong
    to the text takes no part in deciding what stands around it; what is decided to belong to it is not
    taken for furniture and ends it, and where a title is decided no other is looked for. Abstracts and lists
    of references are marked last, decided paragraphs in them too.
    """
    decided = decided or {}
    own = {index for index, (part, _) in decided.items() if part not in ASIDE}
    known = {**find_furniture(paragraphs, language, own=own), **decided}
    titles = (Block(paragraphs[index], part) for index, (part, _) in decided.items() if part == "title")
    before: Block | None = next(titles, None)
    aside = {index for index, (part, _) in known.items() if part in ASIDE}
    blocks: list[Block] = []
    for index, text in enumerate(paragraphs):
        if index in known:
            part, reason = known[index]
            blocks.append(Block(text, part, _level(text) if part == "heading" else 0, reason))
        elif len(text) > _TITLE_CHARACTERS and begins_plainly(text):
            blocks.append(Block(text))  # as most paragraphs are: no closer look
        else:
            following = index + 1
            while following in aside or _is_short_salutation(paragraphs, following, language):
                following += 1
            next_text = paragraphs[following] if following < len(paragraphs) else ""
            blocks.append(Block(text, *_part(text, before, next_text, language)))
        if index not in aside:
            before = blocks[-1]
    return mark_references(mark_abstract(blocks, language), language)


def _is_short_salutation(paragraphs: Sequence[str], index: int, language: str) -> bool:
    """Whether a line only addresses the audience: speeches have it between a heading and its text."""
    if index >= len(paragraphs) or len(paragraphs[index]) > _SALUTATION_CHARACTERS:
        return False
    return is_salutation(paragraphs[index], language)


def mark_sections(blocks: list[Block], language: str, own: Container[int] = frozenset()) -> list[Block]:
    """The blocks of any format with furniture, abstract and reference lists marked; those at the places
    ``own`` are known to belong to the text.
    """
    return mark_references(mark_abstract(mark_furniture(blocks, language, own), language), language)


def heading_paths(blocks: Sequence[Block]) -> list[str]:
    """For each block the headings above it, outermost first, joined by " > "."""
    if "heading" not in map(_PART, blocks):
        return [""] * len(blocks)
    path: list[tuple[int, str]] = []
    paths = []
    for block in blocks:
        if block.part == "heading":
            level = block.level or 1
            path = [(depth, text) for depth, text in path if depth < level]
            paths.append(" > ".join(text for _, text in path))
            path.append((level, block.text))
        else:
            paths.append(" > ".join(text for _, text in path))
    return paths


def _part(text: str, before: Block | None, following: str, language: str) -> tuple[str, int, str]:
    """Part, heading level and reason of one paragraph, seen with the ones before and behind it."""
    plain = begins_plainly(text)
    if not plain and is_caption(text):
        return "caption", 0, "begins like a caption"
    if not plain and is_footnote(text):
        return "footnote", 0, "begins with the mark of a footnote"
    item = ("list", 0, "begins like a list item") if not plain and starts_list_item(text) else _BODY
    if len(text) > _TITLE_CHARACTERS:
        return item
    if (not plain and not any(map(str.isalnum, text))) or is_page_line(text):
        return "boilerplate", 0, "no words, or a page number"
    if is_known_heading(text, language):
        return "heading", _level(text), "known as a heading"
    if not _stands_above(text, following, language):
        return item
    return _heading_or(item, text, before, following, language)


def _heading_or(
    item: tuple[str, int, str], text: str, before: Block | None, following: str, language: str
) -> tuple[str, int, str]:
    """Title, heading or ``item``: what a short paragraph is that can stand above another."""
    words = text.split()
    if before is None and len(words) <= _TITLE_WORDS and item is _BODY:
        return "title", 0, "the first paragraph, and no sentence"
    bullet = item is not _BODY and not text[0].isalnum()
    above = starts_list_item(following) or len(following.split(None, _PROSE_WORDS)) >= _PROSE_WORDS
    if bullet or len(words) > _HEADING_WORDS or not above:
        return item
    if reason := _heading_sign(text, words, before, following):
        return item if is_salutation(text, language) else ("heading", _level(text), reason)
    return item


def _stands_above(text: str, following: str, language: str) -> bool:
    """Whether a paragraph can be a title or heading: not a sentence, nor a piece that the next continues."""
    opening = following.lstrip(_QUOTES)
    if not opening or text[0].islower() or opening[0].islower() or is_unfinished(text, language):
        return False
    if opening != following and ("," in text or text.rpartition(" ")[2][0].islower()):
        return False  # it leads in a quotation
    if speaks(text, language) or _is_open_quotation(text):
        return False
    return not ends_clause(text) or (text[-1] in "?!؟" and looks_like_heading(text))


def _is_open_quotation(text: str) -> bool:
    """Whether a quotation begins in a line and does not end there."""
    if text.isascii():
        return False
    return any(text.count(one) > text.count(other) for one, other in ("“”", "«»", "„“"))


def _heading_sign(text: str, words: Sequence[str], before: Block | None, following: str) -> str:
    """What makes a short paragraph a heading: capitals, a number, or where it stands; else nothing."""
    if (before is not None and before.text[-1] in ":：") or _ENDS_INSIDE.search(text):
        return ""
    if len(text) <= _HEADING_CHARACTERS:
        if text.isupper() and sum(map(str.isalpha, text)) > 3:
            return "set in capitals"
        number = NUMBER.match(text)
        if number and number["depth"] and ("." in number["depth"] or number[0].strip() != number["depth"]):
            return "numbered like a heading" if text[number.end() :][:1].isupper() else ""
        if looks_like_heading(text):
            return "capitals like a heading, and prose below"
    return "stands alone above prose" if _stands_as_heading(words, before, following) else ""


def _stands_as_heading(words: Sequence[str], before: Block | None, following: str) -> bool:
    """Whether a few words stand between a finished paragraph and a new one, as a heading does."""
    return (
        1 < len(words) <= _SENTENCE_CASE_WORDS
        and words[0][0].isupper()
        and (starts_list_item(following) or (following[0].isupper() and ends_sentence(following)))
        and any(word[-1].islower() for word in words)
        and before is not None
        and (before.part in ("heading", "title", "caption") or ends_sentence(before.text))
    )


def _level(text: str) -> int:
    number = NUMBER.match(text)
    return number["depth"].count(".") + 1 if number and number["depth"] else 1
