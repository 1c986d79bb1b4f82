from dataclasses import replace

import pytest

from rubricate.codebooks import parse_codebook
from rubricate.coding.passes import CorpusHash, record_pass
from rubricate.coding.settings import Settings
from rubricate.corpus.document import Document, Paragraph, Repair

ONE = Document(
    "a",
    "War.",
    (Paragraph(0, 4),),
    file="a.txt",
    sha256="00",
    encoding="utf-8",
    language="en",
    variables={"outlet": "x", "year": "2018"},
    repairs=(Repair("dash", 0, 0, "-", "–"),),
    line_joins=1,
)
CODEBOOK = parse_codebook("codes: {war: {terms: [war]}}")


def record(*documents, study=None):
    corpus = CorpusHash()
    assert list(corpus.follow(documents)) == list(documents)
    return record_pass(corpus, CODEBOOK, Settings(), study or {})


@pytest.mark.parametrize(
    "change",
    [
        {"id": "b"},
        {"text": "Far."},
        {"paragraphs": (Paragraph(0, 4, "title"),)},
        {"file": "b.txt"},
        {"sha256": "01"},
        {"language": "fa"},
        {"title": "T"},
        {"date": "2018-05-08"},
        {"citekey": "k"},
        {"variables": {"outlet": "y", "year": "2018"}},
        {"variables": {"year": "2018", "outlet": "x"}},
        {"repairs": ()},
        {"repairs": (Repair("hyphen", 0, 0, "-", "–"),)},
        {"line_joins": 2},
    ],
)
def test_whatever_a_table_shows_of_a_document_is_part_of_the_id(change):
    assert record(ONE).id != record(replace(ONE, **change)).id


def test_how_bytes_became_text_is_recorded_but_no_part_of_the_id():
    one, other = record(ONE), record(replace(ONE, encoding="cp1252"))
    assert one.id == other.id
    assert (one.content["encodings"], other.content["encodings"]) == ({"utf-8": 1}, {"cp1252": 1})


def test_the_files_of_a_study_are_recorded_by_their_hashes_but_no_part_of_the_id():
    changed = record(ONE, study={"repairs.csv": b""})
    assert changed.id == record(ONE).id
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert changed.content["study"] == {"repairs.csv": {"sha256": empty}}
    assert "study" not in record(ONE).content
