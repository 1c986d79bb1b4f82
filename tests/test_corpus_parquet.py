from __future__ import annotations

import io
import random
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate.corpus.document import Source
from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.parquet import open_parquet, read_parquet
from rubricate.corpus.readers.raw import RawFile, ReadOptions, Skipped

SPEECHES = Path(__file__).parent / "data" / "formats" / "parquet_speeches.parquet"


def raw_file(data: bytes) -> RawFile:
    return RawFile("a.parquet", "a", ".parquet", "", data)


def parquet(**columns: object) -> bytes:
    return written(pa.table({name: column for name, column in columns.items()}))


def written(table: pa.Table, **options: object) -> bytes:
    data = io.BytesIO()
    pq.write_table(table, data, **options)
    return data.getvalue()


def cells(column: object) -> list[str]:
    table = open_parquet(raw_file(parquet(a=column)), ReadOptions())
    assert table.header == ("a",)
    return [row[0] for _, row in table.rows]


def refused(data: bytes) -> str:
    with pytest.raises(FileError) as caught:
        list(read_parquet(raw_file(data), ReadOptions()))
    assert "\n" not in str(caught.value)
    return caught.value.reason


# Values ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        (pa.array(["a\r\nb", None, "007"]), ["a\nb", "", "007"]),
        (pa.array(["a", None, "a"]).dictionary_encode(), ["a", "", "a"]),
        (pa.array([1, None], pa.int8()), ["1", ""]),
        (pa.array([2**64 - 1], pa.uint64()), ["18446744073709551615"]),
        (pa.array([12.0, 0.1, None, float("nan")]), ["12", "0.1", "", ""]),
        (pa.array([0.1, None], pa.float32()), ["0.1", ""]),
        (pa.array([Decimal("12.50"), None]), ["12.50", ""]),
        (pa.array([True, False, None]), ["true", "false", ""]),
        (pa.array([date(2019, 3, 1), None]), ["2019-03-01", ""]),
        (
            pa.array([datetime(2019, 3, 1), datetime(2019, 3, 1, 10, 30)]),
            ["2019-03-01", "2019-03-01T10:30:00"],
        ),
        (pa.array([datetime(2019, 3, 1, 10, 30), None], pa.timestamp("ns")), ["2019-03-01T10:30:00", ""]),
        (pa.array([datetime(2019, 3, 1, 10, 30, tzinfo=UTC)]), ["2019-03-01T10:30:00+00:00"]),
        (pa.array([datetime(2019, 3, 1, tzinfo=UTC)]), ["2019-03-01"]),
        (pa.array([datetime(2019, 3, 1, 9)], pa.timestamp("s", "+02:00")), ["2019-03-01T11:00:00+02:00"]),
        (pa.array([time(10, 30)]), ["10:30:00"]),
        (pa.array([timedelta(hours=36)]), ["36:00:00"]),
        (pa.array([timedelta(hours=36)], pa.duration("ns")), ["36:00:00"]),
        (pa.array([["UN", "NATO"], [], None]), ["UN; NATO", "", ""]),
        (pa.array([[("UN", "1"), ("EU", "2")]], pa.map_(pa.string(), pa.string())), ["UN; 1; EU; 2"]),
        (pa.array([None, None]), ["", ""]),
        (pa.array(["a", None], pa.large_string()), ["a", ""]),
        (pa.array(["a", None], pa.string_view()), ["a", ""]),
        (pa.array([b"a", None], pa.binary_view()), ["a", ""]),
        (pa.array([["a", "b"]], pa.list_view(pa.string())), ["a; b"]),
        (pa.array([["a", "b"]], pa.list_(pa.string(), 2)), ["a; b"]),
        (pa.array([b"war", "Zölle".encode()]), ["war", "Zölle"]),
    ],
)
def test_a_value_is_written_as_a_csv_would_hold_it(column: object, texts: list[str]) -> None:
    assert cells(column) == texts


def test_structures_become_columns_of_their_own() -> None:
    by = [{"name": "A", "at": {"city": "Vienna"}}, None]
    authors = [[{"n": "A"}, {"n": "B"}], None]
    table = open_parquet(raw_file(parquet(by=pa.array(by), authors=pa.array(authors))), ReadOptions())
    assert table.header == ("by.name", "by.at.city", "authors.n")
    assert list(table.rows) == [(1, ["A", "Vienna", "A; B"]), (2, ["", "", ""])]


def test_structures_in_a_map_are_not_lost() -> None:
    votes = pa.map_(pa.string(), pa.struct([("yes", pa.int64())]))
    data = parquet(votes=pa.array([[("UN", {"yes": 7}), ("EU", {"yes": 8})]], votes))
    table = open_parquet(raw_file(data), ReadOptions())
    assert table.header == ("votes", "votes.yes")
    assert list(table.rows) == [(1, ["UN; EU", "7; 8"])]


def test_a_list_of_texts_is_a_text_in_paragraphs() -> None:
    (source,) = read_parquet(raw_file(parquet(text=pa.array([["War.", "Peace."]]))), ReadOptions())
    assert isinstance(source, Source)
    assert source.text == "War.\n\nPeace."


def test_row_numbers_that_pandas_adds_are_left_out_and_an_index_with_a_name_is_kept() -> None:
    data = io.BytesIO()
    pd.DataFrame({"text": ["War."]}, index=[7]).to_parquet(data)
    assert open_parquet(raw_file(data.getvalue()), ReadOptions()).header == ("text",)
    data = io.BytesIO()
    pd.DataFrame({"text": ["War."]}, index=pd.Index(["a"], name="doc_id")).to_parquet(data)
    assert open_parquet(raw_file(data.getvalue()), ReadOptions()).header == ("text", "doc_id")


def test_a_row_without_text_is_skipped_and_named() -> None:
    found = list(read_parquet(raw_file(parquet(text=pa.array(["War.", None]))), ReadOptions()))
    assert found[1] == Skipped("a.parquet", "row 2: the text is empty", "a-000002")


def test_rows_are_numbered_through_all_row_groups() -> None:
    data = written(pa.table({"text": [f"Speech {i}." for i in range(1000)]}), row_group_size=70)
    table = open_parquet(raw_file(data), ReadOptions())
    assert list(table.rows) == [(i + 1, [f"Speech {i}."]) for i in range(1000)]


# Files that cannot be read -----------------------------------------------------------------------------


def test_bytes_that_are_no_text_are_refused_by_the_name_of_their_column() -> None:
    reason = "column {!r} holds bytes that are no text; leave it out of the file"
    assert refused(parquet(text=["War."], photo=[b"\x89PNG"])) == reason.format("photo")
    assert refused(parquet(text=["War."], photo=pa.array([b"\xff\xd8"], pa.binary(2)))) == reason.format(
        "photo"
    )
    nested = parquet(text=["War."], image=[{"bytes": b"abc", "path": "a"}])
    assert refused(nested) == reason.format("image.bytes")


def test_dates_beyond_the_calendar_are_refused_by_the_name_of_their_column() -> None:
    far = pa.array([2**62], pa.int64()).cast(pa.timestamp("us"))
    reason = "column 'at' holds dates or times that cannot be read; write them as text"
    assert refused(parquet(text=["War."], at=far)) == reason
    assert refused(parquet(text=["War."], at=pa.array([0], pa.timestamp("s", "Mars/Olympus")))) == reason


def test_a_nul_in_a_text_is_refused_by_its_row() -> None:
    assert (
        refused(parquet(text=["War.", "a\0"]))
        == "row 2: holds the character NUL, which is no text; remove it"
    )


def test_two_columns_of_one_name_or_one_without_are_an_error() -> None:
    twice = written(pa.table([["War."], ["Peace."]], names=["text", " text"]))
    assert refused(twice) == "has two columns named 'text'; rename one"
    assert refused(written(pa.table([["War."], ["x"]], names=["text", ""]))).startswith(
        "column 2 has no name"
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"text\nWar.\n", "is no sound Parquet file, or cut off; fetch or save it again"),
        (b"PAR1PAR1", "is no sound Parquet file, or cut off; fetch or save it again"),
        (b"PARE" + bytes(20) + b"PARE", "is encrypted; save it without encryption"),
        (SPEECHES.read_bytes()[:-9], "is no sound Parquet file, or cut off; fetch or save it again"),
        (parquet(text=pa.array([], pa.string())), "has a header but no rows"),
        (
            parquet(speech=["War."]),
            "has no column 'text'; its columns are speech; name the one with the texts: ",
        ),
    ],
)
def test_a_file_without_documents_is_an_error(data: bytes, reason: str) -> None:
    assert refused(data).startswith(reason)


def test_damage_anywhere_is_an_error_or_leaves_a_table() -> None:
    for seed in range(100):
        chance = random.Random(seed)
        data = bytearray(SPEECHES.read_bytes())
        for _ in range(4):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            list(read_parquet(raw_file(bytes(data)), ReadOptions()))
        except FileError as error:
            assert "\n" not in error.reason


def test_more_rows_than_can_be_are_refused_before_they_are_read() -> None:
    nothing = pa.DictionaryArray.from_arrays(pa.nulls(100_000_001, pa.int8()), ["War."])
    data = written(pa.table({"text": nothing}))
    assert len(data) < 300_000
    assert refused(data) == "unpacks to more than can be read; split it into smaller files"


def test_a_text_that_comes_again_and_again_does_not_fill_memory() -> None:
    same = pa.DictionaryArray.from_arrays(pa.array([0] * 500), ["War. " * 4_000_000])
    data = written(pa.table({"text": same}), compression="zstd", store_schema=False)
    assert len(data) < 100_000
    found = read_parquet(raw_file(data), ReadOptions())
    texts = [row.text for row in (next(found) for _ in range(200)) if isinstance(row, Source)]
    assert len({id(text) for text in texts}) == 1
    with pytest.raises(FileError, match="unpacks to more than can be read"):
        list(found)


# Nothing is lost ---------------------------------------------------------------------------------------


def test_no_character_of_a_file_is_lost() -> None:
    table = open_parquet(raw_file(SPEECHES.read_bytes()), ReadOptions())
    held = Counter("".join(cell for _, row in table.rows for cell in row))
    frame = pd.read_parquet(SPEECHES)[["doc_id", "outlet", "code", "text"]]
    shown = Counter("".join(frame.astype(object).fillna("").to_numpy().ravel()))
    assert sum(shown.values()) > 250
    assert not shown - held


def test_reading_twice_gives_the_same() -> None:
    first, second = (list(read_parquet(raw_file(SPEECHES.read_bytes()), ReadOptions())) for _ in range(2))
    assert first == second


TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r"))


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1))
def test_texts_come_out_as_they_were_put_in(rows: list[tuple[str, str]]) -> None:
    texts, numbers = zip(*rows, strict=True)
    table = open_parquet(raw_file(parquet(text=list(texts), n=list(numbers))), ReadOptions())
    assert [row for _, row in table.rows] == [list(row) for row in rows]
