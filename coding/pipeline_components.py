"""The components of a spaCy pipeline: what they provide, and which of them need not run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection

    from spacy.language import Language

_ASSIGNED = {
    "token.pos": "pos",
    "token.tag": "tag",
    "token.morph": "morph",
    "token.dep": "dep",
    "token.lemma": "lemma",
    "doc.ents": "entity",
    "token.ent_type": "entity",
}
"""What spaCy says that a component assigns → what of NEEDS it provides."""

_COARSE = re.compile(r"\bPOS=(\w+)")  # in the labels of a morphologizer: Number=Plur|POS=NOUN
_SENTENCES = {"doc.sents", "token.is_sent_start"}
_EMBEDDINGS = ("tok2vec", "transformer", "curated_transformer")
_SELF_RELIANT = ("tagger", "senter", "textcat", "textcat_multilabel", "spancat", "spancat_singlelabel")
_DROPPABLE = (
    *_EMBEDDINGS,
    *_SELF_RELIANT,
    *("morphologizer", "attribute_ruler", "lemmatizer", "trainable_lemmatizer", "sentencizer"),
    *("ner", "entity_ruler", "future_entity_ruler", "span_ruler", "span_finder", "entity_linker"),
)
"""Components of spaCy's own that do nothing but what they say; others always run."""


def provided(nlp: Language) -> frozenset[str]:
    """What of NEEDS the components of a pipeline provide."""
    return frozenset().union(*(_gives(nlp, name) for name in nlp.pipe_names))


def known_values(nlp: Language, need: str) -> frozenset[str]:
    """The labels and tags that a pipeline gives; none where its components do not say."""
    components: list[Any] = [nlp.get_pipe(name) for name in nlp.pipe_names if need in _gives(nlp, name)]
    labels = [set(map(str, getattr(component, "labels", ()))) for component in components]
    if not labels or not all(labels) or need in ("lemma", "morph"):
        return frozenset()
    known = set().union(*labels)
    return frozenset(_COARSE.findall("\n".join(known)) if need == "pos" else known)


def has_parser(nlp: Language) -> bool:
    """Whether a pipeline finds the heads of words."""
    return "token.head" in _all_assigned(nlp)


def idle_components(nlp: Language, needs: Collection[str]) -> list[str]:
    """The components that change nothing of what is needed, and need not run.

    A parser always runs: it finds the heads that flags are judged by.
    """
    kept: list[str] = []
    for name in reversed(nlp.pipe_names):
        wanted = _gives(nlp, name) & set(needs) or "token.head" in _assigned(nlp, name)
        foreign = _factory(nlp, name) not in _DROPPABLE
        if wanted or foreign or any(_stands_on(nlp, later, name) for later in kept):
            kept.append(name)
    return [name for name in nlp.pipe_names if name not in kept]


def _gives(nlp: Language, name: str) -> set[str]:
    return {_ASSIGNED[what] for what in _assigned(nlp, name) if what in _ASSIGNED}


def _assigned(nlp: Language, name: str) -> set[str]:
    """What a component assigns, in spaCy's words; an attribute ruler assigns what its patterns say."""
    assigned = set(nlp.get_pipe_meta(name).assigns)
    if _factory(nlp, name) == "attribute_ruler":
        ruler: Any = nlp.get_pipe(name)
        assigned |= {f"token.{key.lower()}" for pattern in ruler.patterns for key in pattern["attrs"]}
    return assigned


def _all_assigned(nlp: Language) -> set[str]:
    return set().union(*(_assigned(nlp, name) for name in nlp.pipe_names))


def _factory(nlp: Language, name: str) -> str:
    return nlp.get_pipe_meta(name).factory


def _stands_on(nlp: Language, later: str, earlier: str) -> bool:
    """Whether what a component finds can depend on one that runs before it.

    Trained components read the embeddings, some also sentences and entities that are already set; of all
    others we know nothing.
    """
    if _factory(nlp, earlier) in _EMBEDDINGS:
        return True
    if _factory(nlp, later) in _SELF_RELIANT:
        return False
    if _factory(nlp, later) in ("parser", "ner"):
        return bool(_assigned(nlp, earlier) & _SENTENCES) or "entity" in _gives(nlp, earlier)
    return True
