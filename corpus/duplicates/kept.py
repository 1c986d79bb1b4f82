"""The marks of a whole corpus, kept in a file.

Looking for duplicates takes longer than coding does, and what it finds depends on no codebook.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, overload

from rubricate.corpus.duplicates.search import Marks, Original

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from rubricate.corpus.passages import Passages
    from rubricate.corpus.reading import Reading
    from rubricate.corpus.words.borders import Ints

    Bools = NDArray[np.bool_]

_COLUMNS = ("reading", "passage", "similarity", "exact")


class KeptOriginals(Sequence[Original]):
    """The originals of marked passages, as columns: of a large corpus they are many, and seldom asked for."""

    def __init__(self, read: Callable[[], pa.Table], places: range) -> None:
        """``read`` reads a table with a column for each field of Original; ``places`` are those meant."""
        self._read, self._places = read, places

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process gets no more than is meant."""
        return _originals_in, (self.table,)

    @cached_property
    def table(self) -> pa.Table:
        """Them as rows."""
        import numpy as np

        rows = self._read()
        every = self._places == range(rows.num_rows)
        return rows if every else rows.take(np.array(self._places, np.int64))

    def __len__(self) -> int:
        """How many there are."""
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> Original: ...

    @overload
    def __getitem__(self, place: slice) -> KeptOriginals: ...

    def __getitem__(self, place: int | slice) -> Original | KeptOriginals:
        """The original at a place, or those from one to another."""
        if isinstance(place, slice):
            return KeptOriginals(self._read, self._places[place])
        return Original(*(column[place].as_py() for column in self.table.columns))

    def __iter__(self) -> Iterator[Original]:
        """All of them, read at once."""
        return map(Original, *(column.to_pylist() for column in self.table.columns))


@dataclass(frozen=True, slots=True, eq=False)
class KeptMarks:
    """The marked passages of some readings; ``places`` finds a reading by its first document.

    Columns: the ``reading`` (sorted) and the index of the ``passage`` in it, and what Marks have of it.
    """

    places: Mapping[str, int]
    reading: Ints
    passage: Ints
    similarity: NDArray[np.float64]
    exact: Bools
    originals: KeptOriginals

    def mark(self, reading: Reading, passages: Passages, analysed: Bools) -> Marks:
        """The marks of a reading that was looked at, cut as it was then; as Duplicates.mark gives them."""
        import numpy as np

        place = self.places[reading.documents[0].id]
        first, last = np.searchsorted(self.reading, (place, place + 1)).tolist()
        marked, size = self.passage[first:last], len(passages)
        original, similarity, exact = np.full(size, -1), np.full(size, np.nan), np.zeros(size, bool)
        original[marked] = np.arange(last - first)
        similarity[marked], exact[marked] = self.similarity[first:last], self.exact[first:last]
        return Marks(original, similarity, exact, self.originals[first:last])


def keep_marks(marks: Sequence[Marks], first_documents: Sequence[str]) -> KeptMarks:
    """The marks of some readings, of each of which the id of the first document is given."""
    import numpy as np

    passages = [np.flatnonzero(one.repeats) for one in marks]
    originals = (
        one.originals[number]
        for one, some in zip(marks, passages, strict=True)
        for number in one.original[some].tolist()
    )
    return KeptMarks(
        {name: place for place, name in enumerate(first_documents)},
        np.repeat(np.arange(len(marks)), list(map(len, passages))),
        _joined(passages, np.int64),
        _joined([one.similarity[one.repeats] for one in marks], np.float64),
        _joined([one.exact[one.repeats] for one in marks], np.bool_),
        _as_columns(originals),
    )


def write_marks(path: Path, marks: KeptMarks) -> None:
    """Write marks into a file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {name: getattr(marks, name) for name in _COLUMNS}
    columns |= {name: marks.originals.table.column(name) for name in Original._fields}
    pq.write_table(pa.table(columns, schema=_schema()), path, compression="zstd")


def read_marks(path: Path, first_documents: Sequence[str]) -> KeptMarks:
    """Read what ``write_marks`` wrote; the documents are those of ``keep_marks``."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    # Held as bytes, which are a small part of what is read from them, and that when it is asked for.
    content = pa.BufferReader(path.read_bytes())
    file = pq.ParquetFile(content, read_dictionary=["document"])

    def read(name: str) -> pa.ChunkedArray:
        return _narrow(file.read(columns=[name], use_threads=False).column(0))

    return KeptMarks(
        {name: place for place, name in enumerate(first_documents)},
        **{name: read(name).to_numpy() for name in _COLUMNS},
        originals=KeptOriginals(
            cache(lambda: pa.table({name: read(name) for name in Original._fields})),
            range(file.metadata.num_rows),
        ),
    )


def _originals_in(table: pa.Table) -> KeptOriginals:
    return KeptOriginals(lambda: table, range(table.num_rows))


def _narrow(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The same in half the memory, if these are numbers: in a large corpus many passages are marked."""
    import pyarrow as pa

    return column.cast(pa.int32()) if column.type == pa.int64() else column


def _as_columns(originals: Iterable[Original]) -> KeptOriginals:
    import pyarrow as pa

    fields = [_schema().field(name) for name in Original._fields]
    columns = list(zip(*originals, strict=True)) or [()] * len(fields)
    return _originals_in(pa.table(columns, schema=pa.schema(fields)))


def _joined(columns: Sequence[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    import numpy as np

    return np.concatenate([np.zeros(0, kind), *columns])


def _schema() -> pa.Schema:
    import pyarrow as pa

    number = pa.int64()
    return pa.schema(
        [
            ("reading", number),
            ("passage", number),
            ("similarity", pa.float64()),
            ("exact", pa.bool_()),
            ("document", pa.string()),
            ("paragraph", number),
            ("sentence", number),
        ]
    )
