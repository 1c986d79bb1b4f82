"""The codes that rules name: whether they are there, have something to find, and do not turn in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks.rules.dependencies import circles, named_codes
from rubricate.codebooks.yaml_fields import nearest
from rubricate.codebooks.yaml_places import pointed_out

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from rubricate.codebooks.codebook import Code, Mark
    from rubricate.codebooks.errors import Problems
    from rubricate.codebooks.yaml_rules import Use


def check_uses(
    uses: Sequence[Use], codes: Sequence[Code], places: Mapping[str, Mark], problems: Problems
) -> None:
    """Report what is wrong with the codes that rules name; to be called when all codes are read.

    ``places`` are the ids of all codes, those included that could not be read.
    """
    if not uses:
        return
    known = {code.id: code for code in codes}
    meant: dict[str, dict[str, None]] = {}
    asked: dict[str, list[str]] = {}
    for use in uses:
        named = _named(use)
        if named not in meant:
            meant[named] = dict.fromkeys(_meant(use, codes, known))
            if use.subcodes:  # a group is asked in one place, however many ask for all of its codes
                asked[named] = [*meant[named]]
        asked.setdefault(use.code, []).append(named)
    turning = circles(asked)
    for use in uses:
        for message in _wrong(use, known, meant[_named(use)], places, asked, turning):
            problems.add(use.mark, message, pointed_out(use.mark, problems.lines))


def _named(use: Use) -> str:
    return f"{use.target}/*" if use.subcodes else use.target


def _meant(use: Use, codes: Sequence[Code], known: Mapping[str, Code]) -> Sequence[str]:
    """The codes that a use means; most name one, which is looked up."""
    if use.subcodes:
        return named_codes(use.target, True, codes)
    return [use.target] if use.target in known else []


def _wrong(
    use: Use,
    codes: Mapping[str, Code],
    meant: Collection[str],
    places: Mapping[str, Mark],
    asked: Mapping[str, Sequence[str]],
    turning: Collection[str],
) -> Iterator[str]:
    if use.target not in places:
        close = nearest(use.target, places)
        instead = f"write @{close}" if close else "write the id of a code of this codebook"
        yield f"there is no code `{use.target}`; {instead}"
        return
    if use.code in meant:
        whom = (
            f"`{use.code}` is one of @{use.target}/*" if use.subcodes else "a rule cannot name its own code"
        )
        yield f"{whom}, so the rule would wait for itself; name other codes"
    elif use.code in turning and _leads_to(_named(use), use.code, asked):
        yield f"@{use.target} asks about `{use.code}`, too, and each would wait for the other; cut the circle"
    elif meant and not any(codes[one].entries for one in meant):
        yield _nothing_to_find(use, codes)


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


def _nothing_to_find(use: Use, codes: Mapping[str, Code]) -> str:
    target = codes[use.target]
    if target.coded_by == "hand":
        return f"`{use.target}` is coded by hand, and a rule sees only what rules find; name another code"
    below = any(code.parent == use.target for code in codes.values())
    if below and not use.subcodes:
        return f"`{use.target}` has no terms of its own; write @{use.target}/* for the codes below it"
    return f"`{use.target}` has no terms or rules, so nothing can be found; name another code"
