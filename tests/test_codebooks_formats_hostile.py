"""Files that were made to hang or to exhaust: one line within seconds, in bounded memory."""

import csv
import io
import time
import zipfile

import pytest
import xlsxwriter

from rubricate.codebooks import CodebookError, parse_codebook
from rubricate.codebooks.formats.exchange import import_codebook
from rubricate.codebooks.formats.reading import LARGEST, MOST_CODES, MOST_TERMS
from tests.command import rubricate

MANY = 1_000_000
ALIASES = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 20))
ENTITIES = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "x">{}]><{}>&a9;</{}>'
BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
FETCHING = '<!DOCTYPE d SYSTEM "file:///etc/passwd"><dictionary><cnode name="a"/></dictionary>'
DEEP_XML = "<dictionary>" + '<cnode name="a">' * 100 + "</cnode>" * 100 + "</dictionary>"
DEEPER_XML = "<dictionary>" + '<cnode name="a">' * 100_000 + "</cnode>" * 100_000 + "</dictionary>"
DEEP_YAML = "".join(f"{' ' * n}k{n}:\n" for n in range(100)) + " " * 100 + "- x\n"
DEEP_TABS = "".join("\t" * n + f"c{n}\n" for n in range(100))
DEEP_TABLE = "code,parent\n" + "".join(f"c{n},c{n - 1}\n" for n in range(1, 100)) + "c0,\n"
CATASTROPHE = (
    '<dictionary patternengine="regexp"><cnode name="a"><cnode name="b">{}</cnode></cnode></dictionary>'
)

FILES = [
    ("aliases.yml", ALIASES, "alias"),
    ("deep.yml", DEEP_YAML, "nested deeper than 50 levels"),
    ("brackets.yml", "[" * MANY, "nested deeper than 50 levels"),
    ("fifteen.yml", "{a: " * 25 + "[x]" + "}" * 25, "nested deeper than 20 levels"),
    ("keys.yml", "".join(f"k{n}: [x]\n" for n in range(MOST_CODES + 1)), "more than 10,000 categories"),
    ("entities.ykd", ENTITIES.format(BOMB, "dictionary", "dictionary"), "declares a document type"),
    ("entities.qdc", ENTITIES.format(BOMB, "CodeBook", "CodeBook"), "declares a document type"),
    ("wide.qdc", ENTITIES.format(BOMB, "CodeBook", "CodeBook").encode("utf-16"), "declares a document type"),
    ("bare.qdc", ENTITIES.format("", "CodeBook", "CodeBook").encode("utf-16-le"), ""),
    ("fetching.ykd", FETCHING, "declares a document type"),
    (
        "wide.ykd",
        "<dictionary " + " ".join(f"a{n}='1'" for n in range(50_000)) + "/>",
        "an element has more than 100 attributes",
    ),
    ("deep.ykd", DEEP_XML, "nested deeper than"),
    ("deeper.ykd", DEEPER_XML, ""),
    ("deep.cat", DEEP_TABS, "nested deeper than 20 levels"),
    ("deep.csv", DEEP_TABLE, "nested deeper than 20 levels"),
    (
        "circle.csv",
        "code,parent\n" + "".join(f"c{n},c{(n + 1) % 9999}\n" for n in range(9999)),
        "below itself",
    ),
    ("million.lc3", "+c\n" * MANY, "more than 10,000 categories"),
    ("million.cat", "c\n" * MANY, "more than 10,000 categories"),
    ("million.dic", "%\n" + "".join(f"{n}\tc\n" for n in range(MANY)) + "%\n", "more than 10,000 categories"),
    ("million.csv", "code\n" + "".join(f"c{n}\n" for n in range(MANY)), "more than 10,000 categories"),
    ("million.txt", "".join(f"*c{n}\nx\n" for n in range(MANY)), "more than 10,000 categories"),
    ("columns.dicx", "DicTerm," + "c," * MANY, "more than 10,000 categories"),
    ("terms.lc3", "+a\n" + "term\n" * (MOST_TERMS + 1), "more than 100,000 terms"),
    ("lost.dic", "%\n1\ta\n%\n" + "x\n" * 100_001, "more than 100,000 things have no place"),
    ("large.lc3", "x" * (LARGEST + 1), "larger than 32 MiB"),
    ("nul.lc3", "+a\nb\0\n", "holds a NUL byte in line 2"),
    ("nul.csv", "code,label\na,\0\n", "holds a NUL byte in line 2"),
    ("nul.dic", b"\xff\xfe\x00" * 1000, ""),
    ("noise.qdc", bytes(range(256)) * 100, "is no sound XML"),
    ("noise.xlsx", bytes(range(256)) * 100, "is no Excel workbook"),
    ("field.csv", 'code\n"' + "x" * 200_000, "is no CSV that can be read (a"),
    (
        "open.csv",
        'code,label\na,b\nc,"d\ne,f\n',
        "open.csv:3:1: is no CSV that can be read (a quotation mark in",
    ),
    (
        "inner.csv",
        'code,label\na,"b"c\n',
        "inner.csv:2:1: is no CSV that can be read (text behind a quotation",
    ),
]


SLOW = ("keys.yml", "million.dic", "million.txt", "terms.lc3", "lost.dic")


def marked(files):
    """The files as parameters; what takes seconds to be refused is slow."""
    return [
        pytest.param(name, *rest, id=name, marks=[pytest.mark.slow] if name in SLOW else [])
        for name, *rest in files
    ]


@pytest.mark.parametrize(("name", "content", "message"), marked(FILES))
def test_a_hostile_file_is_refused_in_one_line_within_seconds(name, content, message, tmp_path):
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    begun = time.process_time()
    with pytest.raises(CodebookError) as caught:
        import_codebook(path)
    assert time.process_time() - begun < 10
    assert message in str(caught.value).splitlines()[0]


def test_how_long_a_cell_may_be_does_not_depend_on_what_was_read_before(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text(f'code,memo\na,"{"x" * 200_000}"\n')
    earlier = csv.field_size_limit()
    try:
        for limit in (131_072, 10**9):
            csv.field_size_limit(limit)
            with pytest.raises(CodebookError, match="a cell has more than 131,072 characters"):
                import_codebook(path)
    finally:
        csv.field_size_limit(earlier)


def test_a_catastrophic_regex_is_matched_in_linear_time():
    import re2

    from tests.exchanged import read

    book, _ = read(
        "yoshikoder", CATASTROPHE.format('<pnode name="(a+)+$"/><pnode name="(x{1,999}){1,999}"/>')
    )
    assert [entry.text for entry in book.entries] == ["(?i)(a+)+$"]
    assert not re2.search(book.entries[0].text, "a" * 100_000 + "!")


def workbook(*cells):
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for row, column, text in cells:
            sheet.write_string(row, column, text)
    return packed.getvalue()


def replaced(content, member, change):
    """A workbook with one member changed, or added."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in {*old.namelist(), member}:
            data = old.read(name) if name in old.namelist() else b""
            new.writestr(name, change(data) if name == member else data)
    return packed.getvalue()


SMALL = workbook((0, 0, "code"), (1, 0, "a"))
FIRST = "xl/worksheets/sheet1.xml"
SHARED = "xl/sharedStrings.xml"


def with_rows(*rows):
    """A workbook whose sheet has these rows in XML."""
    sheet = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return replaced(SMALL, FIRST, lambda _: f"{sheet}{''.join(rows)}</sheetData></worksheet>".encode())


def with_sheet_elsewhere(content):
    """A workbook whose sheet is in a file that does not say that it is XML."""
    for member in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
        content = replaced(content, member, lambda data: data.replace(b"sheet1.xml", b"sheet1.bin"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        content = replaced(content, "xl/worksheets/sheet1.bin", lambda _: archive.read(FIRST))
    return replaced(content, FIRST, lambda _: b"<x/>")


def with_many_members():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(10_001):
            archive.writestr(f"../{number}.xml", "")
    return packed.getvalue()


FAR = '<row r="2"><c r="XFD1048576"><v>1</v></c></row>'
WORKBOOKS = [
    (replaced(SMALL, "xl/bomb.bin", lambda _: bytes(80 * 1024**2)), "unpacks to more than 64 MiB"),
    (replaced(SMALL, FIRST, lambda _: b" " * 80 * 1024**2), "unpacks to more than 64 MiB"),
    (workbook((0, 0, "code"), (1_048_575, 16_383, "x")), "more than 2,097,152 cells"),
    (
        replaced(SMALL, FIRST, lambda data: data.replace(b"<worksheet", b"<!DOCTYPE x []><worksheet")),
        "document type",
    ),
    (replaced(SMALL, FIRST, lambda data: data[: len(data) // 2]), "is no Excel workbook"),
    (SMALL[: len(SMALL) // 2], "is no Excel workbook"),
    (replaced(SMALL, "xl/workbook.xml", lambda _: b"<x/>"), ""),
    (with_rows('<row><c r="XFD1"/></row>', '<row r="1048576"><c><v>1</v></c></row>'), "more than 2,097,152"),
    (with_rows(FAR.replace("X", "&#88;")), "more than 2,097,152 cells"),
    (with_rows(FAR.replace("1048576", "9" * 30)), "is no Excel workbook"),
    (with_rows(FAR.replace("XFD", "X" * 12)), "is no Excel workbook"),
    (with_rows('<row r="many"/>'), "is no Excel workbook"),
    (with_rows("<row>"), "is no Excel workbook"),
    (with_sheet_elsewhere(with_rows(FAR)), "is no Excel workbook"),
    (
        replaced(SMALL, SHARED, lambda data: data.replace(b'uniqueCount="2"', b'uniqueCount="99999999999"')),
        "more than 2,097,152 cells",
    ),
    (
        replaced(
            with_rows("<row>" + '<c t="s"><v>0</v></c>' * 65 + "</row>"),
            SHARED,
            lambda data: data.replace(b"<t>code", b"<t>" + b"x" * 1024**2),
        ),
        "texts of more than 67,108,864 characters",
    ),
    (with_many_members(), "holds more than 10,000 files"),
]


@pytest.mark.parametrize(("content", "message"), WORKBOOKS)
def test_a_hostile_workbook_is_refused_in_one_line_within_seconds(content, message, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(content)
    begun = time.process_time()
    with pytest.raises(CodebookError) as caught:
        import_codebook(tmp_path / "a.xlsx")
    assert time.process_time() - begun < 10
    assert message in str(caught.value)


@pytest.mark.slow
def test_a_workbook_of_cells_without_places_is_given_up_where_they_are_too_many(tmp_path):
    cells = "<c><v>1</v></c>" * 2_097_153
    test_a_hostile_workbook_is_refused_in_one_line_within_seconds(
        with_rows(f"<row>{cells}</row>"), "more than 2,097,152 cells", tmp_path
    )


def test_a_file_of_twenty_levels_is_read_and_written(tmp_path):
    (tmp_path / "a.cat").write_text("".join("\t" * n + f"c{n}\n" for n in range(20)))
    assert len(import_codebook(tmp_path / "a.cat").codebook.codes) == 20


# Codebooks of our own -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("codes:\n" + "".join(f"  c{n}: {{terms: [x]}}\n" for n in range(400_000)), "more than 500,000 keys"),
        ("codes:\n" + "".join(f"  c{n}: {{coded_by: hand}}\n" for n in range(MANY)), "larger than 16 MiB"),
        ("codes: {a: {terms: [" + "x," * 8_000_000 + "]}}", "more than 500,000 keys"),
    ],
    ids=["many codes", "a million codes", "eight million terms"],
)
@pytest.mark.slow
def test_a_codebook_without_measure_is_refused_within_seconds(text, message, tmp_path):
    (tmp_path / "a.yaml").write_text(text)
    begun = time.process_time()
    result = rubricate("codebook", "check", "-c", tmp_path / "a.yaml")
    assert time.process_time() - begun < 30
    assert result.exit_code == 1
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_codebook_of_ten_thousand_codes_is_read():
    book = parse_codebook("codes:\n" + "".join(f"  c{n}: {{coded_by: hand}}\n" for n in range(2000)))
    assert len(book.codes) == 2000
