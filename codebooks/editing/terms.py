"""Edits of the entries of codes: added, removed, moved from one code to another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from rubricate.codebooks.editing.alone import change_alone
from rubricate.codebooks.editing.codes import ORDER
from rubricate.codebooks.editing.comments import lost_comments
from rubricate.codebooks.editing.draft import Splice, changed, plain, spliced
from rubricate.codebooks.editing.errors import EditError
from rubricate.codebooks.editing.items import append_items, item_text, piece_of_item, remove_items
from rubricate.codebooks.editing.lines import Piece, column_of, last_line, moved, whole_lines
from rubricate.codebooks.editing.pairs import insert_pair, set_value, sister_behind
from rubricate.codebooks.editing.places import Edit, code_of, code_path, entry_path, find_entry, shown_all
from rubricate.codebooks.editing.rendering import STEP
from rubricate.codebooks.errors import CodebookError, Problems
from rubricate.codebooks.keys import ENTRY_KINDS, LIMITS
from rubricate.codebooks.yaml_fields import one_of, shown
from rubricate.codebooks.yaml_tokens import read_tokens
from rubricate.codebooks.yaml_tree import ListNode, read_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rubricate.codebooks.codebook import Codebook, Entry
    from rubricate.codebooks.editing.draft import Draft, Path, Plain


KINDS = (*ENTRY_KINDS, "rule")
"""What an entry may be."""


@dataclass(frozen=True, slots=True)
class NewTerms:
    """Terms, or rules, that are to be added, all of one kind and language (empty: the codebook's).

    The text of a token pattern is a list as in a codebook file; ``id`` names one rule, ``within`` is the
    scope of rules and of ``unless``.
    """

    texts: tuple[str, ...]
    kind: str = "term"
    language: str = ""
    note: str = ""
    not_inside: tuple[str, ...] = ()
    unless: str = ""
    only_in: str = ""
    id: str = ""
    within: str = ""


def add_terms(draft: Draft, book: Codebook, code: str, new: NewTerms) -> Edit:
    """Put terms behind those of a code; what is there already is told and left out."""
    path = code_path(draft, code)
    if new.kind not in KINDS:
        raise EditError(f"{shown(new.kind)} cannot be added here; --kind takes {one_of(KINDS)}")
    if new.id and (new.kind != "rule" or len(new.texts) > 1):
        raise EditError("an id is the name of one rule; give --id with --kind rule and one text")
    if new.kind == "tokens":
        new = replace(new, texts=tuple(map(_pattern, new.texts)))
    language = new.language or book.language
    same = [entry for entry in book.entries if (entry.kind, entry.language) == (new.kind, language)]
    mine = {entry.text for entry in same if code_of(entry) == code}
    others = {entry.text: entry.id for entry in reversed(same) if code_of(entry) != code}
    there = [text for text in dict.fromkeys(new.texts) if text in mine]
    texts = [text for text in dict.fromkeys(new.texts) if text not in mine]
    if not texts:
        raise EditError(f"{shown_all(there)} stands in {code} already")
    notes = [f"{shown(text)} stands in {code} already" for text in there]
    notes += [
        f"{shown(text)} stands under another code, too: {others[text]}" for text in texts if text in others
    ]
    key = "rules" if new.kind == "rule" else "terms"
    pieces = {(key, language): [Piece(_item(text, new)) for text in texts]}
    notes = [*_note_on_hand(draft, path, code), *notes]
    draft = change_alone(draft, path, lambda alone: place_entries(alone, book, code, pieces))
    return Edit(draft, f"added {shown_all(texts)} to {code}", tuple(notes))


def remove_terms(draft: Draft, book: Codebook, code: str, named: Iterable[str]) -> Edit:
    """Take entries out of a code, each named by its id or its text."""
    code_path(draft, code)
    found = [*dict.fromkeys(find_entry(book, name, code) for name in named)]
    draft = take_entries(draft, found)
    return Edit(draft, f"removed {shown_all(entry.text for entry in found)} from {code}")


def move_terms(draft: Draft, book: Codebook, named: Iterable[str], to: str) -> Edit:
    """Put entries under another code; what holds for all entries of their code goes with them."""
    path = code_path(draft, to)
    found = [*dict.fromkeys(find_entry(book, name) for name in named)]
    for entry in found:
        if code_of(entry) == to:
            raise EditError(f"{entry.id} stands in {to} already")
    carried = carried_entries(draft, book, found, to)
    notes = (*_note_on_hand(draft, path, to), *carried.notes)
    old, draft = draft, take_entries(draft, found)
    if carried.pieces:
        path = code_path(draft, to)
        draft = change_alone(draft, path, lambda alone: place_entries(alone, book, to, carried.pieces))
    what = ", ".join(f"{shown(entry.text)} from {code_of(entry)}" for entry in found)
    return Edit(draft, f"moved {what} to {to}", (*notes, *lost_comments(old, draft)))


@dataclass(frozen=True, slots=True)
class Carried:
    """Entries on their way: by the key and the language of the list that they belong to."""

    pieces: Mapping[tuple[str, str], list[Piece]]
    notes: tuple[str, ...]


def carried_entries(draft: Draft, book: Codebook, entries: Iterable[Entry], to: str) -> Carried:
    """Lift entries for another code; those that it has already are told and left out."""
    known = {(one.kind, one.text, one.language): one.id for one in book.entries if code_of(one) == to}
    pieces: dict[tuple[str, str], list[Piece]] = {}
    notes = []
    for entry in entries:
        key = (entry.kind, entry.text, entry.language)
        if key in known:
            notes.append(f"{entry.id} {shown(entry.text)} is left out: it is {known[key]}")
            continue
        known[key] = entry.id
        path = entry_path(draft, entry)
        code = code_path(draft, code_of(entry))
        home, piece = home_of(code, path, book.language), _lifted(draft, path, code)
        target = draft.value((*code_path(draft, to), home[0]))
        if isinstance(target, dict) and isinstance(piece.plain, dict) and "language" in piece.plain:
            said = {name: value for name, value in piece.plain.items() if name != "language"}
            home, piece = (home[0], entry.language), Piece(said)  # its language is said above it there
        pieces.setdefault(home, []).append(piece)
    own = [key for key in LIMITS if draft.value((*code_path(draft, to), key))]
    notes += [f"`{key}` of {to} now holds for these entries, too" for key in own if pieces]
    return Carried(pieces, tuple(notes))


def take_entries(draft: Draft, entries: Iterable[Entry]) -> Draft:
    """Take entries out of their codes."""
    by_code: dict[str, list[Path]] = {}
    for entry in entries:
        code = code_of(entry)
        inside = entry_path(draft, entry)[len(code_path(draft, code)) :]
        by_code.setdefault(code, []).append(("codes", code, *inside))
    for code, paths in by_code.items():
        draft = change_alone(draft, code_path(draft, code), partial(remove_items, paths=paths))
    return draft


def place_entries(
    draft: Draft, book: Codebook, code: str, pieces: Mapping[tuple[str, str], Sequence[Piece]]
) -> Draft:
    """Put entries behind those of a code, each in the list of its language.

    A code that was coded by hand is coded by both then.
    """
    path = code_path(draft, code)
    if pieces and draft.value((*path, "coded_by")) == "hand":
        draft = set_value(draft, path, "coded_by", "both", ORDER)
    for (key, language), new in pieces.items():
        draft = _place(draft, (*path, key), language, book.language, new)
    return draft


def _place(draft: Draft, path: Path, language: str, usual: str, pieces: Sequence[Piece]) -> Draft:
    value = draft.value(path)
    if not value:
        piece = _list_of(draft, pieces)
        piece = piece if language == usual else _under(draft, language, piece)
        key = str(path[-1])
        return insert_pair(
            draft, path[:-1], key, _keyed(draft, key, piece), sister_behind(draft, path[:-1], key, ORDER)
        )
    if isinstance(value, list):
        if language == usual:
            return append_items(draft, path, pieces)
        draft = _by_language(draft, path, usual)
    if draft.value((*path, language)):
        return append_items(draft, (*path, language), pieces)
    return insert_pair(draft, path, language, _keyed(draft, language, _list_of(draft, pieces)))


def _list_of(draft: Draft, pieces: Sequence[Piece]) -> Piece:
    """A list of entries, in lines that are not indented."""
    return Piece(
        [piece.plain for piece in pieces], "".join(item_text(draft, piece, 0) for piece in pieces), 0
    )


def _keyed(draft: Draft, key: str, piece: Piece) -> Piece:
    """The value of a key, with the key before it."""
    return Piece(piece.plain, f"{key}:{draft.line_break}{moved(piece.text, STEP)}", 0)


def _under(draft: Draft, key: str, piece: Piece) -> Piece:
    """A mapping of one key."""
    return Piece({key: piece.plain}, _keyed(draft, key, piece).text, 0)


def _by_language(draft: Draft, path: Path, language: str) -> Draft:
    """Put a list of entries under its language."""
    node = draft.node(path)
    assert isinstance(node, ListNode)
    expected = changed(draft.plain, path, lambda old: {language: old})
    start, end = draft.start(node), draft.stop(node)
    if node.flow:
        text = f"{{{language}: {draft.text[start:end]}}}"
        return spliced(draft, [Splice(start, end, text)], expected)
    key = next(key for key, value in draft.mapping(path[:-1]).pairs if value is node)
    column, dash = column_of(draft, draft.start(key)), node.mark.column - 1
    first, last = draft.line(draft.start(key)) + 1, last_line(draft, node, dash)
    lines = moved(whole_lines(draft, first, last), column + 2 * STEP - dash)
    text = f"{' ' * (column + STEP)}{language}:{draft.line_break}{lines}"
    return spliced(draft, [Splice(draft.starts[first], draft.line_stop(last), text)], expected)


def _note_on_hand(draft: Draft, path: Path, code: str) -> tuple[str, ...]:
    if draft.value((*path, "coded_by")) != "hand":
        return ()
    return (
        f"{code} was coded by hand, and is coded by both now; rubricate codebook set {code} coded_by rules",
    )


def home_of(code: Path, entry: Path, usual: str) -> tuple[str, str]:
    """The key, and the language, of the list in which an entry of a code stands."""
    key, language = entry[len(code)], entry[len(code) + 1]
    return str(key), language if isinstance(language, str) else usual


def _lifted(draft: Draft, path: Path, code: Path) -> Piece:
    """An entry as it is written; with what its code says for all of them, if that says something."""
    piece = piece_of_item(draft, path)
    outer = {key: value for key in LIMITS if (value := draft.value((*code, key)))}
    if not outer:
        return piece
    own = piece.plain if isinstance(piece.plain, dict) else {_kind(path, code): piece.plain}
    both: dict[str, Plain] = {key: _joined(key, value, own.get(key)) for key, value in outer.items()}
    if "rule" not in own and "unless" not in {**own, **both}:
        both.pop("within", None)  # the scope of nothing
    return Piece({**own, **both})


def _kind(path: Path, code: Path) -> str:
    return "rule" if path[len(code)] == "rules" else "term"


def _joined(key: str, outer: Plain, own: Plain | None) -> Plain:
    """What holds for all entries of a code and what holds for one, together."""
    if key == "not_inside":
        lists = (value if isinstance(value, list) else [value] for value in (outer, own) if value)
        return list(dict.fromkeys(str(item) for items in lists for item in items))
    if key == "within" or not own:
        return own or outer
    return f"({outer}) {'OR' if key == 'unless' else 'AND'} ({own})"


def _pattern(text: str) -> str:
    """A token pattern as an entry has it; EditError where a text is none."""
    problems = Problems("")
    try:
        pattern = read_tokens(read_tree(text, problems), problems)
        problems.raise_if_any()
    except CodebookError as error:
        raise EditError(f"{shown(text)} is no token pattern: {error.problems[0].message}") from None
    return pattern


def _item(text: str, new: NewTerms) -> Plain:
    more: dict[str, Plain] = {
        "id": new.id,
        "within": new.within,
        "not_inside": [*new.not_inside],
        "unless": new.unless,
        "only_in": new.only_in,
        "note": new.note,
    }
    said = {key: value for key, value in more.items() if value}
    what = plain(read_tree(text, Problems(""))) if new.kind == "tokens" else text
    return {new.kind: what, **said} if said or new.kind not in ("term", "rule") else text
