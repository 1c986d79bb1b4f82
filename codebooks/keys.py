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
        *("coded_by", "negated", "exclusive", "within", "not_inside", "unless", "only_in"),
        *("terms", "rules", "codes"),
        *("color", "memo", "literature", "guid", "was"),
    ),
)
ENTRY_KINDS = (*KINDS, *PIPELINE_KINDS)
LIMITS = ("within", "not_inside", "unless", "only_in")
"""What says of an entry, or of all entries of a code, where its hits count."""
TERM = Place("a term", (*ENTRY_KINDS, *LIMITS, "note"))
RULE = Place("a rule", ("rule", "id", "language", *LIMITS, "note"))
EXAMPLE = Place("an example", ("text", "applies", "language", "variables", "from"))

RESERVED = {"code": "cooccurrence_matrix", "document": "passages_wide", "passage": "passages_wide"}
"""Columns of tables that have a column for every code, each with such a table: no code may be called so."""

# The first value is the default.
WITHIN = ("sentence", "paragraph", "document")
HYPHENS = ("split", "keep")
CODED_BY = ("rules", "hand", "both")
NEGATED = ("keep", "drop")
APPLIES = ("true", "false")
EXCLUSIVE = ("false", "true")

ANY_LANGUAGE = "any"
"""The key under ``terms`` for what is looked for in documents of every language."""
