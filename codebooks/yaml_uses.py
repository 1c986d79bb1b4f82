"""The codes that rules name: whether they are there, have something to find, and do not turn in a circle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.codebooks.rules.dependencies import NamedCodes, circles
from rubricate.codebooks.yaml_fields import nearest
from rubricate.codebooks.yaml_places import pointed_out

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from rubricate.codebooks.codebook import Code, Mark
    from rubricate.codebooks.errors import Problems
    from rubricate.codebooks.yaml_rules import Use


@dataclass(frozen=True)
class _Known:
    """What is known of all codes: ``asked`` says which each asks about, ``turning`` are those that ask about
    themselves, ``finding`` those with entries.

    A group (``@code/*``) is asked in one place, under its own name, however many rules ask for all of it.
    """

    codes: Sequence[Code]
    places: Mapping[str, Mark]
    named: NamedCodes
    asked: Mapping[str, Sequence[str]]
    turning: Collection[str]
    finding: Collection[str]


def check_uses(
    uses: Sequence[Use], codes: Sequence[Code], places: Mapping[str, Mark], problems: Problems
) -> None:
    """Report what is wrong with the codes that rules name; to be called when all codes are read.

    ``places`` are the ids of all codes, those included that could not be read.
    """
    if not uses:
        return
    named = NamedCodes(codes)
    asked: dict[str, list[str]] = {}
    for use in uses:
        asked.setdefault(use.code, []).append(_named(use))
        if use.subcodes:
            asked[_named(use)] = named.of(use.target, True)
    finding = {code.id for code in codes if code.entries}
    known = _Known(codes, places, named, asked, circles(asked), finding)
    for use in uses:
        for message in _wrong(use, known):
            problems.add(use.mark, message, pointed_out(use.mark, problems.lines))


def _named(use: Use) -> str:
    return f"{use.target}/*" if use.subcodes else use.target


def _wrong(use: Use, known: _Known) -> Iterator[str]:
    if use.target not in known.places:
        close = nearest(use.target, known.places)
        instead = f"write @{close}" if close else "write the id of a code of this codebook"
        yield f"there is no code `{use.target}`; {instead}"
        return
    meant = known.named.of(use.target, use.subcodes)
    if use.code in meant:
        whom = (
            f"`{use.code}` is one of @{use.target}/*" if use.subcodes else "a rule cannot name its own code"
        )
        yield f"{whom}, so the rule would wait for itself; name other codes"
    elif use.code in known.turning and _leads_to(_named(use), use.code, known.asked):
        yield f"@{use.target} asks about `{use.code}`, too, and each would wait for the other; cut the circle"
    elif meant and not any(one in known.finding for one in meant):
        yield _nothing_to_find(use, known.codes)


def _leads_to(code: str, other: str, asked: Mapping[str, Sequence[str]]) -> bool:
    seen: set[str] = set()
    waiting = [code]
    while waiting:
        one = waiting.pop()
        if one == other:
            return True
        if one not in seen:
            seen.add(one)
            waiting += asked.get(one, ())
    return False


def _nothing_to_find(use: Use, codes: Sequence[Code]) -> str:
    target = next(code for code in codes if code.id == use.target)
    if target.coded_by == "hand":
        return f"`{use.target}` is coded by hand, and a rule sees only what rules find; name another code"
    below = any(code.parent == use.target for code in codes)
    if below and not use.subcodes:
        return f"`{use.target}` has no terms of its own; write @{use.target}/* for the codes below it"
    return f"`{use.target}` has no terms or rules, so nothing can be found; name another code"
