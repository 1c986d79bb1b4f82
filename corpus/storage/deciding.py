"""What a person decides about a paragraph becomes a row of the study's corrections.csv."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from rubricate.corpus.errors import CorpusError, shown
from rubricate.corpus.making import make_document
from rubricate.corpus.readers.raw import read_raw, source_file
from rubricate.corpus.readers.rows import find_column, open_table
from rubricate.corpus.storage.adding import rebuild
from rubricate.corpus.storage.context import CORRECTIONS, read_decisions
from rubricate.corpus.storage.layout import CORPUS
from rubricate.corpus.storage.replacing import changing
from rubricate.corpus.storage.rereading import read_again
from rubricate.corpus.storage.stored import Store
from rubricate.corpus.study.changes import StudyChanges
from rubricate.corpus.study.corrections import CORRECTION_COLUMNS, Corrections, read_corrections

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rubricate.corpus.document import Document
    from rubricate.corpus.storage.context import Decisions
    from rubricate.corpus.study.corrections import Correction

_QUOTED_WORDS = 8


class _Quoted(NamedTuple):
    """A paragraph as a row names it."""

    number: int
    text: str


def add_correction(
    study: Path, paragraph: str, what: str, value: str, reason: str, fallback: str = "en"
) -> tuple[Correction, tuple[str, ...]]:
    """Write a row about the paragraph with this id and make its document anew; the row, and what changed.

    CorpusError, and nothing is written, where there is no such paragraph or the row is wrong. ``fallback`` is
    as in add_sources.
    """
    path = study / CORPUS / CORRECTIONS
    with changing(study):
        decisions = read_decisions(study)
        document, quoted = _find(study, paragraph, decisions)
        cells = (document, f"p{quoted.number}", _beginning(quoted.text), what, value, reason)
        data = _with_row(path, dict(zip(CORRECTION_COLUMNS, cells, strict=True)))
        corrections = _checked(data, path)
        row = corrections.rows[-1]
        try:
            decided = replace(decisions, corrections=corrections)
            changed = rebuild(study, fallback, decided, {CORRECTIONS: data}).changed
        except CorpusError as error:  # the row is in no file yet
            raise CorpusError(str(error).replace(f"{row.file}: line {row.line}: ", "")) from None
    return row, changed


def _find(study: Path, paragraph: str, decisions: Decisions) -> tuple[str, _Quoted]:
    """The document that a paragraph belongs to, and how rows name it."""
    name, hash_sign, number = paragraph.rpartition("#p")
    with Store(study) as store:
        known = store.find(name if hash_sign else paragraph)
        document = store.document(known.document)
        if not hash_sign or not number.isdecimal() or not 0 < int(number) <= len(document.paragraphs):
            raise CorpusError(
                f"{paragraph!r} is no paragraph; {document.id} has {document.id}#p1 to "
                f"{document.id}#p{len(document.paragraphs)}"
            )
        rows = decisions.corrections_of(document.id)
        if any(row.what == "border" for row in rows):
            source = read_again(study, store.record, known)
            earlier = make_document(source, document.language, StudyChanges(decisions.repairs))
            return document.id, _before_corrections(document, int(number), earlier)
    return document.id, _Quoted(int(number), _text(document, int(number)))


def _before_corrections(document: Document, number: int, earlier: Document) -> _Quoted:
    """A paragraph as it was before corrections set other borders: what rows speak of.

    Of one that was split off, the text is its own; of joined ones, the first is meant.
    """
    start = _visible(document.text[: document.paragraphs[number - 1].start])
    done = 0
    for place, paragraph in enumerate(earlier.paragraphs, 1):
        text = earlier.text[paragraph.start : paragraph.end]
        end = done + _visible(text)
        if start < end:
            return _Quoted(place, _first_visible(_text(document, number), end - start))
        done = end
    raise CorpusError(f"{document.id}#p{number}: has no words to be found by")


def _text(document: Document, number: int) -> str:
    paragraph = document.paragraphs[number - 1]
    return document.text[paragraph.start : paragraph.end]


def _visible(text: str) -> int:
    return sum(not character.isspace() for character in text)


def _first_visible(text: str, count: int) -> str:
    """The beginning of a text, with so many visible characters."""
    places = [place for place, character in enumerate(text) if not character.isspace()]
    return text[: places[count - 1] + 1] if count < len(places) else text


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words[:_QUOTED_WORDS]) + (" …" if len(words) > _QUOTED_WORDS else "")


def _with_row(path: Path, row: dict[str, str]) -> bytes:
    """The table with one more row, in its own columns, encoding and line ends."""
    before = path.read_bytes() if path.exists() else b""
    if not before.strip():
        return _line(CORRECTION_COLUMNS, ",", "\n").encode() + _line(row.values(), ",", "\n").encode()
    table = open_table(read_raw(source_file(path, str(path), outright=True)))
    text = before.decode(table.encoding)
    first = text.splitlines()[0]
    end = "\r\n" if "\r\n" in text else "\n"
    places = {find_column(table.header, name): name for name in CORRECTION_COLUMNS}
    cells = [row[places[place]] if place in places else "" for place in range(len(table.header))]
    delimiter = next((mark for mark in ",;\t" if mark in first), ",")
    text += ("" if text.endswith(("\n", "\r")) else end) + _line(cells, delimiter, end)
    try:
        return text.encode(table.encoding)
    except UnicodeEncodeError:
        raise CorpusError(
            f"{shown(path)}: is in {table.encoding}, which lacks letters of this row; save it as UTF-8"
        ) from None


def _line(cells: Iterable[str], delimiter: str, end: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerow(cells)
    return out.getvalue()


def _checked(data: bytes, path: Path) -> Corrections:
    """The rows of the table that ``path`` will be; CorpusError where the last is wrong."""
    with TemporaryDirectory() as folder:
        copy = Path(folder, path.name)
        copy.write_bytes(data)
        try:
            found = read_corrections(copy)
        except CorpusError as error:
            raise CorpusError("\n".join(map(_without_place, str(error).splitlines()))) from None
    return Corrections(str(path), tuple(replace(row, file=str(path)) for row in found.rows))


def _without_place(message: str) -> str:
    """A message about a row that is in no file yet."""
    return message.partition(": line ")[2].partition(": ")[2] or message
