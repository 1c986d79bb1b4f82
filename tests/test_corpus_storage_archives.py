"""Archives are added again: their members come, change and go."""

import shutil
import zipfile
from pathlib import Path

import pytest

from rubricate.corpus.storage.adding import refresh
from tests.studies import TEXTS, add, new_study, texts, touch, write


@pytest.fixture
def study(tmp_path, monkeypatch):
    """A study to which a folder of two texts was added."""
    monkeypatch.chdir(tmp_path)
    write(TEXTS)
    study = new_study()
    add(study, "texts")
    return study


def pack(**members):
    with zipfile.ZipFile("all.zip", "w") as archive:
        for name, text in members.items():
            archive.writestr(f"{name}.txt", text)
    touch("all.zip")


@pytest.mark.parametrize("again", [lambda study: add(study, "all.zip"), refresh])
def test_members_of_an_archive_come_change_and_go(study, again):
    pack(x="War.", y="Peace.")
    add(study, "all.zip")
    pack(x="War.", y="Truce.", z="Embargo.")
    added = again(study)
    assert (added.new, added.changed) == (("z",), ("y",))
    pack(x="War.")
    for _ in range(2):
        added = again(study)
        assert (added.new, added.changed, added.vanished) == ((), (), ("y", "z"))
    assert texts(study)["y"] == "Truce."
    write({"study/corpus/repairs.csv": "document,before,after\n,Truce,Peace\n"})
    assert again(study).changed == ()
    pack(x="War.", y="Peace.")
    added = again(study)
    assert (added.changed, added.vanished) == (("y",), ("z",))


@pytest.mark.parametrize("again", [lambda study: add(study, "packed"), refresh])
def test_members_of_an_archive_in_a_folder_keep_their_names(study, again):
    Path("packed").mkdir()
    pack(x="War.")
    shutil.move("all.zip", "packed/all.zip")
    add(study, "packed")
    pack(x="War.", y="Peace.")
    shutil.move("all.zip", "packed/all.zip")
    assert again(study).new == ("all/y",)


@pytest.mark.parametrize("again", [lambda study: add(study, "."), refresh])
def test_an_archive_that_is_damaged_now_loses_nothing(study, again, monkeypatch):
    shutil.rmtree("texts")
    write({"more/c.txt": "War."})
    pack(x="War.")
    add(study, ".")
    Path("all.zip").write_bytes(b"PK\x03\x04")
    added = again(study)
    assert [(skip.file, skip.reason[:31]) for skip in added.skipped] == [
        ("all.zip", "is not a sound zip archive, or ")
    ]
    assert texts(study)["all/x"] == "War."
    pack(x="Peace.")
    assert (again(study).changed, again(study).skipped) == (("all/x",), ())
