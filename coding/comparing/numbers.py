"""The numbers of codes and pairs of codes before and after, and which of them moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rubricate.coding.comparing.totals import SHARES, Totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.batch import Batch
    from rubricate.coding.comparing.names import Names

    Counts = dict[Any, tuple[int | None, ...]]

SIDES = ("before", "after")
_FREQUENCY = ("passages", "documents", "mentions", "negated")
_COLUMNS = (
    "passages",
    "passage_share",
    "documents",
    "document_share",
    "mentions",
    "mentions_per_1000_words",
    "negated",
)
"""Of the table of codes, in the order of frequency.csv."""
_ZEROS: tuple[int | None, ...] = (0,) * len(_FREQUENCY)
_NONE: tuple[int | None, ...] = (None,) * len(_FREQUENCY)


class Numbers:
    """Counts codes and pairs of codes in an earlier and a later table, some documents at a time."""

    def __init__(self, before: Codebook, after: Codebook, names: Names) -> None:
        """Codes of ``before`` have the names under which they are counted."""
        same = {code.id: code.id for code in after.codes}
        self._above = {"before": _above(before, names.codes), "after": _above(after, same)}
        self._finds = {"before": _finding(before, names.codes), "after": _finding(after, same)}
        self._totals = {
            "before": Totals([names.codes[code.id] for code in before.codes]),
            "after": Totals([code.id for code in after.codes]),
        }
        self._place = {code: at for at, code in enumerate(names.order)}
        self._sums: dict[str, dict[str, pd.DataFrame]] = {side: {} for side in SIDES}

    def add(self, side: str, segments: pd.DataFrame) -> None:
        """Add segments (document, passage_start, code, negated) of documents that were not counted yet."""
        sums = self._sums[side]
        for name, counted in (("codes", _frequency(segments)), ("pairs", _pairs(segments))):
            sums[name] = sums[name].add(counted, fill_value=0) if name in sums else counted

    def add_totals(self, side: str, batch: Batch) -> None:
        """Add out of how much the codes of documents that were not counted yet are counted: without it there
        are no shares.
        """
        self._totals[side].add(batch)

    def frequency(self) -> pd.DataFrame:
        """One row for each code of which a number moved, or that only one codebook can find."""
        keys, moved = [], []
        counts = {side: self._counts(side, "codes") for side in SIDES}
        for code in self._place:
            row = [self._row(side, counts[side], code) for side in SIDES]
            if row[0] != row[1]:
                keys.append((code,))
                moved.append(row[0] + row[1])
        return _frame(["code"], keys, moved, _COLUMNS)

    def _row(self, side: str, counts: Counts, code: str) -> tuple[float | None, ...]:
        """The numbers of a code on one side, in the order of _COLUMNS."""
        found = counts.get(code, _ZEROS) if code in self._finds[side] else _NONE
        cells: dict[str, int | None] = dict(zip(_FREQUENCY, found, strict=True))
        shares = {name: self._totals[side].share(name, code, cells) for name in SHARES}
        return tuple({**cells, **shares}[name] for name in _COLUMNS)

    def cooccurrence(self) -> pd.DataFrame:
        """One row for each pair of codes whose passages with both moved.

        Pairs of which one code stands above the other are left out: they occur together by construction.
        """
        counts = {side: self._counts(side, "pairs") for side in SIDES}
        pairs = {tuple(sorted(pair, key=self._place.__getitem__)) for side in SIDES for pair in counts[side]}
        keys, moved = [], []
        for one, other in sorted(pairs, key=lambda pair: [self._place[code] for code in pair]):
            both = [self._both(side, counts[side], one, other) for side in SIDES]
            if (both[0] or 0) != (both[1] or 0):
                keys.append((one, other))
                moved.append(both)
        return _frame(["code_a", "code_b"], keys, moved, ("both",))

    def _both(self, side: str, counts: Counts, one: str, other: str) -> int | None:
        """The passages with both codes; None where a codebook cannot have them or has one above the other."""
        above, finds = self._above[side], self._finds[side]
        if not {one, other} <= finds or one in above[other] or other in above[one]:
            return None
        return counts.get((min(one, other), max(one, other)), (0,))[0]

    def _counts(self, side: str, which: str) -> Counts:
        table = self._sums[side].get(which)
        if table is None:
            return {}
        return dict(zip(table.index, map(tuple, table.astype("int64").to_numpy().tolist()), strict=True))


def _frequency(segments: pd.DataFrame) -> pd.DataFrame:
    passages = segments.drop_duplicates(["code", "document", "passage_start"]).groupby("code").size()
    negated = segments["negated"].eq(True).groupby(segments["code"]).sum()
    counts = segments.groupby("code").agg(documents=("document", "nunique"), mentions=("document", "size"))
    table: pd.DataFrame = counts.assign(passages=passages, negated=negated)[list(_FREQUENCY)]
    return table


def _pairs(segments: pd.DataFrame) -> pd.DataFrame:
    cells = segments[["document", "passage_start", "code"]].drop_duplicates()
    pairs = cells.merge(cells, on=["document", "passage_start"], suffixes=("_a", "_b"))
    pairs = pairs[pairs["code_a"] < pairs["code_b"]]
    return pairs.groupby(["code_a", "code_b"]).size().to_frame("both")


def _above(codebook: Codebook, names: Mapping[str, str]) -> dict[str, set[str]]:
    """The names of the codes above each code."""
    above: dict[str, set[str]] = {}
    for code in codebook.codes:  # parents first
        parent = names.get(code.parent, "")
        above[names[code.id]] = {parent, *above.get(parent, ())} if parent else set()
    return above


def _finding(codebook: Codebook, names: Mapping[str, str]) -> set[str]:
    """The names of the codes that can be found."""
    return {names[code.id] for code in codebook.codes if code.entries}


def _frame(
    names: list[str],
    keys: Sequence[tuple[str, ...]],
    rows: Iterable[Sequence[float | None]],
    columns: Sequence[str],
) -> pd.DataFrame:
    """A table of codes with their numbers, each before and after."""
    import pandas as pd

    by_side = [f"{name}_{side}" for side in SIDES for name in columns]
    numbers = pd.DataFrame(list(rows), columns=pd.Index(by_side), dtype=object)
    numbers = numbers.astype({name: _type(name) for name in by_side})
    numbers = numbers[[f"{name}_{side}" for name in columns for side in SIDES]]
    return pd.concat([pd.DataFrame(keys, columns=pd.Index(names), dtype=object), numbers], axis=1)


def _type(column: str) -> str:
    return "Float64" if column.rpartition("_")[0] in SHARES else "Int64"
