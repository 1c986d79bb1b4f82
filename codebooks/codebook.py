"""The codebook as data: a tree of codes with their entries, definitions and examples."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the codebook file; line and column count from 1."""

    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One term or rule of a code.

    ``kind`` is ``term`` (each word by its own kind), or the kind said outright: ``lemma``, ``word``,
    ``case``, ``glob`` or ``regex``, or what a spaCy pipeline reads: ``pos``, ``entity`` or ``tokens`` (whose
    ``text`` is the pattern as JSON), or ``rule``. ``language`` is the language of the documents in which
    the entry is looked for, or ``any``; ``only_in`` are conditions on their variables, all of which must
    hold. ``not_inside`` holds the plain terms in which a hit does not count, ``unless`` rules of which none
    may hold in its scope, and ``within`` says what that is: ``sentence``, ``paragraph`` or ``document``.
    Rules and conditions stand here in their one form (``rubricate.codebooks.rules``), whatever the layout.
    """

    id: str
    kind: str
    text: str
    language: str
    not_inside: tuple[str, ...] = ()
    note: str = ""
    mark: Mark = field(default_factory=Mark, compare=False)
    within: str = "sentence"
    unless: tuple[str, ...] = ()
    only_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that must be coded or, where ``applies`` is false, must not be; an empty ``language`` is
    the codebook's.
    """

    text: str
    applies: bool = True
    language: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
    origin: str = ""
    mark: Mark = field(default_factory=Mark, compare=False)


@dataclass(frozen=True, slots=True)
class Code:
    """A theme, with what a person and what the machine needs to apply it.

    ``parent`` is the id of the code above, or empty. ``coded_by`` is ``rules``, ``hand`` or ``both``;
    ``negated`` is ``keep`` or ``drop``; where ``exclusive``, the codes directly below exclude each other in a
    paragraph.
    """

    id: str
    label: str
    parent: str = ""
    definition: str = ""
    when_to_use: tuple[str, ...] = ()
    when_not_to_use: tuple[str, ...] = ()
    see: Mapping[str, str] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    coded_by: str = "rules"
    negated: str = "keep"
    entries: tuple[Entry, ...] = ()
    color: str = ""
    memo: str = ""
    literature: tuple[str, ...] = ()
    guid: str = ""
    was: tuple[str, ...] = ()
    mark: Mark = field(default_factory=Mark, compare=False)
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Codebook:
    """A tree of codes in file order: every code stands after its parent and before the next branch.

    ``within`` is the scope of entries that name none. ``hyphens`` is ``split`` (a hyphen stands between
    words) or ``keep`` (between letters it joins them to one word).
    """

    name: str
    codes: tuple[Code, ...]
    version: str = ""
    language: str = "en"
    within: str = "sentence"
    hyphens: str = "split"

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, in file order."""
        return tuple(entry for code in self.codes for entry in code.entries)

    def canonical(self) -> str:
        """The codebook as JSON without comments, formatting and places: equal codebooks, equal strings."""
        return json.dumps(_plain(self), ensure_ascii=False, sort_keys=True)


def _plain(value: Any) -> Any:
    """A value as JSON has it, without the fields called ``mark``; a code or a variable of that name stays."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    kind = type(value)
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(field.name for field in fields(kind) if field.name != "mark")
    return {name: _plain(getattr(value, name)) for name in _FIELDS[kind]}


_FIELDS: dict[type, tuple[str, ...]] = {}
"""The fields of each kind of part of a codebook: to ask again for each entry takes longer than all else."""
