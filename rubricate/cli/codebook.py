"""``rubricate codebook``: look at a codebook before it is applied."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from rubricate.cli.errors import MISTAKE, one_line_errors

if TYPE_CHECKING:
    from rubricate.codebooks import Codebook, Entry

codebook = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Check and test a codebook.")

File = Annotated[str, typer.Option("-c", "--codebook", metavar="FILE", help="The codebook, a YAML file.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@codebook.callback()
def _group() -> None:
    """Check and test a codebook.

    Example: rubricate codebook check -c codebook.yaml
    """


@codebook.command()
def check(file: File = "codebook.yaml", as_json: Json = False) -> None:
    """Say what is wrong or doubtful in a codebook, and list every form that each entry finds.

    Example: rubricate codebook check -c codebook.yaml
    """
    with one_line_errors():
        from rubricate.codebooks import read_codebook
        from rubricate.codebooks.check import check_codebook

        book = read_codebook(file)
        doubts = check_codebook(book)
        if as_json:
            typer.echo(json.dumps(_described(file, book), ensure_ascii=False, indent=1))
            return
        for code in book.codes:
            typer.echo(f"{code.id}: {code.label}")
            for entry in code.entries:
                typer.echo(f"  {entry.id}  {entry.text}{_language(entry, book)}  →  {_forms(entry, book)}")
        for doubt in doubts:
            typer.echo(
                f"{file}:{doubt.mark.line}:{doubt.mark.column}: {doubt.entry}: {doubt.message}", err=True
            )
        typer.echo(
            f"{file}: no errors; {len(book.codes)} codes, {len(book.entries)} entries, "
            f"{len(doubts)} {'warning' if len(doubts) == 1 else 'warnings'}"
        )


@codebook.command("test")
def run_tests(file: File = "codebook.yaml", as_json: Json = False) -> None:
    """Apply a codebook to its own examples: each must be coded, or with applies: false must not be.

    Example: rubricate codebook test -c codebook.yaml
    """
    with one_line_errors():
        from rubricate.codebooks import read_codebook
        from rubricate.coding.examples import run_examples

        results = run_examples(read_codebook(file))
        failed = [result for result in results if not result.passed]
        if as_json:
            rows = [
                {
                    "code": result.code.id,
                    "line": result.example.mark.line,
                    "text": result.example.text,
                    "applies": result.example.applies,
                    "hits": list(result.hits),
                    "passed": result.passed,
                }
                for result in results
            ]
            typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            for result in failed:
                mark = result.example.mark
                found = ", ".join(f"“{hit}”" for hit in result.hits)
                problem = (
                    f"must not be coded, but {found} was found" if found else "must be coded, but is not"
                )
                typer.echo(
                    f"{file}:{mark.line}:{mark.column}: {result.code.id} {problem}: {result.example.text}",
                    err=True,
                )
            typer.echo(f"{file}: {len(results) - len(failed)} of {len(results)} examples pass")
        if failed:
            raise typer.Exit(MISTAKE)


def _described(file: str, book: Codebook) -> dict[str, object]:
    from rubricate.codebooks.check import check_codebook, entry_forms

    return {
        "file": file,
        "entries": [
            {
                "entry": entry.id,
                "kind": entry.kind,
                "text": entry.text,
                "language": entry.language,
                "forms": [list(word) for word in entry_forms(entry, book)],
            }
            for entry in book.entries
        ],
        "warnings": [
            {
                "line": doubt.mark.line,
                "column": doubt.mark.column,
                "entry": doubt.entry,
                "message": doubt.message,
            }
            for doubt in check_codebook(book)
        ],
    }


def _language(entry: Entry, book: Codebook) -> str:
    return "" if entry.language == book.language else f" [{entry.language}]"


def _forms(entry: Entry, book: Codebook) -> str:
    """The forms of each word, alternatives between bars."""
    from rubricate.codebooks.check import entry_forms

    words = [" | ".join(forms) for forms in entry_forms(entry, book)]
    return words[0] if len(words) == 1 else " ".join(f"({word})" if "|" in word else word for word in words)
