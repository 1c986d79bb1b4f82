from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from rubricate.corpus.document import Source
from rubricate.corpus.errors import CorpusError
from rubricate.corpus.metadata import Metadata, Unmatched, add_metadata, find_unmatched, read_metadata
from rubricate.corpus.readers.raw import ReadOptions

if TYPE_CHECKING:
    from pathlib import Path

META = Metadata("meta.csv", ("outlet", "year"), {"a": {"outlet": "irna", "year": "2018"}})


def written(folder: Path, content: str, name: str = "meta.csv") -> Path:
    (folder / name).write_text(content, encoding="utf-8", newline="")
    return folder / name


def source(document: str, **variables: str) -> Source:
    return Source(document, f"{document}.txt", "0" * 64, "utf-8", text="Peace.", variables=variables)


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


def test_a_spreadsheet_and_other_files_are_refused_clearly(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"m\.xlsx: spreadsheets cannot be read yet; save the sheet as CSV"):
        read_metadata(tmp_path / "m.xlsx")
    with pytest.raises(CorpusError, match=r"m\.txt: metadata must be a \.csv or \.tsv file"):
        read_metadata(tmp_path / "m.txt")
    with pytest.raises(CorpusError, match=r"m\.csv: cannot be read: no such file or directory"):
        read_metadata(tmp_path / "m.csv")


def test_variables_are_added_behind_those_of_the_source() -> None:
    merged = add_metadata(source("a", session="63"), META)
    assert list(merged.variables.items()) == [("session", "63"), ("outlet", "irna"), ("year", "2018")]
    assert merged.text == "Peace."


def test_a_document_without_a_row_has_the_same_columns_empty() -> None:
    assert add_metadata(source("b", year="1945"), META).variables == {"year": "1945", "outlet": ""}


def test_the_source_is_left_as_it_was() -> None:
    before = source("a", session="63")
    add_metadata(before, META)
    assert before.variables == {"session": "63"}


@pytest.mark.parametrize("ours", ["2018", ""])
def test_the_same_value_or_none_is_no_conflict(ours: str) -> None:
    assert add_metadata(source("a", year=ours), META).variables["year"] == "2018"


def test_an_empty_cell_takes_no_value_away() -> None:
    empty = Metadata("meta.csv", ("year",), {"a": {"year": ""}})
    assert add_metadata(source("a", year="1945"), empty).variables == {"year": "1945"}


def test_different_values_are_an_error_that_names_both() -> None:
    with pytest.raises(CorpusError) as caught:
        add_metadata(source("a", year="1945"), META)
    assert str(caught.value) == (
        "document 'a': year is '1945' in a.txt but '2018' in meta.csv; correct one or rename the column"
    )


def test_rows_and_documents_without_each_other_are_listed() -> None:
    meta = Metadata("meta.csv", (), {"b": {}, "a": {}, "z": {}})
    assert find_unmatched(meta, ["d", "a", "c"]) == Unmatched(rows=("b", "z"), documents=("c", "d"))
    assert find_unmatched(meta, ["a", "b", "z"]) == Unmatched((), ())


def test_an_accent_may_be_spelled_in_two_ways(tmp_path: Path) -> None:
    meta = read_metadata(written(tmp_path, "document,x\ncafe\u0301,1\n"))
    assert add_metadata(source("caf\u00e9"), meta).variables == {"x": "1"}
    assert add_metadata(source("cafe\u0301"), meta).variables == {"x": "1"}
    assert find_unmatched(meta, ["cafe\u0301"]) == Unmatched((), ())
