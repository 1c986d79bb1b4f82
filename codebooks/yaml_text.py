"""The characters of a codebook file: read, decoded, and free of what no editor shows."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from rubricate.codebooks.codebook import Mark

if TYPE_CHECKING:
    from os import PathLike

    from rubricate.codebooks.errors import Problems

MOST_REPORTED = 20
"""How often the same slip is reported in one file: a binary file should not fill the screen."""

WHOLE_FILE = Mark()

LARGEST = 16 * 1024**2
"""The most bytes of a codebook file: a hundred thousand terms with a note each."""

# Control characters, lone surrogates, noncharacters, byte order marks inside the text. U+0085, U+2028 and
# U+2029 are line breaks for YAML and invisible in editors, so that lines would be counted differently; a
# carriage return is one for half of all programs, so that a table that holds it has other rows for some.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_LINE_BREAK = re.compile("\r\n?|\n")


def read_text(path: str | PathLike[str], problems: Problems) -> str:
    """Return the text of a UTF-8 file; anything that prevents it is a problem of the whole file."""
    return decoded(read_bytes(path, problems, LARGEST), problems)


def read_bytes(path: str | PathLike[str], problems: Problems, largest: int) -> bytes:
    """Return the bytes of a file of at most ``largest`` bytes; what prevents it is a problem of the file."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(largest + 1)
    except FileNotFoundError:
        problems.stop(WHOLE_FILE, "there is no such file; check the path")
    except IsADirectoryError:
        problems.stop(WHOLE_FILE, "this is a folder; name the codebook file in it")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or error
        problems.stop(WHOLE_FILE, f"the file cannot be read ({reason}); check the path and its permissions")
    if len(data) > largest:
        problems.stop(WHOLE_FILE, f"the file is larger than {largest // 1024**2} MiB; is it a codebook?")
    return data


def source_lines(text: str, problems: Problems) -> list[str]:
    """Split a text into lines, without a byte order mark; characters that no editor shows are problems."""
    lines = _LINE_BREAK.split(text.removeprefix("\ufeff"))
    hits = ((row, hit) for row, line in enumerate(lines, 1) for hit in _UNWANTED.finditer(line))
    for row, hit in islice(hits, MOST_REPORTED):
        problems.add(Mark(row, hit.start() + 1), unwanted_message(hit.group()))
    problems.raise_if_any()
    return lines


def unwanted(text: str) -> str:
    """Return the first character that cannot stand in a codebook, or nothing."""
    hit = _UNWANTED.search(text)
    return hit.group() if hit else ""


def unwanted_message(character: str) -> str:
    """Say which invisible character it is and what to do."""
    return f"the invisible character U+{ord(character):04X} cannot stand in a codebook; delete it"


def decoded(data: bytes, problems: Problems) -> str:
    """Return the text of UTF-8 bytes; anything else is a problem."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.stop(WHOLE_FILE, "the file is UTF-16, not UTF-8; save it as UTF-8")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        lines = _LINE_BREAK.split(data[: error.start].decode("utf-8").removeprefix("\ufeff"))
        byte = f"byte {error.start + 1} of the file (hex {data[error.start]:02X})"
        problems.stop(Mark(len(lines), len(lines[-1]) + 1), f"{byte} is not UTF-8; save the file as UTF-8")
