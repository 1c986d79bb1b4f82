"""Words that differ from an entry's in accents, or in what joins their parts: a hyphen, a blank, nothing.

The text is asked again as it would be without these: in copies that know where each of their characters is
from.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rubricate.codebooks.terms import JOINT, Slot, Term
from rubricate.coding.nearly.near_miss import NearMiss, quoted
from rubricate.coding.nearly.scene import Copy
from rubricate.corpus.words.characters import DASHES, ZWNJ
from rubricate.corpus.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.coding.nearly.scene import Scene

_ACCENTED_SCRIPTS = ("LATIN ", "GREEK ", "CYRILLIC ")
_INNER_HYPHEN = re.compile(rf"(?<=[^\W_])[{re.escape(DASHES)}{ZWNJ}](?=[^\W_])")
_BEGINNING = 3  # letters by which words are sorted out before any is asked for


def other_accents(scene: Scene) -> Iterator[NearMiss]:
    """Where an entry would find a word if accents did not count."""
    copies = [_without_accents(scene, start, end) for start, end in scene.stretches]
    plain = ((entry, _plain_term(term)) for entry, term in scene.terms.items())
    changed = [(entry, term) for entry, term in plain if term != scene.terms[entry]]
    accented = [
        copy
        for copy, (start, end) in zip(copies, scene.stretches, strict=True)
        if copy.text != scene.text[start:end]
    ]
    for some, terms in ((copies, changed), (accented, None)):
        for entry, number, start, end in scene.ask_copies(some, terms):
            place = some[number].back(start, end)
            here, wanted = quoted(scene.text[slice(*place)]), quoted(scene.entries[entry].text)
            why = f"{here} is written with other accents than {wanted}, and accents count"
            yield scene.miss_at(entry, *place, "accent", why)


def _without_accents(scene: Scene, start: int, end: int) -> Copy:
    text = scene.text[start:end]
    if text.isascii():
        return Copy(text, range(start, end))
    plain = [_plain(character) for character in text]
    origin = [at for at, letter in enumerate(plain, start) if letter]
    return Copy("".join(plain), origin)


@cache
def _plain(character: str) -> str:
    """A letter without its accents, nothing for an accent by itself; й is a letter of its own."""
    if character.isascii():
        return character
    if "\u0300" <= character <= "\u036f":
        return ""
    parts = unicodedata.normalize("NFD", character)
    accented = len(parts) > 1 and all(map(unicodedata.combining, parts[1:])) and character not in "йЙ"
    lettered = unicodedata.name(parts[0], "").startswith(_ACCENTED_SCRIPTS)
    return parts[0] if accented and lettered else character


def _plain_term(term: Term) -> Term:
    slots = tuple(replace(slot, text="".join(map(_plain, slot.text))) for slot in term.slots)
    return replace(term, slots=slots) if all(slot.text for slot in slots) else term


def other_hyphens(scene: Scene) -> Iterator[NearMiss]:
    """Where an entry would find words if they were written as one, or one if it were written as two."""
    yield from _hyphens_of_text(scene)
    yield from _blanks_of_text(scene)
    yield from _joints_of_entries(scene)


def _hyphens_of_text(scene: Scene) -> Iterator[NearMiss]:
    """“co-operation” for “cooperation”."""
    copies = []
    for start, end in scene.stretches:
        text = scene.text[start:end]
        hyphens = {start + match.start() for match in _INNER_HYPHEN.finditer(text)}
        if hyphens:
            origin = [at for at in range(start, end) if at not in hyphens]
            copies.append(Copy("".join(scene.text[at] for at in origin), origin))
    for entry, number, start, end in scene.ask_copies(copies):
        one, other = copies[number].back(start, end)
        if other - one > end - start and scene.terms[entry].slots:
            how = "a half-space" if ZWNJ in scene.text[one:other] else "a hyphen"
            yield _joined(scene, entry, one, other, f"is written with {how}")


def _blanks_of_text(scene: Scene) -> Iterator[NearMiss]:
    """“cyber security” for “cybersecurity”."""
    single = [term.slots[0] for term in scene.terms.values() if len(term.slots) == 1]
    beginnings = {fold(slot.text)[:_BEGINNING] for slot in single}
    words, copies = scene.reading.words, []
    for at, behind in pairwise(scene.reading.words_in(scene.where).tolist()):
        end, start = int(words.end[at]), int(words.start[behind])
        if start - end != 1 or not scene.text[end].isspace():
            continue
        origin = [*range(words.start[at], end), *range(start, words.end[behind])]
        text = "".join(scene.text[place] for place in origin)
        if fold(text)[:_BEGINNING] in beginnings:
            copies.append(Copy(text, origin))
    for entry, number, start, end in scene.ask_copies(copies):
        if len(scene.terms[entry].slots) == 1 and end - start == len(copies[number].text):
            yield _joined(scene, entry, *copies[number].back(start, end), "is written in two words")


def _joints_of_entries(scene: Scene) -> Iterator[NearMiss]:
    """“cybersecurity” for “cyber security”."""
    words = sorted(scene.vocabulary)
    for hit in scene.ask(_closed_up(scene, words)):
        yield _joined(scene, hit.entry, hit.start, hit.end, "is written in one word")


def _closed_up(scene: Scene, words: list[str]) -> Iterator[tuple[int, Term]]:
    """The terms with two of their words as one, wherever a word of the paragraphs begins so."""
    for entry, term in scene.terms.items():
        for place in range(1, len(term.slots)):
            one, other = term.slots[place - 1 : place + 1]
            joined = fold(one.text + other.text)
            if term.gaps[place] != JOINT or "glob" in (one.kind, other.kind):
                continue
            at = bisect_left(words, joined)
            if at < len(words) and words[at].startswith(joined):
                kind = one.kind if one.kind == other.kind else "surface"
                slots = (
                    *term.slots[: place - 1],
                    Slot(kind, one.text + other.text),
                    *term.slots[place + 1 :],
                )
                yield entry, replace(term, slots=slots, gaps=term.gaps[:place] + term.gaps[place + 1 :])


def _joined(scene: Scene, entry: int, start: int, end: int, how: str) -> NearMiss:
    wanted = quoted(scene.entries[entry].text)
    why = f"{quoted(scene.text[start:end])} {how}, and the entry says {wanted}"
    return scene.miss_at(entry, start, end, "hyphen", why)
