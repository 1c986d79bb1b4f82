"""From the lines of a plain text to the lines of each paragraph.

A line break in a text file means one of three things: the end of a paragraph, the edge of a page that
was wrapped by hand, or a new line that the author wanted. Each stretch between blank lines is judged by
itself: where most lines are as full as the widest allows, the breaks are edges and go. Elsewhere a break
goes only where the line before it is plainly unfinished.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from rubricate.corpus.parts.names import LONGEST_NAME, is_known_heading, is_salutation
from rubricate.corpus.parts.shapes import (
    ends_clause,
    ends_sentence,
    is_caption,
    is_footnote,
    is_numbered_header,
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
    from collections.abc import Collection, Iterator

_WIDEST = 140  # no page is wider: longer lines are paragraphs
_NARROWEST = 40  # below, lines are taken for verse, names or addresses unless they run on in small letters
_COLUMN = 20  # no column is narrower
_FULL = 0.8  # of the widest line, that a line reaches together with the next word
_SHORT = 0.9  # of the widest line: a line that ends a paragraph before its edge
_SHORT_FIRST = 0.75  # the same for the first line of a paragraph, which was perhaps set in
_HEADING = 0.7  # of the widest line, that a heading above a paragraph does not reach
_MOSTLY = 0.7  # of the lines, that must be full
_LONGER = 1.3  # than the beginning of a sentence that was broken: the line behind it
_FEWEST_ITEMS = 4
_NEARLY_ALL = 0.85
_UNBROKEN = 60  # characters of a line that was not meant to end where it does
_RUNNING_ON = 0.4  # of the next lines, that begin with a small letter where narrow lines are wrapped
_ENDED = 0.5  # of the lines, that end a sentence where each is a paragraph
_HANGING = 2  # paragraphs at least, that stand out to the left, until this is how all of them begin

_FRESH_START = re.compile(r"['\"“‘«(\[¿¡]*[^\W_a-z]")
_ODD = re.compile("[>¹²³⁴⁵⁶⁷⁸⁹⁰*•‣◦▪●·–—(0-9۰-۹-]")
"""What quoted mail, footnotes and list items begin with, but for letters with one of the next behind."""
_ITEM_END = re.compile("[.)]")
_BROKEN_WORD = re.compile(r"[^\W\d_][-‐\u00ad¬]$")
_BROKEN = 2
_FIRST, _SECOND = itemgetter(0), itemgetter(1)
_STOPS = frozenset(".!?")
_FINISHED = frozenset('.!?…:؟۔。"”’»)')
_BLANK = re.compile(r"\s")
_LAST_WORD = re.compile(r"\w+$")


def paragraph_lines(
    raw: list[str], lines: list[str], language: str, page_starts: Collection[int] = ()
) -> Iterator[tuple[int, int]]:
    """First and last line (exclusive) of every paragraph, in order; blank lines are in none.

    ``raw`` are the lines of a text as they are and ``lines`` the same without blanks at their edges;
    ``page_starts`` are lines behind a form feed.
    """
    if "" not in lines:
        yield from _in_stretch(raw, lines, 0, language)
        return
    edges = [-1, *(index for index, line in enumerate(lines) if not line), len(lines)]
    for before, after in pairwise(edges):
        if after - before == 2:
            yield before + 1, after
        elif after - before > 2:
            first = before + 1
            if first in page_starts and is_numbered_header(lines[first]):
                yield first, first + 1
                first += 1
            stretch = slice(first, after)
            yield from _in_stretch(raw[stretch], lines[stretch], first, language)


def _in_stretch(raw: list[str], lines: list[str], first: int, language: str) -> Iterator[tuple[int, int]]:
    """The paragraphs of a stretch of lines without a blank one between; ``first`` is its first line."""
    lengths = list(map(len, lines))
    ordered = sorted(lengths)
    # The length that all but the longest twentieth of the lines keep to: now and then two are glued.
    width = ordered[-1 - len(lines) // 20]
    if _is_wrapped(lines, lengths, ordered, width):
        ends = _ends_of_wrapped(raw, lines, lengths, width, language)
    else:
        ended = sum(line[-1] in _FINISHED for line in lines) >= max(_ENDED * len(lines), 1)
        ends = [
            index
            for index in range(1, len(lines))
            if not _runs_on(lines[index - 1], lines[index], ended, language)
        ]
    if first == 0 and ends[:1] == [1] and _opens_sentence(lines[0], lines[1], language):
        del ends[0]
    return pairwise([first, *(first + end for end in ends), first + len(lines)])


def _opens_sentence(line: str, following: str, language: str) -> bool:
    """Whether the first line of a text, with no blank line behind it, is no title but a sentence's beginning.

    A title has capitals, or the next line begins like a sentence, with a word such as *The* or *In*.
    """
    if ends_clause(line) or line[0].islower() or is_salutation(line, language):
        return False
    if speaks(line, language):
        return True
    if looks_like_heading(line):
        return False
    if len(following) < _COLUMN or stands_like_heading(following) or starts_list_item(following):
        return False
    if len(following) < _LONGER * len(line) and not ends_sentence(following):
        return False
    return not opens_like_sentence(following, language)


def _reach(lines: list[str], index: int) -> int:
    """How far a line would have reached with the next line's first word on it."""
    following = lines[index + 1]
    space = following.find(" ")
    return len(lines[index]) + 1 + (space if space > 0 else len(following))


def _is_wrapped(lines: list[str], lengths: list[int], ordered: list[int], width: int) -> bool:
    """Whether the breaks of these lines are edges of a page rather than ends of paragraphs."""
    if not _COLUMN <= width <= _WIDEST or len(lines) == 1:
        return False
    last = len(lines) - 1
    # A line that is nearly full by itself need not be looked at with the next word.
    full = len(lines) - bisect_right(ordered, _FULL * width - 2) - (lengths[-1] > _FULL * width - 2)
    exact = [] if full >= _MOSTLY * last else [_reach(lines, index) > _FULL * width for index in range(last)]
    mostly = not exact or sum(exact) >= _MOSTLY * last
    if mostly and (width >= _NARROWEST or _has_no_case(lines[0])):
        return not _stand_alone(lines)
    running_on = sum(line[0].islower() for line in lines[1:]) >= _RUNNING_ON * last
    if mostly:
        return running_on
    # The first line can be what a name or a heading has left of it.
    first = running_on or (last > 1 and lines[1][0].islower())
    return first and width >= _NARROWEST and sum(exact[1:]) >= _MOSTLY * max(last - 1, 1)


def _has_no_case(line: str) -> bool:
    """Whether a line's script has no capitals, so that they cannot tell where something begins."""
    return line.lower() == line.upper()


def _stand_alone(lines: list[str]) -> bool:
    """Whether lines of about one length are items, headlines or sentences, each a paragraph of its own."""
    if len(lines) < _FEWEST_ITEMS:
        return False
    if _starts_anew(lines[1]) and _starts_anew(lines[2]):  # most pages are seen through here
        anew = sum(map(_starts_anew, lines[1:]))
        commas = sum(line[-1] == "," for line in lines)
        if anew >= _NEARLY_ALL * (len(lines) - 1) and 2 * commas < len(lines) and not lines[0].isupper():
            return True
    if not ends_sentence(lines[0]) and not ends_sentence(lines[1]):
        return False
    return sum(map(ends_sentence, lines)) >= _NEARLY_ALL * len(lines)


def _starts_anew(line: str) -> bool:
    return line[0].isupper() or line[0].isdigit()


def _ends_of_wrapped(
    raw: list[str], lines: list[str], lengths: list[int], width: int, language: str
) -> list[int]:
    """The lines of a wrapped stretch before which a paragraph ends."""
    set_off = _set_off(raw)
    # Most lines are full, start like any other and are too long for a heading: no closer look.
    room, suspects = _with_room(lines, lengths, width)
    suspects |= set_off
    odd = [found.start() for found in _ODD.finditer("".join(map(_FIRST, lines)))]
    suspects.update(odd, (index + 1 for index in odd if lines[index][0] == ">"))
    seconds = map(_SECOND, lines) if min(lengths) > 1 else (line[1:2] or " " for line in lines)
    suspects.update(found.start() for found in _ITEM_END.finditer("".join(seconds)))
    ends = [0]
    for index in sorted(suspects - {0, len(lines)}):
        before = index - 1
        opening = before == ends[-1]
        short = room.get(before, width) < (_SHORT_FIRST if opening else _SHORT) * width
        if _ends_paragraph(lines[before], lines[index], short, index in set_off, language) or (
            opening
            and room.get(before, width) < _HEADING * width
            and _is_glued_heading(lines[before], lines[index], language)
        ):
            ends.append(index)
    return ends[1:]


def _with_room(lines: list[str], lengths: list[int], width: int) -> tuple[dict[int, int], set[int]]:
    """The lines, but for the last, on which the next word would have had room, with how far it had reached;
    and the lines before which a paragraph can end, because of that or because one is short enough for a name.
    """
    limit = _SHORT * width
    longest = max(limit, LONGEST_NAME + 1)
    room: dict[int, int] = {}
    suspects: set[int] = set()
    for index, following in enumerate(lines[1:]):
        length = lengths[index]
        if length < longest:
            if length <= LONGEST_NAME:
                suspects.update((index, index + 1))
            space = following.find(" ")
            reach = length + 1 + (space if space > 0 else len(following))
            if reach < limit:
                room[index] = reach
                suspects.add(index + 1)
    if lengths[-1] <= LONGEST_NAME:
        suspects.add(len(lines) - 1)
    return room, suspects


def _set_off(raw: list[str]) -> set[int]:
    """The lines that are set in as a first line is, or out where the others are in; never the first."""
    inside = [found.start() for found in _BLANK.finditer("".join(map(_FIRST, raw)))]
    if not inside:
        return set()
    if len(inside) == len(raw):
        indents = [len(line) - len(line.lstrip()) for line in raw]
        margin = min(indents)
        inside = [index for index, indent in enumerate(indents) if indent > margin]
    known = set(inside)
    steps = {index for index in inside if index and index - 1 not in known}
    if 0 not in known and len(steps) >= _HANGING and 2 * len(inside) >= len(raw):
        return set(range(1, len(raw))) - known
    return steps


def _ends_paragraph(before: str, line: str, short: bool, set_off: bool, language: str) -> bool:
    """Whether a paragraph ends between two lines of a wrapped stretch.

    ``short``: the next word would have had room on the line before; ``set_off``: the next line is set in
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
    if set_off and fresh and not is_unfinished(before, language):
        return True
    if is_footnote(line):
        return True
    if _ODD.match(line) or line[1:2] in (".", ")"):
        ended = _ends_in_full(before, language) or before.endswith((";", ","))
        if ended and starts_list_item(line):
            return True
    return (short or set_off) and is_caption(line)


def _is_glued_heading(line: str, following: str, language: str) -> bool:
    """Whether the short first line of a paragraph is a heading without a blank line below it."""
    return stands_like_heading(line) and not following[0].islower() and not is_unfinished(line, language)


def _ends_in_full(line: str, language: str) -> bool:
    """Whether a line ends like a sentence, and not with an abbreviation like ``Mr.``."""
    if not ends_sentence(line):
        return False
    found = _LAST_WORD.search(line[line.rfind(" ") + 1 : -1]) if line[-1] == "." else None
    return not found or fold(found[0]) not in known_language(language).before_more


def _runs_on(before: str, line: str, ended: bool, language: str) -> bool:
    """Whether a line continues the one before although the stretch is not wrapped.

    ``ended``: most of its lines end a sentence, so that one that does not was broken by accident.
    """
    if before[-1] in _STOPS or starts_list_item(line) or (line[0] == ">") != (before[0] == ">"):
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
        return before[-1] == "," and len(before) > _WIDEST
    return max(len(before), len(line)) >= _NARROWEST
