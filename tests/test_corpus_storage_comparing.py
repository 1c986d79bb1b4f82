"""A corpus is compared with its sources: every difference is told, and every document with its repairs undone
is its source.
"""

from pathlib import Path

import pytest

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.storage.adding import refresh
from rubricate.corpus.storage.comparing import Difference, compare_document, compare_sources
from rubricate.corpus.storage.removing import remove_documents
from rubricate.corpus.storage.replacing import settled
from tests.studies import TEXTS, add, change, documents, new_study, stamps, touch, write
from tests.test_corpus_storage_adding import FAMILIES, FORMATS


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(TEXTS)
    study = new_study()
    add(study, "texts")
    return study


def differences(study):
    return [(one.file, one.what) for one in compare_sources(study)[0]]


def test_nothing_differs_at_first(study):
    before = stamps(study)
    touch("texts/a.txt")
    assert compare_sources(study) == ([], 2)
    assert stamps(study) == before


def test_an_empty_study_has_nothing_to_compare(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    study = new_study()
    assert compare_sources(study) == ([], 0)
    with pytest.raises(CorpusError, match=r"^there is no document 'a'; the corpus is empty$"):
        compare_document(study, "a")


def test_what_changed_or_went_is_told(study):
    write({"meta.csv": "document,outlet\na,irna\n", "t.csv": "id,text\nx,War.\ny,Peace.\n"})
    add(study, "texts", metadata="meta.csv")
    add(study, "t.csv")
    change("t.csv", "id,text\nx,War.\n")
    refresh(study)
    change("texts/a.txt", "War.")
    Path("texts/b.txt").unlink()
    Path("meta.csv").unlink()
    Path("study/sources/a.txt").write_text("Something else.")
    Path("study/sources/b.txt").unlink()
    assert compare_sources(study) == (
        [
            Difference("texts/a.txt", "was changed; rubricate corpus add reads it again"),
            Difference("texts/b.txt", "is gone"),
            Difference("study/sources/a.txt", "the copy was changed; put it back"),
            Difference("study/sources/b.txt", "the copy is gone; put it back"),
            Difference("meta.csv", "the metadata are gone; put them back"),
            Difference("y", "is no longer in its source; rubricate corpus remove takes it out"),
        ],
        3,
    )


def test_a_source_of_which_nothing_is_left_may_go(study):
    remove_documents(study, ["a"])
    Path("texts/a.txt").unlink()
    Path("study/sources/a.txt").unlink()
    assert compare_sources(study) == ([], 1)


def test_a_file_that_could_not_be_read_is_as_it_was(study):
    write({"texts/a.txt": bytes(range(256)), "texts/x.txt": bytes(range(256))})
    touch("texts/a.txt")
    refresh(study)
    add(study, "texts")
    assert compare_sources(study) == ([], 3)
    assert compare_document(study, "a").whole
    change("texts/x.txt", "War.")
    assert differences(study) == [("texts/x.txt", "was changed; rubricate corpus add reads it again")]


def test_what_lies_in_sources_is_told_once(study):
    write({"study/sources/x.txt": "War."})
    add(study, "study/sources/x.txt")
    change("study/sources/x.txt", "Peace.")
    assert differences(study) == [("study/sources/x.txt", "was changed; rubricate corpus add reads it again")]


def test_a_source_that_cannot_be_opened_is_told(study):
    Path("texts/a.txt").unlink()
    Path("texts/a.txt").mkdir()
    assert differences(study) == [("texts/a.txt", "cannot be read: is a directory")]


@pytest.mark.parametrize("name", FAMILIES)
def test_nothing_of_a_document_of_any_format_is_missing(study, name):
    add(study, str(FORMATS / name))
    for document in documents(study):
        found = compare_document(study, document.id)
        assert (found.document, found.whole, found.missing) == (document, True, "")


def test_repairs_and_corrections_are_undone(study):
    text = "The co-\noperation of states.\n\nCooperation,\x07 they said; cooperation.\n\nPage 3\n\nYes.\n"
    write({"c.txt": text, "study/corpus/repairs.csv": "document,before,after\n,states,powers and states\n"})
    write(
        {
            "study/corpus/corrections.csv": "document,paragraph,quotation,what,value,reason\n"
            "c,p4,Yes.,border,join,it goes on\n"
        }
    )
    add(study, "c.txt")
    found = compare_document(study, "c")
    assert found.document.repairs
    assert "powers and states" in found.document.text
    assert (found.source, found.whole) == (text, True)


def test_options_that_a_file_has_no_use_for_do_no_harm(study):
    write({"all/t.csv": "id,body\nx,War.\n", "all/y.txt": "Peace.", "all/z.html": "<p>Embargo.</p>"})
    add(study, "all", text_column="body", main_content=True, split="none")
    assert [compare_document(study, name).whole for name in "xyz"] == [True] * 3


def test_a_document_that_is_not_from_its_source_is_told(study, monkeypatch):
    monkeypatch.setattr(
        "rubricate.corpus.storage.comparing.undo", lambda text, _: text.replace("yet", "/war")
    )
    found = compare_document(study, "a")
    assert (found.whole, found.missing) == (
        False,
        "3 characters of the source are missing and 4 are not from it, from “Nosanctionsyet.” on",
    )


def test_a_document_whose_copy_is_damaged_cannot_be_compared(study):
    Path("study/sources/a.txt").write_text("War.")
    with pytest.raises(CorpusError) as raised:
        compare_document(study, "a")
    assert str(raised.value) == "study/sources/a.txt: the study's copy of a source was changed; put it back"


def test_a_document_that_vanished_cannot_be_compared(study):
    write({"t.csv": "id,text\nx,War.\ny,Peace.\n"})
    add(study, "t.csv")
    change("t.csv", "id,text\nx,War.\n")
    refresh(study)
    with pytest.raises(
        CorpusError, match=r"^document 'y' is no longer in its source; its earlier text is kept$"
    ):
        compare_document(study, "y")


def test_new_files_that_were_not_moved_into_place_yet_are_what_is_compared(study):
    with settled(study):
        pass
    change("texts/a.txt", "War.")
    refresh(study)
    Path("study/corpus/.ready/corpus").mkdir(parents=True)
    Path("study/corpus/sources.json").rename("study/corpus/.ready/corpus/sources.json")
    assert compare_sources(study) == ([], 2)
