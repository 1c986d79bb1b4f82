"""Tables that are too large to be held are read in pieces, with the same rows and the same mistakes told."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rubricate.corpus.document import Source
from rubricate.corpus.errors import FileError
from rubricate.corpus.readers import large_text
from rubricate.corpus.readers.encoding import decode_lines
from rubricate.corpus.readers.raw import RawFile, ReadOptions, read_raw, source_file
from rubricate.corpus.readers.rows import read_rows

if TYPE_CHECKING:
    from pathlib import Path


def large(data: bytes, size: int = 3) -> RawFile:
    return RawFile(
        "t.csv", "t", ".csv", "", b"", lambda: iter([data[i : i + size] for i in range(0, len(data), size)])
    )


def lines(raw: RawFile, encoding: str = "") -> tuple[list[str], str]:
    found, name = decode_lines(raw, encoding)
    return list(found), name


@given(st.text(st.sampled_from("a é😀\n\r"), min_size=1), st.integers(1, 7))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_lines_are_those_of_a_text_that_is_held(text: str, size: int) -> None:
    data = text.encode()
    assert lines(large(data, size)) == lines(RawFile("t.csv", "t", ".csv", "", data))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256"])
def test_other_encodings_are_found_or_taken_as_named(encoding: str) -> None:
    text = "id,text\nx,صلح و جنگ بين دولتين\n" * 9
    found, _ = lines(large(text.encode(encoding)), encoding if encoding == "cp1256" else "")
    assert "".join(found) == text


def test_an_older_encoding_is_guessed_from_the_beginning() -> None:
    text = "id,text\n" + "x,Die Verhandlungen über die Wälder dauerten länger, als man hörte.\n" * 20
    found, name = lines(large(text.encode("cp1252"), 64))
    assert ("".join(found), name) == (text, "cp1252")


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        (b"id,text\nx,\xff\n", "utf-8", r"byte 0xff in line 2 is not utf-8; is --encoding right\?"),
        ("é".encode() * 40 + b"\n\xff", "", r"byte 0xff in line 2 is not utf-8; save the file anew"),
        (b"a\n\xc3", "utf-8", r"the end of the file is not utf-8"),
        (b"a\0b", "", "looks like a binary file"),
        (b"\1\2\3\4", "", "looks like a binary file"),
    ],
)
def test_bytes_that_do_not_fit_are_an_error_that_says_where(data: bytes, encoding: str, message: str) -> None:
    with pytest.raises(FileError, match=message):
        lines(large(data), encoding)


def test_a_line_without_end_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_text, "LARGEST_TEXT", 20)
    with pytest.raises(FileError, match="has a line of more than 64 MiB, too long for one document"):
        lines(large(b"short\n" + b"x" * 30))


@pytest.mark.parametrize("packed", [False, True])
def test_a_table_larger_than_what_is_held_has_the_same_documents(tmp_path: Path, packed: bool) -> None:
    content = "id,text,year\n" + "".join(f'd{i},"Peace,\nand war {i}",{i}\n' for i in range(200))
    path = tmp_path / ("t.csv.gz" if packed else "t.csv")
    path.write_bytes(gzip.compress(content.encode()) if packed else content.encode())
    file = source_file(path, path.name)
    pieces, whole = read_raw(file, held=100), read_raw(file)
    assert (pieces.data, whole.pieces, pieces.sha256) == (b"", None, whole.sha256)
    found, expected = (list(read_rows(raw, ReadOptions())) for raw in (pieces, whole))
    assert found == expected
    assert isinstance(found[199], Source)
    assert found[199].text == "Peace,\nand war 199"


def test_what_is_no_table_is_refused_where_it_is_too_large(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"12345")
    with pytest.raises(FileError, match="holds more than 4 bytes; split it into smaller files"):
        read_raw(source_file(tmp_path / "a.txt", "a.txt"), held=4)
