from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.corpus.document import Block
from rubricate.corpus.parts.assign import assign_parts, mark_sections
from rubricate.corpus.parts.furniture import find_furniture
from tests.pages import PROSE, SHORT, TITLE, found, parts


def test_no_paragraphs_have_no_furniture() -> None:
    assert found() == {}
    assert found(TITLE, PROSE, SHORT) == {}


@pytest.mark.parametrize(
    "line", ["Keywords: harbour, contracts, towns", "Key words — harbour", "KEYWORDS: harbour; river."]
)
def test_keywords_are_no_text(line: str) -> None:
    assert found(TITLE, line, PROSE) == {1: "boilerplate"}


@pytest.mark.parametrize(
    "line",
    [
        "Keywords matter more than they seem to.",
        "Keywords: this is what the mayors of towns call their silence. They keep it well.",
        "Keywords: silence. They have kept it for years.",
        "Keywords: what everybody in the harbour says and nobody means",
    ],
)
def test_a_sentence_about_keywords_is_text(line: str) -> None:
    assert found(TITLE, line, PROSE) == {}


def test_labels_that_fold_to_other_lengths_are_known() -> None:
    assert found(TITLE, "Key\u00adwords: harbour", PROSE) == {1: "boilerplate"}
    assert found(TITLE, "ANAHTAR KELİMELER: liman", PROSE, language="tr") == {1: "boilerplate"}
    assert found(TITLE, "Schlüsselwörter: Hafen, Fluss", PROSE, language="de") == {1: "boilerplate"}


@pytest.mark.parametrize(
    "line",
    [
        "Your email address will not be published. Required fields are marked *",
        "© 2022 Harbour Review. All rights reserved.",
        "Subscribe to our newsletter and never miss a story.",
        "Share this: Facebook Twitter",
        "Share on Facebook | Twitter | Telegram",
        "Follow us on Twitter and Telegram.",
        "This page was last updated on 3 May 2022.",
        "All rights reserved.",
        "(c) 2022 Harbour Review",
        "(c) 2022 The Harbour Review and its authors, Old Hall, Harbour Town. All rights reserved.",
        "5 min read",
        "12 minutes read",
        "Reading time: 5 minutes",
        "Downloaded from www.harbour.example on 3 May",
    ],
)
def test_notices_of_a_site_are_furniture_anywhere(line: str) -> None:
    assert found(TITLE, PROSE, line, PROSE) == {2: "boilerplate"}


@pytest.mark.parametrize(
    "line",
    [
        "This page was turned when the old harbour burnt down.",
        "Share on the cost of the harbour fell while the towns paid.",
        "Share this load, said the mayor of the largest town, and meant it.",
        "Share on Facebook what you know, the mayor said.",
        "All rights reserved to the towns by the old contracts were sold.",
        "(c) 20 per cent of the ships were sold in the autumn",
        "(c) 2012 the ships were sold, and the towns were not asked.",
        "(c) 2012 elections;",
        "Follow us on this way, said the mayor, and nobody did.",
        "Subscribe to our view of the harbour or leave the council.",
        "By continuing to use force the council has lost the towns.",
        "Reading time was all that the pilots had in winter.",
        "Downloaded from the ships, the crates stood on the quay for years.",
        "5 minutes",
        "5 min read the sign on the wall",
    ],
)
def test_sentences_that_begin_like_notices_are_text(line: str) -> None:
    assert found(TITLE, PROSE, line, PROSE) == {}


def test_the_third_item_of_a_list_is_no_notice() -> None:
    assert found("(a) 2010 elections", "(b) 2011 elections", "(c) 2012 elections") == {}


def test_rights_in_persian_are_text_unless_a_site_has_them() -> None:
    assert found("تمام حقوق شهرها باید پرداخت شود", PROSE, language="fa") == {}
    assert found(PROSE, "تمام حقوق این سایت محفوظ است", language="fa") == {1: "boilerplate"}


def test_teasers_at_the_end_of_a_page_go_to_its_end() -> None:
    teasers = (
        "Check Also",
        "Mayor leaves the council before the vote",
        "Two more tugs for the port",
        "Photos",
    )
    assert found(TITLE, PROSE, *teasers) == dict.fromkeys(range(2, 6), "boilerplate")
    more = (
        *teasers,
        "Leave a Reply",
        "Name *",
        "The mayor of the harbour town said on Thursday that …",
        "© 2022",
    )
    assert found(TITLE, *[PROSE] * 3, *more) == dict.fromkeys(range(4, 12), "boilerplate")


@pytest.mark.parametrize("name", ["Check Also", "Read more", "Related articles"])
def test_no_finished_sentence_is_a_teaser(name: str) -> None:
    headline = "Mayor leaves the council before the vote"
    assert found(TITLE, PROSE, name, headline, SHORT, "Leave a Reply", "Name *") == dict.fromkeys(
        (2, 3, 5, 6), "boilerplate"
    )
    assert found(TITLE, name, headline, "Photos", "Two more tugs") == {1: "boilerplate", 2: "boilerplate"}


@pytest.mark.parametrize(
    "button",
    ["Share", "Advertisement", "Read more", "Comments", "Facebook", "Listen", "Print", "Email:"],
)
def test_a_button_takes_no_text_with_it(button: str) -> None:
    news = "Nobody asked the towns, the mayor said on Monday."
    assert found("Towns reject the plan", button, news, "The talks would go on, he said.") == {
        1: "boilerplate"
    }
    assert found("Towns reject the plan", news, news, button, news) == {3: "boilerplate"}


def test_text_without_spaces_between_words_is_text_below_a_button() -> None:
    assert found("港口的沉默", "Share", "市长星期一表示，没有人问过沿河的城镇。", "会谈将继续。") == {
        1: "boilerplate"
    }
    assert found(
        "港口的沉默", "会谈。", "Read more", "市长星期一表示，没有人问过沿河的城镇。", "会谈将继续。"
    ) == {2: "boilerplate"}
    persian = "شهردار روز دوشنبه گفت که کسی از شهرهای کنار رود نپرسیده است."
    assert found("بندر و بهای سکوت", "اشتراک‌گذاری", persian, persian, language="fa") == {1: "boilerplate"}
    assert found("بندر", persian, "بیشتر بخوانید", persian, persian, language="fa") == {2: "boilerplate"}


@pytest.mark.parametrize(
    "text",
    [
        "- Email",
        "• Share",
        "1. Print",
        "Share.",
        "Listen, all of you",
        "(a) Comments",
        "Share and share alike",
    ],
)
def test_an_item_or_sentence_is_no_button(text: str) -> None:
    assert found(TITLE, PROSE, text, PROSE) == {}


def test_below_a_button_only_the_lines_of_a_form_are_furniture() -> None:
    form = ("Leave a comment", "Comment *", "Name *", "Email *", "Website", "Post Comment")
    assert found(TITLE, PROSE, *form, SHORT, "Name of the ship") == dict.fromkeys(range(2, 8), "boilerplate")
    assert found(TITLE, PROSE, "Name *", "Comment *") == {}


@given(
    st.lists(
        st.sampled_from([SHORT, PROSE, "Share", "Read more", "Mayor leaves", "And then …", "- on quays"])
    )
)
def test_no_sentence_is_ever_lost_among_buttons_and_teasers(texts: list[str]) -> None:
    assert not [place for place in found(*texts) if texts[place] in (SHORT, PROSE, "- on quays")]


def test_four_thousand_teasers_take_no_longer_than_any_text() -> None:
    texts = ["Read also", "It is so."] * 4000 + [PROSE]
    assert found(*texts) == dict.fromkeys(range(0, 8000, 2), "boilerplate")


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


def marked(*blocks: Block, language: str = "en") -> list[str]:
    return [block.part for block in mark_sections(list(blocks), language)]


def test_blocks_of_a_format_have_furniture_too() -> None:
    assert marked(
        Block(f"Home / {TITLE}"),
        Block(TITLE, "heading", 1),
        Block("By Mira Solenne"),
        Block("Harbour Town, 3 May 2022"),
        Block(PROSE),
        Block("Related articles", "heading", 2),
        Block("Mayor leaves the council", "list"),
        Block("© 2022 Harbour Review", "list"),
    ) == ["boilerplate", "heading", "boilerplate", "boilerplate", "body", *["boilerplate"] * 3]


def test_what_a_format_marks_is_trusted() -> None:
    assert marked(
        Block(PROSE), Block("Email", "list"), Block("Share", "table"), Block("Print", "caption")
    ) == [
        "body",
        "list",
        "table",
        "caption",
    ]
    assert marked(Block(TITLE), Block("Telegram", "heading", 2), Block(SHORT)) == ["body", "heading", "body"]
    assert marked(Block(TITLE), Block("3 May 2022", "heading", 2), Block(SHORT)) == [
        "body",
        "heading",
        "body",
    ]
    assert marked(Block(TITLE), Block("Mira Solenne, Institute of Harbours", "list")) == ["body", "list"]


COMMENTS = ("Ivo, 3 May", "I lived in one of these towns, and this is wrong.", PROSE)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Comments (3)"),
        ("en", "Comments: 3"),
        ("en", "COMMENTS 12"),
        ("en", "3 comments"),
        ("en", "1 Comment"),
        ("en", "No comments"),
        ("en", "Leave a Reply"),
        ("de", "3 Kommentare"),
        ("de", "Kommentare (3)"),
        ("fr", "3 commentaires"),
        ("es", "1 comentario"),
        ("ru", "5 комментариев"),
        ("ru", "Комментарии (2)"),
        ("tr", "3 yorum"),
        ("fa", "۳ دیدگاه"),
        ("fa", "نظرات (۳)"),
        ("ar", "٣ تعليقات"),
    ],
)
def test_what_readers_wrote_below_a_text_is_no_text(language: str, line: str) -> None:
    texts = [TITLE, PROSE, PROSE, line, *COMMENTS]
    assert found(*texts, language=language) == dict.fromkeys(range(3, 7), "boilerplate")
    assert find_furniture(texts, language)[6] == ("boilerplate", f"below “{line}”")


def test_comments_end_at_a_known_heading() -> None:
    assert found(TITLE, PROSE, "3 comments", COMMENTS[1], "References", SHORT) == dict.fromkeys(
        (2, 3), "boilerplate"
    )


def test_a_count_of_comments_near_the_top_takes_no_text_with_it() -> None:
    assert found(TITLE, "By Mira Solenne", "3 May 2022", "3 comments", SHORT, PROSE) == dict.fromkeys(
        (1, 2, 3), "boilerplate"
    )


@pytest.mark.parametrize(
    "line", ["Comment 3", "3. Comments", "Comments", "3 towns", "Comments from 3 towns", "Leave a comment"]
)
def test_other_lines_have_no_comments_below(line: str) -> None:
    assert 3 not in found(TITLE, PROSE, line, SHORT)


def test_comments_in_a_format_go_with_their_headings() -> None:
    assert marked(
        Block(TITLE, "heading", 1),
        Block(PROSE),
        Block("3 comments", "heading", 2),
        Block("The towns are right about all of it, I think."),
        Block("Ivo", "heading", 3),
        Block("The towns are wrong about all of it, I think."),
    ) == ["heading", "body", *["boilerplate"] * 4]


def test_buttons_do_not_end_the_comments() -> None:
    assert found(TITLE, PROSE, "3 comments", "Share", SHORT, "Leave a Reply", "Email", SHORT) == (
        dict.fromkeys(range(2, 8), "boilerplate")
    )


def test_thousands_of_counts_take_no_longer_than_any_text() -> None:
    assert len(found(PROSE, *["3 comments", "It is so."] * 8000)) > 10_000


def test_what_is_known_to_be_text_ends_the_comments() -> None:
    texts = [TITLE, PROSE, "3 comments", COMMENTS[1], SHORT, SHORT]
    assert sorted(find_furniture(texts, "en", own={4})) == [2, 3]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Read more: Sanctions on oil"),
        ("en", "READ ALSO: Mayor leaves the council before the vote"),
        ("en", "More on this story"),
        ("de", "Lesen Sie auch: Die Städte am Fluss"),
        ("fa", "بیشتر بخوانید: شهرهای کنار رود"),
    ],
)
def test_a_teaser_with_its_headline_in_one_line_is_furniture(language: str, line: str) -> None:
    assert found(TITLE, PROSE, line, PROSE, language=language) == {2: "boilerplate"}


@pytest.mark.parametrize(
    "line",
    [
        "Read more: the towns have all the papers.",
        "Read more: the towns have all the papers",
        "Read more: They Have Paid!",
        "Reading: Sanctions on oil",
        "Share: The Towns and the Price",
        "Read more of this: Sanctions on oil",
        "Related: Prices;",
    ],
)
def test_a_sentence_with_a_colon_is_no_teaser(line: str) -> None:
    assert found(TITLE, PROSE, line, PROSE) == {}
