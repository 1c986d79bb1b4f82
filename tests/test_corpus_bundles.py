import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.corpus.document import Block, Source
from rubricate.corpus.errors import CorpusError, FileError
from rubricate.corpus.making import make_document
from rubricate.corpus.readers.bundles.splitting import (
    check_split,
    split_blocks,
    split_sources,
    split_text,
)
from rubricate.corpus.readers.raw import RawFile, ReadOptions, Skipped
from tests.bundles import FORMATS, read_fixture
from tests.sources import read


def ids_and_texts(name, content, **options):
    return [(document.id, document.text) for document in read(name, content, **options)]


def test_a_file_is_cut_before_each_line_that_matches():
    documents, skipped = read_fixture("bundle_speeches.txt", split=r"^Speech \d+$|first sitting")
    assert skipped == []
    assert [(document.id, document.text) for document in documents] == [
        ("bundle_speeches-000", "Debates of the Harbour Assembly\n\nSitting 1"),
        ("bundle_speeches-001", "Speech 12 of the first sitting\n\nThe assembly thanked the envoy."),
        ("bundle_speeches-002", "\fSpeech 13\n\nNobody answered.   \n\nSpeech 14 was never given.\n"),
    ]


def test_blank_lines_before_the_first_match_are_no_document():
    assert ids_and_texts("a.txt", "\n\n# A\nx\n# B\n", split="^#") == [
        ("a-001", "# A\nx"),
        ("a-002", "# B\n"),
    ]


def test_a_bundle_of_one_keeps_the_name_of_its_file():
    assert ids_and_texts("a.txt", "# A\nx\n", split="^#") == [("a", "# A\nx\n")]


def test_ids_have_digits_enough_to_sort_in_the_order_of_the_file():
    ids = [document.id for document in read("a.txt", "# x\n" * 1000, split="^#")]
    assert (ids[0], ids[-1]) == ("a-0001", "a-1000")
    assert ids == sorted(ids)


@given(st.lists(st.sampled_from(["# a", "", "b", " # c", "\fd"]), min_size=1, max_size=12))
def test_the_documents_are_the_file_cut_in_pieces(lines):
    text = "\n".join(lines)
    if not any(line.startswith("#") for line in lines):
        return
    pieces = [document.text for document in read("a.txt", text, split="^#")]
    assert "\n".join(pieces).strip("\n") == text.strip("\n")


def test_a_regex_that_matches_no_line_is_an_error_that_names_the_option():
    with pytest.raises(FileError) as error:
        read("a.txt", "# A\n", split="^Speech")
    assert str(error.value) == (
        "a.txt: --split: no line matches '^Speech'; write a regex that each document's first line matches"
    )


WRONG = {
    "(a": "--split: '(a' is not a regex: missing ): (a; correct it",
    "(?=a)": "--split: '(?=a)' is not a regex: invalid perl operator: (?=; correct it",
    "x*": "--split: 'x*' matches an empty line too; write what only a first line has",
    "a" * 2001: "--split: a regex of 2001 characters; the longest allowed has 2000",
}


@pytest.mark.parametrize(("split", "told"), WRONG.items(), ids=["bracket", "lookahead", "empty", "long"])
def test_a_wrong_regex_is_an_error_of_one_line(split, told):
    for function in (check_split, lambda split: read("a.txt", "text", split=split)):
        with pytest.raises(CorpusError) as error:
            function(split)
        assert str(error.value) == told


def test_none_leaves_a_download_whole():
    (document,) = read("a.txt", (FORMATS / "bundle_nexis_newer.txt").read_bytes(), split="none")
    assert (document.id, document.variables) == ("a", {})
    assert document.text == (FORMATS / "bundle_nexis_newer.txt").read_text("utf-8")
    check_split("none")
    check_split("")


def test_the_headline_of_an_article_is_its_title_and_is_not_read_twice():
    documents, _ = read_fixture("bundle_nexis_older.txt", encoding="cp1252")
    made = make_document(documents[0], "en")
    first, second, *_ = made.paragraphs
    assert made.text[: first.end] == made.title == documents[0].variables["title"]
    assert (first.part, first.reason) == ("title", "the title in the metadata")
    assert made.text[second.start : second.end].startswith("The foreign ministers of eleven states met on")


def test_a_text_that_is_parsed_later_is_cut_first():
    raw = RawFile("a.md", "a", ".md", "", b"")
    text = "front\n# A\nx\n# B\ny"
    assert split_text(text, raw, ReadOptions(split="^# ")) == [
        ("a-000", "front"),
        ("a-001", "# A\nx"),
        ("a-002", "# B\ny"),
    ]
    assert split_text(text, raw, ReadOptions()) == [("a", text)]
    assert split_text(text, raw, ReadOptions(split="none")) == [("a", text)]


BLOCKS = (
    Block("Debates", "title", 0, "marked as a title"),
    Block("Speech 1\nMs Duarte", "heading", 2, "marked as a heading", "3"),
    Block("Speech 2 will follow.", "footnote", 0, "a footnote"),
    Block("We thank\nthe envoy."),
    Block("Speech 1", "boilerplate", 0, "a running header"),
    Block("Speech 2"),
    Block("No."),
)
WHOLE = Source(
    "d",
    "d.docx",
    "",
    "",
    blocks=BLOCKS,
    variables={"year": "2019"},
    properties={"title": "Debates", "created": "2019-01-01"},
    warnings=("a doubt",),
)


def test_blocks_are_cut_before_those_whose_first_line_matches():
    found = split_blocks(WHOLE, ReadOptions(split=r"^Speech \d$"))
    assert [(each.id, each.blocks) for each in found] == [
        ("d-000", BLOCKS[:1]),
        ("d-001", BLOCKS[1:5]),
        ("d-002", BLOCKS[5:]),
    ]
    assert [dict(each.variables) for each in found] == [{"year": "2019"}] * 3
    assert [dict(each.properties) for each in found] == [{}] * 3
    assert [each.warnings for each in found] == [("a doubt",), (), ()]


def test_only_a_source_that_is_a_whole_file_is_cut():
    raw = RawFile("d.docx", "d", ".docx", "", b"")
    options = ReadOptions(split="^Speech")
    row = Source("d-7", "d.docx", "", "", blocks=BLOCKS)
    skipped = Skipped("d.docx", "no text")
    cut = list(split_sources([WHOLE, row, skipped], raw, options))
    assert [getattr(item, "id", "") for item in cut] == ["d-000", "d-001", "d-002", "d-7", ""]
    assert list(split_sources([WHOLE], raw, ReadOptions())) == [WHOLE]
    text = RawFile("d.md", "d", ".md", "", b"")
    assert list(split_sources([WHOLE], text, options)) == [WHOLE]
