"""A workbook looked through before it is read.

python-calamine makes room for what a file says that it holds, and ends the whole program where there is none;
of XML that is not sound it may look for the missing end for ever.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rubricate.codebooks.formats.reading import Reading

MOST_CELLS = 2**21
"""The most cells, filled or not, up to the last one of a sheet: all of them take memory."""
LARGEST_TEXT = 64 * 1024**2
"""The most characters of all cells together; a text that stands in many is kept once in the file."""
_ELEMENTS_OF_CELL = 4

_PLACE = re.compile("([A-Za-z]{1,3})([0-9]{1,7})")
_ANEW = "save it anew"


class Look:
    """What was seen so far of one workbook: how large its sheets are, and how long its texts."""

    def __init__(self, reading: Reading) -> None:
        """Begin with nothing seen; ``reading`` is told what cannot be read."""
        self._reading = reading
        self._elements = 0
        self._lengths: list[int] = []  # of the shared texts
        self._uses: Counter[int] = Counter()  # of the shared texts, by their numbers
        self._new_member("")

    def member(self, name: str, content: bytes) -> None:
        """Look through a file of the workbook; CodebookError where it is no sound XML, or too large."""
        self._new_member(name)
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = partial(self._declares, name)
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, LookupError, ValueError):  # the last two of encodings and numbers
            self._unsound()

    def check_texts(self) -> None:
        """CodebookError if the texts of all cells together are too long; to be called at the end."""
        known = len(self._lengths)
        length = sum(self._lengths[number] * uses for number, uses in self._uses.items() if number < known)
        if length > LARGEST_TEXT:
            self._reading.stop(0, f"has texts of more than {LARGEST_TEXT:,} characters; is it a codebook?")

    def _new_member(self, name: str) -> None:
        self._name = name
        self._row = self._column = self._last_row = self._last_column = 0
        self._is_shared = self._in_number = self._in_text = False
        self._number = ""

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        kind = name.rpartition(" ")[2]
        if kind == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
            self._grown()
        elif kind == "c":
            self._cell(attributes)
        elif kind == "v" and self._is_shared:
            self._in_number, self._number = True, ""
        elif kind == "si":
            self._in_text = True
            self._lengths.append(0)
        elif kind == "sst":
            announced = [int(attributes.get(key, 0)) for key in ("count", "uniqueCount")]
            self._refuse_beyond(max(announced))
        self._refuse_beyond(self._elements // _ELEMENTS_OF_CELL)

    def _cell(self, attributes: Mapping[str, str]) -> None:
        self._is_shared = attributes.get("t") == "s"
        self._column += 1
        if "r" in attributes:
            place = _PLACE.fullmatch(attributes["r"]) or self._unsound()
            self._column, self._row = _column(place[1]), int(place[2])
        self._grown()

    def _grown(self) -> None:
        self._last_row = max(self._last_row, self._row)
        self._last_column = max(self._last_column, self._column)
        self._refuse_beyond(self._last_row * self._last_column)

    def _end(self, name: str) -> None:
        kind = name.rpartition(" ")[2]
        if kind == "si":
            self._in_text = False
        elif kind == "v" and self._in_number:
            self._in_number = False
            self._uses[int(self._number)] += 1

    def _text(self, text: str) -> None:
        if self._in_number:
            self._number += text
        elif self._in_text:
            self._lengths[-1] += len(text)

    def _refuse_beyond(self, cells: int) -> None:
        if cells > MOST_CELLS:
            self._reading.stop(0, f"has a sheet of more than {MOST_CELLS:,} cells; is it a codebook?")

    def _declares(self, name: str, *_: object) -> NoReturn:
        self._reading.stop(0, f"declares a document type in {name}, which is not read; {_ANEW}")

    def _unsound(self) -> NoReturn:
        self._reading.stop(
            0, f"is no Excel workbook that can be read ({self._name} is no sound XML); {_ANEW}"
        )


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
