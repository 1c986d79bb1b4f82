from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate.corpus.cleaning.repairs import carried_over, undo
from rubricate.corpus.document import PARTS, REPAIRS, Block, Document, Repair, Source
from rubricate.corpus.making import make_document
from rubricate.corpus.study.changes import StudyChanges
from rubricate.corpus.study.corrections import Correction, Corrections
from rubricate.corpus.study.repair_rows import RepairRow, Repairs

LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "",
                " ",
                "The ministers who met in the harbour town agreed that the old contracts",
                "would be kept until the new ones were signed, and not a day longer.",
                "They praised, once more and without saying a word, the two-",
                "sided plan of the towns, and that in the autumn—",
                "machinery was bought for it, they tightened the sanc-",
                "tions on the shipping lines that run",
                "Harbour Studies Review",
                "¹ A note, and where it is from.",
                "12",
                "A/63/PV.5 23/09/2008",
            ]
        ),
        st.sampled_from(["- peace;", "1. Bread.", "References", "far-", "the", "\ufeff", "\x00 a", "b\x07c"]),
        st.text(st.sampled_from("aB .-,—۱تم\t\u00a0\u2028\x0c\x0b\x00制😀"), max_size=30),
    ),
    max_size=14,
)


WORDS = st.sampled_from(
    "a|the|- peace|12|far-|two-|two-\n|sanc|tions on|that run Harbour|A/63/PV.5|References|¹|,| B|a |B-|"
    "run\n12|old contracts would|۱|制|\x00|must.".split("|")
)
AFTERS = st.sampled_from("| |x|x-|-| y |x y|the|The|12|制 z|x y z|. Far".split("|"))
ROWS = st.lists(st.tuples(WORDS | st.text("aB .-,م\u00a0", min_size=1, max_size=4), AFTERS), max_size=4)


def made(text: str, language: str = "en", changes: StudyChanges | None = None) -> Document:
    return make_document(Source("a", "a.txt", "", "utf-8", text=text), language, changes or StudyChanges())


def marked(*texts: str, changes: StudyChanges) -> Document:
    blocks = tuple(map(Block, texts))
    return make_document(Source("a", "a.md", "", "utf-8", blocks=blocks), "en", changes)


def repairing(*rows: tuple[str, str]) -> Repairs:
    apart = {row[0]: row for row in rows if row[0].strip() and row[0] != row[1]}.values()
    return Repairs("r.csv", tuple(RepairRow(line, "", *row) for line, row in enumerate(apart, 2)))


def correcting(*rows: tuple[int, str, str, str]) -> Corrections:
    """Rows of (paragraph, quotation, what, value), where ``split: WORDS`` is written as in the file."""
    return Corrections(
        "c.csv",
        tuple(
            Correction("c.csv", line, "a", number, words, what, value.partition(":")[0], "why", before)
            for line, (number, words, what, value) in enumerate(rows, 2)
            for before in [value.removeprefix("split: ") if value.startswith("split: ") else ""]
        ),
    )


def visible(text: str) -> str:
    return "".join(text.split())


def paragraphs(document: Document) -> list[str]:
    return [document.text[one.start : one.end] for one in document.paragraphs]


def told(document: Document) -> list[tuple[str, str, str]]:
    return [(repair.kind, repair.before, repair.after) for repair in document.repairs]


def check_record(document: Document, source: str) -> None:
    """That the record leads back to the source, and that every row of it says what is so."""
    assert visible(undo(document.text, document.repairs)) == visible(source)
    for repair in document.repairs:
        assert repair.kind in REPAIRS
        assert document.text.startswith(repair.after, repair.start)
        assert repair.source_start == -1 or source.startswith(repair.before, repair.source_start)
    ends = [(repair.start, repair.start + len(repair.after)) for repair in document.repairs]
    assert all(one[1] <= other[0] for one, other in pairwise(ends))


def test_a_clean_text_needs_no_repair() -> None:
    assert made("Nothing to do.\n\nNothing here.").repairs == ()


def test_every_repair_says_what_was_where() -> None:
    text = (
        "They praised, once more and without saying a word, the two-\n"
        "sided plan of the towns, and that in the busy autumn—\n"
        "machinery was bought for it; they tightened the sanc-\n"
        "tions on the shipping lines that run\n"
        "\n"
        "A/63/PV.5\n"
        "\n"
        "from the \x07north to the sea."
    )
    document = made(text)
    assert document.text == (
        "They praised, once more and without saying a word, the two-sided plan of the towns, and that in the "
        "busy autumn—machinery was bought for it; they tightened the sanctions on the shipping lines that "
        "run from the  north to the sea.\n\nA/63/PV.5"
    )
    assert [(kind, before, after) for kind, _, _, before, after in document.repairs] == [
        ("hyphen", "-\n", "-"),
        ("dash", "—\n", "—"),
        ("hyphen", "-\n", ""),
        ("page_break", "\n\nA/63/PV.5\n\n", " "),
        ("control_character", "\x07", ""),
        ("moved", "", "A/63/PV.5"),
    ]
    for repair in document.repairs:
        assert text.startswith(repair.before, repair.source_start)
        assert document.text.startswith(repair.after, repair.start)
    assert document.line_joins == 0


def test_lines_that_are_joined_are_counted() -> None:
    line = "This is a line of a page that was wrapped by hand a\n"
    assert made(line * 4).line_joins == 3
    assert made(line * 4 + "\n" + line * 2).line_joins == 4


def test_every_kind_of_repair_is_known() -> None:
    assert len(set(REPAIRS)) == len(REPAIRS)


@settings(max_examples=300)
@given(LINES.map("\n".join), st.sampled_from(["en", "fa", "xx"]))
def test_repairs_can_be_undone_to_the_source(text: str, language: str) -> None:
    check_record(made(text, language), text)


@settings(max_examples=500)
@given(LINES.map("\n".join), ROWS)
def test_a_studys_own_repairs_can_be_undone_too(text: str, rows: list[tuple[str, str]]) -> None:
    check_record(made(text, changes=StudyChanges(repairing(*rows))), text)


@st.composite
def corrections(draw: st.DrawFn, texts: list[str]) -> Corrections:
    """Rows that fit these paragraphs: some are joined, some are split, some are named."""
    rows = []
    for number, text in enumerate(texts, 1):
        what = draw(st.sampled_from(["", "", "join", "split", "part"]))
        words = text.split()
        if what == "join" and number > 1:
            rows.append((number, text, "border", "join"))
        elif what == "split" and len(words) > 1:
            rest = " ".join(words[draw(st.integers(1, len(words) - 1)) :])
            whole, part = (one.replace("—", "-") for one in (" ".join(words), rest))
            if sum(whole.startswith(part, place) for place in range(len(whole))) == 1:
                rows.append((number, text, "border", f"split: {rest}"))
        elif what == "part":
            rows.append((number, text, "part", draw(st.sampled_from(PARTS))))
    return correcting(*rows)


@settings(max_examples=500)
@given(LINES.map("\n".join), ROWS, st.data())
def test_repairs_can_be_undone_after_corrections(
    text: str, rows: list[tuple[str, str]], data: st.DataObject
) -> None:
    repairs = repairing(*rows)
    before = made(text, changes=StudyChanges(repairs))
    changes = StudyChanges(repairs, data.draw(corrections(paragraphs(before))))
    document = made(text, changes=changes)
    check_record(document, text)
    assert visible(document.text) == visible(before.text)


@settings(max_examples=300)
@given(st.lists(st.text("aB .-,\n", max_size=12) | WORDS, max_size=6), ROWS, st.data())
def test_repairs_of_marked_texts_can_be_undone(
    texts: list[str], rows: list[tuple[str, str]], data: st.DataObject
) -> None:
    repairs = repairing(*rows)
    before = marked(*texts, changes=StudyChanges(repairs))
    check_record(before, "\n\n".join(texts))
    changes = StudyChanges(repairs, data.draw(corrections(paragraphs(before))))
    document = marked(*texts, changes=changes)
    check_record(document, "\n\n".join(texts))
    assert visible(document.text) == visible(before.text)


CUT = "It rained.\n\nBut then.\n\nThey who had mended the nets of\n\n7\n\nthe village went out to sea."


@pytest.mark.parametrize("value", ["join", "split: then"])
def test_a_border_that_is_corrected_leaves_a_page_break_where_it_is(value: str) -> None:
    document = made(CUT, changes=StudyChanges(None, correcting((2, "But", "border", value))))
    page = document.repairs[0]
    assert (page.kind, page.before, page.after) == ("page_break", "\n\n7\n\n", " ")
    assert document.text[: page.start].endswith("mended the nets of")
    assert document.text[page.start :].startswith(" the village")
    check_record(document, CUT)


def test_a_page_break_can_become_a_border() -> None:
    changes = StudyChanges(None, correcting((3, "They who", "border", "split: the village")))
    document = made(CUT, changes=changes)
    assert told(document) == [("page_break", "\n\n7\n\n", "\n\n"), ("moved", "", "7")]
    check_record(document, CUT)


def test_a_repair_over_a_line_break_leaves_the_break_alone() -> None:
    text = "The war of teh\ncountry is over."
    document = made(text, changes=StudyChanges(repairing(("teh country", "the country"))))
    assert document.text == "The war of the country is over."
    assert document.repairs == (Repair("repairs.csv", 11, 11, "teh", "the"),)
    check_record(document, text)


def test_a_repair_that_ends_in_a_hyphen_at_a_line_end_can_be_undone() -> None:
    text = "They praised, once more and without saying a word, the tow-\nsided plan of the towns."
    document = made(text, changes=StudyChanges(repairing(("tow-", "two-"))))
    assert "the two-sided plan" in document.text
    check_record(document, text)


def test_deletions_side_by_side_are_undone_in_their_order() -> None:
    changes = StudyChanges(repairing(("x,", ""), (" y", "")))
    document = marked("deal, x, y z", changes=changes)
    assert document.text == "deal,  z"
    assert told(document) == [("repairs.csv", "x,", ""), ("repairs.csv", " y", "")]
    assert visible(undo(document.text, document.repairs)) == "deal,x,yz"


def test_a_paragraph_that_a_repair_empties_is_gone_in_every_format() -> None:
    changes = StudyChanges(repairing(("Advert!", "")))
    source = ["One.", "Advert!", "Two. Advert!"]
    for document in (marked(*source, changes=changes), made("\n\n".join(source), changes=changes)):
        assert paragraphs(document) == ["One.", "Two."]
        check_record(document, "\n\n".join(source))


def test_nothing_is_left_of_a_text_that_is_repaired_away() -> None:
    changes = StudyChanges(repairing(("x", "")))
    for document in (marked("x", changes=changes), made("x", changes=changes)):
        assert (document.text, document.paragraphs) == ("", ())
        check_record(document, "x")


def test_undoing_refuses_what_is_not_there() -> None:
    with pytest.raises(ValueError, match="no repair of this text"):
        undo("abc", [Repair("hyphen", 0, 0, "-\n", "x")])


def test_repairs_are_carried_over_to_another_spacing() -> None:
    repairs = (Repair("hyphen", 5, 4, "-\n", "-"), Repair("moved", 8, 9, "", "x"))
    assert carried_over(repairs, "a b c-d x", "a\n\nb c-d\n\nx") == (
        Repair("hyphen", 6, 4, "-\n", "-"),
        Repair("moved", 10, 9, "", "x"),
    )
    assert carried_over(repairs, "same", "same") == repairs
    assert carried_over((Repair("control_character", 3, 3, "\x07", ""),), "ab ", "ab") == (
        Repair("control_character", 2, 3, "\x07", ""),
    )
