"""``rubricate codebook import``: a codebook or dictionary of another program as a codebook of ours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from rubricate.cli.codebook.losses import counted, losses_as_json, print_losses
from rubricate.cli.codebook.new_file import STDOUT, Force, refuse_existing, write_file
from rubricate.cli.codebook.reading import Json, mistakes_as_json
from rubricate.cli.errors import one_line_errors, printing
from rubricate.cli.terminal import number

if TYPE_CHECKING:
    from rubricate.codebooks.formats.exchange import Imported


Source = Annotated[
    str,
    typer.Argument(
        metavar="FILE",
        help="A dictionary or codebook: .yml .dic .dicx .cat .ykd .lcd .lc3 .qdc .csv .xlsx, or .txt with "
        "rules of KH Coder.",
    ),
]
Out = Annotated[
    str, typer.Option("-o", "--out", metavar="FILE", help="The codebook to write; - is standard output.")
]
From = Annotated[
    str,
    typer.Option(
        "--from",
        metavar="FORMAT",
        help="rubricate, quanteda, liwc, liwc22, wordstat, yoshikoder, lexicoder, khcoder, refi-qda, csv or "
        "xlsx.  [default: by the ending]",
        show_default=False,
    ),
]
Language = Annotated[
    str, typer.Option("--language", metavar="CODE", help="Language of the terms, such as en or fa.")
]
Encoding = Annotated[
    str,
    typer.Option(
        "--encoding",
        metavar="NAME",
        help="Encoding of the file, such as cp1252.  [default: detected]",
        show_default=False,
    ),
]


def import_file(
    file: Source,
    out: Out = "codebook.yaml",
    from_format: From = "",
    language: Language = "en",
    encoding: Encoding = "",
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Turn a dictionary or codebook of another program into a codebook.

    What a codebook cannot hold is listed, with its line and what became of it.

    Example: rubricate codebook import policy.lc3 -o policy.yaml
    """
    with one_line_errors():
        from rubricate.codebooks.formats.exchange import import_codebook
        from rubricate.codebooks.yaml_terms import is_language
        from rubricate.codebooks.yaml_writing import codebook_yaml

        if not is_language(language):
            wrong = "is no language code; write one such as en or fa"
            raise typer.BadParameter(wrong, param_hint="--language")
        if out == STDOUT and as_json:
            raise typer.BadParameter("- and --json both print; name a file", param_hint="--out")
        with mistakes_as_json(file, as_json, ["losses"]):
            imported = import_codebook(file, from_format, language, encoding)
        refuse_existing(out, force=force)
        write_file(out, codebook_yaml(imported.codebook).encode())
        _tell(file, out, imported, as_json)


def _tell(file: str, out: str, imported: Imported, as_json: bool) -> None:
    from rubricate.codebooks.formats import FORMATS

    book, losses = imported.codebook, imported.losses
    if as_json:
        told = {
            "file": file,
            "errors": [],
            "format": imported.format,
            "encoding": imported.encoding,
            "codebook": out,
            "codes": len(book.codes),
            "entries": len(book.entries),
            "losses": losses_as_json(losses),
        }
        with printing():
            typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    print_losses(file, losses)
    if out != STDOUT:
        encoding = f", {imported.encoding}" if imported.encoding else ""
        with printing():
            typer.echo(
                f"{out}: {number(len(book.codes), 'code')}, {number(len(book.entries), 'entry', 'entries')} "
                f"from {file} ({FORMATS[imported.format].title}{encoding}); {counted(losses)}"
            )
