"""From bytes to text, and by which encoding."""

from __future__ import annotations

import codecs
import io
import re
from itertools import chain
from typing import TYPE_CHECKING, AnyStr

from rubricate.corpus.errors import CorpusError, FileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rubricate.corpus.readers.raw import RawFile

LARGEST_TEXT = 64 * 1024**2
"""The most bytes of text that one document may have: a hundred long novels."""

# UTF-32 before UTF-16, whose mark it begins with. None of the wide marks can begin UTF-8 text.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
"""A control character that is no text: all but tabs, line ends and page ends."""

_LINE_END = re.compile("\r\n?")  # str.replace takes five times as long to look for two characters
_PIECE = 256 * 1024  # of bytes or characters
_SAMPLE = 65_536
_MOST_CONTROLS = 0.1


def decode_text(raw: RawFile, encoding: str = "") -> tuple[str, str]:
    """Return the text of a file, with LF line ends and no byte order mark, and the encoding used.

    ``encoding`` forces one; otherwise UTF-8 is tried, then what a byte order mark says, then a guess
    is made. FileError if the bytes do not fit, if they are no text, if there are none or more than
    LARGEST_TEXT.
    """
    if len(raw.data) > LARGEST_TEXT:
        raise FileError(raw.file, "is longer than 64 MiB, too long for one document; split it")
    pieces, name = _decode(raw, encoding)
    return with_lf("".join(pieces)), name


def decode_lines(raw: RawFile, encoding: str = "") -> tuple[Iterator[str], str]:
    """Return the lines of a file, each with its LF, and the encoding used; otherwise as decode_pieces."""
    pieces, name = decode_pieces(raw, encoding)
    return lines_of(pieces), name


def decode_pieces(raw: RawFile, encoding: str = "") -> tuple[Iterator[str], str]:
    """Return the text of a file in pieces that end where lines end, and the encoding used; otherwise as
    decode_text.

    All bytes are decoded at once, because the last may not fit, but in pieces, and these are let go as they
    are taken: a large table is not held as bytes, as text and as rows at the same time, if the
    caller lets go of ``raw``. A table that is too large to be held is decoded as its pieces are taken.
    """
    if raw.pieces:
        from rubricate.corpus.readers.large_text import large_pieces

        return large_pieces(raw, encoding)
    pieces, name = _decode(raw, encoding)
    return map(with_lf, _taken(pieces)), name


def lines_of(pieces: Iterable[str]) -> Iterator[str]:
    """The lines of a text in pieces that end where lines end, each with its LF."""
    return chain.from_iterable(io.StringIO(piece, newline="\n") for piece in pieces)


def check_encoding(encoding: str) -> None:
    """Raise CorpusError if ``encoding`` is not the name of a text encoding."""
    if encoding and not _is_of_texts(encoding):
        raise CorpusError(
            f"--encoding: {encoding!r} is not a known text encoding; examples: utf-8, utf-16, cp1252, cp1256"
        )


def _is_of_texts(encoding: str) -> bool:
    try:
        if codecs.lookup(encoding).name in _OF_ADDRESSES:
            return False
        b"?".decode(encoding)
    except UnicodeError:  # known, but one byte is too little for it
        return True
    except (LookupError, ValueError):
        return False
    return True


def _decode(raw: RawFile, forced: str) -> tuple[list[str], str]:
    """The text in pieces, at least one, that end where lines end."""
    if not raw.data:
        raise FileError(raw.file, "is empty")
    pieces, name = _decode_as(raw, forced) if forced else _guess(raw)
    _check_text(raw, pieces, name)
    pieces[0] = pieces[0].removeprefix("\ufeff")
    return pieces, name


def _decode_as(raw: RawFile, forced: str) -> tuple[list[str], str]:
    check_encoding(forced)
    name = first_guess(raw.data, forced)
    try:
        return _pieces(raw.data, name), name
    except UnicodeError as error:
        place = place_of(error, raw.data)
        raise FileError(raw.file, f"{place} is not {name}; is --encoding right?") from None


def first_guess(data: bytes, forced: str) -> str:
    """The encoding that is tried first: the one that was forced, that of the byte order mark, or UTF-8."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    name = codecs.lookup(forced).name if forced else marked
    return marked if name == "utf-8" and marked == "utf-8-sig" else name


def _guess(raw: RawFile) -> tuple[list[str], str]:
    name = first_guess(raw.data, "")
    try:
        return _pieces(raw.data, name), name
    except UnicodeDecodeError as error:
        if name != "utf-8" or is_damaged_utf8(raw.data):
            reason = f"is {name} text, but {place_of(error, raw.data)} is not; save the file anew"
            raise FileError(raw.file, reason) from None
    name = legacy_encoding(raw.file, raw.data)
    return _pieces(raw.data, name), name


def legacy_encoding(file: str, data: bytes) -> str:
    """The most likely of the older encodings; FileError if there is none, or if the bytes are no text."""
    from charset_normalizer import from_bytes

    if b"\0" in data:  # before the guess, which would spend its time on pictures and programs
        raise FileError(file, BINARY)
    best = from_bytes(data).best()
    if best is None:
        reason = (
            "is in an unknown encoding, or no text; save it as UTF-8 or name the encoding with --encoding"
        )
        raise FileError(file, reason)
    # Several encodings often give the very same text; the record then names the one that people know.
    alike = best.could_be_from_charset
    return codecs.lookup("cp1252" if "cp1252" in alike else best.encoding).name


def _pieces(data: bytes, name: str) -> list[str]:
    """Decode; UTF-8, whose line ends can be seen in the bytes, piece by piece, so that those without a
    letter beyond Latin-1 take half the room. UnicodeError if the bytes do not fit.
    """
    if name not in ("utf-8", "utf-8-sig"):
        return [*_cut(data.decode(name), "\n")] or [""]
    try:
        return [piece.decode() for piece in _cut(data, b"\n")]
    except UnicodeDecodeError:
        return [data.decode()]  # fails again, and says where in the whole


def _cut(content: AnyStr, line_end: AnyStr) -> Iterator[AnyStr]:
    start = 0
    while start < len(content):
        end = content.find(line_end, start + _PIECE) + 1 or len(content)
        yield content[start:end]
        start = end


def _taken(pieces: list[str]) -> Iterator[str]:
    """Yield the pieces and forget each."""
    pieces.reverse()
    while pieces:
        yield pieces.pop()


def with_lf(text: str) -> str:
    """The text with LF for its line ends."""
    return _LINE_END.sub("\n", text) if "\r" in text else text


BINARY = "looks like a binary file, not text (if it is text, name its encoding, such as --encoding utf-16-le)"


_OF_ADDRESSES = ("idna", "punycode")  # made for the names of computers, and endless over a long text
_HALVES = ("utf-7", "unicode-escape", "raw-unicode-escape")  # the only ones that let half characters pass


def _check_text(raw: RawFile, pieces: list[str], name: str) -> None:
    zero = b"\0" in raw.data and any("\0" in piece for piece in pieces)  # bytes are searched much faster
    check_text(raw.file, pieces[0], name)
    if zero:
        raise FileError(raw.file, BINARY)


def check_text(file: str, beginning: str, name: str) -> None:
    """FileError if the beginning of a text is no text, or if its encoding cannot be trusted."""
    if name in _HALVES:
        raise FileError(file, f"is in {name}, which cannot be read; save it as UTF-8")
    sample = beginning[:_SAMPLE]
    if len(CONTROL.findall(sample)) > _MOST_CONTROLS * len(sample):
        raise FileError(file, BINARY)


def is_damaged_utf8(data: bytes) -> bool:
    """Tell UTF-8 with a few broken bytes from an older encoding.

    Letters of an older encoding seldom happen to be UTF-8, so the sound sequences are compared with the
    broken ones. Guessing an older encoding here would garble every accent of a file for one bad byte.
    """
    broken = data.decode("utf-8", "replace").count("\ufffd")
    sound = data.decode("utf-8", "ignore")
    return len(sound) - len(sound.encode("ascii", "ignore")) > broken


def place_of(error: UnicodeError, data: bytes) -> str:
    """Where bytes do not fit, in words."""
    if not isinstance(error, UnicodeDecodeError):
        return "the content"
    line = data.count(b"\n", 0, error.start) + 1
    where = "" if error.encoding.startswith(("utf-16", "utf-32", "utf16", "utf32")) else f" (line {line})"
    return f"byte 0x{data[error.start]:02x} at position {error.start}{where}"
