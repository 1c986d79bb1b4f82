"""``rubricate codebook term``: the terms of a code."""

from __future__ import annotations

from typing import Annotated

import typer

from rubricate.cli.codebook.changing import DryRun, Why, edit, edit_errors
from rubricate.cli.codebook.reading import File
from rubricate.cli.usage import Command

term = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Terms = Annotated[list[str], typer.Argument(metavar="TERM...", help="A text, or an id such as war.2.")]


@term.callback()
def _group() -> None:
    """Add, remove and move the terms of codes.

    Example: rubricate codebook term add war war "armed conflict"
    """


@term.command(cls=Command)
def add(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The code that takes them.")],
    terms: Annotated[list[str], typer.Argument(metavar="TERM...", help="Words and phrases, or rules.")],
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="word, lemma, case, glob, regex, rule, tokens, …")
    ] = "term",
    language: Annotated[
        str,
        typer.Option(
            "--language",
            metavar="CODE",
            help="Of the documents.  [default: the codebook's]",
            show_default=False,
        ),
    ] = "",
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="A note for people.")] = "",
    not_inside: Annotated[
        list[str] | None,
        typer.Option("--not-inside", metavar="TERM", help="Where a hit does not count; again for more."),
    ] = None,
    unless: Annotated[
        str, typer.Option("--unless", metavar="RULE", help="Hits beside which this holds do not count.")
    ] = "",
    only_in: Annotated[
        str, typer.Option("--only-in", metavar="CONDITION", help="Documents to look in: 'year >= 2018'.")
    ] = "",
    within: Annotated[
        str,
        typer.Option(
            "--within", metavar="SCOPE", help="Of rules and --unless: sentence, paragraph or document."
        ),
    ] = "",
    name: Annotated[
        str, typer.Option("--id", metavar="NAME", help="Of a rule: its name in the tables.")
    ] = "",
    file: File = "",
    why: Why = "",
    dry_run: DryRun = False,
) -> None:
    """Add terms to a code, rules with --kind rule, or token patterns with --kind tokens.

    Example: rubricate codebook term add war "price NEAR/3 war" --kind rule --id price_war
    """
    with edit_errors(file) as place:
        from rubricate.codebooks.editing.terms import NewTerms, add_terms

        limits = tuple(not_inside or ()), unless, only_in
        new = NewTerms(tuple(terms), kind, language, note, *limits, name, within)
        edit(place, lambda draft, book: add_terms(draft, book, code, new), why, dry_run)


@term.command(cls=Command)
def remove(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The code that has them.")],
    terms: Terms,
    file: File = "",
    why: Why = "",
    dry_run: DryRun = False,
) -> None:
    """Remove terms from a code.

    Example: rubricate codebook term remove war "price war" war.3
    """
    with edit_errors(file) as place:
        from rubricate.codebooks.editing.terms import remove_terms

        edit(place, lambda draft, book: remove_terms(draft, book, code, terms), why, dry_run)


@term.command(cls=Command)
def move(
    terms: Terms,
    to: Annotated[str, typer.Argument(metavar="TO", help="The code that takes them.")],
    file: File = "",
    why: Why = "",
    dry_run: DryRun = False,
) -> None:
    """Move terms to another code.

    Example: rubricate codebook term move war.2 "armed conflict" conflict
    """
    with edit_errors(file) as place:
        from rubricate.codebooks.editing.terms import move_terms

        edit(place, lambda draft, book: move_terms(draft, book, terms, to), why, dry_run)
