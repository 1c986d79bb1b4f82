from __future__ import annotations

import pytest

from rubricate.corpus.cleaning.page_breaks import mend_page_breaks
from rubricate.corpus.cleaning.pieces import Uncut, cut_texts, pieces_of

HALF = "The ministers who met in the harbour town agreed that the old contracts"
OTHER = "would be kept until the new ones were signed, and not a day longer."
PROSE = "Nobody had asked the towns along the river what they thought of the plan."
HEADER = "Harbour Studies Review"


def mended(*paragraphs: str, language: str = "en") -> list[tuple[str, str]]:
    """Text and part ("" where undecided) of each piece of paragraphs with blank lines between."""
    (cut,) = cut_texts([Uncut("\n\n".join(paragraphs), language)])
    (pieces,) = pieces_of([cut])
    return [(piece.text, piece.part) for piece in mend_page_breaks(cut, pieces)]


def test_nothing_is_mended_in_nothing() -> None:
    assert mended("") == []


def test_a_sentence_that_goes_on_in_small_letters_is_whole_again() -> None:
    assert mended(HALF, OTHER, PROSE) == [(f"{HALF} {OTHER}", ""), (PROSE, "")]


def test_a_sentence_can_go_on_over_two_page_breaks() -> None:
    third = "on which they had spent"
    assert mended(HALF, "12", third, "13", OTHER) == [
        (f"{HALF} {third} {OTHER}", ""),
        ("12", "boilerplate"),
        ("13", "boilerplate"),
    ]


@pytest.mark.parametrize("line", ["12", "Page 3 of 7", "29 08-51749", "A/63/PV.5", "15-29568 27/33"])
def test_a_page_line_inside_a_sentence_comes_behind_it(line: str) -> None:
    assert mended(HALF, line, OTHER) == [(f"{HALF} {OTHER}", ""), (line, "boilerplate")]
    assert mended(PROSE, line, PROSE) == [(PROSE, ""), (line, "boilerplate"), (PROSE, "")]


def test_behind_a_page_number_a_sentence_can_go_on_with_a_name() -> None:
    other = "Moscow and Tehran would be kept."
    long = f"{HALF} between the two governments and those of"
    assert mended(long, "12", other) == [(f"{long} {other}", ""), ("12", "boilerplate")]
    assert mended(PROSE[:-1], other) == [(PROSE[:-1], ""), (other, "")]  # no page number: who knows


def test_an_unfinished_word_goes_on_with_a_name() -> None:
    assert mended(f"{HALF} with the", "Republic of the East were kept.") == [
        (f"{HALF} with the Republic of the East were kept.", "")
    ]


def test_a_header_that_stands_inside_a_sentence_is_furniture_wherever_it_stands() -> None:
    assert mended(HALF, HEADER, OTHER, PROSE, HEADER, PROSE) == [
        (f"{HALF} {OTHER}", ""),
        (HEADER, "boilerplate"),
        (PROSE, ""),
        (HEADER, "boilerplate"),
        (PROSE, ""),
    ]


def test_headers_are_told_apart_by_more_than_their_page_number() -> None:
    found = mended(PROSE, "Harbour Studies Review 3", "12", PROSE, "13", "Harbour Studies Review 4", PROSE)
    assert [part for _, part in found] == [
        "",
        "boilerplate",
        "boilerplate",
        "",
        "boilerplate",
        "boilerplate",
        "",
    ]


def test_a_form_feed_is_the_border_of_a_page() -> None:
    assert mended(f"{HALF} of the two\x0cMinistries would be kept until the new ones were signed.") == [
        (f"{HALF} of the two Ministries would be kept until the new ones were signed.", "")
    ]
    first, second = f"{PROSE}\x0c{HEADER}", f"{PROSE}\x0c{HEADER}"
    assert [part for _, part in mended(first, second, PROSE)] == ["", "boilerplate", "", "boilerplate", ""]


def test_a_title_that_is_the_running_header_too_stays() -> None:
    found = mended(HEADER, PROSE, HALF, "2", HEADER, OTHER)
    assert found == [
        (HEADER, ""),
        (PROSE, ""),
        (f"{HALF} {OTHER}", ""),
        ("2", "boilerplate"),
        (HEADER, "boilerplate"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        (
            HALF,
            "Harbour Spending",
            PROSE,
            "Harbour Spending",
            PROSE,
        ),  # a heading behind a paragraph without end
        (PROSE, "Article 5", "12", PROSE, "Article 6", "13", PROSE),
        (PROSE, "Harbour 12 15", "12", "Harbour 44 12", "13", PROSE),
        (HALF, "Aid And Local Allies", "al-Marsa has lost most of its harbour."),
        (
            HALF,
            "Aid And Local Allies",
            "which was all that they had.",
        ),  # without any page it may be a heading
        (HALF, "bin Harun was the last to leave."),
    ],
)
def test_these_are_no_running_headers(lines: tuple[str, ...]) -> None:
    assert [text for text, part in mended(*lines) if not part] == [
        line for line in lines if line not in ("12", "13")
    ]


def test_the_number_of_a_note_behind_the_full_stop_ends_the_sentence() -> None:
    for mark in ("12", "[3]", "”4"):
        ended = f"{HALF} were kept.{mark}"
        assert mended(ended, "47", f"Moscow {OTHER}") == [
            (ended, ""),
            ("47", "boilerplate"),
            (f"Moscow {OTHER}", ""),
        ]


def test_footnotes_with_plain_numbers_stand_aside() -> None:
    half = f"{HALF}12 and the"
    note = "12 See Brandt, Harbours and their Treaties, p. 45."
    assert mended(half, note, "47", OTHER) == [
        (f"{half} {OTHER}", ""),
        (note, "footnote"),
        ("47", "boilerplate"),
    ]


def test_what_follows_a_page_number_must_be_a_sentence_or_long() -> None:
    long = f"{HALF} between the two governments and those of all the towns"
    for other in ("Now, on to the harbour", "نقش نیروهای مسلح"):
        assert [text for text, _ in mended(long, "2", other)] == [long, "2", other]


def test_items_without_bullets_stay_items() -> None:
    items = ("lift the old duties on the ships of all the towns", "end the quarrel about the nets")
    lead = "The parties agree to the measures that their ministers wrote down"
    assert [text for text, _ in mended(lead, *items)] == [lead, *items]
    assert [text for text, _ in mended(*items[:1], "3", *items[1:])] == [items[0], "3", items[1]]


def test_what_is_repeated_without_a_page_break_is_no_header() -> None:
    assert [part for _, part in mended(PROSE, HEADER, PROSE, HEADER, PROSE)] == [""] * 5


@pytest.mark.parametrize("line", ["Mr. President", "Conclusion", "(spoke in French)", "- Bread", "We ask:"])
def test_this_is_no_header_though_it_comes_again_beside_page_numbers(line: str) -> None:
    found = dict(mended(PROSE, line, "12", PROSE, line, PROSE))
    assert found[line] == ""


def test_a_footnote_and_a_caption_inside_a_sentence_come_behind_it() -> None:
    note, caption = "¹ The contracts are in the archive.", "Figure 2: Contracts by year"
    assert mended(HALF, note, caption, "12", OTHER) == [
        (f"{HALF} {OTHER}", ""),
        (note, ""),
        (caption, ""),
        ("12", "boilerplate"),
    ]


def test_a_hyphen_at_the_end_of_a_page_is_asked_like_one_at_the_end_of_a_line() -> None:
    assert mended("They tightened, once more and without a word, the sanc-", "12", "tions on shipping.") == [
        ("They tightened, once more and without a word, the sanctions on shipping.", ""),
        ("12", "boilerplate"),
    ]
    assert mended("They praised, once more and without a word, the two-", "sided plan.")[0][0].endswith(
        "two-sided plan."
    )


def test_an_item_of_a_list_can_be_cut_too() -> None:
    item = f"c. {HALF}"
    assert mended(item, OTHER, "d. They left.") == [(f"{item} {OTHER}", ""), ("d. They left.", "")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("strengthening the part of the towns in every plan", "improving the ways to the sea for all"),
        ("We want", "peace on the river"),  # too short to be the half of a sentence
        ("The fleet of the northern towns had left:", "nobody knew why."),
        ("The fleet of the northern towns had left;", "nobody knew why."),
        (HALF, "a. the first of the items"),
        ("¹ The author teaches at the school of the harbour town", "and the text goes on."),
        ("Figure 2: The contracts of the two governments by year", "as we have seen above."),
    ],
)
def test_these_are_not_halves_of_a_sentence(before: str, after: str) -> None:
    assert [text for text, _ in mended(before, after)] == [before, after]


def test_a_list_inside_a_sentence_goes_on_behind_a_page_number() -> None:
    before = "The plan has three aims: to build a harbour for the fleet of the town;"
    assert mended(before, "12", "to dig a canal.")[0][0] == f"{before} to dig a canal."


def test_persian_sentences_are_closed_by_their_own_marks() -> None:
    persian = "آیا وزیران دو کشور در این باره گفت و گو کردند؟"
    assert mended(persian, "12", persian, language="fa") == [
        (persian, ""),
        ("12", "boilerplate"),
        (persian, ""),
    ]


def test_a_long_paragraph_that_has_not_ended_goes_on_with_a_name() -> None:
    long = f"{HALF} between the governments of both these countries and towns that had signed with the United"
    assert mended(long, "Nations would be kept in autumn.") == [
        (f"{long} Nations would be kept in autumn.", "")
    ]
    for other in (
        "The contracts would be kept in autumn.",  # a new sentence, most likely
        "Mr. President, the contracts would be kept in autumn.",
        "Brandt, I. (2012). Harbours and their Treaties. Review of Harbours, 12(3), pp. 4-9.",
        "Nations",
    ):
        assert [text for text, _ in mended(long, other)] == [long, other]


def test_a_sentence_goes_on_with_a_name_that_could_be_addressed() -> None:
    half = "Let me also congratulate, on behalf of all the towns along the river, His Excellency"
    other = "Secretary-General Brandt on his re-election, which nobody had expected in the autumn."
    assert mended(half, "5 11-50871", other) == [(f"{half} {other}", ""), ("5 11-50871", "boilerplate")]
    assert [text for text, _ in mended(half, "5", "Secretary-General,")] == [half, "5", "Secretary-General,"]


def test_a_rule_of_underscores_stands_between_pages() -> None:
    assert mended(HALF, "________________", "A/72/PV.14", OTHER)[0] == (f"{HALF} {OTHER}", "")


def test_a_number_goes_on_behind_a_long_line() -> None:
    assert mended(HALF, "10 December would be kept.")[0][0] == f"{HALF} 10 December would be kept."
    assert len(mended("The contracts of", "10 December would be kept.")) == 2


def test_a_clause_behind_a_comma_goes_on_though_another_follows() -> None:
    one, two, three = (
        "Together we must stand up against it,",
        "which is hard and an appalling",
        "thing for all of us.",
    )
    assert mended(one, two, three)[0][0].startswith(f"{one} {two}")
