"""Entries that a pipeline must read, where it reads the words of a paragraph otherwise than they ask."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from rubricate.codebooks.pipeline_terms import parse_pos
from rubricate.codebooks.token_patterns import TEXT_ATTRIBUTES, TRAINED_ATTRIBUTES, parse_tokens
from rubricate.coding.nearly.near_miss import NearMiss, quoted
from rubricate.coding.pipeline import pipeline_for
from rubricate.coding.pipeline_entries import read_paragraphs
from rubricate.coding.pipeline_tokens import token_at
from rubricate.coding.token_matching import TokenMatcher

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Token

    from rubricate.codebooks.codebook import Entry
    from rubricate.codebooks.token_patterns import TokenSpec
    from rubricate.coding.nearly.scene import Hit, Scene
    from rubricate.coding.pipeline_tokens import Tokens

_WORDS = {*TEXT_ATTRIBUTES, "LEMMA"}
"""Attributes that ask for a word: without any, a pattern would be found in every sentence."""

Read = tuple["Doc", "Tokens"]


def other_analyses(scene: Scene, pipeline: str) -> Iterator[NearMiss]:
    """Where the words of an entry stand, but with another part of speech, label or the like.

    ``pipeline`` is the name of the one that the pass reads with.
    """
    asked: dict[str, list[tuple[int, Entry]]] = {}
    for index, entry in scene.plan.asked:
        asked.setdefault(entry.kind, []).append((index, entry))
    if not asked:
        return
    nlp = pipeline_for(scene.language, pipeline)
    with nlp.memory_zone():
        read = list(read_paragraphs(nlp, scene.reading, scene.where))
        misses = [
            *_other_parts_of_speech(scene, asked.get("pos", ()), read),
            *_other_labels(scene, asked.get("entity", ()), read),
            *_other_attributes(scene, _loosened(asked.get("tokens", ())), read),
        ]
    yield from misses


def _other_parts_of_speech(
    scene: Scene, asked: Sequence[tuple[int, Entry]], read: Sequence[Read]
) -> Iterator[NearMiss]:
    terms = {index: parse_pos(entry.text) for index, entry in asked}
    wrong: dict[Hit, str] = {}
    for hit in scene.ask((index, term.words) for index, term in terms.items()):
        pairs = zip(terms[hit.entry].tags, _tokens_of(scene, hit, read), strict=True)
        wrong[hit] = " and ".join(_is_no(tag, token) for tag, token in pairs if tag and token.pos_ != tag)
    matching = {(scene.paragraph_at(hit.start), hit.entry) for hit, why in wrong.items() if not why}
    for hit, why in wrong.items():
        if (scene.paragraph_at(hit.start), hit.entry) not in matching:
            yield scene.miss(hit, "analysis", f"to the pipeline {why}")


def _is_no(tag: str, token: Token) -> str:
    return f"{quoted(token.text)} is {token.pos_ or 'without a part of speech'} here, not {tag}"


def _tokens_of(scene: Scene, hit: Hit, read: Sequence[Read]) -> Iterator[Token]:
    """The token in which each word of a hit begins."""
    doc, tokens = read[scene.paragraphs.index(scene.paragraph_at(hit.start))]
    starts = scene.reading.words.start[hit.word : hit.word + hit.words]
    return (doc[place] for place in token_at(tokens, starts).tolist())


def _other_labels(
    scene: Scene, asked: Sequence[tuple[int, Entry]], read: Sequence[Read]
) -> Iterator[NearMiss]:
    for doc, tokens in read:
        for index, entry in asked:
            if any(entity.label_ == entry.text for entity in doc.ents):
                continue
            for entity in doc.ents:
                start, end = int(tokens.start[entity.start]), int(tokens.end[entity.end - 1])
                why = f"to the pipeline {quoted(scene.text[start:end])} is {entity.label_}, not {entry.text}"
                yield scene.miss_at(index, start, end, "analysis", why)


class _Loosened(NamedTuple):
    """A pattern that asks for one attribute less: that of the token at ``place``."""

    entry: int
    place: int
    attribute: str
    wanted: str
    pattern: tuple[TokenSpec, ...]


def _loosened(asked: Sequence[tuple[int, Entry]]) -> list[_Loosened]:
    """Each pattern without one of the attributes that only a pipeline knows, if it still asks for words."""
    patterns = [(index, parse_tokens(entry.text)) for index, entry in asked]
    every = [
        _Loosened(
            index, place, attribute, _shown(spec.attributes[attribute]), _without(pattern, place, attribute)
        )
        for index, pattern in patterns
        for place, spec in enumerate(pattern)
        for attribute in spec.attributes
        if attribute in TRAINED_ATTRIBUTES and spec.required
    ]
    return [one for one in every if _has_words(one.pattern)]


def _without(pattern: tuple[TokenSpec, ...], place: int, attribute: str) -> tuple[TokenSpec, ...]:
    spec = pattern[place]
    fewer = {name: value for name, value in spec.attributes.items() if name != attribute}
    return (*pattern[:place], replace(spec, attributes=fewer), *pattern[place + 1 :])


def _has_words(pattern: Sequence[TokenSpec]) -> bool:
    return any(spec.required and _WORDS.intersection(spec.attributes) for spec in pattern)


def _shown(condition: object) -> str:
    """A condition as a person reads it: its value, or the dict of operators."""
    if isinstance(condition, dict) and set(condition) == {"IN"}:
        return " or ".join(map(str, condition["IN"]))
    return str(condition)


def _other_attributes(
    scene: Scene, loosened: Sequence[_Loosened], read: Sequence[Read]
) -> Iterator[NearMiss]:
    """What a pattern would find without one attribute, in paragraphs in which it finds nothing."""
    entries = list(dict.fromkeys(one.entry for one in loosened))
    patterns = [parse_tokens(scene.entries[entry].text) for entry in entries]
    for doc, tokens in read if loosened else ():
        matching = {entries[number] for number, _ in TokenMatcher(patterns, doc.vocab).find(doc)}
        for number, (first, behind) in TokenMatcher([one.pattern for one in loosened], doc.vocab).find(doc):
            one = loosened[number]
            if one.entry not in matching:
                start, end = int(tokens.start[first]), int(tokens.end[behind - 1])
                yield scene.miss_at(one.entry, start, end, "analysis", _why(one, doc, first))


def _why(one: _Loosened, doc: Doc, first: int) -> str:
    if all(spec.least == spec.most == 1 for spec in one.pattern[: one.place + 1]):
        token = doc[first + one.place]
        value = _value(token, one.attribute)
        return f"to the pipeline {quoted(token.text)} has {one.attribute} {value}, not {one.wanted}"
    return f"it would match without {one.attribute} {one.wanted}"


def _value(token: Token, attribute: str) -> str:
    """An attribute of a token, one of TRAINED_ATTRIBUTES, as text."""
    if attribute == "MORPH":
        return str(token.morph) or "nothing"
    return getattr(token, f"{attribute.lower()}_") or "nothing"
