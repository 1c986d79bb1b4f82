"""The marks of a whole corpus, kept in a file.

Looking for duplicates takes longer than coding does, and what it finds depends on no codebook.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from rubricate.corpus.duplicates.search import Marks, Original

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
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

    def __init__(self, table: pa.Table) -> None:
        """``table`` has a column for each field of Original."""
        self.table = table

    def __len__(self) -> int:
        """How many there are."""
        number: int = self.table.num_rows
        return number

    @overload
    def __getitem__(self, place: int) -> Original: ...

    @overload
    def __getitem__(self, place: slice) -> KeptOriginals: ...

    def __getitem__(self, place: int | slice) -> Original | KeptOriginals:
        """The original at a place, or those from one to another."""
        import numpy as np

        if isinstance(place, slice):
            first, last, step = place.indices(len(self))
            if step == 1:
                return KeptOriginals(self.table.slice(first, max(last - first, 0)))
            return KeptOriginals(self.table.take(np.arange(first, last, step)))
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
    import pyarrow.parquet as pq

    table = pq.ParquetFile(path).read()
    return KeptMarks(
        {name: place for place, name in enumerate(first_documents)},
        **{name: table.column(name).to_numpy() for name in _COLUMNS},
        originals=KeptOriginals(table.select(Original._fields)),
    )


def _as_columns(originals: Iterable[Original]) -> KeptOriginals:
    import pyarrow as pa

    fields = [_schema().field(name) for name in Original._fields]
    columns = list(zip(*originals, strict=True)) or [()] * len(fields)
    return KeptOriginals(pa.table(columns, schema=pa.schema(fields)))


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
