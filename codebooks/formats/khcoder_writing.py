"""Entries of ours as conditions of KH Coder, which knows base forms, distances, AND, OR, NOT and codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rubricate.codebooks.rules.tree import Both, Count, Either, Near, Reference, Rule, Without, Words

if TYPE_CHECKING:
    from collections.abc import Mapping

_SIGNS = r"\s'\"()<>|&!*=+/\[\]"
_WORD = re.compile(rf"[^{_SIGNS}#＊-][^{_SIGNS}]*")
_ESCAPED = re.compile(r"\\([*?\\])")
_OPERATORS = ("and", "or", "not", "lw", "lc", "no.")


def as_words(text: str) -> str:
    """A word or a phrase of base forms; a ``ValueError`` says why KH Coder cannot read it.

    >>> as_words("arms race")
    'arms+race'
    """
    words = _ESCAPED.sub(r"\1", text).split()
    alone = len(words) == 1 and (words[0].lower() in _OPERATORS or words[0].isdecimal())
    if alone or not all(map(_WORD.fullmatch, words)):
        raise ValueError("holds signs that mean something to KH Coder")
    return "+".join(words)


def as_condition(rule: Rule, names: Mapping[str, str]) -> str:
    """A rule as a condition; ``names`` are those of the codes above, by id. ValueError if there is none.

    >>> from rubricate.codebooks.rules.parsing import parse_rule
    >>> as_condition(parse_rule('lemma:"first" NEAR/4 lemma:"strike" NOT lemma:"bird"'), {})
    'near(first-strike)[5] & ! bird'
    """
    match rule:
        case Words("lemma", text):
            return as_words(text)
        case Reference(code, False) if code in names:
            return f"<*{names[code]}>"
        case Near(Words("lemma", first), Words("lemma", other), most, ordered):
            return _near("seq" if ordered else "near", as_words(first), as_words(other), most + 1)
        case Either(parts):
            return " | ".join(_part(part, names) for part in parts)
        case Both(first, others):
            return " & ".join(_part(part, names) for part in (first, *others))
        case Without(first, other):
            return f"{_part(first, names)} & ! {_part(other, names)}"
        case Count(counted, ">=" | ">", number):
            return f"{_part(counted, names)} >= {number + (rule.comparison == '>')}"
    raise ValueError("needs more than KH Coder can say")


def _near(name: str, first: str, other: str, distance: int) -> str:
    if "-" in first + other:
        raise ValueError("has a hyphen, which KH Coder takes for the sign between words")
    return f"{name}({first}-{other})[{distance}]"


def _part(rule: Rule, names: Mapping[str, str]) -> str:
    text = as_condition(rule, names)
    return f"( {text} )" if isinstance(rule, Either | Both | Without | Count) else text
