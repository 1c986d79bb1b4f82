"""Text that is too large to be held: its encoding is found in a first reading, its lines in a second."""

from __future__ import annotations

import codecs
from itertools import islice
from typing import TYPE_CHECKING

from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.encoding import (
    BINARY,
    LARGEST_TEXT,
    check_encoding,
    check_text,
    first_guess,
    is_damaged_utf8,
    legacy_encoding,
    with_lf,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.corpus.readers.raw import RawFile

_SAMPLE = 64  # pieces from which an older encoding is guessed


def large_pieces(raw: RawFile, forced: str) -> tuple[Iterator[str], str]:
    """The text of a file in pieces that end where lines end, with LF, and the encoding used.

    FileError if the bytes do not fit it, if they are no text, or, while pieces are taken, if a line is longer
    than LARGEST_TEXT.
    """
    assert raw.pieces
    check_encoding(forced)
    name = first_guess(next(raw.pieces(), b""), forced)
    misfit = _misfit(raw, name)
    if misfit and not forced and name == "utf-8":
        sample = b"".join(islice(raw.pieces(), _SAMPLE))
        if not is_damaged_utf8(sample):
            name = legacy_encoding(raw.file, sample)
            misfit = _misfit(raw, name)
    if misfit:
        advice = "is --encoding right?" if forced else "save the file anew, or name its --encoding"
        raise FileError(raw.file, f"{misfit} is not {name}; {advice}")
    return _pieces(raw, name), name


def _misfit(raw: RawFile, name: str) -> str:
    """Where the first bytes are that do not fit an encoding, in words; empty if all do.

    FileError if what they stand for is no text.
    """
    assert raw.pieces
    decoder = codecs.getincrementaldecoder(name)()
    checked, line = False, 1
    for data in raw.pieces():
        try:
            text = decoder.decode(data)
        except UnicodeError as error:
            start = error.start if isinstance(error, UnicodeDecodeError) else 0
            return f"byte 0x{data[start]:02x} in line {line + data.count(10, 0, start)}"
        if "\0" in text:
            raise FileError(raw.file, BINARY)
        if text and not checked:
            check_text(raw.file, text, name)
            checked = True
        line += text.count("\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeError:
        return "the end of the file"
    return ""


def _pieces(raw: RawFile, name: str) -> Iterator[str]:
    assert raw.pieces
    decoder = codecs.getincrementaldecoder(name)()
    begun: list[str] = []  # what is known of a line whose end has not come yet
    length, first = 0, True
    for data in raw.pieces():
        text = decoder.decode(data)
        if first and text:
            text, first = text.removeprefix("\ufeff"), False
        end = max(text.rfind("\n"), text.rfind("\r", 0, -1)) + 1
        if end:
            yield with_lf("".join([*begun, text[:end]]))
            begun, length = [], 0
        begun.append(text[end:])
        length += len(text) - end
        if length > LARGEST_TEXT:
            raise FileError(raw.file, "has a line of more than 64 MiB, too long for one document; split it")
    yield with_lf("".join(begun))
