"""Which codes the rules of a code ask about, and in which order codes must be read for that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rubricate.codebooks.codebook import Entry
from rubricate.codebooks.rules.operands import references, words_of_rule
from rubricate.codebooks.rules.parsing import parse_rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rubricate.codebooks.codebook import Code
    from rubricate.codebooks.rules.tree import Rule


def rules_of(entry: Entry) -> Iterator[Rule]:
    """The rules of an entry: what it looks for, if it is a rule, and what it must not stand beside."""
    if entry.kind == "rule":
        yield parse_rule(entry.text)
    yield from (parse_rule(unless, condition=True) for unless in entry.unless)


def terms_of(entry: Entry) -> list[Entry]:
    """For each term in the rules of an entry (its own, and ``unless``) an entry with that term, each once."""
    if entry.kind != "rule" and not entry.unless:  # as most
        return []
    words = [word for rule in rules_of(entry) for word in words_of_rule(rule)]
    bare = Entry(entry.id, "term", "", entry.language, mark=entry.mark)
    found = (replace(bare, kind=word.kind, text=word.text) for word in words)
    return list({(one.kind, one.text): one for one in found}.values())


class NamedCodes:
    """The codes that ``@code`` and ``@code/*`` mean, looked up rather than looked for: rules may be many."""

    def __init__(self, codes: Sequence[Code]) -> None:
        """Of codes in the order of their codebook."""
        self._places = {code.id: place for place, code in enumerate(codes)}
        self._below: dict[str, list[str]] = {}
        self._found: dict[str, list[str]] = {}
        for code in codes:
            self._below.setdefault(code.parent, []).append(code.id)

    def of(self, code: str, subcodes: bool) -> list[str]:
        """The codes meant by ``@code`` or, with ``subcodes``, ``@code/*``, in the order of the codebook."""
        if not subcodes:
            return [code] if code in self._places else []
        if code not in self._found:
            meant = _reached(code, self._below, set())
            self._found[code] = sorted(meant & self._places.keys(), key=self._places.__getitem__)
        return self._found[code]


def asked_codes(codes: Sequence[Code]) -> dict[str, list[str]]:
    """For each code those that its entries ask about."""
    named = NamedCodes(codes)
    return {
        code.id: list(
            dict.fromkeys(
                one
                for entry in code.entries
                for rule in rules_of(entry)
                for reference in references(rule)
                for one in named.of(reference.code, reference.subcodes)
            )
        )
        for code in codes
    }


def in_order(asked: Mapping[str, Iterable[str]]) -> list[str]:
    """The codes, each behind those that it asks about; of a circle none comes first, and it is cut.

    >>> in_order({"a": ["b"], "b": []})
    ['b', 'a']
    """
    done: dict[str, None] = {}
    for start in asked:
        stack = [(start, iter(asked[start]))]
        opened = {start}
        while stack:
            code, others = stack[-1]
            following = next((one for one in others if one not in done and one not in opened), None)
            if following is None:
                done[code] = None
                opened.discard(code)
                stack.pop()
            else:
                stack.append((following, iter(asked.get(following, ()))))
                opened.add(following)
    return list(done)


def circles(asked: Mapping[str, Sequence[str]]) -> set[str]:
    """The codes that ask about themselves, at once or by way of others.

    These are the strongly connected components with an edge inside, found as Kosaraju and Sharir do, in time
    that grows with the references: who asks about whom is followed backwards, the last of ``in_order`` first.
    """
    asking: dict[str, list[str]] = {}
    for code, others in asked.items():
        for one in others:
            asking.setdefault(one, []).append(code)
    found: set[str] = set()
    seen: set[str] = set()
    for start in reversed(in_order(asked)):
        together = _reached(start, asking, seen)
        if len(together) > 1 or start in asked.get(start, ()):
            found |= together
    return found


def _reached(start: str, ways: Mapping[str, Sequence[str]], seen: set[str]) -> set[str]:
    """What can be reached from ``start`` and is not ``seen`` yet; it is afterwards."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            found.add(one)
            waiting += ways.get(one, ())
    return found


def linked_codes(codes: Sequence[Code]) -> list[tuple[str, str]]:
    """Pairs of codes of which the first asks about the second."""
    return [(code, other) for code, others in asked_codes(codes).items() for other in others]
