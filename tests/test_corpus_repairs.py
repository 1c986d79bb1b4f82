from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate.corpus.cleaning.repairs import carried_over, undo
from rubricate.corpus.document import REPAIRS, Document, Repair, Source
from rubricate.corpus.making import make_document

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


def made(text: str, language: str = "en") -> Document:
    return make_document(Source("a", "a.txt", "", "utf-8", text=text), language)


def visible(text: str) -> str:
    return "".join(text.split())


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


@settings(max_examples=500)
@given(LINES.map("\n".join), st.sampled_from(["en", "fa", "xx"]))
def test_repairs_can_be_undone_to_the_source(text: str, language: str) -> None:
    document = made(text, language)
    assert visible(undo(document.text, document.repairs)) == visible(text)
    for repair in document.repairs:
        assert repair.kind in REPAIRS
        assert text.startswith(repair.before, repair.source_start)
        assert document.text.startswith(repair.after, repair.start)
    assert list(document.repairs) == sorted(document.repairs, key=lambda one: one.start)


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
