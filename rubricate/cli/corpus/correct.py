"""``rubricate corpus correct``: a row of a study's corrections.csv, and what it changes."""

from __future__ import annotations

from typing import Annotated

import typer

from rubricate.cli.corpus.printing import print_lines
from rubricate.cli.errors import one_line_errors
from rubricate.cli.options import StudyFolder
from rubricate.cli.terminal import number


def correct(
    paragraph: Annotated[str, typer.Argument(metavar="PARAGRAPH", help="Its id, such as kerry#p12.")],
    what: Annotated[str, typer.Argument(metavar="WHAT", help="part, border or title.")],
    value: Annotated[
        str,
        typer.Argument(
            metavar="VALUE",
            help="A part such as body; join or 'split: WORDS'; a title, none if the paragraph is it.",
        ),
    ] = "",
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why; it is kept with the correction.")
    ] = "",
    study: StudyFolder = "",
) -> None:
    """Decide what a paragraph is, where it begins, or what the title is.

    The decision becomes a row of corpus/corrections.csv, with the first words of the paragraph, so that it
    still finds it when the source changes; the document is made anew.

    Example: rubricate corpus correct kerry#p12 part boilerplate --reason "a button of the page"
    """
    with one_line_errors():
        from rubricate.corpus.storage.deciding import add_correction
        from rubricate.study import find_study

        if not reason.strip():
            raise typer.BadParameter("is missing; say why, for your readers", param_hint="--reason")
        here = find_study(study)
        row, changed = add_correction(here.folder, paragraph, what, value, reason, here.language)
        decided = f"{row.document}#p{row.number} “{row.quotation}”: {row.what} {row.value}".rstrip()
        print_lines([f"{decided} ({number(len(changed), 'document')} changed)"])
