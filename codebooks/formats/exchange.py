"""Codebooks from files of other programs, and for them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rubricate.codebooks.codebook import Mark
from rubricate.codebooks.errors import CodebookError, Problem, Problems
from rubricate.codebooks.formats import FORMATS, format_of
from rubricate.codebooks.formats.quanteda import is_ours
from rubricate.codebooks.formats.reading import LARGEST, Reading
from rubricate.codebooks.formats.writing import Writing
from rubricate.codebooks.yaml_file import parse_codebook
from rubricate.codebooks.yaml_text import read_bytes
from rubricate.codebooks.yaml_writing import codebook_yaml

if TYPE_CHECKING:
    from os import PathLike
    from typing import NoReturn

    from rubricate.codebooks.codebook import Codebook
    from rubricate.codebooks.formats.losses import Loss

_YAML = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Imported:
    """A codebook that was imported: the name of its format, its encoding, and what had no place."""

    codebook: Codebook
    format: str
    encoding: str
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """The bytes of a codebook in another format, that format's name, and what had no place."""

    content: bytes
    format: str
    losses: tuple[Loss, ...]


def import_codebook(
    path: str | PathLike[str], from_format: str = "", language: str = "en", encoding: str = ""
) -> Imported:
    """Read a codebook of another program; CodebookError says where it cannot be read.

    ``from_format`` is a key of FORMATS, by default the one of the file's ending; ``language`` is the language
    of its terms; ``encoding`` is detected unless it is named.
    """
    file = os.fspath(path)
    name = _named(file, from_format, reads=True)
    data = read_bytes(path, Problems(file), LARGEST)
    reading = Reading(file, data, language, encoding)
    if not from_format and Path(file).suffix.lower() in _YAML:
        name = "rubricate" if is_ours(reading.text()) else "quanteda"
        reading = Reading(file, data, language, encoding)
    try:
        book = FORMATS[name].read(reading)
    except RecursionError:
        _refuse(file, "nested too deep; make the tree flatter")
    _check(file, book)
    losses = sorted(reading.losses, key=lambda loss: loss.line)
    return Imported(book, name, reading.encoding, tuple(losses))


def export_codebook(
    codebook: Codebook, file: str, to_format: str = "", *, spreadsheet_safe: bool = False
) -> Exported:
    """The codebook in the format of a file's name, or in ``to_format``, a key of FORMATS.

    ``spreadsheet_safe`` defuses cells of CSV that look like formulas.
    """
    name = _named(file, to_format, reads=False)
    writing = Writing(codebook, spreadsheet_safe=spreadsheet_safe)
    content = FORMATS[name].write(writing)
    return Exported(content, name, tuple(writing.losses))


def _named(file: str, named: str, *, reads: bool) -> str:
    fitting = [name for name, form in FORMATS.items() if (form.reads if reads else form.writes)]
    found = format_of(file, named)
    if found not in fitting:
        _refuse_format(file, named, found, fitting, reads=reads)
    return found


def _refuse_format(file: str, named: str, found: str, fitting: list[str], *, reads: bool) -> NoReturn:
    option, verb = ("--from", "imported") if reads else ("--to", "exported")
    wrong = f"there is no format {named!r}" if named else "its ending names no format"
    wrong = f"{wrong} that can be {verb}; write {option} and"
    if found:
        other = "exported" if reads else "imported"
        wrong = f"{FORMATS[found].title} can only be {other}; name another file, or write {option} and"
    _refuse(file, f"{wrong} one of {', '.join(fitting)}")


def _check(file: str, book: Codebook) -> None:
    """A last look: what was imported must be a codebook that reads back as it is."""
    try:
        again = parse_codebook(codebook_yaml(book), file)
    except CodebookError as error:
        first = error.problems[0].message
        _refuse(file, f"makes no codebook: {first}")
    if again != book:
        _refuse(file, "makes a codebook that does not read back as it is; please report this with the file")


def _refuse(file: str, message: str) -> NoReturn:
    raise CodebookError([Problem(file, Mark().line, Mark().column, message)])
