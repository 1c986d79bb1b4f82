"""A rule as text, always written in the same way: with single spaces and no needless brackets."""

from __future__ import annotations

from rubricate.codebooks.rules.tree import Apart, Both, Count, Either, Near, Reference, Rule, Without, Words

_EITHER, _BOTH, _WITHOUT, _NEAR, _OPERAND = range(5)
"""How closely operators join, from the loosest."""


def written(rule: Rule) -> str:
    """The text of a rule; parsing it gives the same tree.

    >>> from rubricate.codebooks.rules.parsing import parse_rule
    >>> written(parse_rule("( (arms  race) ) NEAR/05 'tis"))
    "arms race NEAR/5 'tis"
    """
    return _written(rule, _EITHER)


def _written(rule: Rule, closest: int) -> str:
    level, text = _level_and_text(rule)
    return text if level >= closest else f"({text})"


def _level_and_text(rule: Rule) -> tuple[int, str]:
    match rule:
        case Either(parts):
            return _EITHER, " OR ".join(_written(part, _BOTH) for part in parts)
        case Both(first, others):
            return _BOTH, " AND ".join(_written(part, _WITHOUT) for part in (first, *others))
        case Without(first, other):
            return _WITHOUT, f"{_written(first, _WITHOUT)} NOT {_written(other, _NEAR)}"
        case Apart(first, other, most):
            return _WITHOUT, f"{_written(first, _WITHOUT)} NOT NEAR/{most} {_written(other, _NEAR)}"
        case Near(first, other, most, ordered):
            sign = "THEN" if ordered else "NEAR"
            return _NEAR, f"{_written(first, _NEAR)} {sign}/{most} {_written(other, _OPERAND)}"
        case Count(counted, comparison, number):
            return _OPERAND, f"COUNT({_written(counted, _EITHER)}) {comparison} {number}"
        case Reference(code, subcodes):
            return _OPERAND, f"@{code}{'/*' if subcodes else ''}"
        case Words(kind, text):
            return _OPERAND, _words(kind, text)


def _words(kind: str, text: str) -> str:
    if kind == "regex":
        return f'regex:"{text}"'
    text = " ".join(text.split())
    if kind in ("term", "entity") and '"' not in text and not (kind == "term" and _reads_otherwise(text)):
        return text if kind == "term" else f"entity:{text}"
    escaped = text.replace('"', r"\"")
    return f'"{escaped}"' if kind == "word" else f'{kind}:"{escaped}"'


def _reads_otherwise(text: str) -> bool:
    """Whether words of a term would be something else if they stood in a rule without quotation marks."""
    from rubricate.codebooks.rules.tokens import check_pieces, cut

    pieces = cut(text)
    return any(piece.kind != "WORD" for piece in pieces) or any(check_pieces(pieces))
