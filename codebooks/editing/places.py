"""Where the codes and entries of a draft are."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from rubricate.codebooks.editing.errors import EditError
from rubricate.codebooks.yaml_fields import nearest, shown
from rubricate.codebooks.yaml_tree import ListNode, MappingNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rubricate.codebooks.codebook import Codebook, Entry
    from rubricate.codebooks.editing.draft import Draft, Path, Plain
    from rubricate.codebooks.yaml_tree import Node

LISTS = ("terms", "rules")
"""The keys of a code whose items are its entries."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A draft after an edit, what was done in words, and what the person should know besides."""

    draft: Draft
    what: str
    notes: tuple[str, ...] = ()


def code_paths(draft: Draft) -> dict[str, Path]:
    """Where every code is, by id, in file order."""
    return dict(_codes(draft.plain, ()))


def code_path(draft: Draft, name: str) -> Path:
    """Where a code is; EditError, with an id that is like it, if there is none."""
    paths = code_paths(draft)
    if name in paths:
        return paths[name]
    raise unknown_code(name, paths)


def unknown_code(name: str, known: Iterable[str]) -> EditError:
    """Say that there is no such code, and which one was perhaps meant."""
    close = nearest(name, known)
    instead = f"write {close}" if close else "rubricate codebook show lists all"
    return EditError(f"there is no code {shown(name)}; {instead}")


def items_of(value: Plain | None) -> list[Plain]:
    """The items of a list; a text is one, if there is any."""
    return value if isinstance(value, list) else [value] if value else []


def parent_of(path: Path) -> str:
    """The id of the code above one, or nothing."""
    return str(path[-3]) if len(path) > 2 else ""


def below(draft: Draft, path: Path) -> tuple[str, ...]:
    """The ids of all codes below one."""
    return tuple(name for name, _ in _codes(draft.value(path) or {}, path))


def find_entry(book: Codebook, named: str, code: str = "") -> Entry:
    """The entry with this id or text, of one code or of all; EditError where there is none, or several."""
    known = [entry for one in book.codes if code in ("", one.id) for entry in one.entries]
    fitting = [one for one in known if one.id == named] or [one for one in known if one.text == named]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        which = ", ".join(one.id for one in fitting)
        raise EditError(f"{shown(named)} is the text of several entries; name one by its id: {which}")
    where = f" in {code}" if code else ""
    close = get_close_matches(named, [one.text for one in known], n=1)
    instead = f"write {shown(close[0])}" if close else f"rubricate codebook show {code or 'CODE'} lists them"
    raise EditError(f"there is no entry {shown(named)}{where}; {instead}")


def shown_all(texts: Iterable[str]) -> str:
    """Some texts of a codebook as they appear in a message."""
    return ", ".join(map(shown, texts))


def code_of(entry: Entry) -> str:
    """The id of the code that an entry belongs to."""
    return entry.id.partition(".")[0]


def entry_path(draft: Draft, entry: Entry) -> Path:
    """Where an entry is, in one of the lists of its code."""
    path = code_path(draft, code_of(entry))
    for key in LISTS:
        if draft.value((*path, key)) is not None:
            for place, item in _items(draft.node((*path, key)), (*path, key)):
                if item.mark == entry.mark:
                    return place
    raise EditError(f"{entry.id} cannot be found in the text")


def _items(node: Node, path: Path) -> Iterator[tuple[Path, Node]]:
    """The items of a list, or of the lists of a mapping, each with its path."""
    if isinstance(node, MappingNode):
        for key, value in node.pairs:
            yield from _items(value, (*path, key.text))
    elif isinstance(node, ListNode):
        yield from (((*path, index), item) for index, item in enumerate(node.items))


def _codes(plain: Plain, path: Path) -> Iterator[tuple[str, Path]]:
    codes = plain.get("codes") if isinstance(plain, dict) else None
    if isinstance(codes, dict):
        for name, code in codes.items():
            below = (*path, "codes", name)
            yield name, below
            yield from _codes(code, below)
