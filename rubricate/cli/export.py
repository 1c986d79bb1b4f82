"""``rubricate export``: all tables of a pass in one folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from rubricate.cli.corpus.printing import notes, print_lines
from rubricate.cli.errors import one_line_errors
from rubricate.cli.formats import Formats, chosen_formats, too_large_lines
from rubricate.cli.options import (  # typer reads them
    Attributed,
    Hedged,
    Negated,
    Out,
    PassOption,
    Question,
    SpreadsheetSafe,
    StudyFolder,
)
from rubricate.cli.report import filters, find, tell_sample
from rubricate.cli.terminal import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.study_report import Export


def export(
    out: Out,
    formats: Formats = "",
    named: PassOption = "",
    negated: Negated = "",
    hedged: Hedged = "",
    attributed: Attributed = "",
    question: Question = "",
    spreadsheet_safe: SpreadsheetSafe = False,
    study: StudyFolder = "",
) -> None:
    """Write all tables of a coding pass of a study into one folder.

    They are those of rubricate apply --out, byte for byte; with filters, those of a pass made with them.

    Example: rubricate export --out tables --format csv,xlsx
    """
    with one_line_errors():
        from rubricate.cli.progress import progress
        from rubricate.study_report import export_pass

        chosen = chosen_formats(formats)
        if not out:
            raise typer.BadParameter("is empty; write a name", param_hint="--out")
        here, source = find(study, named, filters(negated, hedged, attributed, question))
        with progress("counting") as follow:
            done = export_pass(
                here, Path(out), source, follow, formats=chosen, spreadsheet_safe=spreadsheet_safe
            )
        print_lines(_lines(out, done))
        tell_sample(here)
        notes(too_large_lines(out, done.too_large))


def _lines(out: str, done: Export) -> Iterator[str]:
    from rubricate.cli.counted import left_out_by_filters
    from rubricate.corpus.errors import shown

    source = done.source
    yield from left_out_by_filters(source.settings, done.tally.filtered)
    mentions = int(done.tally.mentions.sum())
    yield f"Pass {source.folder.path.name}: {number(mentions, 'segment')}; tables in {shown(out)}"
