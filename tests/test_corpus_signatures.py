"""A file is told by its first bytes, so that a wrong name is said to be one instead of being read wrongly."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.raw import RawFile
from rubricate.corpus.readers.signatures import check_signature, extension_of_stream, signature

FORMATS = Path(__file__).parent / "data" / "formats"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EMPTY_ZIP = b"PK\x05\x06" + bytes(18)


def fixture(name: str) -> bytes:
    return (FORMATS / name).read_bytes()


def packed(*members: str, **contents: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in members:
            archive.writestr(
                zipfile.ZipInfo(name), contents.get(name, b"x")
            )  # of no time: it is in names of tests
    return file.getvalue()


def check(data: bytes, extension: str) -> None:
    check_signature(RawFile(f"a{extension}", "a", extension, "0", data))


def refusal(data: bytes, extension: str) -> str:
    with pytest.raises(FileError) as caught:
        check(data, extension)
    return caught.value.reason


@pytest.mark.parametrize(
    ("name", "extension"),
    [
        ("pdf_groff.pdf", ".pdf"),
        ("rtf_embargo.rtf", ".rtf"),
        ("docx_note.docx", ".docx"),
        ("odt_note.odt", ".odt"),
        ("xlsx_speeches.xlsx", ".xlsx"),
        ("ods_speeches.ods", ".ods"),
        ("xls_speeches.xls", ".xls"),
        ("epub_libreoffice.epub", ".epub"),
        ("parquet_speeches.parquet", ".parquet"),
        ("html_news.html", ".html"),
        ("jsonl_speeches.jsonl", ""),
        ("srt_interview.srt", ""),
        ("vtt_debate.vtt", ""),
        ("bundle_speeches.txt", ""),
    ],
)
def test_each_format_is_told_by_its_bytes_or_not_at_all(name: str, extension: str) -> None:
    assert signature(fixture(name)) == extension
    check(fixture(name), Path(name).suffix)


@pytest.mark.parametrize(
    ("data", "extension"),
    [
        (b"", ""),
        (b"War.", ""),
        (b"<p>War.</p>", ""),
        (b"\xef\xbb\xbf <!-- one --> <!-- two -->\n<!DOCTYPE html>", ".html"),
        (b'<?xml version="1.0"?><HTML>', ".html"),
        (b"<!-- <html> -->War.", ""),
        (b"<htmlish>", ""),
        (b"mail header\r\n%PDF-1.4", ".pdf"),
        (b"\xef\xbb\xbf%PDF-1.4", ".pdf"),
        (b"The format begins with %PDF-1.4, as we know.", ""),
        (b"{\\rtf1 War.}", ".rtf"),
        (gzip.compress(b"War.", mtime=0), ".gz"),
        (OLE + bytes(100), ".doc"),
        (OLE + "Workbook".encode("utf-16-le"), ".xls"),
        (OLE + "WordDocument Workbook".encode("utf-16-le"), ".doc"),
        (packed("a.txt"), ".zip"),
        (packed("word/document.xml"), ".docx"),
        (packed("mimetype", "content.xml", mimetype=b"application/vnd.oasis.opendocument.text"), ".odt"),
        (packed("mimetype", "content.xml", mimetype=b"application/vnd.oasis.opendocument.graphics"), ".zip"),
        (packed("mimetype", "META-INF/container.xml", mimetype=b"application/epub+zip"), ".epub"),
        (packed("word/document.xml")[:40], ".zip"),
        (EMPTY_ZIP, ""),
    ],
)
def test_first_bytes_speak_for_a_format(data: bytes, extension: str) -> None:
    assert signature(data) == extension


def test_a_damaged_kind_in_a_package_is_only_a_zip() -> None:
    whole = bytearray(packed("mimetype", mimetype=b"application/vnd.oasis.opendocument.text"))
    whole[8] = whole[whole.index(b"PK\x01\x02") + 10] = zipfile.ZIP_LZMA  # which the bytes are not
    assert signature(bytes(whole)) == ".zip"


@pytest.mark.parametrize("piece", [b"<!---->", b"<!-- -->", b"<!--", b" ", b"<?xml ", b"<?xml><!-- -->"])
def test_no_beginning_takes_long_to_tell(piece: bytes) -> None:
    assert signature(piece * 100_000) == ""  # by trial and error it would take longer than the world is old


@pytest.mark.parametrize(
    ("data", "extension", "reason"),
    [
        (b"%PDF-1.4", ".txt", "is a PDF under the name .txt; give it the ending .pdf"),
        (b"<html>", ".docx", "is a web page under the name .docx; give it the ending .html"),
        (b"<html>", ".xls", "is a web page under the name .xls; give it the ending .html"),
        (b"{\\rtf1 War.}", ".docx", "is a rich text file under the name .docx; give it the ending .rtf"),
        (
            gzip.compress(b"a,b\n", mtime=0),
            ".csv",
            "is a packed file under the name .csv; give it the ending .csv.gz",
        ),
        (OLE + bytes(100), ".txt", "is an older Office file under the name .txt; save it as .docx"),
        (packed("a.txt"), ".txt", "is a zip archive under the name .txt; give it the ending .zip"),
        (packed("xl/x.xml"), ".docx", "is an Excel workbook under the name .docx; give it the ending .xlsx"),
    ],
)
def test_a_wrong_name_is_a_reason_that_says_the_right_one(data: bytes, extension: str, reason: str) -> None:
    assert refusal(data, extension) == reason


@pytest.mark.parametrize(
    ("data", "extension"),
    [
        (b"<html>", ".htm"),
        (b"<html>", ".xhtml"),
        (packed("word/document.xml"), ".docm"),
        (packed("a.xml"), ".docx"),
        (OLE + bytes(100), ".docx"),
        (OLE + "Workbook".encode("utf-16-le"), ".xlsx"),
    ],
)
def test_names_that_mean_the_same_and_damage_are_left_to_the_reader(data: bytes, extension: str) -> None:
    check(data, extension)


def test_of_a_large_table_the_first_piece_is_looked_at() -> None:
    raw = RawFile("a.csv", "a", ".csv", "0", b"", lambda: iter([b"%PDF-1.4", b"more"]))
    with pytest.raises(FileError, match="is a PDF under the name"):
        check_signature(raw)


def test_a_stream_without_a_sign_is_plain_text() -> None:
    assert extension_of_stream(b"War.") == ".txt"
    assert extension_of_stream(fixture("pdf_groff.pdf")) == ".pdf"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (gzip.compress(b"War.", mtime=0), "is a packed file; save it as a file and name that"),
        (packed("a.txt"), "is a zip archive; save it as a file and name that"),
        (OLE + bytes(100), "is an older Office file; save it as .docx"),
    ],
)
def test_a_stream_of_a_kind_that_only_files_can_be_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(FileError) as caught:
        extension_of_stream(data)
    assert caught.value.reason == reason
