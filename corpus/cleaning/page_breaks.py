"""Sentences that a page break cuts: what printers put on every page comes behind them.

Page numbers, running headers and footnotes are told from the text by their shape, by standing there again
and again, and by standing inside a sentence. Only the document itself is asked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from rubricate.corpus.cleaning.pieces import moved, stitch
from rubricate.corpus.parts.names import is_known_heading, is_salutation
from rubricate.corpus.parts.shapes import (
    ends_clause,
    ends_sentence,
    is_caption,
    is_footnote,
    is_page_line,
    is_unfinished,
    looks_like_heading,
    starts_list_item,
)

if TYPE_CHECKING:
    from rubricate.corpus.cleaning.pieces import CutText, Piece

_LONGEST_HEADER = 90  # characters
_MOST_BETWEEN = 8  # pieces between the halves of a sentence: header, number, a few footnotes
_MOST_HEADERS = 2  # of them that nothing but their place shows for what they are
_WORDS_BEFORE = 6  # of the first half, where only the small letter behind tells that it goes on
_WORDS_BEFORE_PAGE = 12  # of the first half, where the furniture of a page tells it
_DIGITS = re.compile(r"\d+")
_STOPS = frozenset(".!?…:؟。！？")
_PAUSES = frozenset(";؛")
_CLOSED = frozenset(".!?:")  # the commonest: no further look


def mend_page_breaks(cut: CutText, pieces: list[Piece]) -> list[Piece]:
    """The pieces with cut sentences whole, and with what stood inside them behind them."""
    pieces = _with_furniture(pieces, cut.language)
    mended: list[Piece] = []
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        index += 1
        if piece.part or piece.text[-1] in _CLOSED:
            mended.append(piece)
            continue
        inside: list[Piece] = []
        while (other := _other_half(pieces, index, piece, cut.language)) is not None:
            inside += pieces[index:other]
            piece = stitch(cut, piece, pieces[other])
            index = other + 1
        mended.append(piece)
        mended += [moved(cut, _inside(item), piece.last) for item in inside]
    return mended


def _inside(piece: Piece) -> Piece:
    """A piece that stood inside a sentence, as what it is: furniture, unless it is a note or a caption."""
    if piece.part or is_caption(piece.text) or is_footnote(piece.text):
        return piece
    return piece._replace(part="boilerplate", reason="stands inside a sentence: running header")


def _with_furniture(pieces: list[Piece], language: str) -> list[Piece]:
    """The pieces with page numbers and running headers marked."""
    marked = list(pieces)
    repeated: dict[str, list[int]] = defaultdict(list)
    for index, piece in enumerate(pieces):
        if len(piece.text) > _LONGEST_HEADER:
            continue
        if is_page_line(piece.text):
            marked[index] = piece._replace(part="boilerplate", reason="page number or symbol")
        elif _can_be_header(piece.text, language):
            repeated[_DIGITS.sub("0", piece.text).casefold()].append(index)
    for places in repeated.values():
        if len(places) > 1 and any(_at_page_break(marked, index) for index in places):
            reason = f"running header: stands here {len(places)} times"
            for index in places:
                marked[index] = pieces[index]._replace(part="boilerplate", reason=reason)
    return marked


def _can_be_header(text: str, language: str) -> bool:
    """Whether a short piece can be a running header: no sentence, no salutation, no heading known by name."""
    if ends_clause(text) or text[0].islower() or text[0] == "(" or starts_list_item(text):
        return False
    if is_known_heading(text, language) or is_salutation(text, language):
        return False
    return len(text.split()) > 1 and any(map(str.isalpha, text))


def _at_page_break(pieces: list[Piece], index: int) -> bool:
    """Whether a piece stands beside a page number, or behind a sentence that has not ended."""
    around = pieces[max(index - 1, 0) : index + 2]
    if any(piece.reason.startswith("page number") for piece in around):
        return True
    before = pieces[index - 1] if index else None
    return before is not None and not before.part and _is_open(before.text, _WORDS_BEFORE)


def _is_open(text: str, words: int) -> bool:
    """Whether a piece of so many words has not come to the end of its sentence."""
    if text[-1] in _CLOSED or text.rstrip("'\"”’»)]")[-1:] in _STOPS:
        return False
    return len(text.split(None, words)) >= words and not _is_heading_like(text)


def _other_half(pieces: list[Piece], index: int, piece: Piece, language: str) -> int | None:
    """The place of the piece that goes on with the sentence in which ``piece`` ends, from ``index`` on."""
    if not _is_open(piece.text, _WORDS_BEFORE) or is_footnote(piece.text) or is_caption(piece.text):
        return None
    page = False
    headers = 0
    for place in range(index, min(index + _MOST_BETWEEN + 1, len(pieces))):
        other = pieces[place]
        if other.part == "boilerplate":
            page = True
        elif _goes_on(piece.text, other.text, page, alone=place == index, language=language):
            return place
        elif is_footnote(other.text) or is_caption(other.text):
            page = True
        elif headers < _MOST_HEADERS and _interrupts(other.text, language):
            headers += 1
        else:
            return None
    return None


def _goes_on(text: str, other: str, page: bool, *, alone: bool, language: str) -> bool:
    """Whether ``other`` goes on with the sentence of ``text``.

    ``page``: the furniture of a page stands between them; ``alone``: nothing does.
    """
    if starts_list_item(other) or is_caption(other) or is_footnote(other):
        return False
    if other[0].islower():  # items without bullets do so too, but each like the one before
        small = alone and text[0].islower() and not starts_list_item(text)
        return page or not (small or text[-1] in _PAUSES)
    if text[-1] in _PAUSES or is_known_heading(other, language):
        return False
    if _is_heading_like(other):
        return False
    if is_unfinished(text, language):
        return alone or page
    return page and _is_open(text, _WORDS_BEFORE_PAGE)


def _is_heading_like(text: str) -> bool:
    return len(text) <= _LONGEST_HEADER and not ends_sentence(text) and looks_like_heading(text)


def _interrupts(text: str, language: str) -> bool:
    """Whether a piece that nothing has marked can be a running header that stands there once."""
    last = text.rpartition(" ")[2]
    return _is_heading_like(text) and not last[0].islower() and _can_be_header(text, language)
