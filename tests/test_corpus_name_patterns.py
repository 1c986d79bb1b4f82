from __future__ import annotations

import time
from string import ascii_letters

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.corpus.errors import CorpusError
from rubricate.corpus.metadata.names import parse_pattern, read_name


def read(pattern: str, file: str) -> dict[str, str] | None:
    found = read_name(parse_pattern(pattern), file)
    return None if found is None else dict(found)


@pytest.mark.parametrize(
    ("pattern", "file", "variables"),
    [
        ("{year}-{president}.txt", "1789-Washington.txt", {"year": "1789", "president": "Washington"}),
        ("{outlet}_{date:%Y-%m-%d}.txt", "irna_2019-05-12.txt", {"outlet": "irna", "date": "2019-05-12"}),
        ("{outlet}", "irna.txt", {"outlet": "irna"}),
        ("{outlet}.txt", "irna.txt.gz", {"outlet": "irna"}),
        ("{outlet}.txt.gz", "irna.txt", {"outlet": "irna"}),
        ("{outlet}.TXT", "irna.txt", {"outlet": "irna"}),
        ("{outlet}.md", "irna.txt", None),
        ("{outlet}.v2", "irna.v2.txt", {"outlet": "irna"}),
        ("{outlet}.v2", "irna.v3.txt", None),
        ("{outlet}", "deep/er/irna.txt", {"outlet": "irna"}),
        ("{country}/{outlet}", "asia/iran/irna.txt", {"country": "iran", "outlet": "irna"}),
        ("{country}/{outlet}", "irna.txt", None),
        ("speeches/{n}", "un/speeches/7.txt", {"n": "7"}),
        ("speeches/{n}", "un/talks/7.txt", None),
        ("{}_{n}", "x_7.txt", {"n": "7"}),
        ("{_}_{n}_{_}", "x_7_y.txt", {"n": "7"}),
        ("{a}_{b}", "new_york_times.txt", {"a": "new", "b": "york_times"}),
        ("{a}_{b}", "new.txt", None),
        ("{a}_{b}", "_new.txt", None),
        ("{{{a}}}", "{x}.txt", {"a": "x"}),
        ("{ a }", "x.txt", {"a": "x"}),
        ("(?P<x>.{a}+", "(?P<x>.7+.txt", {"a": "7"}),
        ("{n}é", "7e\u0301.txt", {"n": "7"}),
        ("{نام}", "تهران.txt", {"نام": "تهران"}),
        ("{a}", "-", {"a": "-"}),
        ("{a}", "x\ny.txt", {"a": "x\ny"}),
    ],
)
def test_a_pattern_finds_variables_in_a_name(
    pattern: str, file: str, variables: dict[str, str] | None
) -> None:
    assert read(pattern, file) == variables


@pytest.mark.parametrize(
    ("written", "name", "date"),
    [
        ("%Y-%m-%d", "2019-05-12", "2019-05-12"),
        ("%Y-%m-%d", "2019-5-2", "2019-05-02"),
        ("%d.%m.%Y", "2.5.2019", "2019-05-02"),
        ("%Y%m%d", "20190512", "2019-05-12"),
        ("%Y%m%d", "2019512", None),
        ("%y%m%d", "690512", "1969-05-12"),
        ("%Y-%m", "2019-05", "2019-05"),
        ("%Y", "2019", "2019"),
        ("%Y", "19", None),
        ("%d %B %Y", "12 May 2019", "2019-05-12"),
        ("%b%Y", "sep2019", "2019-09"),
        ("%Y-%j", "2019-060", "2019-03-01"),
        ("%Y-%m-%dT%H%M%S", "2019-05-12T093015", "2019-05-12"),
        ("%Y/%m/%d", "2019/05/12", "2019-05-12"),
        ("%Y-%m-%d", "2019-02-30", None),
        ("%Y-%m-%d", "2019-13-01", None),
        ("%Y-%m-%d", "0000-01-01", None),
        ("%Y-%m-%d", "۲۰۱۹-۰۵-۱۲", None),
    ],
)
def test_a_date_becomes_iso_as_far_as_it_is_known(written: str, name: str, date: str | None) -> None:
    found = read(f"x{{date:{written}}}", f"x{name}.txt")
    assert (found or {}).get("date") == date


def test_a_date_of_its_own_must_be_one() -> None:
    assert read("{date}", "2019-05.txt") == {"date": "2019-05"}
    assert read("{date}", "May 2019.txt") is None


def test_dates_of_other_variables_are_text_unless_the_pattern_says_how_they_are_written() -> None:
    assert read("{held}", "May 2019.txt") == {"held": "May 2019"}
    assert read("{held:%B %Y}", "May 2019.txt") == {"held": "2019-05"}


@pytest.mark.parametrize(
    ("pattern", "at", "problem"),
    [
        ("{outlet", 1, "this { is never closed; write } behind the name of the variable"),
        ("a_{b_{c}", 3, "this { is never closed; write } behind the name of the variable"),
        ("outlet}", 7, "this } closes nothing; write }} for a brace that stands in the names"),
        ("{a}_{a}", 5, "the variable 'a' was there before; rename one"),
        ("{a}{b}", 4, "nothing stands between this variable and the one before"),
        ("{a}{}", 4, "nothing stands between this variable and the one before"),
        ("{a}_*", 5, "* is no wildcard here; write {} for what does not matter"),
        ("{d:%Y-%Q}", 7, "%Q is unknown; known are %Y %y %m %b %B %d %j %H %M %S"),
        ("{d:%}", 4, "% is unknown; known are %Y %y %m %b %B %d %j %H %M %S"),
        ("{d:%m}", 1, "a date needs its year; add %Y, or leave out the colon for the text as it stands"),
        ("{d:}", 1, "a date needs its year; add %Y, or leave out the colon for the text as it stands"),
        ("{d:%Y%d}", 1, "a date with a day needs its month; add %m"),
        ("{d:%Y %y}", 1, "the year of the date stands in it twice"),
        ("{a/b}", 1, "'a/b' cannot be the name of a variable"),
        ("{a\nb}", 1, "'a\\nb' cannot be the name of a variable"),
        ("/{a}", 1, "this / has no name on one of its sides"),
        ("{a}//{b}", 5, "this / has no name on one of its sides"),
        ("{a}/", 4, "this / has no name on one of its sides"),
    ],
)
def test_a_mistake_in_a_pattern_is_pointed_at(pattern: str, at: int, problem: str) -> None:
    with pytest.raises(CorpusError) as caught:
        parse_pattern(pattern)
    assert str(caught.value) == f"--name-pattern: {pattern!r}, character {at}: {problem}"


@pytest.mark.parametrize("pattern", ["", " ", "speech.txt", ".txt", "{}", "{_}-{}"])
def test_a_pattern_names_a_variable(pattern: str) -> None:
    with pytest.raises(CorpusError, match="names no variable; a pattern looks like"):
        parse_pattern(pattern)


def test_a_pattern_is_of_a_sensible_length() -> None:
    with pytest.raises(CorpusError, match="is longer than 1000 characters"):
        parse_pattern("{a}" + "x" * 1000)


def test_a_hostile_name_takes_no_time() -> None:
    pattern = parse_pattern("-".join(f"{{{letter}}}" for letter in ascii_letters) + "!")
    begin = time.process_time()
    assert read_name(pattern, "-" * 100_000) is None
    assert time.process_time() - begin < 2


def test_a_name_of_bytes_that_are_no_text_does_not_fit() -> None:
    assert read("{a}", "\udce9.txt") is None


@given(
    st.lists(st.text("abc é.,()+^$|", min_size=1).map(str.strip).filter(len), min_size=1, max_size=4),
    st.sampled_from(["_", "--", " - ", "é", "(", "{{"]),
)
def test_values_put_into_a_pattern_are_found_again(values: list[str], between: str) -> None:
    literal = between.replace("{{", "{")
    values = [value.replace(literal, "x") for value in values]
    pattern = between.join(f"{{v{index}}}" for index in range(len(values)))
    found = read(pattern, literal.join(values) + ".txt")
    assert found is not None
    assert literal.join(found.values()) == literal.join(values)


@given(st.text("{}:%Ym/_a*.", max_size=20))
def test_any_pattern_is_parsed_or_refused_in_one_line(text: str) -> None:
    try:
        pattern = parse_pattern(text)
    except CorpusError as error:
        assert "\n" not in str(error)
    else:
        assert len(pattern.names) == len(pattern.formats)
        read_name(pattern, "a/b_2019.txt")
