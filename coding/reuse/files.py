"""What a pass found of some codes, in two files, and what it depended on: a layer.

Numbers of documents, passages and words in it count within the batch, so that it holds for exactly the
documents of that batch, in this order. A row group has several batches, for each costs its share.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any

from rubricate.coding.batch import ByCode, Piece, Segments
from rubricate.coding.hits import Hits
from rubricate.coding.reuse.found import COLUMNS, Found, taken_from

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq
    from numpy.typing import NDArray

    from rubricate.coding.batch import Ints

_ABOUT = b"rubricate layer"
_FLAGS_FROM = COLUMNS.index("negated")
_AS_STEPS: dict[str, Any] = {
    "use_dictionary": ["hit"],
    "write_statistics": False,
    "column_encoding": dict.fromkeys(COLUMNS[:_FLAGS_FROM], "DELTA_BINARY_PACKED"),
}
"""How the numbers are written: as steps from one to the next, in half the time and room."""

_ROWS = 20_000
"""From so many rows on a row group is written."""


def _schemas() -> tuple[pa.Schema, pa.Schema]:
    import pyarrow as pa

    number = pa.int32()
    kinds = [number] * _FLAGS_FROM + [pa.bool_()] * (len(COLUMNS) - _FLAGS_FROM)
    others = (("pieces", pa.list_(number)), ("hit", pa.dictionary(number, pa.string())))
    forms = pa.schema([("entry", number), ("form", pa.string()), ("matches", pa.int64())])
    return pa.schema([*zip(COLUMNS, kinds, strict=True), *others]), forms


class FoundWriter:
    """The two files while they are written; ``codes`` are the keys of the codes, ``entries`` the number of
    entries of each, and ``on`` the names of other layers that have the other codes.
    """

    def __init__(
        self, files: tuple[Path, Path], codes: Sequence[str], entries: Sequence[int], on: Sequence[str] = ()
    ) -> None:
        import pyarrow.parquet as pq

        self._about: dict[str, Any] = {
            "codes": list(codes),
            "entries": list(entries),
            "on": list(on),
            "batches": [],
            "groups": [],
        }
        self._waiting: list[Found] = []
        self._schemas = _schemas()
        self._stack = ExitStack()
        self._files = [
            self._stack.enter_context(pq.ParquetWriter(path, schema, compression="zstd", **how))
            for path, schema, how in zip(files, self._schemas, (_AS_STEPS, {}), strict=True)
        ]

    def write(self, documents: str, found: Found) -> None:
        """Add what was found in the documents with this key."""
        import numpy as np

        filtered = np.flatnonzero(found.by_code.filtered)
        same, places = np.unique(found.applicable, axis=0, return_inverse=True)  # as many as languages
        self._about["batches"].append(
            {
                "applicable": [np.packbits(row).tobytes().hex() for row in same],
                "places": places.ravel().tolist() if len(same) > 1 else len(found.applicable),
                "documents": documents,
                "elsewhere": [[*key, n] for key, n in found.by_code.elsewhere.items()],
                "filtered": [filtered.tolist(), found.by_code.filtered[filtered].tolist()],
                "segments": len(found.segments),
                "forms": len(found.forms),
            }
        )
        self._waiting.append(found)
        if sum(len(one.segments) + len(one.forms) for one in self._waiting) >= _ROWS:
            self._flush()

    def _flush(self) -> None:
        """Write what waits as a row group."""
        import numpy as np
        import pyarrow as pa

        size = sum(len(one.segments) for one in self._waiting)
        rows = taken_from([one.segments for one in self._waiting], np.arange(size))
        segments = {name: getattr(rows, name) for name in COLUMNS}
        segments["pieces"] = (
            [list(chain(*rows.pieces.get(row, ()))) for row in range(len(rows))]
            if rows.pieces
            else pa.ListArray.from_arrays(np.zeros(len(rows) + 1, np.int32), pa.array([], pa.int32()))
        )
        assert rows.hits
        hits = rows.hits.used()
        segments["hit"] = pa.DictionaryArray.from_arrays(hits.number.astype(np.int32), hits.texts)
        counted = [(*key, n) for one in self._waiting for key, n in one.forms.items()]
        columns = list(zip(*counted, strict=True)) or [()] * 3
        forms = dict(zip(("entry", "form", "matches"), columns, strict=True))
        for file, schema, content in zip(self._files, self._schemas, (segments, forms), strict=True):
            file.write_table(pa.table(content, schema=schema))
        self._about["groups"].append(len(self._waiting))
        self._waiting = []

    def close(self) -> None:
        """Finish both files."""
        if self._waiting:
            self._flush()
        self._files[0].add_key_value_metadata({_ABOUT.decode(): json.dumps(self._about)})
        self._stack.close()


@dataclass(frozen=True, slots=True)
class Layer:
    """What an earlier pass found: the keys of its ``codes``, how many ``entries`` each had, the number of
    each batch by the key of its documents, and the names of the layers that it lies ``on``.
    """

    codes: tuple[str, ...]
    entries: tuple[int, ...]
    batches: dict[str, int]
    on: tuple[str, ...]
    _sums: list[dict[str, Any]]
    _places: list[tuple[int, int, int]]
    _segments: pq.ParquetFile
    _forms: pq.ParquetFile
    _open: dict[int, tuple[Segments, pa.Table]] = field(default_factory=dict)

    def found(self, batch: int) -> Found:
        """What it found in a batch."""
        import numpy as np

        group, row, form = self._places[batch]
        sums = self._sums[batch]
        segments, forms = self._group(group)
        rows = forms.slice(form, sums["forms"])
        entry, text, matches = (rows.column(name).to_pylist() for name in ("entry", "form", "matches"))
        return Found(
            taken_from([segments], np.arange(row, row + sums["segments"])),
            Counter(dict(zip(zip(entry, text, strict=True), matches, strict=True))),
            self._applicable(batch),
            self._by_code(batch),
        )

    def _group(self, number: int) -> tuple[Segments, pa.Table]:
        """The segments and forms of a row group; the last one is at hand."""
        if number not in self._open:
            table, forms = (
                file.read_row_group(number, use_threads=False) for file in (self._segments, self._forms)
            )
            columns = {
                name: _column(table.column(name), place < _FLAGS_FROM) for place, name in enumerate(COLUMNS)
            }
            pieces, hits = _pieces(table.column("pieces")), _hits(table.column("hit"))
            self._open.clear()
            self._open[number] = Segments(**columns, pieces=pieces, hits=hits), forms
        return self._open[number]

    def _applicable(self, batch: int) -> NDArray[np.bool_]:
        import numpy as np

        known, size = self._sums[batch], len(self.codes)
        rows = [np.frombuffer(bytes.fromhex(row), np.uint8) for row in known["applicable"]]
        found = np.array([np.unpackbits(row, count=size) for row in rows], np.bool_).reshape(len(rows), size)
        places = known["places"]
        applicable: NDArray[np.bool_] = found[[0] * places if isinstance(places, int) else places]
        return applicable

    def _by_code(self, batch: int) -> ByCode:
        import numpy as np

        known = self._sums[batch]
        filtered = np.zeros(len(self.codes), np.int64)
        code, count = (np.array(some, np.int64) for some in known["filtered"])
        filtered[code] = count
        elsewhere = {(code, part, tuple(raised)): n for code, part, raised, n in known["elsewhere"]}
        return ByCode(filtered, elsewhere)


def _hits(column: pa.ChunkedArray) -> Hits:
    import numpy as np

    texts = column.combine_chunks()
    return Hits(texts.indices.to_numpy().astype(np.int64), tuple(texts.dictionary.to_pylist()))


def _pieces(column: pa.ChunkedArray) -> dict[int, tuple[Piece, ...]]:
    """The pieces of those segments that have some: their fields, one after the other."""
    import numpy as np
    import pyarrow.compute as pc

    some = np.flatnonzero(pc.list_value_length(column).to_numpy()).tolist()
    size = len(Piece._fields)
    return {
        row: tuple(Piece(*numbers[at : at + size]) for at in range(0, len(numbers), size))
        for row in some
        for numbers in [column[row].as_py()]
    }


def _column(column: pa.ChunkedArray, is_number: bool) -> NDArray[Any]:
    values: Ints | NDArray[np.bool_] = column.to_numpy()
    return values.astype("int64") if is_number else values


def read_layer(segments: Path, forms: Path) -> Layer | None:
    """What was kept of an earlier pass; None where that cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        files = pq.ParquetFile(segments), pq.ParquetFile(forms)
        about = json.loads(files[0].metadata.metadata[_ABOUT])
        sums = about["batches"]
        batches = {one["documents"]: number for number, one in enumerate(sums)}
        names = tuple(about["codes"]), tuple(about["entries"]), batches, tuple(about["on"])
        return Layer(*names, sums, _places(sums, about["groups"]), *files)
    except (OSError, pa.ArrowException, KeyError, ValueError, TypeError):
        return None


def _places(sums: Sequence[dict[str, Any]], groups: Sequence[int]) -> list[tuple[int, int, int]]:
    """For each batch its row group, and where in it its segments and its forms begin."""
    places: list[tuple[int, int, int]] = []
    for group, size in enumerate(groups):
        some = sums[len(places) : len(places) + size]
        rows, forms = ([0, *accumulate(one[name] for one in some)] for name in ("segments", "forms"))
        places += zip([group] * size, rows[:size], forms[:size], strict=True)
    return places
