from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.corpus.document import PARTS, Block, Document, Source
from rubricate.corpus.making import make_document

TEXTS = st.lists(
    st.sampled_from(
        [
            "Conclusion",
            "References",
            "",
            "- peace",
            "A sentence that ends.",
            "far-",
            "reaching",
            "12",
            "تحریم",
            "😀",
        ]
    )
    | st.text(max_size=20),
    max_size=8,
).map("\n".join)


def make(text: str = "", language: str = "en", blocks: tuple[Block, ...] = (), **variables: str) -> Document:
    return make_document(Source("d", "d.txt", "0" * 64, "utf-8", text, blocks, variables), language)


def pieces(document: Document) -> list[tuple[str, str, str]]:
    return [
        (document.text[paragraph.start : paragraph.end], paragraph.part, paragraph.heading)
        for paragraph in document.paragraphs
    ]


@pytest.mark.parametrize("text", ["", " \n\n\t", "\ufeff"])
def test_a_text_without_anything_is_a_document_without_paragraphs(text: str) -> None:
    document = make(text)
    assert (document.text, document.paragraphs, document.title) == ("", (), "")


def test_the_text_is_the_paragraphs_with_a_blank_line_between() -> None:
    document = make("One line\nended.\n\n\n\n Two. ")
    assert document.text == "One line\n\nended.\n\nTwo."
    assert [text for text, _, _ in pieces(document)] == ["One line", "ended.", "Two."]


def test_paragraphs_know_their_part_and_headings() -> None:
    prose = "Governments that cannot agree on a war can very often agree on a list."
    document = make(
        f"Two Shores\n\n{prose}\n\n1. Introduction\n\n{prose}\n\n2. References\n\nKatz, M. (2012). Iran."
    )
    assert [(part, heading) for _, part, heading in pieces(document)] == [
        ("title", ""),
        ("body", ""),
        ("heading", ""),
        ("body", "1. Introduction"),
        ("heading", ""),
        ("references", "2. References"),
    ]
    assert document.title == "Two Shores"


def test_metadata_are_lifted_from_the_variables() -> None:
    document = make(
        "Ein Satz.", language="de", title="T", date="2020-01-02", citekey="k", year="2020", outlet=""
    )
    assert (document.language, document.title, document.date, document.citekey) == (
        "de",
        "T",
        "2020-01-02",
        "k",
    )
    assert document.variables == {"year": "2020", "outlet": ""}


def test_a_document_says_its_own_language() -> None:
    source = Source("d", "d.txt", "", "", "x.", (), {"language": " fa "})
    assert make_document(source, "en").language == "fa"
    assert make_document(Source("d", "d.txt", "", "", "x.", (), {"language": " "}), "en").language == "en"


def test_file_and_hash_are_kept() -> None:
    document = make("x.")
    assert (document.id, document.file, document.sha256, document.encoding) == (
        "d",
        "d.txt",
        "0" * 64,
        "utf-8",
    )


def test_blocks_keep_what_the_format_says() -> None:
    blocks = (
        Block("After the Snapback", "heading", 1),
        Block(" "),
        Block("What returns", "heading", 2),
        Block("An arms embargo.", "list"),
        Block("References", "heading", 2),
        Block("Katz, M. (2012). Iran.", "list"),
    )
    document = make(blocks=blocks)
    assert pieces(document) == [
        ("After the Snapback", "heading", ""),
        ("What returns", "heading", "After the Snapback"),
        ("An arms embargo.", "list", "After the Snapback > What returns"),
        ("References", "heading", "After the Snapback"),
        ("Katz, M. (2012). Iran.", "references", "After the Snapback > References"),
    ]
    assert document.title == "After the Snapback"


def test_blocks_without_text_are_no_paragraphs() -> None:
    assert make(blocks=(Block(" "),)).paragraphs == ()


@given(TEXTS)
def test_paragraphs_follow_each_other_and_hold_text(text: str) -> None:
    document = make(text)
    end = -2
    for paragraph in document.paragraphs:
        assert paragraph.start == end + 2
        end = paragraph.end
        piece = document.text[paragraph.start : end]
        assert piece == piece.strip() != ""
        assert paragraph.part in PARTS
    assert end == len(document.text) or not document.text


@given(st.lists(TEXTS, max_size=4), TEXTS)
def test_adding_documents_changes_nothing_about_another(others: list[str], text: str) -> None:
    before = make(text)
    for other in others:
        make(other)
    assert make(text) == before
