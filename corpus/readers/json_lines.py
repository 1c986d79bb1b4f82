"""JSON with one document per object: a line each (.jsonl, .ndjson), or all in one array (.json)."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.encoding import decode_lines, with_lf
from rubricate.corpus.readers.rows import Table, find_column, first_repeated, read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rubricate.corpus.document import Source
    from rubricate.corpus.readers.raw import RawFile, ReadOptions, Skipped

    Records = Iterator[tuple[int, object]]
    Flat = Iterator[tuple[int, dict[str, str]]]

MOST_FIELDS = 10_000
"""The most different fields that the objects of a file may have together; each is a column of every row."""

MOST_LEVELS = 50
"""How deep lists and objects may be nested in a record."""

BETWEEN = "; "
"""What stands between the values of a list; between those of the texts it is a blank line."""

_TOO_DEEP = "lists and objects are nested too deeply to be read"
_WHOLE = 1e21  # whole numbers from here on are written with an exponent
_BLANKS = re.compile(r"[ \t\n\r]*")
_IN_WORDS = {
    "Expecting ',' delimiter": "a comma or a closing bracket is missing",
    "Expecting ':' delimiter": "a colon is missing behind the name of a field",
    "Expecting property name enclosed in double quotes": "the name of a field in quotation marks is missing",
    "Expecting value": "a value is missing, or is not written as JSON",
    "Extra data": "something stands behind its end",
    "Illegal trailing comma before end of array": "a comma has nothing behind it",
    "Illegal trailing comma before end of object": "a comma has nothing behind it",
    "Invalid \\escape": "a backslash must be doubled",
    "Invalid \\uXXXX escape": "\\u must be followed by four digits",
    "Unterminated string starting at": "a quotation mark that opens here is never closed",
}


class _NamedTwiceError(ValueError):
    """An object has two fields of one name."""


@dataclass(frozen=True, slots=True)
class _Records:
    """What a file holds: ``read`` yields it with its line or number, from the beginning at each call."""

    read: Callable[[], Records]
    encoding: str
    place: str


def read_json_lines(raw: RawFile, options: ReadOptions) -> Iterator[Source | Skipped]:
    """Yield a document per object, as read_table does."""
    return read_table(open_json_lines(raw, options), raw, options)


def open_json_lines(raw: RawFile, options: ReadOptions) -> Table:
    """Open the objects as rows; the columns are all their fields, in the order in which they first appear.

    Numbers are as written; null, NaN and fields that an object lacks are empty; lists and objects in an
    object are as flatten has them. A file is read twice: for the columns, and for the rows.

    A .json holds an array of objects, one object with such an array, or one object that is a document (has
    ``options.text_column``, or ``text``); JSON lines too, because many are called so. FileError names the
    line (of an array: the record) that is no object, has a field twice, is nested too deeply, or holds
    characters that are no text.
    """
    text_column = options.text_column or "text"
    records = _records(raw, options.encoding, text_column)
    header = _header(raw.file, _flat(raw.file, records, text_column), records.place)
    rows = _rows(_flat(raw.file, records, text_column), header)
    return Table(raw.file, header, rows, records.encoding, records.place)


def flatten(record: Mapping[str, object], text_column: str) -> dict[str, str]:
    """Return the values of a record as strings; what is nested gets names such as ``author.name``.

    The values of a list are joined by BETWEEN, the same field of objects in a list likewise. In the column
    of the texts they are paragraphs, with a blank line between. RecursionError beyond MOST_LEVELS.

    >>> flatten({"id": "7", "tags": ["UN", "NATO"], "by": [{"name": "A"}, {"name": "B"}]}, "text")
    {'id': '7', 'tags': 'UN; NATO', 'by.name': 'A; B'}
    >>> flatten({"text": ["War.", "Peace."]}, "text")
    {'text': 'War.\\n\\nPeace.'}
    """
    texts: dict[str, list[str]] = {}
    for name, value in _leaves("", record):
        texts.setdefault(name, []).append(cell_text(value))
    folded = text_column.casefold()
    return {
        name: found[0] if len(found) == 1 else _between(name.casefold() == folded).join(filter(None, found))
        for name, found in texts.items()
    }


def cell_text(value: object) -> str:
    r"""Write a value of a typed cell as a CSV would hold it.

    >>> [cell_text(value) for value in (12.0, 0.1, True, None, "007", "a\r\nb")]
    ['12', '0.1', 'true', '', '007', 'a\nb']
    >>> [cell_text(value) for value in (datetime(2019, 3, 1), datetime(2019, 3, 1, 10, 30), timedelta(1.5))]
    ['2019-03-01', '2019-03-01T10:30:00', '36:00:00']
    """
    if isinstance(value, str):
        return with_lf(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return "" if value is None else str(value)


def check_characters(file: str, place: str, cells: Iterable[str]) -> None:
    """Raise FileError that names the ``place`` ("line 7") if a cell holds what is no character of a text."""
    for cell in cells:
        if "\0" in cell:
            raise FileError(file, f"{place}: holds the character NUL, which is no text; remove it")
        try:
            cell.encode()  # much faster than to look for surrogates
        except UnicodeEncodeError as error:
            half = f"\\u{ord(cell[error.start]):04x}"
            raise FileError(
                file, f"{place}: holds half a character ({half}), which is no text; remove it"
            ) from None


def _between(paragraphs: bool) -> str:
    return "\n\n" if paragraphs else BETWEEN


def _number(value: float) -> str:
    if value != value:  # not a number: how tables of numbers write that there is none
        return ""
    if abs(value) < _WHOLE and value.is_integer():
        return str(int(value))
    return {"inf": "Infinity", "-inf": "-Infinity"}.get(repr(value), repr(value))


def _duration(value: timedelta) -> str:
    """Hours, minutes and seconds; a duration may have more than 24 hours."""
    sign, value = ("-", -value) if value < timedelta() else ("", value)
    minutes, seconds = divmod(value.days * 86_400 + value.seconds, 60)
    fraction = f".{value.microseconds:06}" if value.microseconds else ""
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}:{seconds:02}{fraction}"


def _leaves(name: str, value: object, level: int = 0) -> Iterator[tuple[str, object]]:
    if level > MOST_LEVELS:
        raise RecursionError
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(f"{name}.{key.strip()}" if level else key.strip(), inner, level + 1)
    elif isinstance(value, (list, tuple)) and value:
        for inner in value:
            yield from _leaves(name, inner, level + 1)
    else:
        yield name, None if value == [] else value


def _header(file: str, records: Flat, place: str) -> tuple[str, ...]:
    names: dict[str, None] = {}
    number = 0
    for number, record in records:
        names.update(dict.fromkeys(record))
        if "" in names:
            raise FileError(file, f"{place} {number}: a field has no name; name it or remove it")
        if len(names) > MOST_FIELDS:
            reason = f"{place} {number}: with it the fields have more than {MOST_FIELDS:,} different names"
            raise FileError(file, reason)
    if not number:
        raise FileError(file, "holds no JSON objects")
    return tuple(names)


def _rows(records: Flat, header: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    for number, record in records:
        yield number, [record.get(name, "") for name in header]


def _flat(file: str, records: _Records, text_column: str) -> Flat:
    for number, record in records.read():
        where = f"{records.place} {number}"
        if not isinstance(record, dict):
            raise FileError(file, f"{where}: is no JSON object, which has names and values in braces")
        try:
            cells = flatten(record, text_column)
        except RecursionError:
            raise FileError(file, f"{where}: {_TOO_DEEP}") from None
        check_characters(file, where, chain(cells, cells.values()))
        yield number, cells


def _records(raw: RawFile, encoding: str, text_column: str) -> _Records:
    """Find out by the first lines with something in them how the objects are written."""
    lines, name = decode_lines(raw, encoding)
    filled = (line for line in lines if line.strip())
    first, second = next(filled, ""), next(filled, "")
    if not first:
        raise FileError(raw.file, "holds no text")
    if first.lstrip().startswith("[") or (raw.extension == ".json" and not (second and _is_json(first))):
        if raw.pieces:
            raise FileError(raw.file, "is one array too large to be held; save it as JSON lines (.jsonl)")
        return _in_one(raw.file, "".join(decode_lines(raw, name)[0]).strip(), name, text_column)
    return _Records(partial(_in_lines, raw, name), name, "line")


def _is_json(text: str) -> bool:
    try:
        _decoder().decode(text)
    except (ValueError, RecursionError):
        return False
    return True


def _in_lines(raw: RawFile, encoding: str) -> Records:
    lines, _ = decode_lines(raw, encoding)
    decoder = _decoder()
    for number, line in enumerate(lines, start=1):
        if line.strip():
            with _errors_in_words(raw.file, f"line {number}: "):
                value = decoder.decode(line.rstrip("\n"))
            yield number, value


def _in_one(file: str, text: str, encoding: str, text_column: str) -> _Records:
    if text.startswith("["):
        return _Records(partial(_in_array, file, text), encoding, "record")
    with _errors_in_words(file):
        whole = _decoder().decode(text)
    if not isinstance(whole, dict):
        raise FileError(file, "holds no JSON objects")
    found = [whole] if _is_document(whole, text_column) else _inner(file, whole, text_column)
    return _Records(lambda: enumerate(found, start=1), encoding, "record")


def _is_document(record: Mapping[str, object], text_column: str) -> bool:
    parent, dot, _ = text_column.partition(".")
    nested = bool(dot) and isinstance(record.get(parent), dict)
    return nested or find_column(list(record), text_column) is not None


def _inner(file: str, whole: Mapping[str, object], text_column: str) -> Sequence[object]:
    """The array in which the records are: the only one of objects, or the only one that has the texts."""
    arrays = {
        name: value
        for name, value in whole.items()
        if isinstance(value, list) and any(isinstance(record, dict) for record in value)
    }
    if len(arrays) > 1:
        arrays = {name: value for name, value in arrays.items() if _has_column(value, text_column)} or arrays
    if not arrays:
        raise FileError(file, f"is one JSON object without {text_column!r} and without an array of objects")
    if len(arrays) > 1:
        names = " and ".join(map(repr, arrays))
        raise FileError(file, f"has several arrays of objects: {names}; keep the one with the documents")
    return next(iter(arrays.values()))


def _has_column(array: Sequence[object], name: str) -> bool:
    records = (record for record in array if isinstance(record, dict))
    return any(find_column(list(record), name) is not None for record in records)


def _in_array(file: str, text: str) -> Records:
    """Decode an array one by one: all its objects together take many times the room of the text."""
    decoder, number, end = _decoder(), 0, _behind_blanks(text, 1)
    while not text.startswith("]", end):
        number += 1
        with _errors_in_words(file, f"record {number}: "):
            value, end = decoder.raw_decode(text, end)
            end = _behind_blanks(text, end)
            if not text.startswith((",", "]"), end):
                raise json.JSONDecodeError("Expecting ',' delimiter", text, end)
        yield number, value
        if text.startswith(",", end):
            end = _behind_blanks(text, end + 1)
    if end + 1 < len(text):
        raise FileError(file, "something stands behind the end of the array")


def _behind_blanks(text: str, start: int) -> int:
    found = _BLANKS.match(text, start)
    assert found
    return found.end()


def _decoder() -> json.JSONDecoder:
    return json.JSONDecoder(
        object_pairs_hook=_object,
        parse_float=str,
        parse_int=str,
        parse_constant=lambda name: "" if name == "NaN" else name,
        strict=False,  # tabs and line breaks in a string, which JSON wants written otherwise, are text too
    )


def _object(fields: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(fields)
    if len(values) < len(fields):
        raise _NamedTwiceError(first_repeated([name for name, _ in fields]))
    return values


@contextmanager
def _errors_in_words(file: str, where: str = "") -> Iterator[None]:
    try:
        yield
    except json.JSONDecodeError as error:
        line = f"line {error.lineno}, " if "\n" in error.doc.strip() else ""
        words = _IN_WORDS.get(error.msg.rstrip(": "), "it is not written as JSON")
        raise FileError(file, f"{where}is no JSON object: {words} ({line}character {error.colno})") from None
    except _NamedTwiceError as error:
        raise FileError(file, f"{where}an object has two fields named {str(error)!r}; rename one") from None
    except RecursionError:
        raise FileError(file, where + _TOO_DEEP) from None
