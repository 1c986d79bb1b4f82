from __future__ import annotations

import pytest

from rubricate.corpus.document import Block
from rubricate.corpus.parts.assign import assign_parts, heading_paths, mark_sections
from rubricate.corpus.parts.names import is_known_heading
from rubricate.corpus.parts.references import is_reference
from rubricate.corpus.parts.shapes import ends_clause, ends_sentence, is_unfinished, starts_list_item

PROSE = "Governments that cannot agree on a war can very often agree on a list instead."
MORE = "The fear is reasonable, and its remedy is old: count what is bought and publish it."
KATZ = "Katz, M.N. (2012). Russia and Iran. Middle East Policy, Vol. XIX, No. 3, pp. 54-64."
HURRELL = "- Hurrell, A. (2007). One world? Many Worlds? *International Affairs*, 83:1."
WALTZ = "Waltz, Kenneth N. 1979. Theory of International Politics. New York: McGraw-Hill."
ADDRESS = "EU extends sanctions on Iran over its support to Russia <https://www.aa.com.tr/en/3276000>"
PERSIAN = (
    "احمدی، حمید (۱۳۷۷). ساختارگرایی در نظریه روابط بین‌الملل: از والرشتاین تا والتز. فصلنامه سیاست، شماره ۳۷."
)
PERSIAN_PROSE = (
    "کشوری که در خلیج فارس و قفقاز و آسیای مرکزی همسایه دارد، ناگزیر است پنجره‌های بیشتری را باز نگه دارد."
)


def parts(*paragraphs: str, language: str = "en") -> list[str]:
    return [block.part for block in assign_parts(list(paragraphs), language)]


def below_title(*paragraphs: str, language: str = "en") -> list[str]:
    return parts("A Title of Some Kind", PROSE, *paragraphs, language=language)[2:]


def test_no_paragraphs_have_no_parts() -> None:
    assert parts() == []
    assert mark_sections([], "en") == []
    assert heading_paths([]) == []


def test_the_only_paragraph_is_body() -> None:
    assert parts(PROSE) == parts("Arms control") == ["body"]


def test_the_first_paragraph_is_a_title_if_it_is_no_sentence() -> None:
    assert parts("Arms embargo on Iran lapses; neighbours count the cost", PROSE) == ["title", "body"]
    assert parts(PROSE, PROSE) == ["body", "body"]
    assert parts("Mr. President,", PROSE) == ["body", "body"]


@pytest.mark.parametrize(
    "first",
    ["On behalf of the", "I have come to this gathering to", "the second half of something", "- Excellency"],
)
def test_a_piece_of_a_sentence_is_no_title(first: str) -> None:
    assert parts(first, PROSE)[0] != "title"
    assert parts("King Mohammed VI has mandated me", f"to convey this. {PROSE}")[0] == "body"


@pytest.mark.parametrize(
    "heading",
    [
        "Conclusion",
        "CONCLUSION",
        "2- Method and Theoretical Framework",
        "3. The Third Party",
        "2.1 Two vocabularies",
        "1 Introduction",
        "IV Conclusion",
        "I\tIntroduction",
        "THE FUTURE WE WANT",
        "Overcoming and Recovering from COVID-19",
        "The limits of economic pressure",
        "What has changed since February",
    ],
)
def test_this_is_a_heading_above_prose(heading: str) -> None:
    assert below_title(heading, MORE) == ["heading", "body"]


@pytest.mark.parametrize(
    "text",
    [
        "The limits are clear.",
        "What has changed since February?",
        "Ladies and Gentlemen",
        "Mr. President",
        "Thank you,",
        "In the Final Declaration of the Margarita Summit and of the",
        "the new Deputy Secretary-General of the United",
        "They underlined that",
        "Nobody in this whole town would have thought of it that night",
    ],
)
def test_this_is_no_heading(text: str) -> None:
    assert below_title(text, MORE) == ["body", "body"]


def test_what_runs_on_in_small_letters_was_no_heading() -> None:
    assert below_title("Ambassador John Ashe of Antigua and Barbuda", f"on {MORE}") == ["body", "body"]


def test_a_short_line_above_a_quotation_or_at_the_end_is_no_heading() -> None:
    assert below_title("As the poet once said to us", f"“{MORE}”") == ["body", "body"]
    assert below_title("The limits of economic pressure") == ["body"]


def test_known_headings_need_no_prose() -> None:
    assert below_title("Extended Abstract", "Introduction", MORE) == ["heading", "heading", "body"]
    assert below_title("Findings") == ["heading"]


@pytest.mark.parametrize("text", ["* * *", "________", "12", "Page 3 of 10", "page 3", "6/62", "—"])
def test_marks_and_page_numbers_are_boilerplate(text: str) -> None:
    assert below_title(text, MORE) == ["boilerplate", "body"]


@pytest.mark.parametrize(
    "text", ["- peace", "• Peace;", "1. Peace, said he.", "(a) peace", "b) peace", "ii. peace", "(iv) peace"]
)
def test_list_items_are_lists(text: str) -> None:
    assert starts_list_item(text)
    assert below_title(text) == ["list"]


@pytest.mark.parametrize(
    "text",
    [
        "p. 9). Every State",
        "(II) and Security",
        "peace",
        "1.5 per cent",
        "-5 degrees",
        "a peace",
        "",
        "-",
        "1.",
    ],
)
def test_this_is_no_list_item(text: str) -> None:
    assert not starts_list_item(text)


def test_footnotes_and_captions_are_known_by_how_they_begin() -> None:
    assert below_title("¹ Assistant Professor", "Figure 3: Exports", "جدول ۱: صادرات") == [
        "footnote",
        "caption",
        "caption",
    ]


def test_ends() -> None:
    assert ends_sentence("It ended.”)")
    assert ends_sentence("چنین است؟")
    assert not ends_sentence("It ended,")
    assert not ends_sentence("")
    assert ends_clause("It ended;")
    assert not ends_clause("It ended")
    assert not ends_clause("")


def test_unfinished_lines_end_with_a_small_word_that_needs_another() -> None:
    assert is_unfinished("on behalf of the", "en")
    assert is_unfinished("the", "en")
    assert not is_unfinished("on behalf of The", "en")
    assert not is_unfinished("on behalf of the", "xx")
    assert not is_unfinished("we bathe", "en")
    assert not is_unfinished("the.", "en")


@pytest.mark.parametrize("text", [KATZ, HURRELL, WALTZ, ADDRESS + " (2023)", PERSIAN])
def test_this_is_a_reference(text: str) -> None:
    assert is_reference(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        PROSE,
        "Waltz (1979) argues that structure decides what states can do.",
        "It was decided (resolution 1244 (1999)), and nobody has forgotten it since.",
        "However, Russia was of another mind in 2014. We were not.",
        PERSIAN_PROSE,
        KATZ * 20,
    ],
)
def test_this_is_no_reference(text: str) -> None:
    assert not is_reference(text)


@pytest.mark.parametrize(
    "heading",
    [
        "References",
        "5- References",
        "5 References",
        "REFERENCES:",
        "Works Cited",
        "VI. Bibliography",
        "Notes",
    ],
)
def test_below_such_a_heading_all_are_references(heading: str) -> None:
    assert (
        below_title(heading, KATZ, "Samt Publications", HURRELL, ADDRESS, WALTZ)
        == ["heading"] + ["references"] * 5
    )


@pytest.mark.parametrize("language", ["fa", "FA", "fa-IR"])
def test_persian_bibliographies_are_known(language: str) -> None:
    assert is_known_heading("منابع", language)
    assert is_known_heading("منابع و مآخذ:", language)
    assert not is_known_heading("منابع", "en")
    found = parts(
        PERSIAN_PROSE, PERSIAN_PROSE, "۵- منابع", PERSIAN, PERSIAN, KATZ, PERSIAN, language=language
    )
    assert found == ["body", "body", "heading"] + ["references"] * 4


def test_a_persian_list_ends_at_its_next_heading() -> None:
    found = parts(PERSIAN_PROSE, "منابع", PERSIAN, PERSIAN, "نتیجه‌گیری", PERSIAN_PROSE, language="fa")
    assert found == ["body", "heading", "references", "references", "heading", "body"]


def test_a_running_header_does_not_end_a_list() -> None:
    header = "Crisis Studies of the Islamic World"
    assert below_title("References", HURRELL, header, HURRELL, HURRELL) == [
        "heading",
        "references",
        "boilerplate",
        "references",
        "references",
    ]
    assert below_title("References", KATZ, header, KATZ)[1:] == ["references", "boilerplate", "references"]


def test_a_list_ends_at_a_heading_known_for_something_else() -> None:
    assert below_title("References", KATZ, HURRELL, "Appendix", MORE) == [
        "heading",
        "references",
        "references",
        "heading",
        "body",
    ]


def test_a_list_ends_at_a_heading_without_references_below() -> None:
    assert below_title("References", KATZ, "About This Small Journal", MORE, PROSE)[2:] == [
        "heading",
        "body",
        "body",
    ]


def test_a_list_ends_before_two_paragraphs_of_prose() -> None:
    assert below_title("References", KATZ, MORE, PROSE) == ["heading", "references", "body", "body"]


def test_a_paragraph_of_prose_between_references_is_one_of_them() -> None:
    assert below_title("References", KATZ, MORE, HURRELL) == ["heading"] + ["references"] * 3


def test_the_title_of_another_article_behind_a_list_is_not_read() -> None:
    last = "Evaluating the Obstacles and Limitations of the United Nations Action in the Syrian Crisis"
    assert below_title("References", KATZ, last)[-1] == "boilerplate"


def test_references_with_prose_about_them_stay_references() -> None:
    note = (
        "Waltz, Kenneth. Theory of International Politics, first printed in New York in 1979 and often since."
    )
    assert below_title("References", note, note, note) == ["heading"] + ["references"] * 3


def test_three_references_in_a_row_need_no_heading() -> None:
    assert below_title(KATZ, HURRELL, KATZ, MORE) == ["references"] * 3 + ["body"]
    assert below_title(WALTZ, WALTZ, WALTZ) == ["references"] * 3
    assert set(below_title(KATZ, KATZ, MORE, KATZ, KATZ)) <= {"body", "list"}


def test_a_citation_in_prose_is_no_reference() -> None:
    text = f"Waltz, K. (1979), pp. 54-64, is of another mind. {PROSE}"
    assert below_title(text, MORE, text) == ["body"] * 3


def test_paragraphs_of_a_speech_with_resolutions_are_no_references() -> None:
    text = (
        "My Government stands by resolutions 1244 (1999) and 2231 (2015) of the Council (see S/PV.10, p. 4)."
    )
    other = "Security Council resolutions 242 (1967), 338 (1973) and 2334 (2016) must be carried out at last."
    assert below_title(text, other, text, other, text) == ["body"] * 5


def test_blocks_of_a_format_are_marked_too() -> None:
    blocks = [
        Block("References", "heading", 2),
        Block(KATZ),
        Block(HURRELL, "list"),
        Block("Annex", "heading", 2),
        Block(PROSE),
    ]
    assert [block.part for block in mark_sections(blocks, "en")] == [
        "heading",
        "references",
        "references",
        "heading",
        "body",
    ]


def test_heading_paths_hold_the_headings_above() -> None:
    blocks = [
        Block("x"),
        Block("A", "heading", 1),
        Block("B", "heading", 2),
        Block("y"),
        Block("C", "heading", 3),
        Block("D", "heading", 2),
        Block("z"),
        Block("E", "heading", 0),
        Block("w"),
    ]
    assert heading_paths(blocks) == ["", "", "A", "A > B", "A > B", "A", "A > D", "", "E"]
    assert heading_paths([Block("x"), Block("y")]) == ["", ""]


def test_numbers_give_headings_their_depth() -> None:
    blocks = assign_parts(
        [PROSE, "1. Introduction", MORE, "1.1 The First Aim", MORE, "2 Methods", MORE], "en"
    )
    assert [block.level for block in blocks] == [0, 1, 0, 2, 0, 1, 0]
    assert heading_paths(blocks)[4:] == ["1. Introduction > 1.1 The First Aim", "", "2 Methods"]


def test_a_salutation_may_stand_between_a_heading_and_its_text() -> None:
    prose = (
        "We are few, and the sea between us is wide, as all of you who came here by ship will know by now."
    )
    assert below_title("What the Towns Have Paid", "Mr. President,", prose) == ["heading", "body", "body"]
    assert below_title("Ladies and Gentlemen,", "Mr. President,", prose) == ["body"] * 3


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("Last week Mira Solenne, Head of the Harbour Board, proclaimed", f"“{PROSE}”"),
        ("In the Final Declaration the Heads of the Harbour Boards", f"“expressed their thanks. {PROSE}”"),
        ("We denounce the closing of the harbours by the former", f"President of the Board. {PROSE}"),
        ("Our theme, “Harbours: Addressing", f"Challenges Together,” is a good one. {PROSE}"),
        ("It is my privilege to address the General", f"Assembly of the towns. {PROSE}"),
    ],
)
def test_what_leads_in_a_quotation_or_speaks_is_no_heading(line: str, following: str) -> None:
    assert below_title(line, following)[0] == "body"
    assert parts(line, following)[0] == "body"
