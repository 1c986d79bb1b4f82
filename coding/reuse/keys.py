"""What the segments of a code depend on, as hashes: equal hashes, equal segments."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import asdict, fields
from hashlib import sha256
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from rubricate.codebooks.codebook import Code, Entry
from rubricate.codebooks.rules.dependencies import asked_codes
from rubricate.coding.passes import versions_taking_part
from rubricate.coding.rules.plan import read_by_pipeline
from rubricate.coding.settings import ENGINE

if TYPE_CHECKING:
    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.settings import Settings

_NO_MATTER = frozenset(
    {
        *("label", "parent", "definition", "when_to_use", "when_not_to_use", "see", "examples", "coded_by"),
        *("color", "memo", "literature", "guid", "was", "mark", "note", "entries", "exclusive"),
    }
)
"""Fields of a code and of an entry that have no part in what it finds; its entries are looked at apart."""


def common_key(codebook: Codebook, settings: Settings) -> str:
    """The hash of what all codes depend on; empty where what is found cannot be told apart by code.

    A pipeline's parser decides about the flags of all codes, wherever it reads for the entries of one.
    """
    if read_by_pipeline(codebook):
        return ""
    common = {
        "engine": ENGINE,
        "versions": {**versions_taking_part(), "unicode": unicodedata.unidata_version},
        "settings": asdict(settings),
        "language": codebook.language,
        "within": codebook.within,
        "hyphens": codebook.hyphens,
    }
    return sha256(json.dumps(common, sort_keys=True).encode()).hexdigest()


def code_keys(codebook: Codebook) -> list[str]:
    """For each code the hash of what it alone depends on: itself, and the codes that its rules ask about."""
    own, of_entry = _what_matters(Code), _what_matters(Entry)
    content = {code.id: (own(code), list(map(of_entry, code.entries))) for code in codebook.codes}
    asked = asked_with_others(codebook)
    return [
        sha256(repr([content[name] for name in (code.id, *asked[code.id])]).encode()).hexdigest()
        for code in codebook.codes
    ]


def asked_with_others(codebook: Codebook) -> dict[str, list[str]]:
    """For each code those that its rules ask about, and those about which these ask, and so on."""
    asked, found = asked_codes(codebook.codes), {}
    for code in codebook.codes:
        known: dict[str, None] = {}
        waiting = list(asked.get(code.id, ()))
        while waiting:
            if (one := waiting.pop()) not in known:
                known[one] = None
                waiting += asked.get(one, ())
        found[code.id] = sorted(known)
    return found


def _what_matters(kind: type[Code | Entry]) -> attrgetter[Any]:
    """The fields of a code or an entry, but for what is for people only."""
    return attrgetter(*(one.name for one in fields(kind) if one.name not in _NO_MATTER))
