"""Why a paragraph has the codes that it has, and why not others."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.coding.nearly.analyses import other_analyses
from rubricate.coding.nearly.apart import across_borders, torn_phrases
from rubricate.coding.nearly.coded import as_matches, coded, in_language, would_be
from rubricate.coding.nearly.lost import Lost
from rubricate.coding.nearly.near_miss import REASONS
from rubricate.coding.nearly.ruled import look_at_rules, with_rules
from rubricate.coding.nearly.scene import look_at
from rubricate.coding.nearly.spelling import other_accents, other_hyphens
from rubricate.coding.nearly.words import inside_words, other_forms
from rubricate.coding.plan import applies_to
from rubricate.coding.raised_by import Raised, what_raised
from rubricate.coding.settings import Settings
from rubricate.corpus.reading import read_words
from rubricate.corpus.words.borders import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.nearly.coded import Coded, Found
    from rubricate.coding.nearly.near_miss import NearMiss
    from rubricate.coding.nearly.scene import Scene
    from rubricate.corpus.document import Document

_RANKS = {reason: rank for rank, reason in enumerate(REASONS)}


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment as the pass makes it: ``entry`` indexes ``codebook.entries`` and ``code`` its codes; offsets
    are the document's. ``raised`` are its flags, each with what raised it.
    """

    entry: int
    code: int
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    raised: tuple[Raised, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A paragraph of a document, by its index, with its segments in order and its near misses: first the
    matches that made no segment, then the entries without one, by reason.
    """

    paragraph: int
    segments: tuple[Segment, ...]
    nearly: tuple[NearMiss, ...]


def explain_paragraphs(
    codebook: Codebook,
    document: Document,
    settings: Settings | None = None,
    *,
    paragraphs: Iterable[int] | None = None,
    earlier: Iterable[Document] = (),
) -> list[Explanation]:
    """The explanations of some paragraphs of a document, by default of all.

    ``earlier`` are the documents before it in its corpus; they matter only where the settings leave out
    duplicates.
    """
    settings = settings or Settings()
    asked = sorted(set(range(len(document.paragraphs)) if paragraphs is None else paragraphs))
    rules = look_at_rules(codebook, document, settings)
    scene = with_rules(look_at(codebook, document, asked), rules)
    made = coded(codebook, document, settings, earlier if settings.duplicates != "keep" else ())
    everything = would_be(codebook, document, settings, {hit.entry for hit in scene.hits})
    would = [found for found in everything if scene.where[found.paragraph]]
    # Flags see words as every codebook does, hyphens or not.
    words = scene.reading if codebook.hyphens == "split" else read_words([document], Vocabulary())
    raised = what_raised(words, scene.language, as_matches(would), [each.flags for each in would])
    segments: dict[int, list[Segment]] = defaultdict(list)
    for found, flags in zip(would, raised, strict=True):
        if found.place in made.places:
            segments[found.paragraph].append(_segment(found, flags))
    nearly: dict[int, list[NearMiss]] = defaultdict(list)
    for miss in (
        *Lost(scene, settings, would, raised, made, rules.barred(scene)).near_misses(),
        *(miss for miss in rules.near_misses(scene) if made.counts_at(miss.start)),
        *_without_match(scene, settings, made),
    ):
        nearly[miss.paragraph].append(miss)
    return [
        Explanation(index, tuple(segments[index]), tuple(sorted(nearly[index], key=_order)))
        for index in asked
    ]


def _segment(found: Found, raised: tuple[Raised, ...]) -> Segment:
    return Segment(
        found.entry, found.code, found.start, found.end, found.sentence_start, found.sentence_end, raised
    )


def _order(miss: NearMiss) -> tuple[int, int, int, int]:
    return _RANKS[miss.reason], miss.apart, miss.start, miss.entry


def _without_match(scene: Scene, settings: Settings, made: Coded) -> Iterator[NearMiss]:
    """Near misses of entries that match nowhere in a paragraph, one for each; none where nothing counts."""
    paragraphs = scene.document.paragraphs
    analysed = {index for index, paragraph in enumerate(paragraphs) if paragraph.part in settings.parts}
    counted = scene.narrowed_to(analysed)
    own: dict[int, list[Found]] = {}
    for found in made.segments:
        own.setdefault(found.code, []).append(found)
    first: dict[tuple[int, int], NearMiss] = {}
    for miss in (*_in_other_languages(counted, settings), *_changed(counted, analysed, settings.pipeline)):
        if not made.counts_at(miss.start) or (miss.paragraph, miss.entry) in scene.matching:
            continue
        if scene.excluding(miss.entry, miss.start, miss.end) or _is_coded(
            miss, own.get(scene.code_of[miss.entry], ())
        ):
            continue
        key = miss.paragraph, miss.entry
        first[key] = min(miss, first.get(key, miss), key=_order)
    yield from first.values()


def _is_coded(miss: NearMiss, segments: Sequence[Found]) -> bool:
    """Whether a segment of the same code has these very words, so that nothing is missing."""
    if miss.reason == "border":
        return False
    last = bisect_right(segments, miss.start, key=lambda found: found.start) - 1
    return any(found.end >= miss.end for found in segments[max(last, 0) : last + 1])


def _changed(scene: Scene, analysed: set[int], pipeline: str) -> Iterator[NearMiss]:
    """What entries would find if one thing were otherwise."""
    yield from other_analyses(scene, pipeline)
    yield from other_forms(scene)
    yield from other_accents(scene)
    yield from other_hyphens(scene)
    yield from torn_phrases(scene)
    yield from across_borders(scene, analysed)
    yield from inside_words(scene)


def _in_other_languages(scene: Scene, settings: Settings) -> Iterator[NearMiss]:
    """What entries of other languages would find if the document were in theirs."""
    languages = {entry.language for entry in scene.entries if not applies_to(entry, scene.language)}
    for language in sorted(languages):
        why = f"the entry is looked for in documents in {language}, and this one is in {scene.language}"
        for found in in_language(scene.codebook, scene.document, language, settings):
            if scene.where[found.paragraph]:
                yield scene.miss(found, "language", why)
