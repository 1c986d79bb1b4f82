from __future__ import annotations

import pytest

from rubricate.corpus.metadata.variable_types import MOST_DISTINCT, VariableType, infer_types


def inferred(name: str, *values: str) -> VariableType:
    (found,) = infer_types([{name: value} for value in values])
    return found


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("held", ("2019-05-12", "2019-05"), "date"),
        ("held", ("2019-05-12T10:30Z",), "date"),
        ("date", ("2019", "1945"), "date"),
        ("publication_year", ("2019", "1398"), "date"),
        ("words", ("2019", "1945"), "whole number"),
        ("yearly_income", ("2019", "1945"), "whole number"),
        ("held", ("2019", "2019-05"), "date"),
        ("n", ("7", "-12", "+0"), "whole number"),
        ("n", ("7", "0.5", "-1e3", ".5"), "number"),
        ("n", ("007", "012"), "text"),
        ("n", ("1", "2", "n/a"), "text"),
        ("n", ("٣", "۴"), "text"),
        ("n", ("NaN", "inf"), "text"),
        ("voted", ("yes", "No", "YES"), "yes/no"),
        ("voted", ("true", "false"), "yes/no"),
        ("voted", ("yes", "false"), "text"),
        ("voted", ("1", "0"), "whole number"),
        ("outlet", ("irna", "tass", "irna", "irna"), "category"),
        ("outlet", ("irna", "tass", "xinhua"), "text"),
        ("note", ("x" * 101, "x" * 101), "text"),
        ("note", ("", "  "), "empty"),
        ("held", (" 2019-05-12 ",), "date"),
    ],
)
def test_the_kind_of_a_variable_follows_from_all_its_values(
    name: str, values: tuple[str, ...], kind: str
) -> None:
    assert inferred(name, *values).kind == kind


@pytest.mark.parametrize(
    ("values", "remark"),
    [
        (("01/02/2019", "13/02/2019"), "looks like dates; write them as 2019-02-01"),
        (("1.2.19",), "looks like dates; write them as 2019-02-01"),
        (("12 May 2019", "May 12, 2019", "Mai 2019"), "looks like dates; write them as 2019-02-01"),
        (("1,5", "2,25"), "looks like numbers; write them with a decimal point"),
        (("1,500", "2,250,000"), "looks like numbers; write them as 12345.6, without separators"),
        (("1.500,5", "2 250"), "looks like numbers; write them as 12345.6, without separators"),
        (("1",) * 9 + ("n/a",), "not all are numbers (but 'n/a')"),
        (("2019-05",) * 9 + ("May 2019",), "not all are dates; write them as 2019-02-01 (but 'May 2019')"),
        (("irna", "tass"), ""),
        (("1", "n/a"), ""),
    ],
)
def test_what_may_be_meant_is_remarked_and_not_guessed(values: tuple[str, ...], remark: str) -> None:
    found = inferred("x", *values)
    assert found.kind in ("text", "category")
    assert found.remark == remark


def test_distinct_and_missing_values_are_counted_over_all_documents() -> None:
    rows = [{"outlet": "irna", "n": ""}, {"outlet": "irna "}, {"outlet": "tass", "n": "7"}, {}]
    assert infer_types(rows) == (
        VariableType("outlet", "text", distinct=2, missing=1, example="irna"),
        VariableType("n", "whole number", distinct=1, missing=3, example="7"),
    )


def test_without_documents_there_are_no_variables() -> None:
    assert infer_types([]) == ()
    assert infer_types([{}]) == ()


def test_an_empty_variable_has_no_example() -> None:
    assert inferred("x", "", "") == VariableType("x", "empty", distinct=0, missing=2)


def test_rows_are_read_once_and_distinct_values_counted_up_to_a_limit() -> None:
    rows = ({"n": str(number)} for number in range(MOST_DISTINCT + 1))
    (found,) = infer_types(rows)
    assert found == VariableType("n", "whole number", distinct=None, missing=0, example="0")
    assert inferred("n", *map(str, range(MOST_DISTINCT))).distinct == MOST_DISTINCT
