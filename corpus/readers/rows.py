"""Tables of documents: CSV and TSV with one document per row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING
from unicodedata import normalize

from rubricate.corpus.document import Source
from rubricate.corpus.errors import FileError, shown
from rubricate.corpus.readers.csv_rows import rows_of
from rubricate.corpus.readers.dates import DATE, checked_dates
from rubricate.corpus.readers.encoding import decode_pieces
from rubricate.corpus.readers.raw import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rubricate.corpus.readers.raw import RawFile, ReadOptions

_ID_COLUMNS = ("doc_id", "id", "document")
Ids = dict[str, tuple[int, str]]
"""Of each document id, in composed letters, the line in which it stands and how it is spelled there."""

_NAMED_COLUMNS = 30  # that a message lists
_LONGEST_NAME = 60  # characters of a column's name in a message
_LONGEST_ID = 1000  # characters


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table: ``rows`` yields each with the line of the file in which it begins, from 1.

    ``place`` is what such a line is called where the file has no lines: "row", "record".
    """

    file: str
    header: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]
    encoding: str
    place: str = "line"


def read_rows(raw: RawFile, options: ReadOptions) -> Iterator[Source | Skipped]:
    """Yield a document per row of a CSV or TSV, as read_table does."""
    table = open_table(raw, options.encoding)
    raw = replace(raw, data=b"")  # they are text now, and the rows need the room
    return read_table(table, raw, options)


def read_table(table: Table, raw: RawFile, options: ReadOptions) -> Iterator[Source | Skipped]:
    """Yield a document per row; a row without text is skipped and said to be.

    The text is in ``options.text_column``, otherwise in the column ``text``. The document id is in
    ``options.id_column``, otherwise in ``doc_id``, ``id`` or ``document``, whichever is there first;
    without any, rows are numbered after the file: row 7 of ``speeches.csv`` is ``speeches-000007``.
    Every other column becomes a variable. Cells are taken verbatim. FileError names the line at fault,
    DateError those whose ``date`` is none.
    """
    text = _text_column(table, options)
    key = _id_column(table, options, text)
    if text == key:
        raise FileError(
            raw.file, f"column {table.header[text]!r} cannot be both the text and the document id"
        )
    variables = [(i, name) for i, name in enumerate(table.header) if i not in (text, key)]
    date = next((i for i, name in variables if name == DATE), None)
    ids: Ids = {}
    for number, (line, row) in enumerate(checked_dates(raw.file, table.rows, date), start=1):
        document = f"{raw.id}-{number:06}" if key is None else row[key]
        check_id(raw.file, document, line, ids)
        if not row[text].strip():
            yield Skipped(raw.file, f"{table.place} {line}: the text is empty", document)
            continue
        values = {name: row[i] for i, name in variables}
        yield Source(document, raw.file, raw.sha256, table.encoding, text=row[text], variables=values)
    if not ids:
        raise FileError(raw.file, "has a header but no rows")


def open_table(raw: RawFile, encoding: str = "") -> Table:
    """Read the header and make the rows ready to be read; FileError if there is no usable header.

    TSV is separated by tabs. CSV is separated by commas, or by semicolons (or tabs) if its first line
    has no comma but those.
    """
    pieces, name = decode_pieces(raw, encoding)
    first = next(pieces, "")
    rows = rows_of(raw.file, chain([first], pieces), _delimiter(raw.extension, first.partition("\n")[0]))
    _, header = next(rows, (0, []))
    return Table(raw.file, _check_header(raw.file, header), _equal_rows(raw.file, header, rows), name)


def find_column(header: Sequence[str], *names: str) -> int | None:
    """Return the position of the first of ``names`` that is a column, in its own or else in any case."""
    folded = [column.casefold() for column in header]
    for name in names:
        if name in header:
            return header.index(name)
        if name.casefold() in folded:
            return folded.index(name.casefold())
    return None


def check_id(file: str, document: str, line: int, ids: Ids) -> str:
    """Return the id in composed letters, and note in ``ids`` how and in which line it stands.

    FileError if it cannot be one, or was there before, also if only Unicode can tell the two apart.
    """
    if not document.strip():
        raise FileError(file, f"line {line}: the document id is empty")
    if len(document) > _LONGEST_ID:
        raise FileError(file, f"line {line}: the document id is longer than {_LONGEST_ID:,} characters")
    if shown(document) != document:
        raise FileError(
            file, f"line {line}: the document id {shown(document)} holds a control character; remove it"
        )
    form = normalize("NFC", document)
    earlier, spelled = ids.setdefault(form, (line, document))
    if earlier == line:
        return form
    if spelled == document:
        raise FileError(file, f"line {line}: document {document!r} was already in line {earlier}")
    raise FileError(
        file, f"line {line}: document {document!r} looks the same as that in line {earlier}; rename one"
    )


def _text_column(table: Table, options: ReadOptions) -> int:
    wanted = options.text_column or "text"
    found = find_column(table.header, wanted)
    if found is None:
        raise FileError(table.file, _no_column(table, wanted, "--text-column", "texts"))
    return found


def _id_column(table: Table, options: ReadOptions, text: int) -> int | None:
    if not options.id_column:  # then a column ``document`` that holds the texts is no id
        return find_column([*table.header[:text], "", *table.header[text + 1 :]], *_ID_COLUMNS)
    found = find_column(table.header, options.id_column)
    if found is None:
        raise FileError(table.file, _no_column(table, options.id_column, "--id-column", "document ids"))
    return found


def _no_column(table: Table, wanted: str, option: str, content: str) -> str:
    return (
        f"has no column {wanted!r}; its columns are {_listed(table.header)}; "
        f"name the one with the {content}: {option} NAME"
    )


def _listed(header: Sequence[str]) -> str:
    """Columns as a message lists them: it is one line, whatever the file calls them and however many."""
    names = (name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…" for name in header)
    more = len(header) - _NAMED_COLUMNS
    return ", ".join(islice(names, _NAMED_COLUMNS)) + (f" and {more:,} more" if more > 0 else "")


def _delimiter(extension: str, first_line: str) -> str:
    if extension == ".tsv":
        return "\t"
    return next((mark for mark in ",;\t" if mark in first_line), ",")


def _check_header(file: str, header: list[str]) -> tuple[str, ...]:
    names = tuple(name.strip() for name in header)
    if not names:
        raise FileError(file, "holds no table: the first row must name the columns")
    if "" in names:
        reason = f"column {names.index('') + 1} has no name in the first row; name it or remove it"
        raise FileError(file, reason)
    if twice := first_repeated(names):
        raise FileError(file, f"has two columns named {twice!r}; rename one")
    return names


def first_repeated(names: Sequence[str]) -> str:
    """The first of ``names`` that is there more than once; empty if none is."""
    counts = Counter(names)  # to count each name anew would take hours for as many as a hostile file may have
    return next((name for name in names if counts[name] > 1), "")


def _equal_rows(
    file: str, header: list[str], rows: Iterator[tuple[int, list[str]]]
) -> Iterator[tuple[int, list[str]]]:
    for line, row in rows:
        if len(row) != len(header):
            reason = f"line {line} has {len(row)} cells, but there are {len(header)} columns; "
            raise FileError(
                file, reason + "a cell that holds the separator or a line break needs quotation marks"
            )
        yield line, row
