"""The words by which each language shows that a sentence enumerates, or that it does not, as data: one TOML
file per language in ``languages/``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = files("rubricate.corpus.items") / "languages"


@dataclass(frozen=True, slots=True)
class Habits:
    """How one language enumerates.

    ``conjunctions`` open a last member; ``ordinals`` and ``adverbs`` give the place of words such as
    "second" and "secondly", of which the former also stand elsewhere. ``continuing`` are words, or pairs,
    with which an aside begins, that belongs to the member before it. ``subjects`` begin a clause,
    ``first_only`` do when they come first; ``verbs`` are in one, unless one of ``relatives`` stands before.
    ``participles`` are endings of words that continue a member where one of ``prepositions`` follows,
    ``gerund`` that of words which open members, but asides, too.
    """

    conjunctions: frozenset[str] = frozenset()
    ordinals: Mapping[str, int] = field(default_factory=dict)
    adverbs: Mapping[str, int] = field(default_factory=dict)
    continuing: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    first_only: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    relatives: frozenset[str] = frozenset()
    participles: tuple[str, ...] = ()
    gerund: str = ""
    prepositions: frozenset[str] = frozenset()

    @property
    def places(self) -> Mapping[str, int]:
        """The place of every ordinal and adverb."""
        return {**self.ordinals, **self.adverbs}


@cache
def habits_of(language: str) -> Habits:
    """The habits of a language (``en``, ``en-GB``); none, where there is no file."""
    name = language.partition("-")[0].lower()
    file = _FOLDER / f"{name}.toml"
    if not name.isalpha() or not file.is_file():
        return Habits()
    data = tomllib.loads(file.read_text("utf-8"))
    sets = {
        kind: frozenset(data.get(kind, ()))
        for kind in (
            "conjunctions",
            "continuing",
            "subjects",
            "first_only",
            "verbs",
            "relatives",
            "prepositions",
        )
    }
    return Habits(
        **sets,
        ordinals=_places(data.get("ordinals", [])),
        adverbs=_places(data.get("adverbs", [])),
        participles=tuple(data.get("participles", ())),
        gerund=data.get("gerund", ""),
    )


def _places(words: list[list[str]]) -> dict[str, int]:
    return {word: place for place, same in enumerate(words, 1) for word in same}
