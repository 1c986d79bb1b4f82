"""The glyphs of a PDF page, gathered to spans: pieces of one line in one style."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rubricate.corpus.readers.pdf_tags import Tag

_WORD = re.compile(r"[^\r\n ]+")
_MAYBE_NOTED = re.compile(r"[\d*†‡§¶]")  # what can be the mark of a note inside a word
_BOLD = re.compile(r"bold|black|heavy|demi|CMBX|\bmedi$", re.IGNORECASE)
_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")  # Arabic letters as drawn: initial, medial, final
_FROM_RIGHT = re.compile(  # letters and their marks, but no digits
    "[\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u200c\u200d]{2,}"
)
_UNUSUAL = re.compile("[\x00-\x1f\x7f-\x9f\uf02d\uf0a7\uf0a8\uf0b7\ud800-\udfff\ufffe\uffff]")
_HYPHENS = "\x02\ufffe"  # pdfium's own signs for a hyphen at the end of a line
_SYMBOLS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0a8": "◦", "\uf02d": "–"}
"""Bullets as office programs write them, in the private codes of their symbol fonts."""

_UNKNOWN = "\ufffd"
_BEYOND = 0x110000
_TOUCHING = 0.5  # of the size: a wider gap between two glyphs begins a span
_FARTHEST = 1e6  # points; no page is as large
_FONT_NAME = 256  # bytes


class Span(NamedTuple):
    """Text in one style on one baseline; in points, from the lower left corner of the page as it is read.

    ``x0`` and ``x1`` are where it begins and ends, ``y`` is the baseline, ``turn`` the quarter turns against
    the page, -1 at any other angle, and ``tag`` what the tags of the file call it.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    turn: int = 0
    tag: Tag | None = None


class _Style(NamedTuple):
    """What all glyphs of one drawing instruction have in common; ``y`` is their baseline."""

    y: float
    size: float
    bold: bool
    turn: int
    tag: Tag | None


_NO_STYLE = _Style(0, 1, False, 0, None)


@dataclass(slots=True)
class _Open:
    """A span that still grows."""

    style: _Style
    x0: float
    x1: float
    text: list[str] = field(default_factory=list)

    def takes(self, style: _Style, box: tuple[float, float]) -> bool:
        """Whether a glyph belongs to this span."""
        reach = _TOUCHING * style.size * (2 if self.text[-1] == " " else 1)
        touches = box[0] - self.x1 <= reach and self.x0 - box[1] <= reach
        return touches and style == self.style

    def stretch(self, box: tuple[float, float]) -> None:
        """Reach as far as a glyph does."""
        self.x0, self.x1 = min(self.x0, box[0]), max(self.x1, box[1])

    def closed(self) -> Span:
        """The finished span."""
        return Span("".join(self.text), self.x0, self.x1, *self.style)


@dataclass(slots=True)
class _Styles:
    """Asks pdfium for the styles of the glyphs of a page; ``fonts`` remembers which fonts are bold."""

    page: Any
    tags: Mapping[int, Tag]
    fonts: dict[bytes, bool] = field(default_factory=dict)
    drawn: bytes = b""
    style: _Style = _NO_STYLE  # of ``drawn``, the last instruction that was asked for

    def at(self, index: int) -> _Style:
        """The style of a glyph."""
        import pypdfium2.raw as pdfium

        drawn = pdfium.FPDFText_GetTextObject(self.page, index)
        key = bytes(drawn)
        if key != self.drawn:
            self.drawn, self.style = key, self._asked(index, drawn)
        return self.style

    def _asked(self, index: int, drawn: Any) -> _Style:
        from ctypes import c_double

        import pypdfium2.raw as pdfium

        matrix, x, y = pdfium.FS_MATRIX(), c_double(), c_double()
        pdfium.FPDFText_GetMatrix(self.page, index, matrix)
        pdfium.FPDFText_GetCharOrigin(self.page, index, x, y)
        size = pdfium.FPDFText_GetFontSize(self.page, index) * math.hypot(matrix.c, matrix.d)
        turn = _turn(matrix.a, matrix.b) if size >= 0 else _turn(-matrix.a, -matrix.b)
        baseline = (y.value, -x.value, -y.value, x.value)[max(turn, 0)]
        tag = self.tags.get(pdfium.FPDFPageObj_GetMarkedContentID(drawn)) if self.tags and drawn else None
        bold = self._is_bold(drawn) if drawn else False
        return _Style(round(_sane(baseline), 1), round(abs(_sane(size)), 1) or 1.0, bold, turn, tag)

    def _is_bold(self, drawn: Any) -> bool:
        from ctypes import create_string_buffer

        import pypdfium2.raw as pdfium

        font = pdfium.FPDFTextObj_GetFont(drawn)
        key = bytes(font)
        if key not in self.fonts:
            name = create_string_buffer(_FONT_NAME)
            if font:
                pdfium.FPDFFont_GetBaseFontName(font, name, _FONT_NAME)
            self.fonts[key] = _BOLD.search(name.value.decode("utf-8", "replace")) is not None
        return self.fonts[key]


def spans_of(textpage: Any, tags: Mapping[int, Tag]) -> list[Span]:
    """The spans of a page in the order in which the file draws them; the blanks between words stand at the
    end of the span before them. ``tags`` are those of its marked content.
    """
    return [span.closed() for span in _gathered(textpage, _Styles(textpage.raw, tags))]


def _gathered(textpage: Any, styles: _Styles) -> Iterator[_Open]:
    text = _text_of(textpage)
    span: _Open | None = None
    done = 0
    for word in _WORD.finditer(text):
        if span and " " in text[done : word.start()]:
            span.text.append(" ")
        for start, end, style in _pieces(word, styles):
            first, last = _box(styles.page, start, style.turn), _box(styles.page, end - 1, style.turn)
            if span is None or not span.takes(style, first):
                if span:
                    yield span
                span = _Open(style, *first)
            span.stretch(last)
            span.text.append(_characters(text[start:end], styles.page, start, style.turn))
        done = word.end()
    if span:
        yield span


def _text_of(textpage: Any) -> str:
    """The text of a page with one character for each of pdfium's, so that places are those of its boxes."""
    import pypdfium2.raw as pdfium

    text, count = str(textpage.get_text_range()), int(textpage.count_chars())
    if len(text) == count:
        return text
    codes = (pdfium.FPDFText_GetUnicode(textpage.raw, index) for index in range(count))
    return "".join(chr(code) if code < _BEYOND else _UNKNOWN for code in codes)


def _pieces(word: re.Match[str], styles: _Styles) -> Iterator[tuple[int, int, _Style]]:
    """Cut a word where its style changes: start, end and style of each piece.

    Every question to pdfium costs time. So only the ends of a word are looked at, unless it holds what can
    be the mark of a note.
    """
    start, end = word.span()
    style = styles.at(start)
    if end - start > 1 and (_MAYBE_NOTED.search(word[0]) or styles.at(end - 1) != style):
        for index in range(start + 1, end):
            other = styles.at(index)
            if other != style:
                yield start, index, style
                start, style = index, other
    yield start, end, style


def _characters(text: str, page: Any, start: int, turn: int) -> str:
    """A piece of a word as it is read; a glyph of which nobody knows the character shows as U+FFFD."""
    if text.isascii() and text.isprintable():
        return text
    text = _UNUSUAL.sub(lambda found: _character(found[0]), text)

    def as_read(letters: re.Match[str]) -> str:
        """pdfium turns some words round: their letters then stand from left to right, as never on paper."""
        first, last = (_box(page, start + index, turn) for index in (letters.start(), letters.end() - 1))
        return letters[0][::-1] if sum(first) < sum(last) else letters[0]

    text = _FROM_RIGHT.sub(as_read, text)
    return _FORMS.sub(lambda form: unicodedata.normalize("NFKC", form[0]), text)


def _character(unusual: str) -> str:
    return "-" if unusual in _HYPHENS else _SYMBOLS.get(unusual, _UNKNOWN)


def _turn(right: float, up: float) -> int:
    """How many quarters letters that go so far right and up are turned; -1 where it is no whole number."""
    quarters = _sane(math.degrees(math.atan2(up, right))) / 90
    return round(quarters) % 4 if abs(quarters - round(quarters)) < 0.1 else -1


def _box(page: Any, index: int, turn: int) -> tuple[float, float]:
    """Where a glyph begins and ends along its line."""
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(page, index, box)
    begin, end = (
        (box.left, box.right),
        (box.bottom, box.top),
        (-box.right, -box.left),
        (-box.top, -box.bottom),
    )[max(turn, 0)]
    return _sane(begin), _sane(end)


def _sane(points: float) -> float:
    """A place or size that can be one: damaged files have endless ones, and some that are no number."""
    return points if abs(points) < _FARTHEST else 0.0
