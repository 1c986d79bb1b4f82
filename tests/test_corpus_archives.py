"""Zip archives are read like folders, and can neither lead out of themselves nor fill a disk."""

from __future__ import annotations

import gzip
import zipfile
from typing import TYPE_CHECKING

import pytest

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.readers.raw import ReadOptions, Skipped
from rubricate.corpus.source_order import read_sources
from rubricate.corpus.sources import find_sources

if TYPE_CHECKING:
    from pathlib import Path


def pack(path: Path, **members: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return path


def read(*sources: Path) -> tuple[list[tuple[str, str, str]], list[Skipped]]:
    skipped: list[Skipped] = []
    found = read_sources(find_sources([str(source) for source in sources], skipped), skipped)
    return [(one.id, one.file, one.text) for one in found], skipped


def test_an_archive_is_a_folder_in_one_file(tmp_path: Path) -> None:
    archive = pack(tmp_path / "texts.zip", b__2_txt="War.", a_txt="Peace.")
    assert read(archive) == ([("a", "a.txt", "Peace."), ("b/2", "b/2.txt", "War.")], [])


def test_in_a_folder_an_archive_is_part_of_the_ids(tmp_path: Path) -> None:
    pack(tmp_path / "texts.zip", a_txt="Peace.")
    (tmp_path / "z.txt").write_text("War.")
    found, _ = read(tmp_path)
    assert found == [("texts/a", "texts.zip/a.txt", "Peace."), ("z", "z.txt", "War.")]


def test_tables_and_packed_files_inside_are_read_as_outside(tmp_path: Path) -> None:
    archive = pack(tmp_path / "t.zip", t_csv="id,text\nx,Peace.\n", y_txt_gz=gzip.compress(b"War."))
    assert read(archive)[0] == [("x", "t.csv", "Peace."), ("y", "y.txt.gz", "War.")]


def test_what_cannot_be_read_inside_is_skipped_with_a_reason(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        for name in ("a.txt", "../out.txt", "/etc/root.txt", "c:/x.txt", "in.zip", "x.exe", ".hidden.txt"):
            archive.writestr(name, "Peace.")
        archive.writestr("__MACOSX/._a.txt", "junk")
    found, skipped = read(tmp_path / "t.zip")
    out = "its path leads out of the archive; unpack it by hand if you trust it"
    assert [one[0] for one in found] == ["a"]
    assert [(skip.file, skip.reason.partition(" cannot")[0]) for skip in skipped] == [
        ("../out.txt", out),
        ("/etc/root.txt", out),
        ("c:/x.txt", out),
        ("in.zip", "archives inside archives are not read; unpack it first"),
        ("x.exe", ".exe files"),
    ]


def test_a_protected_member_is_skipped_with_a_reason(tmp_path: Path) -> None:
    path = pack(tmp_path / "t.zip", a_txt="Peace.", b_txt="War.")
    data = bytearray(path.read_bytes())
    second = data.rindex(b"PK\x01\x02")
    data[second + 8] |= 1  # the flag of encryption in the list at the end
    path.write_bytes(bytes(data))
    found, skipped = read(path)
    assert [one[0] for one in found] == ["a"]
    assert skipped == [Skipped("b.txt", "is protected by a password; unpack it first")]


@pytest.mark.parametrize("size", [0, 10, 60, 100])
def test_a_damaged_archive_is_an_error_outright_and_skipped_in_a_folder(tmp_path: Path, size: int) -> None:
    path = pack(tmp_path / "t.zip", a_txt="Peace. " * 30)
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(CorpusError, match="is not a sound zip archive, or cut off"):
        read(path)
    (tmp_path / "z.txt").write_text("War.")
    found, skipped = read(tmp_path)
    assert [one[0] for one in found] == ["z"]
    assert [skip.file for skip in skipped] == ["t.zip"]


def test_a_member_that_is_damaged_is_skipped(tmp_path: Path) -> None:
    path = pack(tmp_path / "t.zip", a_txt="Peace. " * 30, b_txt="War.")
    data = bytearray(path.read_bytes())
    data[40] ^= 0xFF
    path.write_bytes(bytes(data))
    found, skipped = read(path)
    assert [one[0] for one in found] == ["b"]
    assert [skip.file for skip in skipped] == ["a.txt"]


def test_an_archive_that_would_unpack_to_too_much_is_refused_unread(tmp_path: Path) -> None:
    path = pack(tmp_path / "t.zip", a_txt=b"\0" * 4_000_000)
    data = path.read_bytes()
    claim = (4_000_000).to_bytes(4, "little")
    path.write_bytes(data.replace(claim, (0xF0000000).to_bytes(4, "little")))
    with pytest.raises(CorpusError, match="would unpack to 4 GiB; it is damaged, or made to do harm"):
        read(path)


def test_an_archive_without_documents_is_an_error_that_says_what_is_in_it(tmp_path: Path) -> None:
    with pytest.raises(
        CorpusError, match=r"t\.zip: nothing to read here; x\.exe: \.exe files cannot be read"
    ):
        read(pack(tmp_path / "t.zip", x_exe="MZ"))
    with pytest.raises(CorpusError, match=r"t\.zip: nothing to read here; there are no files"):
        read(pack(tmp_path / "t.zip"))


def test_columns_are_named_for_tables_in_archives_too(tmp_path: Path) -> None:
    path = pack(tmp_path / "t.zip", t_csv="id,body\nx,Peace.\n")
    files = find_sources([str(path)], [])
    assert [one.text for one in read_sources(files, [], ReadOptions(text_column="body"))] == ["Peace."]
