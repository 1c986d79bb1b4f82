"""``rubricate codebook test``: a codebook applied to its own examples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from rubricate.cli.codebook.reading import File, Json, chosen, mistakes_as_json, place, print_json, read
from rubricate.cli.errors import MISTAKE, one_line_errors, printing
from rubricate.cli.options import Pipeline
from rubricate.cli.terminal import number

if TYPE_CHECKING:
    from rubricate.codebooks import Codebook
    from rubricate.coding.examples import ExampleResult


def run_tests(file: File = "", as_json: Json = False, pipeline: Pipeline = "") -> None:
    """Apply a codebook to its own examples.

    Each example must be coded or, with applies: false, must not be; those that went wrong are listed.
    A codebook without examples fails, too.

    Example: rubricate codebook test -c codebook.yaml
    """
    with one_line_errors():
        from rubricate.coding.examples import run_examples
        from rubricate.coding.pipeline_check import check_pipeline

        file = chosen(file)
        book = _read_with_examples(file, as_json)
        check_pipeline(book, pipeline, file)
        results = run_examples(book, pipeline)
        failed = [result for result in results if not result.passed]
        if as_json:
            print_json(file, examples=[_example(result) for result in results])
        else:
            for result in failed:
                typer.echo(f"{place(file, result.example.mark)}: {_failure(result)}", err=True)
            with printing():
                passed = len(results) - len(failed)
                typer.echo(f"{file}: {passed} of {number(len(results), 'example')} passed")
        if failed:
            raise typer.Exit(MISTAKE)


def _read_with_examples(file: str, as_json: bool) -> Codebook:
    """The codebook; without examples there is nothing to test, which is no success."""
    from rubricate.codebooks import CodebookError
    from rubricate.codebooks.errors import Problem

    book = read(file, as_json, "examples")
    with mistakes_as_json(file, as_json, ["examples"]):
        if not any(code.examples for code in book.codes if code.coded_by != "hand"):
            raise CodebookError([Problem(file, 0, 0, "has no examples; write some under examples:")])
    return book


def _example(result: ExampleResult) -> dict[str, Any]:
    return {
        "code": result.code.id,
        "line": result.example.mark.line,
        "text": result.example.text,
        "applies": result.example.applies,
        "hits": list(result.hits),
        "passed": result.passed,
    }


def _failure(result: ExampleResult) -> str:
    found = ", ".join(f"“{hit}”" for hit in result.hits)
    problem = f"must not be coded, but {found} was found" if found else "must be coded, but is not"
    return f"{result.code.id} {problem}: {result.example.text}"
