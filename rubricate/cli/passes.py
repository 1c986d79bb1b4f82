"""``rubricate passes``: the coding passes of a study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rubricate.cli.corpus.printing import notes, print_json, print_lines
from rubricate.cli.differences import EXAMPLES, lines_of_codebooks, lines_of_segments
from rubricate.cli.errors import MISTAKE, one_line_errors
from rubricate.cli.options import Full, Json, StudyFolder, Workers
from rubricate.cli.report import tell_age
from rubricate.cli.terminal import left, number, right, terminal_width
from rubricate.cli.usage import Command

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from rubricate.coding.pass_folders.comparison import PassComparison
    from rubricate.coding.pass_folders.folder import Pass
    from rubricate.coding.pass_folders.replaying import Replay

passes = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Named = Annotated[
    str,
    typer.Argument(metavar="PASS", help="Its number, or the beginning of its id; without one the last."),
]
Moved = Annotated[
    str,
    typer.Option(
        "--pipeline",
        metavar="NAME",
        help="The spaCy pipeline of the pass, if it is not where it was.",
        show_default=False,
    ),
]
_HEADINGS = ("pass", "time", "person", "codebook", "version", "unit", "documents")


@passes.callback()
def _group() -> None:
    """See, compare and replay the coding passes of a study.

    Example: rubricate passes list
    """


@passes.command("list", cls=Command)
def list_passes(as_json: Json = False, study: StudyFolder = "") -> None:
    """List the passes; those that cannot be read are told behind them, with exit code 1.

    Example: rubricate passes list
    """
    with one_line_errors():
        from rubricate.coding.pass_folders.folder import read_passes
        from rubricate.study import find_study
        from rubricate.study_pass import PASSES

        here = find_study(study)
        problems: list[str] = []
        known = read_passes(here.folder / PASSES, problems)
        if as_json:
            print_json(passes=[_content(one) for one in known])
        elif known or not problems:
            print_lines(_table(known))
            for one in known[-1:] if not problems else ():
                tell_age(here, one)
        notes(problems)
        if problems:
            raise typer.Exit(MISTAKE)


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
            tell_age(here, one)


@passes.command(cls=Command)
def compare(
    before: Annotated[str, typer.Argument(metavar="BEFORE", help="The earlier pass.")],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="The later one.")],
    full: Full = False,
    as_json: Json = False,
    study: StudyFolder = "",
) -> None:
    """Say what differs between two passes: inputs, codebooks, segments, and which numbers moved.

    Example: rubricate passes compare 2 3
    """
    with one_line_errors():
        from rubricate.cli.difference_rows import rows_of_codebooks, rows_of_segments
        from rubricate.study import find_study
        from rubricate.study_pass import compare_in_study

        found = compare_in_study(find_study(study), before, after, None if full or as_json else EXAMPLES)
        if as_json:
            print_json(
                inputs={name: list(values) for name, values in found.inputs.items()},
                codebook=rows_of_codebooks(found.codebooks),
                **rows_of_segments(found.segments),
            )
        else:
            print_lines(_differences(found, full))


@passes.command(cls=Command)
def replay(
    named: Named = "",
    as_json: Json = False,
    study: StudyFolder = "",
    pipeline: Moved = "",
    workers: Workers = 1,
) -> None:
    """Run a pass again from its own folder, and say whether everything comes out the same.

    Exit code 1 if not: then the inputs that differ are named.

    Example: rubricate passes replay 3
    """
    with one_line_errors():
        from rubricate.cli.progress import progress
        from rubricate.study import find_study
        from rubricate.study_pass import replay_in_study

        with progress("replaying") as follow:
            one, found = replay_in_study(find_study(study), named, follow, workers=workers, pipeline=pipeline)
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
    sample = ", a sample" if content.get("sample") else ""
    documents = number(content["corpus"]["documents"], "document")
    yield f"  corpus: {documents}{sample}, {content['corpus']['sha256']}"
    version = f" {content['codebook']['version']}" if content["codebook"]["version"] else ""
    yield f"  codebook: {content['codebook']['name']}{version}, {content['codebook']['sha256']}"
    for name, value in content["settings"].items():
        yield f"  {name}: {', '.join(value) if isinstance(value, list) else value}"
    versions = ", ".join(f"{name} {value}" for name, value in content["versions"].items())
    yield f"  made with: rubricate {one.run.get('rubricate', '?')}, engine {content['engine']}, {versions}"


def _differences(found: PassComparison, full: bool) -> Iterator[str]:
    width = terminal_width()
    for name, (one, other) in found.inputs.items():
        yield f"{name}: {_short(one)} → {_short(other)}"
    if "codebook" in found.inputs:
        yield from lines_of_codebooks(found.codebooks, width)
    yield from lines_of_segments(found.segments, width, full=full)


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
