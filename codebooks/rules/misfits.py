"""What to write where the pieces of a rule do not fit together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks.rules.mistakes import Mistake

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rubricate.codebooks.rules.tokens import Piece

_OPERATORS = ("OR", "AND", "NOT", "NEAR", "APART")
_OPERANDS = ("WORD", "QUOTED", "OUTRIGHT", "REFERENCE", "OPEN", "COUNT")


def misfit(pieces: Sequence[Piece], index: int, end: int) -> Mistake:
    """What is wrong where the parser stopped, at the piece with this index or behind the last at ``end``."""
    before = pieces[index - 1] if index else None
    if index >= len(pieces):
        return _at_the_end(before, end)
    piece = pieces[index]
    if piece.kind == "COMPARISON":
        message = "a comparison stands behind COUNT(…) only; write COUNT( ) around what is to be counted"
    elif (before and before.kind in _OPERATORS) or before is None or before.kind in ("OPEN", "COUNT"):
        message = _without_operand(before, piece)
    elif piece.kind in _OPERANDS and _behind_count(pieces, index):
        return Mistake(before.at, "COUNT(…) needs a comparison; write one behind it, as in COUNT(talks) >= 2")
    elif piece.kind in _OPERANDS:
        instead = "write AND, OR, NOT, NEAR/5 or THEN/5 between them"
        message = f"an operator is missing before {piece.text}; {instead}"
    elif _behind_count(pieces, index):
        return Mistake(before.at, "COUNT(…) needs a comparison; write one behind it, as in COUNT(talks) >= 2")
    else:
        message = f"{piece.text} cannot stand here; remove it, or write what is missing before it"
    return Mistake(piece.at, message)


def _at_the_end(before: Piece | None, end: int) -> Mistake:
    if before is None:
        return Mistake(0, "an empty rule; write words and operators, as in arms NEAR/5 embargo")
    if before.kind == "CLOSE":
        return Mistake(end, "COUNT(…) needs a comparison; write one behind it, as in COUNT(talks) >= 2")
    return Mistake(before.at, f"nothing stands behind {before.text}; write what follows, or remove it")


def _without_operand(before: Piece | None, piece: Piece) -> str:
    """Say what is missing where an operand should stand and does not."""
    if piece.kind == "NOT":
        if before and before.kind == "AND":
            return "AND NOT is two operators; write NOT alone, as in a NOT b"
        if before and before.kind == "OR":
            return "what is absent cannot be one of two; write a NOT b in brackets"
        return "what is absent cannot be found; write what to find before NOT, as in a NOT b"
    if piece.kind == "NEAR" and before and before.kind == "NOT":
        return "NOT goes with NEAR, not with THEN; write NOT NEAR/5"
    if piece.kind == "CLOSE":
        return "nothing stands before this bracket; write what belongs into the brackets, or remove them"
    other = f"between {before.text} and {piece.text}" if before else f"before {piece.text}"
    return f"nothing stands {other}; write words, or remove the operator"


def _behind_count(pieces: Sequence[Piece], index: int) -> bool:
    """Whether the bracket before a piece is that of a COUNT."""
    depth = 0
    for place in range(index - 1, -1, -1):
        depth += {"CLOSE": 1, "OPEN": -1}.get(pieces[place].kind, 0)
        if depth == 0:
            return pieces[place].kind == "OPEN" and place > 0 and pieces[place - 1].kind == "COUNT"
    return False
