"""``rubricate codebook export``: a codebook in the format of another program, or for an appendix."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from rubricate.cli.codebook.losses import counted, losses_as_json, print_losses
from rubricate.cli.codebook.new_file import STDOUT, Force, refuse_existing, write_file
from rubricate.cli.codebook.reading import File, Json, chosen, read
from rubricate.cli.errors import one_line_errors, printing
from rubricate.cli.options import SpreadsheetSafe

if TYPE_CHECKING:
    from rubricate.codebooks.formats.exchange import Exported


Target = Annotated[
    str,
    typer.Argument(
        metavar="FILE",
        help="The file to write: .yaml .yml .dic .dicx .cat .ykd .lc3 .qdc .csv .xlsx .md .docx, or .txt "
        "with rules of KH Coder; - is standard output.",
    ),
]
To = Annotated[
    str,
    typer.Option(
        "--to",
        metavar="FORMAT",
        help="rubricate, quanteda, liwc, liwc22, wordstat, yoshikoder, lexicoder, khcoder, refi-qda, csv, "
        "xlsx, markdown or docx.  [default: by the ending]",
        show_default=False,
    ),
]


def export_file(
    out: Target,
    file: File = "",
    to_format: To = "",
    spreadsheet_safe: SpreadsheetSafe = False,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Write a codebook in the format of another program, or for an appendix.

    What the format cannot hold is listed, with the code and what became of it.

    Example: rubricate codebook export appendix.docx -c codebook.yaml
    """
    with one_line_errors():
        from rubricate.codebooks.formats.exchange import export_codebook

        if out == STDOUT and as_json:
            raise typer.BadParameter("- and --json both print; name a file", param_hint="FILE")
        refuse_existing(out, force=force)
        file = chosen(file)
        book = read(file, as_json, "losses")
        exported = export_codebook(book, out, to_format, spreadsheet_safe=spreadsheet_safe)
        write_file(out, exported.content)
        _tell(file, out, exported, as_json)


def _tell(file: str, out: str, exported: Exported, as_json: bool) -> None:
    from rubricate.codebooks.formats import FORMATS

    if as_json:
        told = {
            "file": out,
            "errors": [],
            "format": exported.format,
            "codebook": file,
            "losses": losses_as_json(exported.losses),
        }
        with printing():
            typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    print_losses(out, exported.losses)
    if out != STDOUT:
        with printing():
            typer.echo(f"{out}: {file} as {FORMATS[exported.format].title}; {counted(exported.losses)}")
