"""What the segments of a code depend on, as hashes: equal hashes, equal segments."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import asdict, fields
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from rubricate.codebooks.pipeline_terms import PIPELINE_KINDS
from rubricate.coding.passes import TAKING_PART
from rubricate.coding.settings import ENGINE

if TYPE_CHECKING:
    from rubricate.codebooks.codebook import Code, Codebook, Entry
    from rubricate.coding.settings import Settings

_ALONE = ("term", "lemma", "word", "case", "glob", "regex")
"""The kinds of entries that depend on nothing but their own text and the document."""

_NO_MATTER = frozenset(
    {
        *("label", "parent", "definition", "when_to_use", "when_not_to_use", "see", "examples", "coded_by"),
        *("color", "memo", "literature", "guid", "was", "mark", "note", "entries"),
    }
)
"""Fields of a code and of an entry that have no part in what it finds; its entries are looked at apart."""


def common_key(codebook: Codebook, settings: Settings) -> str:
    """The hash of what all codes depend on; empty where what is found cannot be told apart by code.

    A pipeline's parser decides about the flags of all codes, wherever it reads for the entries of one.
    """
    if any(entry.kind in PIPELINE_KINDS for entry in codebook.entries):
        return ""
    versions = {name: version(name) for name in TAKING_PART}
    common = {
        "engine": ENGINE,
        "versions": {**versions, "unicode": unicodedata.unidata_version},
        "settings": asdict(settings),
        "language": codebook.language,
        "within": codebook.within,
        "hyphens": codebook.hyphens,
    }
    return sha256(json.dumps(common, sort_keys=True).encode()).hexdigest()


def code_keys(codebook: Codebook) -> list[str]:
    """For each code the hash of what it alone depends on; empty where that may not be only itself."""
    return [_key(code) for code in codebook.codes]


def _key(code: Code) -> str:
    """The hash of a code; empty where it may name another one: such codes are coded anew in every pass."""
    content = repr((_content(code), [_content(entry) for entry in code.entries]))
    alone = all(entry.kind in _ALONE for entry in code.entries) and "@" not in content
    return sha256(content.encode("utf-8", "surrogatepass")).hexdigest() if alone else ""


def _content(thing: Code | Entry) -> list[tuple[str, Any]]:
    """Its fields, but for what is for people only."""
    names = (one.name for one in fields(thing) if one.name not in _NO_MATTER)
    return [(name, getattr(thing, name)) for name in names]
