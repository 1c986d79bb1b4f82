"""Patterns of other programs as terms of ours that find the same, and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from rubricate.codebooks.checks.words import entry_forms
from rubricate.codebooks.terms import JOINT, parse_term

if TYPE_CHECKING:
    from rubricate.codebooks.codebook import Codebook, Entry

MOST_FORMS = 200
"""Into how many patterns one term may be written out."""

_SIGNS = re.compile(r"[*?\\]")
_ESCAPED = re.compile(r"\\([*?\\])|([*?])")


@dataclass(frozen=True, slots=True)
class Wildcards:
    """What a program understands: ``inner`` anywhere in a word, ``trailing`` only at its end."""

    inner: str = ""
    trailing: str = ""


ANYWHERE = Wildcards(inner="*?")
STARS = Wildcards(inner="*")
LAST_STAR = Wildcards(trailing="*")


def as_term(pattern: str, wildcards: Wildcards) -> tuple[str, str]:
    """The kind and the text of a term that finds what a pattern finds: its words as they stand, any case.

    A ``ValueError`` says why there is none.

    >>> as_term("embargo*", LAST_STAR), as_term("tax* reform", ANYWHERE), as_term("d*mn", LAST_STAR)
    (('term', 'embargo*'), ('glob', 'tax* reform'), ('word', 'd\\\\*mn'))
    """
    words = " ".join(pattern.split())
    text = _SIGNS.sub(lambda sign: _translated(words, sign, wildcards), words)
    if not re.search(r"(?<!\\)(?:\\\\)*[*?]", text):
        parse_term(text, "word")
        return "word", text
    term = parse_term(text, "glob")
    only_globs = all(slot.kind == "glob" for slot in term.slots)
    return "term" if only_globs else "glob", text


def _translated(words: str, sign: re.Match[str], wildcards: Wildcards) -> str:
    character = sign.group()
    at_end = sign.end() == len(words)
    active = character in wildcards.inner or (at_end and character in wildcards.trailing)
    return character if active else f"\\{character}"


def as_patterns(entry: Entry, book: Codebook, wildcards: Wildcards) -> tuple[str, ...]:
    """The patterns that together find what an entry finds; a ``ValueError`` says why there are none.

    A word in its base form gives a pattern for each of its forms.
    """
    if entry.kind not in ("term", "lemma", "word", "case", "glob"):
        raise ValueError(f"a {entry.kind}: entry")
    forms = entry_forms(entry, book)
    count = prod(map(len, forms))
    if count > MOST_FORMS:
        raise ValueError(f"a phrase with {count:,} forms")
    if count == 1 and entry.kind != "lemma":
        return (_typed(" ".join(entry.text.split()), wildcards, globs=entry.kind in ("term", "glob")),)
    term = parse_term(entry.text, entry.kind)
    first, *gaps = (_escaped(gap) for gap in term.gaps)
    phrases = (
        first + "".join(word + gap for word, gap in zip(words, gaps, strict=True))
        for words in product(*forms)
    )
    return tuple(_typed(phrase, wildcards, globs=True) for phrase in phrases)


def _escaped(gap: str) -> str:
    return " " if gap == JOINT else _SIGNS.sub(r"\\\g<0>", gap)


def _typed(text: str, wildcards: Wildcards, *, globs: bool) -> str:
    """A text of ours as another program must read it."""

    def sign(found: re.Match[str]) -> str:
        literal = found[1] or ("" if globs else found[2])
        character = literal or found[2]
        at_end = found.end() == len(text)
        known = character in wildcards.inner or (at_end and character in wildcards.trailing)
        if literal and known:
            raise ValueError(f"the character {character} itself")
        if not literal and not known:
            raise ValueError(f"{character} as a wildcard here")
        return character

    return _ESCAPED.sub(sign, text)


_WEIGHT = re.compile(r"weight (-?\d{1,9}(?:\.\d{1,9})?)")


def weight_note(weight: str) -> str:
    """The note of a term that has a weight; 1 is none."""
    try:
        return "" if float(weight) == 1 else f"weight {weight}"
    except ValueError:
        return f"weight {weight}"


def weight_of(note: str) -> str:
    """The weight that a note tells, or nothing."""
    found = _WEIGHT.fullmatch(note)
    return found[1] if found else ""
