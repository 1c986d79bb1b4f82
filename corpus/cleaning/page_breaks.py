"""Sentences that a page break cuts: what printers put on every page comes behind them.

Page numbers, running headers and footnotes are told from the text by their shape, by standing there again
and again, and by standing inside a sentence. Only the document itself is asked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.corpus.cleaning.pieces import moved, stitch
from rubricate.corpus.parts.names import is_known_heading, is_salutation
from rubricate.corpus.parts.references import is_reference
from rubricate.corpus.parts.shapes import (
    ends_sentence,
    is_caption,
    is_footnote,
    is_numbered_header,
    is_page_line,
    is_unfinished,
    opens_like_sentence,
    speaks,
    stands_like_heading,
    starts_list_item,
)

if TYPE_CHECKING:
    from rubricate.corpus.cleaning.pieces import CutText, Piece

BOILERPLATE = "boilerplate"

_LONGEST_HEADER = 90  # characters
_MOST_BETWEEN = 8  # pieces between the halves of a sentence: header, number, a few footnotes
_MOST_HEADERS = 2  # of them that nothing but their place shows for what they are
_WORDS_BEFORE = 6  # of the first half, where only the small letter behind tells that it goes on
_WORDS_BEFORE_PAGE = 12  # of the first half, where the furniture of a page tells it
_SALUTATION = 60  # characters of a line that only addresses the audience
_LONG_LINE = 60  # characters of a first half behind which a number goes on
_REST = 160  # characters of a second half that need no end mark
_EDGE_NUMBER = re.compile(r"^\d+\W*|\W*\d+$")
_YEAR = re.compile(r"\d{4}")
_NOTE = re.compile(r"(\d{1,3})\s+\S")
_STOPS = frozenset(".!?…:؟。！？")
_AMOUNTS = frozenset("0123456789$€£¥")
_PAUSES = frozenset(";؛")
_CLOSED = frozenset(".!?:")  # the commonest: no further look
_SMALL_NAMES = re.compile(  # al-Qaeda, bin Laden, von der Leyen
    r"(?:al|el|as|ar|ad|at|az|an|ash)[-’'‐–][^\W\d_a-z]"
    r"|(?:bin|ibn|ben|abu|von|van|de|del|della|di|da|du|le|la|den|der|ter|ten|zu)\s(?:[a-z]{2,3}\s)?[^\W\d_a-z]"
)


def mend_page_breaks(cut: CutText, pieces: list[Piece]) -> list[Piece]:
    """The pieces with cut sentences whole, and with what stood inside them behind them."""
    pages = _Pages(cut, _with_furniture(cut, pieces))
    mended: list[Piece] = []
    index = 0
    while index < len(pages.pieces):
        piece = pages.pieces[index]
        index += 1
        if piece.part or piece.text[-1] in _CLOSED:
            mended.append(piece)
            continue
        halves = [piece]
        inside: list[Piece] = []
        while (other := pages.other_half(halves, index)) is not None:
            inside += pages.pieces[index:other]
            halves.append(pages.pieces[other])
            index = other + 1
        whole = stitch(cut, halves)
        mended.append(whole)
        mended += [moved(cut, _inside(item), whole.last) for item in inside]
    return mended


def _inside(piece: Piece) -> Piece:
    """A piece that stood inside a sentence, as what it is: furniture, unless it is a note or a caption."""
    if piece.part or is_caption(piece.text) or is_footnote(piece.text):
        return piece
    if _NOTE.match(piece.text):
        return piece._replace(part="footnote", reason="its number stands in the sentence above")
    return piece._replace(part=BOILERPLATE, reason="stands inside a sentence: running header")


def _with_furniture(cut: CutText, pieces: list[Piece]) -> list[Piece]:
    """The pieces with page numbers and running headers marked."""
    marked = list(pieces)
    repeated: dict[str, list[int]] = defaultdict(list)
    for index, piece in enumerate(pieces):
        if len(piece.text) > _LONGEST_HEADER:
            continue
        if (
            not any(map(str.isalnum, piece.text))
            or is_page_line(piece.text)
            or (piece.first in cut.page_tops and is_numbered_header(piece.text))
        ):
            marked[index] = piece._replace(part=BOILERPLATE, reason="page number or symbol")
        elif _can_be_header(piece.text, cut.language):
            header = _EDGE_NUMBER.sub("", piece.text)
            if len(header.split()) > 1:
                repeated[header.casefold()].append(index)
    for places in repeated.values():
        for index in _headers(cut, marked, places) if len(places) > 1 else ():
            reason = f"running header: stands here {len(places)} times"
            marked[index] = pieces[index]._replace(part=BOILERPLATE, reason=reason)
    return marked


def _headers(cut: CutText, pieces: list[Piece], places: list[int]) -> list[int]:
    """Of the places where a line stands, those where it is a running header.

    Inside a sentence it is one wherever it stands but for the first time, when it can be the title. Beside
    page numbers it is one there, if that happens more than once.
    """
    inside = [index for index in places if _is_inside(pieces, index)]
    beside = [index for index in places if _is_at_page_edge(cut, pieces, index)]
    if inside:
        return sorted({*places[1:], *inside, *(beside if len(beside) > 1 else ())})
    return beside if len(beside) > 1 else []


def _is_inside(pieces: list[Piece], index: int) -> bool:
    """Whether a piece stands between the halves of a sentence."""
    before = next((piece for piece in reversed(pieces[max(index - 2, 0) : index]) if not piece.part), None)
    behind = next((piece for piece in pieces[index + 1 : index + 3] if not piece.part), None)
    if before is None or behind is None:
        return False
    return _is_open(before.text, _WORDS_BEFORE) and _starts_small(behind.text)


def _is_at_page_edge(cut: CutText, pieces: list[Piece], index: int) -> bool:
    """Whether a piece stands beside a page number or a form feed."""
    near = [place for place in (index - 1, index + 1) if 0 <= place < len(pieces)]
    if any(is_page_line(pieces[place].text) for place in near):
        return True
    piece = pieces[index]
    first = pieces[index - 1].last if index else 0
    last = pieces[index + 1].first if index + 1 < len(pieces) else None
    return cut.turns_page(first, piece.first) or cut.turns_page(piece.last, last)


def _can_be_header(text: str, language: str) -> bool:
    """Whether a short piece can be a running header: no sentence, no salutation, no heading known by name."""
    if text[-1] in _CLOSED or text[-1] in ",;" or ends_sentence(text):
        return False
    if text[0].islower() or text[0] == "(" or starts_list_item(text):
        return False
    if is_known_heading(text, language) or is_salutation(text, language):
        return False
    return len(text.split()) > 1 and any(map(str.isalpha, text))


def _is_open(text: str, words: int) -> bool:
    """Whether a piece of so many words has not come to the end of its sentence."""
    if text[-1] in _CLOSED or text.rstrip("'\"”’»)]")[-1:] in _STOPS or ends_sentence(text):
        return False
    return len(text.split(None, words)) >= words and not _is_heading_like(text)


def _starts_small(text: str) -> bool:
    """Whether a piece begins with a small letter, and not with a name like al-Qaeda."""
    return text[0].islower() and _SMALL_NAMES.match(text) is None


def _is_heading_like(text: str) -> bool:
    return len(text) <= _LONGEST_HEADER and stands_like_heading(text)


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pieces of a text on its pages."""

    cut: CutText
    pieces: list[Piece]

    def other_half(self, halves: list[Piece], index: int) -> int | None:
        """The place of the piece that goes on with the sentence that ``halves`` begin, from ``index`` on."""
        text = halves[-1].text
        words = _WORDS_BEFORE if len(halves) == 1 else 1
        if not _is_open(text, words) or is_footnote(text) or is_caption(text):
            return None
        page = False
        headers = 0
        for place in range(index, min(index + _MOST_BETWEEN + 1, len(self.pieces))):
            other = self.pieces[place]
            page = page or self.cut.turns_page(halves[-1].last, other.first)
            if other.part == BOILERPLATE or _stands_aside(other.text, text):
                page = True
            elif self._goes_on(halves, place, page=page, alone=place == index):
                return place
            elif headers < _MOST_HEADERS and self._interrupts(other.text):
                headers += 1
            else:
                return None
        return None

    def _goes_on(self, halves: list[Piece], place: int, *, page: bool, alone: bool) -> bool:
        """Whether the piece at ``place`` goes on with the sentence.

        ``page``: a page ends between them; ``alone``: nothing stands there.
        """
        text, other, language = halves[-1].text, self.pieces[place].text, self.cut.language
        if starts_list_item(other):
            return False
        if other[0].islower():
            return self._small_goes_on(halves, place, page=page, alone=alone)
        if text[-1] in _PAUSES or is_known_heading(other, language) or _is_heading_like(other):
            return False
        if is_unfinished(text, language):
            return alone or page
        whole = len(other) >= _REST or ends_sentence(other)
        if opens_like_sentence(other, language):
            goes_on = page and (len(halves) > 1 or _is_open(text, _WORDS_BEFORE_PAGE))
        else:
            broken = (
                len(text) >= _REST
                or speaks(text, language)
                or (other[0] in _AMOUNTS and len(text) >= _LONG_LINE)
            )
            goes_on = page or (alone and broken)
        addressed = len(other) <= _SALUTATION and is_salutation(other, language)
        return goes_on and whole and not addressed and not _may_be_entry(other)

    def _small_goes_on(self, halves: list[Piece], place: int, *, page: bool, alone: bool) -> bool:
        """Whether a piece that begins with a small letter goes on, and is not one of several items."""
        text, other = halves[-1].text, self.pieces[place].text
        item = halves[0].text[0].islower() and not starts_list_item(halves[0].text)
        if alone and text[-1] == "," and not item:
            return True
        if page:
            return not item or text[-1] == "," or is_unfinished(text, self.cut.language)
        following = self.pieces[place + 1].text if place + 1 < len(self.pieces) else ""
        items = following[:1].islower() and not ends_sentence(other)
        return alone and not item and not items and text[-1] not in _PAUSES and _starts_small(other)

    def _interrupts(self, text: str) -> bool:
        """Whether a piece that nothing has marked can be a running header that stands there once."""
        last = text.rpartition(" ")[2]
        return _is_heading_like(text) and not last[0].islower() and _can_be_header(text, self.cut.language)


def _may_be_entry(text: str) -> bool:
    """Whether a piece can be an item of a bibliography; a look for a year comes first, for it is faster."""
    return _YEAR.search(text, 0, _REST) is not None and is_reference(text)


def _stands_aside(text: str, sentence: str) -> bool:
    """Whether a piece is a note or a caption, which pages put between the halves of a sentence."""
    return is_footnote(text) or is_caption(text) or _is_note(text, sentence)


def _is_note(text: str, sentence: str) -> bool:
    """Whether a piece is a footnote whose number stands behind a word of the sentence above it."""
    found = _NOTE.match(text)
    if not found:
        return False
    return re.search(rf"[^\W\d_][.,;:!?'\"”’»)]*\[?{found[1]}(?!\d)", sentence) is not None
