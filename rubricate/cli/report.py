"""``rubricate report``: one table of a pass."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rubricate.cli.corpus.printing import notes, print_json, print_lines
from rubricate.cli.errors import one_line_errors, printing
from rubricate.cli.options import (  # typer reads them
    Attributed,
    Hedged,
    Json,
    Negated,
    PassOption,
    Question,
    SpreadsheetSafe,
    StudyFolder,
)
from rubricate.cli.terminal import number, terminal_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas as pd

    from rubricate.coding.pass_folders.folder import Pass
    from rubricate.study import Study
    from rubricate.study_report import Source

_MOST_PAIRS = 3  # that are named where they are not listed

TableName = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help="frequency, frequency_by_document, cooccurrence, cooccurrence_matrix, segments, passages, "
        "documents, passages_wide, documents_wide, entries, expansions, cleaning, exclusive or parts.",
        show_default=False,
    ),
]
Linked = Annotated[
    bool,
    typer.Option(
        "--linked",
        help="In cooccurrence, list also pairs of which one code is above the other or asks about it.",
    ),
]
TableFile = Annotated[
    str,
    typer.Option(
        "-o", "--out", metavar="FILE", help="Write the table into a .csv or .xlsx file.", show_default=False
    ),
]


def report(
    name: TableName,
    out: TableFile = "",
    named: PassOption = "",
    negated: Negated = "",
    hedged: Hedged = "",
    attributed: Attributed = "",
    question: Question = "",
    linked: Linked = False,
    full: Annotated[bool, typer.Option("--full", help="At a terminal, show all rows.")] = False,
    as_json: Json = False,
    spreadsheet_safe: SpreadsheetSafe = False,
    study: StudyFolder = "",
) -> None:
    """Show one table of a coding pass of a study.

    A terminal shows the columns that it has room for; a pipe or file gets CSV, as -o writes it. Filters count
    as if the pass had been made with them. docs/tables.md explains every column.

    Example: rubricate report cooccurrence --negated drop -o cooccurrence.csv
    """
    with one_line_errors():
        from rubricate.reports.making import SUMMED, refuse_unknown
        from rubricate.reports.table_file import refuse_ending, write_table

        refuse_unknown(name)
        if linked and name != "cooccurrence":
            raise typer.BadParameter("only cooccurrence leaves linked pairs out", param_hint="--linked")
        if out:
            refuse_ending(Path(out))
        here, source = find(study, named, filters(negated, hedged, attributed, question))
        if name in SUMMED:
            tell_sample(here)
        if name == "cooccurrence" and not linked:
            _tell_linked(source)
        with _rows(here, name, source, linked=linked) as rows:
            frames = rows if name != "entries" else [_remarked(frame, source) for frame in rows]
            if out:
                write_table(Path(out), name, frames, spreadsheet_safe=spreadsheet_safe)
            elif as_json:
                _print_json(name, source.folder, frames)
            elif width := terminal_width():
                _print_aligned(name, frames, width, full=full)
            else:
                _print_csv(frames, spreadsheet_safe=spreadsheet_safe)


def filters(*choices: str) -> dict[str, str]:
    """The filters of the command line, by flag and in the order of FLAGS; what is unknown is wrong usage."""
    from rubricate.coding.flags import FLAGS
    from rubricate.coding.settings import FILTERS

    for flag, choice in zip(FLAGS, choices, strict=True):
        if choice and choice not in FILTERS:
            raise typer.BadParameter(
                f"{choice!r} is no choice; write one of {', '.join(FILTERS)}", param_hint=f"--{flag}"
            )
    return dict(zip(FLAGS, choices, strict=True))


def find(named_study: str, named: str, chosen: dict[str, str]) -> tuple[Study, Source]:
    """A study and a pass of it to report on; what has changed since the pass was made is told."""
    from rubricate.study import find_study
    from rubricate.study_report import find_source

    study = find_study(named_study)
    source = find_source(study, named, chosen)
    tell_age(study, source.folder)
    return study, source


def tell_age(study: Study, one: Pass) -> None:
    """Say on stderr what of a study has changed since a pass was made, and of what that cannot be said."""
    from rubricate.study_changes import changes_since

    found = changes_since(study, one)
    if found.changed:
        verb = "has" if len(found.changed) == 1 else "have"
        what = " and the ".join(found.changed)
        notes([f"{one.path.name}: the {what} {verb} changed since; rubricate apply makes a new pass"])
    for name, why in found.unknown.items():
        notes([f"{one.path.name}: whether the {name} has changed since cannot be said: {why}"])
    if found.unicode:
        then, now = found.unicode
        notes(
            [
                f"{one.path.name}: words were told apart by Unicode {then} and are by {now}, so numbers may "
                f"differ; rubricate passes replay {one.number} says whether they do"
            ]
        )


def tell_sample(study: Study) -> None:
    """Say on stderr of numbers over all documents of a study that these are a sample, if they are."""
    if study.sample:
        notes(
            [
                "The documents are a sample, as study.toml says: shares, rates and measures are estimates of "
                "those in all documents that are meant."
            ]
        )


def _tell_linked(source: Source) -> None:
    """Say on stderr which pairs of codes are not listed, because they occur together by construction."""
    from rubricate.reports.cooccurrence import linked_pairs

    if pairs := linked_pairs(source.codebook):
        some = ", ".join(f"{one} and {other}" for one, other in pairs[:_MOST_PAIRS])
        more = ", …" if len(pairs) > _MOST_PAIRS else ""
        verb = "is" if len(pairs) == 1 else "are"
        notes(
            [
                f"{number(len(pairs), 'pair')} of codes {verb} not listed, because one is above the other or "
                f"asks about it in a rule: {some}{more}; --linked lists them"
            ]
        )


@contextmanager
def _rows(study: Study, name: str, source: Source, *, linked: bool) -> Iterator[Iterable[pd.DataFrame]]:
    from rubricate.cli.progress import progress
    from rubricate.study_report import open_table

    with progress("counting") as follow, open_table(study, name, source, follow, linked=linked) as frames:
        yield frames


def _remarked(entries: pd.DataFrame, source: Source) -> pd.DataFrame:
    """The table of entries; what is remarkable in it is told."""
    from rubricate.cli.entry_lines import lines_of_entries
    from rubricate.reports.entry_remarks import remarks

    notes(lines_of_entries(remarks(entries, source.codebook), watched=sys.stderr.isatty()))
    return entries


def _print_json(name: str, one: Pass, frames: Iterable[pd.DataFrame]) -> None:
    rows: list[dict[str, Any]] = []
    for frame in frames:
        table = frame.astype(object).where(frame.notna(), None)
        rows += ({str(key): _digits(value) for key, value in row.items()} for row in table.to_dict("records"))
    print_json(table=name, **{"pass": one.id}, rows=rows)


def _digits(value: Any) -> Any:
    """A number with the six significant digits that CSV has."""
    return float(f"{value:.6g}") if isinstance(value, float) else value


def _print_aligned(name: str, frames: Iterable[pd.DataFrame], width: int, *, full: bool) -> None:
    from rubricate.cli.aligned import MOST_ROWS, aligned

    print_lines(aligned(name, frames, width, None if full else MOST_ROWS))


def _print_csv(frames: Iterable[pd.DataFrame], *, spreadsheet_safe: bool) -> None:
    from rubricate.reports.csv_table import write_header, write_rows

    with printing():
        for number, frame in enumerate(frames):
            if not number:
                write_header(sys.stdout, list(frame.columns), spreadsheet_safe=spreadsheet_safe)
            write_rows(sys.stdout, frame, spreadsheet_safe=spreadsheet_safe)
