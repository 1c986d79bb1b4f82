"""``rubricate corpus list``: the documents of a study and their variables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.cli.corpus.printing import print_json, print_lines
from rubricate.cli.errors import one_line_errors
from rubricate.cli.options import Json, StudyFolder
from rubricate.cli.right_to_left import isolate
from rubricate.cli.terminal import display_width, left, number, right, terminal_width, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rubricate.cli.corpus.printing import Row
    from rubricate.corpus.metadata.variable_types import VariableType

_HEADINGS = ("document", "date", "language", "words", "title")
_NUMBERS = frozenset({"words"})


def list_documents(as_json: Json = False, study: StudyFolder = "") -> None:
    """List the documents of the study, and what kind of values their variables have.

    Example: rubricate corpus list
    """
    with one_line_errors():
        from rubricate.corpus.metadata.variable_types import infer_types
        from rubricate.corpus.storage.stored import Store
        from rubricate.study import find_study

        with Store(find_study(study).folder) as store:
            rows = list(store.rows())
        types = infer_types(row["variables"] for row in rows)
        if as_json:
            print_json(documents=rows, variables=[_type_row(one) for one in types])
            return
        print_lines(_table(rows, terminal_width()))
        print_lines(_variables(types, len(rows)))


def _type_row(one: VariableType) -> Row:
    return {name: getattr(one, name) for name in one.__slots__}


def _table(rows: Sequence[Row], width: int | None) -> Iterator[str]:
    cells = [_HEADINGS] + [
        tuple(f"{row[name]:,}" if name in _NUMBERS else row[name] for name in _HEADINGS) for row in rows
    ]
    spaces = [max(map(display_width, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        padded = [
            right(cell, space) if name in _NUMBERS else left(isolate(cell) if width else cell, space)
            for name, cell, space in zip(_HEADINGS, line, spaces, strict=True)
        ]
        whole = "  ".join(padded).rstrip()
        yield "\n".join(wrapped(whole, width, rest=" " * 6)) if width else whole


def _variables(types: Sequence[VariableType], documents: int) -> Iterator[str]:
    yield ""
    yield f"{number(documents, 'document')}, {number(len(types), 'variable')}" + (":" if types else "")
    for one in types:
        missing = f", {one.missing:,} missing" if one.missing else ""
        different = f"{one.distinct:,} different" if one.distinct is not None else "many different"
        remark = f"; {one.remark}" if one.remark else ""
        example = f", such as {one.example}" if one.example else ""
        yield f"  {one.name}: {one.kind}, {different}{missing}{example}{remark}"
