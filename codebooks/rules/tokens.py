"""A rule cut into its words, quotations, brackets and operators."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, NamedTuple

from rubricate.codebooks.rules.mistakes import Mistake

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KINDS = ("term", "lemma", "word", "case", "glob", "regex", "pos", "entity")
"""Kinds that a rule can say outright, as in ``case:"US"``."""

MOST_BETWEEN = 1000
"""Words that NEAR and THEN may allow between their operands."""

DEEPEST = 30
"""How deep brackets may be nested."""

_END = r'(?=[\s()"“”„‟]|\Z)'
_PIECES = {
    "SPACE": r"\s+",
    "OPEN": r"\(",
    "CLOSE": r"\)",
    "COMPARISON": rf"(?:>=|<=|!=|=|<|>)\s*\d+{_END}",
    "COUNT": r"COUNT(?=\s*\()",
    "APART": rf"NOT\s+NEAR/\d+{_END}",
    "NEAR": rf"(?:NEAR|THEN)/\d+{_END}",
    "OR": rf"OR{_END}",
    "AND": rf"AND{_END}",
    "NOT": rf"NOT{_END}",
    "REFERENCE": r'@[^\s()"“”„‟]*',
    "OUTRIGHT": rf'[^\W\d_]+:"(?:\\.|[^"\\])*"|(?:{"|".join(KINDS)}):[^\s()"“”„‟]+',
    "QUOTED": r'"(?:\\.|[^"\\])*"',
    "OPEN_QUOTE": r'"',
    "CURLY": r"[“”„‟]",
    "WORD": r'[^\s()"“”„‟]+',
}
_PIECE = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PIECES.items()), re.DOTALL)

_REFERENCE = re.compile(r"@([a-z0-9_]{1,32})(/\*)?")
_DISTANCE = re.compile(r"(near|then)(?:/(\d*))?", re.IGNORECASE)
_FOREIGN = {
    **dict.fromkeys(("|", "||"), "OR"),
    **dict.fromkeys(("&", "&&"), "AND"),
    **dict.fromkeys(("w", "n", "adj", "within", "onear", "around"), "NEAR"),
    **dict.fromkeys(("pre", "p", "next", "before", "followed"), "THEN"),
}
_FOREIGN_DISTANCE = re.compile(r"([A-Za-z]+)/(\d+)")


class Piece(NamedTuple):
    """A piece of a rule: ``kind`` is a key of ``_PIECES``, ``at`` its place."""

    kind: str
    text: str
    at: int


def cut(text: str) -> list[Piece]:
    """The pieces of a rule without the white space between them."""
    pieces = (Piece(str(hit.lastgroup), hit.group(), hit.start()) for hit in _PIECE.finditer(text))
    return [piece for piece in pieces if piece.kind != "SPACE"]


def outright(text: str) -> tuple[str, str]:
    """The kind and the text of ``kind:"text"``."""
    kind, _, value = text.partition(":")
    return kind, unquoted(value, kind)


def unquoted(text: str, kind: str = "word") -> str:
    r"""A text without its quotation marks; ``\"`` in it is one of them, as it is in a regex anyway."""
    if not text.startswith('"'):
        return text
    return text[1:-1] if kind == "regex" else text[1:-1].replace(r"\"", '"')


def reference(text: str) -> tuple[str, bool]:
    """The code of ``@code`` or ``@code/*``, and whether the codes below it are meant, too."""
    hit = _REFERENCE.fullmatch(text)
    return (hit[1], bool(hit[2])) if hit else ("", False)


def distance(text: str) -> int:
    """The number of words in ``NEAR/5``; one that is too large to count is as large as can be."""
    digits = text.rpartition("/")[2].lstrip("0")
    return int(digits or "0") if len(digits) <= len(str(MOST_BETWEEN)) else MOST_BETWEEN + 1


def check_pieces(pieces: Sequence[Piece]) -> Iterator[Mistake]:
    """What is wrong with single pieces, whatever stands beside them, and with the brackets."""
    for piece in pieces:
        message = _wrong(piece)
        if message:
            yield Mistake(piece.at, message)
    yield from check_brackets(pieces, "make the inner part a code of its own and name it with @")


def _wrong(piece: Piece) -> str:
    text = piece.text
    if piece.kind == "OPEN_QUOTE":
        return "this quotation mark is never closed; write the closing one"
    if piece.kind == "CURLY":
        return f'{text} is a typographic quotation mark; write the straight one, "'
    if piece.kind == "REFERENCE" and not reference(text)[0]:
        return f"`{text}` names no code; write @ and its id, as in @sanctions or @sanctions/*"
    if piece.kind in ("NEAR", "APART") and distance(text) > MOST_BETWEEN:
        instead = f"at most {MOST_BETWEEN}, or AND with `within: paragraph`"
        return f"too many words between; write {instead}"
    if piece.kind == "OUTRIGHT" and text.partition(":")[0] not in KINDS:
        return _unknown_kind(text.partition(":")[0])
    return _wrong_word(text) if piece.kind == "WORD" else ""


def _unknown_kind(kind: str) -> str:
    close = difflib.get_close_matches(kind.lower(), KINDS, n=1)
    instead = f'write `{close[0]}:"…"`' if close else f"write one of {', '.join(KINDS)}"
    if kind == "tokens":
        instead = "write the pattern as a term of its own, `tokens:` under `terms:`"
    return f"`{kind}:` is no kind of term in a rule; {instead}"


def _wrong_word(text: str) -> str:
    """Say what an operator should look like where a word is nearly one."""
    if hit := _DISTANCE.fullmatch(text):
        operator, number = hit[1].upper(), hit[2]
        if not number:
            return (
                f"how many words may stand between? Write {operator}/5, or the word in quotation marks"
                if ("/" in text or text.isupper())
                else ""
            )
        return f"operators are written in capitals; write {operator}/{number}"
    if hit := re.fullmatch(r"(NEAR|THEN)(\W?)(\d+)", text):
        return f"write {hit[1]}/{hit[3]}"
    if text in _FOREIGN and not text.isalpha():
        return f'{text} is no operator; write {_FOREIGN[text]}, or "{text}" for the sign itself'
    hit = _FOREIGN_DISTANCE.fullmatch(text)
    if hit and hit[1].lower() in _FOREIGN:
        return f'write {_FOREIGN[hit[1].lower()]}/{hit[2]}, or "{text}" for the characters themselves'
    if text == "COUNT":
        return 'write COUNT(…) and a comparison, as in COUNT(talks) >= 2, or "COUNT" for the word'
    if len(text) > 1 and text.startswith("'") and text.endswith("'"):
        return f"single quotation marks mean nothing here; write {chr(34)}{text[1:-1]}{chr(34)}"
    return ""


def check_brackets(pieces: Sequence[Piece], instead: str) -> Iterator[Mistake]:
    """The brackets that lack their other half, or else stand too deep."""
    opened: list[Piece] = []
    for piece in pieces:
        if piece.kind == "OPEN":
            opened.append(piece)
            if len(opened) > DEEPEST:
                yield Mistake(piece.at, f"brackets nested deeper than {DEEPEST} levels; {instead}")
                return
        elif piece.kind == "CLOSE" and not opened:
            yield Mistake(piece.at, "this bracket closes nothing; remove it, or write the opening one")
        elif piece.kind == "CLOSE":
            opened.pop()
    for piece in opened:
        yield Mistake(piece.at, "this bracket is never closed; write the closing one")
