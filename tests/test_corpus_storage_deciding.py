"""Documents are removed and put back, paragraphs are corrected: decisions hold, and wrong ones do nothing."""

from pathlib import Path

import pytest

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.storage.adding import refresh, restore_documents
from rubricate.corpus.storage.deciding import add_correction
from rubricate.corpus.storage.removing import remove_documents
from rubricate.corpus.storage.stored import Store
from tests.command import contents
from tests.studies import TEXTS, add, afresh, change, documents, new_study, sha256, stamps, texts, write

HEADER = "document,paragraph,quotation,what,value,reason\n"
LONG = "Peace is near.\n\nThe Council met again on Friday to talk about sanctions. No one spoke.\n\nShare\n"


@pytest.fixture
def study(tmp_path, monkeypatch):
    """A study with the documents a, b and long."""
    monkeypatch.chdir(tmp_path)
    write({**TEXTS, "texts/long.txt": LONG})
    study = new_study()
    add(study, "texts")
    return study


def refused(study, message, work, *arguments):
    before = contents(study)
    with pytest.raises(CorpusError) as raised:
        work(study, *arguments)
    assert str(raised.value) == message
    assert contents(study) == before


# Removing -----------------------------------------------------------------------------------------------


def test_a_removed_document_is_gone_and_stays_so(study):
    assert remove_documents(study, ["b", "a", "b"]) == ["a", "b"]
    assert list(texts(study)) == ["long"]
    assert sha256(study) == afresh("texts/long.txt")[0]
    assert add(study, "texts").unchanged == 3
    change("texts/a.txt", "War.")
    added = add(study, "texts")
    assert (added.new, added.changed, added.left_out) == ((), (), ("a",))
    assert list(texts(study)) == ["long"]
    assert refresh(study).left_out == ()


def test_a_removed_document_can_be_put_back_as_its_source_is_now(study):
    before = sha256(study)
    remove_documents(study, ["a", "b"])
    assert restore_documents(study, ["b", "a", "a"]).new == ("a", "b")
    assert sha256(study) == before
    remove_documents(study, ["a"])
    change("texts/a.txt", "War.")
    refresh(study)
    assert restore_documents(study, ["a"]).new == ("a",)
    assert texts(study)["a"] == "War."


def test_one_row_of_a_table_is_removed_and_put_back(study):
    write({"t.csv": "id,text\nx,War.\ny,Peace.\nz,Truce.\n"})
    add(study, "t.csv")
    remove_documents(study, ["x", "z"])
    assert [one for one in texts(study) if len(one) == 1] == ["a", "b", "y"]
    added = restore_documents(study, ["z"])
    assert (added.new, added.changed, added.left_out) == (("z",), (), ("x",))


def test_all_documents_may_be_removed(study):
    remove_documents(study, list(texts(study)))
    assert texts(study) == {}
    assert refresh(study).unchanged == 3
    assert restore_documents(study, ["long"]).new == ("long",)


def test_ids_are_the_same_however_their_accents_are_spelled(study):
    write({"texts/\u00e9.txt": "War."})
    add(study, "texts")
    assert remove_documents(study, ["e\u0301"]) == ["\u00e9"]
    assert restore_documents(study, ["e\u0301"]).new == ("\u00e9",)


def test_what_is_not_there_is_not_removed(study):
    refused(study, "there is no document 'lang'; there are long", remove_documents, ["a", "lang"])
    refused(study, "there is no document 'zz'; there are a, b, long", remove_documents, ["zz"])
    refused(study, "document 'a' was not removed; none was", restore_documents, ["a"])
    remove_documents(study, ["b"])
    refused(study, "document 'a' was not removed; removed are b", restore_documents, ["a"])


def test_nothing_can_be_removed_from_an_empty_study(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    refused(new_study(), "there is no document 'a'; the corpus is empty", remove_documents, ["a"])


# Correcting ---------------------------------------------------------------------------------------------


def paragraphs(study, name="long"):
    with Store(study) as store:
        document = store.document(name)
    return [(one.part, document.text[one.start : one.end]) for one in document.paragraphs]


def table(study):
    return (study / "corpus/corrections.csv").read_text("utf-8")


def test_a_part_is_decided(study):
    row, changed = add_correction(study, "long#p3", "part", "caption", "a button")
    assert (row.document, row.number, row.quotation, changed) == ("long", 3, "Share", ("long",))
    assert table(study) == f"{HEADER}long,p3,Share,part,caption,a button\n"
    assert paragraphs(study)[2] == ("caption", "Share")
    assert refresh(study).changed == ()


def test_a_title_is_decided(study):
    add_correction(study, "long#p1", "title", "", "it is")
    add_correction(study, "b#p1", "title", "On war", "so it is called")
    assert [(one.id, one.title) for one in documents(study)] == [
        ("a", ""),
        ("b", "On war"),
        ("long", "Peace is near."),
    ]


def test_borders_are_decided_one_after_the_other(study):
    add_correction(study, "long#p2", "border", "join", "one paragraph")
    assert [text for _, text in paragraphs(study)] == [
        "Peace is near. The Council met again on Friday to talk about sanctions. No one spoke.",
        "Share",
    ]
    add_correction(study, "long#p2", "part", "caption", "a button")  # which is the third of the source
    assert paragraphs(study)[1] == ("caption", "Share")
    add_correction(study, "long#p1", "part", "abstract", "it is")
    assert table(study) == (
        f"{HEADER}long,p2,The Council met again on Friday to talk …,border,join,one paragraph\n"
        "long,p3,Share,part,caption,a button\n"
        "long,p1,Peace is near.,part,abstract,it is\n"
    )
    assert [part for part, _ in paragraphs(study)] == ["abstract", "caption"]


def test_a_paragraph_that_was_split_off_can_be_decided_about(study):
    add_correction(study, "long#p2", "border", "split: No one", "another thought")
    add_correction(study, "long#p3", "part", "footnote", "below a picture")
    assert paragraphs(study)[2] == ("footnote", "No one spoke.")
    assert table(study).splitlines()[2] == "long,p2,No one spoke.,part,footnote,below a picture"
    add_correction(study, "long#p4", "part", "caption", "a button")
    assert table(study).splitlines()[3] == "long,p3,Share,part,caption,a button"


def test_a_row_joins_those_that_are_there_in_their_own_form(study):
    forms = {
        "semicolons": ("Reason;what;value;quotation;paragraph;document;note\r\n", "utf-8-sig", "\r\n", ";"),
        "tabs": (HEADER.replace(",", "\t"), "utf-16", "\n", "\t"),
        "no last line end": (HEADER.strip(), "utf-8", "\n", ","),
        "blank": ("\n", "utf-8", "\n", ","),
    }
    for header, encoding, end, mark in forms.values():
        path = study / "corpus/corrections.csv"
        path.write_bytes(header.encode(encoding))
        add_correction(study, "long#p3", "part", "caption", "a „button“")
        assert paragraphs(study)[2] == ("caption", "Share")
        last = path.read_bytes().decode(encoding).split(end)[-2]
        assert sorted(filter(None, last.split(mark))) == sorted(
            ["long", "p3", "Share", "part", "caption", "a „button“"]
        )


def test_letters_that_the_table_cannot_hold_are_told(study):
    rows = f"{HEADER}b,p1,An arms embargo,part,heading,café trŏp\n".replace("ŏ", "o").encode("cp1252")
    (study / "corpus/corrections.csv").write_bytes(rows)
    refused(
        study,
        "study/corpus/corrections.csv: is in cp1252, which lacks letters of this row; save it as UTF-8",
        add_correction,
        "long#p3",
        "part",
        "caption",
        "دکمه",
    )


MISTAKES = {
    "no such document": ("lang#p1 part body x", "there is no document 'lang'; there are long"),
    "no such paragraph": ("long#p4 part body x", "'long#p4' is no paragraph; long has long#p1 to long#p3"),
    "no paragraph": ("long part body x", "'long' is no paragraph; long has long#p1 to long#p3"),
    "no number": ("long#px part body x", "'long#px' is no paragraph; long has long#p1 to long#p3"),
    "number 0": ("long#p0 part body x", "'long#p0' is no paragraph; long has long#p1 to long#p3"),
    "no such thing": ("long#p1 colour red x", "what is 'colour'; write one of part, border, title"),
    "no such part": (
        "long#p1 part tail x",
        "'tail' is no part; write one of title, abstract, body, list, caption, table, footnote, heading, "
        "references, boilerplate",
    ),
    "no such border": (
        "long#p1 border cut x",
        "value is 'cut'; write join, or split: and the first words of the new paragraph",
    ),
    "nothing before": (
        "long#p1 border join x",
        "document 'long': there is no paragraph before the first; remove this row",
    ),
    "no such words": (
        "long#p2 border split:war x",
        "document 'long': the paragraph does not have “war”; quote other words to split before",
    ),
    "decided already": (
        "a#p1 part body x",
        "document 'a': the part of this paragraph is decided in line 2; keep one",
    ),
    "the same again": ("a#p1 part heading x", "the same was already decided in line 2; keep one row"),
}


@pytest.mark.parametrize("before", [f"{HEADER}a,p1,No sanctions yet.,part,heading,x\n".replace("\n", "\r\n")])
@pytest.mark.parametrize(("arguments", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_wrong_decision_leaves_everything_as_it_was(study, before, arguments, message):
    (study / "corpus/corrections.csv").write_bytes(before.encode())
    refresh(study)
    refused(study, message, add_correction, *arguments.split())


def test_a_wrong_decision_makes_no_table(study):
    refused(
        study, "what is 'colour'; write one of part, border, title", add_correction, "a#p1", "colour", "", "x"
    )
    assert not (study / "corpus/corrections.csv").exists()


def test_a_mistake_in_the_table_is_told_with_its_line(study):
    (study / "corpus/corrections.csv").write_text(f"{HEADER}a,p1,No,tint,red,x\n")
    refused(
        study,
        "study/corpus/corrections.csv: line 2: what is 'tint'; write one of part, border, title",
        add_correction,
        *"long#p3 part caption x".split(),
    )


def test_a_decision_is_written_together_with_what_it_changes_or_not_at_all(study, monkeypatch):
    before = contents(study)

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("rubricate.corpus.storage.incoming.make_documents", stop)
    with pytest.raises(KeyboardInterrupt):
        add_correction(study, "long#p3", "part", "caption", "x")
    assert contents(study) == before


def test_a_decision_that_changes_nothing_is_kept(study):
    before = sha256(study)
    _, changed = add_correction(study, "b#p1", "border", "split: Then", "two thoughts")
    assert changed == ("b",)
    (study / "corpus/corrections.csv").unlink()
    refresh(study)
    assert sha256(study) == before


def test_a_decision_needs_the_copy_and_not_the_source(study):
    Path("texts/long.txt").unlink()
    add_correction(study, "long#p3", "part", "caption", "x")
    before = stamps(study)
    Path("study/sources/long.txt").write_text("Something else.")
    before = stamps(study)
    with pytest.raises(
        CorpusError, match=r"^study/sources/long.txt: the study's copy of a source was changed; put"
    ):
        add_correction(study, "long#p1", "part", "heading", "x")
    assert stamps(study) == before


def test_a_damaged_copy_is_made_anew_where_its_source_is_as_it_was(study):
    for damage in (Path.unlink, lambda path: path.write_text("Something else.")):
        damage(Path("study/sources/long.txt"))
        (study / "corpus/corrections.csv").unlink(missing_ok=True)
        refresh(study)
        add_correction(study, "long#p3", "part", "caption", "x")
        assert Path("study/sources/long.txt").read_text() == LONG
