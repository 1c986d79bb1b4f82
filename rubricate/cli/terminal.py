"""How wide a line may be and how wide text is, and how counts are worded."""

from __future__ import annotations

import re
import shutil
import sys
from math import isnan
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDE = "\u1100-\u11ff\u2e80-\u303f\u3041-\u4dbf\u4e00-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60"
_WIDE_CLOSERS = "、。々〉》」』】〕〗！），．：；？”’…"
_BLANKS = " \t\n\r\f\v"  # not the no-break ones
_PIECE = re.compile(rf"[{_BLANKS}]+|[{_WIDE}][{_WIDE_CLOSERS}]*|[^{_BLANKS}{_WIDE}]+")
"""What a line may be broken between: blanks, words, and characters of scripts that are written without them,
each with the signs that must not begin a line."""

_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_ELLIPSIS = " …"


def terminal_width() -> int | None:
    """How many characters a line may have; None where no person is watching."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def display_width(text: str) -> int:
    """How many columns of a terminal a text takes: Han two, combining and invisible characters none.

    >>> display_width("Iran"), display_width("制裁"), display_width("می\u200cشود")
    (4, 4, 5)
    """
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def left(text: str, width: int) -> str:
    """A text with blanks behind it, up to ``width`` columns."""
    return text + " " * (width - display_width(text))


def right(text: str, width: int) -> str:
    """A text with blanks before it, up to ``width`` columns."""
    return " " * (width - display_width(text)) + text


def wrapped(text: str, width: int, first: str = "", rest: str = "") -> Iterator[str]:
    """A text on lines of at most ``width`` columns, the first behind ``first``, the others behind ``rest``.

    Words longer than a line keep one to themselves, unbroken. There is always a line.
    """
    line, bare = first, True
    for piece in _PIECE.findall(text):
        if piece.isspace():
            line += "" if bare else piece
            continue
        if not bare and display_width(line + piece) > width:
            yield line.rstrip(_BLANKS)
            line = rest
        line, bare = line + piece, False
    yield line.rstrip(_BLANKS)


def shortened(text: str, width: int) -> str:
    """A text on one line of at most ``width`` columns, its blanks single and cut where it is too long.

    >>> shortened("Sanctions  against Iran", 15), shortened("对伊朗的制裁", 8)
    ('Sanctions …', '对伊朗 …')
    """
    text = " ".join(text.split())
    if display_width(text) <= width:
        return text
    start = next(wrapped(text, width - display_width(_ELLIPSIS)))
    return start + _ELLIPSIS if display_width(start + _ELLIPSIS) <= width else _ELLIPSIS.lstrip()


def defused(text: str) -> str:
    r"""A text without characters that command a terminal; documents and their names may hold any.

    >>> defused("Iran\x1b[2J")
    'Iran\\x1b[2J'
    """
    return _COMMANDS.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def decimal(value: float, places: int, unit: str = "") -> str:
    """A number as people read it; one that is not 0 never looks like 0.

    >>> decimal(12.34, 1, "%"), decimal(0.01, 1, "%"), decimal(float("nan"), 1)
    ('12.3%', '<0.1%', '')
    """
    if isnan(value):
        return ""
    smallest = 10.0**-places
    return f"<{smallest:.{places}f}{unit}" if 0 < value < smallest / 2 else f"{value:.{places}f}{unit}"


def number(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> number(1, "entry", "entries"), number(1200, "code")
    ('1 entry', '1,200 codes')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
