"""Conditions of KH Coder as terms and rules of ours.

Its words are base forms. Distances there count places, so that neighbours are 1 apart; ours count the words
between. What has no counterpart (lengths, arithmetic, variables, headings, parts of speech) is an error
that says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

MOST_WORDS = 2000
"""How many words a condition may have."""
_DEEPEST = 40

_TOKEN = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|<[*][^>]*>|[^\s]+")
_NEAR = re.compile(r"(near|seq)\(([^()]+)\)(?:\[(\w+)\])?", re.IGNORECASE)
_CODE = re.compile(r"<\*(.+)>")
_NOT_SAID = (
    (re.compile(r"\"?<>.*|<>.*"), "a variable or heading"),
    (re.compile(r"l[wc]", re.IGNORECASE), "a length"),
    (re.compile(r"no\.", re.IGNORECASE), "the number of a document"),
    (re.compile(r".+-?->.+|.+=>.+"), "a part of speech or inflection"),
    (re.compile(r"[-+*/<>=]+|==|>=|<="), "arithmetic"),
)
_AND, _OR, _NOT = ("and", "&"), ("or", "|"), ("not", "!")
_COMPARED = (">", ">=", "<", "<=", "=", "==")
_DEFAULT = 10


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a condition: as a term (``kind``, ``text``) and as it stands within a rule."""

    kind: str
    text: str
    rule: str
    original: str
    positive: bool = True


def alternatives(condition: str, codes: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """The alternatives of a condition as kind, text and original; an empty kind has the reason as text.

    ``codes`` are the ids of the codes above, by name. A ``ValueError`` says why nothing can be read.

    >>> alternatives("deter | arms+race | near(first-strike)[5]", {})[:2]
    [('lemma', 'deter', 'deter'), ('lemma', 'arms race', 'arms+race')]
    """
    tokens = _TOKEN.findall(condition.replace("\u3000", " "))
    if len(tokens) > MOST_WORDS:
        raise ValueError(f"more than {MOST_WORDS:,} words")
    found = []
    for piece in _split(tokens):
        original = " ".join(piece)
        try:
            part = _Parser(piece, codes).whole()
        except ValueError as error:
            found.append(("", str(error), original))
        else:
            found.append((part.kind, part.text, original))
    return found


def _split(tokens: list[str]) -> list[list[str]]:
    """The alternatives on the highest level."""
    pieces: list[list[str]] = [[]]
    depth = 0
    for token in tokens:
        depth += _is(token, ("(",)) - _is(token, (")",))
        if depth == 0 and _is(token, _OR):
            pieces.append([])
        else:
            pieces[-1].append(token)
    return pieces


def _is(word: str, signs: Container[str]) -> bool:
    return word.lower() in signs


class _Parser:
    """Reads one alternative from left to right."""

    def __init__(self, tokens: list[str], codes: Mapping[str, str]) -> None:
        self._tokens = tokens
        self._codes = codes
        self._place = 0
        self._depth = 0

    def whole(self) -> _Part:
        part = self._or()
        if self._place < len(self._tokens):
            _refuse(f"`{self._tokens[self._place]}` does not fit here")
        if not part.positive:
            _refuse("it says only what must be absent")
        return part

    def _peek(self) -> str:
        return self._tokens[self._place].lower() if self._place < len(self._tokens) else ""

    def _next(self) -> str:
        if self._place >= len(self._tokens):
            _refuse("the condition is unfinished")
        self._place += 1
        return self._tokens[self._place - 1]

    def _or(self) -> _Part:
        parts = [self._and()]
        while self._peek() in _OR:
            self._next()
            parts.append(self._and())
        if len(parts) == 1:
            return parts[0]
        if not all(part.positive for part in parts):
            _refuse("an alternative says only what must be absent")
        return _rule(" OR ".join(map(_bracketed, parts)))

    def _and(self) -> _Part:
        parts = [self._not()]
        while self._peek() in (*_AND, "&!"):
            negated = self._next() == "&!"
            part = self._not()
            parts.append(_negated(part) if negated else part)
        present = [part for part in parts if part.positive]
        absent = [part for part in parts if not part.positive]
        if len(parts) == 1:
            return parts[0]
        if not present:
            _refuse("it says only what must be absent")
        text = " AND ".join(map(_bracketed, present))
        return _rule("".join((text, *(f" NOT {_bracketed(part)}" for part in absent))))

    def _not(self) -> _Part:
        if self._peek() in _NOT:
            self._next()
            if self._peek() in _NOT:
                _refuse("a negation of a negation")
            return _negated(self._atom())
        return self._atom()

    def _atom(self) -> _Part:
        token = self._next()
        if _is(token, ("(",)):
            self._depth += 1
            if self._depth > _DEEPEST:
                _refuse("nested too deep")
            part = self._or()
            if self._peek() != ")":
                _refuse("a bracket is never closed")
            self._next()
            self._depth -= 1
        else:
            part = _atom(token, self._codes)
        return self._compared(part)

    def _compared(self, part: _Part) -> _Part:
        if self._peek() not in _COMPARED:
            return part
        sign, number = self._next(), self._next()
        if sign not in (">", ">=") or not number.isdecimal() or not part.positive:
            _refuse("a comparison of this kind")
        least = int(number) + (sign == ">")
        return _rule(f"COUNT({part.rule}) >= {least}") if least > 0 else part


def _atom(token: str, codes: Mapping[str, str]) -> _Part:
    if token[0] == "'" and len(token) > 2:
        return _raw(token)
    if code := _CODE.fullmatch(token):
        if code[1] not in codes:
            _refuse(f"there is no code `{code[1]}` above")
        return _rule(f"@{codes[code[1]]}")
    for pattern, what in _NOT_SAID:
        if pattern.fullmatch(token):
            _refuse(what)
    if near := _NEAR.fullmatch(token):
        return _near(*near.groups())
    if token.lower() in (*_AND, *_OR, "(", ")", "&!", "|!") or token.isdecimal():
        _refuse(f"`{token}` does not fit here")
    return _words(token.strip('"').replace("+", " "))


def _raw(token: str) -> _Part:
    """A piece of the text as it stands; % and _ are wildcards there."""
    text = token[1:-1].replace("''", "'")
    pattern = "(?i)" + "".join({"%": ".*?", "_": "."}.get(sign) or re.escape(sign) for sign in text)
    pattern = pattern.replace("\\ ", " ")
    return _Part("regex", pattern, f'regex:"{_without_quotes(pattern)}"', token)


def _near(name: str, words: str, option: str | None) -> _Part:
    pieces = words.split("-")
    if option and not option.isdecimal():
        _refuse("a distance in sentences or paragraphs")
    distance = int(option) if option else _DEFAULT
    if distance < 1 or len(pieces) != 2 or not all(map(str.strip, pieces)):
        _refuse(f"{name} with another number of words or without a distance")
    operator = "THEN" if name.lower() == "seq" else "NEAR"
    first, second = (_words(piece.replace("+", " ")).rule for piece in pieces)
    return _rule(f"{first} {operator}/{distance - 1} {second}")


def _words(text: str) -> _Part:
    words = " ".join(text.split())
    if not words:
        _refuse("a word is missing")
    escaped = re.sub(r"[*?\\]", r"\\\g<0>", words)
    return _Part("lemma", escaped, f'lemma:"{_without_quotes(escaped)}"', text)


def _rule(text: str) -> _Part:
    return _Part("rule", text, text, text)


def _negated(part: _Part) -> _Part:
    if not part.positive:
        _refuse("a negation of a negation")
    return _Part(part.kind, part.text, part.rule, part.original, positive=False)


def _bracketed(part: _Part) -> str:
    return f"({part.rule})" if part.kind == "rule" and " " in part.rule else part.rule


def _without_quotes(text: str) -> str:
    if '"' in text:
        _refuse("a quotation mark within a word")
    return text


def _refuse(why: str) -> NoReturn:
    raise ValueError(why)
