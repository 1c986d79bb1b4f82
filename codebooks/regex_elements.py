"""The elements of a regular expression in RE2's language, with the flags that hold at each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROPERTY = r"\\ [pP] (?: \{[^}]*\} | . )"
_CODE_POINT = r"\\ x (?: \{[^}]*\} | [0-9A-Fa-f]{2} )"
_POSIX = r"\[: \^? \w+ :\]"
_TOKEN = re.compile(
    rf"""
      (?P<property> {_PROPERTY} )
    | (?P<place> \\ [bAz] | [\^$] )
    | (?P<one> {_CODE_POINT} | \\ [0-7]{{2,3}} | \\ . )
    | (?P<set> \[ \^? \]? (?: {_POSIX} | \\. | [^\]\\] )* \] )
    | (?P<flags> \(\? [a-zA-Z-]+ \) )
    | (?P<group> \( (?: \? (?: P? <\w+> | [a-zA-Z-]* : ) )? )
    | (?P<repeat> (?: [*+?] | \{{ \d+ (?: , \d* )? \}} ) \?? )
    | (?P<close> \) )
    | (?P<bar> \| )
    | (?P<any> \. )
    | (?P<literal> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_ONE = rf"(?: {_CODE_POINT} | \\ [0-7]{{1,3}} | \\ [^pPwdsWDS] | [^\\] )"
_ITEM = re.compile(
    rf"""
      (?P<posix> {_POSIX} )
    | (?P<property> {_PROPERTY} )
    | (?P<class> \\ [wdsWDS] )
    | (?P<range> {_ONE} - {_ONE} )
    | (?P<one> {_ONE} )
    """,
    re.VERBOSE | re.DOTALL,
)
_SPACE = r"\t\n\v\f\r \x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
CLASSES = {"w": r"\pL\pM\p{Nd}\p{Nl}_", "d": r"\p{Nd}", "s": _SPACE}
r"""What ``\w``, ``\d`` and ``\s`` mean, written as within brackets."""
NARROW_CLASSES = {"w": "0-9A-Za-z_", "d": "0-9", "s": _SPACE}
"""The same where no letter, mark or digit stands but those of ASCII: RE2 reads this several times as fast."""
_ESCAPES = {"a": "\a", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


@dataclass(frozen=True, slots=True)
class Element:
    r"""A piece of a pattern.

    ``kind`` is ``property`` (``\pL``), ``class`` (``\w``), ``place`` (``\b``, ``\A``, ``\z``, ``^``,
    ``$``), ``one`` (an escaped character), ``set``, ``flags``, ``group`` (what opens it), ``repeat``,
    ``close``, ``bar``, ``any`` or ``literal``; in a set also ``posix`` and ``range``. ``flags`` are RE2's
    (``i``, ``m``, ``s``, ``U``) that hold where it stands, and ``end`` is where it ends in the pattern.
    """

    kind: str
    text: str
    flags: frozenset[str] = frozenset()
    end: int = 0


def elements(pattern: str) -> Iterator[Element]:
    """The elements of a pattern, in order; nothing of it is left out."""
    flags: frozenset[str] = frozenset()
    outside: list[frozenset[str]] = []
    for match in _TOKEN.finditer(pattern):
        kind, text = str(match.lastgroup), match[0]
        if kind == "one" and text[1].lower() in CLASSES:
            kind = "class"
        if kind == "group":
            outside.append(flags)
        elif kind == "close" and outside:
            flags = outside.pop()
        if kind == "flags" or (kind == "group" and text.endswith(":")):
            flags = _changed(flags, text[2:-1])
        yield Element(kind, text, flags, match.end())


def _changed(flags: frozenset[str], change: str) -> frozenset[str]:
    on, _, off = change.partition("-")
    return (flags | set(on)) - set(off)


def set_items(text: str) -> tuple[bool, list[Element]]:
    """Whether a bracket set is a negated one, and its items."""
    negated = text.startswith("[^")
    items = _ITEM.finditer(text[1 + negated : -1])
    return negated, [Element(str(match.lastgroup), match[0]) for match in items]


def range_edges(text: str) -> tuple[str, str]:
    """The first and the last character of a range in a set, as typed."""
    first = next(_ITEM.finditer(text[: text.index("-", 1)]))[0]
    return first, text[len(first) + 1 :]


def code_point(text: str) -> int:
    """The code point of one character as typed: itself, escaped, or by its number."""
    if not text.startswith("\\") or len(text) == 1:
        return ord(text)
    letters = text[1:].strip("x{}") if text[1] == "x" else text[1:]
    if text[1] == "x":
        return int(letters, 16)
    return int(letters, 8) if letters.isdigit() else ord(_ESCAPES.get(letters, letters))
