"""Sources become a stored corpus: what is stored is what is read, whatever the sources are."""

import gzip
import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.storage.adding import refresh
from rubricate.corpus.storage.stored import Store, read_summary
from tests.command import CODEBOOK, contents, rubricate
from tests.studies import TEXTS, add, afresh, documents, names, new_study, sha256, texts, touch, write

FORMATS = Path(__file__).parent / "data" / "formats"
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.fixture(autouse=True)
def study(tmp_path, monkeypatch):
    """A new study, and two texts in a folder beside it."""
    monkeypatch.chdir(tmp_path)
    write(TEXTS)
    return new_study()


# What is stored -----------------------------------------------------------------------------------------


def test_a_folder_is_added(study):
    added = add(study, "texts")
    assert (added.new, added.changed, added.unchanged) == (("a", "b"), (), 0)
    assert texts(study) == {"a": "No sanctions yet.", "b": "An arms embargo. Then war."}
    assert read_summary(study) == {"documents": 2, "words": 8, "sha256": afresh("texts")[0]}
    assert names("study/sources") == ["a.txt", "b.txt"]
    assert names("study/corpus") == [
        "cleaning.parquet",
        "corpus.json",
        "documents.parquet",
        "paragraphs.parquet",
        "sentences.parquet",
        "skipped.csv",
        "sources.json",
        "vocabulary.parquet",
        "words.arrow",
    ]
    assert Path("study/corpus/skipped.csv").read_text() == "file,document,reason\n"


def test_an_empty_study_has_no_documents(study):
    assert texts(study) == {}
    assert read_summary(study) == {"documents": 0, "words": 0, "sha256": EMPTY}
    assert refresh(study).new == ()
    assert names(study) == ["codebook.yaml", "study.toml"]


def test_a_study_whose_empty_folders_git_left_out_is_none_the_worse(study):
    shutil.rmtree("study/corpus")
    shutil.rmtree("study/sources")
    assert (refresh(study).new, texts(study)) == ((), {})
    assert add(study, "texts").new == ("a", "b")


SOURCES = {
    "a file": ("one.txt", {"one.txt": "War."}, {"one": "War."}),
    "a packed file": ("one.txt.gz", {"one.txt.gz": gzip.compress(b"War.")}, {"one": "War."}),
    "a table": ("t.csv", {"t.csv": "id,text,outlet\nx,War.,irna\ny,Peace.,\n"}, {"x": "War.", "y": "Peace."}),
    "a glob": ("*/?.md", {"m/x.md": "War.", "m/y.txt": "Peace."}, {"m/x": "War."}),
    "any script": (
        "متن",
        {"متن/تحریم.txt": "جنگ.", "متن/制裁.txt": "戦争。"},
        {"تحریم": "جنگ.", "制裁": "戦争。"},
    ),
    "a bundle": (
        "b.txt",
        {"b.txt": (FORMATS / "bundle_speeches.txt").read_bytes()},
        None,
    ),
}


@pytest.mark.parametrize(("argument", "files", "expected"), SOURCES.values(), ids=SOURCES)
def test_documents_are_stored_as_they_are_read(study, argument, files, expected):
    write(files)
    add(study, argument)
    hashed, found = afresh(argument)
    assert documents(study) == found
    assert sha256(study) == hashed
    assert texts(study) == {one.id: one.text for one in found}
    if expected:
        assert texts(study) == expected


FAMILIES = (
    "bundle_nexis_newer.txt",
    "docx_note.docx",
    "epub_libreoffice.epub",
    "html_news.html",
    "jsonl_speeches.jsonl",
    "odt_note.odt",
    "ods_speeches.ods",
    "parquet_speeches.parquet",
    "pdf_chromium.pdf",
    "pdf_persian.pdf",
    "rtf_embargo.rtf",
    "srt_interview.srt",
    "vtt_debate.vtt",
    "xls_speeches.xls",
    "xlsx_speeches.xlsx",
)


@pytest.mark.parametrize("name", FAMILIES)
def test_a_document_of_any_format_is_stored_as_it_is_read(study, name):
    add(study, str(FORMATS / name))
    hashed, found = afresh(str(FORMATS / name))
    assert documents(study) == found
    assert sha256(study) == hashed


def test_the_hash_of_the_corpus_is_that_of_a_coding_pass_over_the_same_sources(study):
    write({"codebook.yaml": CODEBOOK, "meta.csv": "document,outlet\na,irna\n"})
    add(study, "texts", metadata="meta.csv")
    result = rubricate("apply", "codebook.yaml", "texts", "--metadata", "meta.csv", "--out", "out")
    assert result.exit_code == 0
    assert json.loads(Path("out/pass.json").read_text())["corpus"] == {
        "sha256": sha256(study),
        "documents": 2,
    }


def rows(table):
    return pq.read_table(f"study/corpus/{table}.parquet").to_pylist()


def test_the_tables_say_where_paragraphs_and_sentences_are(study):
    write({"texts/c.md": "# War\n\nPeace at last. “No war!” he said.\n"})
    add(study, "texts")
    found = {(one["document"], one["number"]): one for one in rows("paragraphs")}
    assert (found["c", 1]["part"], found["c", 1]["reason"]) == ("heading", "")
    assert found["c", 2]["heading"] == "War"
    whole = texts(study)
    assert [whole[one["document"]][one["start"] : one["end"]] for one in rows("paragraphs")] == [
        "No sanctions yet.",
        "An arms embargo. Then war.",
        "War",
        "Peace at last. “No war!” he said.",
    ]
    assert [
        (one["document"], one["paragraph"], whole[one["document"]][one["start"] : one["end"]])
        for one in rows("sentences")
    ] == [
        ("a", 1, "No sanctions yet."),
        ("b", 1, "An arms embargo."),
        ("b", 1, "Then war."),
        ("c", 1, "War"),
        ("c", 2, "Peace at last."),
        ("c", 2, "“No war!” he said."),
    ]


def test_the_table_of_cleaning_has_every_repair(study):
    write({"texts/c.txt": "The co-\noperation of non-\naligned states and cooperation."})
    add(study, "texts")
    assert [(one["document"], one["kind"], one["before"], one["after"]) for one in rows("cleaning")] == [
        ("c", "hyphen", "-\n", ""),
        ("c", "hyphen", "-\n", "-"),
    ]
    assert [tuple(one.values())[1:] for one in rows("cleaning")] == [
        tuple(repair) for document in documents(study) for repair in document.repairs
    ]


def test_a_document_without_a_paragraph_is_kept(study):
    write({"t.csv": "id,text\nx,\x0c\x01\ny,War.\n"})
    add(study, "t.csv")
    assert documents(study) == afresh("t.csv")[1]


def test_variables_come_from_metadata_and_names(study):
    write({"meta.csv": "document,outlet\na,irna\nz,mehr\n", "texts/2015_c.txt": "War."})
    added = add(study, "texts", metadata="meta.csv", name_pattern="{year}_{}.txt")
    assert {document.id: dict(document.variables) for document in documents(study)} == {
        "2015_c": {"outlet": "", "year": "2015"},
        "a": {"outlet": "irna", "year": ""},
        "b": {"outlet": "", "year": ""},
    }
    assert added.misfits.rows == ["z"]
    assert added.misfits.documents == ["2015_c", "b"]
    assert list(added.misfits.names) == ["a.txt", "b.txt"]


def test_a_row_is_about_documents_of_any_addition(study):
    write({"meta.csv": "document,outlet\na,irna\nb,mehr\n"})
    assert add(study, "texts/a.txt", metadata="meta.csv").misfits.rows == ["b"]
    assert add(study, "texts/b.txt", metadata="meta.csv").misfits.rows == []
    assert add(study, "texts/b.txt", metadata="meta.csv").misfits.rows == []


def test_an_entry_of_a_bibliography_is_about_the_file_it_names(study):
    write({"lit.bib": "@article{smith2019, title={On War}, file={:texts/a.txt:}, year={2019}}"})
    add(study, "texts", metadata="lit.bib")
    assert [(one.id, one.title, one.citekey) for one in documents(study)] == [
        ("a", "On War", "smith2019"),
        ("b", "", ""),
    ]


def test_the_language_of_the_study_is_that_of_documents_without_a_sure_one(study):
    add(study, "texts", fallback="fr")
    assert [document.language for document in documents(study)] == ["fr", "fr"]


# What is refused ----------------------------------------------------------------------------------------


def refused(study, message, *arguments, **options):
    before = contents(".")
    with pytest.raises(CorpusError) as raised:
        add(study, *arguments, **options)
    assert str(raised.value) == message
    assert contents(".") == before


def test_two_files_with_one_id_are_refused_together_and_apart(study):
    write({"other/a.txt": "Peace."})
    before = contents(".")
    with pytest.raises(CorpusError, match=r"^document 'a' is in two files, texts/a.txt and other"):
        add(study, "texts", "other")
    assert contents(".") == before
    add(study, "texts")
    refused(
        study,
        "document 'a' is in two files, texts/a.txt and other/a.txt; rename one, or take it out of the corpus "
        "first: rubricate corpus remove a",
        "other",
    )


def test_two_files_with_one_id_are_refused_however_they_are_read(study):
    write({"t.csv": "id,text\na,War.\n", "u.csv": "id,text\na,War.\n"})
    add(study, "texts")
    refused(
        study,
        "document 'a' is in two files, texts/a.txt and t.csv; rename one, or take it out of the corpus first"
        ": rubricate corpus remove a",
        "t.csv",
    )


def test_ids_that_only_unicode_can_tell_apart_are_refused(study):
    write({"t.csv": "id,text\n\u00e9,War.\n", "u.csv": "id,text\ne\u0301,War.\n"})
    add(study, "t.csv")
    refused(
        study,
        "two documents look the same, '\u00e9' in t.csv and u.csv; rename one, or take it out of the corpus "
        "first: rubricate corpus remove \u00e9",
        "u.csv",
    )


def test_two_tables_may_have_one_name(study):
    write({"m/t.csv": "id,text\nx,War.\ny,\n", "n/t.csv": "id,text\nz,Peace.\nv,\n"})
    added = add(study, "m", "n")
    assert texts(study) == {"x": "War.", "z": "Peace."}
    assert names("study/sources") == ["2-t.csv", "t.csv"]
    assert [(skip.file, skip.document) for skip in added.skipped] == [("t.csv", "v"), ("t.csv", "y")]
    write({"m/t.csv": "id,text\nx,War.\n"})
    touch("m/t.csv")
    assert [skip.document for skip in add(study, "m", "n").skipped] == ["v"]


MISTAKES = {
    "no source": ((), "no SOURCE: name a file, a folder or a glob"),
    "nothing there": (("none.txt",), "none.txt: no such file or folder; check the path"),
    "standard input": (("-",), "standard input cannot be kept in a study; save it as a file and add that"),
    "an unknown format": (("scan.exe",), "scan.exe: .exe files cannot be read; known formats: "),
    "a binary file": (("binary.txt",), "binary.txt: looks like a binary file, not text"),
    "only unreadable files": (("binary",), "no document could be read; b.txt: looks like a binary file"),
    "a column without a table": (("texts", {"text_column": "body"}), "--text-column: no table is among"),
    "an article without a page": (("texts", {"main_content": True}), "--main-content: no web page is among"),
    "no such encoding": (("texts", {"encoding": "klingon"}), "--encoding: 'klingon' is not a known"),
    "missing metadata": (("texts", {"metadata": "none.csv"}), "none.csv: cannot be read: no such file"),
    "what was decided": (("study/corpus",), "study/corpus/corrections.csv: is a part of the study"),
}


@pytest.mark.parametrize(("arguments", "message"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_and_changes_nothing(study, arguments, message):
    write({"binary.txt": bytes(range(256)), "binary/b.txt": bytes(range(256)), "scan.exe": b"MZ"})
    write({"study/corpus/corrections.csv": "document,paragraph,quotation,what,value,reason\n"})
    *sources, options = arguments if arguments and isinstance(arguments[-1], dict) else (*arguments, {})
    before = contents(".")
    with pytest.raises(CorpusError) as raised:
        add(study, *sources, **options)
    assert str(raised.value).startswith(message)
    assert contents(".") == before


# Row groups and damage -----------------------------------------------------------------------------------


def test_many_documents_have_many_row_groups(study, monkeypatch):
    monkeypatch.setattr("rubricate.corpus.storage.writing.BATCH", 20)
    write({"t.csv": "id,text\n" + "".join(f"d{number},War {number}.\n" for number in range(20))})
    add(study, "t.csv")
    with Store(study) as store:
        assert [len(group.documents) for group in store.groups] == [3, 2, 2, 2, 2, 3, 3, 3]
        assert store.document("d7").text == "War 7."
        assert [row["document"] for row in store.rows()] == [document.id for document in store.documents()]
    assert sha256(study) == afresh("t.csv")[0]


def test_damaged_tables_are_told_and_can_be_made_anew(study):
    add(study, "texts")
    before = sha256(study)
    Path("study/corpus/paragraphs.parquet").write_bytes(b"PAR1")
    with pytest.raises(CorpusError, match=r"^study/corpus: its tables are damaged; delete the .par"):
        add(study, "texts")
    for path in Path("study/corpus").glob("*.[pj]*"):
        path.unlink()
    assert add(study, "texts").new == ("a", "b")
    assert sha256(study) == before
    assert names("study/sources") == ["a.txt", "b.txt"]


def test_a_table_damaged_in_its_middle_is_told(study):
    add(study, "texts")
    path = Path("study/corpus/documents.parquet")
    data = path.read_bytes()
    path.write_bytes(data[:4] + bytes(len(data) // 2) + data[4 + len(data) // 2 :])
    with pytest.raises(CorpusError, match=r"^study/corpus: its tables are damaged"):
        documents(study)


def test_damaged_records_are_told(study):
    add(study, "texts")
    Path("study/corpus/sources.json").write_text("{")
    with pytest.raises(CorpusError, match=r"^study/corpus/sources.json: is damaged; take it back"):
        add(study, "texts")
    Path("study/corpus/sources.json").write_text("{}")
    with pytest.raises(CorpusError, match=r"^study/corpus/sources.json: was written by another version"):
        add(study, "texts")
    Path("study/corpus/corpus.json").write_text("{")
    with pytest.raises(CorpusError, match=r"^study/corpus/corpus.json: is damaged"):
        read_summary(study)
