"""``rubricate corpus``: see what was made of the documents, and what in them looks like a slip."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rubricate.cli.apply import (  # typer reads them
    CorrectionsFile,
    Encoding,
    IdColumn,
    MetadataFile,
    RepairsFile,
    Sources,
    TextColumn,
    checked_language,
)
from rubricate.cli.corpus_lines import (
    lines_of_paragraphs,
    lines_of_suspects,
    overview,
    paragraph_rows,
    repair_rows,
    suspects_of,
    table_of_documents,
)
from rubricate.cli.errors import SKIPPED, one_line_errors, printing
from rubricate.cli.terminal import number, terminal_width
from rubricate.cli.usage import Command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rubricate.corpus.document import Document
    from rubricate.corpus.metadata import Metadata
    from rubricate.corpus.readers.raw import ReadOptions, Skipped

    Row = dict[str, Any]

corpus = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Language = Annotated[
    str,
    typer.Option(
        "--language",
        metavar="CODE",
        help="Language of documents whose metadata name none, such as en or fa.  [default: en]",
        show_default=False,
    ),
]
One = Annotated[str, typer.Option("--document", metavar="ID", help="Show the paragraphs of this document.")]
Full = Annotated[bool, typer.Option("--full", help="With --document: whole paragraphs.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]

_MOST_NAMES = 4


@corpus.callback()
def _group() -> None:
    """See what was made of the documents.

    Example: rubricate corpus show speeches/
    """


@corpus.command(cls=Command)
def show(
    sources: Sources,
    document: One = "",
    full: Full = False,
    as_json: Json = False,
    language: Language = "",
    metadata: MetadataFile = "",
    repairs: RepairsFile = "",
    corrections: CorrectionsFile = "",
    text_column: TextColumn = "",
    id_column: IdColumn = "",
    encoding: Encoding = "",
) -> None:
    """List the documents, or the paragraphs of one, each with its part and why.

    Line joins are line breaks inside a paragraph that became spaces; repairs are all other changes.

    Example: rubricate corpus show speeches/ --document 2015/kerry
    """
    with one_line_errors():
        from rubricate.corpus.readers.raw import ReadOptions

        if full and not document:
            raise typer.BadParameter("goes with --document ID", param_hint="--full")
        reading = _Reading(
            sources, language, metadata, (repairs, corrections), ReadOptions(text_column, id_column, encoding)
        )
        if document:
            found = reading.find(document)
            _print_document(found, full, as_json, reading.skipped_rows())
            reading.tell_of(found)
            return
        rows = reading.each(overview)
        if as_json:
            _print_json(documents=rows, skipped=reading.skipped_rows())
        else:
            _print_lines(table_of_documents(rows, terminal_width()))
        reading.tell()


@corpus.command(cls=Command)
def check(
    sources: Sources,
    as_json: Json = False,
    language: Language = "",
    metadata: MetadataFile = "",
    repairs: RepairsFile = "",
    corrections: CorrectionsFile = "",
    text_column: TextColumn = "",
    id_column: IdColumn = "",
    encoding: Encoding = "",
) -> None:
    """List words that look like slips of optical recognition or typing.

    Nothing is changed: the study decides what to repair, and writes it into its repairs.csv.

    Example: rubricate corpus check speeches/
    """
    with one_line_errors():
        from rubricate.corpus.readers.raw import ReadOptions

        reading = _Reading(
            sources, language, metadata, (repairs, corrections), ReadOptions(text_column, id_column, encoding)
        )
        checked = reading.each(suspects_of)
        if as_json:
            suspects = [suspect for row in checked for suspect in row["suspects"]]
            words = sum(row["words"] for row in checked)
            _print_json(
                documents=len(checked), words=words, suspects=suspects, skipped=reading.skipped_rows()
            )
        else:
            _print_lines(lines_of_suspects(checked, terminal_width()))
        reading.tell()


class _Reading:
    """The documents of a command line, and what could not be read of them."""

    def __init__(
        self,
        sources: Sequence[str],
        language: str,
        metadata: str,
        changes: tuple[str, str],
        options: ReadOptions,
    ) -> None:
        from rubricate.corpus.metadata import read_metadata
        from rubricate.job import read_changes

        checked_language(language)
        self._sources = sources
        self._language = language or "en"
        self._options = options
        self._file = metadata
        self._exclude = [path for path in (metadata, *changes) if path]
        self._changes = read_changes(*changes, options)
        self._metadata: Metadata | None = read_metadata(metadata, self._options) if metadata else None
        self._skipped: list[Skipped] = []
        self._ids: list[str] = []

    def documents(self) -> Iterator[Document]:
        """The documents, in the order of their ids."""
        from rubricate.corpus.reader import read_corpus

        if "-" in self._sources and sys.stdin and sys.stdin.isatty():
            typer.echo("Reading the text from this terminal; end it with Ctrl-D.", err=True)
        return read_corpus(
            self._sources,
            language=self._language,
            metadata=self._metadata,
            options=self._options,
            changes=self._changes,
            skipped=self._skipped,
            exclude=self._exclude,
        )

    def each(self, describe: Callable[[Document], Row]) -> list[Row]:
        """What ``describe`` says of each document, with a progress bar where that takes long."""
        from rubricate.cli.progress import progress

        with progress("reading") as follow:
            rows: list[Row] = [describe(document) for document in follow(self.documents())]
        self._ids = [row["document"] for row in rows]
        return rows

    def find(self, wanted: str) -> Document:
        """The document with this id, the last that is read. If there is none, what was skipped is told, and
        a CorpusError has ids that are like it.
        """
        from difflib import get_close_matches

        from rubricate.corpus.errors import CorpusError
        from rubricate.corpus.study.tables import same_form

        ids = []
        for document in self.documents():
            if same_form(document.id) == same_form(wanted):
                return document
            ids.append(document.id)
        self._tell_skipped()
        near = get_close_matches(wanted, ids, _MOST_NAMES, 0.5) or ids
        there = f"there are {_some(near)}" if near else "there are none"
        raise CorpusError(f"--document: there is no document {wanted!r}; {there}")

    def skipped_rows(self) -> list[Row]:
        """What could not be read, for JSON."""
        return [
            {"file": skip.file, "document": skip.document, "reason": skip.reason} for skip in self._skipped
        ]

    def tell(self) -> None:
        """Say on stderr what was not read or has no metadata; exit with 3 where input was skipped."""
        from rubricate.corpus.metadata import find_unmatched

        if self._metadata:
            unmatched = find_unmatched(self._metadata, self._ids)
            self._tell_unmatched(unmatched.rows, unmatched.documents)
        self._tell_and_exit(self._changes.without_use(self._ids))

    def tell_of(self, document: Document) -> None:
        """The same where only this document was looked for, so that other rows may be about later ones."""
        from rubricate.corpus.metadata import find_unmatched

        if self._metadata:
            self._tell_unmatched((), find_unmatched(self._metadata, [document.id]).documents)
        self._tell_and_exit(self._changes.without_use_in(document.id))

    def _tell_unmatched(self, rows: Sequence[str], documents: Sequence[str]) -> None:
        for names, one, of in (
            (rows, "row", f"of {self._file} without a document"),
            (documents, "document", f"without a row in {self._file}"),
        ):
            if names:
                typer.echo(f"{number(len(names), one)} {of}: {_some(names)}", err=True)

    def _tell_and_exit(self, without_use: Sequence[str]) -> None:
        for line in without_use:
            typer.echo(line, err=True)
        self._tell_skipped()
        if self._skipped:
            raise typer.Exit(SKIPPED)

    def _tell_skipped(self) -> None:
        for skip in self._skipped:
            typer.echo(f"skipped: {skip.file}: {skip.reason}", err=True)


def _print_document(document: Document, full: bool, as_json: bool, skipped: list[Row]) -> None:
    if as_json:
        _print_json(
            **overview(document)
            | {
                "title": document.title,
                "paragraphs": paragraph_rows(document),
                "repairs": repair_rows(document),
                "skipped": skipped,
            }
        )
    else:
        _print_lines(lines_of_paragraphs(document, full, terminal_width()))


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")


def _print_lines(lines: Iterable[str]) -> None:
    with printing():
        for line in lines:
            typer.echo(line)


def _print_json(**content: Any) -> None:
    with printing():
        typer.echo(json.dumps(content, ensure_ascii=False, indent=1))
