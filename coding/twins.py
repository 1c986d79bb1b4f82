"""Characters that are no part of words: which of them in a text are one that a term has."""

from __future__ import annotations

import re
from functools import cache

from rubricate.corpus.words.characters import DASHES, IGNORED, QUOTES, ZWNJ
from rubricate.corpus.words.folding import fold

_OTHERS = "\u037e\u0387\u1fee\u1fef\u1ffd\u2329\u232a\u2adc\ufdfc" + "".join(
    map(chr, (*range(0x24B6, 0x24D0), *range(0x1D15E, 0x1D165), *range(0x1D1BB, 0x1D1C1)))
)
"""What folding changes besides quotes, dashes and spaces: second names of ; and ·, capitals in circles, signs
in one piece that are written in several, and the rial sign, which folds to its letters."""

_TWINS = {"-": DASHES + ZWNJ, **{quote: quote + others for quote, others in QUOTES.items()}}
for _other in _OTHERS:
    _folded = fold(_other)
    _TWINS[_folded] = _TWINS.get(_folded, _folded if len(_folded) == 1 else "") + _other
_UNIT = re.compile("|".join([*(re.escape(unit) for unit in _TWINS if len(unit) > 1), "."]), re.DOTALL)


def _class(characters: str) -> str:
    """The characters as a set, ranges as such: there are hundreds of variation selectors."""
    codes = sorted(map(ord, characters))
    starts = [code for code in codes if code - 1 not in set(codes)]
    ends = [code for code in codes if code + 1 not in set(codes)]
    return "".join(f"{chr(start)}-{chr(end)}" for start, end in zip(starts, ends, strict=True))


_INVISIBLE = f"[{_class(IGNORED)}]*"


def units(folded: str) -> list[str]:
    """Folded characters cut up: each alone, but those that one character of a text folds to together."""
    found: list[str] = _UNIT.findall(folded)
    return found


def twins(unit: str) -> tuple[str, ...]:
    """What stands in a text for a unit; white space is not listed."""
    signs = tuple(_TWINS.get(unit, unit))
    spelled = len(unit) > 1 and not unit.isalnum()  # letters are words and no characters beside them
    return (unit, *signs) if spelled else signs


@cache
def as_typed(characters: str, *, at_end: bool = False) -> re.Pattern[str]:
    """Folded characters as a regex for the text as it is."""
    return re.compile(_INVISIBLE.join(map(_unfolded, units(characters))) + (r"\Z" if at_end else ""))


def _unfolded(unit: str) -> str:
    if unit == " ":
        return r"\s+"
    spelled = twins(unit)
    return f"(?:{'|'.join(map(re.escape, spelled))})" if len(spelled) > 1 else re.escape(spelled[0])
