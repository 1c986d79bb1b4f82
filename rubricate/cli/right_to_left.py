"""Right-to-left text among left-to-right lines of a terminal: set apart, never turned round.

Terminals that know of directions order a whole line at once, so that the brackets, commas and columns
beside a Persian name change places with it. Between isolates (Unicode Bidirectional Algorithm, since 6.3) a
text is ordered by itself. Terminals that do not know of them show nothing in their place.
"""

from __future__ import annotations

import re
import unicodedata

_LEFT, _RIGHT, _END = "\u2066", "\u2067", "\u2069"
_OPENING = (_LEFT, _RIGHT, "\u2068")
_STRONG = {"L": False, "R": True, "AL": True}
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]"
)


def isolate(text: str, whole: str = "") -> str:
    """A text between isolates if any of it, or of the ``whole`` that it is a line of, runs right to left.

    Its direction is that of the first letter of the ``whole``, else its own. The marks are for the eyes of a
    person at a terminal and not for files or pipes, where text stays as it is.

    >>> isolate("Iran"), isolate("ایران") == "\\u2067ایران\\u2069"
    ('Iran', True)
    """
    if text.isascii() and whole.isascii():
        return text
    if not (_RIGHT_TO_LEFT.search(text) or _RIGHT_TO_LEFT.search(whole)):
        return text
    unclosed = max(sum(map(text.count, _OPENING)) - text.count(_END), 0)
    return (_RIGHT if runs_right_to_left(whole or text) else _LEFT) + text + _END * (1 + unclosed)


def runs_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction has that of Arabic or Hebrew script.

    >>> runs_right_to_left("«ایران» and Iran"), runs_right_to_left("1929"), runs_right_to_left("")
    (True, False, False)
    """
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((_STRONG[direction] for direction in directions if direction in _STRONG), False)
