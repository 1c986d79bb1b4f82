"""What a pass found, in two files: one row group for each batch, and what it depended on.

Numbers of documents, passages and words in it count within the batch, so that it holds for exactly the
documents of that batch, in this order.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from rubricate.coding.batch import ByCode, Piece, Segments
from rubricate.coding.hits import Hits
from rubricate.coding.reuse.found import COLUMNS, Found

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq
    from numpy.typing import NDArray

    from rubricate.coding.batch import Ints

_ABOUT = b"rubricate"
_FLAGS_FROM = COLUMNS.index("negated")
_AS_STEPS: dict[str, Any] = {
    "use_dictionary": ["hit"],
    "write_statistics": False,
    "column_encoding": dict.fromkeys(COLUMNS[:_FLAGS_FROM], "DELTA_BINARY_PACKED"),
}
"""How the numbers are written: as steps from one to the next, in half the time and room."""


def _schemas() -> tuple[pa.Schema, pa.Schema]:
    import pyarrow as pa

    number = pa.int32()
    kinds = [number] * _FLAGS_FROM + [pa.bool_()] * (len(COLUMNS) - _FLAGS_FROM)
    others = (("pieces", pa.list_(number)), ("hit", pa.dictionary(number, pa.string())))
    forms = pa.schema([("entry", number), ("form", pa.string()), ("matches", pa.int64())])
    return pa.schema([*zip(COLUMNS, kinds, strict=True), *others]), forms


class FoundWriter:
    """The two files while they are written; ``codes`` are the keys of the codes, ``entries`` the number of
    entries of each.
    """

    def __init__(self, segments: Path, forms: Path, codes: Sequence[str], entries: Sequence[int]) -> None:
        import pyarrow.parquet as pq

        self._about: dict[str, Any] = {"codes": list(codes), "entries": list(entries), "batches": []}
        self._schemas = _schemas()
        self._stack = ExitStack()
        self._files = [
            self._stack.enter_context(pq.ParquetWriter(path, schema, compression="zstd", **how))
            for path, schema, how in zip((segments, forms), self._schemas, (_AS_STEPS, {}), strict=True)
        ]

    def write(self, documents: str, found: Found) -> None:
        """Add what was found in the documents with this key."""
        import numpy as np
        import pyarrow as pa

        filtered = np.flatnonzero(found.by_code.filtered)
        same, places = np.unique(found.applicable, axis=0, return_inverse=True)  # as many as languages
        self._about["batches"].append(
            {
                "applicable": [np.packbits(row).tobytes().hex() for row in same],
                "places": places.ravel().tolist(),
                "documents": documents,
                "elsewhere": [[*key, n] for key, n in found.by_code.elsewhere.items()],
                "filtered": [filtered.tolist(), found.by_code.filtered[filtered].tolist()],
            }
        )
        rows = found.segments
        segments = {name: getattr(rows, name) for name in COLUMNS}
        segments["pieces"] = (
            [list(chain(*rows.pieces.get(row, ()))) for row in range(len(rows))]
            if rows.pieces
            else pa.ListArray.from_arrays(np.zeros(len(rows) + 1, np.int32), pa.array([], pa.int32()))
        )
        assert rows.hits
        hits = rows.hits.used()
        segments["hit"] = pa.DictionaryArray.from_arrays(hits.number.astype(np.int32), hits.texts)
        forms: dict[str, Any] = {
            "entry": [entry for entry, _ in found.forms],
            "form": [form for _, form in found.forms],
            "matches": list(found.forms.values()),
        }
        for file, schema, columns in zip(self._files, self._schemas, (segments, forms), strict=True):
            file.write_table(pa.table(columns, schema=schema))

    def close(self) -> None:
        """Finish both files."""
        self._files[0].add_key_value_metadata({_ABOUT.decode(): json.dumps(self._about)})
        self._stack.close()


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier pass found: the keys of its ``codes``, how many ``entries`` each had, and the number of
    each batch by the key of its documents.
    """

    codes: tuple[str, ...]
    entries: tuple[int, ...]
    batches: dict[str, int]
    _sums: list[dict[str, Any]]
    _segments: pq.ParquetFile
    _forms: pq.ParquetFile

    def found(self, batch: int) -> Found:
        """What it found in a batch."""
        table, forms = (
            file.read_row_group(batch, use_threads=False) for file in (self._segments, self._forms)
        )
        columns = {
            name: _column(table.column(name), number < _FLAGS_FROM) for number, name in enumerate(COLUMNS)
        }
        entry, form, matches = (forms.column(name).to_pylist() for name in ("entry", "form", "matches"))
        return Found(
            Segments(**columns, pieces=_pieces(table.column("pieces")), hits=_hits(table.column("hit"))),
            Counter(dict(zip(zip(entry, form, strict=True), matches, strict=True))),
            self._applicable(batch),
            self._by_code(batch),
        )

    def _applicable(self, batch: int) -> NDArray[np.bool_]:
        import numpy as np

        known, size = self._sums[batch], len(self.codes)
        rows = [np.frombuffer(bytes.fromhex(row), np.uint8) for row in known["applicable"]]
        found = np.array([np.unpackbits(row, count=size) for row in rows], np.bool_)
        applicable: NDArray[np.bool_] = found.reshape(len(rows), size)[known["places"]]
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


def read_earlier(segments: Path, forms: Path) -> Earlier | None:
    """What was kept of an earlier pass; None where that cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        files = pq.ParquetFile(segments), pq.ParquetFile(forms)
        about = json.loads(files[0].metadata.metadata[_ABOUT])
        batches = {one["documents"]: number for number, one in enumerate(about["batches"])}
        return Earlier(tuple(about["codes"]), tuple(about["entries"]), batches, about["batches"], *files)
    except (OSError, pa.ArrowException, KeyError, ValueError, TypeError):
        return None
