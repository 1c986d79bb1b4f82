"""Two passes side by side: segments that only one has or that changed, and what that does to the tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.coding.flags import FLAGS
from rubricate.coding.pass_folders.errors import PassError
from rubricate.coding.pass_folders.tables import SEGMENTS
from rubricate.corpus.errors import shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    import pandas as pd

    from rubricate.coding.pass_folders.folder import Pass

_KEY = ["document", "code", "start", "end"]
_VALUES = ["entry", *FLAGS]


@dataclass(frozen=True, eq=False)
class Comparison:
    """Tables of what differs between an earlier and a later pass.

    ``gained`` and ``lost`` are segments (document, code, start, end, hit, entry) that only one has;
    ``changed`` those with another entry or flag, with ``_before`` and ``_after``. ``frequency`` are the codes
    of which a number moved (passages, documents, mentions, each before and after), ``cooccurrence`` the
    pairs whose passages with both moved. ``inputs`` are the settings, versions and hashes that differ.
    """

    gained: pd.DataFrame
    lost: pd.DataFrame
    changed: pd.DataFrame
    frequency: pd.DataFrame
    cooccurrence: pd.DataFrame
    inputs: Mapping[str, tuple[Any, Any]]


def compare_passes(before: Pass, after: Pass) -> Comparison:
    """Compare two passes of one study; PassError where their tables cannot be read."""
    one, other = _segments(before), _segments(after)
    joined = one.merge(other, on=_KEY, how="outer", suffixes=("_before", "_after"), indicator=True)
    joined = joined.sort_values(_KEY, kind="stable", ignore_index=True)
    return Comparison(
        gained=_only(joined, "right_only", "_after"),
        lost=_only(joined, "left_only", "_before"),
        changed=_changed(joined),
        frequency=_moved(_frequency(one), _frequency(other)),
        cooccurrence=_moved(_cooccurrence(one), _cooccurrence(other)),
        inputs=different_inputs(before.content, after.content),
    )


def different_inputs(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What two passes were made from and differs, by name (``corpus``, ``settings.unit``, …), in order."""
    one, other = _flat(before), _flat(after)
    names = [name for name in {**one, **other} if one.get(name) != other.get(name)]
    return {name: (one.get(name), other.get(name)) for name in names}


def _flat(content: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs that are part of a pass's id, one name each."""
    flat = {"corpus": content["corpus"]["sha256"], "codebook": content["codebook"]["sha256"]}
    settings = content["settings"].items()  # in JSON, parts are a list
    flat |= {f"settings.{name}": list(v) if isinstance(v, tuple) else v for name, v in settings}
    flat |= {"engine": content["engine"]}
    return flat | {f"versions.{name}": value for name, value in content["versions"].items()}


def _segments(one: Pass) -> pd.DataFrame:
    import pandas as pd

    try:
        return pd.read_parquet(one.path / SEGMENTS)
    except (OSError, ValueError):
        place = shown(one.path / SEGMENTS)
        raise PassError(f"{place}: is damaged; take it back from a copy of the study") from None


def _only(joined: pd.DataFrame, side: str, suffix: str) -> pd.DataFrame:
    import pandas as pd

    rows = joined[joined["_merge"] == side]
    chosen = rows[[*_KEY, f"hit{suffix}", f"entry{suffix}"]].reset_index(drop=True)
    chosen.columns = pd.Index([*_KEY, "hit", "entry"])
    return chosen


def _changed(joined: pd.DataFrame) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    rows = joined[joined["_merge"] == "both"]
    differs = np.zeros(len(rows), np.bool_)
    for name in _VALUES:
        one, other = rows[f"{name}_before"], rows[f"{name}_after"]
        same = (one == other) | (one.isna() & other.isna())
        differs |= ~same.to_numpy(bool)
    columns = [f"{name}_{side}" for name in _VALUES for side in ("before", "after")]
    changed = rows[[*_KEY, "hit_before", *columns]][differs].reset_index(drop=True)
    changed.columns = pd.Index([*_KEY, "hit", *columns])
    return changed


def _frequency(segments: pd.DataFrame) -> pd.DataFrame:
    by_code = segments.groupby("code", sort=True)
    passages = segments.drop_duplicates(["code", "document", "passage_start"]).groupby("code").size()
    counts = by_code.agg(documents=("document", "nunique"), mentions=("document", "size"))
    table: pd.DataFrame = counts.assign(passages=passages)[["passages", "documents", "mentions"]]
    return table


def _cooccurrence(segments: pd.DataFrame) -> pd.DataFrame:
    cells = segments[["document", "passage_start", "code"]].drop_duplicates()
    pairs = cells.merge(cells, on=["document", "passage_start"], suffixes=("_a", "_b"))
    pairs = pairs[pairs["code_a"] < pairs["code_b"]]
    return pairs.groupby(["code_a", "code_b"]).size().to_frame("both")


def _moved(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """The rows of two tables with the same columns of counts in which any differs; what is not there is 0."""
    joined = before.merge(
        after, how="outer", left_index=True, right_index=True, suffixes=("_before", "_after")
    )
    joined = joined.fillna(0).astype("int64")
    columns = [f"{name}_{side}" for name in before.columns for side in ("before", "after")]
    moved = (joined[columns[::2]].to_numpy() != joined[columns[1::2]].to_numpy()).any(axis=1)
    table: pd.DataFrame = joined[columns][moved].reset_index()
    return table
