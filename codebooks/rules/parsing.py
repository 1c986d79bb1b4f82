"""The grammar of rules."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from rubricate.codebooks.rules import tokens
from rubricate.codebooks.rules.misfits import misfit
from rubricate.codebooks.rules.mistakes import LanguageError, Mistake, raise_if_any
from rubricate.codebooks.rules.operands import check_rule
from rubricate.codebooks.rules.tree import Apart, Both, Count, Either, Near, Reference, Rule, Without, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lark import Lark, Token

    from rubricate.codebooks.rules.tokens import Piece

GRAMMAR = """
?start: either
?either: both
       | both (_OR both)+ -> either
?both: without
     | without (_AND without)+ -> both
?without: near
        | without _NOT near -> without
        | without APART near -> apart
?near: operand
     | near NEAR operand -> near
?operand: WORD+ -> phrase
        | QUOTED -> quoted
        | OUTRIGHT -> outright
        | REFERENCE -> reference
        | _OPEN either _CLOSE
        | COUNT _OPEN either _CLOSE COMPARISON -> count
%declare _OR _AND _NOT APART NEAR WORD QUOTED OUTRIGHT REFERENCE _OPEN _CLOSE COUNT COMPARISON
"""
_UNKEPT = ("OR", "AND", "NOT", "OPEN", "CLOSE")

MOST_CHARACTERS = 10_000
MOST_PIECES = 2_000
MOST_JOINED = 100
"""NEAR, THEN and NOT in one rule: each of them makes its tree one level deeper."""


@cache
def parse_rule(text: str, *, condition: bool = False) -> Rule:
    """The tree of a rule; LanguageError holds everything that is wrong with it.

    A ``condition`` stands under ``unless`` and need not find anything.

    >>> parse_rule("arms NEAR/5 embargo*").most
    5
    """
    if len(text) > MOST_CHARACTERS:
        instead = "write several rules"
        wrong = f"a rule of {len(text)} characters; the longest allowed has {MOST_CHARACTERS}, {instead}"
        raise LanguageError([Mistake(0, wrong)])
    pieces = tokens.cut(text)
    mistakes = [*tokens.check_pieces(pieces), *_too_many(pieces)]
    raise_if_any(mistakes)
    rule = _parsed(text, pieces)
    raise_if_any(check_rule(rule, condition=condition))
    return rule


def _too_many(pieces: Sequence[Piece]) -> Iterator[Mistake]:
    if len(pieces) > MOST_PIECES:
        yield Mistake(
            pieces[MOST_PIECES].at, f"more than {MOST_PIECES} words and operators; write several rules"
        )
    joining = [piece for piece in pieces if piece.kind in ("NEAR", "NOT", "APART")]
    if len(joining) > MOST_JOINED:
        yield Mistake(
            joining[MOST_JOINED].at, f"more than {MOST_JOINED} NEAR, THEN and NOT; write several rules"
        )


def _parsed(text: str, pieces: Sequence[Piece]) -> Rule:
    from lark.exceptions import UnexpectedToken

    try:
        rule: Rule = _parser().parse(text)  # type: ignore[assignment]
    except UnexpectedToken as error:
        at = len(text) if error.token.type == "$END" else error.token.start_pos
        index = next((index for index, piece in enumerate(pieces) if piece.at == at), len(pieces))
        raise LanguageError([misfit(pieces, index, max(len(text.rstrip()) - 1, 0))]) from None
    return rule


@cache
def _parser() -> Lark:
    from lark import Lark, Token, Transformer, v_args
    from lark.lexer import Lexer

    class Pieces(Lexer):
        """The pieces of a rule as Lark's tokens."""

        def __init__(self, _configuration: Any) -> None:
            pass

        def lex(self, data: str) -> Iterator[Token]:  # type: ignore[override]
            for piece in tokens.cut(data):
                name = f"_{piece.kind}" if piece.kind in _UNKEPT else piece.kind
                yield Token(name, piece.text, start_pos=piece.at)

    @v_args(inline=True)
    class Build(Transformer[Any, Rule]):
        """Turns what the grammar found into the tree."""

        either = staticmethod(lambda *parts: Either(parts, parts[0].at))
        both = staticmethod(lambda first, *others: Both(first, others, first.at))
        without = staticmethod(lambda first, other: Without(first, other, first.at))
        apart = staticmethod(lambda first, sign, other: Apart(first, other, tokens.distance(sign), first.at))
        near = staticmethod(_near)
        phrase = staticmethod(_phrase)
        quoted = staticmethod(lambda text: Words("word", tokens.unquoted(text), text.start_pos))
        outright = staticmethod(lambda text: Words(*tokens.outright(text), text.start_pos))
        reference = staticmethod(lambda text: Reference(*tokens.reference(text), text.start_pos))
        count = staticmethod(_count)

    return Lark(GRAMMAR, parser="lalr", lexer=Pieces, transformer=Build())


def _near(first: Rule, sign: Token, other: Rule) -> Near:
    return Near(first, other, tokens.distance(sign), sign.startswith("THEN"), first.at)


def _phrase(*words: Token) -> Words:
    return Words("term", " ".join(words), words[0].start_pos or 0)


def _count(sign: Token, counted: Rule, comparison: Token) -> Count:
    digits = comparison.lstrip("=!<> \t\n\r")
    operator = comparison[: len(comparison) - len(digits)].strip()
    return Count(counted, operator, min(int(digits[-18:]), 10**9), sign.start_pos or 0)
