"""From the lines of a plain text to its paragraphs.

A line break in a text file means one of three things: the end of a paragraph, the edge of a page that
was wrapped by hand, or a new line that the author wanted. Each stretch between blank lines is judged by
itself: where most lines are as full as the widest allows, the breaks are edges and go. Elsewhere a break
goes only where the line before it is plainly unfinished. Nothing here depends on other documents.
"""

from __future__ import annotations

import re
from itertools import pairwise

from rubricate.corpus.parts import (
    LONGEST_NAME,
    ends_clause,
    ends_sentence,
    is_known_heading,
    is_unfinished,
    starts_list_item,
)
from rubricate.corpus.words.characters import DASHES
from rubricate.corpus.words.folding import fold
from rubricate.corpus.words.languages import language as known_language
from rubricate.corpus.words.lemmas import is_listed

_WIDEST = 140  # no page is wider: longer lines are paragraphs
_NARROWEST = 40  # below, lines are taken for verse, names or addresses unless they run on in small letters
_COLUMN = 20  # no column is narrower
_FULL = 0.8  # of the widest line, that a line reaches together with the next word
_SHORT = 0.9  # of the widest line: a line that ends a paragraph before its edge
_SHORT_FIRST = 0.75  # the same for the first line of a paragraph, which was perhaps set in
_MOSTLY = 0.7  # of the lines, that must be full
_RUNNING_ON = 0.4  # of the next lines, that begin with a small letter where narrow lines are wrapped
_HANGING = 2  # paragraphs at least, that stand out to the left, until this is how all of them begin

_CONTROLS = {"\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n\n", "\ufeff": ""}
"""What becomes of control characters; of all others, a space."""
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ufeff]")
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_FRESH_START = re.compile(r"['\"“‘«(\[¿¡]*[^\W_a-z]")
_DASHES = frozenset(DASHES)
_LAST_WORD = re.compile(r"\w+$")
_FIRST_WORD = re.compile(r"\w+")


def paragraphs_of(text: str, language: str) -> list[str]:
    """The paragraphs of a plain text, with wrapped lines joined, in order; none of them is empty."""
    text = _UNWANTED.sub(lambda found: _CONTROLS.get(found[0], " "), text)
    hyphens = _Hyphens(text, language)
    stretches = (stretch.strip("\n") for stretch in _BLANK_LINES.split(f"\n{text}\n"))
    stretches = (stretch for stretch in stretches if stretch and not stretch.isspace())
    return [found for stretch in stretches for found in _paragraphs(stretch.split("\n"), language, hyphens)]


def _paragraphs(raw: list[str], language: str, hyphens: _Hyphens) -> list[str]:
    """The paragraphs of a stretch of lines without a blank one between."""
    if len(raw) == 1:
        return [raw[0].strip()]
    lines = [line.strip() for line in raw]
    width = _width(lines)
    reach = _reach(lines)
    if _is_wrapped(lines, reach, width):
        ends = _ends_of_wrapped(raw, lines, reach, width, language)
    else:
        ends = [
            index for index in range(1, len(lines)) if not _runs_on(lines[index - 1], lines[index], language)
        ]
    return [hyphens.join(lines[start:end]) for start, end in pairwise([0, *ends, len(lines)])]


def _reach(lines: list[str]) -> list[int]:
    """How far each line but the last would have reached with the next line's first word on it."""
    spaces = [line.find(" ") for line in lines]
    lengths = list(map(len, lines))
    rows = zip(lengths, spaces[1:], lengths[1:], strict=False)
    return [length + 1 + (space if space > 0 else whole) for length, space, whole in rows]


def _width(lines: list[str]) -> int:
    """The length that all but the longest twentieth of the lines keep to: now and then two are glued."""
    return sorted(map(len, lines))[-1 - len(lines) // 20]


def _is_wrapped(lines: list[str], reach: list[int], width: int) -> bool:
    """Whether the breaks of these lines are edges of a page rather than ends of paragraphs."""
    if not _COLUMN <= width <= _WIDEST:
        return False
    full = [length > _FULL * width for length in reach]
    mostly = sum(full) >= _MOSTLY * len(full)
    if mostly and width >= _NARROWEST:
        return True
    if sum(line[0].islower() for line in lines[1:]) < _RUNNING_ON * len(reach):
        return False
    # The first line can be what a name or a heading has left of it.
    return mostly or (width >= _NARROWEST and sum(full[1:]) >= _MOSTLY * max(len(full) - 1, 1))


def _ends_of_wrapped(
    raw: list[str], lines: list[str], reach: list[int], width: int, language: str
) -> list[int]:
    """The lines of a wrapped stretch before which a paragraph ends."""
    set_off = _set_off(raw)
    # Most lines are full, start like any other, and are too long for a heading: no closer look.
    suspects = [
        index
        for index, (length, off, line) in enumerate(zip(reach, set_off, lines[1:], strict=True), 1)
        if length < _SHORT * width
        or off
        or len(line) <= LONGEST_NAME
        or not line[0].isalpha()
        or line[1] in ".)"
    ]
    ends = [0]
    for index in suspects:
        short = reach[index - 1] < (_SHORT if index - 1 > ends[-1] else _SHORT_FIRST) * width
        if _ends_paragraph(lines[index - 1], lines[index], short, set_off[index - 1], language):
            ends.append(index)
    return ends[1:]


def _set_off(raw: list[str]) -> list[bool]:
    """For each line but the first whether it is set in as a first line is, or out where the others are in."""
    if not any(first.isspace() for first in {line[0] for line in raw}):
        return [False] * (len(raw) - 1)
    indents = [len(line) - len(line.lstrip()) for line in raw]
    margin = min(indents)
    inside = [indent > margin for indent in indents]
    steps = sum(later and not earlier for earlier, later in pairwise(inside))
    if not inside[0] and steps >= _HANGING and 2 * sum(inside) >= len(inside):
        return [not later for later in inside[1:]]
    return [later and not earlier for earlier, later in pairwise(inside)]


def _ends_paragraph(before: str, line: str, short: bool, set_off: bool, language: str) -> bool:
    """Whether a paragraph ends between two lines of a wrapped stretch.

    ``short``: the next word would have had room on the line before; ``set_off``: the next line is set in
    or out like the first of a paragraph.
    """
    if is_known_heading(line, language) or (short and is_known_heading(before, language)):
        return True
    if set_off and _FRESH_START.match(line) and not is_unfinished(before, language):
        return True
    if not line[0].isalpha() or line[1:2] in ".)":
        ended = _ends_in_full(before, language) or before.endswith((";", ","))
        if ended and starts_list_item(line):
            return True
    return short and _FRESH_START.match(line) is not None and _ends_in_full(before, language)


def _ends_in_full(line: str, language: str) -> bool:
    """Whether a line ends like a sentence, and not with an abbreviation like ``Mr.``."""
    if not ends_sentence(line):
        return False
    found = _LAST_WORD.search(line[:-1]) if line[-1] == "." else None
    return not found or fold(found[0]) not in known_language(language).before_more


def _runs_on(before: str, line: str, language: str) -> bool:
    """Whether a line continues the one before although the stretch is not wrapped."""
    if starts_list_item(line):
        return False
    if is_unfinished(before, language):
        return True
    if not line[0].islower() or not any(map(str.islower, before)):
        return False
    if ends_clause(before):
        return before[-1] == "," and len(before) > _WIDEST
    return max(len(before), len(line)) >= _NARROWEST


class _Hyphens:
    """Joins lines; where a hyphen stands at the edge it asks the document and the word list."""

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._language = language
        self._folded = ""

    def join(self, lines: list[str]) -> str:
        """Lines as one paragraph: with a space between them, behind a dash that touches its word without."""
        if len(lines) == 1:
            return lines[0]
        if _DASHES.isdisjoint([line[-1] for line in lines]):
            return " ".join(lines)
        pieces = [lines[0]]
        for before, line in pairwise(lines):
            if before[-1] not in _DASHES or before[-2:-1].isspace():
                pieces.append(" ")
            elif before[-1] in "-‐" and self._was_one_word(before[:-1], line):
                pieces[-1] = pieces[-1][:-1]
            pieces.append(line)
        return "".join(pieces)

    def _was_one_word(self, before: str, line: str) -> bool:
        """Whether a hyphen between two lines was only put in to break a word at the edge of the page."""
        found, following = _LAST_WORD.search(before), _FIRST_WORD.match(line)
        if not found or not following:
            return False
        half, other = found[0], following[0]
        if not (half.isalpha() and other.isalpha() and other.islower()):
            return False
        one, two = half.casefold(), other.casefold()
        self._folded = self._folded or self._text.casefold()
        whole, hyphenated = self._has(one + two), self._has(f"{one}-{two}")
        if whole or hyphenated:
            return whole and not hyphenated
        known = is_listed(one + two, self._language)
        return known and not (is_listed(one, self._language) and is_listed(two, self._language))

    def _has(self, word: str) -> bool:
        found = word in self._folded and re.search(rf"\b{re.escape(word)}\b", self._folded)
        return bool(found)
