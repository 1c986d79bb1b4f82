"""Matches that made no segment, each with the reason."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.coding.flags import FLAGS
from rubricate.coding.nearly.near_miss import NearMiss, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from rubricate.coding.nearly.coded import Coded, Found
    from rubricate.coding.nearly.scene import Hit, Scene
    from rubricate.coding.raised_by import Raised
    from rubricate.coding.settings import Settings


@dataclass(frozen=True, slots=True)
class Lost:
    """What happened to the matches in a scene.

    ``would`` are the segments if all parts were analysed and nothing were left out, ``raised`` what raised
    the flags of each, and ``coded`` is what the pass makes of the document. ``barred`` are the entry, start
    and end of matches that a condition of their entry keeps out.
    """

    scene: Scene
    settings: Settings
    would: Sequence[Found]
    raised: Sequence[tuple[Raised, ...]]
    coded: Coded
    barred: Collection[tuple[int, int, int]] = ()

    def near_misses(self) -> Iterator[NearMiss]:
        """Every match that made no segment; where a part is not analysed, only those that would make one."""
        for found, raised in zip(self.would, self.raised, strict=True):
            if found.place not in self.coded.places:
                yield self.scene.miss(found, *self._left_out(found, raised))
        yield from self._without_place()

    def _left_out(self, found: Found, raised: Sequence[Raised]) -> tuple[str, str]:
        """Why what would be a segment is none: reason, and the same for a person."""
        part = self.scene.document.paragraphs[self.scene.paragraph_at(found.start)].part
        if part not in self.settings.parts:
            why = f"the paragraph is of the part {part}, which is not analysed; name {part} in --parts, too"
            return "part", why
        cue = {each.flag: self.scene.text[each.start : each.end] for each in raised}
        if "negated" in found.flags and self.scene.codebook.codes[found.code].negated == "drop":
            return "negated", f"{_by(cue, 'negated')}, and the code says negated: drop"
        for flag in FLAGS:
            wanted = getattr(self.settings, flag)
            if wanted == "drop" and flag in found.flags:
                return "filtered", f"{_by(cue, flag)}, and --{flag} drop leaves it out"
            if wanted == "only" and flag not in found.flags:
                return "filtered", f"it is not {_adjective(flag)}, and --{flag} only leaves it out"
        return "duplicate", self.coded.why_left_out(found.start, self.settings.duplicates)

    def _without_place(self) -> Iterator[NearMiss]:
        """Matches in an excluded term, and those whose words another match of the code has."""
        places = {found.place for found in self.would}
        winners = self._by_code()
        document = self.scene.document
        for hit in self.scene.hits:
            part = document.paragraphs[self.scene.paragraph_at(hit.start)].part
            place = hit.entry, hit.start, hit.end
            if place in places or part not in self.settings.parts:
                continue
            outer = self.scene.excluding(hit.entry, hit.start, hit.end)
            if outer:
                number, start, end = outer
                term = self.scene.entries[hit.entry].not_inside[number]
                around = quoted(document.text[start:end])
                yield self.scene.miss(
                    hit, "not_inside", f"it lies inside {around}; the entry says not_inside: {term}"
                )
            elif place not in self.barred:
                winner = self._winner(hit, winners.get(self.scene.code_of[hit.entry], []))
                if winner:
                    yield self.scene.miss(hit, "overlap", self._beaten(hit, winner))

    def _by_code(self) -> dict[int, list[tuple[int, int, Found]]]:
        """The segments of each code in order, each behind the characters that are its own."""
        own: dict[int, list[tuple[int, int, Found]]] = {}
        for found in self.would:
            own.setdefault(found.code, []).append((*self._extent(found), found))
        return {code: sorted(some, key=lambda each: each[:2]) for code, some in own.items()}

    def _extent(self, hit: Found | Hit) -> tuple[int, int]:
        """The characters for which matches compete: from the first word to the last, if there are words."""
        if not hit.words or self.scene.codebook.hyphens != "split":  # then words are counted otherwise
            return hit.start, hit.end
        words = self.scene.reading.words
        return int(words.start[hit.word]), int(words.end[hit.word + hit.words - 1])

    def _winner(self, hit: Hit, own: list[tuple[int, int, Found]]) -> Found | None:
        """The segment that took the match's words: of those that share some, the one that came first."""
        start, end = self._extent(hit)
        first = bisect_left(own, start + 1, key=lambda each: each[1])
        sharing = []
        for begins, _, found in own[first:]:
            if begins >= end:
                break
            sharing.append(found)
        return min(sharing, key=_priority, default=None)

    def _beaten(self, hit: Hit, winner: Found) -> str:
        entry = self.scene.entries[winner.entry]
        words = quoted(self.scene.document.text[winner.start : winner.end])
        why = next(
            why
            for one, other, why in zip(_priority(winner), _priority(hit), _WINS, strict=True)
            if one != other
        )
        return f"it shares words with {words} ({entry.id}) of the same code, which {why}"


_WINS = ("has more words", "is shorter", "stands further left", "stands first in the codebook")
"""Why a match comes before another, in the order of ``_priority``."""


def _priority(hit: Found | Hit) -> tuple[int, int, int, int]:
    return -hit.words, hit.end - hit.start, hit.start, hit.entry


def _adjective(flag: str) -> str:
    return "in a question" if flag == "question" else flag


def _by(cue: Mapping[str, str], flag: str) -> str:
    """What raised a flag, in words."""
    return f"it is {_adjective(flag)}" + (f" by {quoted(cue[flag])}" if cue.get(flag) else "")
