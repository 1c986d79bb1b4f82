from __future__ import annotations

import io
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubricate.corpus.document import Source
from rubricate.corpus.errors import FileError
from rubricate.corpus.readers.json_lines import cell_text, read_json_lines
from rubricate.corpus.readers.parquet import read_parquet
from rubricate.corpus.readers.raw import RawFile, ReadOptions, Skipped, split_extension
from rubricate.corpus.readers.rows import read_rows
from rubricate.corpus.readers.spreadsheets import open_spreadsheet, read_spreadsheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FORMATS = Path(__file__).parent / "data" / "formats"

SPEECHES = """\
doc_id,date,outlet,year,share,signed,sent,length,code,text
a-1,2019-03-01,Press office,2019,0.1,true,2019-03-01T10:30:00,26:05:07,007,\
"The two ministers met in the harbour town.
They signed nothing."
12,1989-11-09,"Gazette, ""late"" edition",-3,12.5,false,1989-11-09T23:59:59,30:00:00,1e5,\
  Sanctions «bite» only slowly; a tariff of 3 % does not.\x20\x20
fa/3,,نشریه,,1234567.25,,,,TRUE,تحریم‌ها ادامه می‌یابد. 😀
d 4,2020-02-29,,2020,0.333,true,2020-02-29T00:00:01,100:00:00,=A1,\
"An embargo was lifted, and another one — quietly — imposed."
"""


def raw_file(name: str, data: bytes) -> RawFile:
    stem, extension = split_extension(name)
    return RawFile(name, stem, extension, "", data)


def read(name: str, data: bytes, **options: str) -> list[Source | Skipped]:
    return list(read_spreadsheet(raw_file(name, data), ReadOptions(**options)))


def rows(name: str, data: bytes, **options: str) -> list[tuple[str, dict[str, str]]]:
    found = read(name, data, **options)
    return [(row.text, dict(row.variables)) for row in found if isinstance(row, Source)]


def refused(name: str, data: bytes, **options: str) -> str:
    with pytest.raises(FileError) as caught:
        read(name, data, **options)
    assert "\n" not in str(caught.value)
    return caught.value.reason


# Spreadsheets by hand ----------------------------------------------------------------------------------

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="[h]:mm:ss"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="21"/>'
    '<xf numFmtId="170"/></cellXfs></styleSheet>'
)
DATE, DATE_AND_TIME, TIME, DURATION = 1, 2, 3, 4


def xlsx(
    *sheets: str, attributes: Iterable[str] = (), book: str = "", members: Mapping[str, bytes] | None = None
) -> bytes:
    """A workbook whose sheets hold this XML; they are called S1, S2, …, and may have ``attributes``."""
    states = [*attributes, *[""] * len(sheets)]
    names = range(1, len(sheets) + 1)
    entries = "".join(f'<sheet name="S{i}" sheetId="{i}" {states[i - 1]} r:id="r{i}"/>' for i in names)
    links = "".join(
        f'<Relationship Id="r{i}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in names
    )
    styles = f'<Relationship Id="styles" Type="{OFFICE}/styles" Target="styles.xml"/>'
    document = f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    content: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{document}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{entries}</sheets>{book}'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}{styles}'
        "</Relationships>",
        "xl/styles.xml": STYLES,
    }
    for i, sheet in enumerate(sheets, start=1):
        content[f"xl/worksheets/sheet{i}.xml"] = f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>'
    return packed(content | dict(members or {}))


def packed(members: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def words(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def number(place: str, value: str, style: int = 0) -> str:
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def sheet(*lines: str, behind: str = "") -> str:
    return "<sheetData>" + "".join(f"<row>{line}</row>" for line in lines) + f"</sheetData>{behind}"


HEADER = words("A1", "text") + words("B1", "n")

ODF = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
SPACES = " ".join(f'xmlns:{name}="{ODF.format(name)}"' for name in ("office", "table", "text"))


def ods(*lines: str, attributes: str = "", before: str = "") -> bytes:
    table = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    content = (
        f'{before}<office:document-content {SPACES} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="S1" {attributes}>{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return packed(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": MANIFEST}
        | {"content.xml": content}
    )


MANIFEST = (
    f'<m:manifest xmlns:m="{ODF.format("manifest")}"><m:file-entry m:full-path="/" '
    'm:media-type="application/vnd.oasis.opendocument.spreadsheet"/></m:manifest>'
)


def ods_words(content: str) -> str:
    return f'<table:table-cell office:value-type="string">{content}</table:table-cell>'


ODS_HEADER = ods_words("<text:p>text</text:p>") + ods_words("<text:p>n</text:p>")


# The same table in every format ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "reader"),
    [
        ("xlsx_speeches.xlsx", read_spreadsheet),
        ("xls_speeches.xls", read_spreadsheet),
        ("ods_speeches.ods", read_spreadsheet),
        ("jsonl_speeches.jsonl", read_json_lines),
        ("parquet_speeches.parquet", read_parquet),
    ],
)
def test_a_table_gives_the_same_documents_in_every_format(file: str, reader: object) -> None:
    assert callable(reader)
    as_csv = read_rows(raw_file("speeches.csv", SPEECHES.encode()), ReadOptions())
    found = list(reader(raw_file(file, (FORMATS / file).read_bytes()), ReadOptions()))
    assert [replace(row, file="", encoding="") for row in found] == [
        replace(row, file="", encoding="") for row in as_csv
    ]


def test_no_character_of_a_workbook_is_lost() -> None:
    data = (FORMATS / "xlsx_speeches.xlsx").read_bytes()
    root = ET.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("xl/sharedStrings.xml"))
    assert_no_character_is_lost("a.xlsx", data, [node.text or "" for node in root.iter(f"{{{MAIN}}}t")])


def test_no_character_of_an_open_document_sheet_is_lost() -> None:
    data = (FORMATS / "ods_speeches.ods").read_bytes()
    root = ET.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("content.xml"))
    cells = root.iter(f"{{{ODF.format('table')}}}table-cell")
    kind = f"{{{ODF.format('office')}}}value-type"
    assert_no_character_is_lost(
        "a.ods", data, ["".join(cell.itertext()) for cell in cells if cell.get(kind) == "string"]
    )


def assert_no_character_is_lost(name: str, data: bytes, texts: list[str]) -> None:
    table = open_spreadsheet(raw_file(name, data), ReadOptions())
    cells = [*table.header, *(cell for _, row in table.rows for cell in row)]
    held, shown = (Counter("".join("".join(part).split())) for part in (cells, texts))
    assert sum(shown.values()) > 250
    assert not shown - held


# Values ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (float("nan"), ""),
        (float("-inf"), "-Infinity"),
        (7, "7"),
        (False, "false"),
        ("12.0", "12.0"),
        ("a\r\nb\rc", "a\nb\nc"),
        (None, ""),
        (datetime(2019, 3, 1), "2019-03-01"),
        (datetime(2019, 3, 1).date(), "2019-03-01"),
        (datetime(2019, 3, 1, 0, 0, 1), "2019-03-01T00:00:01"),
        (time(10, 30), "10:30:00"),
        (timedelta(hours=36, seconds=1), "36:00:01"),
        (-timedelta(minutes=90), "-01:30:00"),
        (timedelta(microseconds=5), "00:00:00.000005"),
        (Decimal("12.50"), "12.50"),
        (Decimal("1E+3"), "1000"),
    ],
)
def test_a_value_is_written_as_a_csv_would_hold_it(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_dates_times_and_durations_are_told_by_the_format_of_their_cells() -> None:
    line = (
        number("A2", "43525", DATE)
        + number("B2", "43525.4236111111", DATE_AND_TIME)
        + number("C2", "0.4375", TIME)
        + number("D2", "1.5", DURATION)
    )
    header = HEADER + words("C1", "at") + words("D1", "for")
    assert rows("a.xlsx", xlsx(sheet(header, line))) == [
        ("2019-03-01", {"n": "2019-03-01T10:10:00", "at": "10:30:00", "for": "36:00:00"})
    ]


def test_headers_may_be_numbers_and_dates() -> None:
    header = words("A1", "text") + number("B1", "2019") + number("C1", "43525", DATE)
    line = words("A2", "Peace.") + number("B2", "1") + number("C2", "2")
    assert rows("a.xlsx", xlsx(sheet(header, line))) == [("Peace.", {"2019": "1", "2019-03-01": "2"})]


def test_rich_text_is_one_text_and_its_phonetic_guide_is_left_out() -> None:
    cell = (
        '<c r="A2" t="inlineStr"><is><r><t xml:space="preserve">No </t></r><r><rPr><b/></rPr><t>war</t></r>'
        '<rPh sb="0" eb="1"><t>guide</t></rPh></is></c>'
    )
    assert rows("a.xlsx", xlsx(sheet(HEADER, cell))) == [("No war", {"n": ""})]


def test_of_an_error_in_a_cell_nothing_is_read() -> None:
    line = words("A2", "War.") + '<c r="B2" t="e"><v>#N/A</v></c>'
    assert rows("a.xlsx", xlsx(sheet(HEADER, line))) == [("War.", {"n": ""})]


def test_tabs_breaks_and_blanks_in_an_open_document_cell_keep_words_apart() -> None:
    cell = ods_words(
        '<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d</text:p>'
        "<text:p>e<text:span>f</text:span></text:p>"
    )
    assert rows("a.ods", ods(ODS_HEADER, cell)) == [("a   b\tc\nd\nef", {"n": ""})]


def test_the_note_on_an_open_document_cell_is_not_its_text() -> None:
    cell = ods_words("<office:annotation><text:p>check</text:p></office:annotation><text:p>War.</text:p>")
    assert rows("a.ods", ods(ODS_HEADER, cell)) == [("War.", {"n": ""})]


def test_an_open_document_cell_without_a_type_is_text() -> None:
    line = ods_words("<text:p>War.</text:p>") + "<table:table-cell><text:p>7a</text:p></table:table-cell>"
    assert rows("a.ods", ods(ODS_HEADER, line)) == [("War.", {"n": "7a"})]


def test_dates_before_1900_are_read_from_an_open_document_sheet() -> None:
    date = '<table:table-cell office:value-type="date" office:date-value="1815-06-09"/>'
    assert rows("a.ods", ods(ODS_HEADER, ods_words("<text:p>Act.</text:p>") + date)) == [
        ("Act.", {"n": "1815-06-09"})
    ]


CELLS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1
).filter(lambda cell: cell.strip() and "_x" not in cell)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_cells_come_out_as_they_were_put_in(table: list[tuple[str, str]]) -> None:
    lines = [words(f"A{i}", text) + words(f"B{i}", n) for i, (text, n) in enumerate(table, start=2)]
    assert rows("a.xlsx", xlsx(sheet(HEADER, *lines))) == [(text, {"n": n}) for text, n in table]


# Formulas ----------------------------------------------------------------------------------------------


def test_of_a_formula_its_result_is_read() -> None:
    line = '<c r="A2" t="str"><f>B1</f><v>War.</v></c><c r="B2"><f>1-1</f><v>0</v></c>'
    assert rows("a.xlsx", xlsx(sheet(HEADER, line))) == [("War.", {"n": "0"})]


def test_a_formula_whose_result_is_empty_is_an_empty_cell() -> None:
    line = words("A2", "War.") + '<c r="B2" t="str"><f>""</f><v></v></c>'
    assert rows("a.xlsx", xlsx(sheet(HEADER, line))) == [("War.", {"n": ""})]


@pytest.mark.parametrize("cell", ["<f>A1</f>", "<f>A1</f><v></v>", "<f>A1</f><v/>", '<f t="shared" si="0"/>'])
@pytest.mark.parametrize("attributes", ["", ' t="n"', ' s="0" t="n"'])
def test_a_formula_without_a_result_is_an_error_that_names_its_cell(cell: str, attributes: str) -> None:
    line = words("A2", "War.") + f'<c r="B2"{attributes}>{cell}</c>'
    reason = (
        "the result of the formula in cell B2 is not in the file; open it in a spreadsheet program and save"
    )
    assert refused("a.xlsx", xlsx(sheet(HEADER, line))).startswith(reason)


def test_a_result_of_0_is_none_if_the_file_wants_to_be_calculated() -> None:
    line = words("A2", "War.") + '<c r="B2"><f>2+2</f><v>0</v></c>'
    book = xlsx(sheet(HEADER, line), book='<calcPr fullCalcOnLoad="1"/>')
    assert refused("a.xlsx", book).startswith("the result of the formula in cell B2 is not in the file")


@pytest.mark.parametrize("end", ["/>", "></table:table-cell>"])
def test_an_open_document_formula_without_a_result_is_an_error(end: str) -> None:
    cell = f'<table:table-cell table:formula="of:=IF(1>2;1/2)"{end}'
    reason = refused("a.ods", ods(ODS_HEADER, ods_words("<text:p>War.</text:p>") + cell))
    assert reason.startswith("the result of the formula in cell B2 is not in the file")


# Where the table is ------------------------------------------------------------------------------------


def test_blank_rows_and_columns_around_the_table_are_passed_over() -> None:
    line = words("C5", "text") + words("D5", "n")
    book = xlsx(sheet(line, words("C8", "War.") + number("D8", "1"), words("C9", " ")))
    (war,) = read("a.xlsx", book)
    assert isinstance(war, Source)
    assert (war.id, war.text, dict(war.variables)) == ("a-000001", "War.", {"n": "1"})


def test_a_row_without_text_is_skipped_by_its_number_in_the_sheet() -> None:
    book = xlsx(sheet(HEADER, number("B3", "7"), words("A4", "War.")))
    assert read("a.xlsx", book)[0] == Skipped("a.xlsx", "row 3: the text is empty", "a-000001")


def test_a_column_without_a_name_is_left_out_if_blank_and_else_an_error() -> None:
    header = words("A1", "text") + words("C1", "n")
    assert rows("a.xlsx", xlsx(sheet(header, words("A2", "War.")))) == [("War.", {"n": ""})]
    book = xlsx(sheet(header, words("A2", "War.") + words("B2", "Vienna")))
    assert refused("a.xlsx", book) == ("cell B2 is filled, but cell B1 gives its column no name; write one")


def test_two_columns_of_one_name_are_an_error() -> None:
    book = xlsx(sheet(HEADER + words("C1", " n "), words("A2", "War.")))
    assert refused("a.xlsx", book) == "has two columns named 'n'; rename one"


def test_cells_merged_over_rows_are_an_error_and_those_within_a_row_are_not() -> None:
    def merged(cells: str) -> bytes:
        behind = f'<mergeCells><mergeCell ref="{cells}"/></mergeCells>'
        return xlsx(
            sheet(HEADER, words("A2", "War.") + number("B2", "7"), words("A3", "Peace."), behind=behind)
        )

    assert rows("a.xlsx", merged("A2:B2"))[0] == ("War.", {"n": "7"})
    assert refused("a.xlsx", merged("B2:B3")) == (
        "the cells B2:B3 are merged over several rows; unmerge them and fill in every row"
    )


def test_the_sheet_with_the_texts_is_read_and_the_others_are_said_not_to_be() -> None:
    book = xlsx(sheet(words("A1", "Notes")), sheet(), sheet(HEADER, words("A2", "War.")))
    notes, war = read("a.xlsx", book)
    assert notes == Skipped("a.xlsx", "sheet 'S1' is not read: it has no column 'text'")
    assert isinstance(war, Source)
    assert war.text == "War."


def test_the_text_column_tells_which_sheet_is_read() -> None:
    book = xlsx(sheet(HEADER, words("A2", "War.")), sheet(words("A1", "speech"), words("A2", "Peace.")))
    assert rows("a.xlsx", book, text_column="Speech") == [("Peace.", {})]


def test_two_sheets_with_texts_are_an_error() -> None:
    book = xlsx(*[sheet(HEADER, words("A2", "War."))] * 2)
    assert refused("a.xlsx", book) == (
        "the sheets 'S1' and 'S2' each have a column 'text'; keep one sheet, or save each as a file"
    )


def test_a_hidden_sheet_is_not_read() -> None:
    table = sheet(HEADER, words("A2", "War."))
    assert rows("a.xlsx", xlsx(table, table, attributes=['state="hidden"'])) == [("War.", {"n": ""})]
    for state in ("hidden", "veryHidden"):
        book = xlsx(sheet(words("A1", "Notes")), table, attributes=["", f'state="{state}"'])
        reason = "only its hidden sheet 'S2' has a column 'text'; show it and save the file"
        assert refused("a.xlsx", book) == reason


def test_a_table_without_a_text_column_can_be_opened_for_its_variables() -> None:
    book = xlsx(
        sheet(words("A1", "document") + words("B1", "outlet"), words("A2", "d") + words("B2", "Press"))
    )
    table = open_spreadsheet(raw_file("a.xlsx", book), ReadOptions())
    assert (table.header, list(table.rows), table.place) == (
        ("document", "outlet"),
        [(2, ["d", "Press"])],
        "row",
    )


def test_a_sheet_without_the_text_column_is_an_error_that_lists_its_columns() -> None:
    assert refused("a.xlsx", xlsx(sheet(words("A1", "speech")))).startswith(
        "has no column 'text'; its columns are speech; name the one with the texts"
    )


@pytest.mark.parametrize(
    ("table", "reason"), [(sheet(), "holds no text"), (sheet(HEADER), "has a header but no rows")]
)
def test_a_workbook_without_rows_is_an_error(table: str, reason: str) -> None:
    assert refused("a.xlsx", xlsx(table)) == reason


# Files that cannot be read -----------------------------------------------------------------------------


@pytest.mark.parametrize("file", ["xlsx_speeches.xlsx", "xls_speeches.xls", "ods_speeches.ods"])
@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.9, 0.999])
def test_a_spreadsheet_that_is_cut_off_is_an_error(file: str, share: float, capfd: object) -> None:
    assert isinstance(capfd, pytest.CaptureFixture)
    data = (FORMATS / file).read_bytes()
    assert "cut off" in refused(file, data[: int(len(data) * share)])
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.ods"])
def test_what_is_no_spreadsheet_is_an_error(name: str) -> None:
    assert refused(name, b"") == "is empty"
    assert refused(name, b"<html><table>").startswith(
        f"is no sound {name[1:]} file; open it in a spreadsheet"
    )
    assert refused(name, packed({"word/document.xml": "<w/>"})).startswith(f"is no sound {name[1:]} file")


def test_an_old_workbook_is_read_under_a_newer_name() -> None:
    assert len(rows("a.xlsx", (FORMATS / "xls_speeches.xls").read_bytes())) == 4


def test_a_protected_workbook_is_an_error_that_says_so() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    protected = "is protected by a password; remove it and save the file anew"
    assert refused("a.xlsx", ole) == protected
    for file in ("xls_protected.xls", "ods_protected.ods"):
        assert refused(file, (FORMATS / file).read_bytes()) == protected


def test_xml_that_is_not_sound_is_an_error_and_not_a_hang() -> None:
    book = xlsx("<sheetData><row></sheetData>")
    assert refused("a.xlsx", book).startswith(
        "holds XML that cannot be read in xl/worksheets/sheet1.xml, line 1"
    )


def test_entities_are_refused_and_none_is_fetched() -> None:
    declared = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    book = ods(ods_words("<text:p>text &f;</text:p>"), before=declared)
    assert refused("a.ods", book).startswith("declares XML entities in content.xml, which are not read")


def test_a_small_file_that_unpacks_to_too_much_is_refused() -> None:
    bomb = xlsx(sheet(HEADER), members={"xl/comments1.xml": bytes(257 * 1024**2)})
    assert len(bomb) < 2_000_000
    assert refused("a.xlsx", bomb) == "unpacks to more than can be read; it may be damaged"


def test_a_string_that_a_few_cells_repeat_does_not_fill_memory() -> None:
    strings = f'<sst xmlns="{MAIN}"><si><t>{"War. " * 2_000_000}</t></si></sst>'.encode()
    lines = [f'<c r="A{i}" t="s"><v>0</v></c>' for i in range(2, 112)]
    bomb = xlsx(sheet(HEADER, *lines), members={"xl/sharedStrings.xml": strings})
    assert refused("a.xlsx", bomb) == "unpacks to more than can be read; it may be damaged"


@pytest.mark.parametrize("name", ["sharedStrings.xml", "sharedstrings.xml"])
@pytest.mark.parametrize("count", ['uniqueCount="99999999999"', "x='>' count = '99999999999'"])
def test_no_room_is_made_for_strings_that_are_only_announced(name: str, count: str) -> None:
    strings = f'<!-- <sst> --><sst xmlns="{MAIN}" {count}><si><t>War.</t></si></sst>'.encode()
    book = xlsx(sheet(HEADER, '<c r="A2" t="s"><v>0</v></c>'), members={f"xl/{name}": strings})
    assert [text for text, _ in rows("a.xlsx", book)] == ["War."]


@pytest.mark.parametrize(
    "line",
    [
        '<c r="XFD1048576"><v>1</v></c>',
        '<c r="ZZZZZZZZ99999999999999999"><v>1</v></c>',
        "<c><v>1</v></c>" * 500 + '</row><row r="1048576"><c><v>1</v></c>',
    ],
)
def test_two_cells_far_from_each_other_do_not_fill_memory(line: str) -> None:
    assert refused("a.xlsx", xlsx(sheet(HEADER, line))).startswith("a sheet spreads over ")


def test_a_cell_repeated_over_a_whole_open_document_sheet_is_refused() -> None:
    cell = ods_words("<text:p>a</text:p>").replace(" ", ' table:number-columns-repeated="16384" ', 1)
    line = cell + '</table:table-row><table:table-row table:number-rows-repeated="1048575">'
    assert refused("a.ods", ods(line + cell)).startswith("is no sound .ods file")


def test_empty_cells_with_a_format_and_a_false_size_cost_nothing() -> None:
    formatted = "".join(f'<row r="{i}"><c r="A{i}" s="1"/></row>' for i in range(3, 50_000))
    table = f'<dimension ref="A1:XFD1048576"/><sheetData><row>{HEADER}</row>{formatted}</sheetData>'
    far = table.replace("</sheetData>", f"<row>{words('A60000', 'War.')}</row></sheetData>")
    assert rows("a.xlsx", xlsx(far)) == [("War.", {"n": ""})]


def test_an_old_workbook_that_claims_to_be_larger_than_any_is_refused() -> None:
    data = (FORMATS / "xls_speeches.xls").read_bytes()
    at = data.index(b"\x00\x02\x0e\x00") + 4
    damaged = data[:at] + b"\x05\x00\x00\x00\x00\x00\x00\x00\x00\x00\x0a\x00" + data[at + 12 :]
    assert refused("a.xls", damaged).startswith("is no sound .xls file")


def test_an_xls_that_asks_for_more_memory_than_there_is_is_refused() -> None:
    data = bytearray((FORMATS / "xls_speeches.xls").read_bytes())
    cell = data.index(bytes.fromhex("fd 00 0a 00 03 00 09 00"))  # a text in row 3, column 9
    data[cell + 5 : cell + 9] = b"\xff" * 4
    assert refused("a.xls", bytes(data)).startswith("is no sound .xls file; ")
