"""One line of a LIWC dictionary: a category of its header, or a term with its categories and conditions."""

from __future__ import annotations

import re
from dataclasses import dataclass

HEADER = re.compile(r"(?P<indent>\s*)(?P<id>\d{1,9})(?:\s+(?P<name>\S.*?)?)?\s*")
_ITEM = re.compile(
    r"\s*(?:(?P<id>\d{1,9})"
    r"|(?P<next><(?P<word>[^<>]+)>\s*(?P<then>\d{1,9})/(?P<else>\d{1,9}))"
    r"|(?P<before>\([\d\s]+\)\s*(?P<before_then>\d{1,9})(?:/(?P<before_else>\d{1,9}))?))(?=\s|$)"
)
_WITHOUT_TAB = re.compile(r"(\S.*?)\s+(\d[\d\s]*|[<(].*)")


@dataclass(frozen=True, slots=True)
class Condition:
    """``<of>131/125``: category ``then`` before this next word, else ``otherwise`` (0 for none).

    A condition on the word before has no ``next_word``.
    """

    text: str
    then: int
    otherwise: int
    next_word: str = ""


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term with the numbers of its categories."""

    term: str
    categories: tuple[int, ...]
    conditions: tuple[Condition, ...]


def parse_term_line(line: str) -> TermLine | None:
    """The parsed line; None where it has no categories that can be read.

    >>> parse_term_line("abandon* 02 06").categories
    (2, 6)
    """
    stripped = line.strip()
    term, tab, rest = stripped.partition("\t")
    if not tab:
        found = _WITHOUT_TAB.fullmatch(stripped)
        if not found:
            return None
        term, rest = found.groups()
    categories, conditions, place = [], [], 0
    rest = rest.strip()
    while place < len(rest):
        item = _ITEM.match(rest, place)
        if not item:
            return None
        place = item.end()
        if item["id"]:
            categories.append(int(item["id"]))
        else:
            conditions.append(_condition(item))
    return TermLine(term.strip(), tuple(categories), tuple(conditions))


def _condition(item: re.Match[str]) -> Condition:
    if item["next"]:
        return Condition(item["next"], int(item["then"]), int(item["else"]), item["word"].strip())
    return Condition(item["before"], int(item["before_then"]), int(item["before_else"] or 0))
