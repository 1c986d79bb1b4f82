from __future__ import annotations

import pytest

from rubricate.corpus.document import Block
from rubricate.corpus.parts.assign import assign_parts, heading_paths, mark_sections

TITLE = "The Harbour and the Price of Silence"
PROSE = "The ministers who met in the harbour town agreed that the old contracts would be kept until autumn."
MORE = "Nobody had asked the towns along the river, and nobody has thanked them for it to this day, either."


def parts(*paragraphs: str, language: str = "en") -> list[str]:
    return [block.part for block in assign_parts(paragraphs, language)]


def test_below_its_heading_all_is_abstract_until_the_next_heading() -> None:
    assert parts(TITLE, "Abstract", PROSE, MORE, "1. Introduction", PROSE) == [
        "title",
        "heading",
        "abstract",
        "abstract",
        "heading",
        "body",
    ]


def test_labelled_paragraphs_at_the_top_are_the_abstract() -> None:
    found = parts(
        f"Objective: {PROSE}", f"Methodology: {MORE}", f"Finding: {PROSE}", f"Conclusion: {MORE}", PROSE
    )
    assert found == ["abstract"] * 4 + ["body"]
    assert parts(TITLE, "By Mira Solenne", f"Aim — {PROSE}", f"Result — {MORE}", PROSE)[2:] == [
        "abstract",
        "abstract",
        "body",
    ]


def test_one_label_makes_no_abstract_unless_it_says_so() -> None:
    assert parts(TITLE, f"Background: {PROSE}", MORE) == ["title", "body", "body"]
    assert parts(TITLE, f"Abstract: {PROSE}", MORE) == ["title", "abstract", "body"]


def test_labels_below_the_text_are_none() -> None:
    assert parts(TITLE, PROSE, f"Objective: {PROSE}", f"Result: {MORE}") == ["title", "body", "body", "body"]


def test_labels_on_their_own_lines_are_inside_the_abstract() -> None:
    texts = [
        TITLE,
        "Abstract",
        "Objective",
        PROSE,
        "Conclusion",
        MORE,
        "Introduction",
        PROSE,
        "Conclusion",
        MORE,
    ]
    blocks = assign_parts(texts, "en")
    assert [block.part for block in blocks] == [
        "title",
        "heading",
        "heading",
        "abstract",
        "heading",
        "abstract",
        "heading",
        "body",
        "heading",
        "body",
    ]
    assert heading_paths(blocks)[3] == "Abstract > Objective"
    assert heading_paths(blocks)[7] == "Introduction"


def test_an_extended_abstract_with_sections_is_a_text_of_its_own() -> None:
    found = parts(
        f"Objective: {PROSE}", f"Result: {MORE}", "Extended Abstract", "Introduction", PROSE, "Result", MORE
    )
    assert found == ["abstract", "abstract", "heading", "heading", "body", "heading", "body"]


def test_an_abstract_that_no_heading_ends_is_short() -> None:
    long = " ".join([PROSE] * 30)
    assert parts(TITLE, "Abstract", PROSE, long, long, long)[2:] == ["abstract", "body", "body", "body"]
    assert parts(TITLE, "Abstract", long, long)[2:] == ["abstract", "body"]
    assert parts(TITLE, "Abstract")[1:] == ["heading"]


def test_keywords_and_notes_in_an_abstract_stay_what_they_are() -> None:
    assert parts(TITLE, "Abstract", PROSE, "Keywords: harbour, river", "Introduction", MORE)[2:] == [
        "abstract",
        "boilerplate",
        "heading",
        "body",
    ]


@pytest.mark.parametrize("heading", ["چکیده", "Abstract"])
def test_persian_abstracts_are_known(heading: str) -> None:
    persian = (
        "وزیران دو کشور در بندر دیدار کردند و پیمان‌های کهن را تا پاییز نگه داشتند و به شهرها چیزی نگفتند."
    )
    assert parts(heading, persian, "مقدمه", persian, language="fa") == [
        "heading",
        "abstract",
        "heading",
        "body",
    ]


@pytest.mark.parametrize(
    ("language", "heading", "introduction"),
    [
        ("de", "Zusammenfassung", "1. Einleitung"),
        ("fr", "RÉSUMÉ", "Introduction"),
        ("ru", "Аннотация", "ВВЕДЕНИЕ"),
        ("tr", "ÖZET", "1. Giriş"),
        ("es", "Resumen", "Introducción"),
        ("ar", "الملخص", "المقدمة"),
    ],
)
def test_abstracts_have_names_in_every_language(language: str, heading: str, introduction: str) -> None:
    assert parts(TITLE, heading, PROSE, introduction, MORE, language=language) == [
        "title",
        "heading",
        "abstract",
        "heading",
        "body",
    ]


def test_blocks_of_a_format_have_abstracts_too() -> None:
    blocks = [Block("Abstract", "heading", 2), Block(PROSE), Block("Aims", "heading", 2), Block(MORE, "list")]
    assert [block.part for block in mark_sections(blocks, "en")] == ["heading", "abstract", "heading", "list"]
