"""RTF: one file, one document, with its headings, lists, tables and footnotes marked.

RTF is a stream of words (``\\par``), characters (``\\'e4``, ``\\u1587``) and groups in braces. What a word
sets holds until its group ends. A footnote, a running header or a text box is a group in the midst of a
paragraph, so each is read as a text of its own and placed behind the paragraph.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from rubricate.corpus.document import Block, Source
from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.document_properties import stated
from rubricate.corpus.readers.rtf_codes import (
    CHARACTERS,
    HIDDEN,
    SHOWN,
    WITHIN,
    Font,
    codec_of_code_page,
    decode,
    font_of_charset,
    group_kind,
)
from rubricate.corpus.readers.rtf_flow import SETTINGS, Flow, State
from rubricate.corpus.readers.style_names import BODY, LIST_ITEM, Kind, heading_kind, kind_of_style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rubricate.corpus.readers.raw import RawFile, ReadOptions

_TOKEN = re.compile(r"\\([A-Za-z]+)(-?\d+)? ?|\\'([0-9A-Fa-f]{2})|\\(.)|([{}])|([^\\{}]+)|\\", re.DOTALL)
_WORD, _NUMBER, _BYTE, _SYMBOL, _BRACE, _TEXT = range(1, 7)  # the groups of _TOKEN
_NO_TEXT = str.maketrans("", "", "\r\n\0")  # line ends in the file mean nothing
_DEEPEST = 1000  # groups within groups; programs write a few dozen
_LONGEST_NUMBER = 11  # digits and sign; longer ones are damage

_ASIDES = {
    "footnote": Kind("footnote", 0, "a footnote"),
    "endnote": Kind("footnote", 0, "an endnote"),
    "header": Kind("boilerplate", 0, "a running header"),
    "footer": Kind("boilerplate", 0, "a running footer"),
}
_CELL = Kind("table", 0, "a cell of a table")
_PARAGRAPH_ENDS = frozenset({"par", "sect", "page", "column", "\n", "\r"})
_CELL_ENDS = frozenset({"cell", "nestcell", "row", "nestrow"})
_CODE_PAGES = {"mac": "mac-roman", "pc": "cp437", "pca": "cp850"}


def read_rtf(raw: RawFile, options: ReadOptions) -> Iterator[Source]:
    """Yield the file as one document in blocks; FileError if it is damaged or no text is left.

    Left out are hidden and deleted text, comments, the instructions of fields (their results stay), bullets
    and the marks that point to notes; the numbers of lists stay. ``encoding`` is empty: RTF says itself how
    each letter is written.
    """
    if not raw.data:
        raise FileError(raw.file, "is empty")
    text = raw.data.decode("latin-1").lstrip("ï»¿ \t\r\n")  # these three: the byte order mark of UTF-8
    if not text.startswith("{\\rtf"):
        raise FileError(raw.file, "is no RTF file, in spite of its name; open it and save it anew as RTF")
    reading = _Reading(raw.file)
    reading.read(text)
    blocks = tuple(reading.body.blocks)
    if not blocks:
        raise FileError(raw.file, "holds no text")
    properties = stated(reading.properties)
    warnings = _doubts(blocks)
    yield Source(raw.id, raw.file, raw.sha256, "", blocks=blocks, properties=properties, warnings=warnings)


def _doubts(blocks: Sequence[Block]) -> tuple[str, ...]:
    lost = sum(block.text.count("\ufffd") for block in blocks)
    if not lost:
        return ()
    return (
        f"characters that could not be read: {lost}, each shown as \ufffd; open the file and save it anew",
    )


class _Reading:
    """The state of reading a file: the groups that are open, and what the file has said of itself."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.body = Flow("body", None, 1)
        self.state = State(self.body)
        self.around: list[State] = []
        self.own = Font("cp1252")  # holds where a font does not say otherwise
        self.default = 0
        self.fonts: dict[int, Font] = {}
        self.styles: dict[int, Kind | None] = {}
        self.properties: dict[str, str] = {}
        self.created: dict[str, int] = {}
        self.to_skip = 0
        self.starred = False

    def read(self, text: str) -> None:
        """Read until the first group ends; FileError if the text ends before."""
        position, size = 0, len(text)
        while position < size:
            token = _TOKEN.match(text, position)
            assert token
            position = token.end()
            kind = token.lastindex
            if kind == _TEXT:
                self._text(token[_TEXT])
            elif kind == _WORD:
                self._word(token[_WORD], None)
            elif kind == _NUMBER:
                number = int(token[_NUMBER][:_LONGEST_NUMBER])
                position += max(number, 0) if token[_WORD] == "bin" else 0  # the bytes of a picture
                self._word(token[_WORD], number)
            elif kind == _BYTE:
                self._byte(int(token[_BYTE], 16))
            elif kind == _SYMBOL:
                self._word(token[_SYMBOL], None)
            elif kind == _BRACE:
                self._brace(token[_BRACE])
                if not self.around:
                    return
        raise FileError(self.file, "is cut off: its end is missing; fetch or save it again")

    def _brace(self, brace: str) -> None:
        self.to_skip, self.starred = 0, False
        if brace == "{":
            if len(self.around) == _DEEPEST:
                raise FileError(self.file, "is damaged: its groups are nested too deeply; save it anew")
            self.around.append(self.state)
            return
        depth = len(self.around)
        outer = self.around.pop()
        flow: Flow | None = self.state.flow
        while flow and flow.depth == depth:
            self._finish(flow)
            flow = flow.parent
        if self.state.flow.depth == depth - 1:
            self._entry(self.state.flow)
        self.state = outer

    def _text(self, text: str) -> None:
        if not self._takes():
            return
        text = text.translate(_NO_TEXT)
        left = text[self.to_skip :]
        self.to_skip = max(self.to_skip - len(text), 0)
        self.state.flow.add_bytes(left.encode("latin-1"), self._font())

    def _byte(self, byte: int) -> None:
        if self.to_skip:
            self.to_skip -= 1
        elif self._takes():
            self.state.flow.add_bytes(bytes([byte]), self._font())

    def _character(self, text: str) -> None:
        if self.to_skip:
            self.to_skip -= 1
        elif self._takes():
            self.state.flow.add(text)

    def _takes(self) -> bool:
        return self.state.flow.kind != HIDDEN and not self.state.hidden and not self.state.deleted

    def _font(self) -> Font:
        """How bytes are read here; the name of a font is not written in that font."""
        number = self.default if self.state.font < 0 else self.state.font
        return self.own if self.state.flow.kind == "fonts" else self.fonts.get(number, self.own)

    def _word(self, word: str, number: int | None) -> None:
        if word in CHARACTERS:
            self._character(CHARACTERS[word])
            return
        self.to_skip = 0
        if word == "*":
            self.starred = True
            return
        if word == "u" and number is not None:
            self._unicode(number)
        elif word in SETTINGS:
            self.state = SETTINGS[word](self.state, number)
        elif word in _PARAGRAPH_ENDS or word in _CELL_ENDS:
            self._end(word)
        elif kind := group_kind(word, starred=self.starred):
            self._begin(kind)
        else:
            self._fact(word, number or 0)
        self.starred = False

    def _unicode(self, number: int) -> None:
        code = number + 0x10000 if -0x8000 <= number < 0 else number
        if 0xF020 <= code <= 0xF0FF and self._font().signs:
            self._character(decode(bytes([code - 0xF000]), self._font()))
        else:
            self._character(chr(code) if 0 <= code <= 0x10FFFF else "\ufffd")
        self.to_skip = self.state.fallback

    def _begin(self, kind: str) -> None:
        """Begin a text of its own; one that is not shown holds nothing that is, but for what WITHIN says."""
        state, depth = self.state, len(self.around)
        outer = state.flow
        if kind == "in Unicode" and outer.kind == "twice" and outer.parent:
            self.state = state._replace(flow=outer.parent)  # what came before was the same without Unicode
            return
        if outer.kind in SHOWN:  # the outermost group is the document, whatever it says
            begins = depth > 1 and kind != "formula" and (kind not in WITHIN or kind == "text box")
        else:
            begins = kind == HIDDEN or outer.kind == WITHIN.get(kind)
        if begins and outer.kind != HIDDEN:
            flow = Flow(HIDDEN if state.hidden or state.deleted else kind, outer, depth)
            self.state = State(flow, state.font, state.fallback)

    def _fact(self, word: str, number: int) -> None:
        """Note what the file says of its encoding, a font, a note or a date."""
        flow = self.state.flow
        if word == "ansicpg":
            self.own = Font(codec_of_code_page(number) or self.own.codec)
        elif word in _CODE_PAGES:
            self.own = Font(_CODE_PAGES[word])
        elif word == "deff":
            self.default = number
        elif word in ("fcharset", "cpg") and flow.kind == "fonts":
            font = font_of_charset(number) if word == "fcharset" else Font(codec_of_code_page(number))
            if font.codec or font.signs:
                self.fonts[self.state.font] = font
        elif word == "ftnalt" and flow.kind == "footnote":
            flow.kind = "endnote"
        elif flow.kind == "created":
            self.created[word] = number

    def _entry(self, flow: Flow) -> None:
        """Note a font or a style, each of which is a group within its table."""
        if flow.kind == "fonts":
            name, font = flow.take().rstrip(";"), self.fonts.get(self.state.font)
            if font and font.signs:
                self.fonts[self.state.font] = font._replace(signs=name or font.signs)
        elif flow.kind == "styles":
            level = self.state.level
            named = kind_of_style(flow.take().rstrip(";"))
            self.styles[self.state.style] = named or (heading_kind(level) if level else None)

    def _finish(self, flow: Flow) -> None:
        """Hand what a group holds to where it belongs."""
        above = flow.parent
        if flow.kind in ("title", "author", "keywords"):
            self.properties[flow.kind] = flow.take()
        elif flow.kind == "created":
            self.properties["created"] = _iso_date(self.created)
        elif flow.kind == "label" and above:
            label = flow.take()
            above.labelled = True
            if any(map(str.isalnum, label)):
                above.add(f"{label} ")
        elif flow.kind in SHOWN:
            self._end_paragraph(flow)
            self._end_cell(flow)
            while above and above.kind not in SHOWN:
                above = above.parent
            if above:
                (above.blocks if flow.kind in ("header", "footer") else above.after).extend(flow.blocks)

    def _end(self, word: str) -> None:
        """End a paragraph or a cell; a hidden end of a paragraph ends none, and its text goes on."""
        flow = self.state.flow
        if flow.kind not in SHOWN or flow.kind == "label":
            return
        if word in _CELL_ENDS:
            flow.cells.append((max(self.state.depth, 1), flow.take()))
            self._end_cell(flow)
        elif self._takes():
            self._end_paragraph(flow)

    def _end_paragraph(self, flow: Flow) -> None:
        text = flow.take()
        if self.state.depth:
            flow.cells.append((self.state.depth, text))
            return
        kind = _ASIDES.get(flow.kind) or self._kind(flow)
        self._end_cell(flow)
        self._emit(flow, text, kind)
        flow.labelled = False

    def _end_cell(self, flow: Flow) -> None:
        """Make a block of the cell, and one of what the cell around a nested table holds so far."""
        kind = _ASIDES.get(flow.kind, _CELL)
        for _, lines in groupby(flow.cells, key=lambda cell: cell[0]):
            self._emit(flow, "\n".join(line for _, line in lines if line), kind)
        flow.cells.clear()
        flow.labelled = False

    def _emit(self, flow: Flow, text: str, kind: Kind) -> None:
        if text:
            flow.blocks.append(Block(text, *kind))
        flow.blocks += flow.after
        flow.after.clear()

    def _kind(self, flow: Flow) -> Kind:
        """What the paragraph that ends here is, by its style and its place."""
        named = self.styles.get(self.state.style)
        if self.state.level and not (named and named.part == "title"):
            return heading_kind(self.state.level)
        return named or (LIST_ITEM if self.state.listed or flow.labelled else BODY)


def _iso_date(parts: dict[str, int]) -> str:
    """The date as ISO writes it; empty if it is none."""
    try:
        return date(parts.get("yr", 0), parts.get("mo", 0), parts.get("dy", 0)).isoformat()
    except (ValueError, OverflowError):
        return ""
