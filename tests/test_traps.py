"""The second sample, document by document, against what was written down from reading it."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from rubricate import apply_codebook, parse_codebook
from rubricate.corpus.cleaning.repairs import undo
from rubricate.corpus.metadata.files import read_metadata
from rubricate.corpus.reader import read_corpus
from rubricate.reports.passages import passages

if TYPE_CHECKING:
    from rubricate.corpus.document import Document

DATA = Path(__file__).parent / "data"
TRAPS = Path(__file__).parents[1] / "corpus" / "traps"


@cache
def documents() -> dict[str, Document]:
    metadata = read_metadata(TRAPS / "metadata.csv")
    found = read_corpus([str(TRAPS / "texts")], language="en", metadata=metadata)
    return {document.id: document for document in found}


def golden(name: str) -> dict[str, list[dict[str, str]]]:
    rows: dict[str, list[dict[str, str]]] = {}
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows.setdefault(row["document"], []).append(row)
    return rows


PARAGRAPHS = golden("traps.csv")
REPAIRS = golden("traps_repairs.csv")


def test_every_document_has_its_golden_rows() -> None:
    assert (
        sorted(PARAGRAPHS) == sorted(documents()) == sorted(path.stem for path in (TRAPS / "texts").iterdir())
    )


@pytest.mark.parametrize("name", sorted(PARAGRAPHS))
def test_every_paragraph_is_cut_and_named_as_it_reads(name: str) -> None:
    document = documents()[name]
    rows = PARAGRAPHS[name]
    texts = [document.text[paragraph.start : paragraph.end] for paragraph in document.paragraphs]
    assert [
        (f"{name}#p{number}", paragraph.part, paragraph.heading)
        for number, paragraph in enumerate(document.paragraphs, 1)
    ] == [(row["paragraph"], row["part"], row["heading"]) for row in rows]
    for text, row in zip(texts, rows, strict=True):
        assert text.startswith(row["first_words"])
        assert text.endswith(row["last_words"])


def test_repeated_paragraphs_are_marked_and_no_others() -> None:
    codebook = parse_codebook("codes: {treaty: {terms: {any: [treaty]}}}")
    table = pd.concat([passages(batch) for batch in apply_codebook(codebook, documents().values())])
    marked = table[table["duplicate_of"] != ""]
    assert dict(zip(marked["passage"], marked["duplicate_of"], strict=True)) == {
        row["paragraph"]: row["duplicate_of"]
        for rows in PARAGRAPHS.values()
        for row in rows
        if row["duplicate_of"]
    }


@pytest.mark.parametrize("name", sorted(PARAGRAPHS))
def test_every_repair_is_on_record_and_no_other(name: str) -> None:
    document = documents()[name]
    source = (TRAPS / "texts" / f"{name}.txt").read_text("utf-8")
    expected = REPAIRS.get(name, [])
    assert sorted(repair.kind for repair in document.repairs) == sorted(row["kind"] for row in expected)
    for row in expected:
        before = row["before"].replace("\\n", "\n").replace("\\f", "\f")
        if row["kind"] == "moved":
            assert row["after"] in [repair.after for repair in document.repairs]
        else:
            assert source.count(before) == 1
            assert document.text.count(row["after"]) >= 1
            inside = [
                repair
                for repair in document.repairs
                if source.find(before) < repair.source_start + len(repair.before)
                and repair.source_start < source.find(before) + len(before)
            ]
            assert [repair.kind for repair in inside if repair.kind == row["kind"]] == [row["kind"]]
    assert "".join(undo(document.text, document.repairs).split()) == "".join(source.split())
