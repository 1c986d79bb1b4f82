from __future__ import annotations

from textwrap import TextWrapper

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.cli.terminal import display_width, left, number, right, shortened, wrapped

TEXTS = st.text(st.sampled_from("ab  \n-.…ایر\u200cان制裁，。\u0301é"), max_size=60)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("Iran", 4),
        ("制裁", 4),
        ("می\u200cشود", 5),
        ("e\u0301", 1),
        ("تَحْرِیم", 5),
        ("\u2067ایران\u2069", 5),
    ],
)
def test_a_text_is_as_wide_as_its_columns(text: str, columns: int) -> None:
    assert display_width(text) == columns


def test_cells_are_padded_by_columns() -> None:
    assert left("制裁", 6) == "制裁  "
    assert right("制裁", 6) == "  制裁"
    assert left("Iran", 2) == right("Iran", 2) == "Iran"
    assert left("\u2067قم\u2069", 3) == "\u2067قم\u2069 "


def test_lines_are_broken_at_blanks_and_between_han() -> None:
    assert list(wrapped("No sanctions against Iran", 12)) == ["No sanctions", "against Iran"]
    assert list(wrapped("对伊朗的制裁，无效。", 8)) == ["对伊朗的", "制裁，无", "效。"]
    assert list(wrapped("تحریم‌ها علیه ایران", 8)) == ["تحریم‌ها", "علیه", "ایران"]
    assert list(wrapped("one two", 5, "* ", "  ")) == ["* one", "  two"]


def test_a_no_break_space_breaks_no_line() -> None:
    assert list(wrapped("50 %\u202fof 50\u00a0rials", 6)) == ["50", "%\u202fof", "50\u00a0rials"]


def test_no_text_is_one_empty_line() -> None:
    assert list(wrapped("", 10)) == [""]
    assert list(wrapped("", 10, "    ")) == [""]


@given(st.text(st.sampled_from("abc  .,"), max_size=80), st.integers(1, 30))
def test_plain_text_is_wrapped_as_the_library_does(text: str, width: int) -> None:
    wrapper = TextWrapper(width, break_long_words=False, break_on_hyphens=False)
    assert "\n".join(wrapped(text.strip(), width)) == wrapper.fill(text.strip())


@given(TEXTS, st.integers(2, 30))
def test_nothing_visible_is_lost_or_moved(text: str, width: int) -> None:
    assert "".join("".join(wrapped(text, width)).split()) == "".join(text.split())


@given(st.text(st.sampled_from("a 制ی"), max_size=80), st.integers(4, 30))
def test_a_short_text_stays_and_a_long_one_fits(text: str, width: int) -> None:
    single = " ".join(text.split())
    short = shortened(text, width)
    assert display_width(short) <= width
    assert short == single or short.endswith("…")


def test_a_text_that_is_cut_says_so() -> None:
    assert shortened("Sanctions against Iran", 12) == "Sanctions …"
    assert shortened("对伊朗的制裁无效", 8) == "对伊朗 …"
    assert shortened("Unpronounceable", 8) == "…"


def test_a_count_has_its_noun() -> None:
    assert number(1, "word") == "1 word"
    assert number(2000, "entry", "entries") == "2,000 entries"
