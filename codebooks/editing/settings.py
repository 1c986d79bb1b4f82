"""Keys of the codebook or of a code given another value, or taken away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rubricate.codebooks import keys
from rubricate.codebooks.editing.alone import change_alone
from rubricate.codebooks.editing.codes import ORDER
from rubricate.codebooks.editing.errors import EditError
from rubricate.codebooks.editing.items import append_items
from rubricate.codebooks.editing.lines import Piece
from rubricate.codebooks.editing.pairs import remove_pair, set_value
from rubricate.codebooks.editing.places import Edit, code_path
from rubricate.codebooks.keys import APPLIES
from rubricate.codebooks.yaml_fields import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rubricate.codebooks.editing.draft import Draft, Path, Plain

OF_CODEBOOK = tuple(key for key in keys.CODEBOOK.keys if key != "codes")
OF_CODE = tuple(key for key in keys.CODE.keys if key not in ("terms", "rules", "codes", "was"))
_LISTS = ("when_to_use", "when_not_to_use", "literature", "not_inside", "examples")
_MAPPINGS = ("see",)


def set_key(
    draft: Draft, code: str, key: str, values: Sequence[str], add: bool = False, near_miss: bool = False
) -> Edit:
    """Give a key a value; ``code`` is empty for the codebook's own keys.

    Keys that hold lists take any number of values, ``see`` a code and a text; ``add`` leaves there what is.
    Examples that are a ``near_miss`` do not apply. EditError where the key cannot be set.
    """
    _check(key, OF_CODE if code else OF_CODEBOOK)
    if near_miss and (key != "examples" or not code):
        raise EditError("a near miss is an example; give --near-miss with examples only")
    what = f"{'added to' if add else 'set'} {key}{f' of {code}' if code else ''}"
    if not code:
        return Edit(set_value(draft, (), key, _one(key, values, add), keys.CODEBOOK.keys), what)
    if key in _MAPPINGS and len(values) == 2:
        code_path(draft, values[0])
    path = code_path(draft, code)
    items: list[Plain] = [{"text": value, "applies": "false"} for value in values] if near_miss else [*values]
    if key in _LISTS:
        change = partial(_set_list, path=("codes", code, key), values=items, add=add)
    else:
        change = partial(_set, path=("codes", code), key=key, values=values, add=add)
    draft = change_alone(draft, path, change)
    return Edit(draft, what)


def unset_key(draft: Draft, code: str, key: str) -> Edit:
    """Take a key with its value away; EditError where it is not there."""
    path = code_path(draft, code) if code else ()
    _check(key, OF_CODE if code else OF_CODEBOOK)
    if draft.value((*path, key)) is None:
        raise EditError(f"{code or 'the codebook'} has no `{key}`")
    return Edit(remove_pair(draft, (*path, key)), f"took away {key}{f' of {code}' if code else ''}")


def _set(draft: Draft, path: Path, key: str, values: Sequence[str], add: bool) -> Draft:
    if key in _MAPPINGS:
        return _set_see(draft, path, values)
    return set_value(draft, path, key, _one(key, values, add), ORDER)


def _one(key: str, values: Sequence[str], add: bool) -> str:
    if add or len(values) != 1:
        raise EditError(f"`{key}` takes one text; put it in quotation marks")
    return values[0]


def _set_see(draft: Draft, path: Path, values: Sequence[str]) -> Draft:
    if len(values) != 2:
        raise EditError("`see` takes the id of a code and a text on the boundary between the two")
    code, why = values
    if not draft.value((*path, "see")):
        return set_value(draft, path, "see", {code: why}, ORDER)
    return set_value(draft, (*path, "see"), code, why, (code,))


def _set_list(draft: Draft, path: Path, values: Sequence[Plain], add: bool) -> Draft:
    if not values:
        raise EditError(f"say what `{path[-1]}` is to hold")
    if not add:
        return set_value(draft, path[:-1], str(path[-1]), [*values], ORDER)
    old = draft.value(path)
    there: list[Plain] = old if isinstance(old, list) else [old] if old else []
    known = [_said(item) for item in there]
    new = [
        value
        for index, value in enumerate(values)
        if _said(value) not in known and value not in values[:index]
    ]
    if not new:
        raise EditError(f"`{path[-1]}` holds that already")
    if there and isinstance(old, list):
        return append_items(draft, path, [Piece(value) for value in new])
    return set_value(draft, path[:-1], str(path[-1]), [*there, *new], ORDER)


def _said(item: Plain) -> tuple[Plain, Plain]:
    """The text of an item, and whether it applies, if it is an example."""
    if isinstance(item, dict):
        return item.get("text", ""), item.get("applies", APPLIES[0])
    return item, APPLIES[0]


def _check(key: str, allowed: Sequence[str]) -> None:
    if key == "terms":
        raise EditError("`terms` cannot be set; rubricate codebook term add and term remove change them")
    if key not in allowed:
        close = nearest(key, allowed)
        raise EditError(f"`{key}` cannot be set; write {close or ', '.join(allowed)}")
