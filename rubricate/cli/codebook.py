"""``rubricate codebook``: look at a codebook before it is applied."""

from __future__ import annotations

import json
from contextlib import contextmanager
from textwrap import TextWrapper
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rubricate.cli.errors import MISTAKE, one_line_errors, printing
from rubricate.cli.options import Pipeline
from rubricate.cli.terminal import number, terminal_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rubricate.codebooks import Codebook, CodebookError, Entry
    from rubricate.codebooks.check import Doubt
    from rubricate.codebooks.codebook import Mark
    from rubricate.coding.examples import ExampleResult

codebook = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

File = Annotated[str, typer.Option("-c", "--codebook", metavar="FILE", help="The codebook, a YAML file.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, mistakes included.")]


@codebook.callback()
def _group() -> None:
    """Check and test a codebook.

    Example: rubricate codebook check -c codebook.yaml
    """


@codebook.command()
def check(file: File = "codebook.yaml", as_json: Json = False) -> None:
    """List every form that each entry finds, and what is wrong.

    Mistakes and warnings come with their line and column. A codebook with warnings can be applied, one
    with mistakes cannot.

    Example: rubricate codebook check -c codebook.yaml
    """
    with one_line_errors():
        from rubricate.codebooks.check import check_codebook

        book = _read(file, as_json, "codes", "warnings")
        doubts = check_codebook(book)
        if as_json:
            _print_json(file, codes=_codes(book), warnings=[_doubt(doubt) for doubt in doubts])
            return
        with printing():
            for line in _listing(book, terminal_width()):
                typer.echo(line)
        for doubt in doubts:
            typer.echo(f"{_place(file, doubt.mark)}: {doubt.entry}: {doubt.message}", err=True)
        with printing():
            typer.echo(
                f"{file}: no errors; {number(len(book.codes), 'code')}, "
                f"{number(len(book.entries), 'entry', 'entries')}, {number(len(doubts), 'warning')}"
            )


@codebook.command("test")
def run_tests(file: File = "codebook.yaml", as_json: Json = False, pipeline: Pipeline = "") -> None:
    """Apply a codebook to its own examples.

    Each example must be coded or, with applies: false, must not be; those that went wrong are listed.
    A codebook without examples fails, too.

    Example: rubricate codebook test -c codebook.yaml
    """
    with one_line_errors():
        from rubricate.coding.examples import run_examples
        from rubricate.coding.pipeline_check import check_pipeline

        book = _read_with_examples(file, as_json)
        check_pipeline(book, pipeline, file)
        results = run_examples(book, pipeline)
        failed = [result for result in results if not result.passed]
        if as_json:
            _print_json(file, examples=[_example(result) for result in results])
        else:
            for result in failed:
                typer.echo(f"{_place(file, result.example.mark)}: {_failure(result)}", err=True)
            with printing():
                passed = len(results) - len(failed)
                typer.echo(f"{file}: {passed} of {number(len(results), 'example')} passed")
        if failed:
            raise typer.Exit(MISTAKE)


def _read(file: str, as_json: bool, *lists: str) -> Codebook:
    """The codebook; who asked for JSON gets its mistakes as JSON too, with exit code 1 and empty lists."""
    from rubricate.codebooks import read_codebook

    with _mistakes_as_json(file, as_json, lists):
        return read_codebook(file)


def _read_with_examples(file: str, as_json: bool) -> Codebook:
    """The codebook; without examples there is nothing to test, which is no success."""
    from rubricate.codebooks import CodebookError
    from rubricate.codebooks.errors import Problem

    book = _read(file, as_json, "examples")
    with _mistakes_as_json(file, as_json, ["examples"]):
        if not any(code.examples for code in book.codes if code.coded_by != "hand"):
            raise CodebookError([Problem(file, 0, 0, "has no examples; write some under examples:")])
    return book


@contextmanager
def _mistakes_as_json(file: str, as_json: bool, lists: Iterable[str]) -> Iterator[None]:
    from rubricate.codebooks import CodebookError

    try:
        yield
    except CodebookError as error:
        if not as_json:
            raise
        _print_json(file, error, **{name: [] for name in lists})
        raise typer.Exit(MISTAKE) from None


def _print_json(file: str, error: CodebookError | None = None, **lists: list[dict[str, Any]]) -> None:
    problems = error.problems if error else ()
    errors = [
        {"line": problem.line, "column": problem.column, "message": problem.message} for problem in problems
    ]
    with printing():
        typer.echo(json.dumps({"file": file, "errors": errors, **lists}, ensure_ascii=False, indent=1))


def _codes(book: Codebook) -> list[dict[str, Any]]:
    from rubricate.codebooks.check import entry_forms
    from rubricate.codebooks.pipeline_terms import entry_needs

    return [
        {
            "code": code.id,
            "label": code.label,
            "parent": code.parent,
            "entries": [
                {
                    "entry": entry.id,
                    "kind": entry.kind,
                    "text": entry.text,
                    "language": entry.language,
                    "needs": sorted(entry_needs(entry)),
                    "forms": [list(word) for word in entry_forms(entry, book)],
                }
                for entry in code.entries
            ],
        }
        for code in book.codes
    ]


def _doubt(doubt: Doubt) -> dict[str, Any]:
    return {
        "line": doubt.mark.line,
        "column": doubt.mark.column,
        "entry": doubt.entry,
        "message": doubt.message,
    }


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


def _listing(book: Codebook, width: int | None) -> Iterator[str]:
    """Each code with its entries and what they find; at a terminal, lines are broken at its width."""
    wrapper = TextWrapper(
        width or 1, subsequent_indent=" " * 6, break_long_words=False, break_on_hyphens=False
    )
    for index, code in enumerate(book.codes):
        if index:
            yield ""
        yield f"{code.id}: {code.label}"
        if not code.entries:
            yield "  coded by hand" if code.coded_by == "hand" else "  no terms of its own"
        for entry in code.entries:
            line = f"  {entry.id}  {entry.text}{_remark(entry, book)}{_found(entry, book)}"
            yield wrapper.fill(line) if width else line


def _remark(entry: Entry, book: Codebook) -> str:
    """The language and the kind of an entry, where they are not the usual ones, and what it needs."""
    from rubricate.codebooks.check import pipeline_remark

    language = "" if entry.language == book.language else entry.language
    kind = "" if entry.kind == "term" else entry.kind
    told = list(filter(None, (kind, language, pipeline_remark(entry))))
    return f" [{', '.join(told)}]" if told else ""


def _found(entry: Entry, book: Codebook) -> str:
    """The forms of each word, alternatives between bars; nothing where an entry finds what it says."""
    from rubricate.codebooks.check import entry_forms

    forms = entry_forms(entry, book)
    if all(len(word) == 1 for word in forms):
        return ""
    words = [" | ".join(word) for word in forms]
    return "  →  " + (
        words[0] if len(words) == 1 else " ".join(f"({word})" if "|" in word else word for word in words)
    )


def _place(file: str, mark: Mark) -> str:
    return f"{file}:{mark.line}:{mark.column}"
