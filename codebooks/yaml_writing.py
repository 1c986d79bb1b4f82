"""A codebook as YAML text for people: in blocks, keys in the order of the language, quotes where needed."""

from __future__ import annotations

import json
import textwrap
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, Any, TypeAlias

from rubricate.codebooks.codebook import Code, Codebook
from rubricate.codebooks.yaml_limits import names_a_kind
from rubricate.codebooks.yaml_scalar import scalar
from rubricate.codebooks.yaml_text import unwanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.codebooks.codebook import Entry, Example

_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Inline:
    """A list or mapping that is written on one line, in brackets."""

    value: Any


Node: TypeAlias = "str | Inline | list[Node] | dict[str, Node]"


def codebook_yaml(codebook: Codebook) -> str:
    """The text of a codebook file; parse_codebook reads the same codebook from it.

    Keys that have their default value are left out, labels excepted.

    >>> from rubricate.codebooks import parse_codebook
    >>> print(codebook_yaml(parse_codebook("codes: {trade: {terms: [tariff, {case: WTO}]}}")), end="")
    language: en
    codes:
      trade:
        label: Trade
        terms:
          - tariff
          - case: WTO
    """
    return "".join(f"{line}\n" for line in _mapping(_root(codebook), 0))


def entry_node(entry: Entry, outer: tuple[str, ...] = ()) -> Node:
    """An entry as it stands under ``terms``; ``outer`` is what the code has under ``not_inside``."""
    inside = list(entry.not_inside[len(outer) :])
    more: dict[str, Node] = {"not_inside": _short(inside), "note": entry.note}
    more = {key: value for key, value in more.items() if value}
    if entry.kind == "term" and not more and not names_a_kind(entry.text):
        return entry.text
    value: Node = Inline(json.loads(entry.text)) if entry.kind == "tokens" else entry.text
    return {entry.kind: value, **more}


def _root(book: Codebook) -> dict[str, Node]:
    default = Codebook("", ())
    fields: dict[str, Node] = {
        "name": book.name,
        "version": book.version,
        "language": book.language,
        "within": "" if book.within == default.within else book.within,
        "hyphens": "" if book.hyphens == default.hyphens else book.hyphens,
        "codes": _codes(book),
    }
    return {key: value for key, value in fields.items() if value}


def _codes(book: Codebook) -> dict[str, Node]:
    """The codes below each other; every code stands after its parent."""
    below: dict[str, dict[str, Node]] = {"": {}}
    for code in book.codes:
        node = _code(code, book)
        below[code.parent][code.id] = node
        below[code.id] = {}
        node["codes"] = below[code.id]
    for code in book.codes:
        if not below[code.id]:
            del below[code.parent][code.id]["codes"]  # type: ignore[union-attr, arg-type]
    return below[""]


def _code(code: Code, book: Codebook) -> dict[str, Node]:
    default = Code("", "")
    outer = _common(code.entries)
    fields: dict[str, Node] = {
        "label": code.label,
        "definition": code.definition,
        "when_to_use": list(code.when_to_use),
        "when_not_to_use": list(code.when_not_to_use),
        "see": dict(code.see),
        "examples": [_example(example) for example in code.examples],
        "coded_by": "" if code.coded_by == default.coded_by else code.coded_by,
        "negated": "" if code.negated == default.negated else code.negated,
        "not_inside": _short(list(outer)),
        "terms": _terms(code, book, outer),
        "color": code.color,
        "memo": code.memo,
        "literature": list(code.literature),
        "guid": code.guid,
        "was": _short(list(code.was)),
    }
    return {key: value for key, value in fields.items() if value}


def _terms(code: Code, book: Codebook, outer: tuple[str, ...]) -> Node:
    groups = groupby(code.entries, key=lambda entry: entry.language)
    lists: dict[str, Node] = {
        language: [entry_node(entry, outer) for entry in entries] for language, entries in groups
    }
    return lists[book.language] if list(lists) == [book.language] else lists


def _common(entries: tuple[Entry, ...]) -> tuple[str, ...]:
    """The terms that stand first in ``not_inside`` of all entries, if there are several."""
    if len(entries) < 2:
        return ()
    rows = zip(*(entry.not_inside for entry in entries), strict=False)
    return tuple(row[0] for row in takewhile(lambda row: len(set(row)) == 1, rows))


def _example(example: Example) -> Node:
    fields: dict[str, Node] = {
        "applies": "" if example.applies else "false",
        "language": example.language,
        "variables": Inline(dict(example.variables)) if example.variables else "",
        "from": example.origin,
    }
    more = {key: value for key, value in fields.items() if value}
    return {"text": example.text, **more} if more else example.text


def _short(texts: list[str]) -> Node:
    """A list on one line if it fits there."""
    fits = sum(len(text) + 2 for text in texts) <= _WIDTH // 2
    return Inline(texts) if texts and fits else list(texts)


def _mapping(pairs: dict[str, Node], indent: int) -> Iterator[str]:
    for key, value in pairs.items():
        start = f"{' ' * indent}{scalar(key)}:"
        if isinstance(value, str):
            yield from _text(start, value, indent)
        elif isinstance(value, Inline):
            yield f"{start} {_inline(value.value)}"
        else:
            yield start
            yield from _list(value, indent + 2) if isinstance(value, list) else _mapping(value, indent + 2)


def _list(items: list[Node], indent: int) -> Iterator[str]:
    for item in items:
        start = f"{' ' * indent}-"
        if isinstance(item, dict):
            first, *rest = _mapping(item, indent + 2)
            yield f"{start} {first.lstrip(' ')}"
            yield from rest
        else:
            assert isinstance(item, str)
            yield f"{start} {scalar(item)}"


def _text(start: str, text: str, indent: int) -> Iterator[str]:
    """A text behind its key: on the same line, or as a block if it is long or has lines of its own."""
    pad = " " * (indent + 2)
    lines = text.split("\n")
    fitting = all(
        line == line.strip() and not set("\t\r") & set(line) and not unwanted(line) for line in lines
    )
    if len(lines) > 1 and fitting and lines[0] and lines[-1]:
        yield f"{start} |"
        yield from (pad + line if line else "" for line in lines)
    elif len(lines) == 1 and fitting and "  " not in text and len(start) + len(text) > _WIDTH:
        yield f"{start} >-"
        yield from (pad + line for line in _wrapped(text, _WIDTH - len(pad)))
    else:
        yield f"{start} {scalar(text)}"


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _inline(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_inline(key)}: {_inline(inner)}' for key, inner in value.items())}}}"
    if isinstance(value, bool):
        return "true" if value else "false"
    return scalar(str(value))


def entry_text(entry: Entry) -> str:
    """An entry on one line, as people read it: ``embargo*``, or its kind before it, ``regex: [A-Z]+``."""
    plain = entry.kind == "term" and not names_a_kind(entry.text)
    return entry.text if plain else f"{entry.kind}: {entry.text}"
