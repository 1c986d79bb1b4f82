"""Measures of how two codes go together over passages.

Each function takes integer arrays of one shape (or numbers): ``both``, passages with both codes; ``a`` and
``b``, passages with the one and the other; ``total``, all passages. It returns an array of floats, NaN
where the measure is undefined. Write n for total, and o for the four cells of the 2×2 table (both, only a,
only b, neither) with e = row sum × column sum / n.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rubricate.reports.columns import ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    Counts = Any
    Floats = NDArray[np.float64]


def expected(both: Counts, a: Counts, b: Counts, total: Counts) -> Floats:
    """Return a b / n, passages with both if the codes were independent (Pearson 1900); n = 0: undefined."""
    _, a, b, total = _integers(both, a, b, total)
    return _floats(ratio(a * b, total))


def jaccard(both: Counts, a: Counts, b: Counts, total: Counts) -> Floats:
    """Return both / (a + b − both) (Jaccard 1901); undefined where neither code occurs."""
    both, a, b, _ = _integers(both, a, b, total)
    return _floats(ratio(both, a + b - both))


def dice(both: Counts, a: Counts, b: Counts, total: Counts) -> Floats:
    """Return 2 both / (a + b) (Dice 1945); undefined where neither code occurs."""
    both, a, b, _ = _integers(both, a, b, total)
    return _floats(ratio(2 * both, a + b))


def cosine(both: Counts, a: Counts, b: Counts, total: Counts) -> Floats:
    """Return both / √(a b) (Ochiai 1957; Salton & McGill 1983); undefined where a or b is 0."""
    import numpy as np

    both, a, b, _ = _integers(both, a, b, total)
    return _floats(ratio(both, np.sqrt(a * b)))


def lift(both: Counts, a: Counts, b: Counts, total: Counts) -> Floats:
    """Return n both / (a b) (Brin, Motwani, Ullman & Tsur 1997, "interest"); undefined where a or b is 0."""
    both, a, b, total = _integers(both, a, b, total)
    return _floats(ratio(both * total, a * b))


def npmi(both: Counts, a: Counts, b: Counts, total: Counts) -> Floats:
    """Return ln(n both / (a b)) / −ln(both / n) (Bouma 2009).

    It is −1, its limit, where both is 0; undefined where a or b is 0, and where both is n (0 / 0).
    """
    import numpy as np

    both, a, b, total = _integers(both, a, b, total)
    result = np.where((a > 0) & (b > 0) & (both == 0), -1.0, np.nan)
    inner = (both > 0) & (both < total)
    both, a, b, total = both[inner], a[inner], b[inner], total[inner]
    result[inner] = np.log(both * total / (a * b)) / -np.log(both / total)
    return _floats(result)


def phi(both: Counts, a: Counts, b: Counts, total: Counts) -> Floats:
    """Return (n both − a b) / √(a (n − a) b (n − b)) (Yule 1912); undefined where a or b is 0 or n."""
    import numpy as np

    both, a, b, total = _integers(both, a, b, total)
    spread = (a * (total - a)).astype(np.float64) * (b * (total - b))
    return _floats(ratio(both * total - a * b, np.sqrt(spread)))


def log_likelihood(both: Counts, a: Counts, b: Counts, total: Counts) -> Floats:
    """Return G² = 2 Σ o ln(o / e) over the four cells (Dunning 1993); undefined where a or b is 0 or n.

    All four o − e are ±d with d = (n both − a b) / n. Each cell is taken as o ln(1 + (o − e) / e) − (o − e),
    the subtracted terms cancelling, because near independence ln(o / e) alone keeps no digits.
    """
    import numpy as np

    both, a, b, total = _integers(both, a, b, total)
    defined = (a > 0) & (b > 0) & (a < total) & (b < total)
    result = np.full(defined.shape, np.nan)
    both, a, b, total = both[defined], a[defined], b[defined], total[defined]
    determinant = both * total - a * b
    result[defined] = 2 * sum(
        _times_log1p(cell, sign * determinant / (row * column)) - sign * determinant / total
        for cell, row, column, sign in (
            (both, a, b, 1),
            (a - both, a, total - b, -1),
            (b - both, total - a, b, -1),
            (total - a - b + both, total - a, total - b, 1),
        )
    )
    return _floats(result)


def _times_log1p(count: Any, deviation: Any) -> Any:
    """count ln(1 + deviation), and 0 where the count is 0, whose logarithm is infinite."""
    import numpy as np

    return count * np.log1p(deviation, where=count > 0, out=np.zeros_like(deviation))


MEASURES: Mapping[str, Callable[[Counts, Counts, Counts, Counts], Floats]] = {
    "expected": expected,
    "jaccard": jaccard,
    "dice": dice,
    "cosine": cosine,
    "lift": lift,
    "npmi": npmi,
    "phi": phi,
    "log_likelihood": log_likelihood,
}
"""Every measure by its column in cooccurrence.csv, in order."""


def _integers(*counts: Counts) -> list[Any]:
    import numpy as np

    return [np.atleast_1d(one) for one in np.broadcast_arrays(*(np.asarray(one, np.int64) for one in counts))]


def _floats(values: Any) -> Floats:
    import numpy as np

    floats: Floats = np.asarray(values, dtype=np.float64) + 0.0  # no −0
    return floats
