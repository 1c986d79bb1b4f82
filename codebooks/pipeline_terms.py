"""Terms that a spaCy pipeline must read: words with their part of speech, and entities.

Token patterns, the third kind, have a module of their own (``token_patterns``). Nothing here imports spaCy.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.codebooks.terms import JOINT, Term, parse_term
from rubricate.codebooks.token_patterns import pattern_needs

if TYPE_CHECKING:
    from rubricate.codebooks.codebook import Entry

PIPELINE_KINDS = ("pos", "entity", "tokens")

PARTS_OF_SPEECH = (
    *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM"),
    *("PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"),
)
"""The coarse parts of speech of Universal Dependencies."""

_LABEL = re.compile(r"\w[\w.-]*")
_EXAMPLE = "write the word, a slash and one, as in `power/NOUN`"


@dataclass(frozen=True, slots=True)
class PosTerm:
    """Words as any term has them, with the part of speech that each must have ("" for any)."""

    words: Term
    tags: tuple[str, ...]


def parse_pos(text: str) -> PosTerm:
    """The parsed words of a ``pos:`` term; a ``ValueError`` says what is wrong and what to write instead.

    >>> parse_pos("great/ADJ power/NOUN").tags
    ('ADJ', 'NOUN')
    """
    pieces = [_piece(piece) for piece in text.split()]
    words = parse_term(" ".join(word for word, _ in pieces))
    tags = [tag for word, tag in pieces for _ in parse_term(word).slots]
    if not any(tags):
        raise ValueError(f"{_shown(text)} has no part of speech; {_EXAMPLE}")
    return PosTerm(words, tuple(tags))


def parse_entity(text: str) -> str:
    """The label of an ``entity:`` term; a ``ValueError`` says what is wrong with it."""
    label = text.strip()
    if not _LABEL.fullmatch(label):
        wrong = f"{_shown(label)} is no entity label" if label else "the label of an entity is missing"
        raise ValueError(f"{wrong}; write one that the pipeline knows, such as GPE or PERSON")
    return label


def entry_needs(entry: Entry) -> frozenset[str]:
    """What a pipeline must provide for an entry, as keys of NEEDS; nothing for words and phrases."""
    if entry.kind == "tokens":
        return pattern_needs(entry.text)
    return frozenset({"pos": ("pos",), "entity": ("entity",)}.get(entry.kind, ()))


def _piece(piece: str) -> tuple[str, str]:
    """A word and its part of speech."""
    word, slash, tag = piece.rpartition("/")
    if not slash:
        return piece, ""
    if tag not in PARTS_OF_SPEECH:
        raise ValueError(f"{_wrong_tag(tag, piece)}; {_instead(tag)}")
    if word.rpartition("/")[2] in PARTS_OF_SPEECH:
        raise ValueError(f"`{piece}` has more than one part of speech; write one, or an entry for each")
    term = parse_term(word) if word else Term((), ())
    if not term.slots:
        raise ValueError(f"no word stands before the slash of `{piece}`; {_EXAMPLE}")
    if JOINT in term.gaps[1:-1] or "-" in term.gaps[1:-1]:
        raise ValueError(f"`{word}` is more than one word to spaCy; write each with its part of speech")
    return word, tag


def _wrong_tag(tag: str, piece: str) -> str:
    return f"`{tag}` is no part of speech" if tag else f"`{piece}` lacks its part of speech"


def _instead(tag: str) -> str:
    close = difflib.get_close_matches(tag.upper(), PARTS_OF_SPEECH, n=1)
    return f"write {close[0]}" if close else f"write one of {', '.join(PARTS_OF_SPEECH)}"


def _shown(text: str) -> str:
    return f"`{' '.join(text.split())}`"
