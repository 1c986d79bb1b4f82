"""Which column of a table of codes says what: ours, and those of Taguette, MAXQDA and others."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rubricate.codebooks.keys import ANY_LANGUAGE
from rubricate.codebooks.yaml_terms import is_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rubricate.codebooks.formats.reading import Reading

TEXTS = ("definition", "coded_by", "negated", "color", "memo", "guid")
"""Columns with one text; the first stands before the terms, the others behind."""
LISTS = ("when_to_use", "when_not_to_use", "literature", "was")
"""Columns with an item per line; the first two stand before the terms, the others behind."""
TERMS, SEE, EXAMPLES, NEAR_MISSES = "terms", "see", "examples", "near_misses"
PATH = re.compile(r"\s*[>\\]\s*")

_ALIASES = {
    "description": "definition",
    "colour": "color",
    "parent_code": "parent",
    "parent_id": "parent",
    "code_memo": "memo",
    "comment": "memo",
    "comments": "memo",
    "note": "memo",
    "notes": "memo",
    "keywords": TERMS,
}
_NAMES = ("label", "tag", "name", "path", "code_name", "theme", "category")


@dataclass(frozen=True, slots=True)
class Columns:
    """The places of columns from 0, -1 where there is none; ``fields`` are all others by their key.

    ``paths``: names are paths through the tree, as MAXQDA has them.
    """

    id: int
    name: int
    parent: int
    paths: bool
    fields: dict[int, str] = field(default_factory=dict)


def find_columns(reading: Reading, line: int, header: Sequence[str]) -> Columns:
    """What each column says; those that nobody knows are noted, a table without names is refused."""
    keys = [_key(name) for name in header]
    name = next((keys.index(known) for known in _NAMES if known in keys), -1)
    code = keys.index("code") if "code" in keys else keys.index("id") if "id" in keys else -1
    if name < 0 and code < 0:
        reading.stop(line, "no column has the names of codes; call it `code`, `name`, `tag` or `path`")
    as_names = name < 0 and keys[code] == "code" and "memo" in keys and TERMS not in keys  # MAXQDA's
    if as_names and "definition" not in keys:
        keys[keys.index("memo")] = "definition"
    parent = keys.index("parent") if "parent" in keys else -1
    fields = _fields(reading, line, header, keys, {name, code, parent})
    if as_names:
        return Columns(-1, code, parent, paths=True, fields=fields)
    return Columns(code, name, parent, paths=False, fields=fields)


def _fields(
    reading: Reading, line: int, header: Sequence[str], keys: Sequence[str], taken: set[int]
) -> dict[int, str]:
    found: dict[int, str] = {}
    for index, key in enumerate(keys):
        if index in taken:
            continue
        if is_list(key) or (key in TEXTS and key not in found.values()):
            found[index] = key
        elif header[index].strip():
            reading.lose(line, "", f"the column `{header[index].strip()}`")
    return found


def is_list(key: str) -> bool:
    """Whether a column has an item per line; there may be several of one name."""
    if key.startswith(f"{TERMS}_"):
        language = key.removeprefix(f"{TERMS}_")
        return is_language(language) or language == ANY_LANGUAGE
    return key in (*LISTS, SEE, TERMS, EXAMPLES, NEAR_MISSES)


def _key(name: str) -> str:
    """A name as a key; language codes keep their capitals."""
    key = re.sub(r"\s+", "_", name.strip())
    if key.lower().startswith(f"{TERMS}_"):
        return TERMS + key[len(TERMS) :]
    return _ALIASES.get(key.lower(), key.lower())
