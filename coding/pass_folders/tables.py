"""The tables of a pass: its segments, what each entry matched, and how many segments there would be in parts
that are not analysed.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from rubricate.coding.flags import FLAGS
from rubricate.coding.hits import hits_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa

    from rubricate.codebooks.codebook import Codebook
    from rubricate.coding.batch import Batch, Piece, Segments

SEGMENTS = "segments.parquet"
EXPANSIONS = "expansions.parquet"
UNANALYSED = "unanalysed.parquet"

_ROWS = 100_000
"""In a row group of segments.parquet."""


def segment_schema() -> pa.Schema:
    """The columns of segments.parquet, one row for each segment, in the order of documents and places.

    ``paragraph`` counts from 1; ``passage_start`` is where the passage that was counted begins. Offsets count
    code points of the document's text. A flag that is not judged in the document's language is null.
    ``pieces`` are the starts and ends of the words that matched, in turn, where others stand between them;
    else null.
    """
    import pyarrow as pa

    text, number = pa.string(), pa.int32()
    return pa.schema(
        [
            ("document", text),
            ("paragraph", number),
            ("passage_start", number),
            ("code", text),
            ("entry", text),
            ("start", number),
            ("end", number),
            ("hit", text),
            *((flag, pa.bool_()) for flag in FLAGS),
            ("pieces", pa.list_(number)),
        ]
    )


class TablesWriter:
    """The tables of a pass while it runs; batches come in order."""

    def __init__(self, folder: Path, codebook: Codebook) -> None:
        """The tables are written into ``folder``."""
        self._folder, self._codebook = folder, codebook
        self._entries = [(code.id, entry.id) for code in codebook.codes for entry in code.entries]
        self._names = _Names(codebook)
        self._forms: Counter[tuple[int, str]] = Counter()
        self._waiting: list[pa.Table] = []
        self._elsewhere: Counter[tuple[str, tuple[bool, ...]]] = Counter()
        self._stack = ExitStack()
        self.segments = 0

    def __enter__(self) -> TablesWriter:
        import pyarrow.parquet as pq

        schema = segment_schema()
        writer = pq.ParquetWriter(self._folder / SEGMENTS, schema, compression="zstd")
        self._segments = self._stack.enter_context(writer)
        return self

    def write(self, batch: Batch) -> None:
        """Add a batch."""
        table = self._names.table(batch)
        self._waiting.append(table)
        self._forms.update(batch.forms)
        self._elsewhere.update(batch.elsewhere)
        self.segments += table.num_rows
        if sum(one.num_rows for one in self._waiting) >= _ROWS:
            self._flush()

    def _flush(self) -> None:
        """Write what waits, as row groups that do not depend on the batches, and keep what fills none."""
        import pyarrow as pa

        rows = pa.concat_tables(self._waiting)
        full = rows.num_rows - rows.num_rows % _ROWS
        self._segments.write_table(rows.slice(0, full), row_group_size=_ROWS)
        self._waiting = [rows.slice(full).combine_chunks()]

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        import pyarrow as pa

        if kind is None and self._waiting:
            self._segments.write_table(pa.concat_tables(self._waiting))
        self._stack.close()
        if kind is None:
            self._write_expansions()
            self._write_unanalysed()

    def _write_expansions(self) -> None:
        """Write what each entry matched: by entry, most frequent form first."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        rows = sorted(self._forms.items(), key=lambda row: (row[0][0], -row[1], row[0][1]))
        columns: dict[str, list[Any]] = {
            "code": [self._entries[entry][0] for (entry, _), _ in rows],
            "entry": [self._entries[entry][1] for (entry, _), _ in rows],
            "form": [form for (_, form), _ in rows],
            "matches": [matches for _, matches in rows],
        }
        text = pa.string()
        schema = pa.schema([("code", text), ("entry", text), ("form", text), ("matches", pa.int64())])
        pq.write_table(pa.table(columns, schema=schema), self._folder / EXPANSIONS, compression="zstd")

    def _write_unanalysed(self) -> None:
        """Write how many segments there are in parts that are not analysed, by part and raised flags."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        rows = sorted(self._elsewhere.items())
        columns: dict[str, list[Any]] = {
            "part": [part for (part, _), _ in rows],
            **{flag: [raised[place] for (_, raised), _ in rows] for place, flag in enumerate(FLAGS)},
            "segments": [count for _, count in rows],
        }
        flags = [(flag, pa.bool_()) for flag in FLAGS]
        schema = pa.schema([("part", pa.string()), *flags, ("segments", pa.int64())])
        pq.write_table(pa.table(columns, schema=schema), self._folder / UNANALYSED, compression="zstd")


def segment_table(batch: Batch, codebook: Codebook) -> pa.Table:
    """The segments of a batch as they stand in segments.parquet."""
    return _Names(codebook).table(batch)


class _Names:
    """The names of the codes and entries of a codebook."""

    def __init__(self, codebook: Codebook) -> None:
        import pyarrow as pa

        self._codes = pa.array([code.id for code in codebook.codes], pa.string())
        self._entries = pa.array([entry.id for entry in codebook.entries], pa.string())
        self._schema = segment_schema()

    def table(self, batch: Batch) -> pa.Table:
        """The segments of a batch."""
        import pyarrow as pa

        rows = batch.segments
        documents = pa.array([document.id for document in batch.documents], pa.string())
        columns = {
            "document": documents.take(pa.array(rows.document)),
            "paragraph": rows.paragraph + 1,
            "passage_start": batch.passages.start[rows.passage],
            "code": self._codes.take(pa.array(rows.code)),
            "entry": self._entries.take(pa.array(rows.entry)),
            "start": rows.start,
            "end": rows.end,
            "hit": (rows.hits or hits_from(_read(batch))).column(),
            **{flag: _judged(batch, flag) for flag in FLAGS},
            "pieces": _pieces(rows),
        }
        return pa.table(columns, schema=self._schema)


def _read(batch: Batch) -> Iterator[str]:
    """The texts of the segments of a batch."""
    rows = batch.segments
    texts = {index: batch.documents[index].text for index in dict.fromkeys(rows.document.tolist())}
    spans = zip(rows.document.tolist(), rows.start.tolist(), rows.end.tolist(), strict=True)
    return (texts[index][start:end] for index, start, end in spans)


def _pieces(rows: Segments) -> pa.Array:
    import pyarrow as pa

    kind = segment_schema().field("pieces").type
    if not rows.pieces:
        return pa.nulls(len(rows), kind)
    return pa.array([_offsets(rows.pieces.get(index, ())) for index in range(len(rows))], kind)


def _offsets(pieces: Sequence[Piece]) -> list[int] | None:
    return [offset for one in pieces for offset in (one.start, one.end)] or None


def _judged(batch: Batch, flag: str) -> pa.Array:
    """The flag of each segment; null where it is not judged."""
    import pyarrow as pa

    judged = batch.judged[flag][batch.segments.document]
    return pa.array(getattr(batch.segments, flag), mask=~judged)
