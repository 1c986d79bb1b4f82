"""The words of the codebook language: which keys stand where, and which values they take."""

from __future__ import annotations

from dataclasses import dataclass

from rubricate.codebooks.pipeline_terms import PIPELINE_KINDS
from rubricate.codebooks.terms import KINDS


@dataclass(frozen=True, slots=True)
class Place:
    """A kind of mapping in a codebook, by its name in messages, with the keys that may stand in it."""

    name: str
    keys: tuple[str, ...]


CODEBOOK = Place("the codebook", ("name", "version", "language", "within", "hyphens", "codes"))
CODE = Place(
    "a code",
    (
        *("label", "definition", "when_to_use", "when_not_to_use", "see", "examples"),
        *("coded_by", "negated", "within", "not_inside", "terms", "codes"),
        *("color", "memo", "literature", "guid", "was"),
    ),
)
ENTRY_KINDS = (*KINDS, *PIPELINE_KINDS)
TERM = Place("a term", (*ENTRY_KINDS, "within", "not_inside", "note"))
EXAMPLE = Place("an example", ("text", "applies", "language", "variables", "from"))

UNBUILT = {
    "rules": "write words and phrases under `terms`",
    "unless": "use `not_inside`, or remove it",
    "only_in": "remove it",
    "exclusive": "remove it",
    "rule": "write words and phrases instead",
    "id": "remove it",  # of a rule
}
"""Keys of the language that this version refuses, with what to do instead."""

RESERVED = {"code": "cooccurrence_matrix", "document": "passages_wide", "passage": "passages_wide"}
"""Columns of tables that have a column for every code, each with such a table: no code may be called so."""

# The first value is the default.
WITHIN = ("sentence", "paragraph", "document")
HYPHENS = ("split", "keep")
CODED_BY = ("rules", "hand", "both")
NEGATED = ("keep", "drop")
APPLIES = ("true", "false")

ANY_LANGUAGE = "any"
"""The key under ``terms`` for what is looked for in documents of every language."""


def not_built(what: str, instead: str) -> str:
    """Say that something belongs to the language and cannot be used yet."""
    return f"{what} is part of the language but not supported by this version yet; {instead}"
