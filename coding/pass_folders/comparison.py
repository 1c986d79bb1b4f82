"""Two passes side by side: what they were made from, and what they found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubricate.codebooks import parse_codebook
from rubricate.codebooks.difference import difference
from rubricate.coding.pass_folders.errors import PassError
from rubricate.coding.pass_folders.folder import CODEBOOK
from rubricate.coding.pass_folders.tables import SEGMENTS, segment_schema
from rubricate.corpus.errors import shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    import pandas as pd

    from rubricate.codebooks import Codebook
    from rubricate.codebooks.difference import Difference
    from rubricate.coding.comparing.comparison import Comparison
    from rubricate.coding.pass_folders.folder import Pass


@dataclass(frozen=True, eq=False)
class PassComparison:
    """What differs between an earlier and a later pass: ``inputs`` are the settings, versions and hashes,
    ``codebooks`` is the difference of their codebooks, ``segments`` what was found.
    """

    inputs: Mapping[str, tuple[Any, Any]]
    codebooks: Difference
    segments: Comparison


def compare_passes(before: Pass, after: Pass, most: int | None = None) -> PassComparison:
    """Compare two passes of one study, keeping ``most`` examples of each entry (None: all).

    PassError where their tables cannot be read, CodebookError where their codebooks cannot.
    """
    from rubricate.coding.comparing.segments import Comparing

    one, other = _codebook(before), _codebook(after)
    changes = difference(one, other)
    comparing = Comparing(one, other, changes, most)
    comparing.add(_segments(before), _segments(after))
    return PassComparison(different_inputs(before.content, after.content), changes, comparing.result())


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


def _codebook(one: Pass) -> Codebook:
    path = one.path / CODEBOOK
    try:
        return parse_codebook(one.codebook().decode("utf-8"), shown(path))
    except (OSError, UnicodeDecodeError):
        raise PassError(f"{shown(path)}: is damaged; take it back from a copy of the study") from None


def _segments(one: Pass) -> pd.DataFrame:
    import pandas as pd

    try:
        segments: pd.DataFrame = pd.read_parquet(one.path / SEGMENTS)[segment_schema().names]
    except (OSError, ValueError, KeyError):
        place = shown(one.path / SEGMENTS)
        raise PassError(f"{place}: is damaged; take it back from a copy of the study") from None
    return segments
