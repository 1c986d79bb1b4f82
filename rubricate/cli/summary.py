"""What the terminal shows when a pass is done: the frequencies, what was left out, where the files are."""

from __future__ import annotations

import sys
from math import isnan
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    import pandas as pd
    from rich.table import Table

    from rubricate.job import Job, Outcome
    from rubricate.reports.tally import Tally

_WIDTH = 100  # of a table that goes to a file or pipe
_WHY = {
    "heading": "headings",
    "references": "reference lists",
    "boilerplate": "page furniture",
}
_MOST_NAMES = 3


def show_outcome(job: Job, outcome: Outcome) -> None:
    """Print the table to stdout and the notes to stderr."""
    from rich.console import Console

    from rubricate.reports.frequency import frequency

    console = Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False)
    console.print(_frequency_table(frequency(outcome.tally, outcome.codebook), outcome))
    typer.echo(_coverage(job, outcome.tally))
    typer.echo(
        f"Files in {job.out}: segments.csv has every hit with its sentence, frequency.csv and\n"
        f"cooccurrence.csv the counts; tables.json says what each column of each file means."
    )
    for line in _notes(job, outcome):
        typer.echo(line, err=True)


def _frequency_table(table: pd.DataFrame, outcome: Outcome) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    shown = Table(box=SIMPLE_HEAD, pad_edge=False)
    shown.add_column("code", overflow="fold")
    for heading in ("passages", "share", "documents", "mentions", "per 1,000 words", "negated"):
        shown.add_column(heading, justify="right", no_wrap=True)
    depth: dict[str, int] = {"": -1}
    for row in table.to_dict("records"):
        depth[row["code"]] = depth[row["parent"]] + 1
        shown.add_row(
            "  " * depth[row["code"]] + row["code"],
            _count(row["passages"]),
            _share(row["passage_share"]),
            _count(row["documents"]),
            _count(row["mentions"]),
            _decimal(row["mentions_per_1000_words"]),
            _count(row["negated"]),
        )
    return shown


def _count(value: object) -> str:
    import pandas as pd

    return "" if value is pd.NA else f"{value:,}"


def _share(value: float) -> str:
    return "" if isnan(value) else f"{100 * value:.1f} %"


def _decimal(value: float) -> str:
    return "" if isnan(value) else f"{value:.2f}"


def _coverage(job: Job, tally: Tally) -> str:
    """How much was analysed, and what was not and why."""
    passages, words = int(tally.passages.sum()), int(tally.words.sum())
    lines = [
        f"Analysed: {_number(passages, job.settings.unit)} with {words:,} words "
        f"in {_number(len(tally.documents), 'document')}."
    ]
    for part, (paragraphs, words, hits) in tally.parts.items():
        if part not in job.settings.parts and paragraphs:
            lines.append(
                f"Not analysed: {_WHY.get(part, part)}, {_number(paragraphs, 'paragraph')} "
                f"with {words:,} words ({_number(hits, 'hit')} would be there)."
            )
    return "\n".join(lines)


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _notes(job: Job, outcome: Outcome) -> list[str]:
    notes = []
    if outcome.skipped:
        first = outcome.skipped[0]
        notes.append(
            f"{_number(len(outcome.skipped), 'input')} skipped, listed in {job.out}/skipped.csv; "
            f"the first: {first.file}: {first.reason}"
        )
    if outcome.unmatched and outcome.unmatched.rows:
        notes.append(_unmatched(outcome.unmatched.rows, f"of {job.metadata} match no document", "row"))
    if outcome.unmatched and outcome.unmatched.documents:
        notes.append(_unmatched(outcome.unmatched.documents, f"have no row in {job.metadata}", "document"))
    return notes


def _unmatched(names: tuple[str, ...], what: str, noun: str) -> str:
    some = ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")
    return f"{_number(len(names), noun)} {what}: {some}"
