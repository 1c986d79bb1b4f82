"""A codebook while it is written in another format: what that can hold, and what has no place in it."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any

from rubricate.codebooks.formats.ids import Ids
from rubricate.codebooks.formats.losses import LEFT_OUT, Loss
from rubricate.codebooks.formats.patterns import Wildcards, as_patterns

if TYPE_CHECKING:
    from collections.abc import Container

    from rubricate.codebooks.codebook import Code, Codebook, Entry

_SAID = {
    "when_to_use": "`when_to_use`",
    "when_not_to_use": "`when_not_to_use`",
    "was": "the earlier ids",
    "guid": "the GUID",
    "color": "the color",
    "see": "what `see` says",
    "coded_by": "`coded_by`",
    "negated": "`negated: drop`",
    "exclusive": "that its codes exclude each other",
}
_ALWAYS = ("id", "label", "parent", "entries", "mark")


class Writing:
    """What writers share: the codebook, and what of it has no place."""

    def __init__(self, book: Codebook, *, spreadsheet_safe: bool = False) -> None:
        """Begin with nothing lost."""
        self.book = book
        self.spreadsheet_safe = spreadsheet_safe
        self.losses: list[Loss] = []
        self.below: dict[str, list[Code]] = {"": []}
        for code in book.codes:
            self.below[code.parent].append(code)
            self.below[code.id] = []

    def lose(self, code: str, what: str, became: str = LEFT_OUT) -> None:
        """Note what has no place."""
        self.losses.append(Loss(0, code, what, became))

    def lose_all_but(self, held: Container[str], book_fields: Container[str] = ()) -> None:
        """Note every field of codes and of the codebook that has a value and is not held by the format."""
        for name, value in _set_fields(self.book, ("codes", *_ALWAYS)):
            if name not in book_fields:
                self.lose("", f"the codebook's {name} `{value}`")
        for code in self.book.codes:
            for name, _ in _set_fields(code, _ALWAYS):
                if name not in held and not (name == "coded_by" and code.coded_by == self._by_itself(code)):
                    self.lose(code.id, _SAID.get(name, f"the {name}"))

    def names(self, *reserved: str, unique: str = "", longest: int | None = None) -> dict[str, str]:
        """A name for each code, by its id: its label on one line.

        Names that are ``reserved``, those that must be ``unique`` ("siblings" or "all") and are not, and what
        fits of those with more than ``longest`` characters get the id behind them. Notes every id that a
        reader would make otherwise, from the name.
        """
        ids, found = Ids(), {}
        taken: set[tuple[str, str]] = set()
        for code in self.book.codes:
            name = " ".join(code.label.split())
            place = code.parent if unique == "siblings" else ""
            short = name[:longest].rstrip()
            if name in reserved or short != name or (unique and (place, name) in taken):
                name = f"{short} ({code.id})"
            if name != code.label:
                self.lose(code.id, f"the label `{code.label}`", f"written as `{name}`")
            if (made := ids.of(name)) != code.id:
                self.lose(code.id, "the id", f"a reader makes `{made}` from the label")
            taken.add((place, name))
            found[code.id] = name
        return found

    def lose_tree(self) -> None:
        """Note every code whose place below another the format cannot tell."""
        for code in self.book.codes:
            if code.parent:
                self.lose(code.id, f"its place below `{code.parent}`", "stands by itself")

    def patterns(self, entry: Entry, wildcards: Wildcards, *, noted: bool = False) -> tuple[str, ...]:
        """An entry as patterns of a program; what they cannot say is noted.

        ``noted`` says that its note has a place, as weights have in some.
        """
        code = entry.id.rpartition(".")[0]
        try:
            found = as_patterns(entry, self.book, wildcards)
        except ValueError as error:
            self.lose(code, f"`{entry.text}`: {error}")
            return ()
        if len(found) > 1:
            self.lose(code, f"`{entry.text}` finds its forms", f"written as {len(found)} patterns")
        self.lose_of_entry(entry, code, noted=noted)
        return found

    def lose_of_entry(self, entry: Entry, code: str, *, noted: bool = False) -> None:
        """Note what an entry has beside its text."""
        if entry.kind == "case" or (entry.kind == "term" and _in_capitals(entry)):
            self.lose(code, f"`{entry.text}` finds these letters only", "found in any case")
        for key in ("not_inside", "unless", "only_in"):
            if getattr(entry, key):
                self.lose(code, f"`{key}` of `{entry.text}`")
        if entry.note and not noted:
            self.lose(code, f"the note on `{entry.text}`")
        if entry.language != self.book.language:
            self.lose(code, f"the language {entry.language} of `{entry.text}`")

    def _by_itself(self, code: Code) -> str:
        """How a code is coded as a reader of foreign files understands it."""
        return "rules" if code.entries or self.below[code.id] else "hand"


def _in_capitals(entry: Entry) -> bool:
    from rubricate.codebooks.terms import parse_term

    return any(slot.kind == "case" for slot in parse_term(entry.text).slots)


def _set_fields(owner: Code | Codebook, apart: Container[str]) -> list[tuple[str, Any]]:
    """The fields that have another value than their default."""
    found = []
    for field in fields(owner):
        default = field.default_factory() if field.default_factory is not MISSING else field.default
        value = getattr(owner, field.name)
        if field.name not in apart and value and value != default:
            found.append((field.name, value))
    return found
