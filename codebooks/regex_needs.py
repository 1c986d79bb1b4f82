"""What every match of a regex must hold, so that most paragraphs are ruled out without reading them.

A part of a pattern that can match only a few strings says which letters a match has, and whether a word
begins or ends with them. Where parts follow each other their strings are joined as long as they are few;
where they are many, or something endless stands between, what is known so far becomes a need. Whatever
is not known for certain is no need: a regex can have none, and then every paragraph is read.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from rubricate.codebooks.regex_elements import code_point, range_edges, set_items
from rubricate.corpus.words.borders import word_edges
from rubricate.corpus.words.characters import IGNORED, LETTER, MARK, SINGLE, SINGLE_MARK, kind_of
from rubricate.corpus.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rubricate.codebooks.regex_elements import Element

    Strings = tuple[tuple[str, bool], ...]

_MOST_STRINGS = 200  # that are told apart in one place of a pattern
_MOST_OF_A_SET = 16
_MOST_NEEDS = 4
_BORDER, _UNKNOWN = "\ufdd0", "\ufdd1"  # noncharacters: no pattern may name them
_IOTA = "ι"  # in any case it is a mark, too: the iota written below a letter
_IN_WORDS = (LETTER, MARK, SINGLE, SINGLE_MARK)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Letters in one word, without invisible characters, and whether that word begins and ends with them.

    In ``any_case`` they are case folded, and so must the word be.
    """

    text: str
    begins: bool
    ends: bool
    any_case: bool


@dataclass(frozen=True, slots=True)
class Need:
    """Stretches and characters of which every match holds at least one."""

    stretches: tuple[Stretch, ...]
    signs: tuple[str, ...] = ()

    @property
    def _worth(self) -> tuple[int, int]:
        shortest = min((len(one.text) + one.begins + one.ends for one in self.stretches), default=0)
        return (0 if self.signs else shortest, -len(self.stretches))


@dataclass(frozen=True, slots=True)
class _Part:
    """What a part of a pattern matches: one of ``strings`` (each with whether it is meant in any case), or,
    where these are None, something that holds ``needs``.

    ``opens`` and ``closes``: whether there is a word border where a match begins and where it ends, but for
    the match of nothing, which is possible where ``empty`` says so.
    """

    strings: Strings | None
    needs: tuple[Need, ...] = ()
    opens: bool = False
    closes: bool = False
    empty: bool = False


_ANYTHING = _Part(None)
_BETWEEN_WORDS = _Part(None, opens=True, closes=True)


def needs_of(parts: Iterable[Element]) -> tuple[Need, ...]:
    """What every match of a pattern holds; nothing where nothing is certain."""
    whole = _parsed(parts)
    need = _need(whole.strings, begins=False, ends=False) if whole.strings is not None else None
    return (need,) if need else whole.needs


def _parsed(parts: Iterable[Element]) -> _Part:
    """The pattern as one part; brackets are kept on a stack, since they may be nested a thousand deep."""
    groups: list[list[list[_Part]]] = [[[]]]
    for part in parts:
        if part.kind == "group":
            groups.append([[]])
        elif part.kind == "close":
            branches = groups.pop()
            groups[-1][-1].append(_either([_sequence(branch) for branch in branches]))
        elif part.kind == "bar":
            groups[-1].append([])
        elif part.kind == "repeat":
            groups[-1][-1].append(_repeated(groups[-1][-1].pop(), part.text))
        elif part.kind != "flags":
            groups[-1][-1].append(_single(part))
    return _either([_sequence(branch) for branch in groups[0]])


def _single(part: Element) -> _Part:
    """An element that stands for one character, or for a place between two."""
    any_case = "i" in part.flags
    if part.kind == "place":
        return _strings([(_BORDER if part.text == r"\b" else "", False)])
    if part.kind in ("one", "literal"):
        return _strings([(_character(chr(code_point(part.text)), any_case=any_case), any_case)])
    if part.kind == "class":
        return _BETWEEN_WORDS if part.text == r"\s" else _ANYTHING
    return _set(part.text, any_case) if part.kind == "set" else _ANYTHING


def _set(text: str, any_case: bool) -> _Part:
    negated, items = set_items(text)
    if negated or any(item.kind not in ("one", "range") and item.text != r"\s" for item in items):
        return _ANYTHING
    typed = [
        range_edges(item.text) if item.kind == "range" else (item.text,) * 2
        for item in items
        if item.kind != "class"
    ]
    ranges = [range(code_point(first), code_point(last) + 1) for first, last in typed]
    if sum(map(len, ranges)) > _MOST_OF_A_SET:
        return _ANYTHING
    members = [chr(code) for codes in ranges for code in codes]
    if len(typed) < len(items):
        return _BETWEEN_WORDS if all(map(_is_outside, members)) else _ANYTHING
    return _strings((_character(member, any_case=any_case), any_case) for member in members)


def _strings(strings: Iterable[tuple[str, bool]]) -> _Part:
    some = tuple(dict.fromkeys(strings))
    texts = [text for text, _ in some if text]
    return _Part(
        some,
        opens=all(_is_outside(text[0]) for text in texts),
        closes=all(_is_outside(text[-1]) for text in texts),
        empty=len(texts) < len(some),
    )


def _repeated(part: _Part, sign: str) -> _Part:
    least, most = _times(sign)
    if (least, most) == (1, 1):
        return part
    if most == 0:
        return _strings([("", False)])
    if (least, most) == (0, 1) and part.strings is not None and len(part.strings) < _MOST_STRINGS:
        return _strings([*part.strings, ("", False)])
    needs = _sequence([_ANYTHING, part, _ANYTHING]).needs if least else ()
    return replace(part, strings=None, needs=needs, empty=part.empty or not least)


def _times(sign: str) -> tuple[int, int]:
    """How often a repeat allows at least and at most; 2 stands for more."""
    simple = {"*": (0, 2), "+": (1, 2), "?": (0, 1)}
    if sign[0] in simple:
        return simple[sign[0]]
    least, comma, most = sign.strip("{}?").partition(",")
    return int(least), int(most or 2) if comma else int(least)


def _either(branches: Sequence[_Part]) -> _Part:
    """A part that matches what one of the branches matches."""
    if len(branches) == 1:
        return branches[0]
    strings = [string for branch in branches for string in branch.strings or ()]
    if all(branch.strings is not None for branch in branches) and len(strings) <= _MOST_STRINGS:
        return _strings(strings)
    best = [_sequence([_ANYTHING, branch, _ANYTHING]).needs[:1] for branch in branches]
    return _Part(
        None,
        (_union([need for needs in best for need in needs]),) if all(best) else (),
        opens=all(branch.opens for branch in branches),
        closes=all(branch.closes for branch in branches),
        empty=any(branch.empty for branch in branches),
    )


def _union(needs: Sequence[Need]) -> Need:
    stretches = dict.fromkeys(stretch for need in needs for stretch in need.stretches)
    return Need(tuple(stretches), tuple(dict.fromkeys(sign for need in needs for sign in need.signs)))


def _sequence(parts: Sequence[_Part]) -> _Part:
    """Parts that follow each other as one, the most telling need first."""
    runs = _joined(parts)
    if len(runs) == 1 and runs[0].strings is not None:
        return runs[0]
    closed = _borders(((run.closes, run.empty) for run in runs), at_edge=False)
    opened = _borders(((run.opens, run.empty) for run in reversed(runs)), at_edge=False)[::-1]
    needs: list[Need] = []
    for run, begins, ends in zip(runs, closed[:-1], opened[1:], strict=True):
        need = None if run.strings is None else _need(run.strings, begins=begins, ends=ends)
        needs += [need] if need else run.needs
    return _Part(
        None,
        tuple(sorted(needs, key=lambda need: need._worth, reverse=True)[:_MOST_NEEDS]),
        opens=_borders(((run.opens, run.empty) for run in reversed(runs)), at_edge=True)[-1],
        closes=_borders(((run.closes, run.empty) for run in runs), at_edge=True)[-1],
        empty=all(run.empty for run in runs),
    )


def _joined(parts: Sequence[_Part]) -> list[_Part]:
    """The parts, neighbours multiplied where few strings come of it: first those of one string each."""
    runs = [_strings([("", False)])]
    for most in (1, _MOST_STRINGS):
        before, runs = [*runs, *parts] if most == 1 else runs, []
        for part in before:
            if runs and 0 < _count(runs[-1]) * _count(part) <= most:
                runs[-1] = _product(runs[-1], part)
            else:
                runs.append(part)
    return runs


def _count(part: _Part) -> int:
    return len(part.strings or ())


def _product(one: _Part, other: _Part) -> _Part:
    pairs = product(one.strings or (), other.strings or ())
    return _strings((first + second, a or b) for (first, a), (second, b) in pairs)


def _borders(runs: Iterable[tuple[bool, bool]], *, at_edge: bool) -> list[bool]:
    """Whether a word border is certain before the first run, then behind each."""
    borders = [at_edge]
    for closes, empty in runs:
        borders.append(closes and (borders[-1] or not empty))
    return borders


def _need(strings: Strings, *, begins: bool, ends: bool) -> Need | None:
    """The need of a match that holds one of the strings; None if one of them says nothing."""
    stretches: dict[Stretch, None] = {}
    signs: dict[str, None] = {}
    for text, any_case in strings:
        found = _stretches(_BORDER * begins + text + _BORDER * ends, any_case)
        if found:
            stretches[max(found, key=lambda stretch: len(stretch.text))] = None
        elif sign := next(filter(_is_sign, text), ""):
            signs[sign] = None
        else:
            return None
    return Need(tuple(stretches), tuple(signs))


def _stretches(text: str, any_case: bool) -> list[Stretch]:
    """The stretches of a string; what stands at its edges may go on in the text."""
    found = []
    for start, end in word_edges(text):
        marks = 0  # a mark belongs to what stands before it
        while start + marks < end and kind_of(text[start + marks]) in (MARK, SINGLE_MARK):
            marks += 1
        letters = text[start + marks : end]
        begins = start > 0 and text[start - 1] != _UNKNOWN and not marks
        ends = end < len(text) and text[end] != _UNKNOWN
        if fold(letters):
            found.append(Stretch(letters.casefold() if any_case else letters, begins, ends, any_case))
    return found


@cache
def _character(character: str, *, any_case: bool) -> str:
    """A character, or what stands for one that a text may have otherwise than as it is typed."""
    category = unicodedata.category(character)
    if character in IGNORED or (category[0] == "C" and category != "Cc"):
        return _UNKNOWN
    cases = {*character.casefold(), *character.upper(), *character.lower(), character}
    # Unicode may yet give a letter without a capital one, which RE2 then knows before we do.
    lone = len(cases) == 1 and category in ("Lu", "Ll", "Lt", "Lm")
    changing = _IOTA in cases or len(set(map(kind_of, cases))) > 1
    return _UNKNOWN if any_case and (lone or changing) else character


@cache
def _is_outside(character: str) -> bool:
    """Whether a character, however it is read, is none of a word's."""
    known = character != _UNKNOWN and _character(character, any_case=True) == character
    return character == _BORDER or (known and kind_of(character) not in _IN_WORDS)


def _is_sign(character: str) -> bool:
    return (
        character not in (_BORDER, _UNKNOWN)
        and not character.isspace()
        and character.casefold() == character.upper() == character
    )
