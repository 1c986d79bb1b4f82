"""Workbooks: text stays text, numbers are numbers, and what a sheet cannot hold is told and not cut."""

import json
import zipfile

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from rubricate.coding.settings import Settings
from rubricate.reports import workbook
from rubricate.reports.columns import Column
from rubricate.reports.csv_table import csv_table
from rubricate.reports.errors import ReportError
from rubricate.reports.workbook import write_workbook
from rubricate.reports.write import Record, write_tables
from tests.reports_data import CODEBOOK, coded

TEXT, NUMBER, INTEGER = (Column(kind, kind, "", "") for kind in ("text", "number", "integer"))


def book(folder, *texts, columns=(TEXT,)):
    """A workbook of one sheet, the rows of that sheet, and why it is not there."""
    rows = pd.DataFrame({column.name: texts for column in columns}).astype("string")
    with csv_table(folder / "a.csv", [column.name for column in columns]) as append:
        append(rows)
    excess = write_workbook(folder / "a.xlsx", {"table": (folder / "a.csv", columns)})
    with (folder / "a.xlsx").open("rb") as file:
        sheets = CalamineWorkbook.from_filelike(file)
        return [sheets.get_sheet_by_name(name).to_python() for name in sheets.sheet_names], excess


FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "{=1}",
    '=HYPERLINK("http://x")',
    "http://example.org",
    "0012",
    "1e5",
    "TRUE",
    "2024-01-01",
)


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_looks_like_something_else_stays_text(tmp_path, text):
    assert book(tmp_path, text) == ([[["text"], [text]]], {})
    with zipfile.ZipFile(tmp_path / "a.xlsx") as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet.lower().replace("=hyperlink", "")
    assert 't="inlineStr"' in sheet


@pytest.mark.parametrize(
    "text", ["<r><t>a</t></r>", "<r>", "<r></row><row></r>", "<r>&amp;</r>", "a\nb", " a ", "ایران"]
)
def test_text_that_looks_like_xml_is_text(tmp_path, text):
    assert book(tmp_path, text) == ([[["text"], [text]]], {})


@settings(max_examples=15, deadline=None)
@given(
    st.text(
        st.characters(codec="utf-8", exclude_characters="\r", exclude_categories=["Cc", "Cs"]), min_size=1
    )
)
def test_any_text_is_read_back_as_it_was(tmp_path_factory, text):
    assert book(tmp_path_factory.mktemp("book"), text) == ([[["text"], [text]]], {})


def test_numbers_are_numbers_and_empty_cells_are_empty(tmp_path):
    (rows,), _ = book(tmp_path, "3", "", "-4", columns=(INTEGER, NUMBER, TEXT))
    assert rows == [["integer", "number", "text"], [3.0, 3.0, "3"], ["", "", ""], [-4.0, -4.0, "-4"]]


@pytest.mark.parametrize(
    ("text", "fits"),
    [("a" * 32_767, True), ("a" * 32_768, False), ("😀" * 16_384, False), ("a" * 200_000, False)],
)
def test_a_cell_that_excel_would_cut_keeps_the_table_out(tmp_path, text, fits):
    sheets, excess = book(tmp_path, text)
    if fits:
        assert sheets == [[["text"], [text]]]
        assert excess == {}
    else:
        assert sheets == [[]]
        assert excess == {"table": "has a cell of more than 32,767 characters, the most that Excel shows"}


def test_a_sheet_with_too_many_rows_or_columns_is_kept_out(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "ROWS", 3)
    assert book(tmp_path, "a", "b")[1] == {}
    assert book(tmp_path, "a", "b", "c")[1] == {"table": "has 3 rows, and a sheet of Excel at most 2"}
    monkeypatch.setattr(workbook, "COLUMNS", 1)
    _, excess = book(tmp_path, "1", columns=(TEXT, NUMBER))
    assert excess == {"table": "has 2 columns, and a sheet of Excel has at most 1"}


def test_the_same_tables_are_the_same_bytes_and_nothing_else_is_left(tmp_path):
    book(tmp_path, "a", "=b")
    before = (tmp_path / "a.xlsx").read_bytes()
    book(tmp_path, "a", "=b")
    assert (tmp_path / "a.xlsx").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.xlsx"]


def test_a_workbook_that_cannot_be_written_is_an_error_in_one_line(tmp_path):
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(ReportError, match=r"a\.xlsx: cannot be written"):
        book(tmp_path, "a")


# All tables of a pass -----------------------------------------------------------------------------------


def write(folder, **options):
    batch = coded({"x": ["=cmd() and oil"], "y": ["b" * 40_000]}, [], variables={"outlet": "-"})
    too_large = {}
    write_tables(
        folder,
        [batch],
        CODEBOOK,
        settings=Settings(),
        record=lambda: Record("p", {"pass.json": b"{}"}),
        too_large=too_large,
        **options,
    )
    return sorted(path.name for path in folder.iterdir()), too_large


def sheets(folder):
    with (folder / "tables.xlsx").open("rb") as file:
        read = CalamineWorkbook.from_filelike(file)
        return {name: read.get_sheet_by_name(name).to_python() for name in read.sheet_names}


def test_a_workbook_has_a_sheet_for_every_table_but_those_that_it_cannot_hold(tmp_path):
    names, too_large = write(tmp_path / "out", formats=["xlsx"])
    assert names == ["pass.json", "passages.csv", "tables.json", "tables.xlsx"]
    assert too_large == {"passages": "has a cell of more than 32,767 characters, the most that Excel shows"}
    read = sheets(tmp_path / "out")
    assert {"documents", "segments", "frequency", "parts", "documents_wide"} <= read.keys()
    assert "passages" not in read
    assert read["documents_wide"][1][:2] == ["x", "-"]


def test_with_both_formats_the_csv_files_are_as_always(tmp_path):
    write(tmp_path / "csv")
    write(tmp_path / "both", formats=["csv", "xlsx"])
    for path in (tmp_path / "csv").glob("*.csv"):
        assert path.read_bytes() == (tmp_path / "both" / path.name).read_bytes()
    assert (tmp_path / "both/tables.xlsx").exists()


def test_what_is_safe_for_spreadsheets_in_csv_is_verbatim_in_the_workbook(tmp_path):
    names, _ = write(tmp_path / "out", formats=["csv", "xlsx"], spreadsheet_safe=True)
    assert not [name for name in names if name.startswith(".")]
    assert (tmp_path / "out/documents_wide.csv").read_text().splitlines()[1].startswith("x,'-,")
    assert sheets(tmp_path / "out")["documents_wide"][1][1] == "-"


def test_the_manifest_describes_the_sheets(tmp_path):
    write(tmp_path / "out", formats=["xlsx"])
    files = {row["file"]: row for row in json.loads((tmp_path / "out/tables.json").read_bytes())["files"]}
    assert files["tables.xlsx"]["sheets"]["parts"][0]["name"] == "part"
    assert files["tables.xlsx"]["sheets"].keys() == sheets(tmp_path / "out").keys()
    assert "sheets" not in files["passages.csv"]
