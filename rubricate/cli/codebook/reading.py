"""What the commands on a codebook share: its file, its mistakes as text or JSON, and places in it."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rubricate.cli.errors import MISTAKE, printing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rubricate.codebooks import Codebook, CodebookError
    from rubricate.codebooks.codebook import Mark

File = Annotated[
    str,
    typer.Option(
        "-c",
        "--codebook",
        metavar="FILE",
        help="The codebook, a YAML file.  [default: codebook.yaml of the study around this folder]",
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, mistakes included.")]


def chosen(file: str) -> str:
    """The codebook that was named; without a name, the study's, or codebook.yaml in this folder."""
    from rubricate.study import codebook_here

    return file or codebook_here()


def read(file: str, as_json: bool, *lists: str) -> Codebook:
    """The codebook; who asked for JSON gets its mistakes as JSON too, with exit code 1 and empty lists."""
    from rubricate.codebooks import read_codebook

    with mistakes_as_json(file, as_json, lists):
        return read_codebook(file)


@contextmanager
def mistakes_as_json(file: str, as_json: bool, lists: Iterable[str]) -> Iterator[None]:
    """Within it, a mistake in the codebook is printed as JSON with empty lists, if JSON is asked for."""
    from rubricate.codebooks import CodebookError

    try:
        yield
    except CodebookError as error:
        if not as_json:
            raise
        print_json(file, error, **{name: [] for name in lists})
        raise typer.Exit(MISTAKE) from None


def print_json(file: str, error: CodebookError | None = None, **lists: list[dict[str, Any]]) -> None:
    """Print the lists, and what is wrong with the codebook."""
    problems = error.problems if error else ()
    errors = [
        {"line": problem.line, "column": problem.column, "message": problem.message} for problem in problems
    ]
    with printing():
        typer.echo(json.dumps({"file": file, "errors": errors, **lists}, ensure_ascii=False, indent=1))


def place(file: str, mark: Mark) -> str:
    """The place, as editors and people read it."""
    return f"{file}:{mark.line}:{mark.column}"
