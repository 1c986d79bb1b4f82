import hashlib
import json
import subprocess
import sys

import pytest

from rubricate.coding.settings import Settings
from rubricate.reports.columns import TABLES
from rubricate.reports.errors import ReportError
from rubricate.reports.write import Record, write_tables
from tests.reports_data import CODEBOOK, TEXTS, Codebook, code, coded

RECORD = Record("pass-1", {"pass.json": b"{}\n", "codebook.yaml": b"name: Conflict\n"})


def batches(*groups):
    return [coded({name: TEXTS[name] for name in group}, variables={"outlet": "irna"}) for group in groups]


def write(folder, coded_batches, *, record=RECORD, codebook=CODEBOOK, **options):
    return write_tables(
        folder,
        coded_batches,
        codebook,
        settings=Settings(),
        record=lambda: record,
        **options,
    )


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def header(data):
    return data.decode().splitlines()[0].split(",")


def test_all_tables_and_the_record_are_in_the_folder(tmp_path):
    sums = write(tmp_path / "out", batches("abc"))
    tables = {f"{name}.csv" for name in TABLES} - {"skipped.csv", "exclusive.csv"}
    assert set(contents(tmp_path / "out")) == tables | {"pass.json", "codebook.yaml", "tables.json"}
    assert sums.documents == ("a", "b", "c")


def test_the_bytes_do_not_depend_on_the_batches(tmp_path):
    write(tmp_path / "one", batches("abc"))
    write(tmp_path / "three", batches("a", "b", "c"))
    write(tmp_path / "again", iter(batches("ab", "", "c")))
    assert contents(tmp_path / "one") == contents(tmp_path / "three") == contents(tmp_path / "again")


@pytest.mark.parametrize("groups", [(), ("",), ("c",), ("b",)])
def test_tables_json_describes_exactly_the_files_and_columns_that_are_there(tmp_path, groups):
    write(tmp_path / "out", batches(*groups), record=Record("p", RECORD.files, [("x.pdf", "no text")]))
    files = contents(tmp_path / "out")
    listing = json.loads(files.pop("tables.json"))
    assert listing["pass"] == "p"
    assert [row["file"] for row in listing["files"]] == sorted(files)
    for row in listing["files"]:
        assert row["sha256"] == hashlib.sha256(files[row["file"]]).hexdigest()
        if row["file"].endswith(".csv"):
            assert [column["name"] for column in row["columns"]] == header(files[row["file"]])
        else:
            assert row["columns"] == []


def test_skipped_input_is_listed_only_where_there_is_some(tmp_path):
    write(tmp_path / "out", [], record=Record("p", {}, [("x.pdf", "no text, scanned")]))
    assert (tmp_path / "out" / "skipped.csv").read_text() == 'file,reason\nx.pdf,"no text, scanned"\n'
    write(tmp_path / "out", [])
    assert not (tmp_path / "out" / "skipped.csv").exists()


def test_spreadsheet_safe_reaches_every_table(tmp_path):
    batch = coded({"x": ["=cmd()"]}, [], variables={"outlet": "-"})
    write(tmp_path / "out", [batch], spreadsheet_safe=True)
    assert b"'=cmd()" in (tmp_path / "out" / "passages.csv").read_bytes()
    assert b"x,'-," in (tmp_path / "out" / "documents_wide.csv").read_bytes()


def test_a_code_with_the_name_of_a_column_is_found_before_any_batch_is_coded(tmp_path):
    def never():
        raise AssertionError("a batch was coded")
        yield

    with pytest.raises(ReportError, match='code "passage"'):
        write(tmp_path / "out", never(), codebook=Codebook("taken", (code("passage", "x"),)))
    assert contents(tmp_path) == {}


def test_a_variable_with_the_name_of_a_column_leaves_nothing_behind(tmp_path):
    with pytest.raises(ReportError, match='variable "words"'):
        write(tmp_path / "out", [coded({"x": ["a"]}, [], variables={"words": "3"})])
    assert contents(tmp_path) == {}


def test_variables_that_only_later_documents_have_are_empty_for_the_others(tmp_path):
    first = coded({"x": ["a"]}, [], variables={"outlet": "irna"})
    second = coded({"y": ["b"]}, [], variables={"country": "IR", "outlet": "tass"})
    write(tmp_path / "out", [first, second])
    lines = (tmp_path / "out" / "documents.csv").read_text().splitlines()
    assert [line.split(",")[-2:] for line in lines] == [["outlet", "country"], ["irna", ""], ["tass", "IR"]]


def test_a_folder_with_other_files_is_refused_before_any_batch_is_coded(tmp_path):
    (tmp_path / "thesis.docx").write_text("mine")
    with pytest.raises(ReportError, match=r"holds thesis\.docx"):
        write(tmp_path, (coded(codebook=None) for _ in range(1)))


def test_an_error_of_the_coding_passes_through_and_keeps_the_old_result(tmp_path):
    def broken():
        yield coded(variables={"outlet": "x"})
        raise PermissionError("a source file")

    write(tmp_path / "out", batches("ab"))
    before = contents(tmp_path / "out")
    with pytest.raises(PermissionError, match="a source file"):
        write(tmp_path / "out", broken())
    assert contents(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


FULL_DISK = """
import resource, sys
from pathlib import Path
from rubricate.reports.errors import ReportError
from tests.test_reports_write import batches, write
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    write(Path(sys.argv[1]), batches("abc"))
except ReportError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limits there")
@pytest.mark.parametrize("limit", [10, 100, 1000, 4000])
def test_a_disk_that_fills_up_keeps_the_old_result_and_says_so_in_one_line(tmp_path, limit):
    out = tmp_path / "out"
    write(out, batches("a"))
    before = contents(out)
    command = [sys.executable, "-c", FULL_DISK, str(out), str(limit)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "cannot be written (File too large): free some space" in run.stdout
    assert run.stdout.count("\n") == 1
    assert run.stdout.startswith(f"{out}/")
    assert contents(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
