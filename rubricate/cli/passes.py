"""``rubricate passes``: the coding passes of a study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rubricate.cli.corpus.printing import notes, print_json, print_lines
from rubricate.cli.errors import MISTAKE, one_line_errors
from rubricate.cli.options import Json, StudyFolder, Workers
from rubricate.cli.terminal import left, number, right
from rubricate.cli.usage import Command

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    import pandas as pd

    from rubricate.coding.pass_folders.comparison import Comparison
    from rubricate.coding.pass_folders.folder import Pass
    from rubricate.coding.pass_folders.replaying import Replay
    from rubricate.study import Study

passes = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Named = Annotated[
    str,
    typer.Argument(metavar="PASS", help="Its number, or the beginning of its id; without one the last."),
]
_HEADINGS = ("pass", "time", "person", "codebook", "version", "unit", "documents")
_MOST = 10


@passes.callback()
def _group() -> None:
    """See, compare and replay the coding passes of a study.

    Example: rubricate passes list
    """


@passes.command("list", cls=Command)
def list_passes(as_json: Json = False, study: StudyFolder = "") -> None:
    """List the passes.

    Example: rubricate passes list
    """
    with one_line_errors():
        from rubricate.coding.pass_folders.folder import read_passes
        from rubricate.study import find_study
        from rubricate.study_pass import PASSES

        here = find_study(study)
        known = read_passes(here.folder / PASSES)
        if as_json:
            print_json(passes=[_content(one) for one in known])
        else:
            print_lines(_table(known))
            _tell_age(here, known[-1:])


@passes.command(cls=Command)
def show(named: Named = "", as_json: Json = False, study: StudyFolder = "") -> None:
    """Show what a pass was made from.

    Example: rubricate passes show 3
    """
    with one_line_errors():
        from rubricate.coding.pass_folders.folder import find_pass
        from rubricate.study import find_study
        from rubricate.study_pass import PASSES

        here = find_study(study)
        one = find_pass(here.folder / PASSES, named)
        if as_json:
            print_json(**_content(one))
        else:
            print_lines(_inputs(one))
            _tell_age(here, [one])


@passes.command(cls=Command)
def compare(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="The earlier pass.")],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="The later one.")],
    full: Annotated[bool, typer.Option("--full", help="All segments, not only the first.")] = False,
    as_json: Json = False,
    study: StudyFolder = "",
) -> None:
    """Say which segments a later pass gained, lost or changed, and which numbers moved.

    Example: rubricate passes compare 2 3
    """
    with one_line_errors():
        from rubricate.coding.pass_folders.comparison import compare_passes
        from rubricate.coding.pass_folders.folder import find_pass
        from rubricate.study import find_study
        from rubricate.study_pass import PASSES

        here = find_study(study)
        one, other = (find_pass(here.folder / PASSES, named) for named in (before, after))
        found = compare_passes(one, other)
        if as_json:
            print_json(
                inputs={name: list(values) for name, values in found.inputs.items()},
                **{name: _records(getattr(found, name)) for name in _TABLES},
            )
        else:
            print_lines(_differences(found, None if full else _MOST))


@passes.command(cls=Command)
def replay(named: Named = "", as_json: Json = False, study: StudyFolder = "", workers: Workers = 1) -> None:
    """Run a pass again from its own folder, and say whether everything comes out the same.

    Exit code 1 if not: then the inputs that differ are named.

    Example: rubricate passes replay 3
    """
    with one_line_errors():
        from rubricate.cli.progress import progress
        from rubricate.study import find_study
        from rubricate.study_pass import replay_in_study

        with progress("replaying") as follow:
            one, found = replay_in_study(find_study(study), named, follow, workers=workers)
        if as_json:
            print_json(
                identical=found.identical,
                segments=found.segments,
                inputs={name: list(values) for name, values in found.inputs.items()},
                tables=list(found.tables),
            )
        else:
            print_lines(_proof(one, found))
        if not found.identical:
            raise typer.Exit(MISTAKE)


_TABLES = ("gained", "lost", "changed", "frequency", "cooccurrence")


def _content(one: Pass) -> dict[str, Any]:
    return {"number": one.number, "folder": one.path.name, **one.content, "run": dict(one.run)}


def _table(known: Sequence[Pass]) -> Iterator[str]:
    if not known:
        yield "There are no passes yet; make one with rubricate apply."
        return
    rows = [_HEADINGS] + [
        (
            one.path.name,
            str(one.run.get("time", "")).replace("T", " ")[:16],
            str(one.run.get("person", "")),
            one.content["codebook"]["name"],
            one.content["codebook"]["version"],
            one.content["settings"]["unit"],
            f"{one.content['corpus']['documents']:,}",
        )
        for one in known
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [left(cell, width) for cell, width in zip(row[:-1], widths, strict=False)]
        yield "  ".join([*cells, right(row[-1], widths[-1])])


def _inputs(one: Pass) -> Iterator[str]:
    content = one.content
    yield f"{one.path.name}  {one.run.get('time', '')}  {one.run.get('person', '')}".rstrip()
    yield f"  id: {one.id}"
    yield f"  corpus: {number(content['corpus']['documents'], 'document')}, {content['corpus']['sha256']}"
    version = f" {content['codebook']['version']}" if content["codebook"]["version"] else ""
    yield f"  codebook: {content['codebook']['name']}{version}, {content['codebook']['sha256']}"
    for name, value in content["settings"].items():
        yield f"  {name}: {', '.join(value) if isinstance(value, list) else value}"
    versions = ", ".join(f"{name} {value}" for name, value in content["versions"].items())
    yield f"  made with: rubricate {one.run.get('rubricate', '?')}, engine {content['engine']}, {versions}"


def _tell_age(study: Study, known: Sequence[Pass]) -> None:
    from rubricate.study_pass import is_older_than_codebook

    notes(
        f"{one.path.name}: the codebook has changed since; rubricate apply makes a new pass"
        for one in known
        if is_older_than_codebook(study, one)
    )


def _differences(found: Comparison, most: int | None) -> Iterator[str]:
    for name, (one, other) in found.inputs.items():
        yield f"{name}: {_short(one)} → {_short(other)}"
    for name, rows in (("gained", found.gained), ("lost", found.lost), ("changed", found.changed)):
        yield f"{number(len(rows), 'segment')} {name}"
        yield from (f"  {_segment(row)}" for row in _records(rows)[:most])
        if most is not None and len(rows) > most:
            yield f"  … and {len(rows) - most:,} more (--full)"
    for title, table, keys in (
        (("code", "codes"), found.frequency, ("code",)),
        (("pair of codes", "pairs of codes"), found.cooccurrence, ("code_a", "code_b")),
    ):
        yield f"{number(len(table), *title)} with other numbers"
        for row in _records(table):
            names = " and ".join(str(row[key]) for key in keys)
            moved = [
                f"{name.removesuffix('_before')} {row[name]:,} → {row[name.replace('_before', '_after')]:,}"
                for name in row
                if name.endswith("_before") and row[name] != row[name.replace("_before", "_after")]
            ]
            yield f"  {names}: {', '.join(moved)}"


def _segment(row: dict[str, Any]) -> str:
    place = f"{row['document']}#{row['start']}-{row['end']} {row['code']}: {row['hit']}"
    changes = [
        f"{name.removesuffix('_before')} {row[name]} → {row[name.replace('_before', '_after')]}"
        for name in row
        if name.endswith("_before") and row[name] != row[name.replace("_before", "_after")]
    ]
    return place + (f" ({', '.join(changes)})" if changes else f" ({row['entry']})" if "entry" in row else "")


def _proof(one: Pass, found: Replay) -> Iterator[str]:
    if found.identical:
        yield f"{one.path.name}: identical, {number(found.segments, 'segment')}."
        return
    yield f"{one.path.name}: not the same."
    for name, (then, now) in found.inputs.items():
        yield f"  {name} was {_short(then)} and is {_short(now)}"
    if found.tables and not found.inputs:
        yield "  All inputs are the same, but these tables differ: " + ", ".join(found.tables)


def _short(value: Any) -> str:
    text = ", ".join(value) if isinstance(value, list | tuple) else str(value)
    return text[:12] if len(text) == 64 else text


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table, with nothing for what is empty."""
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]
