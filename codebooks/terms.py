"""The grammar of one term: which words it has, what kind each is, and what must stand between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rubricate.codebooks.regexes import Regex, parse_regex
from rubricate.corpus.words.borders import word_edges
from rubricate.corpus.words.characters import DASHES, ZWNJ
from rubricate.corpus.words.folding import bare, fold

KINDS = ("term", "lemma", "word", "case", "glob", "regex")
"""``term`` gives each word its own kind; the others say the kind of all words outright."""

JOINT = " "
"""The gap that white space, an unspaced hyphen or dash, or a hyphen at a line break fills."""

MOST_CHARACTERS = 1000

_LITERAL = re.compile(r"\\([*?\\])")
_STAR, _MARK, _BACKSLASH = "\ue000", "\ue001", "\ue002"  # stand for escaped * ? \ while a term is cut up


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of a term.

    ``kind`` is ``plain`` (base form or inflected, as the language's word list has it), ``lemma``,
    ``surface`` (this form, any case), ``case`` (these letters exactly) or ``glob``. ``text`` is folded for
    ``surface`` and ``glob``; otherwise as written: a word's lemma can depend on its case (Macht, macht).
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term cut into words, or a regex.

    ``gaps[i]`` is what stands before ``slots[i]``, and the last gap what stands behind the last slot:
    JOINT between ordinary words, otherwise folded characters that must stand in the text as typed
    (a space in them is any white space). A term without words (``:)``) has one gap and no slot.
    """

    slots: tuple[Slot, ...]
    gaps: tuple[str, ...]
    regex: Regex | None = None


@lru_cache(maxsize=65_536)  # a term is parsed to be read, to be checked, to be shown and to be looked for
def parse_term(text: str, kind: str = "term", hyphens: str = "split") -> Term:
    """The parsed term; a ``ValueError`` says what is wrong and what to write instead.

    ``hyphens``: ``split``, where one is like a space, or ``keep``, where one between letters joins a word.

    >>> parse_term("arms embargo*").slots
    (Slot(kind='plain', text='arms'), Slot(kind='glob', text='embargo*'))
    >>> parse_term("U.S. Navy").gaps
    ('', '.', '. ', '')
    """
    if kind == "regex":
        return Term((), (), parse_regex(text))
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"a term of {len(text)} characters; the longest allowed has {MOST_CHARACTERS}")
    stripped = " ".join(text.split())
    if not stripped:
        raise ValueError("an empty term; write a word or phrase, or delete the line")
    globbing = kind in ("term", "glob")
    pieces, gaps = _cut(_protect(stripped), globbing, hyphens)
    term = Term(tuple(_slots(pieces, gaps, kind)), tuple(map(_literal, gaps)))
    _refuse_everything(term)
    _refuse_stars_of_one_character(term)
    return term


def _protect(text: str) -> str:
    stand_ins = {"*": _STAR, "?": _MARK, "\\": _BACKSLASH}
    return _LITERAL.sub(lambda match: stand_ins[match[1]], text)


def _literal(gap: str) -> str:
    return gap.replace(_STAR, "*").replace(_MARK, "?").replace(_BACKSLASH, "\\")


def _cut(text: str, globbing: bool, hyphens: str) -> tuple[list[str], list[str]]:
    """The words of a term, and the folded gaps before, between and behind them."""
    # A wildcard is part of its word: while words are looked for, letters stand in its place.
    words = word_edges(text.replace("*", "x").replace("?", "x") if globbing else text, hyphens)
    pieces = [text[start:end] for start, end in words]
    edges = zip([0, *(end for _, end in words)], [*(start for start, _ in words), len(text)], strict=True)
    raw = [text[start:end] for start, end in edges]
    gaps = [_inner_gap(gap, pieces[i : i + 2], hyphens) for i, gap in enumerate(raw[1:-1])]
    return (pieces, [fold(raw[0]), *gaps, fold(raw[-1])]) if pieces else ([], [fold(text)])


def _inner_gap(gap: str, neighbours: list[str], hyphens: str) -> str:
    if gap and gap.isspace():
        return JOINT
    if fold(gap) == "-" and (hyphens == "split" or gap == ZWNJ):
        return "-" if any(map(_is_glob, neighbours)) else JOINT
    return fold(gap)


def _slots(pieces: list[str], gaps: list[str], kind: str) -> list[Slot]:
    outright = {"lemma": "lemma", "word": "surface", "case": "case"}.get(kind)
    if outright:
        return [_slot(piece, outright) for piece in pieces]
    capitals = _in_capitals(pieces, gaps) if kind == "term" else [False] * len(pieces)
    plain = "plain" if kind == "term" else "surface"
    return [
        _slot(piece, "glob" if _is_glob(piece) else "case" if exact else plain)
        for piece, exact in zip(pieces, capitals, strict=True)
    ]


def _slot(piece: str, kind: str) -> Slot:
    return Slot(kind, fold(piece) if kind in ("surface", "glob") else bare(piece))


def _is_glob(piece: str) -> bool:
    return "*" in piece or "?" in piece


def _in_capitals(pieces: list[str], gaps: list[str]) -> list[bool]:
    """Whether each word belongs to a run like SWIFT, U.S. or AT&T: capitals, two letters or more."""
    runs: list[list[int]] = []
    for index in range(len(pieces)):
        if index and gaps[index] not in (JOINT, "-", "") and not gaps[index].endswith(" "):
            runs[-1].append(index)
        else:
            runs.append([index])
    exact = [False] * len(pieces)
    for run in runs:
        letters = [character for index in run for character in pieces[index] if character.isalpha()]
        for index in run:
            exact[index] = len(letters) >= 2 and all(map(str.isupper, letters))
    return exact


def _refuse_everything(term: Term) -> None:
    if term.slots and all(slot.kind == "glob" and not slot.text.strip("*?") for slot in term.slots):
        raise ValueError("this matches every word; write letters beside the * or ?")
    if not term.slots and not term.gaps[0].strip(DASHES + " "):
        raise ValueError("nothing but a dash; write a word or phrase")


def _refuse_stars_of_one_character(term: Term) -> None:
    """Refuse a star beside Han, kana and the like, where each character is a word: it would find just one."""
    last = len(term.slots) - 1
    for index, slot in enumerate(term.slots):
        before, behind = index > 0 and not term.gaps[index], index < last and not term.gaps[index + 1]
        if slot.kind == "glob" and not slot.text.strip("*?") and "*" in slot.text and (before or behind):
            within = before and behind
            advice = "write ? for each character" if within else "leave it out: longer words are found, too"
            raise ValueError(f"in this script each character is a word, and * would be just one; {advice}")
