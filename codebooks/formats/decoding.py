"""From the bytes of a foreign file to its text."""

from __future__ import annotations

import codecs
import re

# UTF-32 before UTF-16, whose mark it begins with.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LINE_END = re.compile("\r\n?")
_SAMPLE = 262_144  # bytes from which an encoding is guessed
_NO_TEXT = "is no text; is it the right file?"


def decoded(data: bytes, forced: str = "") -> tuple[str, str]:
    """The text with LF line ends and the name of its encoding; a ``ValueError`` says what is wrong.

    ``forced`` names the encoding. Otherwise: the byte order mark, the zeros of UTF-16, UTF-8, a guess.
    """
    if not data:
        raise ValueError("is empty")
    name = _known(forced) if forced else _marked(data) or _unmarked_utf16(data) or _guessed(data)
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place = f"byte {error.start + 1}, in line {line},"
        raise ValueError(f"{place} is not {name}; name another encoding with --encoding") from None
    except UnicodeError:
        raise ValueError(f"is not {name}; name another encoding with --encoding") from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise ValueError(f"holds a NUL byte in line {line}; {_NO_TEXT}")
    return _LINE_END.sub("\n", text.removeprefix("\ufeff")), name


def _known(name: str) -> str:
    try:
        found = codecs.lookup(name)
        b"?".decode(name)
    except UnicodeError:
        return found.name
    except (LookupError, ValueError):
        raise ValueError(f"{name!r} is no encoding; write one such as utf-8 or cp1252") from None
    if found.name in ("idna", "punycode", "utf-7", "unicode-escape", "raw-unicode-escape"):
        raise ValueError(f"{name!r} is no encoding of texts; write one such as utf-8 or cp1252")
    return found.name


def _marked(data: bytes) -> str:
    return next((name for mark, name in _MARKS if data.startswith(mark)), "")


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 whose first two characters are ASCII, by the zeros in every other byte; else nothing."""
    for name, letters, zeros in (
        ("utf-16-le", data[0::2], data[1::2]),
        ("utf-16-be", data[1::2], data[0::2]),
    ):
        if len(letters) == len(zeros) > 1 and zeros[:2] == b"\0\0" and b"\0" not in letters[:2]:
            return name
    return ""


def _guessed(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _older(data)
    return "utf-8"


def _older(data: bytes) -> str:
    """The most likely of the older encodings, cp1252 where it gives the same text."""
    from charset_normalizer import from_bytes

    if b"\0" in data:
        raise ValueError(f"holds NUL bytes; {_NO_TEXT}")
    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise ValueError("is in an unknown encoding; name it with --encoding, or save the file as UTF-8")
    return codecs.lookup("cp1252" if "cp1252" in best.could_be_from_charset else best.encoding).name
