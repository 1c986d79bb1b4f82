"""``rubricate corpus compare``: the corpus beside its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rubricate.cli.corpus.lines import repair_rows
from rubricate.cli.corpus.printing import print_json, print_lines
from rubricate.cli.errors import MISTAKE, one_line_errors
from rubricate.cli.options import Json, StudyFolder
from rubricate.cli.terminal import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rubricate.corpus.storage.comparing import Comparison
    from rubricate.study import Study


def compare(
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="The document to compare with its source.")
    ] = "",
    as_json: Json = False,
    study: StudyFolder = "",
) -> None:
    """Say which sources changed since they were read; or, of a document, whether all of its source is in it.

    With a document its repairs are undone and the result is compared with the source, but for white space.

    Example: rubricate corpus compare 2015/kerry
    """
    with one_line_errors():
        from rubricate.study import find_study

        here = find_study(study)
        if document:
            _compare_document(here, document, as_json)
        else:
            _compare_sources(here, as_json)


def _compare_sources(study: Study, as_json: bool) -> None:
    from rubricate.corpus.storage.comparing import compare_sources

    differences, total = compare_sources(study.folder)
    if as_json:
        rows = [{"file": one.file, "what": one.what} for one in differences]
        print_json(sources=total, differences=rows)
        return
    print_lines(f"{one.file}: {one.what}" for one in differences)
    as_they_were = f"{number(total, 'source')}, {number(len(differences), 'difference')}."
    print_lines([as_they_were])


def _compare_document(study: Study, name: str, as_json: bool) -> None:
    from rubricate.corpus.storage.comparing import compare_document

    found = compare_document(study.folder, name)
    if as_json:
        print_json(
            document=found.document.id,
            whole=found.whole,
            missing=found.missing,
            source=found.source,
            text=found.document.text,
            repairs=repair_rows(found.document),
        )
    else:
        print_lines(_lines(found))
    if not found.whole:
        raise typer.Exit(MISTAKE)


def _lines(found: Comparison) -> Iterator[str]:
    document = found.document
    repairs, joins = number(len(document.repairs), "repair"), number(document.line_joins, "line join")
    for row in repair_rows(document):
        yield f"  {row['kind']} in {row['paragraph']}: {row['before']!r} → {row['after']!r}"
    yield f"{document.id}: {repairs}, {joins}."
    if found.whole:
        yield "With the repairs undone it is its source, character for character but for white space."
    else:
        yield f"With the repairs undone it differs from its source: {found.missing}"
