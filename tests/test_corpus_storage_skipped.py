"""What cannot be read is listed, stays listed without being read again, and is read once it is mended."""

import csv
import tempfile
import zipfile
from pathlib import Path

import pytest

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.storage import incoming
from rubricate.corpus.storage.adding import refresh
from rubricate.corpus.storage.removing import remove_documents
from tests.studies import TEXTS, add, afresh, change, names, new_study, sha256, stamps, texts, touch, write
from tests.test_cli_failures import as_nobody
from tests.test_corpus_spreadsheets import sheet, words, xlsx

BINARY = bytes(range(256))
REASON = "looks like a binary file, not text (if it is text, name its encoding, such as --encoding utf-16-le)"


@pytest.fixture
def study(tmp_path, monkeypatch):
    """A study to which a folder was added that holds two texts and one file that is none."""
    monkeypatch.chdir(tmp_path)
    write({**TEXTS, "texts/x.txt": BINARY})
    study = new_study()
    add(study, "texts")
    return study


def listed(study):
    with (study / "corpus/skipped.csv").open(encoding="utf-8", newline="") as handle:
        return [tuple(row.values()) for row in csv.DictReader(handle)]


def skipped(added):
    return [(skip.file, skip.document, skip.reason) for skip in added.skipped]


@pytest.fixture
def never_read(monkeypatch):
    """Afterwards no file may be read."""

    def in_order(files, *_):
        raise AssertionError(files)

    return lambda: monkeypatch.setattr(incoming, "in_order", in_order)


def test_an_unreadable_file_is_listed_and_has_no_copy(study):
    assert listed(study) == [("x.txt", "", REASON)]
    assert names("study/sources") == ["a.txt", "b.txt"]
    assert sha256(study) == afresh("texts")[0]


def test_it_is_told_again_without_being_read_again(study, never_read):
    before = stamps(study)
    never_read()
    assert skipped(add(study, "texts")) == [("x.txt", "", REASON)]
    assert skipped(refresh(study)) == [("x.txt", "", REASON)]
    assert skipped(add(study, "texts/a.txt")) == []
    assert stamps(study) == before


def test_it_stays_listed_while_others_are_added(study):
    write({"more/c.txt": "War."})
    assert skipped(add(study, "more")) == []
    remove_documents(study, ["a"])
    assert listed(study) == [("x.txt", "", REASON)]


def test_it_is_read_once_it_is_mended(study):
    change("texts/x.txt", "War.")
    added = add(study, "texts")
    assert (added.new, skipped(added), listed(study)) == (("x",), [], [])


def test_it_is_an_error_where_it_is_named_outright(study):
    before = stamps(study)
    with pytest.raises(CorpusError, match=r"^texts/x.txt: looks like a binary file"):
        add(study, "texts/x.txt")
    assert stamps(study) == before


def test_it_is_no_source_any_more_once_it_is_gone(study):
    Path("texts/x.txt").unlink()
    added = add(study, "texts")
    assert (added.gone, skipped(added)) == ((), [])
    assert listed(study) == []


def test_a_file_that_becomes_unreadable_keeps_its_document_and_its_copy(study):
    write({"texts/a.txt": BINARY})
    touch("texts/a.txt")
    for _ in range(2):
        added = add(study, "texts")
        assert (added.changed, added.vanished, added.outdated) == ((), (), ("a",))
        assert skipped(added) == [("a.txt", "", REASON), ("x.txt", "", REASON)]
    assert texts(study)["a"] == "No sanctions yet."
    assert Path("study/sources/a.txt").read_text() == "No sanctions yet."
    write({"study/corpus/repairs.csv": "document,before,after\na,yet,ever\n"})
    assert refresh(study).changed == ("a",)
    assert listed(study) == [("a.txt", "", REASON), ("x.txt", "", REASON)]
    write({"texts/a.txt": "War."})
    touch("texts/a.txt")
    added = add(study, "texts")
    assert (added.changed, added.outdated, listed(study)) == (("a",), (), [("x.txt", "", REASON)])


def test_rows_without_text_are_listed(study):
    write({"t.csv": "id,text\nx,War.\ny,\nz, \n"})
    row = "line {}: the text is empty".format
    assert skipped(add(study, "t.csv")) == [("t.csv", "y", row(3)), ("t.csv", "z", row(4))]
    assert skipped(add(study, "t.csv")) == [("t.csv", "y", row(3)), ("t.csv", "z", row(4))]
    change("t.csv", "id,text\nx,War.\ny,Peace.\nz,\n")
    assert skipped(add(study, "t.csv")) == [("t.csv", "z", row(4))]
    assert listed(study) == [("t.csv", "z", row(4)), ("x.txt", "", REASON)]


def test_a_table_without_any_text_is_no_reason_to_stop(study):
    write({"t.csv": "id,text\nx,War.\n"})
    add(study, "t.csv")
    change("t.csv", "id,text\nx,\n")
    assert skipped(refresh(study))[0] == ("t.csv", "x", "line 2: the text is empty")


def test_a_sheet_that_is_not_read_does_not_make_the_others_be_read_again(study, never_read):
    write({"book.xlsx": xlsx(sheet(words("A1", "Notes")), sheet(words("A1", "text"), words("A2", "War.")))})
    unread = [("book.xlsx", "", "sheet 'S1' is not read: it has no column 'text'")]
    assert skipped(add(study, "book.xlsx")) == unread
    never_read()
    again = add(study, "book.xlsx")
    assert (again.unchanged, again.outdated, skipped(again)) == (1, (), unread)


def test_a_study_from_which_all_was_removed_may_meet_an_unreadable_file(study):
    remove_documents(study, ["a", "b"])
    change("texts/a.txt", "\0\0")
    assert [row[0] for row in skipped(refresh(study))] == ["a.txt", "x.txt"]


def test_a_study_without_a_document_is_not_made_of_unreadable_files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write({"texts/x.txt": BINARY})
    study = new_study()
    before = stamps(study)
    with pytest.raises(CorpusError) as raised:
        add(study, "texts")
    assert str(raised.value) == f"no document could be read; x.txt: {REASON}"
    assert stamps(study) == before


def test_files_of_other_kinds_are_listed_while_they_are_there(study):
    write({"texts/scan.exe": b"MZ", "more/c.txt": "War."})
    (scan,) = (skip for skip in skipped(add(study, "texts")) if skip[0] == "scan.exe")
    assert scan in listed(study)
    add(study, "more")
    assert scan in listed(study)
    before = stamps(study)
    assert scan in skipped(refresh(study))
    assert stamps(study) == before
    add(study, "texts/*.txt")
    assert scan in listed(study)
    Path("texts/scan.exe").unlink()
    add(study, "more")
    assert scan not in listed(study)


def test_members_of_an_archive_that_cannot_be_read_are_listed_while_they_are_there(study):
    def pack(**members):
        with zipfile.ZipFile("all.zip", "w") as archive:
            for name, text in members.items():
                archive.writestr(name.replace("_", "."), text)
        touch("all.zip")

    pack(y_txt="War.", z_txt=BINARY, scan_exe="MZ")
    add(study, "all.zip")
    assert [row[0] for row in listed(study)] == ["scan.exe", "x.txt", "z.txt"]
    assert [skip[0] for skip in skipped(refresh(study))] == ["scan.exe", "x.txt", "z.txt"]
    pack(y_txt="War.", z_txt="Peace.")
    refresh(study)
    assert [row[0] for row in listed(study)] == ["x.txt"]


def test_a_file_that_may_not_be_read_is_listed_until_it_may():
    with tempfile.TemporaryDirectory() as name:
        here = Path(name).resolve()
        here.chmod(0o777)
        write({here / path: text for path, text in TEXTS.items()})
        (here / "texts/a.txt").chmod(0)
        with as_nobody():
            study = new_study(here / "study")
            added = add(study, str(here / "texts"))
            again = add(study, str(here / "texts"))
        assert skipped(added) == skipped(again) == [("a.txt", "", "cannot be read: permission denied")]
        assert listed(study) == [("a.txt", "", "cannot be read: permission denied")]
        (here / "texts/a.txt").chmod(0o644)
        with as_nobody():
            (study / "corpus").chmod(0o555)
            with pytest.raises(CorpusError, match="cannot be written: permission denied"):
                add(study, str(here / "texts"))
            (study / "corpus").chmod(0o755)
            added = add(study, str(here / "texts"))
        assert (added.new, skipped(added), listed(study)) == (("a",), [], [])
