"""In which formats tables are written: the option, and where a table then is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

Formats = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMATS",
        help="csv, a file for each table; xlsx, one workbook with a sheet for each; or csv,xlsx.  "
        "[default: csv]",
        show_default=False,
    ),
]


def chosen_formats(text: str) -> tuple[str, ...]:
    """The formats of the command line, csv where none is named; what is unknown is wrong usage."""
    from rubricate.reports.write import FORMATS

    named = tuple(name.strip().lower() for name in text.split(",")) if text else FORMATS[:1]
    for name in named:
        if name not in FORMATS:
            raise typer.BadParameter(
                f"{name!r} is no format; write one of {', '.join(FORMATS)}, or both", param_hint="--format"
            )
    return named


def too_large_lines(out: str, too_large: Mapping[str, str]) -> Iterator[str]:
    """Say of each table that is too large for a workbook why, and where it is."""
    from rubricate.corpus.errors import shown

    for name, why in too_large.items():
        yield f"tables.xlsx is without {name}, which {why}: it is {shown(out)}/{name}.csv"


def place_of(name: str, out: str, formats: Collection[str], too_large: Collection[str] = ()) -> str:
    """Where a table of a result folder is, in words."""
    from rubricate.corpus.errors import shown

    if "csv" in formats or name in too_large:
        return f"{shown(out)}/{name}.csv"
    return f"the sheet {name} of {shown(out)}/tables.xlsx"
