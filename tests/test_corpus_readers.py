from __future__ import annotations

import csv
import gzip
import hashlib
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate.corpus.document import Source
from rubricate.corpus.errors import FileError
from rubricate.corpus.readers import READERS, TABLES, WEB_PAGES
from rubricate.corpus.readers.dates import DateError, is_date
from rubricate.corpus.readers.raw import RawFile, ReadOptions, Skipped, read_raw, source_file, split_extension
from tests.sources import one, read

if TYPE_CHECKING:
    from pathlib import Path


def rows(content: str, name: str = "t.csv", **options: str) -> list[tuple[str, str, dict[str, str]]]:
    found = read(name, content, **options)
    return [(row.id, row.text, dict(row.variables)) for row in found if isinstance(row, Source)]


# Files -------------------------------------------------------------------------------------------------


def test_the_hash_is_that_of_the_file_on_disk_also_when_it_is_packed(tmp_path: Path) -> None:
    packed = gzip.compress(b"peace", mtime=0)
    (tmp_path / "a.txt.gz").write_bytes(packed)
    raw = read_raw(source_file(tmp_path / "a.txt.gz", "a.txt.gz"))
    assert (raw.data, raw.sha256) == (b"peace", hashlib.sha256(packed).hexdigest())
    assert (raw.id, raw.file, raw.extension) == ("a", "a.txt.gz", ".txt")


def test_a_gzip_file_of_several_members_is_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"war ") + gzip.compress(b"and peace"))
    assert read_raw(source_file(tmp_path / "a.txt.gz", "a.txt.gz")).data == b"war and peace"


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda packed: packed[:-12], r"^a\.txt\.gz: the gzip file is cut off"),
        (lambda packed: packed[:-8] + b"12345678", r"^a\.txt\.gz: is not a sound gzip file"),
        (lambda packed: packed[:10] + b"\xff" * 40, r"^a\.txt\.gz: is not a sound gzip file"),
        (lambda packed: b"plain text", r"^a\.txt\.gz: is not a sound gzip file"),
        (lambda packed: packed + b"rubbish", r"^a\.txt\.gz: is not a sound gzip file"),
    ],
)
def test_a_damaged_gzip_file_is_an_error(tmp_path: Path, damage: object, message: str) -> None:
    assert callable(damage)
    (tmp_path / "a.txt.gz").write_bytes(damage(gzip.compress(b"War and peace, and what is between. " * 40)))
    with pytest.raises(FileError, match=message) as caught:
        read_raw(source_file(tmp_path / "a.txt.gz", "a.txt.gz"))
    assert str(caught.value).endswith("pack it again")
    assert "b'" not in str(caught.value)


def test_a_file_that_unpacks_to_more_than_the_limit_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"a" * 3_000_000))
    with pytest.raises(FileError, match=r"bomb\.txt\.gz: holds more than 2 MiB; split it into smaller files"):
        read_raw(source_file(tmp_path / "bomb.txt.gz", "bomb.txt.gz"), largest=2 * 1024**2)


def test_a_plain_file_over_the_limit_is_refused_and_one_at_the_limit_is_not(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"12345")
    assert read_raw(source_file(tmp_path / "a.txt", "a.txt"), largest=5).data == b"12345"
    with pytest.raises(FileError, match="holds more than 4 bytes"):
        read_raw(source_file(tmp_path / "a.txt", "a.txt"), largest=4)


def test_a_file_that_vanished_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"^a\.txt: cannot be read: no such file or directory$"):
        read_raw(source_file(tmp_path / "a.txt", "a.txt"))


@pytest.mark.parametrize(
    ("file", "parts"),
    [
        ("a/b.txt", ("a/b", ".txt")),
        ("a/B.TXT", ("a/B", ".txt")),
        ("b.csv.gz", ("b", ".csv")),
        ("report.v2.md", ("report.v2", ".md")),
        ("notes.gz", ("notes", ".gz")),
        ("README", ("README", "")),
    ],
)
def test_extensions_are_split_off(file: str, parts: tuple[str, str]) -> None:
    assert split_extension(file) == parts


def test_ids_are_in_composed_letters_and_files_as_they_are_called(tmp_path: Path) -> None:
    named = source_file(tmp_path, "cafe\u0301.txt")
    assert (named.id, named.file) == ("caf\u00e9", "cafe\u0301.txt")


def test_the_registry_knows_its_tables_and_web_pages() -> None:
    assert READERS.keys() > TABLES | WEB_PAGES
    assert not TABLES & WEB_PAGES


@pytest.mark.parametrize("extension", sorted(READERS))
def test_every_reader_is_there_and_tells_an_empty_file(extension: str) -> None:
    with pytest.raises(FileError, match="is empty"):
        list(READERS[extension](RawFile(f"a{extension}", "a", extension, "", b""), ReadOptions()))


# Plain text --------------------------------------------------------------------------------------------


def test_plain_text_is_one_document_as_it_stands() -> None:
    text = "War.\n\n  Peace. "
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert read("un/a.txt", text) == [Source("un/a", "un/a.txt", digest, "utf-8", text=text)]


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize("content", [" \n\t\n", "\n"])
def test_a_file_of_blanks_holds_no_text(name: str, content: str) -> None:
    with pytest.raises(FileError, match="holds no text"):
        read(name, content)


# Rows --------------------------------------------------------------------------------------------------


def test_a_row_is_a_document_and_other_columns_are_variables() -> None:
    table = "doc_id,year,text,country\nA1,2018,War and peace, Iran \nA2,,Peace,\n"
    assert rows(table) == [
        ("A1", "War and peace", {"year": "2018", "country": " Iran "}),
        ("A2", "Peace", {"year": "", "country": ""}),
    ]


def test_rows_without_an_id_column_are_numbered_after_the_file() -> None:
    assert [row[0] for row in rows("text\na\nb\n", "un/speeches.csv")] == [
        "un/speeches-000001",
        "un/speeches-000002",
    ]


@pytest.mark.parametrize(
    ("header", "chosen"),
    [("id,doc_id", "2"), ("document,id", "2"), ("ID,Document", "1"), ("other,DOC_ID", "2")],
)
def test_the_id_column_is_the_first_known_name(header: str, chosen: str) -> None:
    assert rows(f"{header},Text\n1,2,peace\n")[0][0] == chosen


def test_columns_can_be_chosen() -> None:
    found = rows("doc_id,speech,ref\n1,peace,R1\n", text_column="Speech", id_column="ref")
    assert found == [("R1", "peace", {"doc_id": "1"})]


def test_a_document_column_that_holds_the_text_is_no_id() -> None:
    assert rows("document,year\npeace,1945\n", text_column="document") == [
        ("t-000001", "peace", {"year": "1945"})
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", "id;text;n\n1;a, b;2\n"),
        ("t.csv", 'id,text,n\n1,"a, b",2\n'),
        ("t.csv", "id\ttext\tn\n1\ta, b\t2\n"),
        ("t.tsv", "id\ttext\tn\n1\ta, b\t2\n"),
        ("t.csv", '\ufeff id , text,n\r\n1,"a, b",2\r\n\r\n'),
        ("t.csv", '\n"id","text","n"\n\n1,"a, b",2'),
    ],
)
def test_separators_marks_and_blank_lines_do_not_matter(name: str, content: str) -> None:
    assert rows(content, name) == [("1", "a, b", {"n": "2"})]


def test_a_row_without_text_is_skipped_and_said_to_be() -> None:
    found = read("t.csv", "id,text\nA,\nB,peace\nC, \n")
    assert [row for row in found if isinstance(row, Skipped)] == [
        Skipped("t.csv", "line 2: the text is empty", "A"),
        Skipped("t.csv", "line 4: the text is empty", "C"),
    ]
    assert [row.id for row in found if isinstance(row, Source)] == ["B"]


def test_a_cell_may_be_longer_than_the_csv_module_allows_by_itself() -> None:
    assert rows("id,text\n1," + "a" * 200_000 + "\n")[0][1] == "a" * 200_000


def test_a_wide_encoding_is_read_row_by_row_too() -> None:
    (row,) = read("t.csv", "id,text\n1,صلح\n".encode("utf-16"))
    assert isinstance(row, Source)
    assert (row.text, row.encoding) == ("صلح", "utf-16")


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        (
            "a,b\n1,2\n",
            {},
            "has no column 'text'; its columns are a, b; name the one with the texts: --text-column NAME",
        ),
        ("text\nx\n", {"text_column": "speech"}, "has no column 'speech'; its columns are text"),
        ("text\nx\n", {"id_column": "ref"}, "has no column 'ref'; .* --id-column NAME"),
        ("text,b\nx,1\n", {"id_column": "text"}, "'text' cannot be both"),
        ("text,n,n\nx,1,2\n", {}, "has two columns named 'n'; rename one"),
        (",text\n1,x\n", {}, "column 1 has no name in the first row"),
        ("\n\n", {}, "holds no table"),
        ("id,text\n", {}, "has a header but no rows"),
        ("id,text\n1,x\n2\n", {}, "line 3 has 1 cells, but there are 2 columns"),
        ("id,text\n1,war, peace\n", {}, "line 2 has 3 cells, but there are 2 columns"),
        ("id,text\n1,x\n ,y\n", {}, "line 3: the document id is empty"),
        ('id,text\n1,"x\ny"\n2,y\n1,z\n', {}, "line 5: document '1' was already in line 2"),
        ("id,text\n1,\n1,z\n", {}, "line 3: document '1' was already in line 2"),
        (
            'id,text\n1,x\n2,"y\n3,z\n',
            {},
            "the row that begins in line 3: a quotation mark that opens here is never cl",
        ),
        ('id,text\n1,"x"y\n', {}, "the row that begins in line 2: .* must be doubled"),
        ("id,text\n1,a\0b\n", {}, "looks like a binary file"),
        (
            "id,text\né,x\ne\u0301,y\n",
            {},
            "line 3: document 'e\u0301' looks the same as that in line 2; rename one",
        ),
        (
            "id,text\ne\u0301,x\né,y\n",
            {},
            "line 3: document 'é' looks the same as that in line 2; rename one",
        ),
        ("id,text\ne\u0301,x\ne\u0301,y\n", {}, "line 3: document 'e\u0301' was already in line 2"),
    ],
)
def test_a_table_that_cannot_be_trusted_is_an_error(
    content: str, options: dict[str, str], message: str
) -> None:
    with pytest.raises(FileError, match=r"^t\.csv: .*" + message) as caught:
        read("t.csv", content, **options)
    assert "\n" not in str(caught.value)


DATES = "2019 2019-05 2019-05-12 2019-05-12T10:30 2019-05-12T10:30:00.5Z 2019-05-12T10:30+02:00 2024-02-29"


@pytest.mark.parametrize("cell", ["", "2019-05-12 10:30:00", *DATES.split()])
def test_a_date_is_a_year_a_month_or_a_day_with_or_without_a_time(cell: str) -> None:
    assert is_date(cell)
    assert rows(f"id,text,date\n1,x,{cell}\n")[0][2] == {"date": cell}


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("12/05/2019", "'12/05/2019' (write 2019-05-12 or 2019-12-05)"),
        ("31/12/2019", "'31/12/2019' (write 2019-12-31)"),
        ("5.5.2019", "'5.5.2019' (write 2019-05-05)"),
        ("5 May 2019", "'5 May 2019' (write 2019-05-05)"),
        ("Sep 5, 2019", "'Sep 5, 2019' (write 2019-09-05)"),
        ("May 2019", "'May 2019' (write 2019-05)"),
        (" 2019 ", "' 2019 ' (write 2019)"),
        ("2019-5-2", "'2019-5-2' (write 2019-05-02)"),
        ("2019-02-30", "'2019-02-30'"),
        ("2019-13", "'2019-13'"),
        ("2019-05-12T25:00", "'2019-05-12T25:00'"),
        ("۲۰۱۹", "'۲۰۱۹' (write 2019)"),
        ("1/2/19", "'1/2/19'"),
        ("spring", "'spring'"),
        (" ", "' '"),
        ("a\nb", "'a\\nb'"),
        ("x" * 50, f"'{'x' * 39}…'"),
    ],
)
def test_a_date_written_otherwise_is_an_error_that_says_how_to_write_it(cell: str, shown: str) -> None:
    with pytest.raises(DateError) as caught:
        rows(f'id,text,date\n1,x,"{cell}"\n')
    assert str(caught.value) == f"t.csv: a date is written 2019-05-12, 2019-05 or 2019; line 2: {shown}"


def test_wrong_dates_are_told_at_once_up_to_three() -> None:
    with pytest.raises(DateError) as caught:
        rows('id,text,date\n1,"x\ny",2019\n2,,soon\n3,x,\n4,x,late\n5,x,never\n6,x,ever\n7,x,once\n')
    assert caught.value.reason.endswith("; line 4: 'soon'; line 6: 'late'; line 7: 'never'; and 2 more")


def test_a_column_of_dates_that_holds_ids_or_is_called_otherwise_may_hold_anything() -> None:
    assert rows("date,text\n5 May,x\n", id_column="date") == [("5 May", "x", {})]
    assert rows("id,text,dated\n1,x,5 May\n")[0][2] == {"dated": "5 May"}


@given(st.datetimes(timezones=st.none() | st.just(UTC)), st.sampled_from([4, 7, 10, None]))
def test_what_python_writes_as_iso_8601_is_a_date(moment: datetime, length: int | None) -> None:
    assert is_date(moment.isoformat()[:length])


def test_a_wrong_date_in_a_front_matter_is_an_error_with_its_line() -> None:
    with pytest.raises(DateError, match=r"^a\.md: .* 2019; line 3: '5 May 2019' \(write 2019-05-05\)$"):
        one("a.md", '---\ntitle: x\ndate: "5 May 2019"\n---\nWar.\n')
    assert one("a.md", "---\ndate: 2019-05-05\n---\nWar.\n").variables == {"date": "2019-05-05"}


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(list('\n\t,;"')))
TEXTS = CELLS.filter(lambda text: bool(text.strip()))


@settings(deadline=None)  # the first example imports the libraries
@given(
    st.lists(st.tuples(TEXTS | st.sampled_from(["“جنگ، و صلح”", '😀 "a,b"\n;']), CELLS), min_size=1),
    st.booleans(),
)
def test_what_the_csv_module_writes_is_read_back_verbatim(cells: list[tuple[str, str]], tabs: bool) -> None:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter="\t" if tabs else ",", lineterminator="\r\n" if tabs else "\n")
    writer.writerows([("text", "note"), *cells])
    found = rows(written.getvalue(), "t.tsv" if tabs else "t.csv")
    assert [(text, variables["note"]) for _, text, variables in found] == cells
