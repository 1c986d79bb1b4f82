"""Tables at a terminal: columns that fit, rows that matter, and a word on what is not shown."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate.cli.aligned import aligned
from rubricate.cli.terminal import display_width


def frame(**columns):
    kinds = {str: "string", int: "Int64", float: "float64"}
    return pd.DataFrame(
        {
            name: pd.array(values, dtype=kinds[type(next((v for v in values if v is not None), ""))])
            for name, values in columns.items()
        }
    )


def lines(name, table, width=80, most=None):
    return list(aligned(name, [table], width, most))


def test_text_stands_left_and_numbers_right_as_people_read_them():
    table = frame(code=["war", "peace"], passages=[12345, None], passage_share=[0.123456, 1.0])
    assert lines("frequency", table) == [
        "code   passages  passage_share",
        "-----  --------  -------------",
        "war      12,345         0.1235",
        "peace                        1",
    ]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0"),
        (1e-9, "1e-09"),
        (1234.56, "1,235"),
        (98765.4, "98,765"),
        (-0.5, "-0.5"),
        (1e6, "1,000,000"),
    ],
)
def test_numbers_have_four_significant_digits(value, shown):
    assert lines("x", frame(a=[value]))[2] == shown.rjust(max(len(shown), 1))


def test_columns_without_anything_are_left_out_unless_there_is_no_row():
    table = frame(document=["a"], page=[""], words=[3])
    assert lines("documents", table)[0] == "document  words"
    assert lines("documents", table.head(0)) == ["document  page  words", "--------  ----  -----"]


def test_what_has_no_room_is_named():
    table = frame(code=["a" * 10], entry=["b" * 10], form=["c" * 10], matches=[7])
    assert lines("expansions", table, width=24) == [
        "code        entry",
        "----------  ----------",
        "aaaaaaaaaa  bbbbbbbbbb",
        "Not shown: form, matches",
        "  (-o FILE writes them).",
    ]


def test_names_are_cut_in_the_middle_and_texts_at_their_end():
    table = frame(passage=["a_very_long_name_of_a_document#p12"], text=["One sentence follows another here."])
    assert lines("passages", table, width=52)[2] == "a_very_long_…_document#p12  One sentence follows …"


def test_of_too_many_rows_the_largest_are_shown_or_else_the_first():
    table = frame(code=["a", "b", "c"], text=["x", "y", "z"], mentions=[1, 3, 2])
    assert lines("entries", table, most=2)[2:] == [
        "b     y            3",
        "c     z            2",
        "2 of 3 rows with the largest “mentions” (--full shows all).",
    ]
    assert lines("entries", table, most=3)[2:] == [
        "a     x            1",
        "b     y            3",
        "c     z            2",
    ]
    table = frame(part=["title", "body"], words=[1, 2])
    assert lines("parts", table, most=1)[2:] == ["title      1", "1 of 2 rows, the first (--full shows all)."]


def test_rows_that_come_in_several_pieces_are_one_table():
    pieces = [
        frame(document=[name], code=["c"], mentions=[count]) for name, count in (("a", 1), ("b", 5), ("c", 2))
    ]
    shown = list(aligned("frequency_by_document", pieces, 80, 2))
    assert [line.split()[0] for line in shown[2:4]] == ["b", "c"]
    assert len(list(aligned("frequency_by_document", pieces, 80, None))) == 5


def test_right_to_left_cells_are_set_apart():
    assert lines("expansions", frame(code=["c"], form=["جنگ"]))[2] == "c     \u2067جنگ\u2069"


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(*[st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z", "M"]))] * 3),
        max_size=4,
    ),
    st.integers(12, 120),
)
def test_no_line_of_cells_is_wider_than_the_terminal(rows, width):
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    table = frame(**dict(zip(("document", "b", "c"), map(list, columns), strict=True)))
    for line in lines("x", table, width=width):
        if not line.startswith(("Not shown", "  ")):
            assert display_width(line) <= width
