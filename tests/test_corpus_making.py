from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.corpus.document import PARTS, Block, Document, Source
from rubricate.corpus.making import make_document
from rubricate.corpus.study.changes import StudyChanges
from rubricate.corpus.study.corrections import Correction, Corrections
from rubricate.corpus.study.repair_rows import RepairRow, Repairs

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def correcting(*rows: tuple[int, str, str, str]) -> StudyChanges:
    """Rows of (paragraph, quotation, what, value); ``split: WORDS`` as in the file."""
    made = tuple(
        Correction("c.csv", line, "d", number, words, what, value.partition(":")[0], "r", value[7:])
        for line, (number, words, what, value) in enumerate(rows, 2)
    )
    return StudyChanges(None, Corrections("c.csv", made))


def parts(texts: Sequence[str] | Sequence[Block], *rows: tuple[int, str, str]) -> list[str]:
    """The parts of paragraphs or blocks, with rows of (paragraph, what, value)."""
    plain = [text if isinstance(text, str) else text.text for text in texts]
    blocks = tuple(block for block in texts if isinstance(block, Block))
    source = Source("d", "d.txt", "", "", "" if blocks else "\n\n".join(plain), blocks)
    changes = correcting(*((number, plain[number - 1], *row) for number, *row in rows))
    return [paragraph.part for paragraph in make_document(source, "en", changes).paragraphs]


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


PROSE = "The harbour towns kept the old contracts until the council of the valley met again in spring."
SHORT = "The council met."


def test_what_stands_below_a_corrected_button_is_text_again() -> None:
    page = ["The Harbour Towns", PROSE, "Check Also", "The Price of Nets", SHORT, "All Sold at the Fair"]
    assert parts(page)[2:] == ["boilerplate"] * 4
    assert "boilerplate" not in parts(page, (3, "part", "body"))
    assert parts(page, (3, "part", "boilerplate"))[2:] == ["boilerplate"] * 4


@pytest.mark.parametrize("part", ["body", "heading", "list", "table"])
def test_what_is_said_to_be_text_ends_the_furniture_above_it(part: str) -> None:
    page = ["The Harbour Towns", PROSE, "Check Also", "The Price of Nets", SHORT, "All Sold at the Fair"]
    assert parts(page)[2:] == ["boilerplate"] * 4
    assert parts(page, (5, "part", part))[4:] == [part, "body"]


KATZ, LIND = "Katz, M. (2012). Nets.", "Lind, A. (2013). Ropes."
REACHED = {
    "no list of references": (
        ["A Title", PROSE, "References", KATZ, LIND],
        (3, "part", "body"),
        ["title", "body", "heading", "references", "references"],
        ["title", "body", "body", "body", "body"],
    ),
    "no abstract": (
        ["A Title", "Abstract", PROSE, "Introduction", PROSE],
        (2, "part", "body"),
        ["title", "heading", "abstract", "heading", "body"],
        ["title", "body", "body", "heading", "body"],
    ),
    "what the study says beats what stands above": (
        ["A Title", "Abstract", PROSE, "Introduction", PROSE],
        (3, "part", "body"),
        ["title", "heading", "abstract", "heading", "body"],
        ["title", "heading", "body", "heading", "body"],
    ),
    "a heading below a heading": (
        ["A Title", PROSE, "on the nets", "Of ropes", PROSE],
        (3, "part", "heading"),
        ["title", "body", "body", "body", "body"],
        ["title", "body", "heading", "heading", "body"],
    ),
    "another title": (
        ["Harbour Quarterly", "The Fair", PROSE],
        (2, "title", ""),
        ["title", "heading", "body"],
        ["body", "title", "body"],
    ),
}


@pytest.mark.parametrize(("texts", "row", "before", "after"), REACHED.values(), ids=REACHED)
def test_a_correction_reaches_what_stands_around_it(
    texts: list[str], row: tuple[int, str, str], before: list[str], after: list[str]
) -> None:
    assert parts(texts) == before
    assert parts(texts, row) == after


def test_a_heading_that_the_study_names_is_one_for_what_follows() -> None:
    page = ["A Title", PROSE, "the abstract", PROSE, "2.1 on nets", PROSE]
    changes = correcting((3, "the", "part", "heading"), (5, "2.1", "part", "heading"))
    document = make_document(Source("d", "d.txt", "", "", "\n\n".join(page)), "en", changes)
    assert [paragraph.heading for paragraph in document.paragraphs] == [
        *[""] * 3,
        *["the abstract"] * 2,
        "the abstract > 2.1 on nets",
    ]


MARKED = (
    Block("A Title", "heading", 1),
    Block(PROSE),
    Block("Notes", "heading", 2),
    Block("Katz, M. (2012). Nets."),
    Block("Lind, A. (2013). Ropes."),
)


@pytest.mark.parametrize("correction", [("part", "body"), ("border", "join")])
def test_a_corrected_heading_of_references_has_no_list_below_in_marked_texts(
    correction: tuple[str, str],
) -> None:
    assert parts(MARKED)[3:] == ["references"] * 2
    assert parts(MARKED, (3, *correction))[-2:] == ["body"] * 2


def test_what_stands_below_a_corrected_button_is_text_in_marked_texts_too() -> None:
    blocks = (*MARKED[:2], Block("Check Also"), Block("The Price of Nets"), Block(SHORT), Block("All Sold"))
    assert "boilerplate" not in parts(blocks, (3, "part", "body"))
    assert "boilerplate" not in parts(blocks, (3, "part", "table"))


def test_borders_are_corrected_before_parts_are_recognised() -> None:
    text = "A Title\n\nNotes Katz, M. (2012). Nets.\n\nLind, A. (2013). Ropes."
    changes = correcting((2, "Notes", "border", "split: Katz"))
    document = make_document(Source("d", "d.txt", "", "", text), "en", changes)
    assert [(one.part, one.reason) for one in document.paragraphs][1:] == [
        ("heading", "corrected: r; known as a heading"),
        ("references", "corrected: r; below a heading of references"),
        ("references", "below a heading of references"),
    ]


def test_the_title_that_a_study_names_beats_that_of_the_metadata() -> None:
    text = f"Quarterly\n\nThe Fair\n\n{PROSE}"
    source = Source("d", "d.txt", "", "", text, (), {"title": "Q"})
    assert make_document(source, "en").title == "Q"
    assert make_document(source, "en", correcting((2, "The", "title", ""))).title == "The Fair"
    assert make_document(source, "en", correcting((2, "The", "title", "A Fair"))).title == "A Fair"


@given(st.lists(TEXTS, max_size=3), st.sampled_from(["ed", "A", "12"]))
def test_texts_of_one_document_are_repaired_each_by_itself(texts: list[str], before: str) -> None:
    changes = StudyChanges(Repairs("r.csv", (RepairRow(2, "", before, "x y"), RepairRow(3, "", " .", ""))))
    assert changes.replacements_in(texts, "d") == [changes.replacements(text, "d") for text in texts]


def test_the_title_in_the_metadata_is_the_title_of_the_text() -> None:
    text = "بازدارندگی؛ انتخاب یا ناچاری؟\n\nوزیران دو کشور در بندر دیدار کردند و به شهرها چیزی نگفتند."
    source = Source(
        "a", "a.txt", "", "utf-8", text=text, variables={"title": "بازدارندگي؛ انتخاب یا ناچاری؟"}
    )
    document = make_document(source, "fa")
    assert [(paragraph.part, paragraph.reason) for paragraph in document.paragraphs] == [
        ("title", "the title in the metadata"),
        ("body", ""),
    ]
    assert document.title == "بازدارندگي؛ انتخاب یا ناچاری؟"
