"""cooccurrence.csv and cooccurrence_matrix.csv: which codes occur in the same passages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.codebooks.rules.dependencies import linked_codes
from rubricate.reports.association import MEASURES
from rubricate.reports.columns import frame
from rubricate.reports.tally import branches

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from rubricate.codebooks.codebook import Codebook
    from rubricate.reports.tally import Tally

    Bools = NDArray[np.bool_]


def cooccurrence(tally: Tally, codebook: Codebook, *, linked: bool = False) -> pd.DataFrame:
    """Return one row per unordered pair of codes that were looked for, in codebook order, with all measures.

    A pair of which one code is above the other, or asks about the other in a rule (``@code``), co-occurs by
    construction; it is left out unless ``linked``.
    """
    import numpy as np

    live = np.flatnonzero(tally.applies)
    one, other = (live[place] for place in np.triu_indices(len(live), 1))
    related = _linked(codebook)[other, one].astype(np.int64)
    if not linked:
        one, other, related = (values[related == 0] for values in (one, other, related))
    names = np.array([code.id for code in codebook.codes], dtype=object)
    both = tally.both.dense()[one, other]
    a, b = (tally.both.diagonal()[code] for code in (one, other))
    total = np.full_like(both, tally.passages.sum())
    return frame(
        "cooccurrence",
        {
            "code_a": names[one],
            "code_b": names[other],
            "linked": related,
            "both": both,
            "both_apart": tally.both_apart.dense()[one, other],
            "a": a,
            "b": b,
            "total": total,
            **{name: measure(both, a, b, total) for name, measure in MEASURES.items()},
        },
    )


def linked_pairs(codebook: Codebook) -> list[tuple[str, str]]:
    """The pairs of codes with entries that ``cooccurrence`` leaves out, in codebook order."""
    import numpy as np

    codes = codebook.codes
    pairs = zip(*(places.tolist() for places in np.nonzero(np.triu(_linked(codebook), 1))), strict=True)
    return [(codes[a].id, codes[b].id) for a, b in pairs if codes[a].entries and codes[b].entries]


def _linked(codebook: Codebook) -> Bools:
    """A K×K matrix that is true for codes of which one is above the other or asks about it in a rule."""
    places = {code.id: index for index, code in enumerate(codebook.codes)}
    found = branches(codebook)
    for code, other in linked_codes(codebook.codes):
        found[places[code], places[other]] = True
    linked: Bools = found | found.T
    return linked


def cooccurrence_matrix(tally: Tally, codebook: Codebook) -> pd.DataFrame:
    """Return the passages that each pair of codes shares, for codes that were looked for; linked pairs too.

    The diagonal holds the passages of each code. Raises ReportError where a code is called ``code``.
    """
    import numpy as np

    live = np.flatnonzero(tally.applies)
    names = [codebook.codes[code].id for code in live.tolist()]
    shared = tally.both.dense()[np.ix_(live, live)]
    columns = {name: shared[:, place] for place, name in enumerate(names)}
    return frame("cooccurrence_matrix", {"code": names, **columns}, codes=names)
