"""Parquet files with one document per row."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.json_lines import check_characters, flatten
from rubricate.corpus.readers.rows import Table, first_repeated, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rubricate.corpus.document import Source
    from rubricate.corpus.readers.raw import RawFile, ReadOptions, Skipped

MOST_ROWS = 100_000_000
"""The most rows of a file: a few bytes can claim to hold any number of empty ones."""

MOST_BYTES = 4 * 1024**3
"""The most bytes, unpacked, and the most characters of a file: a few bytes can repeat a text for ever."""

_ROWS_AT_ONCE = 1024
_INDEX = re.compile(r"__index_level_\d+__")  # the row numbers of pandas, which nobody gave
_TOO_MUCH = "unpacks to more than can be read; split it into smaller files"
_BINARY = "column {!r} holds bytes that are no text; leave it out of the file"


def read_parquet(raw: RawFile, options: ReadOptions) -> Iterator[Source | Skipped]:
    """Yield a document per row, as read_table does."""
    table = open_parquet(raw, options)
    return read_table(table, replace(raw, data=b""), options)


def open_parquet(raw: RawFile, options: ReadOptions) -> Table:
    """Open the rows; every column is one of the table, those nested in it as ``author.name``.

    Null and NaN are empty, whole numbers have no ``.0``, dates and times are in ISO 8601 (a time at
    midnight is a date), lists are joined as in flatten. Row numbers that pandas adds are left out.
    FileError if the file is damaged, encrypted or unpacks to too much, or if a column holds bytes that
    are no text.
    """
    file = _opened(raw)
    fields = [dict(_columns(field.name.strip(), field.type)) for field in file.schema_arrow]
    columns = [column for field in fields for column in field.items()]
    header = tuple(name for name, _ in columns)
    if "" in header:
        raise FileError(raw.file, f"column {header.index('') + 1} has no name; name it or remove it")
    if twice := first_repeated(header):
        raise FileError(raw.file, f"has two columns named {twice!r}; rename one")
    nested = set(header) - {name.strip() for name in file.schema_arrow.names}
    pictures = next((name for name, kind in columns if name in nested and _is_binary(kind)), None)
    if pictures is not None:
        raise FileError(raw.file, _BINARY.format(pictures))
    return Table(raw.file, header, _rows(raw.file, file, header, options.text_column or "text"), "", "row")


def _opened(raw: RawFile) -> Any:
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    if not raw.data:
        raise FileError(raw.file, "is empty")
    if raw.data.startswith(b"PARE") or raw.data.endswith(b"PARE"):
        raise FileError(raw.file, "is encrypted; save it without encryption")
    try:
        file = ParquetFile(pa.BufferReader(raw.data))
        texts = [field.name for field in file.schema_arrow if _is_text(field.type)]
        # So read, a text that comes again and again is held once: see _texts.
        file = ParquetFile(pa.BufferReader(raw.data), read_dictionary=texts)
        groups = [file.metadata.row_group(index) for index in range(file.metadata.num_row_groups)]
    except (pa.ArrowException, OSError, ValueError):
        raise FileError(raw.file, "is no sound Parquet file, or cut off; fetch or save it again") from None
    if file.metadata.num_rows > MOST_ROWS or sum(group.total_byte_size for group in groups) > MOST_BYTES:
        raise FileError(raw.file, _TOO_MUCH)
    return file


def _columns(name: str, kind: Any) -> Iterator[tuple[str, Any]]:
    """The columns that a field becomes, each with its type: itself, or those of the structures in it."""
    from pyarrow import types

    if _INDEX.fullmatch(name):
        return
    if types.is_struct(kind):
        for field in kind:
            yield from _columns(f"{name}.{field.name.strip()}", field.type)
    elif types.is_map(kind):
        yield from _columns(name, kind.key_type)
        yield from _columns(name, kind.item_type)
    elif hasattr(kind, "value_field"):  # lists, of which there are five sorts
        yield from _columns(name, kind.value_type)
    else:
        yield name, kind


def _is_binary(kind: Any) -> bool:
    from pyarrow import types

    sorts = (types.is_binary, types.is_large_binary, types.is_fixed_size_binary, types.is_binary_view)
    return any(is_sort(kind) for is_sort in sorts)


def _is_text(kind: Any) -> bool:
    from pyarrow import types

    return bool(types.is_string(kind) or types.is_large_string(kind))


def _rows(
    file: str, parquet: Any, header: Sequence[str], text_column: str
) -> Iterator[tuple[int, list[str]]]:
    characters = 0
    for number, record in enumerate(_records(file, parquet), start=1):
        try:
            cells = flatten(record, text_column)
        except RecursionError:
            raise FileError(file, f"row {number}: lists are nested too deeply to be read") from None
        row = [cells.get(name, "") for name in header]
        characters += sum(map(len, row))
        if characters > MOST_BYTES:
            raise FileError(file, _TOO_MUCH)
        check_characters(file, f"row {number}", row)
        yield number, row


def _records(file: str, parquet: Any) -> Iterator[dict[str, object]]:
    import pyarrow as pa

    names = parquet.schema_arrow.names
    batches = parquet.iter_batches(_ROWS_AT_ONCE, use_threads=False)
    try:
        for batch in batches:
            columns = [_values(file, name, batch.column(index)) for index, name in enumerate(names)]
            yield from (dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True))
    except (pa.ArrowException, OSError):
        raise FileError(file, "is damaged; fetch or save it again") from None


def _values(file: str, name: str, column: Any) -> list[object]:
    """The values of a column; bytes are taken for text if they are UTF-8, as older programs write it."""
    import pyarrow as pa

    try:
        if pa.types.is_dictionary(column.type) and _is_text(column.type.value_type):
            return _texts(column)
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        if pa.types.is_float32(column.type):  # 0.1 is 0.10000000149011612 with the digits of a float64
            column = column.cast(pa.string()).cast(pa.float64())
        if _is_binary(column.type):
            column = column.cast(pa.binary()).cast(pa.string())
        values: list[object] = column.to_pylist()
    except (pa.ArrowInvalid, UnicodeDecodeError):
        raise FileError(file, _BINARY.format(name)) from None
    except (ValueError, OverflowError, LookupError):  # also an unknown time zone
        raise FileError(
            file, f"column {name!r} holds dates or times that cannot be read; write them as text"
        ) from None
    return values


def _texts(column: Any) -> list[object]:
    """The texts of a column that numbers them: the same object wherever the same text comes again."""
    numbers = column.indices.to_pylist()
    used = {number: column.dictionary[number].as_py() for number in set(numbers) - {None}}
    return [used.get(number) for number in numbers]
