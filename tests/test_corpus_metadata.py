from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.metadata.files import read_metadata
from rubricate.corpus.metadata.table import Metadata
from rubricate.corpus.readers.raw import ReadOptions


def written(folder: Path, content: str, name: str = "meta.csv") -> Path:
    (folder / name).write_text(content, encoding="utf-8", newline="")
    return folder / name


def test_metadata_maps_a_document_to_its_variables(tmp_path: Path) -> None:
    path = written(tmp_path, 'outlet, Document ,title\nirna,a," War, and peace "\n,b,\n')
    assert read_metadata(path) == Metadata(
        str(path),
        ("outlet", "title"),
        {"a": {"outlet": "irna", "title": " War, and peace "}, "b": {"outlet": "", "title": ""}},
    )


@pytest.mark.parametrize(
    ("name", "content"), [("m.tsv", "document\tx\na\t1\n"), ("m.csv", "document;x\na;1\n")]
)
def test_metadata_may_have_other_separators(tmp_path: Path, name: str, content: str) -> None:
    assert read_metadata(written(tmp_path, content, name)).rows == {"a": {"x": "1"}}


def test_metadata_may_be_packed_and_in_an_older_encoding(tmp_path: Path) -> None:
    (tmp_path / "m.csv.gz").write_bytes(gzip.compress("document,x\na,łódź\n".encode("cp1250")))
    options = ReadOptions(encoding="cp1250")
    assert read_metadata(tmp_path / "m.csv.gz", options).rows == {"a": {"x": "łódź"}}


def test_metadata_may_be_json_lines(tmp_path: Path) -> None:
    rows = [{"document": "a", "year": 2018}, {"document": "b", "outlet": "irna"}]
    path = written(tmp_path, "\n".join(map(json.dumps, rows)), "m.jsonl")
    meta = read_metadata(path)
    assert meta.columns == ("year", "outlet")
    assert meta.rows == {"a": {"year": "2018", "outlet": ""}, "b": {"year": "", "outlet": "irna"}}


def test_metadata_may_be_parquet(tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    parquet.write_table(pa.table({"document": ["a"], "year": [2018]}), tmp_path / "m.parquet")
    assert read_metadata(tmp_path / "m.parquet").rows == {"a": {"year": "2018"}}


def test_metadata_may_be_a_spreadsheet_and_the_sheet_with_documents_is_read() -> None:
    meta = read_metadata(Path(__file__).parent / "data" / "formats" / "metadata_outlets.ods")
    assert meta.columns == ("outlet", "date")
    assert meta.rows == {"un/a": {"outlet": "irna", "date": "2019-05-12"}}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("doc,year\na,1\n", "has no column 'document'; its columns are doc, year"),
        ("document,x\na,1\nb,2\na,3\n", "line 4: document 'a' was already in line 2"),
        (
            "document,x\né,1\ne\u0301,2\n",
            "line 3: document 'e\u0301' looks the same as that in line 2; rename one",
        ),
        ("document,x\n,1\n", "line 2: the document id is empty"),
        (
            "document,date\na,12/05/2019\nb,2019\nc,\nd,5 May 2019\n",
            "a date is written 2019-05-12, 2019-05 or 2019; line 2: '12/05/2019' (write 2019-05-12 or "
            "2019-12-05); line 5: '5 May 2019' (write 2019-05-05)",
        ),
        ("document,x\na\n", "line 2 has 1 cells, but there are 2 columns"),
        ("document,x,x\na,1,2\n", "has two columns named 'x'"),
        ("", "is empty"),
    ],
)
def test_metadata_that_cannot_be_trusted_is_an_error(tmp_path: Path, content: str, message: str) -> None:
    path = written(tmp_path, content)
    with pytest.raises(CorpusError) as caught:
        read_metadata(path)
    assert str(caught.value).startswith(f"{path}: {message}")


def test_other_files_are_refused_clearly(tmp_path: Path) -> None:
    known = ".bib, .csv, .json, .jsonl, .ndjson, .ods, .parquet, .tsv, .xls, .xlsx (each also with .gz)"
    with pytest.raises(CorpusError) as caught:
        read_metadata(tmp_path / "m.txt")
    assert str(caught.value) == f"{tmp_path}/m.txt: cannot be read as metadata; known formats: {known}"
    with pytest.raises(CorpusError, match=r"m\.csv: cannot be read: no such file or directory"):
        read_metadata(tmp_path / "m.csv")
    written(tmp_path, "no spreadsheet", "m.xlsx")
    with pytest.raises(CorpusError, match=r"m\.xlsx: "):
        read_metadata(tmp_path / "m.xlsx")
