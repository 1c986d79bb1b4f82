import pytest

from rubricate.cli.counted import lengths, repeated, too_long, uncounted
from rubricate.coding.settings import DUPLICATES
from rubricate.corpus.passages import UNITS


@pytest.mark.parametrize(
    ("passages", "middle", "longest"),
    [
        ({3: 1, 5: 1}, "3", "5"),
        ({1: 2, 9: 1}, "1", "9"),
        ({0: 1, 7: 3}, "7", "7"),
        ({2000: 5, 4: 4}, "2,000", "2,000"),
    ],
)
def test_the_median_is_the_longest_of_the_shorter_half(passages, middle, longest):
    assert list(lengths(passages)) == [f"Words in a passage: median {middle}, longest {longest}."]


@pytest.mark.parametrize("passages", [{}, {7: 1}])
def test_fewer_than_two_passages_have_no_middle(passages):
    assert list(lengths(passages)) == []


@pytest.mark.parametrize(
    ("unit", "most", "advice"),
    [
        ("paragraph", 1000, "--unit sentence cuts such passages"),
        ("sentence", 500, "no sentence ends were found there"),
        ("item", 500, "no sentence ends were found there"),
    ],
)
def test_passages_that_are_suspiciously_long_are_told(unit, most, advice):
    assert list(too_long({most: 9}, unit)) == []
    assert list(too_long({most: 9, most + 1: 1}, unit)) == [
        f"1 passage is longer than {most:,} words; {advice}"
    ]
    assert list(too_long({most + 1: 2, 9000: 1}, unit)) == [
        f"3 passages are longer than {most:,} words; {advice}"
    ]


@pytest.mark.parametrize("unit", list(UNITS))
def test_no_length_is_suspicious_where_nothing_was_counted_or_the_unit_has_none(unit):
    assert list(too_long({}, unit)) == []
    assert list(too_long({100_000: 1}, "document")) == list(too_long({100_000: 1}, "heading")) == []


@pytest.mark.parametrize("duplicates", DUPLICATES)
def test_where_nothing_repeats_nothing_is_told(duplicates):
    assert list(repeated(0, 0, duplicates)) == []


@pytest.mark.parametrize(
    ("duplicates", "line"),
    [
        ("keep", "1 passage word for word, 1,200 nearly; all counted (--duplicates exact or near counts"),
        ("exact", "1 passage word for word; not counted."),
        ("near", "1 passage word for word, 1,200 nearly; not counted."),
    ],
)
def test_passages_that_repeat_others_are_told_with_whether_they_count(duplicates, line):
    (told,) = repeated(1, 1200, duplicates)
    assert told.startswith(f"Repeated: {line}")


@pytest.mark.parametrize(
    ("repeated", "empty", "told"),
    [
        (0, 0, ""),
        (1, 0, "; 1 document only repeats others"),
        (0, 1, "; 1 document has nothing to analyse"),
        (1200, 2, "; 1,200 documents only repeat others, 2 documents have nothing to analyse"),
    ],
)
def test_documents_of_which_nothing_counts_are_told_with_the_reason(repeated, empty, told):
    assert uncounted(repeated, empty) == told
