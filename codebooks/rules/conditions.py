"""The grammar of conditions on variables: ``year >= 2018 AND outlet != "irna"``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from rubricate.codebooks.rules.mistakes import LanguageError, Mistake, raise_if_any
from rubricate.codebooks.rules.tokens import Piece, check_brackets
from rubricate.codebooks.rules.variables import (
    DATE,
    NUMBER,
    All,
    Comparison,
    Condition,
    Not,
    Some,
    comparisons,
    impossible_date,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lark import Lark, Token

GRAMMAR = """
?start: some
?some: all
     | all (_OR all)+ -> some
?all: one
    | one (_AND one)+ -> all
?one: comparison
    | _NOT one -> negated
    | _OPEN some _CLOSE
comparison: name OPERATOR value -> comparison
          | name _IN _OPEN value (_COMMA value)* _CLOSE -> one_of
name: WORD | QUOTED
value: WORD | QUOTED
%declare _OR _AND _NOT _OPEN _CLOSE _IN _COMMA OPERATOR WORD QUOTED
"""
_UNKEPT = ("OR", "AND", "NOT", "OPEN", "CLOSE", "IN", "COMMA")

MOST_CHARACTERS = 5_000
_MOST_NOT = 50

_EXAMPLE = 'as in year >= 2018 AND outlet != "irna"'
_END = r'(?=[\s()",=!<>“”]|\Z)'
_PIECES = {
    "SPACE": r"\s+",
    "OPEN": r"\(",
    "CLOSE": r"\)",
    "COMMA": ",",
    "OPERATOR": r">=|<=|!=|=(?![=<>~])|<(?!>)|>",
    "OR": rf"OR{_END}",
    "AND": rf"AND{_END}",
    "NOT": rf"NOT{_END}",
    "IN": rf"IN{_END}",
    "QUOTED": r'"(?:\\.|[^"\\])*"',
    "OPEN_QUOTE": '"',
    "CURLY": "[“”„‟]",
    "FOREIGN": "==|<>|=>|=<|=~|!|~",
    "WORD": r'[^\s()",=!<>~“”„‟]+',
}
_PIECE = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PIECES.items()), re.DOTALL)
_INSTEAD = {"==": "=", "=>": ">=", "=<": "<=", "<>": "!=", "!": "!= or NOT", "~": "=", "=~": "="}


@cache
def parse_condition(text: str) -> Condition:
    """The tree of a condition; LanguageError holds everything that is wrong with it.

    >>> parse_condition("year >= 2018")
    Comparison(variable='year', operator='>=', values=('2018',), at=0)
    """
    if len(text) > MOST_CHARACTERS:
        wrong = f"a condition of {len(text)} characters; the longest allowed has {MOST_CHARACTERS}"
        raise LanguageError([Mistake(0, wrong)])
    pieces = _cut(text)
    raise_if_any(_check_pieces(pieces))
    condition = _parsed(text, pieces)
    raise_if_any([*_check_order(condition), *_check_dates(condition)])
    return condition


def written_condition(condition: Condition) -> str:
    """The text of a condition, always in the same way; parsing it gives the same tree."""
    return _written(condition, 0)


def _written(condition: Condition, closest: int) -> str:
    match condition:
        case Some(parts):
            level, text = 0, " OR ".join(_written(part, 1) for part in parts)
        case All(parts):
            level, text = 1, " AND ".join(_written(part, 2) for part in parts)
        case Not(part):
            level, text = 2, f"NOT {_written(part, 2)}"
        case Comparison(variable, operator, values):
            some = [_value(value) for value in values]
            asked = f"({', '.join(some)})" if operator == "IN" else some[0]
            level, text = 2, f"{_name(variable)} {operator} {asked}"
    return text if level >= closest else f"({text})"


def _name(name: str) -> str:
    return name if [piece.kind for piece in _cut(name)] == ["WORD"] else _quoted(name)


def _value(value: str) -> str:
    return value if NUMBER.fullmatch(value) or DATE.fullmatch(value) else _quoted(value)


def _quoted(text: str) -> str:
    escaped = text.replace('"', r"\"")
    return f'"{escaped}"'


def _cut(text: str) -> list[Piece]:
    pieces = (Piece(str(hit.lastgroup), hit.group(), hit.start()) for hit in _PIECE.finditer(text))
    return [piece for piece in pieces if piece.kind != "SPACE"]


def _check_pieces(pieces: Sequence[Piece]) -> Iterator[Mistake]:
    for piece in pieces:
        if piece.kind == "OPEN_QUOTE":
            yield Mistake(piece.at, "this quotation mark is never closed; write the closing one")
        elif piece.kind == "CURLY":
            wrong = f"{piece.text} is a typographic quotation mark"
            yield Mistake(piece.at, f'{wrong}; write the straight one, "')
        elif piece.kind == "FOREIGN":
            yield Mistake(piece.at, f"{piece.text} is no comparison; write {_INSTEAD[piece.text]}")
    denied = [piece for piece in pieces if piece.kind == "NOT"]
    if len(denied) > _MOST_NOT:
        yield Mistake(denied[_MOST_NOT].at, f"more than {_MOST_NOT} NOT; write fewer")
    yield from check_brackets(pieces, "write fewer")


def _check_order(condition: Condition) -> Iterator[Mistake]:
    """Comparisons that ask which text comes first."""
    for one in comparisons(condition):
        value = one.values[0]
        ordered = one.operator not in ("=", "!=", "IN")
        if ordered and not (NUMBER.fullmatch(value) or DATE.fullmatch(value)):
            instead = "a date as in 2018-05-14, or = or !="
            yield Mistake(one.at, f"{one.operator} compares numbers and dates; write {instead}")


def _check_dates(condition: Condition) -> Iterator[Mistake]:
    """Dates that no calendar has, where a date is meant: "2018-13" may also be the issue of a journal."""
    for one in comparisons(condition):
        if one.variable == "date" or one.operator not in ("=", "!=", "IN"):
            for value in filter(impossible_date, one.values):
                wrong = f"{value} is no date: there is no such month or day"
                yield Mistake(one.at, f"{wrong}; write one as in 2018-05-14, 2018-05 or 2018")


def _parsed(text: str, pieces: Sequence[Piece]) -> Condition:
    from lark.exceptions import UnexpectedToken

    try:
        condition: Condition = _parser().parse(text)  # type: ignore[assignment]
    except UnexpectedToken as error:
        at = len(text) if error.token.type == "$END" else error.token.start_pos
        index = next((index for index, piece in enumerate(pieces) if piece.at == at), len(pieces))
        raise LanguageError([_misfit(pieces, index, max(len(text.rstrip()) - 1, 0))]) from None
    return condition


def _misfit(pieces: Sequence[Piece], index: int, end: int) -> Mistake:
    before = pieces[index - 1] if index else None
    if index >= len(pieces):
        if before is None:
            return Mistake(0, f"an empty condition; write one, {_EXAMPLE}")
        if before.kind in ("WORD", "QUOTED"):
            return Mistake(
                before.at, f"{before.text} is compared with nothing; write a comparison, {_EXAMPLE}"
            )
        return Mistake(end, f"nothing stands behind {before.text}; write what follows, {_EXAMPLE}")
    piece = pieces[index]
    beside = before and before.kind in ("WORD", "QUOTED") and piece.kind in ("WORD", "QUOTED")
    if beside and _is_operator(pieces, index - 2):
        return Mistake(
            piece.at, f"an AND or OR is missing before {piece.text}, or quotation marks around both"
        )
    if beside:
        return Mistake(
            piece.at, f"a comparison is missing before {piece.text}; write one of = != < <= > >= IN"
        )
    if before and before.kind == "IN":
        return Mistake(piece.at, 'the values behind IN stand in brackets; write IN ("irna", "tass")')
    if before and before.kind in ("WORD", "QUOTED") and piece.kind in ("AND", "OR", "CLOSE"):
        return Mistake(before.at, f"{before.text} is compared with nothing; write a comparison, {_EXAMPLE}")
    return Mistake(piece.at, f"{piece.text} cannot stand here; write a comparison, {_EXAMPLE}")


def _is_operator(pieces: Sequence[Piece], index: int) -> bool:
    return index >= 0 and pieces[index].kind == "OPERATOR"


@cache
def _parser() -> Lark:
    from lark import Lark, Token, Transformer, v_args
    from lark.lexer import Lexer

    class Pieces(Lexer):
        """The pieces of a condition as Lark's tokens."""

        def __init__(self, _configuration: Any) -> None:
            pass

        def lex(self, data: str) -> Iterator[Token]:  # type: ignore[override]
            for piece in _cut(data):
                name = f"_{piece.kind}" if piece.kind in _UNKEPT else piece.kind
                yield Token(name, piece.text, start_pos=piece.at)

    @v_args(inline=True)
    class Build(Transformer[Any, Condition]):
        """Turns what the grammar found into the tree."""

        some = staticmethod(lambda *parts: Some(parts))
        all = staticmethod(lambda *parts: All(parts))
        negated = staticmethod(Not)
        name = staticmethod(lambda token: token)
        value = staticmethod(_plain)
        comparison = staticmethod(
            lambda name, sign, value: Comparison(_plain(name), str(sign), (value,), name.start_pos)
        )
        one_of = staticmethod(lambda name, *values: Comparison(_plain(name), "IN", values, name.start_pos))

    return Lark(GRAMMAR, parser="lalr", lexer=Pieces, transformer=Build())


def _plain(token: Token) -> str:
    """A name or value without its quotation marks."""
    return token[1:-1].replace(r"\"", '"') if token.type == "QUOTED" else str(token)
