"""``rubricate codebook show``: the tree of codes, or one code as a person reads it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rubricate.cli.codebook.changing import edit_errors
from rubricate.cli.codebook.reading import File, Json, print_json, read
from rubricate.cli.corpus.printing import print_lines
from rubricate.cli.right_to_left import isolate
from rubricate.cli.terminal import number, terminal_width, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.codebooks import Code, Codebook, Entry


def show(
    code: Annotated[str, typer.Argument(metavar="CODE", help="A code to show whole; without one, all.")] = "",
    file: File = "",
    as_json: Json = False,
) -> None:
    """Show the tree of codes, or one code with its definition, examples and entries.

    Example: rubricate codebook show sanctions
    """
    with edit_errors(file) as place:
        book = read(place, as_json, "codes")
        codes = [_find(book, code)] if code else book.codes
        if as_json:
            print_json(place, codes=[_as_data(one) for one in codes])
        else:
            print_lines(_whole(book, codes[0]) if code else _tree(book))


def _find(book: Codebook, name: str) -> Code:
    from rubricate.codebooks.editing.places import unknown_code

    found = next((code for code in book.codes if code.id == name), None)
    if found is None:
        raise unknown_code(name, [code.id for code in book.codes])
    return found


def _as_data(code: Code) -> dict[str, Any]:
    return asdict(code, dict_factory=lambda fields: {key: value for key, value in fields if key != "mark"})


def _tree(book: Codebook) -> Iterator[str]:
    version = f" {book.version}" if book.version else ""
    counts = f"{number(len(book.codes), 'code')}, {number(len(book.entries), 'entry', 'entries')}"
    yield f"{book.name or 'Codebook'}{version} ({book.language}): {counts}"
    depths = {"": 0}
    for code in book.codes:
        depths[code.id] = depths[code.parent] + 1
        entries = f", {number(len(code.entries), 'entry', 'entries')}" if code.entries else ""
        hand = "" if code.coded_by == "rules" else f", coded by {code.coded_by}"
        yield f"{'  ' * depths[code.id]}{code.id}: {_isolated(code.label)}{entries}{hand}"


def _whole(book: Codebook, code: Code) -> Iterator[str]:
    """A code, its parts in the order in which a coder needs them; lines fit the terminal, if there is one."""
    width = terminal_width() or 100
    yield f"{code.id}: {_isolated(code.label)}"
    for name, texts in _parts(book, code):
        if not texts:
            continue
        yield ""
        yield name
        for text in texts:
            for index, line in enumerate(text.splitlines()):
                indent = "    " if index else "  "
                yield from (_isolated(piece, text) for piece in wrapped(line, width, indent, "    "))


def _parts(book: Codebook, code: Code) -> Iterator[tuple[str, list[str]]]:
    yield "Definition", [code.definition] if code.definition else []
    yield "Use when", [*code.when_to_use]
    yield "Do not use when", [*code.when_not_to_use]
    yield "See", [f"{other}: {why}" for other, why in code.see.items()]
    yield "Coded", [example.text for example in code.examples if example.applies]
    yield "Not coded", [example.text for example in code.examples if not example.applies]
    yield "Entries", [_entry(entry, book) for entry in code.entries]
    yield "Below it", [one.id for one in book.codes if one.parent == code.id]
    more = {"under": code.parent, "coded by": code.coded_by, "negated": code.negated, "color": code.color}
    more |= {
        "exclusive": "true" if code.exclusive else "",
        "guid": code.guid,
        "was": ", ".join(code.was),
        "memo": code.memo,
    }
    more |= {"literature": "; ".join(code.literature)}
    yield "More", [f"{name}: {value}" for name, value in more.items() if value not in ("", "rules", "keep")]


def _entry(entry: Entry, book: Codebook) -> str:
    language = entry.language if entry.language != book.language else ""
    kind = entry.kind if entry.kind != "term" else ""
    remark = ", ".join(filter(None, (kind, language)))
    scope = entry.within if (entry.kind == "rule" or entry.unless) and entry.within != book.within else ""
    limits = {
        "not inside": ", ".join(entry.not_inside),
        "unless": " OR ".join(entry.unless),
        "only in": " AND ".join(entry.only_in),
        "within": scope,
    }
    told = "; ".join(f"{name}: {limit}" for name, limit in limits.items() if limit)
    note = f" – {entry.note}" if entry.note else ""
    return f"{entry.id}  {entry.text}{f' [{remark}]' if remark else ''}{f' ({told})' if told else ''}{note}"


def _isolated(text: str, whole: str = "") -> str:
    return isolate(text, whole) if terminal_width() else text
