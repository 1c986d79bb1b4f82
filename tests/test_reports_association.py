import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency
from sklearn.metrics import f1_score, jaccard_score, matthews_corrcoef

from rubricate.reports.association import MEASURES


def measured(both, a, b, total):
    return {name: measure(both, a, b, total).item() for name, measure in MEASURES.items()}


@st.composite
def tables(draw):
    total = draw(st.integers(2, 60))
    a, b = draw(st.integers(1, total - 1)), draw(st.integers(1, total - 1))
    return draw(st.integers(max(0, a + b - total), min(a, b))), a, b, total


def test_values_worked_out_by_hand():
    assert measured(2, 2, 3, 4) == pytest.approx(
        {
            "expected": 1.5,
            "jaccard": 2 / 3,
            "dice": 4 / 5,
            "cosine": 2 / math.sqrt(6),
            "lift": 4 / 3,
            "npmi": math.log(4 / 3) / math.log(2),
            "phi": 1 / math.sqrt(3),
            "log_likelihood": 2 * (2 * math.log(4 / 3) + math.log(2 / 3) + math.log(2)),
        }
    )


def test_codes_that_never_meet_have_zero_overlap_and_npmi_minus_one():
    values = measured(0, 2, 2, 4)
    assert values.pop("log_likelihood") == pytest.approx(8 * math.log(2))
    assert values == {
        "expected": 1, "jaccard": 0, "dice": 0, "cosine": 0, "lift": 0, "npmi": -1, "phi": -1
    }  # fmt: skip


def test_exact_independence_is_exactly_zero():
    values = measured(6, 21, 14, 49)
    assert (values["npmi"], values["phi"], values["log_likelihood"]) == (0, 0, 0)
    assert math.copysign(1, values["npmi"]) == 1


@pytest.mark.parametrize(
    ("counts", "undefined"),
    [
        ((0, 0, 0, 0), set(MEASURES)),
        ((0, 0, 0, 5), {"jaccard", "dice", "cosine", "lift", "npmi", "phi", "log_likelihood"}),
        ((0, 0, 3, 5), {"cosine", "lift", "npmi", "phi", "log_likelihood"}),
        ((3, 5, 3, 5), {"phi", "log_likelihood"}),
        ((5, 5, 5, 5), {"npmi", "phi", "log_likelihood"}),
        ((1, 1, 1, 1), {"npmi", "phi", "log_likelihood"}),
    ],
)
def test_what_is_undefined_is_nan_and_nothing_else_is(counts, undefined):
    values = measured(*counts)
    assert {name for name, value in values.items() if math.isnan(value)} == undefined
    assert not any(math.isinf(value) for value in values.values())


def test_empty_arrays_give_empty_arrays():
    none = np.zeros(0, np.int64)
    assert all(measure(none, none, none, none).shape == (0,) for measure in MEASURES.values())


@given(tables())
def test_measures_agree_with_scikit_learn_and_scipy(counts):
    both, a, b, total = counts
    cells = [both, a - both, b - both, total - a - b + both]
    has_a, has_b = np.repeat([1, 1, 0, 0], cells), np.repeat([1, 0, 1, 0], cells)
    values = measured(*counts)
    test = chi2_contingency(np.reshape(cells, (2, 2)), lambda_="log-likelihood", correction=False)
    assert values["phi"] == pytest.approx(matthews_corrcoef(has_a, has_b), abs=1e-12)
    assert values["log_likelihood"] == pytest.approx(test.statistic, abs=1e-9)
    assert values["expected"] == pytest.approx(test.expected_freq[0, 0])
    assert values["jaccard"] == pytest.approx(jaccard_score(has_a, has_b))
    assert values["dice"] == pytest.approx(f1_score(has_a, has_b))


@given(tables())
def test_bounds_hold(counts):
    values = measured(*counts)
    assert all(0 <= values[name] <= 1 + 1e-12 for name in ("jaccard", "dice", "cosine"))
    assert all(-1 - 1e-12 <= values[name] <= 1 + 1e-12 for name in ("npmi", "phi"))
    assert values["log_likelihood"] >= 0


def test_near_independence_in_a_large_corpus_keeps_its_digits():
    total, a, b = 1_000_000_000, 100_000, 100_001
    both = 10  # n both − a b = −100 000: G² ≈ (both − e)² / e, which a plain sum of logarithms loses
    deviation = both - a * b / total
    assert measured(both, a, b, total)["log_likelihood"] == pytest.approx(deviation**2 / 10, rel=1e-3)
