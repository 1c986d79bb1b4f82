from __future__ import annotations

import pytest

from rubricate.corpus.parts.assign import assign_parts
from rubricate.corpus.parts.furniture import find_furniture

TITLE = "The Harbour and the Price of Silence"
PROSE = (
    "The ministers who met in the harbour town agreed that the old contracts would be kept until the new "
    "ones were signed; nobody had asked the towns along the river, which have paid for every one of these "
    "plans since the war and have not been thanked for it once, as the mayor of the largest of them said."
)
SHORT = "Nobody had asked the towns along the river what they thought of it."


def found(*paragraphs: str, language: str = "en") -> dict[int, str]:
    return {index: part for index, (part, _) in find_furniture(paragraphs, language).items()}


def parts(*paragraphs: str) -> list[str]:
    return [block.part for block in assign_parts(paragraphs, "en")]


def test_no_paragraphs_have_no_furniture() -> None:
    assert found() == {}
    assert found(TITLE, PROSE, SHORT) == {}


@pytest.mark.parametrize(
    "crumbs",
    [
        f"Home / Opinion / {TITLE}",
        f"Home » {TITLE}",
        "Home > Opinion",
        f"Opinion | Analysis | {TITLE.upper()}",
        f"Analysis / {TITLE}",
        f"خانه / مقاله / {TITLE}",
    ],
)
def test_a_breadcrumb_is_furniture_and_the_title_below_it_the_title(crumbs: str) -> None:
    language = "fa" if crumbs.startswith("خ") else "en"
    assert found(crumbs, TITLE, PROSE, language=language) == {0: "boilerplate"}
    assert [block.part for block in assign_parts([crumbs, TITLE, PROSE], language)] == [
        "boilerplate",
        "title",
        "body",
    ]


@pytest.mark.parametrize("text", ["Iran / Russia", "War and/or Peace", "The fleet / the harbour left home."])
def test_a_slash_makes_no_breadcrumb(text: str) -> None:
    assert found(text, TITLE, PROSE) == {}


@pytest.mark.parametrize(
    "line",
    [
        "By Mira Solenne",
        "By\u00a0Mira Solenne, adviser to the harbour board",
        "BY MIRA SOLENNE",
        "Mira Solenne¹",
        "Mira Solenne¹, Ivo Brandt²*",
        "Published on 3 May 2022",
        "Written by: Mira Solenne",
        "Mira Solenne, Institute of Harbour Studies",
    ],
)
def test_bylines_are_furniture_above_the_prose(line: str) -> None:
    assert parts(TITLE, line, PROSE) == ["title", "boilerplate", "body"]
    assert found(TITLE, PROSE, PROSE, line) == {}


@pytest.mark.parametrize(
    "line",
    [
        "By 2015 the fleet had left.",
        "By then nobody asked",
        "Nobody asked¹ why.",
        "Your Excellencies, Professor Brandt",
        "Mr. outgoing President, Dear Professor Ivo Brandt",
        "Tehran, Moscow and the Ministry",
    ],
)
def test_a_sentence_is_no_byline(line: str) -> None:
    assert found(TITLE, line, PROSE) == {}


def test_affiliations_are_footnotes() -> None:
    line = "Lecturer at the School of Harbour Studies, solenne@example.org"
    assert found(TITLE, line, PROSE) == {1: "footnote"}
    assert parts(TITLE, "¹ Lecturer at the School of Harbour Studies", PROSE)[1] == "footnote"


@pytest.mark.parametrize(
    "line", ["Keywords: harbour, contracts, towns", "Key words — harbour", "KEYWORDS: harbour; river."]
)
def test_keywords_are_no_text(line: str) -> None:
    assert found(TITLE, line, PROSE) == {1: "boilerplate"}


def test_a_sentence_about_keywords_is_text() -> None:
    assert found(TITLE, "Keywords matter more than they seem to.", PROSE) == {}


@pytest.mark.parametrize(
    "line",
    [
        "Your email address will not be published. Required fields are marked *",
        "© 2022 Harbour Review. All rights reserved.",
        "Subscribe to our newsletter and never miss a story.",
        "Share this: Facebook Twitter",
    ],
)
def test_notices_of_a_site_are_furniture_anywhere(line: str) -> None:
    assert found(TITLE, PROSE, line, PROSE) == {2: "boilerplate"}


def test_teasers_at_the_end_of_a_page_go_to_its_end() -> None:
    teasers = ("Check Also", "Mayor leaves the council before the vote", SHORT, "Leave a Reply", "Name *")
    assert found(TITLE, PROSE, *teasers) == dict.fromkeys(range(2, 7), "boilerplate")


def test_a_teaser_between_paragraphs_does_not_swallow_the_next_one() -> None:
    teaser = "Mayor leaves the council before the vote"
    assert found(TITLE, PROSE, "Read also", teaser, SHORT, PROSE) == {2: "boilerplate", 3: "boilerplate"}
    assert found(TITLE, PROSE, "Read also", teaser, "The mayor said on Monday that …", SHORT, PROSE) == {
        2: "boilerplate",
        3: "boilerplate",
        4: "boilerplate",
    }
    assert found(TITLE, PROSE, "Share", PROSE) == {2: "boilerplate"}


def test_teasers_end_where_a_known_heading_begins_the_text_again() -> None:
    assert found(TITLE, PROSE, "Related articles", "Mayor leaves", "Conclusion", SHORT) == {
        2: "boilerplate",
        3: "boilerplate",
    }


def test_furniture_takes_no_part_in_deciding_what_stands_around_it() -> None:
    assert parts(TITLE, "By Mira Solenne", "Share", "What the Towns Have Paid", PROSE) == [
        "title",
        "boilerplate",
        "boilerplate",
        "heading",
        "body",
    ]


def test_every_decision_has_its_reason() -> None:
    blocks = assign_parts(
        [f"Home / {TITLE}", TITLE, "By Mira Solenne", PROSE, "Check Also", "Mayor leaves"], "en"
    )
    assert [block.reason for block in blocks] == [
        "breadcrumb",
        "the first paragraph, and no sentence",
        "byline",
        "",
        "what a site says of itself",
        "below “Check Also”",
    ]
