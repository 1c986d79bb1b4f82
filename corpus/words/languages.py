"""What rubricate knows of each language, as data: one TOML file per language beside this module."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from rubricate.corpus.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FOLDER = files("rubricate.corpus.words") / "languages"


@dataclass(frozen=True, slots=True)
class Language:
    """Sentence ends, spelling variants and treacherous lemmas of one language.

    ``script`` is the first word of the Unicode names of its letters (LATIN). ``before_more`` are
    abbreviations that never end a sentence, ``before_number`` those that do not before a number,
    ``sometimes_last`` those that do only before a word that usually begins a sentence: one of ``openers``,
    or of ``starters`` in a language whose titles begin otherwise. A number with a full stop is an ordinal
    behind a word of ``ordinal_behind``, before one of ``ordinal_before``, or anywhere. ``spelling`` are
    (pattern, replacement) pairs after which two spellings of one word are equal. ``ambiguous`` are base
    forms that the word list joins with a word of another meaning, ``function_words`` those that stand
    only for themselves, ``apart`` those that end like the inflection of another and mean something else;
    ``corrected`` leads lemmas of the word list that are none to the word they belong to. All of these are
    folded; the others are as written: ``unfinished`` are words that never end a paragraph, because something
    must follow; ``speakers``, written with a capital, begin a sentence and no title or heading; ``small`` are
    the capitals with a small letter of their own, ``listed`` the letters that word lists have in place of
    folded ones, each with its counterpart.
    """

    script: str = ""
    before_more: frozenset[str] = frozenset()
    before_number: frozenset[str] = frozenset()
    sometimes_last: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    ordinal_behind: frozenset[str] = frozenset()
    ordinal_before: frozenset[str] = frozenset()
    ordinal_anywhere: bool = False
    spelling: tuple[tuple[re.Pattern[str], str], ...] = ()
    ambiguous: frozenset[str] = frozenset()
    function_words: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    unfinished: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    corrected: Mapping[str, str] = field(default_factory=dict)
    small: tuple[tuple[str, str], ...] = ()
    listed: tuple[tuple[str, str], ...] = ()

    def lower(self, word: str) -> str:
        """The word in small letters: IRAK is ırak in Turkish and irak elsewhere."""
        for capital, letter in self.small:
            word = word.replace(capital, letter)
        return word.lower()

    def as_listed(self, folded: str) -> str:
        """A folded word in the letters of the word list."""
        for letter, listed in self.listed:
            folded = folded.replace(letter, listed)
        return folded


@cache
def language(code: str) -> Language:
    """What is known of the language ``code`` (``en``, ``en-GB``); nothing, where there is no file."""
    name = code.partition("-")[0].lower()
    file = _FOLDER / f"{name}.toml"
    if not name.isalpha() or not file.is_file():
        return Language()
    return _of(tomllib.loads(file.read_text("utf-8")))


def _of(data: dict[str, Any]) -> Language:
    """The language that the tables of a file describe; tables that it has not are empty."""
    lines, ordinals, letters = (data.get(name, {}) for name in ("lines", "ordinals", "letters"))
    return Language(
        script=data.get("script", ""),
        **{name: _folded(words) for name, words in data.get("abbreviations", {}).items()},
        ordinal_behind=_folded(ordinals.get("behind", ())),
        ordinal_before=_folded(ordinals.get("before", ())),
        ordinal_anywhere=ordinals.get("anywhere", False),
        spelling=tuple(
            (re.compile(pattern), replacement)
            for pattern, replacement in data.get("spelling", {}).get("replacements", [])
        ),
        **{name: _folded(words) for name, words in data.get("lemmas", {}).items()},
        corrected={fold(one): fold(other) for one, other in data.get("corrected", {}).get("lemmas", ())},
        unfinished=frozenset(lines.get("unfinished", ())),
        speakers=frozenset(lines.get("speakers", ())),
        small=tuple(letters.get("small", {}).items()),
        listed=tuple(letters.get("listed", {}).items()),
    )


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, words))
