"""Words that are not quite those of an entry: other forms, other capitals, and parts of longer words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rubricate.codebooks.regexes import compiled, parse_regex
from rubricate.codebooks.terms import JOINT, Slot, Term, parse_term
from rubricate.coding.nearly.near_miss import NearMiss, quoted
from rubricate.corpus.words.folding import bare, fold
from rubricate.corpus.words.languages import language as known_language
from rubricate.corpus.words.lemmas import is_base_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.coding.nearly.scene import Hit, Scene

_ESCAPED = re.compile(r"\\.|\[.*?\]|\(\?[a-zA-Z]+")
_LETTERS = re.compile(r"[^\W\d_]{3,}(?![?*{])")  # what is before these may be missing

SHORTEST_INSIDE = 4
"""Letters that a word must have to be looked for in longer ones: "arms" in "firearms", not "us" in "thus"."""


def other_forms(scene: Scene) -> Iterator[NearMiss]:
    """Where an entry would find a word in any form, or in any capitals, though it asks for just one."""
    loosened = ((entry, _loosened(term, scene.language)) for entry, term in scene.terms.items())
    for hit in scene.ask((entry, term) for entry, term in loosened if term):
        yield _other_form(scene, hit)
    for hit in scene.ask(_in_any_case(scene)):
        why = "it would match with (?i) before the regex, but as it is written capitals count"
        yield scene.miss(hit, "case", why)


def _loosened(term: Term, language: str) -> Term | None:
    """The term with every word in any form or any capitals; None where it finds these already."""
    slots = tuple(_loose(slot, language) for slot in term.slots)
    return replace(term, slots=slots) if slots != term.slots else None


def _loose(slot: Slot, language: str) -> Slot:
    if slot.kind == "case":
        return Slot("surface", fold(slot.text))
    by_form = slot.kind == "surface" or (slot.kind == "plain" and not is_base_form(slot.text, language))
    if by_form and fold(slot.text) not in known_language(language).function_words:
        return Slot("lemma", slot.text)
    return slot


def _other_form(scene: Scene, hit: Hit) -> NearMiss:
    others = scene.others(hit)
    here, wanted = (
        " and ".join(map(quoted, some))
        for some in zip(*((word, slot.text) for slot, word in others), strict=True)
    )
    by_case = all(slot.kind == "case" for slot, _ in others)
    alone = len(scene.terms[hit.entry].slots) == 1
    instead = f"; {'word' if by_case else 'lemma'}: {others[0][0].text} would find it" if alone else ""
    why = f"the text has {here}, and the entry finds only {wanted}{instead}"
    return scene.miss(hit, "case" if by_case else "form", why)


def _in_any_case(scene: Scene) -> Iterator[tuple[int, Term]]:
    """The regexes for any capitals, but for those that these could not make match."""
    text = "\n".join(scene.text[start:end] for start, end in scene.stretches)
    folded = fold(text)
    for entry, term in scene.terms.items():
        pattern = scene.entries[entry].text
        if term.regex is None or not _may_match(pattern, folded):
            continue
        try:
            if term.regex.anchored or compiled("(?i)" + term.regex.loose).search(text):
                yield entry, Term((), (), parse_regex("(?i)" + pattern))
        except ValueError:  # four characters longer than a regex may be
            continue


def _may_match(pattern: str, folded: str) -> bool:
    """Whether any run of letters that a regex names stands in a text: compiling one takes milliseconds."""
    runs = _LETTERS.findall(_ESCAPED.sub(" ", pattern))
    return not runs or any(fold(run) in folded for run in runs)


def inside_words(scene: Scene) -> Iterator[NearMiss]:
    """Where a word of an entry is part of a longer one, with the glob that would find it."""
    hits = [hit for hit in scene.ask(_inside(scene)) if _is_inside(scene, hit)]
    suggested = {hit: _with_globs(scene, hit) for hit in hits}
    found = {
        (hit.entry, hit.start, hit.end)
        for hit in scene.ask(
            (hit.entry, parse_term(*instead, scene.codebook.hyphens))
            for hit, instead in suggested.items()
            if instead
        )
    }
    for hit in hits:
        pairs = " and ".join(
            f"{quoted(slot.text)} is part of {quoted(word)}" for slot, word in scene.others(hit)
        )
        instead = suggested[hit]
        helps = instead is not None and (hit.entry, hit.start, hit.end) in found
        yield scene.miss(
            hit, "inside_word", f"{pairs}; {instead[0]} would find it" if helps and instead else pairs
        )


def _inside(scene: Scene) -> Iterator[tuple[int, Term]]:
    """The terms with a glob for every word that is part of a longer one in the paragraphs."""
    known: dict[str, bool] = {}
    text = "\n".join(scene.vocabulary)

    def is_part(slot: Slot) -> bool:
        part = fold(slot.text)
        if part not in known:
            known[part] = part in text and any(part in word and part != word for word in scene.vocabulary)
        return known[part]

    for entry, term in scene.terms.items():
        slots = tuple(
            Slot("glob", f"*{fold(slot.text)}*") if _is_long(slot) and is_part(slot) else slot
            for slot in term.slots
        )
        if slots != term.slots:
            yield entry, replace(term, slots=slots)


def _is_long(slot: Slot) -> bool:
    return slot.kind != "glob" and len(slot.text) >= SHORTEST_INSIDE


def _is_inside(scene: Scene, hit: Hit) -> bool:
    """Whether a word is longer than the entry's, in the same capitals where these count."""
    others = scene.others(hit)
    return bool(others) and all(slot.kind != "case" or slot.text in bare(word) for slot, word in others)


def _with_globs(scene: Scene, hit: Hit) -> tuple[str, str] | None:
    """The entry with globs for the words that are part of longer ones, and its kind; None where that says
    more than the entry.
    """
    entry, term = scene.entries[hit.entry], scene.terms[hit.entry]
    alone = len(term.slots) == 1
    if not (entry.kind == "term" or alone) or set("".join(term.gaps)) - {JOINT, "-"}:
        return None
    longer = dict(scene.others(hit))
    words = [_glob(slot, longer[slot]) if slot in longer else slot.text for slot in term.slots]
    return " ".join(words), "term"


def _glob(slot: Slot, word: str) -> str:
    """The narrowest glob that finds a word with the slot's in it."""
    part, word = fold(slot.text), fold(word)
    if word.startswith(part):
        return f"{slot.text}*"
    return f"*{slot.text}" if word.endswith(part) else f"*{slot.text}*"
