"""What stands above the text of a page: breadcrumbs, bylines, datelines, affiliations."""

from __future__ import annotations

import pytest

from rubricate.corpus.parts.assign import assign_parts
from tests.pages import PROSE, SHORT, TITLE, found, parts


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
        "By Selling Harbours the Council has buried trust and the old contracts for good",
        "By Selling Harbours, Towns Lost Their Say",
        "By Selling Harbours",
        "By 2020, the contracts had cut the trade of the towns to a trickle —",
        "By Sea and Land",
        "By Old Contracts",
        "Old Contracts, the School of Silence and the Center of Trade",
        "Old Contracts, School of Silence",
        "River Towns, Scholarly Fellowships and Editorials",
        "Old Contracts*",
        "The Price of Silence in the Harbour*",
        "Published on Monday, a report that nobody had asked for",
        "Published on 3 May 2022 in the harbour town",
        "Updated: The List of the Towns",
        "Author: the towns themselves",
    ],
)
def test_a_sentence_or_subtitle_is_no_byline(line: str) -> None:
    assert found(TITLE, line, f"Old silence fell on all these towns. {PROSE}") == {}


@pytest.mark.parametrize(
    "line",
    [
        "By Mira Solenne and Ivo van der Brandt",
        "By Mira Solenne, Ivo Brandt and Ana Lúcia Reis",
        "By Mira Solenne, 3 May 2022",
        "By Mira Solenne | 3 May 2022 | 4 min read",
        "By Mira Solenne, Harbour Times",
        "By Mira Solenne, PhD, lecturer at the academy",
        "Last updated: Tuesday, 3 May 2022, 10:15 GMT",
        "Published: 2022-05-03",
        "Author: Mira Solenne",
        "By\u00ad Mira\u00ad Solenne",
        "Mira Solenne, İzmir University",
    ],
)
def test_names_roles_and_dates_make_a_byline(line: str) -> None:
    assert found(TITLE, line, PROSE) == {1: "boilerplate"}


def test_the_language_of_a_byline_is_the_texts() -> None:
    assert found("بندر", "نویسنده: سیما برومندی‌زاده", PROSE, language="fa") == {1: "boilerplate"}
    assert found("بندر", "گزارش از شهرهای کنار رود", PROSE, language="fa") == {}
    assert found("Liman", "Yazan: İnci Işık", PROSE, language="tr") == {1: "boilerplate"}


def test_a_name_with_a_role_stands_below_the_title_and_alone() -> None:
    people = (
        "Mira Solenne, Institute of Harbours",
        "Ivo Brandt, Academy of Rivers",
        "Ana Reis, River College",
    )
    assert found(TITLE, people[0], people[1], PROSE) == {1: "boilerplate", 2: "boilerplate"}
    assert found(TITLE, *people, PROSE) == {}
    assert found(TITLE, "Participants", people[0], PROSE) == {}


@pytest.mark.parametrize(
    "line",
    [
        "3 May 2022",
        "HARBOUR TOWN – 18 October 2020",
        "The Harbour Review | Editorial | 26 July 2015",
        "Harbour Forum, Old Hall, October 9, 2024",
        "Harbour Town, 2022-05-03",
        "3.5.2022",
        "Tuesday 3 May 2022",
        "Hafen, den 3. Mai 2022",
        "Dienstag, 3. Mai 2022",
        "Le Port, le 3 mai 2022",
        "El Puerto, 3 de mayo de 2022",
        "Liman, 3 Mayıs 2022",
        "Гавань, 3 мая 2022 г.",
        "بندر، ۱۲ اردیبهشت ۱۴۰۱",
        "الميناء، ٣ مايو ٢٠٢٢",
        "港口，2022年5月3日",
    ],
)
def test_a_dateline_is_furniture_below_the_title(line: str) -> None:
    language = "de" if line.startswith("Dienstag") else "en"
    assert found(TITLE, line, PROSE, language=language) == {1: "boilerplate"}
    assert found(
        TITLE, "The towns along the river have paid for it all.", line, PROSE, language=language
    ) == {2: "boilerplate"}
    assert found(line, PROSE) == {}
    assert found(TITLE, PROSE, line, PROSE) == {}


@pytest.mark.parametrize(
    "line",
    [
        "What the Towns Have Paid Since 3 May 2022",
        "After 24 February 2022",
        "The contracts were signed on 3 May 2022.",
        "1. Harbour Town, 3 May 2022",
        "- Harbour Town, 3 May 2022",
        "Harbours, 12 Towns and 2022 Ships",
        "towns along the river, 3 May 2022",
        "The council rejected the plan. Harbour Town, 3 May 2022",
    ],
)
def test_a_subtitle_or_item_with_a_date_is_no_dateline(line: str) -> None:
    assert found(TITLE, line, PROSE) == {}


def test_a_chronology_has_no_datelines() -> None:
    assert (
        found(TITLE, "Old Hall, 3 May 2021", SHORT, "Port, 4 May 2021", SHORT, "Inn, 5 May 2021", SHORT) == {}
    )


def test_affiliations_are_footnotes() -> None:
    line = "Lecturer at the School of Harbour Studies, solenne@example.org"
    assert found(TITLE, line, PROSE) == {1: "footnote"}
    assert parts(TITLE, "¹ Lecturer at the School of Harbour Studies", PROSE)[1] == "footnote"


@pytest.mark.parametrize(
    "text",
    [
        "The council wants to hear from the towns. Write to council@example.org before the vote.",
        "Nobody answered the letters. The mayor, who can be reached at mayor@example.org, was away.",
    ],
)
def test_prose_with_an_address_is_no_affiliation(text: str) -> None:
    assert found(TITLE, text, PROSE) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Prof. Mira Solenne, Institute of Harbours, solenne@example.org",
        "Lecturer in Harbours, River College, Old Town. Email: solenne@example.org",
        "Lecturer in Harbours. River College, Old Town, solenne@example.org",
        "دانشیار، دانشگاه بندر، بندر، ایران. رایانامه: solenne@example.org",
    ],
)
def test_an_affiliation_may_have_full_stops(text: str) -> None:
    assert found(TITLE, text, PROSE) == {1: "footnote"}
