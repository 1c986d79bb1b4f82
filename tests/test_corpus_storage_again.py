"""Sources are added again: only what changed is read, and nothing that was read is lost."""

import os
import shutil
from pathlib import Path

import pytest

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.readers.raw import ReadOptions
from rubricate.corpus.storage.adding import refresh, restore_documents
from rubricate.corpus.storage.incoming import Watch
from rubricate.corpus.storage.removing import remove_documents
from tests.studies import (
    TEXTS,
    add,
    afresh,
    change,
    documents,
    names,
    new_study,
    sha256,
    stamps,
    texts,
    touch,
    write,
)


@pytest.fixture
def study(tmp_path, monkeypatch):
    """A study to which a folder of two texts was added."""
    monkeypatch.chdir(tmp_path)
    write(TEXTS)
    study = new_study()
    add(study, "texts")
    return study


def read(study):
    """The ids of the documents that are made anew when all is looked at again."""
    seen = []

    def follow(documents):
        for document in documents:
            seen.append(document.id)
            yield document

    refresh(study, watch=Watch(follow))
    return seen


# What did not change ------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [("texts",), ("texts/a.txt", "texts/b.txt"), ("texts/*.txt",), ()])
def test_adding_again_writes_nothing(study, arguments):
    before = stamps(study)
    added = add(study, *arguments) if arguments else refresh(study)
    assert (added.new, added.changed, added.unchanged) == ((), (), 2)
    assert stamps(study) == before


def test_a_file_that_was_only_touched_is_not_read_again(study):
    touch("texts/a.txt")
    assert read(study) == []
    before = stamps(study)
    assert (read(study), stamps(study)) == ([], before)


def test_a_file_keeps_its_name_however_it_is_found(study):
    write({"all/deep/x.txt": "War."})
    add(study, "all")
    assert add(study, "all/deep").unchanged == 1
    change("all/deep/x.txt", "Peace.")
    assert add(study, "all/deep/x.txt").changed == ("deep/x",)
    assert texts(study)["deep/x"] == "Peace."
    assert "x" not in texts(study)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such links")
def test_a_link_may_come_to_lead_to_another_file(study):
    write({"v1.txt": "War.", "v2.txt": "Peace."})
    Path("now").mkdir()
    Path("now/latest.txt").symlink_to("../v1.txt")
    add(study, "now")
    Path("now/latest.txt").unlink()
    Path("now/latest.txt").symlink_to("../v2.txt")
    assert add(study, "now").changed == ("latest",)
    assert texts(study)["latest"] == "Peace."


# What changed -------------------------------------------------------------------------------------------


def test_a_file_that_changed_is_read_again_and_no_other(study):
    change("texts/a.txt", "Sanctions at last.")
    assert read(study) == ["a"]
    assert texts(study)["a"] == "Sanctions at last."
    assert Path("study/sources/a.txt").read_text() == "Sanctions at last."
    assert sha256(study) == afresh("texts")[0]
    assert read(study) == []


def test_a_change_that_a_document_does_not_show_is_no_change_of_its_text(study):
    change("texts/a.txt", "No sanctions yet.\n\n")
    added = refresh(study)
    assert (added.new, added.changed) == ((), ("a",))  # the hash of its file is another
    assert texts(study)["a"] == "No sanctions yet."


def test_new_files_in_a_folder_are_added(study):
    write({"texts/0.txt": "War.", "texts/c.md": "# War\n\nPeace."})
    assert add(study, "texts").new == ("0", "c")
    assert sha256(study) == afresh("texts")[0]


def test_a_file_that_was_moved_is_the_same(study):
    shutil.move("texts", "elsewhere")
    added = add(study, "elsewhere")
    assert (added.new, added.changed, added.unchanged, added.gone) == ((), (), 2, ())
    before = stamps(study)
    assert add(study, "elsewhere").unchanged == 2
    assert stamps(study) == before
    change("elsewhere/a.txt", "War.")
    assert refresh(study).changed == ("a",)


def test_a_file_that_was_moved_and_changed_is_its_next_version(study):
    shutil.move("texts", "elsewhere")
    change("elsewhere/a.txt", "War.")
    assert add(study, "elsewhere").changed == ("a",)
    assert names("study/sources") == ["a.txt", "b.txt"]


def test_two_files_of_one_name_may_move_together(study):
    write({"m/t.csv": "id,text\nx,War.\n", "n/t.csv": "id,text\ny,Peace.\n"})
    add(study, "m", "n")
    Path("m").rename("o")
    Path("n").rename("m")
    Path("o").rename("n")
    Path("m/t.csv").rename("m2.csv")
    Path("n/t.csv").rename("n2.csv")
    write({"p/t.csv": "id,text\ny,Peace.\n", "q/t.csv": "id,text\nx,War.\n"})
    added = add(study, "p", "q")
    assert (added.new, added.changed, added.unchanged) == ((), (), 2)


def test_a_study_moves_together_with_its_sources(study, monkeypatch, tmp_path):
    (tmp_path / "deep").mkdir()
    for name in ("study", "texts"):
        shutil.move(name, f"deep/{name}")
    before = stamps("deep/study")
    assert refresh(Path("deep/study")).unchanged == 2
    monkeypatch.chdir("deep/study/sources")
    assert add(Path(".."), "../../texts").unchanged == 2
    assert stamps(tmp_path / "deep/study").keys() == {tmp_path / path for path in before}
    monkeypatch.chdir(tmp_path)
    assert stamps("deep/study") == before


def test_other_options_read_the_files_again(study):
    write({"t.csv": "id,text,body\nx,War.,Peace.\n"})
    add(study, "t.csv")
    added = add(study, "t.csv", text_column="body")
    assert (added.new, added.changed) == ((), ("x",))
    assert documents(study)[-1] == afresh("t.csv", options=ReadOptions(text_column="body"))[1][0]
    assert texts(study)["x"] == "Peace."
    assert refresh(study).unchanged == 3
    assert add(study, "texts", language="fr").changed == ("a", "b")
    assert [document.language for document in documents(study)] == ["fr", "fr", "en"]
    assert Path("study/corpus/sources.json").read_text().count('"options"') == 2


def test_options_that_only_some_files_need_do_no_harm_when_others_change(study):
    write({"all/t.csv": "id,body\nx,War.\n", "all/y.txt": "Peace.", "all/z.html": "<p>Embargo.</p>"})
    add(study, "all", text_column="body", main_content=True, split="none")
    for name in ("y.txt", "z.html"):
        touch(f"all/{name}")
        change(f"all/{name}", "Sanctions.")
        assert refresh(study).changed == (name[0],)
    change("all/t.csv", "id,body\nx,Truce.\n")
    assert refresh(study).changed == ("x",)


def test_another_language_of_the_study_makes_its_documents_anew(study):
    assert refresh(study, "fr").changed == ("a", "b")
    assert [document.language for document in documents(study)] == ["fr", "fr"]
    assert refresh(study, "fr").changed == ()


def test_a_better_reader_reads_everything_again(study, monkeypatch):
    write({"texts/broken.txt": bytes(range(256))})
    add(study, "texts")
    write({"texts/c.txt": "War."})
    monkeypatch.setattr("rubricate.corpus.storage.record.READING", 999)
    monkeypatch.setattr("rubricate.corpus.storage.planning.READING", 999)
    monkeypatch.setattr("rubricate.corpus.storage.context.READING", 999)
    monkeypatch.setattr("rubricate.corpus.storage.recording.READING", 999)
    assert read(study) == ["a", "b"]
    assert read(study) == []
    seen = []
    monkeypatch.setattr("rubricate.corpus.storage.incoming.in_order", lambda *_: seen.append(_) or iter(()))
    assert refresh(study).skipped[0].file == "broken.txt"
    assert seen == []


# Metadata and decisions ---------------------------------------------------------------------------------


def test_a_row_of_metadata_that_changed_makes_its_document_anew_and_no_other(study):
    write({"meta.csv": "document,outlet\na,irna\nb,mehr\n"})
    add(study, "texts", metadata="meta.csv")
    change("meta.csv", "document,outlet\na,irna\nb,fars\n")
    assert read(study) == ["b"]
    assert [document.variables["outlet"] for document in documents(study)] == ["irna", "fars"]
    change("meta.csv", "outlet,document\nfars,b\nirna,a\n")
    assert read(study) == []
    change("meta.csv", "document,outlet,country\na,irna,IR\nb,fars,\n")
    assert read(study) == ["a", "b"]


def test_a_row_about_a_document_that_is_not_there_is_told_each_time(study):
    write({"meta.csv": "document,outlet\na,irna\nb,mehr\n"})
    add(study, "texts", metadata="meta.csv")
    change("meta.csv", "document,outlet\na,irna\nb,mehr\nz,fars\n")
    assert add(study, "texts", metadata="meta.csv").misfits.rows == ["z"]
    assert refresh(study).misfits.rows == ["z"]
    write({"texts/c.txt": "War."})
    assert add(study, "texts", metadata="meta.csv").misfits.rows == ["z"]
    remove_documents(study, ["a"])
    assert refresh(study).misfits.rows == ["z"]


def test_metadata_that_are_gone_are_missed_only_where_they_are_needed(study):
    write({"meta.csv": "document,outlet\na,irna\n", "more/c.txt": "War."})
    add(study, "texts", metadata="meta.csv")
    Path("meta.csv").unlink()
    assert add(study, "more").new == ("c",)
    assert refresh(study).unchanged == 3
    change("texts/a.txt", "Peace.")
    with pytest.raises(CorpusError, match=r"^meta.csv: cannot be read: no such file"):
        refresh(study)
    assert texts(study)["a"] == "No sanctions yet."


HEADER = "document,paragraph,quotation,what,value,reason\n"


@pytest.mark.parametrize(
    ("table", "rows", "anew"),
    [
        ("corrections.csv", f"{HEADER}a,p1,No sanctions,part,heading,x\n", ["a"]),
        ("corrections.csv", f"{HEADER},,No sanctions yet.,part,boilerplate,x\n", ["a", "b"]),
        ("repairs.csv", "document,before,after\nb,war,peace\n", ["b"]),
        ("repairs.csv", "document,before,after\n,war,peace\n", ["a", "b"]),
    ],
)
def test_a_row_that_a_person_writes_makes_its_documents_anew(study, table, rows, anew):
    before = sha256(study)
    write({f"study/corpus/{table}": rows})
    assert read(study) == anew
    assert sha256(study) != before
    assert read(study) == []
    write({f"study/corpus/{table}": rows.splitlines(keepends=True)[0]})
    assert read(study) == anew
    assert sha256(study) == before


def test_a_decision_that_fits_nothing_is_told_and_changes_nothing(study):
    write({"study/corpus/corrections.csv": f"{HEADER}a,p1,Peace,part,heading,x\n"})
    before = stamps(study)
    with pytest.raises(
        CorpusError, match=r"^study/corpus/corrections.csv: line 2: document 'a': no paragraph"
    ):
        refresh(study)
    assert stamps(study) == before


# What vanished ------------------------------------------------------------------------------------------


def test_a_source_that_is_gone_is_told_and_its_document_stays(study):
    Path("texts/a.txt").unlink()
    before = stamps(study)
    for added in (add(study, "texts"), add(study, "."), refresh(study)):
        assert added.gone == ("texts/a.txt",)
    assert add(study, "texts/b.txt").gone == ()
    assert stamps(study) == before
    assert list(texts(study)) == ["a", "b"]
    remove_documents(study, ["a"])
    assert refresh(study).gone == ()


def test_a_document_whose_source_is_gone_can_still_be_made_anew(study):
    Path("texts/a.txt").unlink()
    write({"study/corpus/repairs.csv": "document,before,after\na,yet,ever\n"})
    assert refresh(study).changed == ("a",)
    assert texts(study)["a"] == "No sanctions ever."


@pytest.fixture
def table(study):
    """The study, with a table of two rows too."""
    write({"t.csv": "id,text\nx,War.\ny,Peace.\n"})
    add(study, "t.csv")
    return study


def test_a_row_that_vanished_from_a_table_is_told_and_its_document_stays(table):
    change("t.csv", "id,text\nx,War!\n")
    for added in (add(table, "t.csv"), add(table, "t.csv"), refresh(table)):
        assert added.vanished == ("y",)
    assert texts(table)["y"] == "Peace."
    before = stamps(table)
    write({"study/corpus/repairs.csv": "document,before,after\n"})
    assert read(table) == []
    change("t.csv", "id,text\nx,War!\ny,Peace.\n")
    assert refresh(table).vanished == ()
    assert stamps(table) != before


def test_decisions_about_a_document_that_vanished_do_nothing(table):
    change("t.csv", "id,text\nx,War!\n")
    refresh(table)
    write({"study/corpus/repairs.csv": "document,before,after\n,Peace,Truce\n"})
    assert read(table) == ["a", "b", "x"]
    assert read(table) == []
    assert texts(table)["y"] == "Peace."


def test_a_document_that_vanished_can_be_removed_and_come_from_another_file(table):
    change("t.csv", "id,text\nx,War!\n")
    refresh(table)
    write({"u.csv": "id,text\ny,Truce.\n"})
    added = add(table, "u.csv")
    assert (added.new, added.changed, added.vanished) == ((), ("y",), ())
    assert texts(table)["y"] == "Truce."


def test_a_document_that_moves_from_one_file_to_another_needs_a_word(table):
    change("t.csv", "id,text\nx,War.\n")
    write({"u.csv": "id,text\ny,Peace.\n"})
    before = stamps(table)
    with pytest.raises(CorpusError) as raised:
        add(table, "t.csv", "u.csv")
    assert str(raised.value) == (
        "document 'y' is in two files, t.csv and u.csv; rename one, or take it out of the corpus first: "
        "rubricate corpus remove y"
    )
    assert stamps(table) == before
    remove_documents(table, ["y"])
    assert add(table, "t.csv", "u.csv").new == ("y",)
    assert refresh(table).unchanged == 4
    with pytest.raises(CorpusError, match=r"^document 'y' is no longer in its source$"):
        restore_documents(table, ["y"])


def test_a_table_that_is_empty_now_loses_nothing(table):
    change("t.csv", "id,text\n")
    added = refresh(table)
    assert (added.outdated, added.vanished) == (("x", "y"), ())
    assert [skip.reason for skip in added.skipped] == ["has a header but no rows"]
    assert texts(table)["x"] == "War."
    assert Path("study/sources/t.csv").read_text() == "id,text\nx,War.\ny,Peace.\n"
