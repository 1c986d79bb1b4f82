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

from rubricate.codebooks.regex_elements import (
    CLASSES,
    NARROW_CLASSES,
    Element,
    code_point,
    elements,
    range_edges,
    set_items,
)
from rubricate.codebooks.regex_marks import NONCHARACTERS, mark_of, marked
from rubricate.codebooks.regex_needs import needs_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rubricate.codebooks.regex_needs import Need

MOST_CHARACTERS = 2000
_MOST_BORDERS = 16
_FOREIGN = {
    "?=": "lookahead",
    "?!": "lookahead",
    "?<=": "lookbehind",
    "?<!": "lookbehind",
    "?P=": "the backreference",
}
_SURELY_SMALL = 1000
"""Instructions of a narrow form from which the others come out small enough for RE2, without trying: three
for ``\\w`` become 1400, and half a million are allowed."""
_NO_PLACE = Element("group", "(?:)")


@dataclass(frozen=True, slots=True)
class Regex:
    r"""A pattern in the forms in which RE2 runs it.

    ``narrow`` is for texts without letters, marks and digits beyond ASCII. For others there is ``loose``,
    which leaves out ``\b``, and so finds at least what is wanted; where the pattern has ``\b``, ``marked``
    finds just that in a text with ``places`` of each of ``marks`` wherever these hold (see ``regex_marks``).
    ``anchored`` says that ``^``, ``$``, ``\A`` or ``\z`` is used, ``borders`` that ``\b`` is. ``needs`` are
    what every match holds (see ``regex_needs``).
    """

    narrow: str
    loose: str
    marked: str
    anchored: bool
    borders: bool
    marks: str
    places: int
    needs: tuple[Need, ...]


@cache
def parse_regex(pattern: str) -> Regex:
    """The pattern in RE2's forms; a ``ValueError`` says what is wrong with it."""
    if len(pattern) > MOST_CHARACTERS:
        raise ValueError(f"a regex of {len(pattern)} characters; the longest allowed has {MOST_CHARACTERS}")
    if not pattern.strip():
        raise ValueError("an empty regex; write a pattern, or delete the line")
    parts = list(elements(pattern))
    _refuse_foreign(pattern, parts)
    narrow = _written(parts, NARROW_CLASSES)
    compiled(narrow)
    _refuse_noncharacters(parts)
    _refuse_empty(parts)
    places = [part for part in parts if part.kind == "place"]
    regex = Regex(
        narrow=narrow,
        loose=_written([_NO_PLACE if part.text == r"\b" else part for part in parts], CLASSES),
        marked=marked(parts),
        anchored=any(place.text != r"\b" for place in places),
        borders=any(place.text == r"\b" for place in places),
        marks="".join(sorted({mark_of(place) for place in places})),
        places=len(places),
        needs=needs_of(parts),
    )
    if sum(place.text == r"\b" for place in places) > _MOST_BORDERS:
        raise ValueError(rf"a regex with more than {_MOST_BORDERS} \b; write several entries")
    if compiled(narrow).programsize > _SURELY_SMALL:
        compiled(regex.loose)
        compiled(regex.marked)
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
        if part.kind in ("place", "flags") and following.kind == "repeat":
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
    without_places = [_NO_PLACE if part.kind == "place" else part for part in parts]
    return compiled(_written(without_places, NARROW_CLASSES)).fullmatch("") is not None


def _written(parts: Iterable[Element], classes: Mapping[str, str]) -> str:
    """The pattern with these meanings of its classes."""
    return "".join(_piece(part, classes) for part in parts)


def _piece(part: Element, classes: Mapping[str, str]) -> str:
    if part.kind == "class":
        return f"[{'^' if part.text[1].isupper() else ''}{classes[part.text[1].lower()]}]"
    if part.kind == "set":
        negated, items = set_items(part.text)
        inside = (classes[item.text[1]] if item.kind == "class" else item.text for item in items)
        return f"[{'^' if negated else ''}{''.join(inside)}]"
    return part.text
