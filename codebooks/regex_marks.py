r"""The form in which a pattern with ``\b`` reads texts beyond ASCII.

RE2 knows no Unicode ``\b``. So the text is read with marks at every word border, and the pattern takes
one mark for each ``\b``; every element that takes a character steps over the marks before it. Since marks
stand between characters, places such as ``^`` must take marks too, or ``\b^`` would find nothing.

At each place stand as many marks of every kind that holds there as the pattern has places: each of them
takes at most one, as few others as it can being stepped over, and a repeat that could pass a place twice
without a character between is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks.regex_elements import CLASSES, code_point, range_edges, set_items

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rubricate.codebooks.regex_elements import Element

# noncharacters of Unicode, which a pattern may not name
BORDER, TEXT_START, TEXT_END, LINE_START, LINE_END = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4"
STRAY = "\ufdef"
"""Stands for a noncharacter of the text: no pattern that is allowed tells them apart."""
NONCHARACTERS = range(0xFDD0, 0xFDF0)

_MARKS = r"\x{fdd0}-\x{fdd4}"
_AROUND_MARKS = r"-\x{fdcf}\x{fdd5}-"
_STEP = f"[{_MARKS}]*"
_FEW = f"(?-U:{_STEP}?)"  # as few as possible, whatever the flag U says
_PLACES = {r"\b": BORDER, r"\A": TEXT_START, r"\z": TEXT_END, "^": TEXT_START, "$": TEXT_END}
_LINE_PLACES = {"^": LINE_START, "$": LINE_END}


def mark_of(place: Element) -> str:
    r"""The mark that a place (``\b``, ``^``, …) takes."""
    in_lines = _LINE_PLACES if "m" in place.flags else {}
    return in_lines.get(place.text, _PLACES[place.text])


def marked(pattern: Iterable[Element]) -> str:
    """The pattern for a text with marks."""
    return "".join(map(_marked, pattern))


def _marked(element: Element) -> str:
    if element.kind == "place":
        return rf"(?:{_FEW}\x{{{ord(mark_of(element)):x}}})"
    if element.kind == "any":
        line_break = "" if "s" in element.flags else r"\n"
        return f"(?:{_STEP}[^{line_break}{_MARKS}])"
    if element.kind == "set":
        return f"(?:{_STEP}{_set(element.text)})"
    if element.kind in ("class", "property"):
        return f"(?:{_STEP}{_union([element])})"
    if element.kind in ("one", "literal"):
        return f"(?:{_STEP}{element.text})"
    return element.text


def _set(text: str) -> str:
    negated, items = set_items(text)
    return f"[^{_MARKS}{''.join(map(_inside, items))}]" if negated else _union(items)


def _union(items: Iterable[Element]) -> str:
    """A set that takes what any of the items takes, and no mark."""
    taken, complements = "", []
    for item in items:
        left_out = _left_out(item)
        if left_out is None:
            taken += _inside(item)
        else:
            complements.append(f"[^{_MARKS}{left_out}]")
    return f"(?:{'|'.join(([f'[{taken}]'] if taken else []) + complements)})"


def _left_out(item: Element) -> str | None:
    """What an item leaves out, written as within brackets, if it takes everything else; None if not."""
    if item.kind == "class":
        return CLASSES[item.text[1].lower()] if item.text[1].isupper() else None
    if item.kind == "posix":
        return item.text.replace("^", "") if "^" in item.text else None
    if item.kind != "property":
        return None
    name = item.text[2:].strip("{}")
    complement = (item.text[1] == "P") != name.startswith("^")
    name = name.removeprefix("^")
    if name == "Any":
        return r"\p{Any}" if complement else ""
    return rf"\p{{{name}}}" if complement else None


def _inside(item: Element) -> str:
    """An item as within brackets, whatever stands beside it there; a range over the marks is cut."""
    if item.kind == "class":
        return CLASSES[item.text[1]]
    if item.kind == "one":
        return _numbered(code_point(item.text))
    if item.kind != "range":
        return item.text
    first, last = map(code_point, range_edges(item.text))
    whole = f"{_numbered(first)}-{_numbered(last)}"
    return whole.replace("-", _AROUND_MARKS) if first < NONCHARACTERS.start <= last else whole


def _numbered(code: int) -> str:
    return rf"\x{{{code:x}}}"
