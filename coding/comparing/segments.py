"""Tables of segments side by side, some documents at a time.

Codes and entries are followed through a change of the codebook: a code that was renamed is the same code, and
an entry that has another number because one was put before it is the same entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rubricate.coding.comparing.comparison import Comparison
from rubricate.coding.comparing.context import in_context
from rubricate.coding.comparing.names import GONE, names_of
from rubricate.coding.comparing.numbers import SIDES, Numbers
from rubricate.coding.flags import FLAGS
from rubricate.coding.pass_folders.tables import segment_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from rubricate.codebooks.codebook import Codebook
    from rubricate.codebooks.difference import Difference
    from rubricate.coding.batch import Batch
    from rubricate.corpus.document import Document

_KEY = ["document", "code", "start", "end"]
_SHOWN = ["document", "paragraph", "code", "entry", "start", "end", "hit"]
_COUNTED = ("gained", "lost", "changed")


class Comparing:
    """Compares tables of segments; no document may come twice."""

    def __init__(
        self, before: Codebook, after: Codebook, changes: Difference, most: int | None = None
    ) -> None:
        """``most`` examples of each entry are kept, from different documents first; None: all."""
        self._most = most
        self._names = names_of(before, after, changes)
        self._numbers = Numbers(before, after, self._names)
        self._rows: dict[str, list[pd.DataFrame]] = {which: [] for which in _COUNTED}
        self._counts: list[pd.DataFrame] = []

    def add(
        self, before: pd.DataFrame, after: pd.DataFrame, documents: Mapping[str, Document] | None = None
    ) -> None:
        """Compare two tables as segments.parquet has them; ``documents`` to see the hits in context."""
        names = self._names
        code, entry = before["code"].map(names.codes), before["entry"].map(names.entries)
        before, after = _plain(before.assign(code=code, entry=entry)), _plain(after)
        self._numbers.add("before", before)
        self._numbers.add("after", after)
        joined = before.merge(after, on=_KEY, how="outer", suffixes=("_before", "_after"), indicator=True)
        joined = joined.sort_values(_KEY, kind="stable", ignore_index=True)
        found = {
            "gained": _only(joined, "right_only", "_after"),
            "lost": _only(joined, "left_only", "_before"),
            "changed": _changed(joined),
        }
        self._counts.append(_counted(found))
        for which, rows in found.items():
            shown = _examples(rows, self._most)
            self._rows[which].append(in_context(shown, documents) if documents is not None else shown)

    def add_totals(self, before: Batch, after: Batch) -> None:
        """Add what shares are out of: batches of the same documents, without which there are none."""
        self._numbers.add_totals("before", before)
        self._numbers.add_totals("after", after)

    def result(self) -> Comparison:
        """All that differs."""
        import pandas as pd

        if not self._counts:
            nothing = segment_schema().empty_table().to_pandas()
            self.add(nothing, nothing)
        rows = {
            which: _examples(pd.concat(some, ignore_index=True), self._most)
            for which, some in self._rows.items()
        }
        return Comparison(
            gained=self._told(rows["gained"], ""),
            lost=self._told(rows["lost"], ""),
            changed=self._told(self._told(rows["changed"], "_before"), "_after").drop(columns="entry"),
            entries=self._entries(),
            frequency=self._numbers.frequency(),
            cooccurrence=self._numbers.cooccurrence(),
        )

    def _told(self, rows: pd.DataFrame, side: str) -> pd.DataFrame:
        """Rows with the text of their entries, and with ids in place of keys."""
        rows = rows.reset_index(drop=True)
        key = rows[f"entry{side}"].tolist()
        place = rows.columns.tolist().index(f"entry{side}")
        rows.insert(place + 1, f"entry_text{side}", [self._names.texts[one] for one in key])
        rows[f"entry{side}"] = [one.removeprefix(GONE) for one in key]
        return rows

    def _entries(self) -> pd.DataFrame:
        """What each entry gained and lost, in the order of the later codebook, code by code."""
        import pandas as pd

        names = (*self._names.order, *self._names.texts)  # no entry's key is the id of a code: it has a dot
        place = {name: index for index, name in enumerate(names)}
        sums = pd.concat(self._counts).groupby(["code", "entry"], as_index=False).sum()
        sums = sums.sort_values(["code", "entry"], key=lambda names: names.map(place), kind="stable")
        return self._told(sums, "")


def _plain(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with texts as Python has them: pandas cannot join empty columns of its own kind of texts."""
    return rows.astype(dict.fromkeys(("document", "code", "entry", "hit"), object))


def _only(joined: pd.DataFrame, side: str, suffix: str) -> pd.DataFrame:
    """The segments of one side only."""
    import pandas as pd

    rows = joined[joined["_merge"] == side]
    chosen = rows[[name if name in _KEY else f"{name}{suffix}" for name in _SHOWN]].reset_index(drop=True)
    chosen.columns = pd.Index(_SHOWN)
    return chosen.astype({"paragraph": "int64", "start": "int64", "end": "int64"})


def _changed(joined: pd.DataFrame) -> pd.DataFrame:
    """The segments of both sides with another entry or flag; ``entry`` is the later one."""
    import numpy as np

    rows = joined[joined["_merge"] == "both"]
    differs = np.zeros(len(rows), np.bool_)
    for name in ("entry", *FLAGS):
        one, other = rows[f"{name}_before"], rows[f"{name}_after"]
        differs |= ~((one == other) | (one.isna() & other.isna())).to_numpy(bool)
    rows = rows[differs].reset_index(drop=True)
    shown = {name: rows[name if name in _KEY else f"{name}_after"] for name in _SHOWN}
    values = {f"{name}_{side}": rows[f"{name}_{side}"] for name in ("entry", *FLAGS) for side in SIDES}
    found: pd.DataFrame = rows[[]].assign(**shown, **values)
    return found.astype({"paragraph": "int64"})


def _examples(rows: pd.DataFrame, most: int | None) -> pd.DataFrame:
    """So many rows of each entry, from different documents first, in the order they were in."""
    if most is None or rows.empty:
        return rows
    turn = rows.groupby(["code", "entry", "document"]).cumcount().sort_values(kind="stable")
    return rows.loc[turn.index].groupby(["code", "entry"]).head(most).sort_index()


def _counted(found: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """How many segments of each code and entry were gained, lost and changed, and in how many documents."""
    import pandas as pd

    rows = pd.concat(
        [some[["code", "entry", "document"]].assign(which=which) for which, some in found.items()]
    )
    by_entry = rows.groupby(["code", "entry"])
    counts = {which: (rows["which"] == which).groupby([rows["code"], rows["entry"]]).sum() for which in found}
    table = pd.DataFrame({**counts, "documents": by_entry["document"].nunique()}).astype("int64")
    return table.reset_index()
