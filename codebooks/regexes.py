r"""Users' regular expressions: RE2's language with Unicode meanings of ``\b \w \d \s``.

RE2 runs in linear time whatever the pattern, but knows those four for ASCII only. ``\w``, ``\d`` and
``\s`` become Unicode classes. There is no such class for ``\b``, so a pattern with ``\b`` has a second
form for texts beyond ASCII, in which MARKs stand at every word border, one for each ``\b`` of the pattern:
there ``\b`` takes one, and every other element steps over those that are left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

MARK = "\x01"
"""Stands at word borders; a MARK of the text itself must be replaced by STRAY_MARK beforehand."""
STRAY_MARK = "\ufffd"
_MARK = r"\x01"
_MOST_BORDERS = 16

MOST_CHARACTERS = 2000

_WORD = r"\pL\pM\p{Nd}\p{Nl}_"
_SPACE = r"\t\n\v\f\r \x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
_CLASSES = {"w": _WORD, "d": r"\p{Nd}", "s": _SPACE}
_TOKEN = re.compile(
    r"""
      (?P<escape> \\ (?: [pP] (?: \{[^}]*\} | . ) | x (?: \{[^}]*\} | [0-9A-Fa-f]{2} ) | [0-7]{2,3} | . ) )
    | (?P<set> \[ \^? \]? (?: \[: \^? \w+ :\] | \\. | [^\]\\] )* \] )
    | (?P<group> \( (?: \? (?: P? <\w+> | [a-zA-Z-]* : | [a-zA-Z-]+ (?=\)) ) )? )
    | (?P<repeat> (?: [*+?] | \{ \d+ (?: , \d* )? \} ) \?? )
    | (?P<anchor> [\^$] )
    | (?P<bar> [|)] )
    | (?P<any> \. )
    | (?P<literal> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_PLACES = (r"\b", r"\A", r"\z")
_FOREIGN = {"(?=": "lookahead", "(?!": "lookahead", "(?<=": "lookbehind", "(?<!": "lookbehind"}


@dataclass(frozen=True, slots=True)
class Regex:
    r"""A pattern in the three forms in which RE2 runs it.

    ``plain`` is for texts in ASCII or patterns without ``\b``, ``marked`` for others (see the module);
    ``loose`` has no ``\b`` and so finds at least what the others find. ``anchored`` says that ``^``,
    ``$``, ``\A`` or ``\z`` is used, ``borders`` counts the ``\b``: so many MARKs stand at every border.
    """

    plain: str
    marked: str
    loose: str
    anchored: bool
    borders: int


def parse_regex(pattern: str) -> Regex:
    """The pattern in RE2's forms; a ``ValueError`` says what is wrong with it."""
    if len(pattern) > MOST_CHARACTERS:
        raise ValueError(f"a regex of {len(pattern)} characters; the longest allowed has {MOST_CHARACTERS}")
    if not pattern.strip():
        raise ValueError("an empty regex; write a pattern, or delete the line")
    _refuse_foreign(pattern)
    tokens = [(str(match.lastgroup), match[0]) for match in _TOKEN.finditer(pattern)]
    regex = Regex(
        plain="".join(_plain(kind, element) for kind, element in tokens),
        marked="".join(_marked(kind, element) for kind, element in tokens),
        loose="".join("" if element == r"\b" else _plain(kind, element) for kind, element in tokens),
        anchored=any(kind == "anchor" or element in (r"\A", r"\z") for kind, element in tokens),
        borders=sum(element == r"\b" for _, element in tokens),
    )
    if regex.borders > _MOST_BORDERS:
        raise ValueError(rf"a regex with more than {_MOST_BORDERS} \b; write several entries")
    for form in (regex.plain, regex.marked, regex.loose):
        compiled(form)
    without_places = "".join(
        "(?:)" if kind == "anchor" or element in _PLACES else _plain(kind, element)
        for kind, element in tokens
    )
    if compiled(without_places).fullmatch("") is not None:
        raise ValueError("this regex matches the empty string; make it match at least one character")
    return regex


@cache
def compiled(pattern: str) -> Any:
    """The compiled RE2 pattern; a ``ValueError`` with RE2's reason if there is none."""
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = 8 << 20
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0]
        raise ValueError(f"not a regex: {reason.decode() if isinstance(reason, bytes) else reason}") from None


def _refuse_foreign(pattern: str) -> None:
    for sign, name in _FOREIGN.items():
        if re.search(rf"(?<!\\)(?:\\\\)*{re.escape(sign)}", pattern):
            raise ValueError(f"{name} {sign}…) is not supported; use not_inside, or match more and say less")
    if found := re.search(r"(?<!\\)(?:\\\\)*(\\[1-9]|\(\?P=)", pattern):
        raise ValueError(f"the backreference {found[1]} is not supported")
    if found := re.search(r"(?<!\\)(?:\\\\)*(\\[BCEQ])", pattern):
        raise ValueError(f"{found[1]} is not supported; write the characters themselves, or \\w or \\W")


def _plain(kind: str, element: str) -> str:
    if kind == "escape":
        return _escape(element)
    if kind == "set":
        return _set(element, "")
    return element


def _escape(element: str) -> str:
    letter = element[1:]
    if letter.lower() in _CLASSES:
        return f"[{'^' if letter.isupper() else ''}{_CLASSES[letter.lower()]}]"
    return element


def _set(element: str, without: str) -> str:
    r"""A bracket set with Unicode classes; if negated, it leaves out ``without`` too."""
    for letter in re.findall(r"\\([WDS])", element):
        raise ValueError(
            rf"\{letter} cannot stand inside [ ]; write \{letter} outside, or list the characters"
        )
    body = re.sub(r"\\([wds])", lambda match: _CLASSES[match[1]], element[1:-1])
    return f"[^{without}{body[1:]}]" if body.startswith("^") else f"[{body}]"


def _marked(kind: str, element: str) -> str:
    """The element for a text with MARKs: every element that takes a character steps over MARKs first."""
    if element == r"\b":
        return _MARK
    if element in ("$", r"\z"):
        return f"{_MARK}*{element}"
    if kind == "any":
        return rf"(?:{_MARK}*[^\n{_MARK}])"
    if kind == "set":
        return f"(?:{_MARK}*{_set(element, _MARK)})"
    if kind == "literal" or (kind == "escape" and element != r"\A"):
        return f"(?:{_MARK}*{_never_mark(_escape(element))})"
    return element


def _never_mark(element: str) -> str:
    """A negated class that does not take a MARK for a character; other elements never do."""
    if element.startswith("[^"):
        return f"[^{_MARK}{element[2:]}"
    return rf"[^{_MARK}\p{element[2:]}]" if element.startswith(r"\P") else element
