"""What rubricate knows of each language, as data: one TOML file per language beside this module."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_FOLDER = files("rubricate.corpus.words") / "languages"


@dataclass(frozen=True, slots=True)
class Language:
    """Sentence ends, spelling variants and treacherous lemmas of one language, all folded.

    ``before_more`` are abbreviations that never end a sentence, ``before_number`` those that do not
    before a number, ``sometimes_last`` those that do only before one of ``starters``. ``spelling`` are
    (pattern, replacement) pairs after which two spellings of one word are equal. ``ambiguous`` are base
    forms that the word list joins with a word of another meaning, ``function_words`` those that stand
    only for themselves. ``unfinished`` are words that never end a paragraph, because something must
    follow; ``speakers``, written with a capital, begin a sentence and no title or heading.
    """

    before_more: frozenset[str] = frozenset()
    before_number: frozenset[str] = frozenset()
    sometimes_last: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    spelling: tuple[tuple[re.Pattern[str], str], ...] = ()
    ambiguous: frozenset[str] = frozenset()
    function_words: frozenset[str] = frozenset()
    unfinished: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()


@cache
def language(code: str) -> Language:
    """What is known of the language ``code`` (``en``, ``en-GB``); nothing, where there is no file."""
    name = code.partition("-")[0].lower()
    file = _FOLDER / f"{name}.toml"
    if not name.isalpha() or not file.is_file():
        return Language()
    data = tomllib.loads(file.read_text("utf-8"))
    abbreviations = {name: frozenset(words) for name, words in data.get("abbreviations", {}).items()}
    return Language(
        **abbreviations,
        spelling=tuple(
            (re.compile(pattern), replacement)
            for pattern, replacement in data.get("spelling", {}).get("replacements", [])
        ),
        **{name: frozenset(words) for name, words in data.get("lemmas", {}).items()},
        unfinished=frozenset(data.get("lines", {}).get("unfinished", [])),
        speakers=frozenset(data.get("lines", {}).get("speakers", [])),
    )
