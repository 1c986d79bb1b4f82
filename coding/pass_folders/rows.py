"""The tables of a pass read back."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rubricate.coding.flags import FLAGS
from rubricate.coding.pass_folders.errors import PassError
from rubricate.coding.pass_folders.tables import EXPANSIONS, SEGMENTS, UNANALYSED
from rubricate.corpus.errors import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from rubricate.codebooks.codebook import Codebook

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

_COLUMNS = ("document", "entry", "passage_start", "start", "end", *FLAGS, "pieces")


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Segments of some documents: ``document`` indexes these, ``entry`` the codebook's entries; offsets count
    in the document. A flag that is not judged is not raised. ``pieces`` are, by row, the (start, end) of the
    words that matched, where others stand between them.
    """

    document: Ints
    entry: Ints
    passage_start: Ints
    start: Ints
    end: Ints
    flags: Mapping[str, Bools]
    pieces: Mapping[int, tuple[tuple[int, int], ...]]

    def __len__(self) -> int:
        return len(self.document)

    def take(self, which: Bools) -> Rows:
        """The rows where this is true."""
        place = which.cumsum() - 1
        return Rows(
            document=self.document[which],
            entry=self.entry[which],
            passage_start=self.passage_start[which],
            start=self.start[which],
            end=self.end[which],
            flags={flag: raised[which] for flag, raised in self.flags.items()},
            pieces={int(place[row]): some for row, some in self.pieces.items() if which[row]},
        )


class StoredRows:
    """segments.parquet, read forwards, a row group at a time: memory does not grow with the corpus."""

    def __init__(self, folder: Path, codebook: Codebook) -> None:
        """Open it; PassError where it is damaged."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._folder = folder
        self._entries = pa.array([entry.id for entry in codebook.entries], pa.string())
        self._next = 0
        with _sound(folder):
            self._file = pq.ParquetFile(folder / SEGMENTS)
            self._rest = self._file.schema_arrow.empty_table().select(_COLUMNS)

    def __enter__(self) -> StoredRows:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()

    def of(self, documents: Sequence[str]) -> Rows:
        """The rows of the documents that come next."""
        import pyarrow as pa
        import pyarrow.compute as pc

        wanted = pa.array(documents, pa.string())
        tables: list[pa.Table] = []
        while self._rest.num_rows or self._read():
            mine = pc.is_in(self._rest.column("document"), wanted).to_numpy().astype(bool)
            count = int(mine.argmin()) if not mine.all() else len(mine)
            tables.append(self._rest.slice(0, count))
            self._rest = self._rest.slice(count)
            if count < len(mine):
                break
        return self._rows(pa.concat_tables([self._rest.slice(0, 0), *tables]), wanted)

    def left(self) -> bool:
        """Whether there are rows of documents that nobody asked for."""
        return bool(self._rest.num_rows) or self._read()

    def _read(self) -> bool:
        """Read on until there are rows; whether there are."""
        while not self._rest.num_rows and self._next < self._file.num_row_groups:
            with _sound(self._folder):
                self._rest = self._file.read_row_group(self._next, columns=list(_COLUMNS))
            self._next += 1
        return bool(self._rest.num_rows)

    def _rows(self, table: pa.Table, documents: pa.Array) -> Rows:
        import numpy as np
        import pyarrow.compute as pc

        entries = pc.index_in(table.column("entry"), self._entries)
        if entries.null_count:
            raise damaged(self._folder)
        columns = {name: table.column(name) for name in ("passage_start", "start", "end")}
        columns |= {"document": pc.index_in(table.column("document"), documents), "entry": entries}
        return Rows(
            **{name: column.to_numpy().astype(np.int64) for name, column in columns.items()},
            flags={flag: pc.fill_null(table.column(flag), False).to_numpy().astype(bool) for flag in FLAGS},
            pieces=_pieces(table.column("pieces")),
        )


def _pieces(column: pa.ChunkedArray) -> dict[int, tuple[tuple[int, int], ...]]:
    import numpy as np
    import pyarrow.compute as pc

    rows = np.flatnonzero(pc.is_valid(column).to_numpy()).tolist()
    lists = column.drop_null().to_pylist()
    return {row: tuple(zip(one[::2], one[1::2], strict=True)) for row, one in zip(rows, lists, strict=True)}


def read_forms(folder: Path, codebook: Codebook) -> Counter[tuple[int, str]]:
    """How often each entry matched each surface form, from expansions.parquet."""
    numbers = {entry.id: index for index, entry in enumerate(codebook.entries)}
    with _sound(folder):
        rows = _read_table(folder / EXPANSIONS)
        return Counter({(numbers[row["entry"]], row["form"]): row["matches"] for row in rows})


def read_unanalysed(folder: Path) -> Counter[tuple[str, tuple[bool, ...]]]:
    """How many segments lie in each part that is not analysed, by the flags raised on them.

    PassError where the pass was made before these were kept.
    """
    if not (folder / UNANALYSED).exists():
        raise PassError(
            f"{shown(folder)}: was kept by an earlier version of rubricate, without {UNANALYSED}; move its "
            "folder elsewhere and make the pass anew: rubricate apply"
        )
    with _sound(folder):
        rows = _read_table(folder / UNANALYSED)
        return Counter({(row["part"], tuple(row[flag] for flag in FLAGS)): row["segments"] for row in rows})


def _read_table(path: Path) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return rows


@contextmanager
def _sound(folder: Path) -> Iterator[None]:
    """Turn what a damaged table raises into a PassError about the pass."""
    import pyarrow as pa

    try:
        yield
    except (OSError, pa.ArrowException, KeyError, ValueError):
        raise damaged(folder) from None


def damaged(folder: Path) -> PassError:
    """The error of a pass whose tables cannot be read, or do not fit each other."""
    return PassError(f"{shown(folder)}: is damaged; take it back from a copy of the study")
