"""BibTeX and BibLaTeX: the entries of a ``.bib`` file as variables of documents."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rubricate.corpus.errors import FileError
from rubricate.corpus.metadata.bibliography import as_metadata
from rubricate.corpus.metadata.bibtex_fields import FIELDS, entry_of
from rubricate.corpus.readers.encoding import decode_text
from rubricate.corpus.study.tables import same_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rubricate.corpus.metadata.table import Metadata
    from rubricate.corpus.readers.raw import RawFile, ReadOptions

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CITEKEY = re.compile(r"@\w+[ \t]*[{(]\s*([^\s,={}]+)\s*,")
_BRACE = re.compile(r"(?<!\\)[{}]")
_PIECE = re.compile(r'\s*(?:([{"])|([^\s{}"#]+))\s*', re.DOTALL)
_MARK = re.compile(r'(?<!\\)[{}"]')
_LONGEST = 100_000  # characters of a value; @string can multiply itself
_MOST = 3

_FAILURES = {
    "Unexpectedly reached": "is never closed; a } or a quotation mark is missing",
    "Unexpected block start": "is not closed before the next one begins; a } or a quotation mark is missing",
    "Expected comma": "has no comma behind its citekey",
    "Expected a `=`": "has a field without a value; write name = {value}",
    "Expected either": "has something behind the value of a field; a comma is missing",
}


@dataclass(slots=True)
class _Reading:
    """A file as far as it is read: macros, the raw fields of entries by citekey, and mistakes by line."""

    macros: dict[str, str] = field(default_factory=lambda: dict(zip(_MONTHS, _MONTHS, strict=True)))
    entries: dict[str, Mapping[str, str]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    mistakes: list[tuple[int, str]] = field(default_factory=list)


def read_bibtex(raw: RawFile, options: ReadOptions) -> Metadata:
    """Read the entries of a bibliography; LaTeX in their fields becomes text.

    ``@string`` is put in, and what an entry leaves out is taken from that of its ``crossref``. FileError if
    there are no entries, if one is broken, or if a citekey is there twice, with the lines.
    """
    text, _ = decode_text(raw, options.encoding)
    reading = _Reading()
    for block in _blocks(text):
        _take(block, reading)
    if reading.mistakes:
        mistakes = list(dict.fromkeys(f"line {line}: {mistake}" for line, mistake in reading.mistakes))
        more = f"; and {len(mistakes) - _MOST} more" if len(mistakes) > _MOST else ""
        raise FileError(raw.file, "; ".join(mistakes[:_MOST]) + more)
    if not reading.entries:
        raise FileError(raw.file, "holds no entries; a bibliography has some like @article{smith2019, …}")
    entries = reading.entries
    return as_metadata(raw.file, (entry_of(key, fields, entries) for key, fields in entries.items()))


def _blocks(text: str) -> Iterator[Any]:
    from bibtexparser.entrypoint import parse_string

    # It tells of broken entries by logging, too, which would end up on the screen.
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
    return iter(parse_string(text, parse_stack=[]).blocks)


def _take(block: Any, reading: _Reading) -> None:
    """Add a block of the file to what is read."""
    from bibtexparser import model

    line = block.start_line + 1
    if isinstance(block, model.DuplicateBlockKeyBlock | model.DuplicateFieldKeyBlock):
        block = block.ignore_error_block
    try:
        if isinstance(block, model.ParsingFailedBlock):
            raise ValueError(_failure(block))
        if isinstance(block, model.String):
            reading.macros[block.key.casefold()] = _resolved(block.value, reading.macros)
        elif isinstance(block, model.Entry):
            _take_entry(block, line, reading)
        elif isinstance(block, model.ImplicitComment) and block.comment.startswith((",", "}")):
            raise ValueError("something stands behind the end of an entry; is there a } too many before it?")
    except ValueError as error:
        reading.mistakes.append((line, str(error)))


def _failure(block: Any) -> str:
    """What is wrong with a block that could not be parsed, with its citekey if it has one."""
    reason = str(getattr(block.error, "abort_reason", ""))
    problem = next((said for begin, said in _FAILURES.items() if reason.startswith(begin)), "cannot be read")
    key = _CITEKEY.match(block.raw or "")
    return f"the entry {key[1]!r} {problem}" if key else f"an entry {problem}"


def _take_entry(entry: Any, line: int, reading: _Reading) -> None:
    """Add an entry with the fields that are used; ValueError if it is broken."""
    key = same_form(entry.key)
    if not key:
        raise ValueError(f"an entry has no citekey; write one behind @{entry.entry_type}{{")
    if key in reading.entries:
        earlier = reading.lines[key]
        raise ValueError(f"the citekey {key!r} was already in line {earlier}; rename or remove one")
    fields = {"type": entry.entry_type}
    for each in entry.fields:
        name = each.key.casefold()
        value = _resolved(each.value, reading.macros, name)
        if fields.get(name, value) != value and name in FIELDS:
            raise ValueError(f"the entry {key!r} has two different fields {name!r}; remove one")
        if name in FIELDS:
            fields[name] = value
    reading.entries[key], reading.lines[key] = fields, line


def _resolved(raw: str, macros: Mapping[str, str], name: str = "@string") -> str:
    """A value without its braces or quotation marks; macros put in, and pieces with # between joined.

    ValueError if there is more than a value, as where a comma is missing.
    """
    pieces, at = [], 0
    while at < len(raw):
        found = _PIECE.match(raw, at)
        end = _end_of_piece(raw, found) if found else -1
        if not found or end < 0 or (end < len(raw) and raw[end] != "#"):
            raise ValueError(f"the value of {name!r} does not end where it should; is a comma missing?")
        word = found[2]
        pieces.append(macros.get(word.casefold(), word) if word else raw[found.end(1) : end].rstrip()[:-1])
        at = end + 1
    value = "".join(pieces)
    if len(value) > _LONGEST and name in (*FIELDS, "@string"):
        raise ValueError(f"the value of {name!r} is longer than {_LONGEST:,} characters; shorten it")
    return value


def _end_of_piece(raw: str, found: re.Match[str]) -> int:
    """The place behind a piece of a value and its white space; -1 if it has no end."""
    if found[2]:
        return found.end()
    depth, end = 0, -1
    if found[1] == "{":
        for brace in _BRACE.finditer(raw, found.start(1)):
            depth += 1 if brace[0] == "{" else -1
            if not depth:
                end = brace.end()
                break
    else:
        end = _closing_quotation_mark(raw, found.end(1))
    while -1 < end < len(raw) and raw[end].isspace():
        end += 1
    return end


def _closing_quotation_mark(raw: str, start: int) -> int:
    """The place behind the mark; those inside braces are part of the value."""
    depth = 0
    for mark in _MARK.finditer(raw, start):
        if mark[0] == '"' and depth <= 0:
            return mark.end()
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
    return -1
