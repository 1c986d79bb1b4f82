"""The minimal codebook on real texts and on the sample: what is found is there, and not in a bibliography."""

from __future__ import annotations

import csv
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path

import pandas as pd
import pytest

from rubricate.codebooks.yaml_file import read_codebook
from rubricate.coding.apply import apply_codebook
from rubricate.coding.settings import Settings
from rubricate.corpus.cleaning.repairs import undo
from rubricate.corpus.document import ANALYSED, Document
from rubricate.corpus.metadata.files import read_metadata
from rubricate.corpus.passages import UNITS
from rubricate.corpus.reader import read_corpus
from rubricate.corpus.words.borders import words_of
from rubricate.corpus.words.folding import fold
from rubricate.reports.passages import passages

ROOT = Path(__file__).parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
SAMPLE = ROOT / "corpus" / "sample"
CODEBOOK = ROOT / "codebooks" / "starters" / "minimal.yaml"
CORPORA = [
    pytest.param("seeds", marks=pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not published")),
    "sample",
]


@cache
def documents(corpus: str) -> dict[str, Document]:
    if corpus == "seeds":
        return {document.id: document for document in read_corpus([str(SEEDS)], language="en")}
    metadata = read_metadata(SAMPLE / "metadata.csv")
    found = read_corpus([str(SAMPLE / "texts")], language="en", metadata=metadata)
    return {document.id: document for document in found}


def paragraphs(document: Document, part: str) -> list[str]:
    return [document.text[found.start : found.end] for found in document.paragraphs if found.part == part]


@pytest.mark.parametrize("corpus", CORPORA)
@pytest.mark.parametrize("unit", list(UNITS))
@pytest.mark.parametrize("starter", ["minimal", "defence_diplomacy"])
def test_every_hit_is_its_text_and_none_lies_in_what_is_not_analysed(
    corpus: str, unit: str, starter: str
) -> None:
    codebook = read_codebook(CODEBOOK.with_stem(starter))
    hits = 0
    for batch in apply_codebook(codebook, documents(corpus).values(), Settings(unit=unit)):
        found = batch.segments
        columns = (found.document, found.paragraph, found.start, found.end, found.entry, found.passage)
        rows = zip(*(column.tolist() for column in columns), strict=True)
        for row, (owner, index, start, end, entry, passage) in enumerate(rows):
            document = batch.documents[owner]
            paragraph = document.paragraphs[index]
            assert paragraph.start <= start < end <= paragraph.end
            assert paragraph.part in ANALYSED
            matched = [(one.start, one.end) for one in found.pieces.get(row, ())] or [(start, end)]
            assert (matched[0][0], matched[-1][1]) == (start, end)
            words = [words_of(fold(document.text[first:last])) for first, last in matched]
            surface = " ".join(chain.from_iterable(words))
            forms = {form for number, form in batch.forms if number == entry}
            assert surface in {" ".join(words_of(form)) for form in forms}
            assert batch.passages.document[passage] == owner
            assert batch.passages.start[passage] <= start < batch.passages.end[passage]
            hits += 1
    assert hits > 10


@pytest.mark.parametrize("corpus", CORPORA)
def test_bibliographies_are_found_whole(corpus: str) -> None:
    found = {name: len(paragraphs(document, "references")) for name, document in documents(corpus).items()}
    expected = {"001_d9624e3cb675f540": 41, "tarazu_journal_2017-09-01": 8}
    assert {name: count for name, count in found.items() if count} == {
        name: count for name, count in expected.items() if name in found
    }


@pytest.mark.parametrize("corpus", CORPORA)
def test_repairs_can_be_undone_to_the_source(corpus: str) -> None:
    folder = SEEDS if corpus == "seeds" else SAMPLE / "texts"
    for file in folder.glob("*.txt"):
        source = file.read_text("utf-8").removeprefix("\ufeff")
        document = documents(corpus)[file.stem]
        assert "".join(undo(document.text, document.repairs).split()) == "".join(source.split())
        for repair in document.repairs:
            assert source.startswith(repair.before, repair.source_start)
            assert document.text.startswith(repair.after, repair.start)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not published")
def test_the_seeds_are_cut_as_their_golden_file_says() -> None:
    """Part, headings above, words and text of every paragraph; the texts as hashes, for they are not ours."""
    with (Path(__file__).parent / "data" / "seeds.csv").open(encoding="utf-8", newline="") as file:
        golden = [list(row.values())[:6] for row in csv.DictReader(file)]
    found = []
    for name, document in documents("seeds").items():
        for number, paragraph in enumerate(document.paragraphs, 1):
            text = document.text[paragraph.start : paragraph.end]
            heading = _hash(paragraph.heading, 8) if paragraph.heading else ""
            row = [name[:3], f"p{number}", paragraph.part, heading, str(len(text.split())), _hash(text, 12)]
            found.append(row)
    assert found == golden


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not published")
def test_repeated_paragraphs_of_the_seeds_are_marked_and_no_others() -> None:
    with (Path(__file__).parent / "data" / "seeds.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["document"], row["paragraph"], row["duplicate_of"]) for row in csv.DictReader(file)]
    assert duplicates(documents("seeds")) == {
        f"{document}#{paragraph}": f"{document}#{original}"
        for document, paragraph, original in rows
        if original
    }


def duplicates(found: dict[str, Document]) -> dict[str, str]:
    """Each passage that repeats another, and that one, with the documents' names cut to three characters."""
    codebook = read_codebook(CODEBOOK)
    table = pd.concat([passages(batch) for batch in apply_codebook(codebook, found.values())])
    marked = table[table["duplicate_of"] != ""]
    short = [
        [name[:3] + name[name.index("#") :] for name in marked[column]]
        for column in ("passage", "duplicate_of")
    ]
    return dict(zip(*short, strict=True))


def _hash(text: str, digits: int) -> str:
    return sha256(text.encode()).hexdigest()[:digits]


@pytest.mark.parametrize("corpus", CORPORA)
def test_no_sentence_is_left_cut(corpus: str) -> None:
    """But for one that begins small behind a full stop, as its author wrote it."""
    cut = {
        text[:13]
        for document in documents(corpus).values()
        for part in ("title", "abstract", "body", "caption", "footnote")
        for text in paragraphs(document, part)
        if text[0].islower()
    }
    assert cut == ({"the Negative "} if corpus == "seeds" else set())


def test_headings_of_the_sample_are_those_of_the_texts() -> None:
    assert paragraphs(documents("sample")["tarazu_journal_2017-09-01"], "heading") == [
        "Abstract",
        "1. Introduction",
        "2. Two Vocabularies",
        "3. The Third Party",
        "4. Conclusion",
        "References",
    ]
    assert paragraphs(documents("sample")["lindqvarn_brief_2022-06-30"], "heading") == [
        "Summary",
        "What has changed since February",
        "Why it matters for defence",
        "The limits of economic pressure",
        "Recommendations",
    ]
