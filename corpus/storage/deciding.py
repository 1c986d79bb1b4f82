"""What a person decides about a paragraph becomes a row of the study's corrections.csv."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.storage.adding import rebuild
from rubricate.corpus.storage.context import CORRECTIONS
from rubricate.corpus.storage.layout import CORPUS
from rubricate.corpus.storage.replacing import changing, write_whole
from rubricate.corpus.storage.stored import Store
from rubricate.corpus.study.corrections import CORRECTION_COLUMNS, Correction, read_corrections

if TYPE_CHECKING:
    from pathlib import Path

_QUOTED_WORDS = 8


def add_correction(
    study: Path, paragraph: str, what: str, value: str, reason: str
) -> tuple[Correction, tuple[str, ...]]:
    """Write a row about the paragraph with this id, make its document anew, and return both.

    CorpusError, and nothing is written, where there is no such paragraph or the row is wrong.
    """
    corpus = study / CORPUS
    path = corpus / CORRECTIONS
    with changing(study):
        before = path.read_bytes() if path.exists() else b""
        write_whole(path, _with_row(before, _row(corpus, paragraph, what, value, reason)))
        try:
            row = read_corrections(path).rows[-1]
            changed = rebuild(study).changed
        except CorpusError:
            write_whole(path, before) if before else path.unlink()
            raise
    return row, changed


def _row(corpus: Path, paragraph: str, what: str, value: str, reason: str) -> dict[str, str]:
    name, hash_sign, number = paragraph.rpartition("#p")
    with Store(corpus) as store:
        document = store.document(name if hash_sign else paragraph)
    if not hash_sign or not number.isdecimal() or not 0 < int(number) <= len(document.paragraphs):
        raise CorpusError(
            f"{paragraph!r} is no paragraph; {document.id} has {document.id}#p1 to "
            f"{document.id}#p{len(document.paragraphs)}"
        )
    place = document.paragraphs[int(number) - 1]
    words = document.text[place.start : place.end].split()
    quotation = " ".join(words[:_QUOTED_WORDS]) + (" …" if len(words) > _QUOTED_WORDS else "")
    cells = (document.id, f"p{number}", quotation, what, value, reason)
    return dict(zip(CORRECTION_COLUMNS, cells, strict=True))


def _with_row(before: bytes, row: dict[str, str]) -> bytes:
    """The table with one more row, in the order of its own columns."""
    header = next(csv.reader(io.StringIO(before.decode("utf-8-sig"))), list(CORRECTION_COLUMNS))
    out = io.StringIO()
    writer = csv.DictWriter(out, [name.strip() for name in header], lineterminator="\n")
    if not before.strip():
        writer.writeheader()
    writer.writerow(row)
    gap = b"" if not before or before.endswith(b"\n") else b"\n"
    return before + gap + out.getvalue().encode("utf-8")
