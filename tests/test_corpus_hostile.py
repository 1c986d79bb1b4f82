"""Files made to do harm, or broken by accident: each is named with a reason, and the rest is read."""

from __future__ import annotations

import gzip
import io
import os
import random
import stat
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rubricate.corpus.errors import CorpusError, FileError
from rubricate.corpus.readers import READERS, csv_rows, packages, pdf_process, raw
from rubricate.corpus.readers.bundles.splitting import check_split
from rubricate.corpus.readers.encoding import check_encoding
from rubricate.corpus.readers.markdown import parse_blocks
from rubricate.corpus.readers.raw import RawFile, ReadOptions, Skipped, source_file
from tests.command import read_rows, rubricate
from tests.pdf_files import Put, pdf

if TYPE_CHECKING:
    from rubricate.corpus.document import Source

FORMATS = Path(__file__).parent / "data" / "formats"
SOUND = "The sanctions hold."
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def read(extension: str, data: bytes, **options: str) -> list[Source | Skipped]:
    file = RawFile(f"a{extension}", "a", extension, "0", data)
    return list(READERS[extension](file, ReadOptions(**options)))


def text(extension: str, content: str) -> str:
    (source,) = read(extension, content.encode())
    assert not isinstance(source, Skipped)
    return source.text or "\n\n".join(block.text for block in source.blocks)


def refusal(extension: str, data: bytes) -> str:
    with pytest.raises(FileError) as caught:
        read(extension, data)
    return caught.value.reason


def skipped(folder: Path) -> dict[str, str]:
    """What skipped.csv says after a folder was coded in which one file is sound."""
    (folder / "texts" / "sound.txt").write_text(SOUND)
    (folder / "codebook.yaml").write_text("codes: {x: {label: X, terms: [sanctions]}}")
    result = rubricate("apply", folder / "codebook.yaml", folder / "texts", "--out", folder / "out")
    assert result.exit_code == 3
    assert [row["hit"] for row in read_rows(folder / "out" / "segments.csv")] == ["sanctions"]
    assert sorted(path.name for path in folder.iterdir()) == ["codebook.yaml", "out", "texts"]
    return {row["file"]: row["reason"] for row in read_rows(folder / "out" / "skipped.csv")}


def repacked(name: str, member: str, change: tuple[bytes, bytes]) -> bytes:
    """A fixture with something else in one of its members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(FORMATS / name) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for other in old.namelist():
            data = old.read(other)
            new.writestr(other, data.replace(*change, 1) if other == member else data)
    return packed.getvalue()


OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ENTITIES = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
HOSTILE = {
    "cut.zip": (b"PK\x03\x04" + bytes(60), "is not a sound zip archive, or cut off"),
    "entities1.docx": (
        repacked("docx_note.docx", "word/document.xml", (b"<w:document", ENTITIES + b"<w:document")),
        "declares XML entities in word/document.xml",
    ),
    "entities2.odt": (
        repacked("odt_note.odt", "content.xml", (b"<office:document", ENTITIES + b"<office:document")),
        "declares XML entities in content.xml",
    ),
    "entities3.xlsx": (
        repacked("xlsx_speeches.xlsx", "xl/sharedStrings.xml", (b"<sst", ENTITIES + b"<sst")),
        "declares XML entities in xl/sharedStrings.xml",
    ),
    "half.jsonl": (b'{"id": "a", "text": "War \\ud800"}', "line 1: holds half a character"),
    "mixed.txt": ("Café. ".encode() * 9 + "Café.".encode("latin-1"), "is utf-8 text, but byte 0xe9"),
    "nested1.json": (b"[" * 1_000_000, "record 1: lists and objects are nested too deeply"),
    "nested2.rtf": (b"{\\rtf1 " + b"{" * 1_000_000, "is damaged: its groups are nested too deeply"),
    "nested3.html": (b"<html>" + b"<div>" * 1_000_000, "its elements are nested too deeply"),
    "nested4.md": (b"> - " * 500_000 + b"War.", "its lists or quotations are nested too deeply"),
    "no.csv.gz": (b"id,text\na,War\n", "is not a sound gzip file"),
    "nul.txt": (b"War\0.", "looks like a binary file"),
    "password.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "is protected by a password; remove it"),
    "older.docx": (OLE + bytes(100), "is in an older format under the name .docx"),
    "page.docx": (b"<!DOCTYPE html><p>War.", "is a web page under the name .docx"),
    "web.xls": (b"<html><table>", "is a web page under the name .xls"),
    "locked.pdf": ((FORMATS / "pdf_protected.pdf").read_bytes(), "is protected by a password"),
    "rich.docx": (b"{\\rtf1 War.}", "is a rich text file under the name .docx"),
    "scan.pdf": ((FORMATS / "pdf_scan.pdf").read_bytes(), "is a scan"),
    "report.pdf.txt": (b"%PDF-1.4", "is a PDF under the name .txt"),
    "zero.docx": (b"", "is empty"),
}
"""File → its bytes and how the reason begins."""


def test_every_hostile_file_is_named_with_a_reason_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    for name, (data, _) in HOSTILE.items():
        (tmp_path / "texts" / name).write_bytes(data)
    reasons = skipped(tmp_path)
    assert sorted(reasons) == sorted(HOSTILE)
    for name, (_, reason) in HOSTILE.items():
        assert reasons[name].startswith(reason)


@on_posix
def test_what_is_no_file_or_has_no_usable_name_is_named_with_a_reason(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    (texts / "folder.docx").mkdir(parents=True)
    os.mkfifo(texts / "pipe.txt")
    os.mkfifo(texts / "pipe.zip")
    (texts / "zeros.txt").symlink_to("/dev/zero")
    (texts / "nowhere.txt").symlink_to("nowhere")
    (texts / "ring.txt").symlink_to("ring.txt")
    (texts / "up").symlink_to("..")
    for name in ("two\nlines.txt", "red\x1b[31m.txt"):
        (texts / name).write_text(SOUND)
    no_name = "its name holds a line break or another control character; rename it"
    assert skipped(tmp_path) == {
        "nowhere.txt": "is a link that leads nowhere",
        "pipe.txt": "is not a regular file",
        "pipe.zip": "is not a regular file",
        "red\\x1b[31m.txt": no_name,
        "ring.txt": "is a link that leads nowhere",
        "two\\nlines.txt": no_name,
        "zeros.txt": "is not a regular file",
    }


def test_members_that_are_links_are_not_read(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    (tmp_path / "texts").mkdir()
    with zipfile.ZipFile(tmp_path / "texts" / "t.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("peace.txt", "Peace.")
    assert skipped(tmp_path) == {"t.zip/link.txt": "is a link, not a document; pack the document itself"}


def test_members_with_the_same_id_are_named_with_their_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("a.txt", SOUND)
        archive.writestr("a.md", SOUND)
    result = rubricate("corpus", "show", tmp_path / "t.zip")
    members = f"{tmp_path}/t.zip/a.md and {tmp_path}/t.zip/a.txt"
    assert (result.exit_code, result.stderr) == (1, f"document 'a' is in two files, {members}; rename one\n")


# What would fill memory or take for ever


def test_a_packed_file_that_unpacks_to_a_thousand_times_its_size_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw, "HARMLESS", 10_000)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(bytes(10_000_000)))
    with pytest.raises(FileError, match="unpacks to a thousand times its size"):
        raw.read_raw(source_file(tmp_path / "a.csv.gz", "a.csv.gz"))


def test_xml_of_more_tags_than_any_book_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "_MOST_TAGS", 10)
    reason = "unpacks to more than can be read; split it if it is sound"
    assert refusal(".docx", (FORMATS / "docx_note.docx").read_bytes()) == reason


def test_a_quotation_mark_that_is_never_closed_does_not_make_a_cell_of_the_whole_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(csv_rows, "LARGEST_TEXT", 100)
    data = b'id,text\na,War\nb,"War\n' + b"and peace\n" * 50
    assert refusal(".csv", data) == "the row that begins in line 3 is longer than 64 MiB; split it"
    assert len(read(".csv", b"id,text\n" + b"".join(b"%d,War\n" % number for number in range(99)))) == 99


def test_a_hundred_thousand_columns_are_read_and_a_message_names_only_some() -> None:
    names = [f"c{number}" for number in range(100_000)]
    table = f"{','.join(names)}\n{',' * 99_999}\n"
    assert len(read(".csv", table.encode().replace(b"c7,", b"text,", 1).replace(b"\n,", b"\n-,", 1))) == 1
    reason = refusal(".csv", table.encode())
    assert reason.startswith("has no column 'text'; its columns are c0, c1, c2, c3")
    assert reason.endswith("c29 and 99,970 more; name the one with the texts: --text-column NAME")
    twice = ",".join([*names, "c99999"]).encode()
    assert refusal(".csv", twice) == "has two columns named 'c99999'; rename one"


@pytest.mark.parametrize("mark", ["<!-- ", "<script ", "<style>", "<b c='"])
def test_markup_that_is_never_closed_is_looked_through_once(mark: str) -> None:
    assert parse_blocks(f"<div>\n{mark * 50_000}War.")[-1].text.endswith("War.")


def test_many_footnotes_are_told_apart_at_once() -> None:
    notes = "".join(f"War[^{number}] ends.\n\n[^{number}]: Note {number}.\n\n" for number in range(3000))
    blocks = parse_blocks(notes)
    assert [block.text for block in blocks[-2:]] == ["War ends.", "Note 2999."]
    assert blocks[-1].part == "footnote"


def test_a_rule_of_many_dashes_is_no_deep_list() -> None:
    assert text(".md", f"War.\n\n{'- ' * 200}\n\nPeace.") == "War.\n\nPeace."


def test_a_pdf_that_crashes_its_reader_is_skipped() -> None:
    tree = "<< /Kids [6 0 R 6 0 R] >>"  # of page labels, which holds itself
    data = pdf([Put(50, 500, "War.")], catalog="/PageLabels << /Kids [6 0 R] >>", extra=(tree,))
    assert refusal(".pdf", data).startswith("cannot be read: it crashes the program that reads PDFs")


def test_a_pdf_that_takes_too_long_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_process, "PATIENCE", 0)
    assert refusal(".pdf", (FORMATS / "pdf_groff.pdf").read_bytes()).startswith("cannot be read: it crashes")


def test_a_pdf_with_more_pages_than_any_book_is_refused() -> None:
    data = pdf([Put(50, 500, "War.")]).replace(b"/Count 1", b"/Count 20001", 1)
    many = data.replace(b"/Kids [6 0 R]", b"/Kids [" + b"6 0 R " * 20_001 + b"]", 1)
    assert refusal(".pdf", many) == "has more than 20,000 pages; split it into smaller files"


# What would command a terminal, or is no text


@pytest.mark.parametrize(
    ("extension", "content"),
    [
        (".md", "War\x1b[2J and \x07peace, for years."),
        (".srt", "1\n00:00:01,000 --> 00:00:02,000\nWar\x1b[2J and \x07peace, for years.\n"),
        (".html", "<p>War\x1b[2J and \x07peace, for years."),
    ],
)
def test_control_characters_are_no_text(extension: str, content: str) -> None:
    assert text(extension, content) == "War[2J and peace, for years."


@pytest.mark.parametrize("name", ["a\x1b[2J", "a\nb", "a\x9bb", "a\u2028b"])
def test_a_document_id_holds_no_control_characters(name: str) -> None:
    reason = refusal(".csv", f'id,text\n"{name}",War\n'.encode())
    assert reason.startswith("line 2: the document id a")
    assert reason.endswith("holds a control character; remove it")
    assert reason.isprintable()


def test_a_document_id_is_no_book() -> None:
    data = f"id,text\n{'a' * 1001},War\n".encode()
    assert refusal(".csv", data) == "line 2: the document id is longer than 1,000 characters"


def test_a_reason_that_quotes_the_file_is_one_printable_line(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    header = '"red\x1b[31m\n", ' + ", ".join(f"column {number}" for number in range(12))
    (tmp_path / "texts" / "a.csv").write_text(f"{header}\n")
    (reason,) = skipped(tmp_path).values()
    assert "its columns are red\\x1b[31m, column 0" in reason
    assert reason.isprintable()


# What the user asks for


def test_markdown_is_cut_where_the_user_says() -> None:
    data = b"---\nyear: 2019\n---\n# Part 1\n\nWar.\n\n# Part 2\n\nPeace.\n"
    found = [one for one in read(".md", data, split="^# Part") if not isinstance(one, Skipped)]
    assert [(one.id, one.blocks[-1].text, one.variables) for one in found] == [
        ("a-001", "War.", {"year": "2019"}),
        ("a-002", "Peace.", {"year": "2019"}),
    ]


def test_a_part_of_markdown_without_text_is_skipped() -> None:
    found = read(".md", b"# 1\n\nWar.\n\n<!-- # -->\n\n", split="#")
    assert [one for one in found if isinstance(one, Skipped)] == [
        Skipped("a.md", "document a-002 of this bundle holds no text", "a-002")
    ]


@pytest.mark.parametrize("split", ["(a+)+$\udcff", "^a\x00", "(?=x)", "((a{100}){100}){100}", "(" * 1999])
def test_a_regex_that_is_none_is_refused(split: str) -> None:
    with pytest.raises(CorpusError, match="--split: "):
        check_split(split)


@pytest.mark.parametrize("encoding", ["punycode", "idna", "zlib", "rot13", "../x", "u\x00"])
def test_what_is_no_encoding_of_texts_is_refused(encoding: str) -> None:
    with pytest.raises(CorpusError, match="is not a known text encoding"):
        check_encoding(encoding)


@pytest.mark.parametrize(
    ("data", "kind"), [(gzip.compress(b"War.", mtime=0), "a packed file"), (b"PK\x03\x04", "a zip archive")]
)
def test_a_packed_stream_is_refused_in_one_line(data: bytes, kind: str) -> None:
    result = rubricate("corpus", "show", "-", stdin=data)
    assert result.exit_code == 1
    assert result.stderr == f"standard input: is {kind}; save it as a file and name that\n"


# Whatever happened to a file


@pytest.mark.parametrize(
    "name",
    sorted(path.name for path in FORMATS.iterdir() if path.suffix in READERS and path.suffix != ".pdf"),
)
def test_a_damaged_file_is_read_or_refused_but_never_a_crash(name: str) -> None:
    sound = (FORMATS / name).read_bytes()
    chance = random.Random(name)
    for _ in range(20):
        data = bytearray(sound)
        for _ in range(chance.choice((1, 2, 20, 100))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read(Path(name).suffix, bytes(data))
        except FileError as error:
            assert "\n" not in error.reason
