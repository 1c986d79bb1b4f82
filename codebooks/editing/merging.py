"""Several codes made one, and one code made two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks.editing.alone import change_alone
from rubricate.codebooks.editing.codes import ORDER, insert_code, remember
from rubricate.codebooks.editing.comments import lost_comments
from rubricate.codebooks.editing.draft import read_draft
from rubricate.codebooks.editing.errors import EditError
from rubricate.codebooks.editing.items import append_items, piece_of_item
from rubricate.codebooks.editing.lines import Piece
from rubricate.codebooks.editing.pairs import piece_of_pair, remove_pair, remove_pairs, set_value
from rubricate.codebooks.editing.places import (
    LISTS,
    Edit,
    below,
    code_path,
    code_paths,
    entry_path,
    find_entry,
    items_of,
    parent_of,
    shown_all,
)
from rubricate.codebooks.editing.references import rename_references
from rubricate.codebooks.editing.rendering import STEP, pair_lines
from rubricate.codebooks.editing.terms import carried_entries, home_of, place_entries, take_entries
from rubricate.codebooks.keys import LIMITS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from rubricate.codebooks.codebook import Codebook
    from rubricate.codebooks.editing.draft import Draft, Plain

_PROSE = ("when_to_use", "when_not_to_use", "literature", "examples")


def merge_codes(draft: Draft, book: Codebook, names: Sequence[str], into: str) -> Edit:
    """Make codes part of another one: its entries, prose, examples, sub-codes and what spoke of them.

    The definition and the memo of each go into the memo of the other, its id and GUID into ``was``.
    """
    for name in names:
        if name == into or into in below(draft, code_path(draft, name)):
            raise EditError(f"{name} cannot be merged into itself or below it; name another code")
    code_path(draft, into)
    old = draft
    entries = [entry for name in names for one in book.codes if one.id == name for entry in one.entries]
    carried = carried_entries(draft, book, entries, into)
    notes = [*carried.notes]
    gone = {name: _said(draft, name) for name in names}
    notes += [note for name in names for note in _differences(name, gone[name], _said(draft, into), into)]
    draft, children = _taken_out(draft, names)

    def enriched(alone: Draft) -> Draft:
        alone = place_entries(alone, book, into, carried.pieces)
        alone = _with_coding(_with_prose(alone, into, gone), into, gone)
        alone = remember(alone, code_path(alone, into), _ids(gone))
        for child, piece in children.items():
            alone = insert_code(alone, child, piece, into, "")
        return alone

    draft = change_alone(draft, code_path(draft, into), enriched)
    draft = _one_see(draft, into, names)
    draft, count = rename_references(draft, dict.fromkeys(names, into))
    told = f", and {count} references to them" if count > 1 else ", and a reference" if count else ""
    return Edit(draft, f"merged {', '.join(names)} into {into}{told}", (*notes, *lost_comments(old, draft)))


def split_code(
    draft: Draft, book: Codebook, code: str, new: str, named: Iterable[str], content: Mapping[str, Plain]
) -> Edit:
    """Make a new code beside another one and move entries to it, each named by its id or its text.

    What holds for all entries of the old code holds for those of the new one.
    """
    path = code_path(draft, code)
    if new in code_paths(draft):
        raise EditError(f"there is a code {new} already; write another id")
    found = [*dict.fromkeys(find_entry(book, name, code) for name in named)]
    same = {key: value for key in (*LIMITS, "negated") if (value := draft.value((*path, key)))}
    all_said = {
        "label": new.replace("_", " ").capitalize(),
        **same,
        **{k: v for k, v in content.items() if v},
    }
    said = {key: all_said[key] for key in ORDER if key in all_said}
    paths = [entry_path(draft, entry) for entry in found]
    pieces: dict[tuple[str, str], list[Piece]] = {}
    for place in paths:
        home = home_of(path, place, book.language)
        pieces.setdefault(home, []).append(piece_of_item(draft, place))
    old, draft = draft, take_entries(draft, found)
    names = [key.text for key, _ in draft.mapping(path[:-1]).pairs]
    behind = names[names.index(code) + 1 :]
    made = _made(draft, book, new, said, pieces)
    draft = insert_code(draft, new, made, parent_of(path), "".join(behind[:1]))
    what = f"split {new} off {code} with {shown_all(entry.text for entry in found)}"
    return Edit(draft, what, lost_comments(old, draft))


def _made(
    draft: Draft,
    book: Codebook,
    name: str,
    said: Mapping[str, Plain],
    pieces: Mapping[tuple[str, str], Sequence[Piece]],
) -> Piece:
    """A new code with entries as they stood elsewhere."""
    lines = ["codes:", *pair_lines(name, dict(said), STEP), ""]
    alone = read_draft(draft.line_break.join(lines), draft.file)
    return piece_of_pair(place_entries(alone, book, name, pieces), ("codes", name))


def _said(draft: Draft, name: str) -> dict[str, Plain]:
    value = draft.value(code_path(draft, name))
    assert isinstance(value, dict)
    return value


def _taken_out(draft: Draft, names: Sequence[str]) -> tuple[Draft, dict[str, Piece]]:
    """Take codes out, those below others first, and return what else stood directly below them."""
    under = {one for name in names for one in below(draft, code_path(draft, name))}
    inner = sorted(under.intersection(names), key=lambda name: -len(code_path(draft, name)))
    children = {}
    for name in inner:
        children[name] = _children(draft, name)
        draft = remove_pair(draft, code_path(draft, name))
    outer = [name for name in names if name not in inner]
    children |= {name: _children(draft, name) for name in outer}
    draft = remove_pairs(draft, [code_path(draft, name) for name in outer])
    return draft, {child: piece for name in names for child, piece in children[name].items()}


def _children(draft: Draft, name: str) -> dict[str, Piece]:
    """The codes directly below one, as they stand in the text."""
    path = (*code_path(draft, name), "codes")
    inner = draft.value(path)
    return {child: piece_of_pair(draft, (*path, child)) for child in inner} if isinstance(inner, dict) else {}


def _with_prose(draft: Draft, into: str, gone: Mapping[str, Mapping[str, Plain]]) -> Draft:
    """Carry what is written for people; nothing twice."""
    for key in _PROSE:
        draft = _append(
            draft, into, key, [item for said in gone.values() for item in items_of(said.get(key))]
        )
    draft = _with_see(draft, into, gone)
    memos = [memo for name, said in gone.items() if (memo := _memo(name, said))]
    memo = "\n".join(filter(None, [str(_said(draft, into).get("memo", "")), *memos]))
    return set_value(draft, code_path(draft, into), "memo", memo, ORDER) if memos else draft


def _with_see(draft: Draft, into: str, gone: Mapping[str, Mapping[str, Plain]]) -> Draft:
    """Carry boundaries with other codes; those with one that is seen already stand behind each other."""
    path = code_path(draft, into)
    for said in gone.values():
        theirs = said.get("see")
        for code, why in theirs.items() if isinstance(theirs, dict) else ():
            see = _said(draft, into).get("see")
            known = see if isinstance(see, dict) else {}
            if code in gone or code == into or why in str(known.get(code, "")).split("; "):
                continue
            if not known:
                draft = set_value(draft, path, "see", {code: why}, ORDER)
            else:
                both = "; ".join(filter(None, [str(known.get(code, "")), str(why)]))
                draft = set_value(draft, (*path, "see"), code, both, (code,))
    return draft


def _append(draft: Draft, code: str, key: str, new: Sequence[Plain]) -> Draft:
    """Put items behind those of a list for people, which may be a single text or not there; none twice."""
    old = items_of(_said(draft, code).get(key))
    more = [item for index, item in enumerate(new) if item not in old and item not in new[:index]]
    path = code_path(draft, code)
    if more and old and isinstance(_said(draft, code)[key], list):
        return append_items(draft, (*path, key), [Piece(item) for item in more])
    return set_value(draft, path, key, [*old, *more], ORDER) if more else draft


def _memo(name: str, said: Mapping[str, Plain]) -> str:
    """What was said about a code, in a line for the memo of another one."""
    texts = [text for key in ("definition", "memo") if isinstance(text := said.get(key), str) and text]
    label = said.get("label")
    title = f"{name} ({label})" if isinstance(label, str) and label else name
    return f"Merged from {title}: {' '.join(texts)}" if texts else ""


def _with_coding(draft: Draft, into: str, gone: Mapping[str, Mapping[str, Plain]]) -> Draft:
    """A code with entries that takes in one which people code is coded by both, and the other way round."""
    said = _said(draft, into)
    people = any(one.get("coded_by") in ("hand", "both") for one in (said, *gone.values()))
    found = any(said.get(key) for key in LISTS)
    if people and found and said.get("coded_by") != "both":
        return set_value(draft, code_path(draft, into), "coded_by", "both", ORDER)
    return draft


def _ids(gone: Mapping[str, Mapping[str, Plain]]) -> list[str]:
    """What the codes were called, now and earlier, and their GUIDs."""
    named = ([name, *items_of(said.get("was")), *items_of(said.get("guid"))] for name, said in gone.items())
    return [str(one) for names in named for one in names]


def _one_see(draft: Draft, into: str, names: Collection[str]) -> Draft:
    """Let every code see at most one of the codes that become one, and that one not itself."""
    for code in code_paths(draft):
        see = _said(draft, code).get("see")
        if not isinstance(see, dict) or not set(see) & set(names):
            continue
        found = [name for name in see if name in (into, *names)]
        why = "; ".join(dict.fromkeys(str(see[name]) for name in found))
        path = (*code_path(draft, code), "see")
        if code != into and len(found) > 1:
            draft = set_value(draft, path, found[0], why, ())
        for name in found if code == into else found[1:]:
            draft = remove_pair(draft, (*path, name))
    return draft


def _differences(
    name: str, said: Mapping[str, Plain], other: Mapping[str, Plain], into: str
) -> Iterator[str]:
    """What a code says that is lost because the other one says something else."""
    for key, default in (("negated", "keep"), ("exclusive", "false"), ("color", "")):
        mine, theirs = said.get(key, default), other.get(key, default)
        if mine != theirs:
            yield f"{name} has `{key}: {mine or 'none'}`; `{theirs or 'none'}` of {into} holds now"
