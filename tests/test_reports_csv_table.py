import csv
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubricate.reports.columns import frame
from rubricate.reports.csv_table import csv_table
from rubricate.reports.errors import ReportError

NASTY = [
    "plain",
    "",
    'say "no"',
    "a,b",
    "line\nbreak",
    "bare\rreturn",
    "\r\n",
    "🚀 é ی",
    " = 1",
    "=1+1",
    "'x",
    "NA",
]


def skipped(files, reasons=None):
    return frame("skipped", {"file": files, "reason": reasons})


def written(path, *frames, **options):
    with csv_table(path, ["file", "reason"], **options) as append:
        for table in frames:
            append(table)
    return path.read_bytes()


def read(path):
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle))[1:]


def test_cells_come_back_as_they_were(tmp_path):
    path = tmp_path / "t.csv"
    written(path, skipped(NASTY, NASTY))
    assert read(path) == [[cell, cell] for cell in NASTY]
    assert pd.read_csv(path, keep_default_na=False)["file"].tolist() == NASTY


@given(st.lists(st.text(), min_size=1))
def test_any_text_comes_back_as_it_was(tmp_path_factory, cells):
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    written(path, skipped(cells))
    assert read(path) == [[cell, ""] for cell in cells]


def test_the_bytes_do_not_depend_on_the_pieces(tmp_path):
    whole = written(tmp_path / "t.csv", skipped(NASTY))
    pieces = written(tmp_path / "t.csv", *(skipped([cell]) for cell in NASTY), skipped([]))
    assert whole == pieces


def test_a_table_without_rows_is_a_header(tmp_path):
    assert written(tmp_path / "t.csv") == b"file,reason\n"


def test_numbers_have_six_digits_flags_are_digits_and_empty_cells_are_empty(tmp_path):
    path = tmp_path / "t.csv"
    flags = pd.array([True, False, None], dtype="boolean").astype("Int64")
    table = pd.DataFrame({"x": [1 / 3, 1e-9, float("nan")], "n": flags})
    assert written(path, table) == b"file,reason\n0.333333,1\n1e-09,0\n,\n"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_spreadsheet_safe_defuses_what_looks_like_a_formula(tmp_path, cell):
    path = tmp_path / "t.csv"
    written(path, skipped([cell], ["a=b"]), spreadsheet_safe=True)
    assert read(path) == [["'" + cell, "a=b"]]


def test_spreadsheet_safe_leaves_numbers_alone(tmp_path):
    table = pd.DataFrame({"x": [-0.5], "n": pd.array([-1], dtype="Int64")})
    assert written(tmp_path / "t.csv", table, spreadsheet_safe=True) == b"file,reason\n-0.5,-1\n"


def test_a_file_name_that_is_no_unicode_stays_readable(tmp_path):
    assert written(tmp_path / "t.csv", skipped(["\udce9t\udce9.txt"])).endswith(b"\n\\udce9t\\udce9.txt,\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("rows", [1, 100_000])
def test_a_full_disk_is_said_in_one_line_whenever_it_shows(rows):
    message = r"out/t\.csv: cannot be written \(No space left on device\): free some space"
    with (
        pytest.raises(ReportError, match=message),
        csv_table(Path("/dev/full"), ["file"], known_as="out/t.csv") as add,
    ):
        add(skipped(["x"] * rows))


def test_a_path_that_cannot_be_is_said_in_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ReportError, match=r"cannot be written \(Not a directory\)"):
        written(tmp_path / "file" / "t.csv")
