"""Edits of whole codes: added, renamed, moved, removed, and their keys set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks import keys
from rubricate.codebooks.editing.comments import lost_comments
from rubricate.codebooks.editing.errors import EditError
from rubricate.codebooks.editing.lines import Piece, moved
from rubricate.codebooks.editing.pairs import insert_pair, piece_of_pair, remove_pair, set_value
from rubricate.codebooks.editing.places import Edit, below, code_path, code_paths, items_of, parent_of
from rubricate.codebooks.editing.references import drop_see, references, rename_references
from rubricate.codebooks.editing.rendering import STEP

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rubricate.codebooks.editing.draft import Draft, Path, Plain

_CODES = "codes"
ORDER = (*(key for key in keys.CODE.keys if key != _CODES), _CODES)
"""In which order the keys of a code are written: what is below it comes last."""


def add_code(
    draft: Draft,
    name: str,
    content: Mapping[str, Plain],
    under: str | None = None,
    after: str = "",
    before: str = "",
) -> Edit:
    """Put a new code below another one, or at the top, at the end or beside a sister.

    Without terms it is coded by hand, for it could not be found.
    """
    _refuse_known(draft, name)
    said = {key: content[key] for key in ORDER if content.get(key)}
    notes = []
    if "terms" not in said and said.get("coded_by") != "hand":
        said = {key: {**said, "coded_by": "hand"}[key] for key in ORDER if key in said or key == "coded_by"}
        notes.append("it has no terms, so it is coded by hand; rubricate codebook term add gives it some")
    above, before = _place(draft, under, after, before)
    draft = insert_code(draft, name, Piece(said), above, before)
    where = f" under {above}" if above else ""
    return Edit(draft, f"added {name}{where}", tuple(notes))


def rename_code(draft: Draft, old: str, new: str) -> Edit:
    """Give a code another id; what spoke of it goes with it, and it remembers its old one."""
    path = code_path(draft, old)
    _refuse_known(draft, new)
    draft, count = rename_references(draft, {old: new}, {path: new})
    draft = remember(draft, (*path[:-1], new), [old], new)
    return Edit(draft, f"renamed {old} to {new}{_and_references(count)}")


def move_code(draft: Draft, name: str, under: str | None, after: str = "", before: str = "") -> Edit:
    """Put a code with all below it elsewhere: under another one, or at the top if ``under`` is empty.

    Where it is None, a sister says where.
    """
    path = code_path(draft, name)
    sister = after or before
    if name in (sister, under):
        raise EditError(f"{name} cannot be moved beside or under itself")
    if under is None and not sister:
        raise EditError("say where to: --under CODE, --top, --after CODE or --before CODE")
    above, before = _place(draft, under, after, before, moving=name)
    if above in below(draft, path):
        raise EditError(f"{above} is below {name}; move it out first")
    if parent_of(path) == above and len(draft.mapping(path[:-1]).pairs) == 1:
        return Edit(draft, f"moved {name}")  # where it is
    old_groups = set(map(str, path[1:-1:2]))
    old, piece = draft, piece_of_pair(draft, path)
    draft = insert_code(remove_pair(draft, path), name, piece, above, before)
    new_groups = set(map(str, code_path(draft, name)[1:-1:2]))
    notes = (*_notes_on_groups(draft, old_groups ^ new_groups, name), *lost_comments(old, draft))
    return Edit(draft, f"moved {name} {f'under {above}' if above else 'to the top'}", notes)


def remove_code(draft: Draft, name: str, with_subcodes: bool = False, with_references: bool = False) -> Edit:
    """Take a code out; EditError where others speak of it, or codes below it are not meant to go, too."""
    path = code_path(draft, name)
    inside = below(draft, path)
    if inside and not with_subcodes:
        raise EditError(
            f"{name} has {len(inside)} below it ({', '.join(inside[:5])}{', …' if inside[5:] else ''}); "
            "move them, or give --with-subcodes"
        )
    gone = {name, *inside}
    orphaned = [one for one in references(draft) if one.code in gone and one.within not in gone]
    rules = [one for one in orphaned if one.form != "see"]
    if rules or (orphaned and not with_references):
        first = (rules or orphaned)[0]
        more = f" and {len(orphaned) - 1} more" if len(orphaned) > 1 else ""
        instead = "change that rule first" if rules else "change that first, or give --with-references"
        raise EditError(
            f"{first.within} speaks of {first.code} in line {first.line} ({first.form}){more}; {instead}"
        )
    draft = remove_pair(drop_see(draft, gone) if orphaned else draft, code_path(draft, name))
    notes = [f"{one.within} spoke of {one.code} in see; that is gone, too" for one in orphaned]
    return Edit(draft, f"removed {', '.join([name, *inside])}", tuple(notes))


def insert_code(draft: Draft, name: str, piece: Piece, under: str, before: str) -> Draft:
    """Put a code into the draft, in a ``codes`` of its own if the one above has none yet."""
    path = code_path(draft, under) if under else ()
    if draft.value((*path, _CODES)):
        return insert_pair(draft, (*path, _CODES), name, piece, before)
    first: dict[str, Plain] = {name: piece.plain}
    if not piece.text:
        return insert_pair(draft, path, _CODES, Piece(first))
    if piece.column < 0:
        return insert_pair(draft, path, _CODES, Piece(first, f"{_CODES}: {{{piece.text}}}"))
    text = f"{_CODES}:{draft.line_break}{moved(piece.text, STEP - piece.column)}"
    return insert_pair(draft, path, _CODES, Piece(first, text, 0))


def remember(draft: Draft, path: Path, ids: Sequence[str], now: str = "") -> Draft:
    """Let a code remember earlier ids."""
    before = items_of(draft.value((*path, "was")))
    new = [*dict.fromkeys([*(str(one) for one in before if one != now), *ids])]
    return set_value(draft, path, "was", [*new], ORDER) if new != before else draft


def _and_references(count: int) -> str:
    return f", and {count} {'reference' if count == 1 else 'references'} to it" if count else ""


def _refuse_known(draft: Draft, name: str) -> None:
    if name in code_paths(draft):
        raise EditError(f"there is a code {name} already; write another id")


def _place(draft: Draft, under: str | None, after: str, before: str, moving: str = "") -> tuple[str, str]:
    """The code above and the sister before which a code is put; EditError where they do not fit together."""
    if under:
        code_path(draft, under)
    sister = after or before
    if not sister:
        return under or "", ""
    path = code_path(draft, sister)
    parent = parent_of(path)
    if under is not None and under != parent:
        raise EditError(
            f"{sister} is not {f'under {under}' if under else 'at the top'}; leave one of the two out"
        )
    names = [key.text for key, _ in draft.mapping(path[:-1]).pairs if key.text != moving]
    index = names.index(sister) + (1 if after else 0)
    return parent, names[index] if index < len(names) else ""


def _notes_on_groups(draft: Draft, groups: set[str], name: str) -> tuple[str, ...]:
    """What is to be known about rules that look for all codes of a group which a code came into or left."""
    forms = {f"@{group}/*" for group in groups}
    found = [one for one in references(draft) if one.form in forms]
    return tuple(
        f"{one.within} looks for {one.form} (line {one.line}); that now holds {name}, or no longer does"
        for one in found
    )
