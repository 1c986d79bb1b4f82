"""Near misses of rules, and of terms with conditions: the entry is asked for again with one thing changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rubricate.codebooks.codebook import Code
from rubricate.codebooks.rules.dependencies import asked_codes
from rubricate.coding.apply import apply_codebook
from rubricate.coding.nearly.coded import Found, segments_of
from rubricate.coding.nearly.loosened import loosened
from rubricate.coding.nearly.near_miss import quoted
from rubricate.coding.nearly.scene import Hit
from rubricate.coding.plan import applies_to
from rubricate.coding.settings import Settings
from rubricate.corpus.document import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rubricate.codebooks.codebook import Codebook, Entry
    from rubricate.coding.nearly.near_miss import NearMiss
    from rubricate.coding.nearly.scene import Scene
    from rubricate.corpus.document import Document

_MOST_TRIED = 400
"""Entries with rules that are asked for again; who has more of them reads the first."""


@dataclass(frozen=True)
class Ruled:
    """The entries with rules or conditions, by their indices, and what each finds in all parts of a
    document.
    """

    codebook: Codebook
    document: Document
    settings: Settings
    entries: Mapping[int, Entry]
    found: tuple[Found, ...]

    @property
    def places(self) -> frozenset[tuple[int, int, int]]:
        """Entry, start and end of everything that is found."""
        return frozenset(found.place for found in self.found)

    def barred(self, scene: Scene) -> frozenset[tuple[int, int, int]]:
        """Entry, start and end of the matches of terms that a condition keeps out."""
        places = {(hit.entry, hit.start, hit.end) for hit in scene.hits if hit.entry in self.entries}
        return frozenset(places - self.places)

    def near_misses(self, scene: Scene) -> Iterator[NearMiss]:
        """What would be found if one thing were otherwise, where nothing is found now."""
        whole = {(found.entry, found.paragraph) for found in self.found}
        places, told = self.places, set()
        for reason, found, why in self._loosened():
            rule = self.entries[found.entry].kind == "rule"
            key = (found.entry, found.paragraph) if rule else found.place
            known = key in (whole if rule else places)
            if not known and key not in told and scene.where[found.paragraph]:
                told.add(key)
                here = f"{quoted(scene.text[found.start : found.end])}: "
                said = f"{_between(found)} {why}" if reason == "distance" else why
                said = said if reason == "not_inside" else here + said
                apart = sum(found.between)
                yield scene.miss_at(found.entry, found.start, found.end, reason, said, apart)

    def _loosened(self) -> Iterator[tuple[str, Found, str]]:
        """What changed entries find, those first whose change is told first."""
        tries = [(index, *change) for index, entry in self.entries.items() for change in loosened(entry)]
        rounds: dict[tuple[str, int], dict[int, tuple[Entry, str]]] = {}
        for index, reason, entry, why in tries[:_MOST_TRIED]:
            number = 0
            while index in rounds.setdefault((reason, number), {}):
                number += 1
            rounds[reason, number][index] = entry, why
        for (reason, _), changed in rounds.items():
            entries = {index: entry for index, (entry, _) in changed.items()}
            for found in _find(self.codebook, self.document, self.settings, entries):
                yield reason, found, changed[found.entry][1]


def _between(found: Found) -> str:
    """How many words stand between the operands of a rule, one number for each gap."""
    if found.between == (1,):
        return "1 word stands"
    return f"{' and '.join(map(str, found.between)) or 'more'} words stand"


def look_at_rules(codebook: Codebook, document: Document, settings: Settings) -> Ruled:
    """The entries with rules or conditions that are looked for in documents of this language."""
    language = document.language or codebook.language
    entries = {
        index: entry
        for index, entry in enumerate(codebook.entries)
        if (entry.kind == "rule" or entry.unless or entry.only_in) and applies_to(entry, language)
    }
    found = _find(codebook, document, settings, entries) if entries else ()
    return Ruled(codebook, document, settings, entries, found)


def with_rules(scene: Scene, rules: Ruled) -> Scene:
    """The scene with the hits of rules in its paragraphs."""
    hits = (
        Hit(found.entry, found.start, found.end, found.word, found.words)
        for found in rules.found
        if rules.entries[found.entry].kind == "rule" and scene.where[found.paragraph]
    )
    return replace(scene, ruled=tuple(hits))


def _find(
    codebook: Codebook, document: Document, settings: Settings, entries: Mapping[int, Entry]
) -> tuple[Found, ...]:
    """What entries find, each as if it stood alone in its code, with all parts of a document analysed."""
    alone = [Code(f"~{index}", "", entries=(entry,)) for index, entry in entries.items()]
    asked = asked_codes([*codebook.codes, *alone])
    needed, waiting = set(), [code.id for code in alone]
    while waiting:
        code = waiting.pop()
        if code not in needed:
            needed.add(code)
            waiting += asked[code]
    codes = [code if code.id in needed else replace(code, entries=()) for code in codebook.codes]
    some = replace(codebook, codes=(*codes, *alone))
    everything = Settings(parts=PARTS, pipeline=settings.pipeline)
    (batch,) = apply_codebook(
        some, [document], everything, mark_duplicates=False, whole=False, seen=settings.parts
    )
    kept = sum(len(code.entries) for code in codes)
    numbers = [-1] * kept + list(entries)
    return tuple(found for found in segments_of(batch, numbers) if found.entry >= 0)
