"""Where sources and their copies lie: in the study, beside it, in archives, behind links."""

import os
import shutil
import zipfile
from pathlib import Path

import pytest

from rubricate.corpus.storage.adding import refresh
from tests.studies import TEXTS, add, afresh, documents, names, new_study, stamps, texts, touch, write


@pytest.fixture(autouse=True)
def study(tmp_path, monkeypatch):
    """A new study, and two texts in a folder beside it."""
    monkeypatch.chdir(tmp_path)
    write(TEXTS)
    return new_study()


def test_the_files_of_a_study_are_no_documents(study, monkeypatch):
    monkeypatch.chdir(study)
    here = Path()
    write({"notes.txt": "War.", "corpus/repairs.csv": "document,before,after\n", "passes/1/a.txt": "War."})
    assert add(here, ".").new == ("notes",)
    assert add(here, ".").skipped == ()
    assert add(here, "..").new == ("texts/a", "texts/b")
    assert texts(here) == {
        "notes": "War.",
        "texts/a": "No sanctions yet.",
        "texts/b": "An arms embargo. Then war.",
    }


def test_originals_may_lie_in_sources(study):
    write({"study/sources/deep/x.txt": "War.", "study/sources/.hidden.txt": "Peace."})
    assert add(study, "study/sources").new == ("deep/x",)
    before = stamps("study")
    assert add(study, "study/sources").unchanged == 1
    assert add(study, "study/sources/deep/x.txt").unchanged == 1
    assert stamps("study") == before
    assert names("study/sources") == [".hidden.txt", "deep/x.txt"]
    write({"study/sources/deep/x.txt": "Peace."})
    touch("study/sources/deep/x.txt")
    assert add(study, "study/sources").changed == ("deep/x",)
    assert texts(study) == {"deep/x": "Peace."}


def test_a_copy_of_a_source_is_that_source(study):
    add(study, "texts")
    before = stamps("study")
    assert (add(study, "study/sources").unchanged, add(study, "study/sources/a.txt").unchanged) == (2, 1)
    assert stamps("study") == before


def test_the_copies_are_the_sources_where_the_originals_are_gone(study):
    add(study, "texts")
    shutil.rmtree("texts")
    added = add(study, "study/sources")
    assert (added.new, added.changed, added.unchanged, added.gone) == ((), (), 2, ())


def test_no_copy_takes_the_place_of_what_lies_in_sources(study):
    write(
        {"study/sources/a.txt": "Mine.", "study/sources/2-a.txt/x": "Mine, too.", "texts/deep/x.txt": "War."}
    )
    write({"study/sources/deep": "Mine."})
    add(study, "texts")
    assert names("study/sources") == ["2-a.txt/x", "2-deep/x.txt", "3-a.txt", "a.txt", "b.txt", "deep"]
    assert Path("study/sources/a.txt").read_text() == "Mine."


def test_an_archive_has_one_copy(study):
    with zipfile.ZipFile("texts/2015.zip", "w") as archive:
        archive.writestr("may/x.txt", "War.")
        archive.writestr("y.md", "Peace.")
        archive.writestr("z.exe", "MZ")
    added = add(study, "texts")
    assert added.new == ("2015/may/x", "2015/y", "a", "b")
    assert [(skip.file, skip.reason[:10]) for skip in added.skipped] == [("2015.zip/z.exe", ".exe files")]
    assert names("study/sources") == ["2015.zip", "a.txt", "b.txt"]
    assert documents(study) == afresh("texts")[1]


def test_an_archive_and_a_folder_may_have_one_name(study):
    with zipfile.ZipFile("2015.zip", "w") as archive:
        archive.writestr("x.txt", "War.")
    write({"folder/2015.zip/y.txt": "Peace."})
    add(study, "2015.zip", "folder")
    assert names("study/sources") == ["2-2015.zip/y.txt", "2015.zip"]
    assert texts(study) == {"2015.zip/y": "Peace.", "x": "War."}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such links")
def test_a_study_may_be_reached_through_a_link(study, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    Path("elsewhere/link").symlink_to(tmp_path / "study")
    linked = Path("elsewhere/link")
    add(linked, "texts")
    assert add(study, "texts").unchanged == 2
    assert add(linked, "texts").unchanged == 2
    assert refresh(linked).unchanged == 2
    assert refresh(linked).gone == ()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such links")
def test_the_folder_of_sources_may_lie_elsewhere(study, tmp_path):
    Path("big").mkdir()
    Path("study/sources").rmdir()
    Path("study/sources").symlink_to(tmp_path / "big")
    add(study, "texts")
    assert names("big") == ["a.txt", "b.txt"]
