"""From bytes to text, and by which encoding."""

from __future__ import annotations

import codecs
import io
import re
from itertools import chain
from typing import TYPE_CHECKING

from rubricate.corpus.errors import CorpusError, FileError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.corpus.readers.raw import RawFile

# UTF-32 before UTF-16, whose mark it begins with. None of the wide marks can begin UTF-8 text.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SAMPLE = 65_536
_MOST_CONTROLS = 0.1


def decode_text(raw: RawFile, encoding: str = "") -> tuple[str, str]:
    """Return the text of a file, with LF line ends and no byte order mark, and the encoding used.

    ``encoding`` forces one; otherwise UTF-8 is tried, then what a byte order mark says, then a guess
    is made. FileError if the bytes do not fit, if they are no text, or if there are none.
    """
    text, name = _decode(raw, encoding)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, name


def decode_lines(raw: RawFile, encoding: str = "") -> tuple[Iterator[str], str]:
    """Return the lines of a file, each with its LF, and the encoding used; otherwise as decode_text.

    The bytes are decoded twice: once to know that all of them are text, then line by line, so that a
    large table is not held as bytes, as text and as rows at the same time.
    """
    text, name = _decode(raw, encoding)
    if name in ("utf-16", "utf-32"):  # without a byte order mark these can be decoded only as a whole
        return io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"), newline="\n"), name
    del text
    stream = io.TextIOWrapper(io.BytesIO(raw.data), encoding=name, newline=None)
    return chain([stream.readline().removeprefix("\ufeff")], stream), name


def check_encoding(encoding: str) -> None:
    """Raise CorpusError if ``encoding`` is not the name of a text encoding."""
    try:
        b"?".decode(encoding or "utf-8")
    except LookupError:
        raise CorpusError(
            f"--encoding: {encoding!r} is not a known text encoding; examples: utf-8, utf-16, cp1252, cp1256"
        ) from None
    except UnicodeError:
        pass  # known, but one byte is too little for it


def _decode(raw: RawFile, forced: str) -> tuple[str, str]:
    if not raw.data:
        raise FileError(raw.file, "is empty")
    text, name = _decode_as(raw, forced) if forced else _guess(raw)
    _check_text(raw, text, name)
    return text.removeprefix("\ufeff"), name


def _decode_as(raw: RawFile, forced: str) -> tuple[str, str]:
    check_encoding(forced)
    name = codecs.lookup(forced).name
    if name == "utf-8" and raw.data.startswith(codecs.BOM_UTF8):
        name = "utf-8-sig"
    try:
        return raw.data.decode(name), name
    except UnicodeError as error:
        raise FileError(raw.file, f"{_place(error, raw.data)} is not {name}; is --encoding right?") from None


def _guess(raw: RawFile) -> tuple[str, str]:
    name = next((name for mark, name in _MARKS if raw.data.startswith(mark)), "utf-8")
    try:
        return raw.data.decode(name), name
    except UnicodeDecodeError as error:
        if name != "utf-8" or _is_damaged_utf8(raw.data):
            reason = f"is {name} text, but {_place(error, raw.data)} is not; save the file anew"
            raise FileError(raw.file, reason) from None
    return _guess_legacy(raw)


def _guess_legacy(raw: RawFile) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    if b"\0" in raw.data:  # before the guess, which would spend its time on pictures and programs
        raise FileError(raw.file, _BINARY)
    best = from_bytes(raw.data).best()
    if best is None:
        reason = (
            "is in an unknown encoding, or no text; save it as UTF-8 or name the encoding with --encoding"
        )
        raise FileError(raw.file, reason)
    # Several encodings often give the very same text; the record then names the one that people know.
    alike = best.could_be_from_charset
    name = codecs.lookup("cp1252" if "cp1252" in alike else best.encoding).name
    return raw.data.decode(name), name


_BINARY = (
    "looks like a binary file, not text (if it is text, name its encoding, such as --encoding utf-16-le)"
)


def _check_text(raw: RawFile, text: str, name: str) -> None:
    if name in (
        "utf-7",
        "unicode-escape",
        "raw-unicode-escape",
    ):  # the only ones that let half characters pass
        raise FileError(raw.file, f"is in {name}, which cannot be read; save it as UTF-8")
    sample = text[:_SAMPLE]
    if "\0" in text or len(_CONTROL.findall(sample)) > _MOST_CONTROLS * len(sample):
        raise FileError(raw.file, _BINARY)


def _is_damaged_utf8(data: bytes) -> bool:
    """Tell UTF-8 with a few broken bytes from an older encoding.

    Letters of an older encoding seldom happen to be UTF-8, so the sound sequences are compared with the
    broken ones. Guessing an older encoding here would garble every accent of a file for one bad byte.
    """
    broken = data.decode("utf-8", "replace").count("\ufffd")
    sound = data.decode("utf-8", "ignore")
    return len(sound) - len(sound.encode("ascii", "ignore")) > broken


def _place(error: UnicodeError, data: bytes) -> str:
    if not isinstance(error, UnicodeDecodeError):
        return "the content"
    line = data.count(b"\n", 0, error.start) + 1
    where = "" if error.encoding.startswith(("utf-16", "utf-32", "utf16", "utf32")) else f" (line {line})"
    return f"byte 0x{data[error.start]:02x} at position {error.start}{where}"
