from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate.corpus.cleaning.pieces import Uncut, cut_texts, pieces_of
from rubricate.corpus.words.characters import DASHES

LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["", " ", "Sanctions against the shipping line were tightened", "in spring, it was said."]
        ),
        st.sampled_from(
            ["- peace;", "1. Bread.", "References", "far-", "reaching", "a —", "the", "Mr.", "\ufeff"]
        ),
        st.text(st.sampled_from("aB .-,—۱تم\t\u00a0\u2028\x0c\x0b\x00制😀"), max_size=50),
    ),
    max_size=12,
).map("\n".join)


def paragraphs(text: str, language: str = "en") -> list[str]:
    (pieces,) = pieces_of(cut_texts([Uncut(text, language)]))
    return [piece.text for piece in pieces]


@pytest.mark.parametrize("text", ["", " ", "\n", "\n \n\t\n", "\x0c", "\ufeff", "\x00", "\u2029", "\u00a0\n"])
def test_nothing_has_no_paragraphs(text: str) -> None:
    assert paragraphs(text) == []


def test_a_line_is_a_paragraph() -> None:
    assert paragraphs("  One line. \n") == ["One line."]


def test_blank_lines_part_paragraphs() -> None:
    assert paragraphs("\n\nOne.\n\n \t\nTwo.\n \n") == ["One.", "Two."]


WRAPPED = """\
The first line of this paragraph is about as long as
the second one, and as the third, in which there is a
sentence. The last is short.
"""


def test_wrapped_lines_are_joined() -> None:
    joined = WRAPPED.replace("\n", " ").strip()
    assert paragraphs(WRAPPED) == [joined]
    assert paragraphs(f"{WRAPPED}\n{WRAPPED}") == [joined, joined]


def test_a_short_last_line_ends_a_paragraph_of_several_lines() -> None:
    joined = WRAPPED.replace("\n", " ").strip()
    assert paragraphs(WRAPPED * 3) == [joined] * 3


def test_first_lines_that_are_set_in_begin_paragraphs() -> None:
    text = WRAPPED.rstrip("\n").replace("short", "as long as any other is") + "\n"
    indented = f" {text}" * 3
    assert paragraphs(indented) == [text.replace("\n", " ").strip()] * 3


def test_a_line_that_is_set_in_does_not_part_a_sentence() -> None:
    text = (
        "We speak here on behalf of the Government and of the\n"
        " Republic of Angola, which has asked us for a word of\n"
        "thanks to all who came.\n"
    )
    assert len(paragraphs(text)) == 1


def test_first_lines_that_stand_out_begin_paragraphs() -> None:
    one = "Abdollahkhani, A. (2019). Theories of Security, as it was\n    seen in Tehran. Abrar Institute.\n"
    other = "Waltz, K. (1979). Theory of International Politics in its\n    time. McGraw-Hill, New York.\n"
    assert [found.partition(",")[0] for found in paragraphs((one + other) * 2)] == [
        "Abdollahkhani",
        "Waltz",
    ] * 2


def test_long_lines_are_paragraphs() -> None:
    one, other = "Sanctions were tightened again. " * 9, "Nobody was asked about it. " * 8
    assert paragraphs(f"{one}\n{other}\n{one}") == [one.strip(), other.strip(), one.strip()]


def test_verse_keeps_its_lines() -> None:
    verse = [
        "Arise, my frigate bird,",
        "Over the perilous tides",
        "To the land of the sun",
        "And of the evening star.",
    ]
    assert paragraphs("\n".join(verse)) == verse


def test_names_and_addresses_keep_their_lines() -> None:
    names = ["Ayob Nikunahad¹", "Seyyed Razi Emadi²", "Mohsen Biuck³"]
    assert paragraphs("\n".join(names)) == names


def test_narrow_columns_are_joined() -> None:
    column = "the sanctions on the\nshipping line have\nbeen tightened in the\nspring of that year"
    assert paragraphs(column) == [column.replace("\n", " ")]


def test_bullets_begin_paragraphs_in_any_text() -> None:
    assert paragraphs("We want:\n- peace,\n- bread,\n- rest.") == [
        "We want:",
        "- peace,",
        "- bread,",
        "- rest.",
    ]
    item = "it is a long item that fills the line to its very\nend and goes on below it"
    assert paragraphs(f"- {item};\n- {item};\n- {item}.") == [
        "- " + item.replace("\n", " ") + mark for mark in (";", ";", ".")
    ]


def test_a_number_in_a_sentence_is_no_bullet() -> None:
    text = (
        "The President quoted what was said last year (see A/63,\n"
        "p. 9). Every Member must play a part in this, said Mr.\n"
        "J. Smith, who was then its representative, in resolution 3379\n"
        "(XXX) and in the year that came after it, on the day of\n"
        "14. October.\n"
    )
    assert len(paragraphs(text)) == 1


def test_a_known_heading_stands_alone() -> None:
    wrapped = WRAPPED.replace("short", "as long as the line before it was.")
    assert [len(found) < 20 for found in paragraphs(f"{wrapped}Conclusion\n{wrapped}")] == [
        False,
        True,
        False,
    ]
    persian = paragraphs(
        "این نخستین سطر از یک متن بلند است که در اینجا آمده\nنتیجه‌گیری\n"
        "این هم سطر دیگری از همان متن بلند است که آمده",
        "fa",
    )
    assert "نتیجه‌گیری" in persian


def test_an_unfinished_line_goes_on_in_any_text() -> None:
    long = "Government of the Republic of Angola, allow me to congratulate the President. " * 3
    assert paragraphs(f"On behalf of the\n{long}\n{long}") == [
        f"On behalf of the {long.strip()}",
        long.strip(),
    ]
    assert paragraphs(f"{long}We welcome the recent\nchanges. {long}") == [
        f"{long}We welcome the recent changes. {long.strip()}"
    ]
    assert paragraphs("Trusting in God\nPart I\nThe Sea") == ["Trusting in God", "Part I", "The Sea"]


def test_items_without_bullets_keep_their_lines() -> None:
    assert paragraphs("We want:\nmediation\ndiplomacy\nrest") == [
        "We want:",
        "mediation",
        "diplomacy",
        "rest",
    ]
    assert paragraphs("(iv) be smart; and\n(v) build resilience") == [
        "(iv) be smart; and",
        "(v) build resilience",
    ]


def test_a_running_header_is_not_joined_with_what_stands_below() -> None:
    assert paragraphs("A/70/PV.25 02/10/2015\nof peaceful coexistence. To quote the President again.") == [
        "A/70/PV.25 02/10/2015",
        "of peaceful coexistence. To quote the President again.",
    ]


def test_a_first_line_of_which_little_is_left_belongs_to_its_paragraph() -> None:
    text = (
        "We would like to\n"
        "congratulate Mr. Vuk Jeremić on his election as the\n"
        "President of the General Assembly at its sixty-seventh\n"
        "session.\n"
    )
    assert paragraphs(text) == [text.replace("\n", " ").strip()]


def wrapped_at(before: str, after: str, elsewhere: str = "") -> str:
    """One wrapped paragraph whose first line ends with ``before`` and whose second begins with ``after``."""
    first = f"These are words that fill up a line of the page {before}"
    second = f"{after} and these are words that fill up the line {elsewhere}"
    (found,) = paragraphs(f"{first}\n{second}\nand so are these, which fill up one more of them here")
    return found


@pytest.mark.parametrize(
    ("before", "after", "elsewhere", "result"),
    [
        ("sanc-", "tions", "", "sanctions"),  # known joined; a half is no word
        ("two-", "sided", "", "two-sided"),  # both halves are words
        ("two-", "sided", "twosided", "twosided"),  # the document has it joined only
        ("sanc-", "tions", "sanc-tions", "sanc-tions"),  # the document has it with its hyphen
        ("two-", "sided", "twosided two-sided", "two-sided"),  # the document has both
        ("TWO-", "sided", "Twosided", "TWOsided"),  # in any case
        ("zzyx-", "abcd", "", "zzyx-abcd"),  # nobody knows it
        ("East-", "Oriented", "eastoriented", "East-Oriented"),  # a capital begins a word of its own
        ("2010-", "2015", "", "2010-2015"),
        ("COVID-", "19", "", "COVID-19"),
        ("sanc‐", "tions", "", "sanctions"),  # U+2010
        ("autumn—", "machinery", "", "autumn—machinery"),
        ("2010–", "2015", "", "2010–2015"),
        ("autumn —", "machinery", "", "autumn — machinery"),
        ("autumn -", "machinery", "", "autumn - machinery"),
        ("sanc\u00ad", "tions", "", "sanctions"),  # a hyphen that only a broken word has
        ("sanc¬", "tions", "", "sanctions"),
        ("sanc\x02", "tions", "", "sanctions"),
    ],
)
def test_hyphens_at_line_ends(before: str, after: str, elsewhere: str, result: str) -> None:
    assert f"of the page {result} and these" in wrapped_at(before, after, elsewhere)


def test_a_dash_at_a_line_start_keeps_its_space() -> None:
    assert "autumn — machinery and" in wrapped_at("autumn", "— machinery")


def test_a_hyphen_asks_the_word_list_of_its_language() -> None:
    text = "Dies sind Worte, mit denen die Zeile voll wird, Sank-\ntionen und noch mehr Worte für diese Zeile"
    assert "Sanktionen" in paragraphs(text, "de")[0]
    assert "Sank-tionen" in paragraphs(text, "xx")[0]


def test_form_feeds_and_other_breaks_are_line_breaks() -> None:
    assert paragraphs("One.\x0cTwo.\x0bThree.\x85Four.\u2028Five.") == [
        "One.",
        "Two.",
        "Three.",
        "Four.",
        "Five.",
    ]
    assert paragraphs("One\u2029two") == ["One", "two"]
    assert paragraphs("One.\n\x0c\nTwo.") == ["One.", "Two."]


def test_control_characters_are_spaces_and_marks_of_encodings_nothing() -> None:
    assert paragraphs("arms\x00control\x1f\x7ftoday") == ["armscontrol  today"]
    assert paragraphs("\ufeffarms\ufeff control\tnow") == ["arms control\tnow"]


def visible(text: str) -> str:
    return "".join(character for character in text if character.isprintable() and not character.isspace())


@settings(max_examples=300)
@given(LINES)
def test_nothing_that_can_be_seen_is_lost_or_moved_but_hyphens(text: str) -> None:
    found, before = visible("".join(paragraphs(text))), visible(text)
    assert found.replace("-", "") == before.replace("-", "")
    assert all(found.count(dash) == before.count(dash) for dash in DASHES if dash not in "-‐")


@settings(max_examples=300)
@given(LINES)
def test_paragraphs_hold_no_blanks_at_their_edges_and_no_line_breaks(text: str) -> None:
    for found in paragraphs(text):
        assert found
        assert found == found.strip()
        assert "\n" not in found


@given(LINES)
def test_paragraphs_are_cut_once(text: str) -> None:
    found = paragraphs("\n\n".join(paragraphs(text)))
    assert found == paragraphs(text)


def test_the_first_line_of_a_sentence_is_no_title() -> None:
    first = "The government of the United"
    second = "States announced new duties on Friday, and the ships stayed in the harbour for a week."
    assert paragraphs(f"{first}\n{second}") == [f"{first} {second}"]
    for title in ("The Harbour and the Sea", "How the towns lost their harbours"):
        assert paragraphs(f"{title}\nThe ships stayed in the harbour for a week, as we heard.")[0] == title


def test_headlines_and_sentences_of_one_length_keep_their_lines() -> None:
    headlines = [
        "Harbour board says it will answer the new duties",
        "Mayor of the river town warns of an empty winter",
        "Fishermen give up their strike after nine months",
        "Talks on the canal are to begin again in autumn",
    ]
    assert paragraphs("\n".join(headlines)) == headlines
    sentences = [f"{line}, and more." for line in headlines]
    assert paragraphs("\n".join(sentences)) == sentences


def test_a_line_that_was_broken_by_accident_goes_on() -> None:
    one = "The fleet of the northern towns came back in spring, and nobody in the harbour of the United"
    other = "Towns had waited for it."
    last = "The nets were sold in autumn, after the price of herring had fallen for the third time that year."
    assert paragraphs(f"{last}\n{one}\n{other}\n{last}") == [last, f"{one} {other}", last]


def test_lines_of_scripts_without_capitals_are_joined_as_these_are_written() -> None:
    han = "各国政府去年春天在港口开会讨论渔船的问题没有结论\n所以今年秋天他们又在港口开会讨论渔船的老问题"
    assert paragraphs(han, "zh") == [han.replace("\n", "")]
    persian = (
        "وزیران دو کشور در بندر دیدار کردند و\nپیمان‌های کهن را تا پاییز نگه داشتند و\nبه شهرها چیزی نگفتند"
    )
    assert paragraphs(persian, "fa") == [persian.replace("\n", " ")]


def test_scripts_that_change_within_a_paragraph_are_joined_line_by_line() -> None:
    first = "The ministers of the three towns met in the harbour and they said in their language:"
    han = "各国政府去年春天在港口开会讨论渔船的问题没有结论" * 3
    text = f"{first}\n{han}\n{han}"
    assert paragraphs(text) == [f"{first} {han}{han}"]


def test_quoted_mail_is_not_joined_with_the_answer() -> None:
    text = "> The harbour board has asked all of us for an answer\nand I think that we should write it now"
    assert len(paragraphs(f"{text}\n{text}")) == 4


def test_page_headers_behind_a_form_feed_stand_alone() -> None:
    line = "and the ships stayed in the harbour for a week, because of"
    found = paragraphs(f"{line}\n{line}\n\x0c34 Harbour Review\n{line}\n{line}")
    assert found == [f"{line} {line}", "34 Harbour Review", f"{line} {line}"]


def test_a_broken_word_runs_on_in_any_column() -> None:
    assert paragraphs("The long-\nstanding sanc-\ntions hurt.") == ["The long-standing sanctions hurt."]


def test_a_speaker_opens_a_sentence_and_no_title() -> None:
    assert paragraphs(
        "Allow me to congratulate\nMr. Ivo Brandt of the Harbour Board on his election today."
    ) == ["Allow me to congratulate Mr. Ivo Brandt of the Harbour Board on his election today."]


def test_a_source_in_brackets_behind_a_quotation_ends_its_line() -> None:
    behind = "This is all the more true today, and it will be truer still when the ships have left us. " * 2
    quotation = f"{behind}We said then: “The war begins at our own doorstep.” (A/12, p. 3)"
    assert paragraphs(f"{behind}\n{quotation}\n{behind}") == [behind.strip(), quotation, behind.strip()]
