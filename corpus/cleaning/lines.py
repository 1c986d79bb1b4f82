"""What two lines of a plain text have to do with each other: whether a paragraph ends between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rubricate.corpus.parts.names import is_known_heading, is_salutation
from rubricate.corpus.parts.shapes import (
    ends_clause,
    ends_sentence,
    is_caption,
    is_footnote,
    is_page_line_within,
    is_unfinished,
    looks_like_heading,
    opens_like_sentence,
    speaks,
    stands_like_heading,
    starts_list_item,
)
from rubricate.corpus.words.folding import fold
from rubricate.corpus.words.languages import language as known_language

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDEST = 140  # characters: no page is wider, and longer lines are paragraphs
NARROWEST = 40  # below, lines are taken for verse, names or addresses unless they run on in small letters
COLUMN = 20  # no column is narrower
_LONGER = 1.3  # than the beginning of a sentence that was broken: the line behind it
_UNBROKEN = 60  # characters of a line that was not meant to end where it does
_HANGING = 2  # paragraphs at least, that stand out to the left, until this is how all of them begin

_FRESH_START = re.compile(r"['\"“‘«(\[¿¡]*[^\W_a-z]")
_ODD = re.compile("[>¹²³⁴⁵⁶⁷⁸⁹⁰*•‣◦▪●·–—(0-9۰-۹-]")
_BROKEN_WORD = re.compile(r"[^\W\d_][-‐\u00ad¬]$")
_BROKEN = 2
STOPS = frozenset(".!?")
FINISHED = frozenset('.!?…:؟۔。"”’»)')
_LAST_WORD = re.compile(r"\w+$")


def begins_oddly(line: str) -> bool:
    """Whether a line begins as quoted mail, footnotes and list items do, but for letters with a full stop or
    bracket behind.
    """
    return _ODD.match(line) is not None


def opens_sentence(line: str, following: str, language: str) -> bool:
    """Whether the first line of a text, with no blank line behind it, is no title but a sentence's beginning.

    A title has capitals, or the next line begins like a sentence, with a word such as *The* or *In*.
    """
    if ends_clause(line) or line[0].islower() or is_salutation(line, language):
        return False
    if speaks(line, language):
        return True
    if looks_like_heading(line):
        return False
    if len(following) < COLUMN or stands_like_heading(following) or starts_list_item(following):
        return False
    if len(following) < _LONGER * len(line) and not ends_sentence(following):
        return False
    return not opens_like_sentence(following, language)


def starts_anew(line: str) -> bool:
    """Whether a line begins with a capital or a digit."""
    return line[0].isupper() or line[0].isdigit()


def set_off(indents: Sequence[int]) -> set[int]:
    """The lines that are set in as a first line is, or out where the others are in; never the first.

    ``indents`` are the blanks with which the lines of a stretch begin.
    """
    margin = min(indents)
    known = {index for index, indent in enumerate(indents) if indent > margin}
    steps = {index for index in known if index and index - 1 not in known}
    if 0 not in known and len(steps) >= _HANGING and 2 * len(known) >= len(indents):
        return set(range(1, len(indents))) - known
    return steps


def ends_paragraph(before: str, line: str, short: bool, apart: bool, language: str) -> bool:
    """Whether a paragraph ends between two lines of a wrapped stretch.

    ``short``: the next word would have had room on the line before; ``apart``: the next line is set in
    or out like the first of a paragraph.
    """
    fresh = line[0].isupper() or _FRESH_START.match(line) is not None
    if fresh and short and _ends_in_full(before, language):
        return True
    if not line[0].islower() and is_known_heading(line, language) and not is_unfinished(before, language):
        return True
    if short and not before[0].islower() and is_known_heading(before, language):
        return True
    if is_page_line_within(line) or is_page_line_within(before) or (line[0] == ">") != (before[0] == ">"):
        return True
    if apart and fresh and not is_unfinished(before, language):
        return True
    if is_footnote(line):
        return True
    if begins_oddly(line) or line[1:2] in (".", ")"):
        ended = _ends_in_full(before, language) or before.endswith((";", ","))
        if ended and starts_list_item(line):
            return True
    return (short or apart) and is_caption(line)


def is_glued_heading(line: str, following: str, language: str) -> bool:
    """Whether the short first line of a paragraph is a heading without a blank line below it."""
    return stands_like_heading(line) and not following[0].islower() and not is_unfinished(line, language)


def _ends_in_full(line: str, language: str) -> bool:
    """Whether a line ends like a sentence, and not with an abbreviation like ``Mr.``."""
    if not ends_sentence(line):
        return False
    found = _LAST_WORD.search(line[line.rfind(" ") + 1 : -1]) if line[-1] == "." else None
    return not found or fold(found[0]) not in known_language(language).before_more


def runs_on(before: str, line: str, ended: bool, language: str) -> bool:
    """Whether a line continues the one before although the stretch is not wrapped.

    ``ended``: most of its lines end a sentence, so that one that does not was broken by accident.
    """
    if before[-1] in STOPS or starts_list_item(line) or (line[0] == ">") != (before[0] == ">"):
        return False
    if is_page_line_within(before) or is_page_line_within(line):
        return False
    if is_unfinished(before, language) or (line[0].islower() and _BROKEN_WORD.search(before[-_BROKEN:])):
        return True
    if ended and len(before) >= _UNBROKEN and not ends_clause(before) and ends_sentence(line):
        return not is_caption(line) and not stands_like_heading(before)
    if not line[0].islower() or not any(map(str.islower, before)):
        return False
    if ends_clause(before):
        return before[-1] == "," and len(before) > WIDEST
    return max(len(before), len(line)) >= NARROWEST
