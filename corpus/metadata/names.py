"""Variables that stand in the names of files, as in ``irna_2019-05-12.txt``.

A pattern such as ``{outlet}_{date:%Y-%m-%d}.txt`` says where. ``{outlet}`` is a variable: one or more
characters other than ``/``; where a name could be cut in several ways, what stands further left is as short
as can be, so that ``{outlet}_{topic}`` makes of ``new_york_times`` the outlet ``new``. Behind a colon stands
how a date is written (``%Y``, ``%m``, …), and the value is that date in ISO 8601. ``{}`` passes over
something that does not matter; ``{{`` and ``}}`` are braces of the name itself.

A pattern without ``/`` is about the name of the file alone; each ``/`` takes in the folder before. The
extension may be left out, and a final ``.gz`` always is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NoReturn
from unicodedata import normalize

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.readers import READERS
from rubricate.corpus.readers.dates import DATE, is_date
from rubricate.corpus.readers.raw import split_extension

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_DIRECTIVES = {
    "Y": "[0-9]{4}",
    "y": "[0-9]{2}",
    "m": "1[0-2]|0?[1-9]",
    "b": "(?i:" + "|".join(name[:3] for name in _MONTHS) + ")",
    "B": "(?i:" + "|".join(_MONTHS) + ")",
    "d": "3[01]|[12][0-9]|0?[1-9]",
    "j": "[0-9]{3}",
    "H": "2[0-3]|[01]?[0-9]",
    "M": "[0-5]?[0-9]",
    "S": "[0-5]?[0-9]",
}
"""How each directive may stand in a name. The month's names are English: others depend on the computer."""

_KINDS = {
    "Y": "year",
    "y": "year",
    "m": "month",
    "b": "month",
    "B": "month",
    "d": "day",
    "j": "day of the year",
}
_TWO_DIGITS = "[0-9]{2}"
_FIELD_PARTS = re.compile(r"%(.?)|([^%]+)", re.DOTALL)
_SHAPE = "a pattern looks like {outlet}_{date:%Y-%m-%d}.txt"
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class NamePattern:
    """A pattern as parsed: ``names`` are its variables, ``formats`` how each is written if it is a date.

    ``regex`` matches the last ``depth`` parts of a path, without extension, and has a group for each name;
    ``extension`` is that of the pattern, empty for any.
    """

    text: str
    names: tuple[str, ...]
    formats: tuple[str, ...]
    regex: str
    depth: int
    extension: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a pattern that begins at its character ``at``, from 1: a ``literal``, or a field, whose
    ``name`` is empty if its value is passed over.
    """

    at: int
    literal: str = ""
    name: str = ""
    written: str = ""


def parse_pattern(text: str) -> NamePattern:
    """Parse a pattern; CorpusError if it is none, which says at which character and why."""
    if len(text) > _LONGEST:
        raise CorpusError(f"--name-pattern: is longer than {_LONGEST} characters; {_SHAPE}")
    stem, extension = _without_extension(text)
    pieces = list(_pieces(stem))
    named = [piece for piece in pieces if piece.name]
    _refuse_slashes(stem)
    _refuse_touching(stem, pieces)
    _refuse_twice(stem, named)
    if not named:
        raise CorpusError(f"--name-pattern: {text!r} names no variable; {_SHAPE}")
    return NamePattern(
        text,
        names=tuple(piece.name for piece in named),
        formats=tuple(piece.written for piece in named),
        regex="".join(map(_regex, pieces)),
        depth=1 + stem.count("/"),
        extension=extension,
    )


def read_name(pattern: NamePattern, file: str) -> Mapping[str, str] | None:
    """The variables in the path of a file (``/`` between folders); None if the pattern does not fit.

    It does not fit where a date is none, such as the 30th of February. The time taken grows with the length
    of the path and not faster.

    >>> read_name(parse_pattern("{outlet}_{date:%d%m%Y}"), "iran/irna_12052019.txt.gz")
    {'outlet': 'irna', 'date': '2019-05-12'}
    """
    stem, extension = split_extension(normalize("NFC", file))
    parts = stem.split("/")[-pattern.depth :]
    if len(parts) < pattern.depth or pattern.extension not in ("", extension):
        return None
    try:
        found = _compiled(pattern.regex).fullmatch("/".join(parts))
        values = list(map(_value, pattern.formats, found.groups())) if found else []
    except ValueError:  # a day that is none, or a name of bytes that are no text
        return None
    variables = dict(zip(pattern.names, values, strict=False))
    return variables if found and is_date(variables.get(DATE, "")) else None


def _without_extension(text: str) -> tuple[str, str]:
    """Split off an extension that is one of a format; others are part of the name."""
    unpacked = text[:-3] if text.lower().endswith(".gz") else text
    extension = PurePosixPath(unpacked).suffix
    if extension.lower() not in READERS:
        return unpacked, ""
    return unpacked.removesuffix(extension), extension.lower()


def _pieces(text: str) -> Iterator[_Piece]:
    """Cut a pattern at its braces."""
    at = 0
    while at < len(text):
        if text.startswith(("{{", "}}"), at):
            yield _Piece(at + 1, literal=text[at])
            at += 2
        elif text[at] == "{":
            end = _closing(text, at)
            yield _field(text, at, end)
            at = end + 1
        else:
            end = next((i for i in range(at, len(text)) if text[i] in "{}*"), len(text))
            if end == at:
                _refuse_sign(text, at)
            yield _Piece(at + 1, literal=text[at:end])
            at = end


def _closing(text: str, at: int) -> int:
    end, another = text.find("}", at), text.find("{", at + 1)
    if end < 0 or -1 < another < end:
        _refuse(text, at, "this { is never closed; write } behind the name of the variable")
    return end


def _refuse_sign(text: str, at: int) -> NoReturn:
    if text[at] == "*":
        _refuse(text, at, "* is no wildcard here; write {} for what does not matter")
    _refuse(text, at, "this } closes nothing; write }} for a brace that stands in the names")


def _field(text: str, at: int, end: int) -> _Piece:
    name, colon, written = text[at + 1 : end].partition(":")
    name = normalize("NFC", name.strip())
    if "/" in name or not name.isprintable():
        _refuse(text, at, f"{name!r} cannot be the name of a variable")
    if colon:
        _check_format(text, at, written)
    return _Piece(at + 1, name="" if name == "_" else name, written=written)


def _check_format(text: str, at: int, written: str) -> None:
    """Refuse what is no way of writing a date."""
    directives = [found[1] for found in _FIELD_PARTS.finditer(written) if found[0][0] == "%"]
    for directive in directives:
        if directive not in _DIRECTIVES:
            known = " ".join(f"%{known}" for known in _DIRECTIVES)
            _refuse(text, text.index("%" + directive, at), f"%{directive} is unknown; known are {known}")
    kinds = [_KINDS.get(directive, directive) for directive in directives]
    twice = next((kind for kind in kinds if kinds.count(kind) > 1), None)
    if twice:
        _refuse(text, at, f"the {twice} of the date stands in it twice")
    if "year" not in kinds:
        _refuse(text, at, "a date needs its year; add %Y, or leave out the colon for the text as it stands")
    if "day" in kinds and "month" not in kinds:
        _refuse(text, at, "a date with a day needs its month; add %m")


def _refuse_slashes(text: str) -> None:
    """Refuse folders without a name."""
    empty = f"/{text}/".find("//")
    if empty >= 0 and text:
        _refuse(text, min(empty, len(text) - 1), "this / has no name on one of its sides")


def _refuse_touching(text: str, pieces: Sequence[_Piece]) -> None:
    """Refuse two variables of any length side by side: where one ends would be a guess."""
    free = False
    for piece in pieces:
        if free and not piece.literal and not piece.written:
            _refuse(text, piece.at - 1, "nothing stands between this variable and the one before")
        free = not piece.literal and not piece.written


def _refuse_twice(text: str, named: Iterable[_Piece]) -> None:
    seen: set[str] = set()
    for piece in named:
        if piece.name in seen:
            _refuse(text, piece.at - 1, f"the variable {piece.name!r} was there before; rename one")
        seen.add(piece.name)


def _refuse(text: str, at: int, reason: str) -> NoReturn:
    raise CorpusError(f"--name-pattern: {text!r}, character {at + 1}: {reason}")


def _regex(piece: _Piece) -> str:
    if piece.literal:
        return re.escape(normalize("NFC", piece.literal))
    inner = _date_regex(piece.written) if piece.written else "[^/]+?"
    return f"({inner})" if piece.name else f"(?:{inner})"


def _date_regex(written: str) -> str:
    """A regex for dates; numbers that touch have all their digits, as where one ends would be a guess."""
    parts = _FIELD_PARTS.findall(written)
    regex = []
    for index, (directive, literal) in enumerate(parts):
        beside = [*parts[max(index - 1, 0) : index], *parts[index + 1 : index + 2]]
        if literal:
            regex.append(re.escape(normalize("NFC", literal)))
        elif directive in "mdHMS" and any(other for other, _ in beside):
            regex.append(_TWO_DIGITS)
        else:
            regex.append(f"(?:{_DIRECTIVES[directive]})")
    return "".join(regex)


def _value(written: str, found: str) -> str:
    """What stands in a name, as a value; ValueError if it is no date though it should be."""
    if not written:
        return found
    day = datetime.strptime(found, written).date().isoformat()
    directives = set(_FIELD_PARTS.sub(r"\1", written))
    if directives & {"d", "j"}:
        return day
    return day[:7] if directives & {"m", "b", "B"} else day[:4]


@cache
def _compiled(regex: str) -> Any:
    """The pattern for RE2: Python's own may take years for a name that is made for it."""
    import re2

    options = re2.Options()
    options.log_errors = False
    return re2.compile(regex, options)
