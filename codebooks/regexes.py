r"""Users' regular expressions: RE2's language with Unicode meanings of ``\b \w \d \s``.

RE2 runs in linear time whatever the pattern, but knows those four for ASCII only. ``\w``, ``\d`` and
``\s`` become Unicode classes. There is no such class for ``\b``, so a pattern with ``\b`` has a second
form for texts beyond ASCII (``regex_marks``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rubricate.codebooks.regex_elements import CLASSES, code_point, elements, range_edges, set_items
from rubricate.codebooks.regex_marks import NONCHARACTERS, mark_of, marked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rubricate.codebooks.regex_elements import Element

MOST_CHARACTERS = 2000
_MOST_BORDERS = 16
_FOREIGN = {
    "?=": "lookahead",
    "?!": "lookahead",
    "?<=": "lookbehind",
    "?<!": "lookbehind",
    "?P=": "the backreference",
}


@dataclass(frozen=True, slots=True)
class Regex:
    r"""A pattern in the three forms in which RE2 runs it.

    ``plain`` is for texts in ASCII or patterns without ``\b``, ``marked`` for others: they are read with
    ``places`` of each of ``marks`` wherever these hold (see ``regex_marks``). ``loose`` has no ``\b`` and
    so finds at least what the others find. ``anchored`` says that ``^``, ``$``, ``\A`` or ``\z`` is used,
    ``borders`` that ``\b`` is.
    """

    plain: str
    marked: str
    loose: str
    anchored: bool
    borders: bool
    marks: str
    places: int


def parse_regex(pattern: str) -> Regex:
    """The pattern in RE2's forms; a ``ValueError`` says what is wrong with it."""
    if len(pattern) > MOST_CHARACTERS:
        raise ValueError(f"a regex of {len(pattern)} characters; the longest allowed has {MOST_CHARACTERS}")
    if not pattern.strip():
        raise ValueError("an empty regex; write a pattern, or delete the line")
    parts = list(elements(pattern))
    _refuse_foreign(pattern, parts)
    plain = "".join(map(_plain, parts))
    compiled(plain)
    _refuse_noncharacters(parts)
    _refuse_empty(parts)
    places = [part for part in parts if part.kind == "place"]
    regex = Regex(
        plain=plain,
        marked=marked(parts),
        loose="".join("" if part.text == r"\b" else _plain(part) for part in parts),
        anchored=any(place.text != r"\b" for place in places),
        borders=any(place.text == r"\b" for place in places),
        marks="".join(sorted({mark_of(place) for place in places})),
        places=len(places),
    )
    if sum(place.text == r"\b" for place in places) > _MOST_BORDERS:
        raise ValueError(rf"a regex with more than {_MOST_BORDERS} \b; write several entries")
    compiled(regex.marked)
    compiled(regex.loose)
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


def _refuse_foreign(pattern: str, parts: Iterable[Element]) -> None:
    for part in parts:
        sign = pattern[part.end : part.end + 3] if part.text == "(" else ""
        for start, name in _FOREIGN.items():
            if sign.startswith(start):
                instead = "use not_inside, or match more and say less"
                raise ValueError(f"{name} ({start}…) is not supported; {instead}")
        if part.kind == "one" and part.text[1] in "123456789":
            raise ValueError(f"the backreference {part.text[:2]} is not supported; write the words again")
        if part.kind == "one" and part.text[1] in "BCEQ":
            instead = r"write the characters themselves, or \w or \W"
            raise ValueError(f"{part.text} is not supported; {instead}")
        if part.kind == "set":
            _refuse_complement(part)


def _refuse_complement(part: Element) -> None:
    for item in set_items(part.text)[1]:
        if item.kind == "class" and item.text[1].isupper():
            instead = f"write {item.text} outside, or list the characters"
            raise ValueError(f"{item.text} cannot stand inside [ ]; {instead}")


def _refuse_noncharacters(parts: Iterable[Element]) -> None:
    for character in _characters(parts):
        if code_point(character) in NONCHARACTERS:
            name = f"U+{code_point(character):04X}"
            raise ValueError(f"{name} is no character and stands in no text; write another, or remove it")


def _characters(parts: Iterable[Element]) -> Iterator[str]:
    """Every character that a pattern names, as typed."""
    for part in parts:
        if part.kind in ("one", "literal"):
            yield part.text
        elif part.kind == "range":
            yield from range_edges(part.text)
        elif part.kind == "set":
            yield from _characters(set_items(part.text)[1])


def _refuse_empty(parts: Sequence[Element]) -> None:
    """Refuse a pattern that can match nothing, and repeats that can pass a place again and again."""
    for part, following in pairwise(parts):
        if part.kind == "place" and following.kind == "repeat":
            raise ValueError(f"{following.text} has nothing to repeat behind {part.text}; remove it")
    for group in _repeated(parts):
        if any(part.text == r"\b" for part in group) and _can_be_empty(group):
            raise ValueError(
                r"a repeated group that holds \b must match at least one character each time; "
                r"move the \b out of it"
            )
    if _can_be_empty(parts):
        raise ValueError("this regex matches the empty string; make it match at least one character")


def _repeated(parts: Sequence[Element]) -> Iterator[Sequence[Element]]:
    """Every group behind which a repeat stands, from its bracket to its bracket."""
    opened: list[int] = []
    for index, part in enumerate(parts):
        if part.kind == "group":
            opened.append(index)
        elif part.kind == "close":
            first = opened.pop()
            if [each.kind for each in parts[index + 1 : index + 2]] == ["repeat"]:
                yield parts[first : index + 1]


def _can_be_empty(parts: Iterable[Element]) -> bool:
    without_places = "".join("(?:)" if part.kind == "place" else _plain(part) for part in parts)
    return compiled(without_places).fullmatch("") is not None


def _plain(part: Element) -> str:
    if part.kind == "class":
        return f"[{'^' if part.text[1].isupper() else ''}{CLASSES[part.text[1].lower()]}]"
    if part.kind == "set":
        negated, items = set_items(part.text)
        inside = (CLASSES[item.text[1]] if item.kind == "class" else item.text for item in items)
        return f"[{'^' if negated else ''}{''.join(inside)}]"
    return part.text
