"""``rubricate codebook check``: every form that each entry finds, and what is wrong."""

from __future__ import annotations

from textwrap import TextWrapper
from typing import TYPE_CHECKING, Any

import typer

from rubricate.cli.codebook.reading import File, Json, chosen, place, print_json, read
from rubricate.cli.errors import one_line_errors, printing
from rubricate.cli.terminal import number, terminal_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.codebooks import Codebook, Entry
    from rubricate.codebooks.checks.doubt import Doubt


def check(file: File = "", as_json: Json = False) -> None:
    """List every form that each entry finds, and what is wrong.

    Mistakes and warnings come with their line and column. A codebook with warnings can be applied, one
    with mistakes cannot.

    Example: rubricate codebook check -c codebook.yaml
    """
    with one_line_errors():
        from rubricate.codebooks.check import check_codebook

        file = chosen(file)
        book = read(file, as_json, "codes", "warnings")
        doubts = check_codebook(book)
        if as_json:
            print_json(file, codes=_codes(book), warnings=[_doubt(doubt) for doubt in doubts])
            return
        with printing():
            for line in _listing(book, terminal_width()):
                typer.echo(line)
        for doubt in doubts:
            typer.echo(f"{place(file, doubt.mark)}: {doubt.where}: {doubt.message}", err=True)
        with printing():
            typer.echo(
                f"{file}: no errors; {number(len(book.codes), 'code')}, "
                f"{number(len(book.entries), 'entry', 'entries')}, {number(len(doubts), 'warning')}"
            )


def _codes(book: Codebook) -> list[dict[str, Any]]:
    from rubricate.codebooks.checks.words import entry_forms
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
                    **_limits(entry, book),
                }
                for entry in code.entries
            ],
        }
        for code in book.codes
    ]


def _limits(entry: Entry, book: Codebook) -> dict[str, Any]:
    """What holds for an entry besides its words, and the terms of its rules."""
    from rubricate.codebooks.checks.words import entry_forms
    from rubricate.codebooks.rules.dependencies import terms_of

    return {
        "within": entry.within,
        "unless": list(entry.unless),
        "only_in": list(entry.only_in),
        "not_inside": list(entry.not_inside),
        "terms": [
            {
                "kind": term.kind,
                "text": term.text,
                "forms": [list(word) for word in entry_forms(term, book)],
            }
            for term in terms_of(entry)
        ],
    }


def _doubt(doubt: Doubt) -> dict[str, Any]:
    return {
        "kind": doubt.kind,
        "line": doubt.mark.line,
        "column": doubt.mark.column,
        "code": doubt.code,
        "entry": doubt.entry,
        "message": doubt.message,
    }


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
            for line in _parts(entry, book):
                yield wrapper.fill(line) if width else line


def _parts(entry: Entry, book: Codebook) -> Iterator[str]:
    """What holds for an entry besides its words, and the terms of its rules with what they find."""
    from rubricate.codebooks.rules.dependencies import terms_of

    if entry.kind == "rule" or entry.unless:
        yield f"      within: {entry.within}"
    yield from (f"      unless: {rule}" for rule in entry.unless)
    yield from (f"      only_in: {condition}" for condition in entry.only_in)
    for term in terms_of(entry):
        yield f"      {term.text}{_remark(term, book)}{_found(term, book)}"


def _remark(entry: Entry, book: Codebook) -> str:
    """The language and the kind of an entry, where they are not the usual ones, and what it needs."""
    from rubricate.codebooks.checks.words import pipeline_remark

    language = "" if entry.language == book.language else entry.language
    kind = "" if entry.kind == "term" else entry.kind
    told = list(filter(None, (kind, language, pipeline_remark(entry))))
    return f" [{', '.join(told)}]" if told else ""


def _found(entry: Entry, book: Codebook) -> str:
    """The forms of each word, alternatives between bars; nothing where an entry finds what it says."""
    from rubricate.codebooks.checks.words import entry_forms

    forms = entry_forms(entry, book)
    if all(len(word) == 1 for word in forms):
        return ""
    words = [" | ".join(word) for word in forms]
    return "  →  " + (
        words[0] if len(words) == 1 else " ".join(f"({word})" if "|" in word else word for word in words)
    )
